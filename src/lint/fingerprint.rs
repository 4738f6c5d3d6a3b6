//! What a finding is known by when the lines around it move: its rule, its phrase and the words beside it.

use std::collections::HashMap;

use super::blocks;
use super::model::Place;

/// How many words on each side tell two equal phrases apart.
const CONTEXT_WORDS: usize = 3;

/// The fingerprint of a finding: 32 hexadecimal digits (XXH3, 128 bits), the same on every machine and in every version.
///
/// `nth` numbers, from 0, the findings of one file that agree in everything else. Case, ё, and how the words are set apart
/// do not matter, so a paragraph may be wrapped anew.
pub fn fingerprint(rule: &str, phrase: &str, context_before: &str, context_after: &str, nth: usize) -> String {
    let mut key = String::with_capacity(rule.len() + phrase.len() + context_before.len() + context_after.len() + 16);
    key.push_str(rule);
    for text in [phrase, context_before, context_after] {
        key.push('\u{1f}');
        key.push_str(&normal(text));
    }
    key.push_str(&format!("\u{1f}{nth}"));
    format!("{:032x}", xxhash_rust::xxh3::xxh3_128(key.as_bytes()))
}

/// The fingerprints of the findings of one file, in their order: `text` is what the places (code points) point into.
pub fn fingerprints<'d>(text: &str, findings: impl IntoIterator<Item = (&'d str, Option<Place>)>) -> Vec<String> {
    // Where each code point starts, and the end.
    let starts: Vec<usize> = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
    let byte = |char: usize| starts.get(char).copied().unwrap_or(text.len());
    let mut seen: HashMap<(String, String, String, String), usize> = HashMap::new();
    findings
        .into_iter()
        .map(|(rule, place)| {
            let (phrase, before, after) = match place {
                Some(place) => {
                    let (start, end) = (byte(place.start), byte(place.end.max(place.start)));
                    (&text[start..end], before(text, start), after(&text[end..]))
                }
                None => ("", String::new(), String::new()),
            };
            let nth = seen.entry((rule.to_string(), normal(phrase), normal(&before), normal(&after))).or_default();
            let print = fingerprint(rule, phrase, &before, &after, *nth);
            *nth += 1;
            print
        })
        .collect()
}

/// Small letters, е for ё, one space between words.
fn normal(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(|word| word.to_lowercase().replace('ё', "е")).collect();
    words.join(" ")
}

/// The last words before a phrase that begins at this byte, within its sentence.
fn before(text: &str, phrase: usize) -> String {
    let (text, whole) = (&text[..phrase], text);
    let start = text.char_indices().rev().find(|(at, c)| stops(whole, *at, *c)).map_or(0, |(at, c)| at + c.len_utf8());
    let words: Vec<&str> = text[start..].split_whitespace().collect();
    words[words.len().saturating_sub(CONTEXT_WORDS)..].join(" ")
}

/// The first words after it.
fn after(text: &str) -> String {
    let end = text.char_indices().find(|(at, c)| stops(text, *at, *c)).map_or(text.len(), |(at, _)| at);
    text[..end].split_whitespace().take(CONTEXT_WORDS).collect::<Vec<_>>().join(" ")
}

/// Does a sentence end here, or a line after which another paragraph, item or heading begins?
fn stops(text: &str, at: usize, sign: char) -> bool {
    match sign {
        '.' | '!' | '?' | '…' => true,
        '\n' => blocks::ends(text, at),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(text: &str, phrase: &str, number: usize) -> Option<Place> {
        let (byte, _) = text.match_indices(phrase).nth(number).expect("the phrase");
        let start = text[..byte].chars().count();
        let end = start + phrase.chars().count();
        Some(Place { start, end, line: 1, column: 1, end_line: 1, end_column: 1 })
    }

    #[test]
    fn a_fingerprint_never_changes() {
        assert_eq!(fingerprint("vague/x", "я ответственный", "потому что", "и честный", 0), "8ef44f32773c0138255cc9ae4f0d7ef1");
        assert_eq!(fingerprint("a/b", "", "", "", 0).len(), 32);
    }

    #[test]
    fn case_yo_and_wrapping_do_not_matter() {
        assert_eq!(fingerprint("a/b", "Всё  ещё", "и\nтак", "", 0), fingerprint("a/b", "все еще", "и так", "", 0));
        assert_ne!(fingerprint("a/b", "ab", "", "", 0), fingerprint("a/b", "a", "b", "", 0));
        assert_ne!(fingerprint("a/b", "a", "", "", 0), fingerprint("a/b", "a", "", "", 1));
    }

    #[test]
    fn lines_may_move() {
        let one = "Начало.\n\nЯ всегда старался делать\nвсё хорошо. Конец.";
        let two = "Новый абзац.\n\nЕщё один.\n\nЯ всегда старался делать всё хорошо. И конец.";
        let print = |text: &str| fingerprints(text, [("vague/always-tried", find(text, "всегда старался", 0))]);
        assert_eq!(print(one), print(two));
        for wrapped in ["Я\nвсегда старался делать всё\nхорошо.", "Я всегда\r\nстарался\nделать  всё хорошо."]
        {
            let phrase = if wrapped.contains('\r') { "всегда\r\nстарался" } else { "всегда старался" };
            assert_eq!(fingerprints(wrapped, [("vague/always-tried", find(wrapped, phrase, 0))]), print(two), "{wrapped:?}");
        }
    }

    #[test]
    fn equal_phrases_are_told_apart() {
        let text = "как бы да. как бы да. Ну и как бы нет.\n- как бы\n- как бы";
        let prints = fingerprints(text, (0..5).map(|number| ("filler/x", find(text, "как бы", number))));
        let different: std::collections::HashSet<_> = prints.iter().collect();
        assert_eq!(different.len(), 5);
        // The whole text has no phrase.
        assert_eq!(fingerprints(text, [("structure/no-result", None)]), [fingerprint("structure/no-result", "", "", "", 0)]);
    }

    #[test]
    fn places_outside_the_text_do_no_harm() {
        let place = Place { start: 50, end: 40, line: 9, column: 1, end_line: 9, end_column: 1 };
        assert_eq!(fingerprints("да", [("a/b", Some(place))]).len(), 1);
    }
}
