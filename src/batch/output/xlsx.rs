//! An Excel workbook: summary, answers, criteria, findings. Texts are written as texts: none is ever a formula.
//!
//! Long sheets are written row by row to a temporary file, so that memory does not grow with the number of answers.

use std::io;

use otvet::report::{names, plural, sanitize};
use rust_xlsxwriter::{
    ConditionalFormat3ColorScale, ConditionalFormatCell, ConditionalFormatCellRule, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use super::csv::level;
use super::{Output, Writer, brief};
use crate::batch::item::Answered;
use crate::batch::totals::{AREAS, Gap, Totals, competency_name};

/// Excel has no more rows; the headings take one.
const MOST_ROWS: u32 = 1_048_575;
/// A cell holds no more UTF-16 units.
const LONGEST_CELL: usize = 32_000;

const SUMMARY: usize = 0;
const ANSWERS: usize = 1;
const CRITERIA: usize = 2;
const FINDINGS: usize = 3;

pub struct Xlsx {
    to: Writer,
    book: Workbook,
    /// Rows used of each sheet.
    rows: [u32; 4],
    left_out: usize,
    formats: Formats,
}

struct Formats {
    heading: Format,
    wrapped: Format,
    bold: Format,
}

/// Headings with the widths of their columns, in characters.
type Columns = &'static [(&'static str, f64)];

enum Value<'a> {
    Text(&'a str),
    Number(f64),
    Nothing,
}

impl Xlsx {
    pub fn new(to: Writer) -> io::Result<Self> {
        let formats = Formats {
            heading: Format::new().set_bold().set_background_color("#E8EBF0").set_text_wrap().set_align(FormatAlign::Top),
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            bold: Format::new().set_bold(),
        };
        let mut xlsx = Self { to, book: Workbook::new(), rows: [0; 4], left_out: 0, formats };
        xlsx.prepare().map_err(io::Error::other)?;
        Ok(xlsx)
    }

    fn prepare(&mut self) -> Result<(), XlsxError> {
        self.book.add_worksheet().set_name("Сводка")?;
        let sheets: [(usize, &str, Columns); 3] = [
            (
                ANSWERS,
                "Ответы",
                &[
                    ("Файл", 16.0),
                    ("Строка", 8.0),
                    ("id", 12.0),
                    ("Кандидат", 20.0),
                    ("Вопрос", 36.0),
                    ("Уровень", 10.0),
                    ("Балл", 8.0),
                    ("Оценка", 8.0),
                    ("Ситуация, %", 10.0),
                    ("Задача, %", 10.0),
                    ("Действия, %", 10.0),
                    ("Результат, %", 10.0),
                    ("Замечаний", 10.0),
                    ("Что изменить", 50.0),
                    ("Текст", 80.0),
                    ("Ошибка", 30.0),
                ],
            ),
            (
                CRITERIA,
                "Критерии",
                &[
                    ("Строка", 8.0),
                    ("id", 12.0),
                    ("Кандидат", 20.0),
                    ("Вопрос", 36.0),
                    ("Критерий", 44.0),
                    ("Выполнен", 10.0),
                    ("Почему", 60.0),
                ],
            ),
            (
                FINDINGS,
                "Замечания",
                &[
                    ("Строка", 8.0),
                    ("id", 12.0),
                    ("Кандидат", 20.0),
                    ("Правило", 30.0),
                    ("Степень", 16.0),
                    ("Фраза", 40.0),
                    ("Что не так", 44.0),
                    ("Лучше", 60.0),
                ],
            ),
        ];
        for (index, name, columns) in sheets {
            self.book.add_worksheet_with_constant_memory()?.set_name(name)?;
            let sheet = self.book.worksheet_from_index(index)?;
            for (column, (heading, width)) in (0..).zip(columns) {
                sheet.set_column_width(column, *width)?;
                sheet.write_string_with_format(0, column, *heading, &self.formats.heading)?;
            }
            sheet.set_freeze_panes(1, 0)?;
            self.rows[index] = 1;
        }
        Ok(())
    }

    fn row(&mut self, index: usize, values: &[Value]) -> Result<(), XlsxError> {
        let row = self.rows[index];
        if row >= MOST_ROWS {
            self.left_out += 1;
            return Ok(());
        }
        let sheet = self.book.worksheet_from_index(index)?;
        for (column, value) in (0..).zip(values) {
            match value {
                Value::Text("") | Value::Nothing => {}
                Value::Text(text) => {
                    sheet.write_string_with_format(row, column, fitting(text), &self.formats.wrapped)?;
                }
                Value::Number(number) => {
                    sheet.write_number_with_format(row, column, *number, &self.formats.wrapped)?;
                }
            }
        }
        self.rows[index] += 1;
        Ok(())
    }

