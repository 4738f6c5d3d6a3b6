//! The summary for the terminal.

use std::io;

use otvet::report::sanitize::{line, short, width};
use otvet::report::wrap::{hanging, pad};
use otvet::report::{Palette, names, plural};

use super::{Output, Writer};
use crate::batch::item::Answered;
use crate::batch::totals::competency_name;
use crate::batch::totals::{AREAS, Gap, QuestionTotals, Totals};

/// So many questions, rules and candidates are named; the rest is in the files.
const SHOWN: usize = 15;
/// So many refusals are named.
const SHOWN_REFUSALS: usize = 10;

/// How the summary looks.
#[derive(Debug, Clone, Copy)]
pub struct Summary {
    pub width: usize,
    pub palette: Palette,
}

/// The summary as an output: nothing until the end.
pub struct Page {
    to: Writer,
    summary: Summary,
}

impl Page {
    pub fn new(to: Writer, summary: Summary) -> Self {
        Self { to, summary }
    }
}

impl Output for Page {
    fn answer(&mut self, _answered: &Answered) -> io::Result<()> {
        Ok(())
    }

    fn finish(mut self: Box<Self>, totals: &Totals) -> io::Result<()> {
        self.to.write_all(self.summary.render(totals).as_bytes())?;
        self.to.flush()
    }
}

/// «1 530 ответов за 0,1 с · медиана 61 из 100 · не прочитано 2».
pub fn timed(totals: &Totals) -> String {
    let seconds = totals.elapsed.as_secs_f64();
    let time =
        if seconds < 60.0 { format!("{} с", plural::decimal((seconds * 10.0).ceil() / 10.0)) } else { plural::duration(seconds as usize) };
    let brief = brief(totals);
    match brief.split_once(" · ") {
        Some((count, rest)) => format!("{count} за {time} · {rest}"),
        None => format!("{brief} за {time}"),
    }
}

/// The same without the time: a file does not change because a machine was busy.
pub fn brief(totals: &Totals) -> String {
    let mut parts = vec![plural::count(totals.answers, ["ответ", "ответа", "ответов"])];
    if totals.answers > 0 {
        parts.push(format!("медиана {} из 100", plural::decimal(totals.scores.median())));
    }
    if totals.failed > 0 {
        parts.push(format!("не прочитано {}", plural::grouped(totals.failed)));
    }
    parts.join(" · ")
}

impl Summary {
    /// The whole summary.
    pub fn render(&self, totals: &Totals) -> String {
        let mut shown = format!("{}\n", self.palette.bold(&timed(totals)));
        if totals.answers > 0 {
            shown.push_str(&self.questions(totals));
            shown.push_str(&self.competencies(totals));
            shown.push_str(&self.findings(totals));
            shown.push_str(&self.areas(totals));
            shown.push_str(&self.candidates(totals));
        }
        shown.push_str(&self.refusals(totals));
        shown
    }

    fn heading(&self, text: &str) -> String {
        format!("\n {}\n", self.palette.bold(text))
    }

    fn questions(&self, totals: &Totals) -> String {
        let ranked = totals.ranked();
        let mut rows = vec![["Вопрос", "ответов", "средняя", "медиана", "чаще всего нет"].map(str::to_string)];
        for question in ranked.iter().take(SHOWN) {
            let name = if question.id.is_empty() { "без вопроса".into() } else { short(&question.id, 30) };
            rows.push([
                name,
                plural::grouped(question.scores.count()),
                plural::decimal((question.scores.mean() * 10.0).round() / 10.0),
                plural::decimal(question.scores.median()),
                lacks(question),
            ]);
        }
        let mut shown = format!("\n{}", self.table(&rows, &[false, true, true, true, false]));
        shown.push_str(&rest(ranked.len(), ["вопрос", "вопроса", "вопросов"]));
        shown
    }

    fn competencies(&self, totals: &Totals) -> String {
        if totals.competencies.len() < 2 {
            return String::new();
        }
        let mut rows = vec![["Компетенция", "ответов", "средняя", "медиана", ""].map(str::to_string)];
        for (competency, scores) in &totals.competencies {
            rows.push([
                line(competency_name(competency)),
                plural::grouped(scores.count()),
                plural::decimal((scores.mean() * 10.0).round() / 10.0),
                plural::decimal(scores.median()),
                String::new(),
            ]);
        }
        format!("\n{}", self.table(&rows, &[false, true, true, true, false]))
    }

    fn findings(&self, totals: &Totals) -> String {
        let findings = totals.commonest();
        if findings.is_empty() {
            return String::new();
        }
        let mut rows = vec![["Замечание", "ответов", "доля", "", ""].map(str::to_string)];
        for finding in findings.iter().take(8) {
            rows.push([
                short(&finding.rule, 38),
                plural::grouped(finding.answers),
                plural::percent(finding.answers as f64 / totals.answers as f64),
                String::new(),
                format!("{}: {}", names::finding(&finding.kind), line(&finding.message)),
            ]);
        }
        format!("\n{}", self.table(&rows, &[false, true, true, false, false]))
    }

