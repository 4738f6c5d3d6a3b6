//! Positions in a source text and the one place that converts them. Positions in the folded prose are mapped to
//! the source in `fold`.

use std::ops::Range;

/// An offset in bytes of UTF-8 from the start of the source text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ByteOffset(pub usize);

/// An offset in Unicode code points from the start of the source text, as reports give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CharOffset(pub usize);

/// A place as people name it: both numbers start at 1, the column counts Unicode code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineColumn {
    pub line: usize,
    pub column: usize,
}

/// Converts byte offsets of one source text to code points and to lines. Built in O(n); a conversion from bytes to
/// code points is O(1), any other O(log n). It takes a quarter of the text's size and does not hold the text.
///
/// Lines end with `\n`, `\r\n` or a lone `\r`, as editors count them. Offsets past the end mean the end; an offset inside
/// a character means its start.
#[derive(Debug, Clone)]
pub struct LineIndex {
    /// Length of the text in bytes.
    len: usize,
    /// One bit a byte, set where a character starts; 64 bytes a word, the lowest bit first.
    starts: Vec<u64>,
    /// How many characters start before each word of `starts`.
    ranks: Vec<usize>,
    /// Where each line starts, and where its content ends (before the line break), in bytes.
    lines: Vec<Range<usize>>,
}

impl LineIndex {
    /// Reads the text once.
    pub fn new(source: &str) -> Self {
        let bytes = source.as_bytes();
        let mut starts = Vec::with_capacity(bytes.len() / 64 + 1);
        let mut ranks = Vec::with_capacity(bytes.len() / 64 + 1);
        let mut chars = 0;
        for block in bytes.chunks(64) {
            let word = block.iter().enumerate().fold(0_u64, |word, (bit, &byte)| word | u64::from(byte & 0xC0 != 0x80) << bit);
            ranks.push(chars);
            chars += word.count_ones() as usize;
            starts.push(word);
        }
        // A last word for the end of the text, so that every offset has one.
        starts.push(0);
        ranks.push(chars);
        Self { len: bytes.len(), starts, ranks, lines: line_ranges(bytes) }
    }

    /// The code points before the character at `byte`.
    pub fn char_offset(&self, byte: ByteOffset) -> CharOffset {
        CharOffset(self.chars_before(byte.0))
    }

    /// The byte at which code point number `char` starts; the end of the text past its last one.
    pub fn byte_offset(&self, char: CharOffset) -> ByteOffset {
        let block = self.ranks.partition_point(|&rank| rank <= char.0).saturating_sub(1);
        let mut word = self.starts[block];
        if word == 0 {
            return ByteOffset(self.len);
        }
        for _ in self.ranks[block]..char.0 {
            word &= word - 1;
        }
        ByteOffset(block * 64 + word.trailing_zeros() as usize)
    }

    /// The line and column of the character at `byte`. A line break belongs to the line it ends.
    pub fn line_column(&self, byte: ByteOffset) -> LineColumn {
        let byte = byte.0.min(self.len);
        let line = self.line_number(byte);
        LineColumn { line: line + 1, column: self.chars_before(byte) - self.chars_before(self.lines[line].start) + 1 }
    }

    /// How many lines the text has: one more than its line breaks.
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// The bytes of line `line` (from 1) without its line break; `None` when there is no such line.
    pub fn line_range(&self, line: usize) -> Option<Range<usize>> {
        self.lines.get(line.checked_sub(1)?).cloned()
    }

    /// The line `byte` is on, from 0.
    fn line_number(&self, byte: usize) -> usize {
        self.lines.partition_point(|line| line.start <= byte).saturating_sub(1)
    }

    fn chars_before(&self, byte: usize) -> usize {
        let byte = self.char_start(byte.min(self.len));
        let below = (1_u64 << (byte % 64)) - 1;
        self.ranks[byte / 64] + (self.starts[byte / 64] & below).count_ones() as usize
    }

    /// The start of the character that `byte` is in.
    fn char_start(&self, byte: usize) -> usize {
        let starts = |at: usize| self.starts[at / 64] >> (at % 64) & 1 == 1;
        if byte >= self.len { byte } else { (0..=byte).rev().find(|&at| starts(at)).unwrap_or(0) }
    }
}

/// Where each line's content is; there is always at least one line.
fn line_ranges(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|byte| matches!(byte, b'\n' | b'\r')) {
        let end = at + found;
        at = if bytes[end..].starts_with(b"\r\n") { end + 2 } else { end + 1 };
        lines.push(start..end);
        start = at;
    }
    lines.push(start..bytes.len());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(source: &str, byte: usize) -> (usize, usize) {
        let LineColumn { line, column } = LineIndex::new(source).line_column(ByteOffset(byte));
        (line, column)
    }

    #[test]
    fn columns_count_letters_not_bytes() {
        let source = "Отток\nупал на 12 %";
        let byte = source.find("12").unwrap();
        assert_eq!(place(source, byte), (2, 9));
        assert_eq!(LineIndex::new(source).char_offset(ByteOffset(byte)), CharOffset(14));
    }

    #[test]
    fn lines_end_as_in_editors() {
        let source = "а\r\nб\rв\nг\n";
        let index = LineIndex::new(source);
        assert_eq!(index.line_count(), 5);
        let lines: Vec<_> = (1..=5).filter_map(|line| index.line_range(line)).map(|range| &source[range]).collect();
        assert_eq!(lines, ["а", "б", "в", "г", ""]);
        assert_eq!(index.line_range(0), None);
        assert_eq!(index.line_range(6), None);
        assert_eq!(place(source, source.find('\n').unwrap()), (1, 3), "a line break belongs to the line it ends");
        assert_eq!(place(source, source.len()), (5, 1));
    }

    #[test]
    fn an_empty_text_has_one_empty_line() {
        let index = LineIndex::new("");
        assert_eq!(index.line_range(1), Some(0..0));
        assert_eq!(place("", 0), (1, 1));
        assert_eq!(index.byte_offset(CharOffset(0)), ByteOffset(0));
    }

    #[test]
    fn odd_offsets_have_answers() {
        assert_eq!(place("да", 1), (1, 1), "inside a character");
        assert_eq!(place("да", 400), (1, 3), "past the end");
        assert_eq!(LineIndex::new("да").byte_offset(CharOffset(usize::MAX)), ByteOffset(4));
        assert_eq!(LineIndex::new("да").char_offset(ByteOffset(usize::MAX)), CharOffset(2));
    }

    #[test]
    fn conversions_agree_with_counting() {
        for unit in ["я", "a", "👩‍💻", "e\u{301}\n", "№ 5\r\n", "𝄞ё "] {
            for repeat in [1, 7, 31, 32, 33, 64, 65, 200] {
                let source = unit.repeat(repeat);
                let index = LineIndex::new(&source);
                let boundaries = source.char_indices().map(|(byte, _)| byte).chain([source.len()]);
                for (char, byte) in boundaries.enumerate() {
                    assert_eq!(index.char_offset(ByteOffset(byte)), CharOffset(char));
                    assert_eq!(index.byte_offset(CharOffset(char)), ByteOffset(byte));
                    let before = &source[..byte];
                    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
                    let expected = (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1);
                    assert_eq!(place(&source, byte), expected, "{source:?} at {byte}");
                }
            }
        }
    }
}