    fn add(&mut self, answered: &Answered) -> Result<(), XlsxError> {
        let file = answered.place.file.as_deref().unwrap_or_default();
        let number = Value::Number(answered.place.row as f64);
        let report = match &answered.outcome {
            Ok(report) => report,
            Err(refusal) => {
                let known = [&refusal.id, &refusal.about.candidate, &refusal.about.question]
                    .map(|known| Value::Text(known.as_deref().unwrap_or_default()));
                let mut row: Vec<Value> = [Value::Text(file), number].into_iter().chain(known).collect();
                row.resize_with(14, || Value::Nothing);
                row.push(Value::Text(&refusal.about.text));
                row.push(Value::Text(&refusal.message));
                return self.row(ANSWERS, &row);
            }
        };
        let id = report.id.as_deref().unwrap_or_default();
        let candidate = answered.candidate().unwrap_or_default();
        let question = report.question.as_deref().unwrap_or(if report.kind == "answer" { "" } else { &report.kind });
        let share = |part: &otvet::report::Part| Value::Number((part.share * 100.0).round());
        let advice = report.advice.join("\n");
        self.row(
            ANSWERS,
            &[
                Value::Text(file),
                number,
                Value::Text(id),
                Value::Text(candidate),
                Value::Text(question),
                Value::Text(report.level.map(level).unwrap_or_default()),
                Value::Number(f64::from(report.score.total)),
                Value::Number(f64::from(report.grade)),
                share(&report.star.s),
                share(&report.star.t),
                share(&report.star.a),
                share(&report.star.r),
                Value::Number(report.findings.len() as f64),
                Value::Text(&advice),
                Value::Text(&answered.text),
            ],
        )?;
        let number = answered.place.row as f64;
        for result in &report.checklist {
            let met = if result.met { "да" } else { "нет" };
            let texts = [id, candidate, question, &result.text, met, &result.why].map(Value::Text);
            self.row(CRITERIA, &std::iter::once(Value::Number(number)).chain(texts).collect::<Vec<_>>())?;
        }
        let quotes = crate::batch::output::html::Slices::new(&answered.text);
        for finding in &report.findings {
            let quote = finding.place.map(|place| quotes.get(place.start, place.end)).unwrap_or_default();
            let texts = [id, candidate, &finding.rule, names::severity(finding.severity), quote, &finding.message, &finding.advice]
                .map(Value::Text);
            self.row(FINDINGS, &std::iter::once(Value::Number(number)).chain(texts).collect::<Vec<_>>())?;
        }
        Ok(())
    }

    fn end(mut self, totals: &Totals) -> Result<(), XlsxError> {
        let scale =
            || ConditionalFormat3ColorScale::new().set_minimum_color("#F4A79D").set_midpoint_color("#FBE7A1").set_maximum_color("#A8D5A2");
        let last = |rows: u32| rows.saturating_sub(1).max(1);
        let [_, answers, criteria, findings] = self.rows;
        let sheet = self.book.worksheet_from_index(ANSWERS)?;
        sheet.add_conditional_format(1, 6, last(answers), 6, &scale())?;
        sheet.autofilter(0, 0, last(answers), 15)?;
        let sheet = self.book.worksheet_from_index(CRITERIA)?;
        colour(sheet, last(criteria), 5, &[("да", "#D5EBD0"), ("нет", "#F8D3CC")])?;
        sheet.autofilter(0, 0, last(criteria), 6)?;
        let sheet = self.book.worksheet_from_index(FINDINGS)?;
        colour(sheet, last(findings), 4, &[("ошибка", "#F8D3CC"), ("предупреждение", "#FBE7A1")])?;
        sheet.autofilter(0, 0, last(findings), 7)?;
        let left_out = self.left_out;
        let Self { mut book, formats, to, .. } = self;
        summary(book.worksheet_from_index(SUMMARY)?, totals, left_out, &formats, &scale())?;
        book.save_to_writer(to)
    }
}

fn colour(sheet: &mut Worksheet, last: u32, column: u16, colours: &[(&str, &str)]) -> Result<(), XlsxError> {
    for (text, colour) in colours {
        let rule = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::EqualTo((*text).to_string()))
            .set_format(Format::new().set_background_color(*colour));
        sheet.add_conditional_format(1, column, last, column, &rule)?;
    }
    Ok(())
}

