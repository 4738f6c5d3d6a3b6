//! Russian numbers: «1 ошибка», «2 ошибки», «5 ошибок», «1 204», «0,5».

/// The form of a noun after a number: `forms` are those of 1, 2 and 5.
pub fn form(count: usize, forms: [&str; 3]) -> &str {
    match (count % 10, count % 100) {
        (_, 11..=14) => forms[2],
        (1, _) => forms[0],
        (2..=4, _) => forms[1],
        _ => forms[2],
    }
}

/// A number with its noun: `count(21, ["слово", "слова", "слов"])` is «21 слово».
pub fn count(number: usize, forms: [&str; 3]) -> String {
    format!("{} {}", grouped(number), form(number, forms))
}

/// A number with its thousands apart (by no-break spaces); four digits stay together, as Russian typography has it.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    if digits.len() <= 4 {
        return digits;
    }
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('\u{a0}');
        }
        text.push(digit);
    }
    text
}

/// A number with a decimal comma and at most two decimals.
pub fn decimal(number: f64) -> String {
    let text = format!("{number:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if matches!(text, "-0" | "") { "0".into() } else { text.replace('.', ",") }
}

/// A share as percent: 0.185 is «19 %».
pub fn percent(share: f64) -> String {
    format!("{} %", (share * 100.0).round())
}

/// How long something takes: «20 с», «1 мин 10 с», «3 мин». Rounded to five seconds: no speaker is more exact.
pub fn duration(seconds: usize) -> String {
    let rounded = ((seconds + 2) / 5 * 5).max(5);
    match (rounded / 60, rounded % 60) {
        (0, seconds) => format!("{seconds} с"),
        (minutes, 0) => format!("{minutes} мин"),
        (minutes, seconds) => format!("{minutes} мин {seconds} с"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_agree_with_numbers() {
        let words = ["слово", "слова", "слов"];
        for (number, text) in [
            (0, "0 слов"),
            (1, "1 слово"),
            (2, "2 слова"),
            (4, "4 слова"),
            (5, "5 слов"),
            (11, "11 слов"),
            (12, "12 слов"),
            (14, "14 слов"),
            (21, "21 слово"),
            (22, "22 слова"),
            (101, "101 слово"),
            (111, "111 слов"),
            (112, "112 слов"),
            (1001, "1001 слово"),
        ] {
            assert_eq!(count(number, words), text);
        }
    }

    #[test]
    fn thousands_stand_apart_from_five_digits_on() {
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1530), "1530");
        assert_eq!(grouped(15_300), "15\u{a0}300");
        assert_eq!(grouped(1_234_567), "1\u{a0}234\u{a0}567");
    }

    #[test]
    fn decimals_have_a_comma() {
        assert_eq!(decimal(1.5), "1,5");
        assert_eq!(decimal(12.0), "12");
        assert_eq!(decimal(-0.004), "0");
        assert_eq!(decimal(0.129), "0,13");
        assert_eq!(decimal(100.0), "100");
        assert_eq!(percent(0.185), "19 %");
    }

    #[test]
    fn seconds_are_rounded() {
        assert_eq!(duration(1), "5 с");
        assert_eq!(duration(58), "1 мин");
        assert_eq!(duration(72), "1 мин 10 с");
        assert_eq!(duration(178), "3 мин");
    }
}
