//! Text of strangers made safe to show: no control character, escape sequence or bidirectional override reaches a terminal.
//!
//! A text is cut into [`Cell`]s, one a grapheme cluster, each with what to print, how many columns that takes and which code points
//! of the text it stands for. Wrapping and underlining work on cells, so that columns agree under Cyrillic, emoji and combining marks.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// More marks over one letter only serve to smear the lines above and below.
const MOST_MARKS: usize = 3;

/// What a cell is for the layout of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellKind {
    Glyph,
    /// A space at which a line may be broken.
    Space,
    Newline,
}

/// A grapheme cluster as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell<'t> {
    pub shown: Cow<'t, str>,
    /// Columns on a terminal.
    pub width: usize,
    /// Code points of the text it stands for.
    pub chars: Range<usize>,
    pub kind: CellKind,
}

/// Cut a text into cells.
pub fn cells(text: &str) -> Vec<Cell<'_>> {
    let mut at = 0;
    text.graphemes(true)
        .map(|grapheme| {
            let start = at;
            at += grapheme.chars().count();
            cell(grapheme, start..at)
        })
        .collect()
}

/// The cells that stand for these code points of the text.
pub fn span(cells: &[Cell], start: usize, end: usize) -> Range<usize> {
    let first = cells.partition_point(|cell| cell.chars.end <= start);
    let last = cells.partition_point(|cell| cell.chars.start < end);
    first..last.max(first)
}

fn cell(grapheme: &str, chars: Range<usize>) -> Cell<'_> {
    let first = grapheme.chars().next().unwrap_or(' ');
    if is_line_break(first) {
        return Cell { shown: Cow::Borrowed(""), width: 0, chars, kind: CellKind::Newline };
    }
    if first == '\t' || first == ' ' && grapheme.len() == 1 {
        return Cell { shown: Cow::Borrowed(" "), width: 1, chars, kind: CellKind::Space };
    }
    let shown = shown(grapheme);
    Cell { width: shown.width(), shown, chars, kind: CellKind::Glyph }
}

/// What is printed for a grapheme cluster.
fn shown(grapheme: &str) -> Cow<'_, str> {
    let marks = grapheme.chars().filter(|c| is_combining_mark(*c)).count();
    let bare = grapheme.chars().next().is_some_and(is_combining_mark);
    if !bare && marks <= MOST_MARKS && grapheme.chars().all(|c| replacement(c) == Shown::Itself) {
        return Cow::Borrowed(grapheme);
    }
    let mut text = String::new();
    if bare {
        // Without a letter of its own the mark would sit on whatever is printed before it.
        text.push('◌');
    }
    let mut left = MOST_MARKS;
    for c in grapheme.chars() {
        match replacement(c) {
            Shown::Itself if is_combining_mark(c) && left == 0 => {}
            Shown::Itself => {
                left -= usize::from(is_combining_mark(c));
                text.push(c);
            }
            Shown::As(sign) => text.push(sign),
            Shown::Nothing => {}
        }
    }
    Cow::Owned(text)
}

#[derive(PartialEq, Eq)]
enum Shown {
    Itself,
    As(char),
    Nothing,
}

fn replacement(c: char) -> Shown {
    match c {
        '\t' | '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => Shown::As(' '),
        '\0'..='\u{1F}' => Shown::As(char::from_u32(0x2400 + c as u32).unwrap_or('\u{FFFD}')),
        '\u{7F}' => Shown::As('␡'),
        // C1 controls, and what turns the direction of writing.
        '\u{80}'..='\u{9F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => Shown::As('\u{FFFD}'),
        // Soft hyphen, zero-width characters (the joiner of emoji excepted), direction marks, annotations, tags.
        '\u{AD}'
        | '\u{61C}'
        | '\u{180E}'
        | '\u{200B}'
        | '\u{200C}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{2060}'..='\u{2065}'
        | '\u{206A}'..='\u{206F}'
        | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E007F}' => Shown::Nothing,
        _ => Shown::Itself,
    }
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The text on one line: breaks and runs of spaces become one space.
pub fn line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for cell in cells(text) {
        if cell.kind == CellKind::Glyph {
            line.push_str(&cell.shown);
        } else if !line.is_empty() && !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line.truncate(line.trim_end_matches(' ').len());
    line
}

