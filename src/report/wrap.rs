//! Lines of a given width: greedy, at spaces, with words that are too long cut.

use std::ops::Range;

use super::sanitize::{Cell, CellKind, cells, width};

/// Wrap cells to `width` columns. Line breaks of the text are kept, several in a row give one empty line;
/// spaces at the ends of lines belong to no line. Each line is a range of cells, never wider than `width` unless one cell is.
pub fn wrap(cells: &[Cell], width: usize) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    while start <= cells.len() {
        let end = cells[start..].iter().position(|cell| cell.kind == CellKind::Newline).map_or(cells.len(), |offset| start + offset);
        let paragraph = trim(cells, start..end);
        if !paragraph.is_empty() {
            fill(cells, paragraph, width.max(1), &mut lines);
        } else if lines.last().is_some_and(|line| !line.is_empty()) {
            lines.push(end..end);
        }
        start = end + 1;
    }
    while lines.last().is_some_and(Range::is_empty) {
        lines.pop();
    }
    lines
}

/// The range without spaces at its ends.
fn trim(cells: &[Cell], range: Range<usize>) -> Range<usize> {
    let is_word = |index: &usize| cells[*index].kind == CellKind::Glyph;
    let start = range.clone().find(is_word).unwrap_or(range.end);
    let end = (start..range.end).rev().find(is_word).map_or(start, |last| last + 1);
    start..end
}

/// Cut a paragraph, trimmed and without line breaks, into lines.
fn fill(cells: &[Cell], paragraph: Range<usize>, most: usize, lines: &mut Vec<Range<usize>>) {
    let mut start = paragraph.start;
    let mut columns = 0;
    // The last place a line may end at, and where the next would begin.
    let mut gap: Option<(usize, usize)> = None;
    let mut index = start;
    while index < paragraph.end {
        let cell = &cells[index];
        if cell.kind == CellKind::Space && may_break(cells, index) {
            gap = match gap {
                Some((end, next)) if next == index => Some((end, index + 1)),
                _ => Some((index, index + 1)),
            };
        } else if columns + cell.width > most && index > start {
            let (end, next) = gap.take().unwrap_or((index, index));
            lines.push(start..end);
            (start, index, columns) = (next, next, 0);
            continue;
        }
        columns += cell.width;
        index += 1;
    }
    lines.push(start..paragraph.end);
}

/// «12 %» and «12 000» stay together, and a dash does not begin a line.
fn may_break(cells: &[Cell], space: usize) -> bool {
    let before = space.checked_sub(1).map_or("", |index| &*cells[index].shown);
    let after = cells.get(space + 1).map_or("", |cell| &*cell.shown);
    let is_digit = |text: &str| text.chars().all(|c| c.is_ascii_digit()) && !text.is_empty();
    !matches!(after, "—" | "–") && !(is_digit(before) && (matches!(after, "%" | "‰" | "₽") || is_digit(after)))
}

/// Wrap a plain text (sanitized on the way).
pub fn paragraph(text: &str, width: usize) -> Vec<String> {
    let cells = cells(text);
    wrap(&cells, width).into_iter().map(|line| show(&cells[line])).collect()
}

/// A text after `prefix`, its further lines indented as far as the prefix is wide.
pub fn hanging(prefix: &str, text: &str, most: usize) -> String {
    let indent = width(prefix);
    let lines = paragraph(text, most.saturating_sub(indent));
    let mut shown = String::new();
    for (index, line) in lines.iter().enumerate() {
        if index == 0 {
            shown.push_str(prefix);
        } else {
            shown.push('\n');
            shown.push_str(&" ".repeat(indent));
        }
        shown.push_str(line);
    }
    shown
}

/// The text of cells.
pub fn show(cells: &[Cell]) -> String {
    cells.iter().map(|cell| &*cell.shown).collect()
}

/// A text filled with spaces up to `columns`.
pub fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_fit() {
        let text = "Через месяц опоздания сократились с 12 % до 3 %, договор продлили.";
        assert_eq!(paragraph(text, 24), ["Через месяц опоздания", "сократились с 12 % до", "3 %, договор продлили."]);
        assert_eq!(paragraph(text, 200), [text]);
    }

    #[test]
    fn a_no_break_space_holds() {
        assert_eq!(paragraph("сократились до 3\u{a0}%", 16), ["сократились до", "3 %"]);
    }

    #[test]
    fn numbers_and_dashes_are_not_torn_off() {
        assert_eq!(paragraph("стало 12 000 — рост", 9), ["стало", "12 000 —", "рост"]);
    }

    #[test]
    fn a_word_too_long_is_cut() {
        assert_eq!(paragraph("да человеконенавистничество", 10), ["да", "человеконе", "навистниче", "ство"]);
        assert_eq!(paragraph("👩👩👩", 4), ["👩👩", "👩"]);
    }

    #[test]
    fn paragraphs_are_kept_and_empty_lines_do_not_pile_up() {
        assert_eq!(paragraph("\n раз \n\n\n\nдва\nтри\n\n", 20), ["раз", "", "два", "три"]);
        assert_eq!(paragraph("  ", 20), Vec::<String>::new());
    }

    #[test]
    fn wide_and_combining_characters_count_as_seen() {
        assert_eq!(paragraph("漢字 漢字", 5), ["漢字", "漢字"]);
        assert_eq!(paragraph("е\u{301}е\u{301} е\u{301}е\u{301}", 5), ["е\u{301}е\u{301} е\u{301}е\u{301}"]);
    }

    #[test]
    fn further_lines_hang_under_the_first() {
        assert_eq!(hanging("  1. ", "раз два три", 12), "  1. раз два\n     три");
    }

    #[test]
    fn no_line_is_wider_than_asked_and_nothing_is_lost() {
        let text = "Слово, ещё — слово… и 👨‍👩‍👧 семья; длинноеоченьдлинноеслово конец.\nНовая строка";
        let cells = cells(text);
        for most in 2..40 {
            let lines = wrap(&cells, most);
            for line in &lines {
                assert!(cells[line.clone()].iter().map(|cell| cell.width).sum::<usize>() <= most, "{most}");
            }
            let kept: String = lines.into_iter().map(|line| show(&cells[line])).collect();
            let bare = |text: &str| text.replace([' ', '\n'], "");
            assert_eq!(bare(&kept), bare(text), "{most}");
        }
    }
}
