//! Code points to lines and columns, and fingerprints that outlive moved lines.

use std::collections::HashMap;

use otvet::document::{ByteOffset, CharOffset, LineIndex};

use super::model::Place;

/// How many words on either side of a phrase its fingerprint knows.
const NEIGHBOURS: usize = 2;

/// The places of one text.
pub struct Places<'t> {
    text: &'t str,
    lines: LineIndex,
    /// How often each phrase was met.
    met: HashMap<u128, usize>,
}

impl<'t> Places<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, lines: LineIndex::new(text), met: HashMap::new() }
    }

    /// The place between two code points.
    pub fn place(&self, start: usize, end: usize) -> Place {
        let at = |char: usize| self.lines.line_column(self.lines.byte_offset(CharOffset(char)));
        let (from, to) = (at(start), at(end));
        Place { start, end, line: from.line, column: from.column, end_line: to.line, end_column: to.column }
    }

    /// The place of some bytes of the text.
    pub fn of_bytes(&self, start: usize, end: usize) -> Place {
        let char = |byte: usize| self.lines.char_offset(ByteOffset(byte)).0;
        self.place(char(start), char(end))
    }

    /// What stands between two code points.
    pub fn quote(&self, start: usize, end: usize) -> &'t str {
        let byte = |char: usize| self.lines.byte_offset(CharOffset(char)).0;
        self.text.get(byte(start)..byte(end)).unwrap_or_default()
    }

    /// What is the same when lines move: the rule, the phrase, its neighbours on its line, and which of equals it is.
    pub fn fingerprint(&mut self, rule: &str, place: Option<Place>) -> String {
        let mut hash = Hash::new(rule);
        if let Some(place) = place {
            let byte = |char: usize| self.lines.byte_offset(CharOffset(char)).0;
            let (start, end) = (byte(place.start), byte(place.end));
            let line_start = self.lines.line_range(place.line).map_or(0, |line| line.start);
            let line_end = self.lines.line_range(place.end_line).map_or(self.text.len(), |line| line.end);
            let before = words(self.text.get(line_start..start).unwrap_or_default());
            let after = words(self.text.get(end..line_end.max(end)).unwrap_or_default());
            hash.words(&words(self.text.get(start..end).unwrap_or_default()));
            hash.words(&before[before.len().saturating_sub(NEIGHBOURS)..]);
            hash.words(&after[..after.len().min(NEIGHBOURS)]);
        }
        let count = self.met.entry(hash.0).or_default();
        *count += 1;
        hash.bytes(&(*count as u64).to_le_bytes());
        format!("{:032x}", hash.0)
    }
}

/// Words without case, ё and signs.
fn words(text: &str) -> Vec<String> {
    text.split_whitespace()
        .map(|word| word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).map(|c| if c == 'ё' { 'е' } else { c }).collect())
        .filter(|word: &String| !word.is_empty())
        .collect()
}

/// FNV-1a of 128 bits: it must be the same in every version and on every machine.
struct Hash(u128);

impl Hash {
    fn new(start: &str) -> Self {
        let mut hash = Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
        hash.bytes(start.as_bytes());
        hash
    }

    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 ^= u128::from(*byte);
            self.0 = self.0.wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }

    fn words(&mut self, words: &[String]) {
        self.bytes(&[0]);
        for word in words {
            self.bytes(word.as_bytes());
            self.bytes(b" ");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_code_points() {
        for (text, phrase, line, column) in [
            ("Ёж\nдва слово", "слово", 2, 5),
            ("👩‍💻 слово", "слово", 1, 5),
            ("за\u{301}мок слово", "слово", 1, 8),
            ("а\tслово", "слово", 1, 3),
            ("а\r\nб слово\r\n", "слово", 2, 3),
        ] {
            let start = text[..text.find(phrase).unwrap()].chars().count();
            let places = Places::new(text);
            let place = places.place(start, start + phrase.chars().count());
            assert_eq!((place.line, place.column, place.end_column), (line, column, column + 5), "{text:?}");
            assert_eq!(places.quote(place.start, place.end), phrase);
            let byte = text.find(phrase).unwrap();
            assert_eq!(places.of_bytes(byte, byte + phrase.len()), place);
        }
    }

    #[test]
    fn a_fingerprint_outlives_moved_lines() {
        let print = |text: &str, number: usize| {
            let mut places = Places::new(text);
            let byte = text.match_indices("слово").nth(number).unwrap().0;
            let place = places.of_bytes(byte, byte + "слово".len());
            places.fingerprint("vague/x", Some(place))
        };
        assert_eq!(print("моё слово тут", 0), print("Раз.\r\n\r\nМое  слово, тут!", 0));
        assert_ne!(print("моё слово тут", 0), print("твоё слово тут", 0));
        let mut places = Places::new("да да");
        let one = places.fingerprint("r", Some(places.place(0, 2)));
        assert_ne!(one, places.fingerprint("r", Some(places.place(0, 2))), "the second of equals is another");
        assert_eq!(one.len(), 32);
    }
}
