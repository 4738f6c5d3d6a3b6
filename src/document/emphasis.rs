//! Markdown emphasis inside one block: which bytes are its markers and what stands in bold. Blocks are cut in `blocks`.
//!
//! Only markers that come in pairs and hug their text count, so that «2 * 3», «snake_case», «a_b@mail.ru» and the blank
//! «_____» stay text. Runs of a marker match runs of the same length.

use std::ops::Range;

use super::blocks::Layout;

/// The longest run of `*` or `_` that is a marker. A longer one is a blank or a rule.
const LONGEST: usize = 3;

/// Finds the emphasis in a part of the prose, in O(n log n) of its markers, and adds it to the layout.
pub(super) fn emphasis(text: &str, span: Range<usize>, layout: &mut Layout) {
    let mut scanner = Scanner::new(text, span);
    scanner.run();
    scanner.markers.sort_unstable_by_key(|marker| marker.start);
    scanner.bold.sort_unstable_by_key(|bold| bold.start);
    layout.emphasis.append(&mut scanner.markers);
    layout.bold.append(&mut scanner.bold);
}

/// A run of `*` or `_` that may open emphasis.
struct Opener {
    marker: u8,
    range: Range<usize>,
}

struct Scanner<'t> {
    text: &'t str,
    span: Range<usize>,
    markers: Vec<Range<usize>>,
    bold: Vec<Range<usize>>,
    openers: Vec<Opener>,
    /// How many of `openers` there are of each marker and length, so that none is looked for in vain.
    waiting: [[usize; LONGEST + 1]; 2],
    /// Lengths of backtick runs that do not come any more.
    no_backticks: [bool; LONGEST + 1],
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str, span: Range<usize>) -> Self {
        Self {
            text,
            span,
            markers: Vec::new(),
            bold: Vec::new(),
            openers: Vec::new(),
            waiting: [[0; LONGEST + 1]; 2],
            no_backticks: [false; LONGEST + 1],
        }
    }

    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = self.span.start;
        while let Some(found) = bytes[at..self.span.end].iter().position(|b| matches!(b, b'*' | b'_' | b'`')) {
            let start = at + found;
            let end = self.run_end(start);
            let escaped = start > self.span.start && bytes[start - 1] == b'\\';
            at = if end - start > LONGEST || escaped {
                end
            } else if bytes[start] == b'`' {
                self.code(start..end)
            } else {
                self.stars(start..end);
                end
            };
        }
    }

    /// Where the run of equal bytes at `start` ends.
    fn run_end(&self, start: usize) -> usize {
        let bytes = &self.text.as_bytes()[start..self.span.end];
        start + bytes.iter().take_while(|&&byte| byte == bytes[0]).count()
    }

    /// Backticks: up to the next run of the same length everything is code, and no emphasis. Returns where to go on.
    fn code(&mut self, opener: Range<usize>) -> usize {
        let length = opener.len();
        let mut at = opener.end;
        while !self.no_backticks[length] {
            let Some(found) = self.text[at..self.span.end].find('`') else {
                self.no_backticks[length] = true;
                break;
            };
            let closer = at + found..self.run_end(at + found);
            at = closer.end;
            if closer.len() == length {
                self.markers.push(opener);
                self.markers.push(closer);
                return at;
            }
        }
        opener.end
    }

    fn stars(&mut self, run: Range<usize>) {
        let marker = self.text.as_bytes()[run.start];
        let before = self.text[self.span.start..run.start].chars().next_back();
        let after = self.text[run.end..self.span.end].chars().next();
        // Double stars may stand inside a word («**пере**делал»), other markers only around words.
        let inside = marker == b'*' && run.len() > 1;
        if before.is_some_and(ends_text)
            && after.is_none_or(|c| borders(c) || inside && c.is_alphabetic())
            && self.close(marker, run.clone())
        {
            return;
        }
        if after.is_some_and(starts_text) && before.is_none_or(|c| borders(c) || inside && c.is_alphabetic()) {
            self.waiting[kind(marker)][run.len()] += 1;
            self.openers.push(Opener { marker, range: run });
        }
    }

    /// Closes the nearest opener of the same marker and length; openers inside it were no markers.
    fn close(&mut self, marker: u8, closer: Range<usize>) -> bool {
        if self.waiting[kind(marker)][closer.len()] == 0 {
            return false;
        }
        while let Some(opener) = self.openers.pop() {
            self.waiting[kind(opener.marker)][opener.range.len()] -= 1;
            if opener.marker == marker && opener.range.len() == closer.len() {
                if closer.len() > 1 {
                    self.bold.push(opener.range.end..closer.start);
                }
                self.markers.push(opener.range);
                self.markers.push(closer);
                return true;
            }
        }
        false
    }
}

