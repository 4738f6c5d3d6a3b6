//! A text the editor holds, and what was found in it.

use std::path::PathBuf;

use lsp_types::{TextDocumentItem, Uri};

use super::hints::{self, Hint};
use super::lines::{Lines, Units};
use super::notes::{self, Note};
use super::uri;
use crate::lint::model::Failure;
use crate::lint::run::{Input, Linter, Memory, Target};
use crate::lint::source::SourceKind;

const MARK: char = '\u{feff}';

/// A text.
#[derive(Debug)]
pub struct Document {
    pub uri: Uri,
    pub version: i32,
    pub path: Option<PathBuf>,
    /// `None`: none of ours.
    pub kind: Option<SourceKind>,
    /// Without a byte order mark.
    text: String,
    marked: bool,
    /// `None`: not looked at since it changed.
    pub looked: Option<Looked>,
}

/// What was found.
#[derive(Debug)]
pub struct Looked {
    pub lines: Lines,
    pub notes: Vec<Note>,
    pub hints: Vec<Hint>,
    /// Where the front matter ends: a code point.
    pub head: usize,
}

impl Document {
    pub fn new(item: TextDocumentItem) -> Self {
        let path = uri::path(item.uri.as_str());
        let by_name = path.as_deref().and_then(SourceKind::of);
        // The name decides as in `otvet lint`; what has none, or another, is what the editor takes it for.
        let kind = by_name.or(match item.language_id.as_str() {
            "markdown" => Some(SourceKind::Markdown),
            "plaintext" | "text" => Some(SourceKind::Text),
            "html" => Some(SourceKind::Html),
            "latex" | "tex" => Some(SourceKind::Tex),
            _ => None,
        });
        let kind = kind.filter(|kind| *kind != SourceKind::Docx);
        let mut document = Self { uri: item.uri, version: item.version, path, kind, text: String::new(), marked: false, looked: None };
        document.set(item.text);
        document
    }

    /// Take a new text.
    pub fn set(&mut self, text: String) {
        self.marked = text.starts_with(MARK);
        self.text = if self.marked { text[MARK.len_utf8()..].to_string() } else { text };
        self.looked = None;
    }

    /// Look at the text.
    pub fn look<'a>(&mut self, linter: &Linter<'a, '_>, memory: &mut Memory<'a>, units: Units) {
        let lines = Lines::new(&self.text, units, self.marked);
        let excluded = self.path.as_deref().is_some_and(|path| {
            let config = linter.policy.config(Some(path)).unwrap_or_default();
            config.is_some_and(|config| config.excludes(path))
        });
        let mut looked = Looked { lines, notes: Vec::new(), hints: Vec::new(), head: 0 };
        // A text that is not begun yet is no mistake.
        if let Some(kind) = self.kind.filter(|_| !excluded && !self.text.trim().is_empty()) {
            let name = self.path.as_deref().map_or_else(|| "текст".into(), crate::lint::walk::shown);
            let target = Target { name: name.clone(), input: Input::Open(self.text.clone(), kind, self.path.clone()) };
            let mut hinted = None;
            let outcome = linter.read(&target).and_then(|source| {
                looked.head = self.text.get(..source.front.end).map_or(0, |head| head.chars().count());
                hinted = Some(source.prose.clone());
                linter.judge(&target, source, memory)
            });
            match outcome {
                Ok(linted) => {
                    looked.notes = notes::of(&linted, &looked.lines);
                    looked.hints = hints::of(&linted, &hinted.unwrap_or_default(), &looked.lines);
                }
                Err(failure) => looked.notes = vec![notes::unread(&named(failure, &name), &looked.lines)],
            }
        }
        self.looked = Some(looked);
    }
}

/// The editor knows which text it is about, but not which vacancy.
fn named(failure: Failure, name: &str) -> Failure {
    let message = if failure.path == name { failure.message } else { format!("{}: {}", failure.path, failure.message) };
    Failure { message, ..failure }
}
