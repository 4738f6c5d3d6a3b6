//! What can be done about a finding: put in the safe replacement, or switch the rule off.

use std::collections::HashMap;

use lsp_types::{CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, TextEdit, Uri, WorkspaceEdit};

use super::document::{Document, Looked};
use super::lines::Lines;
use super::notes::Note;
use crate::lint::source::SourceKind;

/// What can be done in a range.
pub fn of(document: &Document, params: &CodeActionParams) -> Vec<CodeActionOrCommand> {
    let wanted = params
        .context
        .only
        .as_ref()
        .is_none_or(|only| only.iter().any(|kind| [CodeActionKind::QUICKFIX, CodeActionKind::EMPTY].contains(kind)));
    let (Some(looked), Some(kind), true) = (&document.looked, document.kind, wanted) else { return Vec::new() };
    let mut actions: Vec<CodeAction> = Vec::new();
    let meets = |note: &&Note| note.range.start <= params.range.end && params.range.start <= note.range.end;
    let under: Vec<&Note> = looked.notes.iter().filter(meets).collect();
    let mut add = |note: &Note, title: String, edit: TextEdit, preferred: bool| {
        if let Some(same) = actions.iter_mut().find(|action| action.title == title && edits(action, &document.uri) == Some(&edit)) {
            // The rule twice on a line: one action does for both.
            same.diagnostics.get_or_insert_default().push(note.diagnostic());
            return;
        }
        actions.push(action(document, note, title, edit, preferred));
    };
    for note in &under {
        if let Some((range, text)) = &note.replacement {
            let phrase = note.rule.as_deref().unwrap_or_default();
            let title = if text.is_empty() { format!("Убрать ({phrase})") } else { format!("Исправить ({phrase})") };
            add(note, title, TextEdit::new(*range, text.clone()), true);
        }
    }
    for note in &under {
        let Some(rule) = note.rule.as_deref().filter(|_| note.optional) else { continue };
        if let Some((title, edit)) = note.line.and_then(|line| next_line(rule, line, kind, &looked.lines)) {
            add(note, title, edit, false);
        }
        add(note, format!("Отключить {rule} во всём файле"), file(rule, kind, looked), false);
    }
    actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

/// Switch a rule off for a line.
fn next_line(rule: &str, number: usize, kind: SourceKind, lines: &Lines) -> Option<(String, TextEdit)> {
    let line = lines.line(number);
    let text = lines.text(line.clone());
    let indent: String = text.chars().take_while(|c| matches!(c, ' ' | '\t' | '>')).collect();
    let at = |char: usize, text: String| TextEdit::new(lines.range(char..char), text);
    let title = format!("Отключить {rule} в этой строке");
    // A line between the rows of a table would end it.
    if kind == SourceKind::Markdown && text.trim_start().starts_with('|') {
        let row = text.trim_end();
        let end = line.start + row.strip_suffix('|').unwrap_or(row).chars().count();
        return Some((title, at(end, format!("<!-- otvet-disable-line {rule} --> "))));
    }
    let directive = match kind {
        SourceKind::Markdown => format!("{indent}<!-- otvet-disable-next-line {rule} -->"),
        SourceKind::Text => format!("# otvet-disable-next-line {rule}"),
        SourceKind::Tex => format!("% otvet-disable-next-line {rule}"),
        SourceKind::Html | SourceKind::Docx => return None,
    };
    Some((title, at(line.start, format!("{directive}{}", lines.line_end()))))
}

/// Switch a rule off for the file.
fn file(rule: &str, kind: SourceKind, looked: &Looked) -> TextEdit {
    let (lines, end) = (&looked.lines, looked.lines.line_end());
    let (char, text) = match kind {
        SourceKind::Text => (looked.head, format!("# otvet-disable-file {rule}{end}")),
        SourceKind::Tex => (looked.head, format!("% otvet-disable-file {rule}{end}")),
        SourceKind::Markdown => (looked.head, format!("<!-- otvet-disable-file {rule} -->{end}")),
        // Before the declaration of its type a comment would change how a page looks.
        SourceKind::Html | SourceKind::Docx => (lines.len(), format!("{end}<!-- otvet-disable-file {rule} -->{end}")),
    };
    TextEdit::new(lines.range(char..char), text)
}

// The hash of an address is that of its text, which does not change.
#[expect(clippy::mutable_key_type)]
fn action(document: &Document, note: &Note, title: String, edit: TextEdit, preferred: bool) -> CodeAction {
    let changes = HashMap::from([(document.uri.clone(), vec![edit])]);
    CodeAction {
        title,
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![note.diagnostic()]),
        edit: Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }),
        is_preferred: preferred.then_some(true),
        ..CodeAction::default()
    }
}

fn edits<'a>(action: &'a CodeAction, uri: &Uri) -> Option<&'a TextEdit> {
    action.edit.as_ref()?.changes.as_ref()?.get(uri)?.first()
}
