//! The line of a place with the phrase underlined. A paragraph kept on one long line is shown around the phrase.

use std::cell::RefCell;
use std::fmt::Write;
use std::ops::Range;
use std::rc::Rc;

use otvet::document::{ByteOffset, CharOffset, LineIndex};
use otvet::report::sanitize::{self, Cell, CellKind, cells, span, width};
use otvet::report::underline::{self, Underline};
use otvet::report::wrap;

use crate::lint::model::Place;

/// A phrase over more rows than this is shown with its middle left out.
const MOST_ROWS: usize = 4;
/// Stands for what is left out.
const GAP: &str = "…";

/// A text whose places are to be shown.
pub struct Source<'t> {
    text: &'t str,
    index: LineIndex,
    /// The line shown last, by its number: findings come in the order of the text, and a letter may be one line.
    last: RefCell<Option<(usize, Rc<[Cell<'t>]>)>>,
}

/// How to show it.
pub struct Frame<'a> {
    /// Columns for all.
    pub width: usize,
    /// What to say beside the underline.
    pub caption: &'a str,
    /// Paints the underline and its caption.
    pub mark: &'a dyn Fn(&str) -> String,
    /// Paints the frame.
    pub dim: &'a dyn Fn(&str) -> String,
}

/// A line of the text, or a part of it, and what of it is underlined.
struct Row {
    /// Its number, where it begins a line.
    line: Option<usize>,
    text: String,
    columns: Range<usize>,
}

impl<'t> Source<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, index: LineIndex::new(text), last: RefCell::new(None) }
    }

    /// The line of a code point, from 1.
    pub fn line(&self, char: usize) -> usize {
        self.index.line_column(self.index.byte_offset(CharOffset(char))).line
    }

    /// The lines of a place under a gutter of line numbers `gutter` digits wide.
    pub fn show(&self, place: &Place, gutter: usize, frame: &Frame) -> String {
        let room = frame.width.saturating_sub(gutter + 4).max(16);
        let rows = self.rows(place, room);
        let bar = (frame.dim)("|");
        let empty = format!("{} {bar}", " ".repeat(gutter + 1));
        let mut shown = format!("{empty}\n");
        let skipped = if rows.len() > MOST_ROWS { MOST_ROWS / 2..rows.len() - 1 } else { 0..0 };
        let last = rows.len().saturating_sub(1);
        for (index, row) in rows.iter().enumerate() {
            if skipped.contains(&index) {
                if index == skipped.start {
                    let _ = writeln!(shown, "{empty} {}", (frame.dim)(GAP));
                }
                continue;
            }
            let number = row.line.map_or_else(String::new, |line| line.to_string());
            let _ = writeln!(shown, "{} {bar} {}", (frame.dim)(&format!(" {number:>gutter$}")), row.text);
            let caption = (index == last && !frame.caption.is_empty()).then(|| frame.caption.to_string());
            let underline = Underline { columns: row.columns.clone(), sign: '^', caption, style: () };
            for signs in underline::lay(vec![underline], room) {
                let _ = writeln!(shown, "{empty} {}", underline::show(&signs, |(), text| (frame.mark)(text)));
            }
        }
        shown.lines().flat_map(|line| [line.trim_end(), "\n"]).collect()
    }

    /// The cells of a line that stands at these bytes.
    fn cells(&self, line: usize, range: Range<usize>) -> Rc<[Cell<'t>]> {
        let mut last = self.last.borrow_mut();
        match &*last {
            Some((number, cells)) if *number == line => Rc::clone(cells),
            _ => {
                let cells: Rc<[Cell]> = cells(self.text.get(range).unwrap_or_default()).into();
                *last = Some((line, Rc::clone(&cells)));
                cells
            }
        }
    }

    fn rows(&self, place: &Place, room: usize) -> Vec<Row> {
        let first = self.line(place.start);
        let last = self.line(place.end.saturating_sub(1).max(place.start));
        let mut rows = Vec::new();
        for line in first..=last {
            let Some(range) = self.index.line_range(line) else { continue };
            let before = self.index.char_offset(ByteOffset(range.start)).0;
            let cells = self.cells(line, range);
            let mark = span(&cells, place.start.saturating_sub(before), place.end.saturating_sub(before));
            // Line numbers are the finder's: the text may be a part of the file.
            let number = place.line + line - first;
            // An empty line inside a phrase says nothing.
            if mark.is_empty() && (line > first || last > first) {
                continue;
            }
            rows.extend(cut(&cells, mark, room).into_iter().enumerate().map(|(index, (text, columns))| Row {
                line: (index == 0).then_some(number),
                text,
                columns,
            }));
        }
        rows
    }
}

/// What of a line is shown, and where the mark stands in it.
fn cut(cells: &[Cell], mark: Range<usize>, room: usize) -> Vec<(String, Range<usize>)> {
    let columns = |range: Range<usize>| cells[range].iter().map(|cell| cell.width).sum::<usize>();
    if columns(0..cells.len()) <= room {
        return vec![row(cells, 0..cells.len(), &mark)];
    }
    if columns(mark.clone()) + 2 * width(GAP) <= room {
        return vec![row(cells, window(cells, &mark, room - 2 * width(GAP)), &mark)];
    }
    let rows = wrap::wrap(cells, room - 2 * width(GAP)).into_iter();
    rows.filter(|range| range.start < mark.end && mark.start < range.end).map(|range| row(cells, range, &mark)).collect()
}

