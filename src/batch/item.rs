//! What travels from a reader to a writer.

use std::sync::Arc;

use otvet::Report;
use otvet::report::{ErrorRecord, Source};

use super::record::{Record, Refusal};

/// Where an item came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The name of the file as it was given; none for standard input.
    pub file: Option<Arc<str>>,
    /// 1-based line, row or element.
    pub row: usize,
}

/// Something of an input that is owed an answer.
#[derive(Debug)]
pub struct Item {
    pub place: Place,
    pub payload: Payload,
}

/// What a reader found. Parsing JSON is left to the threads that analyse.
#[derive(Debug)]
pub enum Payload {
    /// One JSON object, not yet parsed.
    Json(Vec<u8>),
    Record(Box<Record>),
    Refused(Refusal),
}

/// An item with its answer.
#[derive(Debug)]
pub struct Answered {
    pub place: Place,
    /// The text that was checked; empty where nobody asked for it.
    pub text: String,
    pub outcome: Result<Report, Refusal>,
    /// The outcome as a line of JSON, where somebody asked for it.
    pub line: String,
}

impl Answered {
    /// Who wrote the text, if that is known.
    pub fn candidate(&self) -> Option<&str> {
        self.outcome.as_ref().ok()?.candidate.as_deref()
    }
}

impl Place {
    /// What a report says of it.
    pub fn source(&self) -> Source {
        Source { file: self.file.as_deref().map(str::to_string), row: self.row }
    }

    /// What is printed in place of a report.
    pub fn error(&self, refusal: &Refusal) -> ErrorRecord {
        refusal.record(self.file.as_deref(), self.row)
    }
}
