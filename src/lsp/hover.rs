//! Why it was marked, and what to write instead: Markdown.

use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position, Range};

use super::document::Looked;
use super::notes::Note;

/// What there is to say of a position.
pub fn at(looked: &Looked, position: Position) -> Option<Hover> {
    let under: Vec<&Note> = looked.notes.iter().filter(|note| holds(note.range, position)).collect();
    // The smallest phrase is what the pointer is at.
    let range = under
        .iter()
        .map(|note| note.range)
        .min_by_key(|range| (range.end.line - range.start.line, range.end.character.saturating_sub(range.start.character)))?;
    let said: Vec<String> = under.iter().map(|note| told(note)).collect();
    let value = said.join("\n\n---\n\n");
    Some(Hover { contents: HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value }), range: Some(range) })
}

fn holds(range: Range, position: Position) -> bool {
    range.start <= position && position <= range.end
}

fn told(note: &Note) -> String {
    let rule = note.rule.as_deref().map(|rule| format!(" `{rule}`")).unwrap_or_default();
    let mut text = format!("**{}**{rule}", escaped(&note.message));
    for (title, said) in [("Почему", &note.reason), ("Что сделать", &note.advice)] {
        if !said.is_empty() {
            text.push_str(&format!("\n\n{title}: {}", escaped(said)));
        }
    }
    text
}

/// The text as text: what the writer wrote must not become a link or a picture.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&') {
            escaped.push('\\');
        }
        escaped.push(if c.is_control() { ' ' } else { c });
    }
    escaped
}
