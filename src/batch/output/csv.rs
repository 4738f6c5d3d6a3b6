//! CSV for Russian Excel: a byte order mark, semicolons, a row an answer. No cell can become a formula.

use std::io;

use ::csv::{Terminator, WriterBuilder};
use otvet::report::names;

use super::{Output, Writer};
use crate::batch::item::Answered;
use crate::batch::totals::Totals;

const HEADINGS: [&str; 21] = [
    "файл",
    "строка",
    "id",
    "кандидат",
    "id вопроса",
    "вопрос",
    "уровень",
    "балл",
    "оценка",
    "вид ответа",
    "ситуация, %",
    "задача, %",
    "действия, %",
    "результат, %",
    "чек-лист",
    "не выполнено",
    "замечания",
    "что изменить",
    "слов",
    "текст",
    "ошибка",
];

pub struct Csv {
    to: ::csv::Writer<Writer>,
}

impl Csv {
    pub fn new(mut to: Writer) -> io::Result<Self> {
        to.write_all("\u{feff}".as_bytes())?;
        let mut to = WriterBuilder::new().delimiter(b';').terminator(Terminator::CRLF).from_writer(to);
        to.write_record(HEADINGS)?;
        Ok(Self { to })
    }
}

impl Output for Csv {
    fn answer(&mut self, answered: &Answered) -> io::Result<()> {
        let row = row(answered);
        Ok(self.to.write_record(row.iter().map(|cell| safe(cell)))?)
    }

    fn finish(mut self: Box<Self>, _totals: &Totals) -> io::Result<()> {
        self.to.flush()
    }
}

fn row(answered: &Answered) -> Vec<String> {
    let file = answered.place.file.as_deref().unwrap_or_default().to_string();
    let start = [file, answered.place.row.to_string()];
    let report = match &answered.outcome {
        Ok(report) => report,
        Err(refusal) => {
            let known = |known: &Option<String>| known.clone().unwrap_or_default();
            let named = [known(&refusal.id), known(&refusal.about.candidate), String::new(), known(&refusal.about.question)];
            let mut row: Vec<String> = start.into_iter().chain(named).collect();
            row.resize(HEADINGS.len() - 2, String::new());
            row.extend([refusal.about.text.clone(), refusal.message.clone()]);
            return row;
        }
    };
    let star = &report.star;
    let share = |part: &otvet::report::Part| format!("{}", (part.share * 100.0).round());
    let met = report.checklist.iter().filter(|result| result.met).count();
    let missed: Vec<&str> = report.checklist.iter().filter(|result| !result.met).map(|result| result.text.as_str()).collect();
    let mut rules: Vec<&str> = report.findings.iter().map(|finding| finding.rule.as_str()).collect();
    rules.dedup();
    let checklist = if report.checklist.is_empty() { String::new() } else { format!("{met} из {}", report.checklist.len()) };
    start
        .into_iter()
        .chain([
            report.id.clone().unwrap_or_default(),
            answered.candidate().unwrap_or_default().to_string(),
            report.question_id.clone().unwrap_or_default(),
            report.question.clone().unwrap_or_default(),
            report.level.map(level).unwrap_or_default().to_string(),
            report.score.total.to_string(),
            report.grade.to_string(),
            names::answer_kind(report.answer_kind).to_string(),
            share(&star.s),
            share(&star.t),
            share(&star.a),
            share(&star.r),
            checklist,
            missed.join("; "),
            rules.join("; "),
            report.advice.join(" "),
            report.stats.words.to_string(),
            answered.text.clone(),
            String::new(),
        ])
        .collect()
}

pub fn level(level: otvet::Level) -> &'static str {
    match level {
        otvet::Level::Junior => "junior",
        otvet::Level::Middle => "middle",
        otvet::Level::Senior => "senior",
    }
}

/// A cell that a spreadsheet would take for a formula begins with an apostrophe.
fn safe(cell: &str) -> String {
    let cell = cell.replace('\0', "");
    // Excel trims some signs before it looks.
    let first = cell.trim_start_matches([' ', '\u{a0}', '\u{feff}', '\u{200b}']).chars().next();
    let formula = first.is_some_and(|c| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠' | '|' | '%'));
    if formula { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=1+1", "+7 900", "-1", "@сумма", "\t=1", " =1", "＝1", "\r\n=1", "|calc"] {
            assert!(safe(cell).starts_with('\''), "{cell}");
        }
        assert_eq!(safe("Я сократил отток на 12 %"), "Я сократил отток на 12 %");
    }
}
