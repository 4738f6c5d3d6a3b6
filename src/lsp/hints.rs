//! The parts of an answer: S, T, A, R where each begins.

use lsp_types::{InlayHint, InlayHintLabel, InlayHintTooltip, Position, Range};
use otvet::report::{Label, names};

use super::lines::Lines;
use crate::lint::model::{Linted, Unit};

/// A part begins here.
#[derive(Debug, Clone, Copy)]
pub struct Hint {
    position: Position,
    label: Label,
}

/// The parts of an answer; a letter has none.
pub fn of(linted: &Linted, prose: &str, lines: &Lines) -> Vec<Hint> {
    if linted.kind != "answer" || linted.unit != Unit::Line {
        return Vec::new();
    }
    let prose: Vec<char> = prose.chars().collect();
    let begins = |start: usize, end: usize| (start..end).find(|char| prose.get(*char).is_some_and(|c| !c.is_whitespace()));
    let parts = linted.report.segments.iter().filter(|segment| segment.label != Label::O);
    parts.filter_map(|part| Some(Hint { position: lines.position(begins(part.start, part.end)?), label: part.label })).collect()
}

/// What is to be shown of a range.
pub fn within(hints: &[Hint], range: Range) -> Vec<InlayHint> {
    hints.iter().filter(|hint| range.start <= hint.position && hint.position <= range.end).map(shown).collect()
}

fn shown(hint: &Hint) -> InlayHint {
    InlayHint {
        position: hint.position,
        label: InlayHintLabel::String(names::letter(hint.label).into()),
        kind: None,
        text_edits: None,
        tooltip: Some(InlayHintTooltip::String(names::label(hint.label).into())),
        padding_left: None,
        padding_right: Some(true),
        data: None,
    }
}