/// The text with its line breaks and indents, for messages of several lines.
pub fn block(text: &str) -> String {
    cells(text).iter().map(|cell| if cell.kind == CellKind::Newline { "\n" } else { &*cell.shown }).collect()
}

/// The text on one line of at most `most` columns; what is left out in the middle is shown as «…».
pub fn short(text: &str, most: usize) -> String {
    let line = line(text);
    if line.width() <= most {
        return line;
    }
    let cells = cells(&line);
    let (head, tail) = (most.saturating_sub(1) * 2 / 3, most.saturating_sub(1) / 3);
    let take = |cells: &mut dyn Iterator<Item = &Cell>, most: usize| {
        let mut width = 0;
        cells
            .take_while(|cell| {
                width += cell.width;
                width <= most
            })
            .map(|cell| cell.shown.to_string())
            .collect::<Vec<_>>()
    };
    let head = take(&mut cells.iter(), head).concat();
    let mut tail = take(&mut cells.iter().rev(), tail);
    tail.reverse();
    format!("{}…{}", head.trim_end(), tail.concat().trim_start())
}

/// Columns a text takes on a terminal.
pub fn width(text: &str) -> usize {
    text.width()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escape_sequence_is_shown_and_not_sent() {
        assert_eq!(line("\u{1b}[31mкрасный\u{1b}[0m\u{7}"), "␛[31mкрасный␛[0m␇");
        assert_eq!(line("\u{9b}31m"), "\u{FFFD}31m");
    }

    #[test]
    fn the_direction_of_writing_cannot_be_turned() {
        assert_eq!(line("а\u{202e}б\u{2066}в\u{200f}г"), "а\u{FFFD}б\u{FFFD}вг");
    }

    #[test]
    fn line_breaks_and_spaces_are_one_space_on_one_line() {
        assert_eq!(line("  раз\r\n\r\nдва\t три \u{2028}"), "раз два три");
        assert_eq!(block("раз\r\n  два"), "раз\n  два");
    }

    #[test]
    fn a_cell_is_what_a_reader_takes_for_one_letter() {
        let cells = cells("е\u{301}👨\u{200d}👩\u{200d}👧й🇷🇺");
        let seen: Vec<_> = cells.iter().map(|cell| (cell.width, cell.chars.clone())).collect();
        assert_eq!(seen, [(1, 0..2), (2, 2..7), (1, 7..8), (2, 8..10)]);
    }

    #[test]
    fn marks_do_not_pile_up_or_stand_alone() {
        let zalgo = format!("а{}", "\u{301}".repeat(50));
        assert_eq!(line(&zalgo).chars().count(), 1 + MOST_MARKS);
        assert_eq!(line("\u{301}"), "◌\u{301}");
    }

    #[test]
    fn a_long_text_keeps_its_ends() {
        assert_eq!(short("короткий", 20), "короткий");
        let cut = short("очень длинная фраза, которая не помещается", 20);
        assert_eq!(cut, "очень длинна…щается");
        assert!(width(&cut) <= 20);
    }

    #[test]
    fn no_control_character_survives() {
        for c in ('\0'..='\u{9f}').chain('\u{2000}'..='\u{206f}').chain(['\u{feff}', '\u{ad}', '\u{e0041}']) {
            let shown = block(&format!("а{c}б"));
            let harmless = |c: char| {
                c == '\n' || c == '\u{200d}' || !c.is_control() && !matches!(c, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
            };
            assert!(shown.chars().all(harmless), "{c:?} {shown:?}");
        }
    }
}
