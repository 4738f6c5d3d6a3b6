//! Files into prose: what is no prose is blanked, and every place stays where it was.

mod docx;
mod front;
mod html;
mod markdown;
mod mask;
mod tex;

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use otvet::document::{ByteOffset, DecodeError, Encoding, LineIndex, MAX_BYTES, decode};
use otvet::report::plural;

pub use front::Front;
pub use tex::comment as tex_comment;

use super::model::{Failure, Unit};
use super::place::Places;
use super::suppress::{Comment, Suppressions, Syntax};
use crate::command::reason;

/// The largest document that is unpacked, in bytes.
const LARGEST_DOCUMENT: usize = 64 << 20;

/// A file made ready for analysis.
#[derive(Debug, Clone)]
pub struct Source {
    /// What places point into.
    pub text: String,
    /// The text with all that is no prose replaced by spaces: as many code points, lines where they were.
    pub prose: String,
    pub unit: Unit,
    pub front: Front,
    pub suppressions: Suppressions,
}

/// What a file is, by its extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    Markdown,
    Text,
    Docx,
    Html,
    Tex,
}

impl SourceKind {
    /// The kind of a file with this name; `None` if it is none of ours.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_lowercase().as_str() {
            "md" | "markdown" | "mdown" | "mkd" => Some(Self::Markdown),
            "txt" | "text" => Some(Self::Text),
            "docx" => Some(Self::Docx),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "tex" | "ltx" => Some(Self::Tex),
            _ => None,
        }
    }
}

/// What to say of a file that is none of ours.
pub fn unknown(path: &str) -> Failure {
    let extension = Path::new(path).extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default();
    let hint = match extension.as_str() {
        "doc" | "rtf" | "odt" => "откройте файл в Word или LibreOffice и сохраните как .docx",
        "pdf" => "скопируйте текст в файл .txt или сохраните письмо как .docx",
        _ => "читаются .md, .txt, .docx, .html и .tex; другой текст передайте через стандартный ввод: otvet lint -",
    };
    let message = if extension.is_empty() {
        "файл без расширения: непонятно, как его читать".into()
    } else {
        format!("файлы .{extension} не читаются")
    };
    Failure { path: path.into(), message, hint: hint.into(), at: None }
}

/// Read a file.
///
/// # Errors
/// Why it cannot be checked, and what to do.
pub fn read(path: &Path, name: &str, encoding: Option<Encoding>) -> Result<Source, Failure> {
    let kind = SourceKind::of(path).ok_or_else(|| unknown(name))?;
    let fail = |message: String, hint: &str| Failure { path: name.into(), message, hint: hint.into(), at: None };
    let unreadable = |error: io::Error| {
        let hint = match error.kind() {
            io::ErrorKind::NotFound => "проверьте путь",
            _ => "проверьте путь и права доступа",
        };
        fail(format!("не удалось прочитать: {}", reason(&error)), hint)
    };
    let limit = if kind == SourceKind::Docx { LARGEST_DOCUMENT } else { MAX_BYTES };
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(limit as u64 + 1).read_to_end(&mut bytes)).map_err(unreadable)?;
    parse(kind, &bytes, name, encoding)
}

