//! Rows of underlines with captions below a line of text, packed so that they neither touch nor outgrow the line.

use std::ops::Range;

use super::sanitize::width;
use super::wrap::paragraph;

/// An underline to draw below a line: `T` is what the painter needs to know of it.
#[derive(Debug, Clone)]
pub struct Underline<T> {
    /// Columns of the line.
    pub columns: Range<usize>,
    pub sign: char,
    /// Said once, where the marked phrase ends.
    pub caption: Option<String>,
    pub style: T,
}

/// A piece of text in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece<T> {
    pub column: usize,
    pub text: String,
    pub style: T,
}

/// Columns between two pieces of one row.
const GAP: usize = 2;

/// Lay out underlines in rows of at most `most` columns. A caption stands right of its underline,
/// where it does not fit there left of it, and where it fits nowhere in the rows below.
pub fn lay<T: Clone>(mut underlines: Vec<Underline<T>>, most: usize) -> Vec<Vec<Piece<T>>> {
    underlines.sort_by_key(|underline| (underline.columns.start, underline.columns.end));
    let mut rows: Vec<Row<T>> = Vec::new();
    for underline in underlines {
        let Underline { columns, sign, caption, style } = underline;
        let signs = sign.to_string().repeat(columns.len().max(1));
        let room_left = columns.start.checked_sub(caption.as_ref().map_or(0, |caption| width(caption) + 1));
        let (column, beside) = match (&caption, room_left) {
            (None, _) => (columns.start, Some(signs.clone())),
            (Some(caption), _) if columns.start + width(&signs) + 1 + width(caption) <= most => {
                (columns.start, Some(format!("{signs} {caption}")))
            }
            (Some(caption), Some(column)) => (column, Some(format!("{caption} {signs}"))),
            (Some(_), None) => (columns.start, None),
        };
        if let Some(beside) = beside {
            let row = match rows.iter().position(|row| !row.closed && row.end + GAP <= column) {
                Some(row) => row,
                None => {
                    rows.push(Row { pieces: Vec::new(), end: 0, closed: false });
                    rows.len() - 1
                }
            };
            rows[row].push(column, beside, style);
        } else if let Some(caption) = caption {
            // Both in rows of their own, so that the caption stays right below its underline.
            rows.push(Row::closed(columns.start, signs, style.clone()));
            let lines = paragraph(&caption, most);
            let widest = lines.iter().map(|line| width(line)).max().unwrap_or_default();
            let column = columns.start.min(most.saturating_sub(widest));
            rows.extend(lines.into_iter().map(|line| Row::closed(column, line, style.clone())));
        }
    }
    rows.into_iter().map(|row| row.pieces).collect()
}

struct Row<T> {
    pieces: Vec<Piece<T>>,
    end: usize,
    closed: bool,
}

impl<T> Row<T> {
    fn closed(column: usize, text: String, style: T) -> Self {
        Self { pieces: vec![Piece { column, text, style }], end: 0, closed: true }
    }

    fn push(&mut self, column: usize, text: String, style: T) {
        self.end = column + width(&text);
        self.pieces.push(Piece { column, text, style });
    }
}

/// A row as text.
pub fn show<T>(row: &[Piece<T>], paint: impl Fn(&T, &str) -> String) -> String {
    let mut shown = String::new();
    let mut at = 0;
    for piece in row {
        shown.push_str(&" ".repeat(piece.column.saturating_sub(at)));
        shown.push_str(&paint(&piece.style, &piece.text));
        at = piece.column + width(&piece.text);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(underlines: &[(Range<usize>, &str)], most: usize) -> Vec<String> {
        let underlines = underlines.iter().map(|(columns, caption)| Underline {
            columns: columns.clone(),
            sign: '~',
            caption: (!caption.is_empty()).then(|| (*caption).to_string()),
            style: (),
        });
        lay(underlines.collect(), most).iter().map(|row| show(row, |(), text| text.to_string())).collect()
    }

    #[test]
    fn far_apart_they_share_a_row() {
        assert_eq!(rows(&[(20..25, "вторая"), (2..6, "первая")], 80), ["  ~~~~ первая       ~~~~~ вторая"]);
    }

    #[test]
    fn close_together_they_do_not_touch() {
        assert_eq!(rows(&[(2..6, "первая"), (8..12, "вторая")], 80), ["  ~~~~ первая", "        ~~~~ вторая"]);
    }

    #[test]
    fn a_caption_without_room_goes_to_the_left_or_below() {
        assert_eq!(rows(&[(16..20, "длинная подпись")], 20), ["длинная подпись ~~~~"]);
        assert_eq!(rows(&[(10..14, "длинная подпись")], 20), ["          ~~~~", "     длинная подпись"]);
    }

    #[test]
    fn a_phrase_that_goes_on_has_no_caption_yet() {
        assert_eq!(rows(&[(0..3, "")], 20), ["~~~"]);
    }
}
