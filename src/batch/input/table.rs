//! Rows of a table into records, whatever file the table comes from.

use super::columns::{Columns, Role, listed, recognise, shortened};
use super::{Feed, Stopped, record, refused};
use crate::bank::Meant;
use crate::batch::ask::Ask;
use crate::batch::item::Place;
use crate::batch::record::{Record, Refusal, level_of, no_level};

/// The headings stand in one of the first rows: above them there may be a title.
const HEADING_ROWS: usize = 5;

/// A cell: its text, or why there is none.
pub type Cell = Result<String, String>;

/// Takes the rows of one table, in order.
pub struct Table<'a> {
    ask: &'a Ask,
    place: &'a Place,
    /// The name of the sheet, for messages.
    sheet: Option<&'a str>,
    width: usize,
    columns: Option<Columns>,
    /// Rows seen before the headings were found.
    before: Vec<(usize, Vec<Cell>)>,
    given_up: bool,
}

impl<'a> Table<'a> {
    pub fn new(ask: &'a Ask, place: &'a Place, sheet: Option<&'a str>) -> Self {
        Self { ask, place, sheet, width: 0, columns: None, before: Vec::new(), given_up: false }
    }

    /// Were headings found?
    pub fn is_recognised(&self) -> bool {
        self.columns.is_some()
    }

    /// Is there no use in more rows?
    pub fn has_given_up(&self) -> bool {
        self.given_up
    }

    /// Take a row; `number` is what a spreadsheet shows at its left.
    pub fn row(&mut self, number: usize, cells: Vec<Cell>, feed: &mut dyn Feed) -> Result<(), Stopped> {
        if self.given_up || cells.iter().all(|cell| cell.as_ref().is_ok_and(|text| text.trim().is_empty())) {
            return Ok(());
        }
        if self.columns.is_none() {
            return self.heading(number, cells, feed);
        }
        self.body(number, cells, feed)
    }

    fn heading(&mut self, number: usize, cells: Vec<Cell>, feed: &mut dyn Feed) -> Result<(), Stopped> {
        let headings: Vec<String> = cells.iter().map(|cell| cell.clone().unwrap_or_default()).collect();
        if let Ok(Some(columns)) = recognise(&headings, self.ask) {
            if columns.is_wide() && !columns.unknown.is_empty() {
                let names: Vec<String> = columns.unknown.iter().map(|heading| format!("«{}»", shortened(heading))).collect();
                feed.note(format!(
                    "{}: не узнаны столбцы {}: ответы из них не проверены; если это вопросы, назовите столбец их id из банка (список: otvet questions) или добавьте вопрос через --question-file",
                    self.name(),
                    names.join(", ")
                ));
            }
            let unasked = columns.get(Role::Text).is_some() && !columns.is_wide() && columns.get(Role::Question).is_none();
            if unasked && self.ask.question_id.is_none() && columns.get(Role::Kind).is_none() && self.ask.kind.is_none() {
                feed.note(format!(
                    "{}: столбца с вопросом нет ({}): ответы проверены без чек-листа; назовите столбец (--question-column) или вопрос для всех (-q)",
                    self.name(),
                    listed(&headings)
                ));
            }
            self.width = cells.len();
            self.columns = Some(columns);
            self.before.clear();
            return Ok(());
        }
        self.before.push((number, cells));
        self.given_up = self.before.len() >= HEADING_ROWS;
        Ok(())
    }

    /// Why no heading was found: to be said after the last row.
    pub fn complaint(&self) -> Option<(usize, Refusal)> {
        if self.is_recognised() {
            return None;
        }
        let (number, cells) = self.before.first()?;
        let headings: Vec<String> = cells.iter().map(|cell| cell.clone().unwrap_or_default()).collect();
        let refusal = recognise(&headings, self.ask).err().unwrap_or_else(|| {
            let sheet = self.sheet.map(|sheet| format!("лист «{sheet}»: ")).unwrap_or_default();
            let found = listed(&headings);
            Refusal::new("no-column", format!("{sheet}не найден столбец с ответами; есть: {found}; укажите --text-column"))
        });
        Some((*number, refusal))
    }

    fn name(&self) -> String {
        let file = self.place.file.as_deref().unwrap_or("стандартный ввод");
        self.sheet.map_or_else(|| file.to_string(), |sheet| format!("{file}, лист «{sheet}»"))
    }