/// Read the bytes of a file.
///
/// # Errors
/// As [`read`].
pub fn parse(kind: SourceKind, bytes: &[u8], name: &str, encoding: Option<Encoding>) -> Result<Source, Failure> {
    let fail = |message: String, hint: &str| Failure { path: name.into(), message, hint: hint.into(), at: None };
    let source = match kind {
        SourceKind::Docx if bytes.len() > LARGEST_DOCUMENT => {
            return Err(fail(format!("документ больше {} МБ", LARGEST_DOCUMENT >> 20), "скопируйте текст письма в новый документ"));
        }
        SourceKind::Docx => docx::read(bytes).map_err(|trouble| fail(trouble.message, trouble.hint))?,
        SourceKind::Markdown | SourceKind::Text | SourceKind::Html | SourceKind::Tex => {
            let text =
                decode(bytes, encoding).map_err(|error| Failure { at: spot(bytes, &error), ..fail(error.to_string(), error.hint()) })?.text;
            match kind {
                SourceKind::Html => html::read(&text),
                SourceKind::Markdown => markdown::read(text),
                SourceKind::Tex => tex::read(text),
                _ => plain(text),
            }
        }
    };
    if let Some(mistake) = &source.front.mistake {
        let (message, hint, at) = (mistake.message.clone(), mistake.hint.clone(), Some(mistake.at));
        return Err(Failure { path: name.into(), message, hint, at });
    }
    if source.text.len() > MAX_BYTES {
        let megabytes = plural::decimal(MAX_BYTES as f64 / f64::from(1 << 20));
        return Err(fail(format!("текст больше {megabytes} МБ"), "разделите текст: один ответ или одно письмо — один файл"));
    }
    if !source.prose.contains(char::is_alphanumeric) {
        let hint = if kind == SourceKind::Markdown {
            "код, комментарии и заголовок файла текстом не считаются: добавьте само письмо"
        } else {
            "добавьте текст и сохраните файл"
        };
        return Err(fail("в файле нет ни одного слова".into(), hint));
    }
    Ok(source)
}

/// Where the bytes are damaged.
fn spot(bytes: &[u8], error: &DecodeError) -> Option<(usize, usize)> {
    let DecodeError::Malformed { encoding: Encoding::Utf8, offset } = error else { return None };
    let before = String::from_utf8_lossy(bytes.get(..*offset)?);
    let before = before.trim_start_matches('\u{feff}');
    let place = LineIndex::new(before).line_column(ByteOffset(before.len()));
    Some((place.line, place.column))
}

/// How much of a file is looked at for its front matter.
const HEAD: u64 = 4096;

/// The question that the head of a file names, if any: found before all else is read.
pub fn peek_question(path: &Path) -> Option<String> {
    matches!(SourceKind::of(path), Some(SourceKind::Markdown | SourceKind::Text)).then_some(())?;
    let mut head = Vec::new();
    File::open(path).ok()?.take(HEAD).read_to_end(&mut head).ok()?;
    question_of(&head)
}

/// The question that the head of a text names.
pub fn question_of(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD as usize)]);
    let head = head.trim_start_matches('\u{feff}');
    head.starts_with("---").then(|| Front::read(head).question)?
}

/// Plain text: only the front matter and suppressions are no prose.
fn plain(text: String) -> Source {
    let front = Front::read(&text);
    let suppressions = Suppressions::parse(&text, Syntax::Text);
    let mut mask = mask::Mask::new(std::iter::once(0..front.end).collect());
    suppressions.ranges().iter().for_each(|range| mask.hide(range.clone()));
    let prose = mask.apply(&text);
    Source { text, prose, unit: Unit::Line, front, suppressions }
}

/// A comment of a file of paragraphs.
struct Remark {
    body: String,
    /// The paragraph (from 1) it stands in, before on its line, or after; 0: before the first.
    line: usize,
    /// How much of the paragraph stands before it, in code points.
    column: usize,
}

/// Paragraphs, one a line; sentences do not run from one into the next. `comments` are those of the file.
fn paragraphs(lines: &[String], comments: &[Remark]) -> Source {
    let text = lines.join("\n");
    let prose = text.replace('\n', "\u{2029}");
    let places = Places::new(&text);
    let comments = comments.iter().map(|Remark { body, line, column }| {
        let above = lines.iter().take(line.saturating_sub(1)).map(|line| line.chars().count() + 1).sum::<usize>();
        let own = line.checked_sub(1).and_then(|line| lines.get(line)).map_or(0, |line| line.chars().count());
        let start = above + own.min(*column);
        Comment { body, place: places.place(start, start), next: line + 1 }
    });
    let suppressions = Suppressions::of_comments(comments);
    Source { text, prose, unit: Unit::Paragraph, front: Front::default(), suppressions }
}

#[cfg(test)]
mod tests;
