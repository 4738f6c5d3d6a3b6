//! Allowed phrases: what a rule must let pass because here it is a term, a name or the custom.

use std::ops::Range;

/// A phrase as it is compared: small letters, е for ё, words set apart by one space; with the place of each character.
#[derive(Debug, Default)]
struct Plain {
    text: String,
    /// The code point of the source each byte of `text` comes from.
    from: Vec<usize>,
}

impl Plain {
    fn of(source: &str) -> Self {
        let mut plain = Self::default();
        let mut apart = false;
        for (number, sign) in source.chars().enumerate() {
            if sign.is_whitespace() {
                apart = !plain.text.is_empty();
                continue;
            }
            if std::mem::take(&mut apart) {
                // The space comes from before this character: a finding that begins here does not begin with it.
                plain.push(' ', number.saturating_sub(1));
            }
            for small in sign.to_lowercase() {
                plain.push(if small == 'ё' { 'е' } else { small }, number);
            }
        }
        plain
    }

    fn push(&mut self, sign: char, from: usize) {
        self.text.push(sign);
        self.from.resize(self.text.len(), from);
    }
}

/// A phrase of the vocabulary, ready to be looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase(String);

impl Phrase {
    /// `None` for a phrase without a word.
    pub fn new(phrase: &str) -> Option<Self> {
        let plain = Plain::of(phrase).text;
        plain.chars().any(char::is_alphanumeric).then_some(Self(plain))
    }
}

/// A text in which allowed phrases are looked for; read only when there are any.
#[derive(Debug)]
pub struct Searched(Plain);

impl Searched {
    pub fn new(text: &str) -> Self {
        Self(Plain::of(text))
    }

    /// Does an occurrence of the phrase, as whole words, cover these code points of the text?
    pub fn covers(&self, phrase: &Phrase, span: Range<usize>) -> bool {
        let Plain { text, from } = &self.0;
        // Only where an occurrence can reach the span.
        let start = from.partition_point(|char| *char < span.start);
        let end = from.partition_point(|char| *char < span.end);
        let least = floor(text, start.saturating_sub(phrase.0.len()));
        let most = ceil(text, end + phrase.0.len());
        text[least..most].match_indices(&phrase.0).any(|(at, found)| {
            let (at, past) = (least + at, least + at + found.len());
            at <= start && past >= end && !joins(text, at) && !joins(text, past)
        })
    }
}

/// Does a word go on across this byte?
fn joins(text: &str, byte: usize) -> bool {
    let letter = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
    letter(text[..byte].chars().next_back()) && letter(text[byte..].chars().next())
}

fn floor(text: &str, byte: usize) -> usize {
    (0..=byte.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn ceil(text: &str, byte: usize) -> usize {
    (byte.min(text.len())..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(text: &str, phrase: &str, found: &str) -> bool {
        let byte = text.find(found).expect("the finding");
        let start = text[..byte].chars().count();
        let span = start..start + found.chars().count();
        Searched::new(text).covers(&Phrase::new(phrase).expect("a phrase"), span)
    }

    #[test]
    fn case_yo_and_spaces_do_not_matter() {
        let text = "Мы — «Надёжный\n  Партнёр», и точка.";
        assert!(covered(text, "надежный партнер", "Надёжный\n  Партнёр"));
        assert!(covered(text, "НАДЁЖНЫЙ ПАРТНЁР", "Надёжный\n  Партнёр"));
    }

    #[test]
    fn the_finding_may_be_a_part_of_the_phrase() {
        let text = "Я работал в банке Надёжный партнёр три года.";
        assert!(covered(text, "надёжный партнёр", "Надёжный"));
        assert!(covered(text, "надёжный партнёр", "партнёр"));
        assert!(!covered(text, "надёжный", "Надёжный партнёр"));
        assert!(!covered(text, "надёжный партнёр", "три"));
    }

    #[test]
    fn words_are_whole() {
        assert!(!covered("самонадёжный", "надёжный", "надёжный"));
        assert!(covered("надёжный!", "надёжный", "надёжный"));
        assert!(covered("🦔 Ёж.", "ёж", "Ёж"));
    }

    #[test]
    fn a_phrase_has_words() {
        assert_eq!(Phrase::new(" — "), None);
        assert_eq!(Phrase::new(""), None);
        assert_eq!(Phrase::new("  Всё  ещё "), Phrase::new("все еще"));
    }
}
