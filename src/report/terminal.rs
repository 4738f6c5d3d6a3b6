//! A report for a person at a terminal: the text with its parts in the margin and its phrases underlined, then what to make of it.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::ops::Range;

use super::counts::Counts;
use super::format::{Format, Page, Quotes};
use super::model::{Cue, Finding, Label, Report, Role, ScorePart, Segment, Severity};
use super::palette::Palette;
use super::plural;
use super::sanitize::{self, Cell, CellKind, cells, short, span, width};
use super::underline::{self, Underline};
use super::{names, wrap};

/// The margin before each line of the text: « S │ ».
const MARGIN: usize = 5;
/// Where what is said under a heading begins.
const INDENT: usize = 3;
/// How many phrases of one rule are quoted.
const QUOTES: usize = 3;
/// A quoted phrase is shortened to this many columns.
const QUOTE: usize = 60;

/// The terminal format.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    /// Columns of the terminal.
    pub width: usize,
    pub palette: Palette,
    /// Say of every part what decided, and of every number what it was taken for.
    pub explain: bool,
}

impl Format for Terminal {
    fn render(&self, page: &Page) -> String {
        let view = View { terminal: *self, report: page.report, quotes: Quotes::new(page.text) };
        let mut blocks = vec![view.head(page.title), view.legend(), view.text(page.text), view.overview()];
        blocks.extend([view.checklist(), view.findings(), view.advice(), view.score()].into_iter().filter(|block| !block.is_empty()));
        blocks.join("\n")
    }
}

struct View<'a> {
    terminal: Terminal,
    report: &'a Report,
    quotes: Quotes<'a>,
}

/// A phrase to underline.
struct Mark {
    /// Cells of the text.
    cells: Range<usize>,
    sign: char,
    caption: String,
    paint: Paint,
}

#[derive(Clone, Copy)]
enum Paint {
    Finding(Severity),
    Measured,
    Number,
}