    fn body(&mut self, number: usize, mut cells: Vec<Cell>, feed: &mut dyn Feed) -> Result<(), Stopped> {
        let Some(columns) = &self.columns else { return Ok(()) };
        let extra = cells.iter().skip(self.width).filter(|cell| cell.as_ref().map_or(true, |text| !text.trim().is_empty())).count();
        let taken = |cells: &mut Vec<Cell>, role: Role| take(cells, columns.get(role));
        let id = taken(&mut cells, Role::Id).map(|id| id.filter(|id| !id.is_empty()));
        let known = id.as_ref().ok().cloned().flatten();
        let refuse = |code, message: String| Refusal::of(known.clone(), code, message);
        if extra > 0 {
            let message = format!("в строке больше ячеек, чем столбцов ({}): проверьте кавычки и разделители", self.width);
            return feed.item(refused(self.place, number, refuse("bad-row", message)));
        }
        let common = (|| {
            let level = match taken(&mut cells, Role::Level)? {
                Some(level) if !level.is_empty() => Some(level_of(&level).ok_or_else(|| ("bad-level", no_level(&level)))?),
                _ => None,
            };
            let kind = taken(&mut cells, Role::Kind)?.unwrap_or_default();
            let candidate = taken(&mut cells, Role::Candidate)?.filter(|name| !name.is_empty());
            Ok(Record { id: id?, kind, level, candidate, ..Record::default() })
        })();
        let base = match common {
            Ok(base) => base,
            Err((code, message)) => return feed.item(refused(self.place, number, refuse(code, message))),
        };
        if columns.is_wide() {
            return self.respondent(number, &base, cells, feed);
        }
        let question = taken(&mut cells, Role::Question).map(|question| question.filter(|question| !question.is_empty()));
        let text = text(&mut cells, columns.get(Role::Text));
        let item = match (question, text) {
            (Ok(question), Ok(text)) => {
                let Meant { id: question_id, asked } = question.map(|question| self.ask.bank.mean(&question)).unwrap_or_default();
                record(self.place, number, Record { question_id, asked, text, ..base }.or(self.ask))
            }
            (Err((code, message)), _) | (_, Err((code, message))) => refused(self.place, number, refuse(code, message)),
        };
        feed.item(item)
    }

    /// Every cell of a form's row is an answer; an empty one is a question that was skipped.
    fn respondent(&self, number: usize, base: &Record, mut cells: Vec<Cell>, feed: &mut dyn Feed) -> Result<(), Stopped> {
        let Some(columns) = &self.columns else { return Ok(()) };
        let whose = base.id.clone().or_else(|| base.candidate.clone()).unwrap_or_else(|| number.to_string());
        for (column, question) in &columns.questions {
            let id = Some(format!("{whose}/{question}"));
            let item = match text(&mut cells, Some(*column)) {
                Ok(text) if text.trim().is_empty() => continue,
                Ok(text) => {
                    let answer = Record { id, question_id: Some(question.clone()), text, ..base.clone() };
                    record(self.place, number, answer.or(self.ask))
                }
                Err((code, message)) => refused(self.place, number, Refusal::of(id, code, message)),
            };
            feed.item(item)?;
        }
        Ok(())
    }
}

/// A short cell, without spaces around it.
fn take(cells: &mut [Cell], column: Option<usize>) -> Result<Option<String>, (&'static str, String)> {
    let Some(cell) = column.and_then(|column| cells.get_mut(column)) else { return Ok(None) };
    match cell {
        Ok(text) => Ok(Some(text.trim().to_string())),
        Err(why) => Err(("bad-cell", format!("столбец {}: {why}", column.unwrap_or_default() + 1))),
    }
}

/// The text of an answer, as it is.
fn text(cells: &mut [Cell], column: Option<usize>) -> Result<String, (&'static str, String)> {
    let Some(cell) = column.and_then(|column| cells.get_mut(column)) else { return Ok(String::new()) };
    match std::mem::replace(cell, Ok(String::new())) {
        Ok(text) => Ok(text),
        Err(why) => Err(("bad-cell", format!("столбец {}: {why}", column.unwrap_or_default() + 1))),
    }
}
