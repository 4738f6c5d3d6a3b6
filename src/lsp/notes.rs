//! Findings as an editor shows them.

use lsp_types::{Diagnostic, DiagnosticSeverity, NumberOrString, Range};
use otvet::report::{Severity, sanitize};
use otvet::vacancy::{Coverage, Status};

use super::lines::Lines;
use crate::lint::fix;
use crate::lint::model::{self, Failure, Linted, Unit};

/// Who says it.
pub const SOURCE: &str = "otvet";
/// How wide a quoted phrase may be.
const QUOTE: usize = 60;

/// Something to show.
#[derive(Debug)]
pub struct Note {
    /// What concerns the whole text stands at its first line.
    pub range: Range,
    pub severity: DiagnosticSeverity,
    /// The id of the rule; `None`: the text could not be read.
    pub rule: Option<String>,
    pub message: String,
    pub reason: String,
    pub advice: String,
    /// A replacement that is safe.
    pub replacement: Option<(Range, String)>,
    /// The line to switch the rule off for.
    pub line: Option<usize>,
    /// May the writer switch the rule off?
    pub optional: bool,
}

impl Note {
    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic {
            range: self.range,
            severity: Some(self.severity),
            code: self.rule.clone().map(NumberOrString::String),
            source: Some(SOURCE.into()),
            message: self.message.clone(),
            ..Diagnostic::default()
        }
    }
}

/// All that is to be shown of a text.
pub fn of(linted: &Linted, lines: &Lines) -> Vec<Note> {
    let found = linted.diagnostics.iter().map(|one| note(one, linted, lines));
    found.chain(linted.vacancy.as_ref().and_then(|coverage| vacancy(coverage, lines))).collect()
}

/// A text nothing can be said of.
pub fn unread(failure: &Failure, lines: &Lines) -> Note {
    // The line and what follows on it.
    let told = |(line, column): (usize, usize)| {
        let line = lines.line(line.saturating_sub(1));
        lines.range((line.start + column.saturating_sub(1)).min(line.end)..line.end)
    };
    Note {
        range: failure.at.map_or_else(|| whole(lines), told),
        severity: DiagnosticSeverity::ERROR,
        rule: None,
        message: format!("не проверено: {}", failure.message),
        reason: String::new(),
        advice: failure.hint.clone(),
        replacement: None,
        line: None,
        optional: false,
    }
}

fn note(one: &model::Diagnostic, linted: &Linted, lines: &Lines) -> Note {
    // Of HTML the places are those of its paragraphs, not of the file.
    let place = one.place.filter(|_| linted.unit == Unit::Line);
    let message = match one.place {
        Some(place) if linted.unit == Unit::Paragraph => {
            let phrase: String = linted.text.chars().skip(place.start).take(place.end - place.start).collect();
            format!("{} (абзац {}: «{}»)", one.message, place.line, sanitize::short(&phrase, QUOTE))
        }
        _ => one.message.clone(),
    };
    Note {
        range: place.map_or_else(|| whole(lines), |place| lines.range(place.start..place.end)),
        // What the protocol calls a hint is left out of the lists of many editors.
        severity: match one.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Hint => DiagnosticSeverity::INFORMATION,
        },
        rule: Some(one.rule.clone()),
        message,
        reason: one.reason.clone(),
        advice: one.advice.clone(),
        replacement: fix::edit(linted, one).map(|(chars, text)| (lines.range(chars), text)),
        line: place.map(|place| lines.line_of(place.start)),
        optional: one.kind != "suppression",
    }
}

/// What of the vacancy the letter does not answer.
fn vacancy(coverage: &Coverage, lines: &Lines) -> Option<Note> {
    let of = |status: Status| coverage.requirements.iter().filter(move |one| one.status == status).map(|one| one.text.as_str());
    let asks: Vec<&str> = coverage.asks.iter().filter(|ask| !ask.met).map(|ask| ask.text.as_str()).collect();
    let parts = [
        ("нет", of(Status::Missing).collect::<Vec<_>>()),
        ("без подтверждения", of(Status::Weak).collect()),
        ("не выполнена просьба", asks),
    ];
    let said: Vec<String> = parts
        .iter()
        .filter(|(_, texts)| !texts.is_empty())
        .map(|(what, texts)| {
            let quoted: Vec<String> = texts.iter().map(|text| format!("«{}»", sanitize::short(text, QUOTE))).collect();
            format!("{what}: {}", quoted.join(", "))
        })
        .collect();
    (!said.is_empty()).then(|| Note {
        range: whole(lines),
        severity: DiagnosticSeverity::INFORMATION,
        rule: Some("vacancy/coverage".into()),
        message: format!("вакансия: подтверждено {} из {}; {}", of(Status::Strong).count(), coverage.requirements.len(), said.join("; ")),
        reason: "письмо сравнивают с требованиями вакансии по одному".into(),
        advice: "на каждое важное требование ответьте делом с цифрой; чего нет — не выдумывайте".into(),
        replacement: None,
        line: None,
        optional: false,
    })
}

fn whole(lines: &Lines) -> Range {
    lines.range(lines.line(0))
}