impl View<'_> {
    fn palette(&self) -> Palette {
        self.terminal.palette
    }

    /// What was answered, and the score.
    fn head(&self, title: &str) -> String {
        let most = self.terminal.width;
        let grade = names::grade(self.report.grade);
        let score = format!("{} из 100 · оценка {} из 5: {grade}", self.report.score.total, self.report.grade);
        let painted = self.palette().bold(&score);
        let room = most.saturating_sub(width(&score) + 3);
        let beside = wrap::paragraph(title, room);
        let mut head = String::new();
        if room >= 30 && beside.len() <= 2 {
            for (index, line) in beside.iter().enumerate() {
                let gap = if index == 0 { " ".repeat(most - width(line) - width(&score)) + &painted } else { String::new() };
                let _ = writeln!(head, "{}{gap}", self.palette().bold(line));
            }
        } else {
            for line in wrap::paragraph(title, most) {
                let _ = writeln!(head, "{}", self.palette().bold(&line));
            }
            for line in wrap::paragraph(&score, most) {
                let _ = writeln!(head, "{}", self.palette().bold(&line));
            }
        }
        head
    }

    /// What the letters of the margin mean.
    fn legend(&self) -> String {
        let labels = [Label::S, Label::T, Label::A, Label::R, Label::O];
        let other = self.report.segments.iter().any(|segment| segment.label == Label::O);
        let mut legend = String::new();
        let mut columns = 0;
        for label in labels.into_iter().filter(|label| *label != Label::O || other) {
            let entry = format!("{} {}", names::letter(label), names::label(label));
            let separator = if columns == 0 { " " } else { " · " };
            if columns + width(separator) + width(&entry) > self.terminal.width {
                legend.push_str("\n ");
                columns = 1;
            } else {
                legend.push_str(separator);
                columns += width(separator);
            }
            columns += width(&entry);
            legend.push_str(&self.palette().label(label, &entry));
        }
        format!("{legend}\n")
    }

    /// The text with its parts and underlines.
    fn text(&self, text: &str) -> String {
        let cells = cells(text);
        let marks = self.marks(&cells);
        let room = self.terminal.width - MARGIN;
        let mut shown = String::new();
        for segment in &self.report.segments {
            let range = span(&cells, segment.start, segment.end);
            let lines = wrap::wrap(&cells[range.clone()], room);
            for (number, line) in lines.iter().enumerate() {
                let line = range.start + line.start..range.start + line.end;
                let letter = if number == 0 { names::letter(segment.label) } else { " " };
                let words = wrap::show(&cells[line.clone()]);
                let _ = writeln!(shown, "{}{}", self.margin(segment.label, letter), self.palette().label(segment.label, &words));
                let underlines = marks.iter().filter_map(|mark| underline(&cells, &line, mark)).collect();
                for row in underline::lay(underlines, room) {
                    let row = underline::show(&row, |paint, text| self.paint(*paint, text));
                    let _ = writeln!(shown, "{}{row}", self.margin(segment.label, " "));
                }
            }
            if self.terminal.explain && !lines.is_empty() {
                shown.push_str(&self.reasons(segment));
            }
        }
        trim_lines(&shown)
    }

    fn margin(&self, label: Label, letter: &str) -> String {
        format!(" {} {} ", self.palette().letter(label, letter), self.palette().dim("│"))
    }

    fn paint(&self, paint: Paint, text: &str) -> String {
        match paint {
            Paint::Finding(severity) => self.palette().severity(severity, text),
            Paint::Measured => self.palette().good(text),
            Paint::Number => self.palette().dim(text),
        }
    }

    /// Why a segment has its label.
    fn reasons(&self, segment: &Segment) -> String {
        // A segment of several clauses may have a cue several times: the strongest, which comes first, is enough.
        let mut seen = HashSet::new();
        let cues: Vec<String> = segment.cues.iter().filter(|cue| seen.insert(&cue.id)).map(cue).collect();
        let cues = if cues.is_empty() {
            "признаков нет, решило место в рассказе".to_string()
        } else {
            cues.join(" · ")
        };
        let said = format!("уверенность {}: {cues}", plural::percent(segment.confidence));
        let lines = wrap::paragraph(&said, self.terminal.width - MARGIN);
        lines.iter().map(|line| format!("{}{}\n", self.margin(segment.label, " "), self.palette().dim(line))).collect()
    }

    /// Phrases to underline, in cells.
    fn marks(&self, cells: &[Cell]) -> Vec<Mark> {
        let findings = self.report.findings.iter().filter_map(|finding| {
            let place = finding.place?;
            let caption = names::finding(&finding.kind).to_string();
            Some(Mark { cells: span(cells, place.start, place.end), sign: '~', caption, paint: Paint::Finding(finding.severity) })
        });
        let numbers = self.report.quantities.iter().filter_map(|quantity| {
            let cells = span(cells, quantity.start, quantity.end);
            match quantity.role {
                Role::Outcome => Some(Mark { cells, sign: '^', caption: names::measured(quantity), paint: Paint::Measured }),
                Role::Context if self.terminal.explain => {
                    Some(Mark { cells, sign: '·', caption: "число, не результат".into(), paint: Paint::Number })
                }
                Role::Context => None,
            }
        });
        findings.chain(numbers).filter(|mark| !mark.cells.is_empty()).collect()
    }

    /// Shares of the parts, size, kind of answer.
    fn overview(&self) -> String {
        let star = &self.report.star;
        let parts = [(Label::S, &star.s), (Label::T, &star.t), (Label::A, &star.a), (Label::R, &star.r)];
        let shares: Vec<String> = parts
            .iter()
            .map(|(label, part)| {
                let share = if part.present { plural::percent(part.share) } else { "нет".into() };
                // No line ends between a letter and its share.
                format!("{}\u{a0}{share}", names::letter(*label))
            })
            .collect();
        let stats = &self.report.stats;
        let mut size = vec![
            plural::count(stats.words, ["слово", "слова", "слов"]),
            plural::count(stats.sentences, ["предложение", "предложения", "предложений"]),
        ];
        let mut overview = self.entry("Части", &shares.join(" · "));
        if self.report.kind == "answer" {
            size.push(format!("вслух около {}", plural::duration(stats.speech_seconds)));
            overview.push_str(&self.entry("Объём", &size.join(" · ")));
            overview.push_str(&self.entry("Это", names::answer_kind(self.report.answer_kind)));
        } else {
            overview.push_str(&self.entry("Объём", &size.join(" · ")));
        }
        overview
    }

    /// A name and what is said of it on one line.
    fn entry(&self, name: &str, said: &str) -> String {
        let said = wrap::hanging(&wrap::pad(&format!(" {name}"), 11), said, self.terminal.width);
        let (head, tail) = said.split_at(name.len() + 1);
        format!("{}{tail}\n", self.palette().bold(head))
    }

    fn checklist(&self) -> String {
        let results = &self.report.checklist;
        if results.is_empty() {
            let unnamed = self.report.kind == "answer" && self.report.question_id.is_none();
            return if unnamed {
                self.entry("Чек-лист", "вопрос не назван: otvet check -q ВОПРОС, список — otvet questions")
            } else {
                String::new()
            };
        }
        let met = results.iter().filter(|result| result.met).count();
        let mut shown = self.heading("Чек-лист", &format!("{met} из {}", results.len()));
        for result in results {
            let sign = if result.met { "✓" } else { "✗" };
            let said = wrap::hanging(&" ".repeat(INDENT + 2), &result.text, self.terminal.width);
            let rest = said.get(INDENT + 2..).unwrap_or_default();
            let sign = if result.met { self.palette().good(sign) } else { self.palette().bad(sign) };
            let _ = writeln!(shown, "{}{sign} {rest}", " ".repeat(INDENT));
            if result.met {
                let evidence: Vec<String> = result.evidence.iter().map(|place| quoted(self.quotes.get(place.start, place.end))).collect();
                if !evidence.is_empty() {
                    shown.push_str(&self.aside(&listed(&distinct(evidence), QUOTES)));
                }
                if self.terminal.explain && !result.why.is_empty() {
                    shown.push_str(&self.aside(&names::sentence(&result.why)));
                }
            } else {
                let probe = result.probe.as_ref().map(|probe| format!(" {}", names::probe(probe, &self.report.kind))).unwrap_or_default();
                shown.push_str(&self.aside(&(names::sentence(&result.why) + &probe)));
            }
        }
        shown
    }

    fn findings(&self) -> String {
        let findings = &self.report.findings;
        if findings.is_empty() {
            return String::new();
        }
        let counts: Counts = findings.iter().map(|finding| finding.severity).collect();
        let mut shown = self.heading("Замечания", &counts.said());
        for group in by_rule(findings) {
            let finding = group[0];
            let quotes = group.iter().filter_map(|finding| finding.place).map(|place| quoted(self.quotes.get(place.start, place.end)));
            let quotes = distinct(quotes.collect());
            let severity = names::severity(finding.severity);
            let said =
                if quotes.is_empty() { finding.message.clone() } else { format!("{} — {}", listed(&quotes, QUOTES), finding.message) };
            let said = wrap::hanging(&" ".repeat(INDENT), &format!("{severity}: {said} [{}]", finding.rule), self.terminal.width);
            let said = said.replacen(severity, &self.palette().severity(finding.severity, severity), 1);
            let said = said.replacen(&format!("[{}]", finding.rule), &self.palette().dim(&format!("[{}]", finding.rule)), 1);
            let _ = writeln!(shown, "{said}");
            for (name, said) in [("Почему", &finding.reason), ("Лучше", &finding.advice)] {
                if !said.is_empty() {
                    let said = wrap::hanging(&format!("{}{name}: ", " ".repeat(INDENT + 2)), said, self.terminal.width);
                    let _ = writeln!(shown, "{said}");
                }
            }
        }
        shown
    }

    fn advice(&self) -> String {
        if self.report.advice.is_empty() {
            return String::new();
        }
        let mut shown = self.heading("Что изменить сначала", "");
        for (index, advice) in self.report.advice.iter().enumerate() {
            let _ = writeln!(shown, "{}", wrap::hanging(&format!("{}{}. ", " ".repeat(INDENT), index + 1), advice, self.terminal.width));
        }
        shown
    }

    /// What the score is made of, and why.
    fn score(&self) -> String {
        let score = &self.report.score;
        let parts: Vec<String> = score.parts.iter().map(sum).collect();
        let total = format!("{} = {}", score.total, parts.join(" · "));
        let ruleset = format!("правила {}", sanitize::line(&self.report.ruleset));
        let mut shown = self.heading("Из чего сложилась оценка", "");
        let total = wrap::hanging(&" ".repeat(INDENT), &total, self.terminal.width);
        let left = self.terminal.width.saturating_sub(total.lines().last().map_or(0, width));
        let gap = if left > width(&ruleset) { " ".repeat(left - width(&ruleset)) } else { format!("\n{}", " ".repeat(INDENT)) };
        let _ = writeln!(shown, "{total}{gap}{}", self.palette().dim(&ruleset));
        let name = score.parts.iter().map(|part| width(&part.title)).max().unwrap_or_default();
        for part in score.parts.iter().filter(|part| !part.why.is_empty()) {
            let prefix = format!("{}{}  ", " ".repeat(INDENT), wrap::pad(&part.title, name));
            let _ = writeln!(shown, "{}", wrap::hanging(&prefix, &part.why.join("; "), self.terminal.width));
        }
        shown
    }

    fn heading(&self, name: &str, more: &str) -> String {
        let gap = if more.is_empty() { "" } else { "  " };
        format!(" {}{gap}{more}\n", self.palette().bold(name))
    }

    /// A remark below an entry of the checklist.
    fn aside(&self, said: &str) -> String {
        let said = wrap::hanging(&" ".repeat(INDENT + 2), said, self.terminal.width);
        said.lines().map(|line| format!("{}\n", self.palette().dim(line))).collect()
    }
}

