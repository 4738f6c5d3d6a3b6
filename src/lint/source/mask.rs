//! Blanking parts of a text without moving the rest.

use std::ops::Range;

/// What is to be blanked: bytes of the text.
#[derive(Debug, Clone, Default)]
pub struct Mask {
    blank: Vec<Range<usize>>,
    /// Single signs that divide what stands on one line, as the bars of a table do.
    dividers: Vec<usize>,
}

impl Mask {
    pub fn new(blank: Vec<Range<usize>>) -> Self {
        Self { blank, dividers: Vec::new() }
    }

    pub fn hide(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.blank.push(range);
        }
    }

    /// The sign at this byte ends a paragraph.
    pub fn divide(&mut self, byte: usize) {
        self.dividers.push(byte);
    }

    /// The text with spaces in place of what is blanked: as many code points, and the same lines.
    pub fn apply(mut self, text: &str) -> String {
        self.blank.sort_by_key(|range| range.start);
        self.dividers.sort_unstable();
        let mut dividers = self.dividers.iter().peekable();
        let mut blank = self.blank.iter();
        let mut hidden_to = 0;
        let mut next = blank.next();
        let mut prose = String::with_capacity(text.len());
        for (byte, c) in text.char_indices() {
            while let Some(range) = next.filter(|range| range.start <= byte) {
                hidden_to = hidden_to.max(range.end);
                next = blank.next();
            }
            if dividers.next_if(|divider| **divider == byte).is_some() {
                prose.push('\u{2029}');
            } else if byte < hidden_to && !is_line_end(c) {
                prose.push(' ');
            } else {
                prose.push(c);
            }
        }
        prose
    }
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}
