//! The summary as Markdown, for a wiki or a comment. What people wrote is escaped: it stays text.

use std::fmt::Write as _;
use std::io;

use otvet::report::{names, plural, sanitize};

use super::{Output, Writer, brief};
use crate::batch::item::Answered;
use crate::batch::totals::{AREAS, Gap, Totals, competency_name};

/// The answers with the lowest scores are named: they need a look first.
const SHOWN: usize = 20;

pub struct Markdown {
    to: Writer,
    weakest: Vec<Weak>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Weak {
    score: u8,
    number: usize,
    name: String,
    question: String,
    advice: String,
}

impl Markdown {
    pub fn new(to: Writer) -> Self {
        Self { to, weakest: Vec::new() }
    }
}

impl Output for Markdown {
    fn answer(&mut self, answered: &Answered) -> io::Result<()> {
        let Ok(report) = &answered.outcome else { return Ok(()) };
        let score = report.score.total;
        if self.weakest.len() >= SHOWN && self.weakest.last().is_some_and(|last| last.score <= score) {
            return Ok(());
        }
        let place = format!("{} {}", answered.place.file.as_deref().unwrap_or(""), answered.place.row);
        let name = answered.candidate().map(str::to_string).or_else(|| report.id.clone()).unwrap_or(place);
        let weak = Weak {
            score,
            number: answered.place.row,
            name,
            question: report.question_id.clone().unwrap_or_else(|| report.kind.clone()),
            advice: report.advice.first().cloned().unwrap_or_default(),
        };
        let at = self.weakest.partition_point(|known| known.score <= score);
        self.weakest.insert(at, weak);
        self.weakest.truncate(SHOWN);
        Ok(())
    }

    fn finish(mut self: Box<Self>, totals: &Totals) -> io::Result<()> {
        let page = page(totals, &self.weakest);
        self.to.write_all(page.as_bytes())?;
        self.to.flush()
    }
}

fn page(totals: &Totals, weakest: &[Weak]) -> String {
    let mut page = format!("# Ответы на собеседовании\n\n{}\n", brief(totals));
    let decimal = |number: f64| plural::decimal((number * 10.0).round() / 10.0);
    if totals.answers > 0 {
        page.push_str("\n## Вопросы\n\n| Вопрос | Ответов | Средняя | Медиана | Нет S | Нет T | Нет A | Нет R | Чаще всего не выполнено |\n|---|--:|--:|--:|--:|--:|--:|--:|---|\n");
        for question in totals.ranked() {
            let missing = question.missing.map(|count| plural::percent(count as f64 / question.scores.count() as f64));
            let criteria: Vec<String> = question
                .most_missed()
                .iter()
                .take(2)
                .map(|criterion| format!("{} ({})", escape(&criterion.text), plural::percent(criterion.missed())))
                .collect();
            let _ = writeln!(
                page,
                "| {} | {} | {} | {} | {} | {} |",
                escape(&question.title),
                plural::grouped(question.scores.count()),
                decimal(question.scores.mean()),
                decimal(question.scores.median()),
                missing.join(" | "),
                criteria.join("; ")
            );
        }
        if !totals.competencies.is_empty() {
            page.push_str("\n## Компетенции\n\n| Компетенция | Ответов | Средняя | Медиана |\n|---|--:|--:|--:|\n");
            for (competency, scores) in &totals.competencies {
                let _ = writeln!(
                    page,
                    "| {} | {} | {} | {} |",
                    escape(competency_name(competency)),
                    plural::grouped(scores.count()),
                    decimal(scores.mean()),
                    decimal(scores.median())
                );
            }
        }
        page.push_str("\n## Замечания\n\n| Правило | Степень | Ответов | Доля | Что не так |\n|---|---|--:|--:|---|\n");
        for finding in totals.commonest().iter().take(SHOWN) {
            let share = plural::percent(finding.answers as f64 / totals.answers as f64);
            let severity = names::severity(finding.severity);
            let _ = writeln!(
                page,
                "| {} | {severity} | {} | {share} | {} |",
                escape(&finding.rule),
                plural::grouped(finding.answers),
                escape(&finding.message)
            );
        }
        if !totals.areas.is_empty() {
            page.push_str("\n## Области\n\n| Область | Ответов | Средняя | | Что подтянуть |\n|---|--:|--:|---|---|\n");
            for area in AREAS {
                let empty = Default::default();
                let own = totals.areas.get(&area).unwrap_or(&empty);
                let mean = if own.gap() == Gap::Unknown { "—".into() } else { decimal(own.scores.mean()) };
                let train: Vec<String> = own.to_train(3).into_iter().map(escape).collect();
                let _ = writeln!(
                    page,
                    "| {} | {} | {mean} | {} | {} |",
                    area.title(),
                    plural::grouped(own.scores.count()),
                    own.gap().title(),
                    train.join("; ")
                );
            }
        }
        if !totals.candidates.is_empty() {
            page.push_str("\n## Кандидаты\n\n| Кандидат | Ответов | Средняя | Медиана | Пробелы |\n|---|--:|--:|--:|---|\n");
            for (name, candidate) in &totals.candidates {
                let gaps: Vec<&str> =
                    candidate.areas.iter().filter(|(_, area)| area.gap() == Gap::Weak).map(|(area, _)| area.title()).collect();
                let scores = &candidate.scores;
                let _ = writeln!(
                    page,
                    "| {} | {} | {} | {} | {} |",
                    escape(name),
                    scores.count(),
                    decimal(scores.mean()),
                    decimal(scores.median()),
                    gaps.join(", ")
                );
            }
        }
        page.push_str("\n## Самые слабые ответы\n\n| Балл | Кто | Вопрос | Что изменить сначала |\n|--:|---|---|---|\n");
        for weak in weakest {
            let _ = writeln!(page, "| {} | {} | {} | {} |", weak.score, escape(&weak.name), escape(&weak.question), escape(&weak.advice));
        }
    }
    if totals.failed > 0 {
        page.push_str("\n## Не прочитано\n\n| Файл | Строка | Кто | Причина |\n|---|--:|---|---|\n");
        for (place, refusal) in &totals.refusals {
            let _ = writeln!(
                page,
                "| {} | {} | {} | {} |",
                escape(place.file.as_deref().unwrap_or("стандартный ввод")),
                place.row,
                escape(refusal.about.candidate.as_deref().or(refusal.id.as_deref()).unwrap_or_default()),
                escape(&refusal.message)
            );
        }
        if totals.failed > totals.refusals.len() {
            let _ = writeln!(page, "\nи ещё {}", plural::grouped(totals.failed - totals.refusals.len()));
        }
    }
    let _ = writeln!(page, "\nПравила {}", escape(&totals.ruleset));
    page
}

/// A text in a cell of a table.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in sanitize::line(text).chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            // A mention or a link is broken up by an empty comment.
            '@' | '#' => {
                escaped.push(c);
                escaped.push_str("<!-- -->");
            }
            ':' => escaped.push_str(":<!-- -->"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '!' => {
                escaped.push('\\');
                escaped.push(c);
            }
            _ => escaped.push(c),
        }
    }
    escaped.replace(":<!-- --> ", ": ")
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn text_stays_text() {
        assert_eq!(escape("<b>|[а](http://x)"), "&lt;b&gt;\\|\\[а\\](http:<!-- -->//x)");
        assert_eq!(escape("@ivan\n#1: да"), "@<!-- -->ivan #<!-- -->1: да");
    }
}