/// As much around the mark as there is room for, from the beginning of a word to the end of one.
fn window(cells: &[Cell], mark: &Range<usize>, room: usize) -> Range<usize> {
    let mut left = room - cells[mark.clone()].iter().map(|cell| cell.width).sum::<usize>();
    let (mut start, mut end) = (mark.start, mark.end);
    // What stands before a phrase explains it better than what follows.
    let share = left * 3 / 5;
    let take = |budget: &mut usize, cell: &Cell| budget.checked_sub(cell.width).map(|rest| *budget = rest).is_some();
    let mut before = share;
    while start > 0 && take(&mut before, &cells[start - 1]) {
        start -= 1;
    }
    left -= share - before;
    while end < cells.len() && take(&mut left, &cells[end]) {
        end += 1;
    }
    while start > 0 && take(&mut left, &cells[start - 1]) {
        start -= 1;
    }
    let space = |cell: &Cell| cell.kind == CellKind::Space;
    if start > 0 && !space(&cells[start - 1]) {
        start = (start..mark.start).find(|index| space(&cells[*index])).map_or(start, |index| index + 1);
    }
    if end < cells.len() && !space(&cells[end]) {
        end = (mark.end..end).rev().find(|index| space(&cells[*index])).unwrap_or(end);
    }
    start..end
}

/// Cells as text, «…» where the line goes on, and the columns of the mark.
fn row(cells: &[Cell], range: Range<usize>, mark: &Range<usize>) -> (String, Range<usize>) {
    let lead = if cells[..range.start].iter().any(|cell| cell.kind == CellKind::Glyph) { GAP } else { "" };
    let tail = if cells[range.end..].iter().any(|cell| cell.kind == CellKind::Glyph) { GAP } else { "" };
    let columns = |to: usize| width(lead) + cells[range.start..to].iter().map(|cell| cell.width).sum::<usize>();
    let within = |at: usize| at.clamp(range.start, range.end);
    let marked = columns(within(mark.start))..columns(within(mark.end));
    (format!("{lead}{}{tail}", wrap::show(&cells[range])), marked)
}

/// A phrase of a text on one line, shortened to `most` columns.
pub fn phrase(text: &str, most: usize) -> String {
    format!("«{}»", sanitize::short(text, most))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The place of a phrase.
    fn place(text: &str, phrase: &str) -> Place {
        let index = LineIndex::new(text);
        let byte = text.find(phrase).unwrap();
        let end = byte + phrase.len();
        let (from, to) = (index.line_column(ByteOffset(byte)), index.line_column(ByteOffset(end)));
        Place {
            start: index.char_offset(ByteOffset(byte)).0,
            end: index.char_offset(ByteOffset(end)).0,
            line: from.line,
            column: from.column,
            end_line: to.line,
            end_column: to.column,
        }
    }

    fn show(text: &str, phrase: &str, width: usize) -> String {
        let plain = |text: &str| text.to_string();
        Source::new(text).show(&place(text, phrase), 1, &Frame { width, caption: "вот", mark: &plain, dim: &plain })
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        assert_eq!(show("раз\nдва три\n", "три", 60), "   |\n 2 | два три\n   |     ^^^ вот\n");
    }

    #[test]
    fn columns_agree_under_emoji_marks_tabs_and_wide_letters() {
        for (before, seen) in
            [("\t", " "), ("за\u{301}мок ", "за\u{301}мок "), ("👨\u{200d}👩\u{200d}👧 ", "👨\u{200d}👩\u{200d}👧 "), ("漢字", "漢字")]
        {
            let text = format!("{before}фраза конец\r\nещё");
            let columns = width(seen);
            assert_eq!(show(&text, "фраза", 60), format!("   |\n 1 | {seen}фраза конец\n   | {}^^^^^ вот\n", " ".repeat(columns)),);
        }
    }

    #[test]
    fn of_a_long_line_the_words_around_the_phrase_are_shown() {
        let text = format!("{} начальник самодур и всё {}", "слово ".repeat(40), "потом ".repeat(40));
        let shown = show(&text, "самодур", 60);
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines[1], " 1 | …слово слово  начальник самодур и всё потом потом…");
        assert_eq!(lines[2].find('^').map(|at| &lines[2][..at]).map(width), lines[1].find("самодур").map(|at| width(&lines[1][..at])));
        assert!(lines.iter().all(|line| width(line) <= 60), "{shown}");
    }

    #[test]
    fn a_phrase_over_many_rows_loses_its_middle() {
        let phrase = "очень длинное предложение ".repeat(30);
        let shown = show(&format!("Вот: {phrase}."), phrase.trim(), 60);
        assert_eq!(shown.lines().filter(|line| line.contains('^')).count(), 3, "{shown}");
        assert!(shown.contains("   | …\n") && shown.matches("вот").count() == 1, "{shown}");
    }

    #[test]
    fn lines_inside_a_phrase_keep_their_numbers() {
        assert_eq!(show("раз\nдва\n\nтри", "два\n\nт", 60), "   |\n 2 | два\n   | ^^^\n 4 | три\n   | ^ вот\n");
    }

    #[test]
    fn a_place_outside_the_text_does_no_harm() {
        let far = Place { start: 90, end: 99, line: 9, column: 9, end_line: 9, end_column: 18 };
        let plain = |text: &str| text.to_string();
        let frame = Frame { width: 40, caption: "", mark: &plain, dim: &plain };
        assert!(Source::new("раз").show(&far, 1, &frame).starts_with("   |\n"));
        assert!(Source::new("").show(&far, 1, &frame).starts_with("   |\n"));
    }
}
