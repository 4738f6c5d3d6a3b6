//! `--fix` and `--diff`: replacements that are safe in any text, applied to plain files.

use std::io::Write;
use std::path::Path;

use similar::TextDiff;

use super::model::{Linted, Unit};

/// A file as it would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    pub text: String,
    /// How many places were changed.
    pub count: usize,
}

/// Apply what may be applied; `None` if there is nothing, or the file is no plain text.
pub fn fix(linted: &Linted) -> Option<Fixed> {
    if linted.unit != Unit::Line {
        return None;
    }
    let mut places: Vec<(usize, usize, &str)> = linted
        .diagnostics
        .iter()
        .filter_map(|one| one.place.zip(one.replacement.as_deref()))
        .map(|(place, replacement)| (place.start, place.end, replacement))
        .collect();
    places.sort_unstable();
    let mut text = String::with_capacity(linted.text.len());
    let mut chars = linted.text.chars().enumerate().peekable();
    let mut count = 0;
    for (start, end, replacement) in places {
        // The start of an overlapping place has passed.
        if chars.peek().is_none_or(|(at, _)| *at > start) {
            continue;
        }
        while let Some((_, c)) = chars.next_if(|(at, _)| *at < start) {
            text.push(c);
        }
        let mut capital = false;
        while let Some((at, c)) = chars.next_if(|(at, _)| *at < end) {
            capital |= at == start && c.is_uppercase();
        }
        count += 1;
        if !replacement.is_empty() {
            text.push_str(&if capital { capitalized(replacement) } else { replacement.to_string() });
            continue;
        }
        // What is left out takes its comma and one space with it.
        if text.trim_end_matches(' ').ends_with(',') && chars.peek().is_some_and(|(_, c)| *c == ',') {
            chars.next();
        } else if capital {
            chars.next_if(|(_, c)| *c == ',');
        }
        if text.is_empty() || text.ends_with([' ', '\n', '\r']) {
            while chars.next_if(|(_, c)| *c == ' ').is_some() {}
        }
        if capital && let Some((_, c)) = chars.next() {
            text.extend(c.to_uppercase());
        }
    }
    text.extend(chars.map(|(_, c)| c));
    (count > 0).then_some(Fixed { text, count })
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The changes as a unified diff.
pub fn diff(path: &str, before: &str, after: &str) -> String {
    TextDiff::from_lines(before, after).unified_diff().context_radius(2).header(&format!("a/{path}"), &format!("b/{path}")).to_string()
}

/// Put the text into the file, whole or not at all. A mark at its head stays.
///
/// # Errors
/// The file is not in UTF-8, or cannot be written.
pub fn write(path: &Path, before: &str, after: &str) -> std::io::Result<()> {
    let bytes = std::fs::read(path)?;
    let (mark, rest) = match bytes.strip_prefix("\u{feff}".as_bytes()) {
        Some(rest) => ("\u{feff}", rest),
        None => ("", bytes.as_slice()),
    };
    if rest != before.as_bytes() {
        return Err(std::io::Error::new(std::io::ErrorKind::InvalidData, "not in UTF-8"));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".otvet-").tempfile_in(folder)?;
    file.write_all(mark.as_bytes())?;
    file.write_all(after.as_bytes())?;
    file.as_file().set_permissions(std::fs::metadata(path)?.permissions())?;
    file.persist(path).map(drop).map_err(|error| error.error)
}