    fn areas(&self, totals: &Totals) -> String {
        if totals.areas.is_empty() {
            return String::new();
        }
        let mut rows = vec![["Область", "ответов", "средняя", "", "что подтянуть"].map(str::to_string)];
        for area in AREAS {
            let empty = Default::default();
            let own = totals.areas.get(&area).unwrap_or(&empty);
            let (mean, train) = match own.gap() {
                Gap::Unknown => ("—".into(), "ответов нет: задайте вопрос из этой области".into()),
                Gap::Weak | Gap::Covered => (plural::decimal((own.scores.mean() * 10.0).round() / 10.0), own.to_train(2).join("; ")),
            };
            rows.push([area.title().into(), plural::grouped(own.scores.count()), mean, own.gap().title().into(), line(&train)]);
        }
        format!("\n{}", self.table(&rows, &[false, true, true, false, false]))
    }

    fn candidates(&self, totals: &Totals) -> String {
        if totals.candidates.is_empty() {
            return String::new();
        }
        let mut ranked: Vec<_> = totals.candidates.iter().collect();
        ranked.sort_by(|one, other| other.1.scores.mean().total_cmp(&one.1.scores.mean()).then_with(|| one.0.cmp(other.0)));
        let mut rows = vec![["Кандидат", "ответов", "средняя", "медиана", "пробелы"].map(str::to_string)];
        for (name, candidate) in ranked.iter().take(SHOWN) {
            let gaps: Vec<&str> =
                candidate.areas.iter().filter(|(_, area)| area.gap() == Gap::Weak).map(|(area, _)| area.title()).collect();
            rows.push([
                short(name, 30),
                plural::grouped(candidate.scores.count()),
                plural::decimal((candidate.scores.mean() * 10.0).round() / 10.0),
                plural::decimal(candidate.scores.median()),
                gaps.join(", "),
            ]);
        }
        let mut shown = format!("\n{}", self.table(&rows, &[false, true, true, true, false]));
        shown.push_str(&rest(ranked.len(), ["кандидат", "кандидата", "кандидатов"]));
        shown
    }

    fn refusals(&self, totals: &Totals) -> String {
        if totals.failed == 0 {
            return String::new();
        }
        let mut shown = self.heading("Не прочитано");
        for (place, refusal) in totals.refusals.iter().take(SHOWN_REFUSALS) {
            let file = place.file.as_deref().map(|file| format!("{}, ", line(file))).unwrap_or_default();
            let row = if place.row == 0 { String::new() } else { format!("строка {}", place.row) };
            let place = format!("{file}{row}");
            let who = refusal.about.candidate.as_deref().map(|name| format!(" ({})", line(name))).unwrap_or_default();
            shown.push_str(&hanging("  ", &format!("{}{who}: {}", place.trim_end_matches(", "), line(&refusal.message)), self.width));
            shown.push('\n');
        }
        if totals.failed > SHOWN_REFUSALS {
            shown.push_str(&format!("  и ещё {}\n", plural::grouped(totals.failed - SHOWN_REFUSALS)));
        }
        shown
    }

    /// Rows with the headings first; `right` tells which columns hold numbers.
    fn table(&self, rows: &[[String; 5]], right: &[bool; 5]) -> String {
        let widths: Vec<usize> = (0..4).map(|column| rows.iter().map(|row| width(&row[column])).max().unwrap_or_default()).collect();
        let mut shown = String::new();
        for (index, row) in rows.iter().enumerate() {
            let mut start = String::from(" ");
            for column in 0..4 {
                if widths[column] == 0 {
                    continue;
                }
                if right[column] {
                    start.push_str(&" ".repeat(widths[column] - width(&row[column])));
                    start.push_str(&row[column]);
                } else {
                    start.push_str(&pad(&row[column], widths[column]));
                }
                start.push_str("  ");
            }
            let text = if row[4].is_empty() {
                start.trim_end().to_string()
            } else if width(&start) + 20 > self.width {
                format!("{}\n{}", start.trim_end(), hanging("   ", &row[4], self.width))
            } else {
                hanging(&start, &row[4], self.width)
            };
            shown.push_str(&if index == 0 { self.palette.dim(&text) } else { text });
            shown.push('\n');
        }
        shown
    }
}

/// «Результат (41 %), урок (63 %)».
fn lacks(question: &QuestionTotals) -> String {
    let mut lacks = Vec::new();
    if let Some((label, share)) = question.worst_part().filter(|(_, share)| *share >= 0.1) {
        lacks.push(format!("{} ({})", names::label(label), plural::percent(share)));
    }
    if let Some(criterion) = question.most_missed().first() {
        lacks.push(format!("«{}» ({})", short(&criterion.text, 50), plural::percent(criterion.missed())));
    }
    lacks.join(", ")
}

fn rest(all: usize, forms: [&str; 3]) -> String {
    if all > SHOWN { format!(" и ещё {}\n", plural::count(all - SHOWN, forms)) } else { String::new() }
}