/// «past-perfective +1,2»; a heading needs no weight.
fn cue(cue: &Cue) -> String {
    match cue.id.as_str() {
        "heading" => "заголовок".into(),
        id => format!("{id}\u{a0}{}", format!("{:+.1}", cue.weight).replace('.', ",")),
    }
}

/// «части 31/35».
fn sum(part: &ScorePart) -> String {
    format!("{} {}/{}", part.title, part.points, part.max)
}

/// The underline of a mark below a line; the caption stands where the mark ends.
fn underline(cells: &[Cell], line: &Range<usize>, mark: &Mark) -> Option<Underline<Paint>> {
    let seen = mark.cells.start.max(line.start)..mark.cells.end.min(line.end);
    if seen.is_empty() {
        return None;
    }
    let columns = |range: Range<usize>| cells[range].iter().map(|cell| cell.width).sum::<usize>();
    let start = columns(line.start..seen.start);
    let end = start + columns(seen.clone());
    if start == end {
        return None;
    }
    let goes_on = cells[seen.end..mark.cells.end].iter().any(|cell| cell.kind == CellKind::Glyph && cell.width > 0);
    Some(Underline { columns: start..end, sign: mark.sign, caption: (!goes_on).then(|| mark.caption.clone()), style: mark.paint })
}

