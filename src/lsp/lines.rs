//! Code points to lines and columns of the protocol, and back. Columns count units of UTF-16, or bytes of UTF-8 where the editor likes
//! them better.

use std::ops::Range;

use lsp_types::{Position, PositionEncodingKind, Range as LspRange};
use otvet::document::{ByteOffset, CharOffset, LineIndex};

/// What columns count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Units {
    #[default]
    Utf16,
    Utf8,
}

impl Units {
    /// What an editor offers, its favourite first; one that offers nothing counts in UTF-16.
    pub fn of(offered: &[PositionEncodingKind]) -> Self {
        if offered.first() == Some(&PositionEncodingKind::UTF8) { Self::Utf8 } else { Self::Utf16 }
    }

    pub fn name(self) -> PositionEncodingKind {
        match self {
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf8 => PositionEncodingKind::UTF8,
        }
    }

    fn width(self, c: char) -> u32 {
        let width = match self {
            Self::Utf16 => c.len_utf16(),
            Self::Utf8 => c.len_utf8(),
        };
        u32::try_from(width).unwrap_or(1)
    }
}

/// The lines of one text. What is a line is what `otvet lint` takes for one.
#[derive(Debug)]
pub struct Lines {
    text: String,
    index: LineIndex,
    len: usize,
    units: Units,
    /// What a byte order mark takes at the head of the first line: the text here goes without it.
    mark: u32,
}

impl Lines {
    pub fn new(text: &str, units: Units, marked: bool) -> Self {
        let mark = if marked { units.width('\u{feff}') } else { 0 };
        let index = LineIndex::new(text);
        let len = index.char_offset(ByteOffset(text.len())).0;
        Self { text: text.into(), index, len, units, mark }
    }

    /// The line of a code point, from 0.
    pub fn line_of(&self, char: usize) -> usize {
        self.index.line_column(self.index.byte_offset(CharOffset(char))).line - 1
    }

    /// The code points of a line without its break.
    pub fn line(&self, number: usize) -> Range<usize> {
        let bytes = self.bytes(number);
        self.index.char_offset(ByteOffset(bytes.start)).0..self.index.char_offset(ByteOffset(bytes.end)).0
    }

    fn bytes(&self, number: usize) -> Range<usize> {
        self.index.line_range(number + 1).unwrap_or(self.text.len()..self.text.len())
    }

    pub fn text(&self, chars: Range<usize>) -> &str {
        let byte = |char| self.index.byte_offset(CharOffset(char)).0;
        self.text.get(byte(chars.start)..byte(chars.end)).unwrap_or_default()
    }

    pub fn len(&self) -> usize {
        self.len
    }

    /// What ends the lines of this text.
    pub fn line_end(&self) -> &'static str {
        match &self.text[self.bytes(0).end..] {
            rest if rest.starts_with("\r\n") => "\r\n",
            rest if rest.starts_with('\r') => "\r",
            _ => "\n",
        }
    }

    /// A code point in a line break, or past the end, means the end of its line.
    pub fn position(&self, char: usize) -> Position {
        let number = self.line_of(char);
        let line = self.bytes(number);
        let byte = self.index.byte_offset(CharOffset(char)).0.clamp(line.start, line.end);
        let column: u32 = self.text[line.start..byte].chars().map(|c| self.units.width(c)).sum();
        let mark = if number == 0 { self.mark } else { 0 };
        Position::new(u32::try_from(number).unwrap_or(u32::MAX), column + mark)
    }

    pub fn range(&self, chars: Range<usize>) -> LspRange {
        LspRange::new(self.position(chars.start), self.position(chars.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, phrase: &str, units: Units) -> (u32, u32, u32) {
        let start = text[..text.find(phrase).unwrap()].chars().count();
        let range = Lines::new(text, units, false).range(start..start + phrase.chars().count());
        assert_eq!(range.start.line, range.end.line);
        (range.start.line, range.start.character, range.end.character)
    }

    #[test]
    fn columns_count_units_of_the_protocol() {
        for (text, phrase, utf16, utf8) in [
            ("Ёж\nдва слово", "слово", (1, 4, 9), (1, 7, 17)),
            ("👩‍💻 слово", "слово", (0, 6, 11), (0, 12, 22)),
            ("за\u{301}мок слово", "слово", (0, 7, 12), (0, 13, 23)),
            ("а\tслово", "слово", (0, 2, 7), (0, 3, 13)),
            ("а\r\nб слово\r\n", "слово", (1, 2, 7), (1, 3, 13)),
            ("а\rслово", "слово", (1, 0, 5), (1, 0, 10)),
        ] {
            assert_eq!(place(text, phrase, Units::Utf16), utf16, "{text:?}");
            assert_eq!(place(text, phrase, Units::Utf8), utf8, "{text:?}");
        }
    }

    #[test]
    fn ends_and_breaks() {
        let lines = Lines::new("аб\r\n", Units::Utf16, false);
        assert_eq!(lines.position(3), Position::new(0, 2));
        assert_eq!(lines.position(4), Position::new(1, 0));
        assert_eq!(lines.position(99), Position::new(1, 0));
        assert_eq!(lines.line_end(), "\r\n");
        assert_eq!(Lines::new("", Units::Utf16, false).range(0..0), LspRange::default());
        assert_eq!(Lines::new("аб", Units::Utf16, true).position(1), Position::new(0, 2));
    }
}