fn kind(marker: u8) -> usize {
    usize::from(marker == b'_')
}

/// What the text in emphasis starts with.
fn starts_text(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '«' | '"' | '„' | '“' | '(' | '[' | '*' | '_' | '`' | '№' | '+' | '-' | '~' | '<' | '>')
}

/// What the text in emphasis ends with.
fn ends_text(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(
            c,
            '»' | '"' | '”' | '“' | ')' | ']' | '*' | '_' | '`' | '.' | ',' | '!' | '?' | '…' | ':' | ';' | '%' | '₽' | '$' | '+'
        )
}

/// What emphasis may stand next to. Not a part of an address, a path or a formula.
fn borders(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '@' | '/' | '\\' | '=' | '&' | '#' | '%')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Layout {
        let mut layout = Layout::default();
        emphasis(text, 0..text.len(), &mut layout);
        layout
    }

    /// The text as a reader of Markdown sees it.
    fn plain(text: &str) -> String {
        let mut plain = text.to_owned();
        for marker in of(text).emphasis.into_iter().rev() {
            plain.replace_range(marker, "");
        }
        plain
    }

    fn bold(text: &str) -> Vec<&str> {
        of(text).bold.into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn markers_are_found() {
        assert_eq!(plain("**Результат.** Отток *упал* на `12 %`"), "Результат. Отток упал на 12 %");
        assert_eq!(plain("__Задача__ и _цель_: ***всё***"), "Задача и цель: всё");
        assert_eq!(plain("**очень *важно* было**"), "очень важно было");
        assert_eq!(plain("**пере**делал"), "переделал");
        assert_eq!(plain("**жирный\nв две строки**"), "жирный\nв две строки");
        assert_eq!(plain("«**Сфера**», (_ООО_)"), "«Сфера», (ООО)");
    }

    #[test]
    fn bold_text_is_named() {
        assert_eq!(bold("**Ситуация.** Отток рос. __Задача:__ удержать *клиента*, ***срочно***"), ["Ситуация.", "Задача:", "срочно"]);
        assert_eq!(bold("ничего **жирного"), [""; 0]);
    }

    #[test]
    fn what_is_no_emphasis_stays() {
        for text in [
            "Меня зовут _____, я из ______.",
            "Меня зовут __, я из __ и __.",
            "«__» ________ 20__ г.",
            "__.__.2024 и (__) лет, (___)",
            "ООО «___» и ООО «___»",
            "snake_case_name и __len",
            "ivan_petrov_a@mail.ru, _ivan_@mail.ru",
            "https://site.ru/_page_/a_b",
            "2 * 3 * 4, 5*6*7, 2**3**4",
            "рост 20 %* за год\n* по данным CRM",
            "`незакрыто и ``тоже",
            r"\*не курсив\*",
            "** жирно ** не * так *",
            "****",
        ] {
            assert_eq!(plain(text), text);
        }
    }

    #[test]
    fn code_hides_stars() {
        assert_eq!(plain("`**не жирно**` и ``a`b``"), "**не жирно** и a`b");
    }

    #[test]
    fn only_the_span_is_read() {
        let text = "**а** **б**";
        let mut layout = Layout::default();
        emphasis(text, 7..text.len(), &mut layout);
        let bold: Vec<_> = layout.bold.into_iter().map(|bold| &text[bold]).collect();
        assert_eq!(bold, ["б"]);
    }

    #[test]
    fn hostile_runs_are_read_once() {
        for unit in ["*а ", "а* ", "**а *б ", "_а* ", "`", "`` ` ", "***а** б* ", "*а **б* "] {
            let text = unit.repeat(200_000 / unit.len());
            let markers = of(&text).emphasis;
            assert!(markers.is_sorted_by(|a, b| a.end <= b.start), "{unit}");
        }
    }
}
