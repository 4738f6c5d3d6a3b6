//! JSON for programs, schema `otvet.lint.v1`. Positions are Unicode code points; lines and columns begin with 1, ends are exclusive.

use std::io::{self, Write};

use otvet::report::{Severity, json};
use otvet::vacancy::Coverage;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::Format;
use super::totals::Totals;
use crate::lint::model::{self, Checked, Failure, Linted, Run, Unit};

/// The name of the schema that the output follows.
pub const SCHEMA: &str = "otvet.lint.v1";

pub struct Json;

impl Format for Json {
    fn write(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(json::pretty(&Page::of(run)).as_bytes())
    }
}

/// The JSON Schema (2020-12) of the output.
pub fn schema() -> Value {
    let mut schema = schemars::schema_for!(Page).to_value();
    if let Some(name) = schema.pointer_mut("/properties/schema") {
        name["const"] = SCHEMA.into();
    }
    schema["title"] = SCHEMA.into();
    schema
}

/// The outcome of `otvet lint`.
#[derive(Debug, Serialize, JsonSchema)]
struct Page<'r> {
    /// Always `otvet.lint.v1`.
    schema: &'static str,
    /// The version of the lexicons the verdicts come from.
    ruleset: &'r str,
    /// In the order of their paths; what could not be found at all comes last.
    files: Vec<File<'r>>,
    summary: Totals,
}

/// A file that was checked, or why it was not.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
enum File<'r> {
    Checked(Box<Good<'r>>),
    Failed(Bad<'r>),
}

/// A file that was checked.
#[derive(Debug, Serialize, JsonSchema)]
struct Good<'r> {
    /// As given or found, with `/`.
    path: &'r str,
    /// `answer`, `resume` or the id of a letter kind.
    kind: &'r str,
    /// The kind was recognised, not given by front matter, config or flag.
    guessed: bool,
    /// What `line` counts: `line`, or `paragraph` in a document that has no lines.
    unit: &'static str,
    /// 0–100.
    score: u8,
    /// 1 no answer or harmful, 2 weak, 3 acceptable with gaps, 4 good, 5 excellent.
    grade: u8,
    /// In the order of places; what concerns the whole text comes last.
    diagnostics: Vec<Diagnostic<'r>>,
    /// How the letter answers the vacancy; absent where no vacancy was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    vacancy: Option<&'r Coverage>,
    /// How many findings the writer switched off in the file.
    suppressed: usize,
    /// How many findings the baseline knows.
    known: usize,
}

/// A file that could not be checked.
#[derive(Debug, Serialize, JsonSchema)]
struct Bad<'r> {
    /// As given or found.
    path: &'r str,
    error: Reason<'r>,
}

/// Why, and what to do about it.
#[derive(Debug, Serialize, JsonSchema)]
struct Reason<'r> {
    /// Russian.
    message: &'r str,
    /// The next step, Russian; may be empty.
    hint: &'r str,
    /// Where in the file it is wrong, where that is known (its front matter, a config): 1-based.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    /// 1-based, in code points; stands with `line`.
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
}

/// Something to mend.
#[derive(Debug, Serialize, JsonSchema)]
struct Diagnostic<'r> {
    /// `type/name`: `otvet explain` describes it.
    rule: &'r str,
    /// The type of the rule: `vague`, `placeholder`, `letter`…
    #[serde(rename = "type")]
    kind: &'r str,
    severity: Severity,
    /// Where the phrase stands; where the whole text is meant, the keys of the place are absent.
    #[serde(flatten)]
    place: Option<Place>,
    /// What is wrong, Russian.
    message: &'r str,
    /// Why it hurts.
    reason: &'r str,
    /// What to write instead.
    advice: &'r str,
    /// What may stand in place of the phrase, where the rule offers a safe replacement; empty: the phrase may go.
    #[serde(skip_serializing_if = "Option::is_none")]
    replacement: Option<&'r str>,
    /// Stable when lines move (32 hexadecimal digits).
    fingerprint: &'r str,
}

/// The place of a phrase.
#[derive(Debug, Serialize, JsonSchema)]
struct Place {
    /// 1-based; the number of the paragraph where `unit` is `paragraph`.
    line: usize,
    /// 1-based, in code points.
    column: usize,
    end_line: usize,
    /// Exclusive.
    end_column: usize,
    /// Code points before the phrase.
    start: usize,
    /// Code points before its end.
    end: usize,
}

impl<'r> Page<'r> {
    fn of(run: &'r Run) -> Self {
        let files = run.files.iter().map(File::of).chain(run.failures.iter().map(File::failed)).collect();
        Self { schema: SCHEMA, ruleset: &run.ruleset, files, summary: Totals::of(run) }
    }
}

impl<'r> File<'r> {
    fn of(file: &'r Checked) -> Self {
        match &file.outcome {
            Ok(linted) => Self::Checked(Box::new(Good::of(&file.path, linted))),
            Err(failure) => Self::failed(failure),
        }
    }

    fn failed(failure: &'r Failure) -> Self {
        let (line, column) = failure.at.unzip();
        Self::Failed(Bad { path: &failure.path, error: Reason { message: &failure.message, hint: &failure.hint, line, column } })
    }
}

impl<'r> Good<'r> {
    fn of(path: &'r str, linted: &'r Linted) -> Self {
        Self {
            path,
            kind: &linted.kind,
            guessed: linted.guessed,
            unit: match linted.unit {
                Unit::Line => "line",
                Unit::Paragraph => "paragraph",
            },
            score: linted.report.score.total,
            grade: linted.report.grade,
            diagnostics: linted.diagnostics.iter().map(Diagnostic::of).collect(),
            vacancy: linted.vacancy.as_ref(),
            suppressed: linted.suppressed,
            known: linted.known,
        }
    }
}

impl<'r> Diagnostic<'r> {
    fn of(diagnostic: &'r model::Diagnostic) -> Self {
        Self {
            rule: &diagnostic.rule,
            kind: &diagnostic.kind,
            severity: diagnostic.severity,
            place: diagnostic.place.map(|place| Place {
                line: place.line,
                column: place.column,
                end_line: place.end_line,
                end_column: place.end_column,
                start: place.start,
                end: place.end,
            }),
            message: &diagnostic.message,
            reason: &diagnostic.reason,
            advice: &diagnostic.advice,
            replacement: diagnostic.replacement.as_deref(),
            fingerprint: &diagnostic.fingerprint,
        }
    }
}