fn summary(
    sheet: &mut Worksheet,
    totals: &Totals,
    left_out: usize,
    formats: &Formats,
    scale: &ConditionalFormat3ColorScale,
) -> Result<(), XlsxError> {
    for (column, width) in (0..).zip([56.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0, 60.0]) {
        sheet.set_column_width(column, width)?;
    }
    sheet.write_string_with_format(0, 0, brief(totals), &formats.bold)?;
    sheet.write_string(1, 0, format!("Правила {}", totals.ruleset))?;
    if left_out > 0 {
        let note = format!("Не поместилось строк: {}. В Excel их не больше миллиона; возьмите JSONL или CSV.", plural::grouped(left_out));
        sheet.write_string(2, 0, note)?;
    }
    let mut row = 4;
    let tenth = |number: f64| (number * 10.0).round() / 10.0;
    headings(
        sheet,
        row,
        &["Вопрос", "Ответов", "Средняя", "Медиана", "Нет S, %", "Нет T, %", "Нет A, %", "Нет R, %", "Чаще всего не выполнено"],
        formats,
    )?;
    let first = row + 1;
    for question in totals.ranked() {
        row += 1;
        let count = question.scores.count();
        sheet.write_string_with_format(row, 0, fitting(&question.title), &formats.wrapped)?;
        sheet.write_number(row, 1, count as f64)?;
        sheet.write_number(row, 2, tenth(question.scores.mean()))?;
        sheet.write_number(row, 3, question.scores.median())?;
        for (column, missing) in (4..).zip(question.missing) {
            sheet.write_number(row, column, (missing as f64 * 100.0 / count.max(1) as f64).round())?;
        }
        let criteria: Vec<String> = question
            .most_missed()
            .iter()
            .take(3)
            .map(|criterion| format!("{} ({})", criterion.text, plural::percent(criterion.missed())))
            .collect();
        sheet.write_string_with_format(row, 8, fitting(&criteria.join("; ")), &formats.wrapped)?;
    }
    sheet.add_conditional_format(first, 2, row.max(first), 3, scale)?;
    row += 2;
    headings(sheet, row, &["Компетенция", "Ответов", "Средняя", "Медиана"], formats)?;
    for (competency, scores) in &totals.competencies {
        row += 1;
        sheet.write_string(row, 0, competency_name(competency))?;
        sheet.write_number(row, 1, scores.count() as f64)?;
        sheet.write_number(row, 2, tenth(scores.mean()))?;
        sheet.write_number(row, 3, scores.median())?;
    }
    row += 2;
    headings(sheet, row, &["Область", "Ответов", "Средняя", "", "", "", "", "", "Что подтянуть"], formats)?;
    for area in AREAS {
        row += 1;
        let empty = Default::default();
        let own = totals.areas.get(&area).unwrap_or(&empty);
        sheet.write_string(row, 0, area.title())?;
        sheet.write_number(row, 1, own.scores.count() as f64)?;
        if own.gap() != Gap::Unknown {
            sheet.write_number(row, 2, tenth(own.scores.mean()))?;
        }
        sheet.write_string(row, 3, own.gap().title())?;
        sheet.write_string_with_format(row, 8, fitting(&own.to_train(3).join("; ")), &formats.wrapped)?;
    }
    row += 2;
    headings(sheet, row, &["Замечание", "Ответов", "Доля, %", "Степень", "", "", "", "", "Что не так"], formats)?;
    for finding in totals.commonest().iter().take(50) {
        row += 1;
        sheet.write_string(row, 0, fitting(&finding.rule))?;
        sheet.write_number(row, 1, finding.answers as f64)?;
        sheet.write_number(row, 2, (finding.answers as f64 * 100.0 / totals.answers.max(1) as f64).round())?;
        sheet.write_string(row, 3, names::severity(finding.severity))?;
        sheet.write_string_with_format(row, 8, fitting(&finding.message), &formats.wrapped)?;
    }
    if !totals.candidates.is_empty() {
        row += 2;
        headings(sheet, row, &["Кандидат", "Ответов", "Средняя", "Медиана", "", "", "", "", "Пробелы"], formats)?;
        for (name, candidate) in &totals.candidates {
            row += 1;
            let gaps: Vec<&str> =
                candidate.areas.iter().filter(|(_, area)| area.gap() == Gap::Weak).map(|(area, _)| area.title()).collect();
            sheet.write_string(row, 0, fitting(name))?;
            sheet.write_number(row, 1, candidate.scores.count() as f64)?;
            sheet.write_number(row, 2, tenth(candidate.scores.mean()))?;
            sheet.write_number(row, 3, candidate.scores.median())?;
            sheet.write_string(row, 8, gaps.join(", "))?;
        }
    }
    Ok(())
}

fn headings(sheet: &mut Worksheet, row: u32, names: &[&str], formats: &Formats) -> Result<(), XlsxError> {
    for (column, name) in (0..).zip(names) {
        sheet.write_string_with_format(row, column, *name, &formats.heading)?;
    }
    Ok(())
}

/// A text that fits into a cell and holds no control characters.
fn fitting(text: &str) -> String {
    let text = sanitize::block(text);
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > LONGEST_CELL
    });
    match end {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

impl Output for Xlsx {
    fn answer(&mut self, answered: &Answered) -> io::Result<()> {
        self.add(answered).map_err(io::Error::other)
    }

    fn finish(self: Box<Self>, totals: &Totals) -> io::Result<()> {
        (*self).end(totals).map_err(io::Error::other)
    }
}
