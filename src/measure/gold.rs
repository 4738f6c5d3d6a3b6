//! Annotated answers: one JSON object a line (see `fixtures/corpus/README.md`).

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use serde::Deserialize;

use crate::analyzer::Request;
use crate::report::{Label, Level, Role};

/// An annotated text.
#[derive(Debug, Clone, Deserialize)]
pub struct Record {
    pub id: String,
    pub kind: String,
    pub question_id: Option<String>,
    pub level: Option<Level>,
    #[serde(default)]
    pub style: String,
    /// The text, cut where the role changes.
    pub segments: Vec<(String, Label)>,
    pub quantities: Vec<(String, Role)>,
    /// Type and phrase.
    pub findings: Vec<(String, String)>,
    #[serde(default)]
    pub checklist: BTreeMap<String, bool>,
    pub grade: u8,
    /// The file it stands in, without its extension.
    #[serde(skip)]
    pub file: String,
}

impl Record {
    pub fn text(&self) -> String {
        self.segments.iter().map(|(text, _)| text.as_str()).collect()
    }

    /// What Otvet is asked to check.
    pub fn request<'a>(&'a self, text: &'a str) -> Request<'a> {
        Request {
            id: Some(self.id.clone()),
            kind: &self.kind,
            question_id: self.question_id.as_deref(),
            level: self.level,
            text,
            lint: false,
        }
    }
}

/// A corpus file that cannot be read.
#[derive(Debug)]
pub struct GoldError(String);

impl fmt::Display for GoldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for GoldError {}

/// Read annotated answers, file after file.
///
/// # Errors
/// A file that cannot be read or a line that is no record, with its number.
pub fn read_corpus<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Result<Vec<Record>, GoldError> {
    let mut records = Vec::new();
    for path in paths {
        let path = path.as_ref();
        let text = std::fs::read_to_string(path).map_err(|error| GoldError(format!("{}: {error}", path.display())))?;
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let mut record: Record =
                serde_json::from_str(line).map_err(|error| GoldError(format!("{}:{}: {error}", path.display(), number + 1)))?;
            record.file = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            records.push(record);
        }
    }
    Ok(records)
}
