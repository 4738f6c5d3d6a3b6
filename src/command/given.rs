//! The text that `otvet check` was given, and what its file says of it.

use std::path::Path;

use otvet::document::Encoding;

use super::failure::Failure;
use super::input;
use crate::lint::model;
use crate::lint::source::{self, Front, SourceKind};

/// A text and its front matter.
pub struct Given {
    /// What is no prose is blanked, so places point into the file; of Word and HTML it is the paragraphs, one a line.
    pub text: String,
    pub front: Front,
}

/// Read a file by its kind, or standard input as plain text where there is no file or it is `-`.
///
/// # Errors
/// Why it cannot be read, and what to do.
pub fn read(file: Option<&Path>, encoding: Option<Encoding>) -> Result<Given, Failure> {
    let path = file.filter(|path| *path != Path::new("-"));
    match path.and_then(SourceKind::of) {
        None | Some(SourceKind::Text) => {
            let text = input::read(path, encoding)?;
            let front = Front::read(&text);
            let head = text[..front.end].chars().map(|c| if c == '\n' { c } else { ' ' });
            let prose = head.chain(text[front.end..].chars()).collect();
            let name = path.map_or_else(|| "стандартный ввод".to_string(), |path| path.display().to_string());
            match &front.mistake {
                Some(mistake) => Err(refusal(&name, Some(mistake.at), &mistake.message, &mistake.hint)),
                None => Ok(Given { text: prose, front }),
            }
        }
        Some(_) => {
            let path = path.unwrap_or(Path::new(""));
            let source = source::read(path, &path.display().to_string(), encoding).map_err(|failure| {
                let model::Failure { path, message, hint, at } = failure;
                refusal(&path, at, &message, &hint)
            })?;
            Ok(Given { text: source.prose, front: source.front })
        }
    }
}

fn refusal(name: &str, at: Option<(usize, usize)>, message: &str, hint: &str) -> Failure {
    let place = at.map_or_else(|| format!("«{name}»"), |(line, column)| format!("{name}:{line}:{column}"));
    Failure::new(format!("{place}: {message}")).hint(hint)
}
