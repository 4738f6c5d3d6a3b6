//! What an interrupted run has written says of each record, and whether the record that now stands in its place can be the same.

use otvet::Level;

use super::ask::Ask;
use super::item::{Item, Payload, Place};
use super::record::{Record, Refusal};

/// What the output tells of a record, short of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Earlier {
    Report(Box<Known>),
    /// The record could not be read or analysed.
    Error {
        id: Option<String>,
        row: usize,
    },
}

/// What a report repeats of its record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    pub id: Option<String>,
    pub candidate: Option<String>,
    pub kind: String,
    pub question_id: Option<String>,
    pub level: Option<Level>,
    /// Length of the text in code points.
    pub length: usize,
}

impl Known {
    fn of(record: Record) -> Self {
        let Record { id, candidate, kind, question_id, asked: _, level, text } = record;
        Self { id, candidate, kind, question_id, level, length: text.chars().count() }
    }
}

impl Earlier {
    /// How the record that stands there now differs: «id «7», а во входе «8»». None: it may well be the same.
    pub fn differs(&self, item: Item, ask: &Ask) -> Option<String> {
        let Item { place, payload } = item;
        let record = match payload {
            Payload::Json(line) => Record::parse(&line, ask),
            Payload::Record(record) => Ok(*record),
            Payload::Refused(refusal) => Err(refusal),
        };
        match self {
            Self::Report(known) => known.differs(record),
            Self::Error { id, row } => error_differs((id.as_deref(), *row), &place, record),
        }
    }
}

impl Known {
    fn differs(&self, record: Result<Record, Refusal>) -> Option<String> {
        let now = match record {
            Ok(record) => Self::of(record),
            Err(refusal) => return Some(format!("отчёт, а во входе запись не читается: {}", refusal.message)),
        };
        let level = |level: Option<Level>| level.map(|level| format!("{level:?}").to_lowercase());
        unlike("id", self.id.as_deref(), now.id.as_deref())
            .or_else(|| unlike("кандидат", self.candidate.as_deref(), now.candidate.as_deref()))
            .or_else(|| unlike("вид", Some(&self.kind), Some(&now.kind)))
            .or_else(|| unlike("вопрос", self.question_id.as_deref(), now.question_id.as_deref()))
            .or_else(|| unlike("уровень", level(self.level).as_deref(), level(now.level).as_deref()))
            .or_else(|| (self.length != now.length).then(|| format!("знаков в тексте {}, а во входе {}", self.length, now.length)))
    }
}

/// A record that was read well may have been refused by the analyzer: only its id and place can be compared.
fn error_differs((id, row): (Option<&str>, usize), place: &Place, record: Result<Record, Refusal>) -> Option<String> {
    let now = match record {
        Ok(record) => record.id,
        Err(refusal) => refusal.id,
    };
    unlike("id", id, now.as_deref()).or_else(|| (row != place.row).then(|| format!("строка {row}, а во входе {}", place.row)))
}

fn unlike(what: &str, then: Option<&str>, now: Option<&str>) -> Option<String> {
    let shown = |value: Option<&str>| value.map_or("нет".to_string(), |value| format!("«{value}»"));
    (then != now).then(|| format!("{what} {}, а во входе {}", shown(then), shown(now)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(line: &str) -> Item {
        Item { place: Place { file: None, row: 4 }, payload: Payload::Json(line.as_bytes().to_vec()) }
    }

    fn known() -> Known {
        Known { id: Some("7".into()), kind: "answer".into(), length: 2, ..Known::default() }
    }

    fn differs(earlier: &Earlier, line: &str) -> String {
        earlier.differs(item(line), &Ask::default()).unwrap_or_default()
    }

    #[test]
    fn the_same_record_is_known_again() {
        let earlier = Earlier::Report(Box::new(known()));
        assert_eq!(differs(&earlier, r#"{"id": 7, "text": "да"}"#), "");
        let full =
            Known { candidate: Some("Анна".into()), question_id: Some("weaknesses".into()), level: Some(Level::Middle), ..known() };
        let line = r#"{"id": 7, "candidate": "Анна", "question_id": "weaknesses", "level": "мидл", "text": "да"}"#;
        assert_eq!(differs(&Earlier::Report(Box::new(full)), line), "");
    }

    #[test]
    fn another_record_is_told_by_what_is_unlike() {
        let earlier = Earlier::Report(Box::new(known()));
        for (line, wanted) in [
            (r#"{"id": 8, "text": "да"}"#, "id «7», а во входе «8»"),
            (r#"{"text": "да"}"#, "id «7», а во входе нет"),
            (r#"{"id": 7, "text": "нет"}"#, "знаков в тексте 2, а во входе 3"),
            (r#"{"id": 7, "text": "да", "candidate": "Анна"}"#, "кандидат нет, а во входе «Анна»"),
            (r#"{"id": 7, "text": "да", "level": "junior"}"#, "уровень нет, а во входе «junior»"),
            (r#"{"id": 7, "text": "да", "kind": "cover-letter"}"#, "вид «answer», а во входе «cover-letter»"),
            (r#"{"id": 7}"#, "отчёт, а во входе запись не читается: нет поля «text» с текстом ответа"),
        ] {
            assert_eq!(differs(&earlier, line), wanted);
        }
    }

    #[test]
    fn an_error_is_known_by_its_place() {
        let error = |id: Option<&str>, row| Earlier::Error { id: id.map(str::to_string), row };
        assert_eq!(differs(&error(None, 4), "{"), "");
        assert_eq!(differs(&error(Some("7"), 4), r#"{"id": 7, "text": ""}"#), "");
        assert_eq!(differs(&error(None, 5), "{"), "строка 5, а во входе 4");
        assert_eq!(differs(&error(Some("6"), 4), r#"{"id": 7}"#), "id «6», а во входе «7»");
    }
}
