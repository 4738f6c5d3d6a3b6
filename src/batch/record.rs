//! A record of a batch: one JSON object with the text and what is known of it.

use otvet::report::{ErrorBody, ErrorRecord};
use otvet::{CheckError, Level, Request};
use serde_json::{Map, Value};

use super::ask::Ask;
use crate::bank::Meant;

/// A text to check, as the input has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    pub id: Option<String>,
    pub kind: String,
    pub question_id: Option<String>,
    /// How the input puts the question, where the bank puts it otherwise or has none such.
    pub asked: Option<String>,
    pub level: Option<Level>,
    pub candidate: Option<String>,
    pub text: String,
}

/// Why a record cannot be answered by a report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Refusal {
    pub id: Option<String>,
    pub code: &'static str,
    pub message: String,
    pub about: Box<About>,
}

/// What is known of a record without a report: nobody should have to look it up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    pub candidate: Option<String>,
    /// The question as the input puts it.
    pub question: Option<String>,
    /// What was to be checked, where it could be read.
    pub text: String,
}

impl Record {
    /// Read one JSON object.
    pub fn parse(line: &[u8], ask: &Ask) -> Result<Self, Refusal> {
        let line = std::str::from_utf8(line).map_err(|error| {
            Refusal::new("bad-encoding", format!("строка не в UTF-8: ошибка в байте {}; сохраните файл как UTF-8", error.valid_up_to() + 1))
        })?;
        let Value::Object(mut fields) = serde_json::from_str(line).map_err(|error| Refusal::new("bad-json", json_error(line, &error)))?
        else {
            return Err(Refusal::new("bad-json", "на строке не объект JSON: нужно {\"id\": …, \"text\": …}"));
        };
        let names = &ask.columns;
        let name = |own: &'_ Option<String>, usual: &'static str| own.clone().unwrap_or_else(|| usual.to_string());
        let id_name = name(&names.id, "id");
        let id = match fields.remove(&id_name) {
            None | Some(Value::Null) => None,
            Some(Value::String(id)) => Some(id),
            Some(Value::Number(id)) => Some(id.to_string()),
            Some(_) => return Err(Refusal::new("bad-field", format!("поле «{id_name}» должно быть строкой или числом"))),
        };
        let refuse = |code, message: String| Refusal::of(id.clone(), code, message);
        let mut field = |name: &str| string(&mut fields, name).map_err(|message| refuse("bad-field", message));
        let level = field(&name(&names.level, "level"))?.map(|level| level_of(&level).ok_or_else(|| refuse("bad-level", no_level(&level))));
        let text_name = name(&names.text, "text");
        let text = field(&text_name)?.ok_or_else(|| refuse("no-text", format!("нет поля «{text_name}» с текстом ответа")))?;
        let kind = field(&name(&names.kind, "kind"))?.filter(|kind| !kind.is_empty());
        let wording = |wording: &str| Some(wording).filter(|wording| !wording.trim().is_empty()).map(|wording| ask.bank.mean(wording));
        let meant = match &names.question {
            Some(name) => field(name)?.as_deref().and_then(wording),
            None => match field("question_id")?.filter(|id| !id.is_empty()) {
                Some(id) => Some(Meant { id: Some(id), asked: None }),
                None => fields.get("question").and_then(Value::as_str).and_then(wording),
            },
        };
        let Meant { id: question_id, asked } = meant.unwrap_or_default();
        let candidate = fields.get(names.candidate.as_deref().unwrap_or("candidate")).and_then(Value::as_str);
        let candidate = candidate.filter(|name| !name.is_empty()).map(str::to_string);
        Ok(Self { id, kind: kind.unwrap_or_default(), question_id, asked, level: level.transpose()?, candidate, text }.or(ask))
    }

    /// Fill in what the record does not say.
    #[must_use]
    pub fn or(mut self, ask: &Ask) -> Self {
        if self.kind.is_empty() {
            self.kind = ask.kind.clone().unwrap_or_else(|| "answer".into());
        }
        self.kind = ask.bank.kind(self.kind);
        if self.kind == "answer" && self.question_id.is_none() && self.asked.is_none() {
            self.question_id.clone_from(&ask.question_id);
        }
        self.level = self.level.or(ask.level);
        self
    }