/// Findings of one rule together, the gravest rules first, otherwise in order.
fn by_rule(findings: &[Finding]) -> Vec<Vec<&Finding>> {
    let mut groups: Vec<Vec<&Finding>> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for finding in findings {
        let group = *known.entry(&finding.rule).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[group].push(finding);
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group[0].severity));
    groups
}

fn quoted(text: &str) -> String {
    format!("«{}»", short(text, QUOTE))
}

fn distinct(quotes: Vec<String>) -> Vec<String> {
    let mut seen = HashSet::new();
    quotes.into_iter().filter(|quote| seen.insert(quote.to_lowercase())).collect()
}

/// «раз», «два» и ещё 3.
fn listed(quotes: &[String], most: usize) -> String {
    let shown = quotes[..quotes.len().min(most)].join(", ");
    match quotes.len().saturating_sub(most) {
        0 => shown,
        more => format!("{shown} и ещё {more}"),
    }
}

/// No spaces at the ends of lines.
fn trim_lines(text: &str) -> String {
    text.lines().flat_map(|line| [line.trim_end(), "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::model::{AnswerKind, Direction, FindingPlace, Part, QuantityEntry, Report, SCHEMA, Score, Star, Stats};

    /// The place of a phrase, in code points.
    fn place(text: &str, phrase: &str) -> Range<usize> {
        let start = text[..text.find(phrase).unwrap()].chars().count();
        start..start + phrase.chars().count()
    }

    fn report(text: &str, segments: &[(Label, &str)], vague: &[&str], measured: &[&str]) -> Report {
        let mut at = 0;
        let segments = segments.iter().map(|(label, phrase)| {
            let start = at;
            at += phrase.chars().count();
            Segment { label: *label, start, end: at, confidence: 0.9, cues: Vec::new() }
        });
        let segments = segments.collect();
        let finding = |phrase: &&str| {
            let place = place(text, phrase);
            Finding {
                rule: "vague/test".into(),
                kind: "vague".into(),
                severity: Severity::Warning,
                place: Some(FindingPlace { start: place.start, end: place.end, line: 1, column: place.start + 1 }),
                message: "обещание без случая".into(),
                reason: "Не проверить.".into(),
                advice: "Пример.".into(),
            }
        };
        let quantity = |phrase: &&str| {
            let place = place(text, phrase);
            QuantityEntry {
                start: place.start,
                end: place.end,
                text: (*phrase).into(),
                role: Role::Outcome,
                value: None,
                from: None,
                unit: None,
                direction: Some(Direction::Down),
                metric: Some("опоздания".into()),
                period: None,
            }
        };
        Report {
            schema: SCHEMA,
            ruleset: "тест".into(),
            id: None,
            candidate: None,
            asked: None,
            source: None,
            kind: "answer".into(),
            question_id: None,
            question: None,
            level: None,
            answer_kind: AnswerKind::Story,
            score: Score { total: 74, parts: Vec::new() },
            grade: 4,
            star: Star { s: Part { present: true, share: 0.5 }, ..Star::default() },
            segments,
            quantities: measured.iter().map(quantity).collect(),
            findings: vague.iter().map(finding).collect(),
            checklist: Vec::new(),
            advice: Vec::new(),
            stats: Stats { words: 10, sentences: 1, speech_seconds: 5 },
        }
    }

    /// The lines of the text with its underlines, without what stands above and below.
    fn body(width: usize, text: &str, report: &Report) -> Vec<String> {
        let terminal = Terminal { width, palette: Palette::PLAIN, explain: false };
        let page = terminal.render(&Page { report, text, title: "Вопрос" });
        page.lines().filter(|line| line.contains('│')).map(str::to_string).collect()
    }

    #[test]
    fn phrases_are_underlined_where_they_stand() {
        let (first, second) = ("Я всегда старался держать слово. ", "Опоздания упали с 12 % до 3 %.");
        let text = format!("{first}{second}");
        let report = report(&text, &[(Label::A, first), (Label::R, second)], &["всегда старался"], &["с 12 % до 3 %"]);
        assert_eq!(
            body(80, &text, &report),
            [
                " A │ Я всегда старался держать слово.",
                "   │   ~~~~~~~~~~~~~~~ общая фраза",
                " R │ Опоздания упали с 12 % до 3 %.",
                "   │                 ^^^^^^^^^^^^^ измерено: опоздания, снижение",
            ]
        );
    }

    #[test]
    fn a_phrase_over_two_lines_is_underlined_on_both_and_named_once() {
        let text = "Я всегда очень старался держать данное клиенту слово.";
        let report = report(text, &[(Label::A, text)], &["всегда очень старался держать данное клиенту слово"], &[]);
        assert_eq!(
            body(40, text, &report),
            [
                " A │ Я всегда очень старался держать",
                "   │   ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~",
                "   │ данное клиенту слово.",
                "   │ ~~~~~~~~~~~~~~~~~~~~ общая фраза",
            ]
        );
    }

    #[test]
    fn emoji_and_combining_marks_do_not_shift_the_line() {
        let text = "👨\u{200d}👩\u{200d}👧 е\u{301}ж 漢 всегда старался";
        let report = report(text, &[(Label::A, text)], &["всегда старался"], &[]);
        assert_eq!(body(80, text, &report)[1], format!("   │ {}~~~~~~~~~~~~~~~ общая фраза", " ".repeat(2 + 1 + 2 + 1 + 2 + 1)));
    }

    #[test]
    fn nothing_of_the_text_reaches_the_terminal_raw() {
        let text = "Я \u{1b}]0;взлом\u{7} всегда\u{202e} старался\r\nвсё";
        let report = report(text, &[(Label::A, text)], &["всегда\u{202e} старался"], &[]);
        let terminal = Terminal { width: 80, palette: Palette::PLAIN, explain: true };
        let page = terminal.render(&Page { report: &report, text, title: "\u{1b}[2J" });
        assert!(page.chars().all(|c| c == '\n' || !c.is_control() && c != '\u{202e}'), "{page:?}");
        assert!(page.contains("␛]0;взлом␇ всегда"));
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let text =
            "Я всегда старался держать слово, и за год опоздания сократились с 12 % до 3 %, а клиент продлил договор ещё на 2 года вперёд.";
        let report = report(text, &[(Label::A, text)], &["всегда старался", "держать слово"], &["с 12 % до 3 %"]);
        for columns in [40, 41, 50, 77, 120] {
            let terminal = Terminal { width: columns, palette: Palette::PLAIN, explain: true };
            let page = terminal.render(&Page {
                report: &report, text, title: "Какой конфликт с клиентом был для вас самым трудным?"
            });
            for line in page.lines() {
                assert!(width(line) <= columns, "{columns}: {line:?}");
            }
        }
    }
}
