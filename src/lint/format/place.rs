//! Paths and places as formats write them.

use otvet::report::sanitize;

use crate::lint::model::{Diagnostic, Failure, Linted, Place, Unit};

/// A path that may be shown: characters that could play tricks on a terminal or a page are replaced, all else (spaces too) is kept.
pub fn path(path: &str) -> String {
    path.chars().map(|c| if is_tricky(c) { '\u{FFFD}' } else { c }).collect()
}

/// Controls, line separators, marks of writing direction, tags.
pub fn is_tricky(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}')
        || matches!(c, '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' | '\u{E0000}'..='\u{E007F}')
}

/// «letters/sfera.md:3:31»; of a document without lines «letters/sfera.docx: абзац 3, знак 31».
pub fn pointer(file: &str, unit: Unit, place: Option<&Place>) -> String {
    let file = path(file);
    match (place, unit) {
        (None, _) => file,
        (Some(place), Unit::Line) => format!("{file}:{}:{}", place.line, place.column),
        (Some(place), Unit::Paragraph) => format!("{file}: абзац {}, знак {}", place.line, place.column),
    }
}

/// Where a file that could not be checked is wrong: «letters/sfera.md:2:7», or only its path.
pub fn of_failure(failure: &Failure) -> String {
    let file = path(&failure.path);
    failure.at.map_or_else(|| file.clone(), |(line, column)| format!("{file}:{line}:{column}"))
}

/// A phrase longer than this (code points) is cut.
const LONGEST_PHRASE: usize = 60;

/// «фраза» — message: for readers that do not see the text. A phrase the message holds already is not said twice.
pub fn quoted(linted: &Linted, diagnostic: &Diagnostic) -> String {
    let message = sanitize::line(&diagnostic.message);
    let phrase = diagnostic.place.filter(|_| diagnostic.kind != "suppression").map(|place| {
        let phrase: String = linted.text.chars().skip(place.start).take(place.end.saturating_sub(place.start)).collect();
        sanitize::line(&phrase)
    });
    match phrase.filter(|phrase| !phrase.trim().is_empty() && !message.contains(phrase.trim())) {
        Some(phrase) => format!("«{}» — {message}", cut(phrase.trim())),
        None => message,
    }
}

/// A text cut after a word.
fn cut(text: &str) -> String {
    let Some((most, _)) = text.char_indices().nth(LONGEST_PHRASE) else { return text.to_string() };
    let end = text[..most].rfind(' ').unwrap_or(most);
    format!("{}…", text[..end].trim_end_matches([' ', ',', '.', ';', ':', '—', '–', '-']))
}

/// «абзац 3, знак 31: …»: a message for readers that know lines only, about a document that has none.
pub fn with_paragraph(message: &str, unit: Unit, place: Option<&Place>) -> String {
    let message = sanitize::line(message);
    match (place, unit) {
        (Some(place), Unit::Paragraph) => format!("абзац {}, знак {}: {message}", place.line, place.column),
        _ => message,
    }
}

/// A path without «./» before it: relative to the folder the tool was run in.
pub fn relative(path: &str) -> &str {
    let mut path = path;
    while let Some(rest) = path.strip_prefix("./") {
        path = rest.trim_start_matches('/');
    }
    path
}

/// A path as a URI reference (RFC 3986), and whether it is relative.
pub fn uri(path: &str) -> (String, bool) {
    let path = relative(path);
    let drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes()[0].is_ascii_alphabetic() && path[2..].starts_with('/');
    let absolute = drive || path.starts_with('/');
    let mut uri = String::with_capacity(path.len());
    if drive {
        uri.push_str("file:///");
        uri.push_str(&path[..2]);
    } else if absolute {
        uri.push_str("file://");
    }
    for byte in path.bytes().skip(if drive { 2 } else { 0 }) {
        // A colon in the first segment would be read as a scheme, so none stays.
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.' | b'_' | b'~') {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    (uri, !absolute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_shown_without_tricks() {
        assert_eq!(path("письма/я  и ты.md"), "письма/я  и ты.md");
        assert_eq!(path("a\u{1b}[31m\n\u{202e}dm.md"), "a\u{FFFD}[31m\u{FFFD}\u{FFFD}dm.md");
    }

    #[test]
    fn a_long_phrase_is_cut_after_a_word() {
        assert_eq!(cut("начальник был самодур"), "начальник был самодур");
        assert_eq!(cut(&"слово, ".repeat(20)), format!("{}слово…", "слово, ".repeat(7)));
        assert_eq!(cut(&"я".repeat(99)), format!("{}…", "я".repeat(60)));
    }

    #[test]
    fn a_uri_holds_nothing_a_uri_must_not() {
        for (path, expected) in [
            ("letters/sfera.md", ("letters/sfera.md", true)),
            ("./a b/100%.md", ("a%20b/100%25.md", true)),
            ("письмо.md", ("%D0%BF%D0%B8%D1%81%D1%8C%D0%BC%D0%BE.md", true)),
            ("c:дом.md", ("c%3A%D0%B4%D0%BE%D0%BC.md", true)),
            ("a\\b?c#d.md", ("a%5Cb%3Fc%23d.md", true)),
            ("../up.md", ("../up.md", true)),
            ("/home/я/x.md", ("file:///home/%D1%8F/x.md", false)),
            ("C:/x y.md", ("file:///C:/x%20y.md", false)),
            ("<stdin>", ("%3Cstdin%3E", true)),
        ] {
            assert_eq!(uri(path), (expected.0.to_string(), expected.1), "{path}");
        }
    }
}
