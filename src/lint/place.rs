//! Code points to lines and columns.

use otvet::document::{CharOffset, LineIndex};

use super::model::Place;

/// The places of one text.
pub struct Places {
    lines: LineIndex,
}

impl Places {
    pub fn new(text: &str) -> Self {
        Self { lines: LineIndex::new(text) }
    }

    /// The place between two code points.
    pub fn place(&self, start: usize, end: usize) -> Place {
        let at = |char: usize| self.lines.line_column(self.lines.byte_offset(CharOffset(char)));
        let (from, to) = (at(start), at(end));
        Place { start, end, line: from.line, column: from.column, end_line: to.line, end_column: to.column }
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
        }
    }
}
