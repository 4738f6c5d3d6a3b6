//! A record of a batch: one JSON object with the text and what is known of it.

use otvet::report::{ErrorBody, ErrorRecord};
use otvet::{CheckError, Level, Request};
use serde_json::{Map, Value};

/// A text to check, as the input has it.
#[derive(Debug, PartialEq, Eq)]
pub struct Record {
    pub id: Option<String>,
    pub kind: String,
    pub question_id: Option<String>,
    pub level: Option<Level>,
    pub text: String,
}

/// Why a record cannot be answered by a report.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    pub id: Option<String>,
    pub code: &'static str,
    pub message: String,
}

impl Record {
    /// Read a line of JSON.
    pub fn parse(line: &[u8]) -> Result<Self, Refusal> {
        let line = std::str::from_utf8(line).map_err(|error| {
            Refusal::new("bad-encoding", format!("строка не в UTF-8: ошибка в байте {}; сохраните файл как UTF-8", error.valid_up_to() + 1))
        })?;
        let Value::Object(fields) = serde_json::from_str(line).map_err(|error| Refusal::new("bad-json", json_error(line, &error)))? else {
            return Err(Refusal::new("bad-json", "на строке не объект JSON: нужно {\"id\": …, \"text\": …}"));
        };
        let id = match fields.get("id") {
            None | Some(Value::Null) => None,
            Some(Value::String(id)) => Some(id.clone()),
            Some(Value::Number(id)) => Some(id.to_string()),
            Some(_) => return Err(Refusal::new("bad-field", "поле «id» должно быть строкой или числом")),
        };
        let refuse = |code, message: String| Refusal { id: id.clone(), code, message };
        let field = |name| string(&fields, name).map_err(|message| refuse("bad-field", message));
        let level = field("level")?.map(|level| {
            level_of(&level).ok_or_else(|| refuse("bad-level", format!("уровня «{level}» нет; возможны junior, middle, senior")))
        });
        let text = field("text")?.ok_or_else(|| refuse("no-text", "нет поля «text» с текстом ответа".into()))?;
        let kind = field("kind")?.filter(|kind| !kind.is_empty()).unwrap_or_else(|| "answer".into());
        let question_id = field("question_id")?.filter(|id| !id.is_empty());
        Ok(Self { kind, question_id, level: level.transpose()?, text, id })
    }

    /// What the analyzer is asked.
    pub fn request(&self) -> Request<'_> {
        Request { id: self.id.clone(), kind: &self.kind, question_id: self.question_id.as_deref(), level: self.level, text: &self.text }
    }

    /// The record could not be analysed.
    pub fn refuse(&self, error: &CheckError) -> Refusal {
        let message = match error {
            CheckError::UnknownQuestion { .. } | CheckError::UnknownKind { .. } => {
                format!("{error}; {}", error.hint().lines().collect::<Vec<_>>().join("; "))
            }
            CheckError::Empty | CheckError::TooLarge { .. } => error.to_string(),
        };
        Refusal { id: self.id.clone(), code: error.code(), message }
    }
}

impl Refusal {
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { id: None, code, message: message.into() }
    }

    /// What is printed in place of the report.
    pub fn into_record(self, row: usize) -> ErrorRecord {
        ErrorRecord { id: self.id, row, error: ErrorBody { code: self.code.into(), message: self.message } }
    }
}

/// A text field; `null` is as good as none.
fn string(fields: &Map<String, Value>, name: &str) -> Result<Option<String>, String> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(format!("поле «{name}» должно быть строкой")),
    }
}

fn level_of(name: &str) -> Option<Level> {
    serde_json::from_value(Value::String(name.to_lowercase())).ok()
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
        let refusal = Record::parse(line.as_bytes()).unwrap_err();
        (refusal.code, refusal.message)
    }

    #[test]
    fn a_whole_record() {
        let record =
            Record::parse(r#"{"id": 7, "kind": "answer", "question_id": "q", "level": "Senior", "text": "да", "extra": []}"#.as_bytes())
                .unwrap();
        let expected = Record {
            id: Some("7".into()),
            kind: "answer".into(),
            question_id: Some("q".into()),
            level: Some(Level::Senior),
            text: "да".into(),
        };
        assert_eq!(record, expected);
    }

    #[test]
    fn all_but_the_text_may_be_missing_or_null() {
        let record = Record::parse(r#"{"id": null, "kind": null, "question_id": "", "level": null, "text": "да"}"#.as_bytes()).unwrap();
        assert_eq!(record, Record { id: None, kind: "answer".into(), question_id: None, level: None, text: "да".into() });
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
        assert_eq!(Record::parse(b"{\"text\": \"\xff\"}").unwrap_err().code, "bad-encoding");
        assert_eq!(Record::parse(r#"{"id": "а", "level": 5}"#.as_bytes()).unwrap_err().id.as_deref(), Some("а"));
    }
}