    /// What the analyzer is asked.
    pub fn request(&self) -> Request<'_> {
        Request {
            id: self.id.clone(),
            kind: &self.kind,
            question_id: self.question_id.as_deref(),
            level: self.level,
            text: &self.text,
            lint: false,
        }
    }

    /// The record could not be analysed.
    pub fn refuse(&self, error: &CheckError) -> Refusal {
        let message = match error {
            CheckError::UnknownQuestion { .. } | CheckError::UnknownKind { .. } => {
                format!("{error}; {}", error.hint().lines().collect::<Vec<_>>().join("; "))
            }
            CheckError::Vacancy | CheckError::Empty | CheckError::TooLarge { .. } => error.to_string(),
        };
        self.refused(error.code(), message)
    }

    /// The record could not be answered: all that is known of it stays with the reason.
    pub fn refused(&self, code: &'static str, message: impl Into<String>) -> Refusal {
        let question = self.asked.clone().or_else(|| self.question_id.clone());
        let about = About { candidate: self.candidate.clone(), question, text: self.text.clone() };
        Refusal { about: Box::new(about), ..Refusal::of(self.id.clone(), code, message) }
    }
}

impl Refusal {
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self::of(None, code, message)
    }

    pub fn of(id: Option<String>, code: &'static str, message: impl Into<String>) -> Self {
        Self { id, code, message: message.into(), ..Self::default() }
    }

    /// What is printed in place of the report.
    pub fn record(&self, file: Option<&str>, row: usize) -> ErrorRecord {
        let error = ErrorBody { code: self.code.into(), message: self.message.clone() };
        let About { candidate, question, .. } = (*self.about).clone();
        let id = self.id.clone();
        ErrorRecord { id, candidate, question, file: file.map(str::to_string), row, error }
    }
}

/// A text field; `null` is as good as none.
fn string(fields: &mut Map<String, Value>, name: &str) -> Result<Option<String>, String> {
    match fields.get_mut(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(std::mem::take(text))),
        Some(_) => Err(format!("поле «{name}» должно быть строкой")),
    }
}

/// A level by the names people give it.
pub fn level_of(name: &str) -> Option<Level> {
    match name.trim().to_lowercase().as_str() {
        "junior" | "джуниор" | "джун" | "младший" | "начальный" | "стажёр" | "стажер" => {
            Some(Level::Junior)
        }
        "middle" | "мидл" | "миддл" | "средний" => Some(Level::Middle),
        "senior" | "сеньор" | "синьор" | "старший" | "ведущий" => Some(Level::Senior),
        _ => None,
    }
}

pub fn no_level(level: &str) -> String {
    format!("уровня «{level}» нет; возможны junior, middle, senior")
}

/// Where a line stops being JSON, in code points.
fn json_error(line: &str, error: &serde_json::Error) -> String {
    if error.is_eof() {
        return "строка JSON оборвана".into();
    }
    let before =
        line.as_bytes().get(..error.column().saturating_sub(1)).map_or(0, |before| String::from_utf8_lossy(before).chars().count());
    format!("это не JSON: ошибка в столбце {}", before + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(line: &str) -> (&'static str, String) {
        let refusal = Record::parse(line.as_bytes(), &Ask::default()).unwrap_err();
        (refusal.code, refusal.message)
    }

    #[test]
    fn a_whole_record() {
        let record = Record::parse(
            r#"{"id": 7, "kind": "answer", "question_id": "q", "level": "Senior", "text": "да", "extra": []}"#.as_bytes(),
            &Ask::default(),
        )
        .unwrap();
        let expected = Record {
            id: Some("7".into()),
            kind: "answer".into(),
            question_id: Some("q".into()),
            asked: None,
            level: Some(Level::Senior),
            candidate: None,
            text: "да".into(),
        };
        assert_eq!(record, expected);
    }

    #[test]
    fn all_but_the_text_may_be_missing_or_null() {
        let record =
            Record::parse(r#"{"id": null, "kind": null, "question_id": "", "level": null, "text": "да"}"#.as_bytes(), &Ask::default())
                .unwrap();
        assert_eq!(record, Record { kind: "answer".into(), text: "да".into(), ..Record::default() });
    }

    #[test]
    fn a_refusal_says_what_is_wrong() {
        assert_eq!(refused("[1]").0, "bad-json");
        assert_eq!(refused("{\"ё\": тест}"), ("bad-json", "это не JSON: ошибка в столбце 7".into()));
        assert_eq!(refused("{\"text\": \"да"), ("bad-json", "строка JSON оборвана".into()));
        assert_eq!(refused("{}"), ("no-text", "нет поля «text» с текстом ответа".into()));
        assert_eq!(refused(r#"{"text": 5}"#), ("bad-field", "поле «text» должно быть строкой".into()));
        assert_eq!(refused(r#"{"text": "да", "level": "boss"}"#).0, "bad-level");
        assert_eq!(refused(r#"{"id": [], "text": "да"}"#).0, "bad-field");
        assert_eq!(Record::parse(b"{\"text\": \"\xff\"}", &Ask::default()).unwrap_err().code, "bad-encoding");
        assert_eq!(Record::parse(r#"{"id": "а", "level": 5}"#.as_bytes(), &Ask::default()).unwrap_err().id.as_deref(), Some("а"));
    }
}
