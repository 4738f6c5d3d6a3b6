//! `--fix` and `--diff`: replacements that are safe in any text, applied to plain files.

use std::io::Write;
use std::ops::Range;
use std::path::Path;

use similar::TextDiff;

use super::model::{Diagnostic, Linted, Unit};
use crate::batch::output::Target;

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
    let offered = linted.diagnostics.iter().filter_map(|one| Some((one.place?.start, one.place?.end, one.replacement.as_deref()?)));
    apply(&linted.text, offered.collect())
}

/// The replacement of one finding alone: the code points that change, and what stands there then.
pub fn edit(linted: &Linted, one: &Diagnostic) -> Option<(Range<usize>, String)> {
    let (place, replacement) = (one.place.filter(|_| linted.unit == Unit::Line)?, one.replacement.as_deref()?);
    let fixed = apply(&linted.text, vec![(place.start, place.end, replacement)])?.text;
    let (before, after): (Vec<char>, Vec<char>) = (linted.text.chars().collect(), fixed.chars().collect());
    let shorter = before.len().min(after.len());
    let head = before.iter().zip(&after).take_while(|(one, other)| one == other).count();
    let tail = before.iter().rev().zip(after.iter().rev()).take_while(|(one, other)| one == other).count().min(shorter - head);
    Some((head..before.len() - tail, after[head..after.len() - tail].iter().collect()))
}

/// Put replacements (code points from, to) into a text.
fn apply(text: &str, mut places: Vec<(usize, usize, &str)>) -> Option<Fixed> {
    places.sort_unstable();
    let chars: Vec<char> = text.chars().collect();
    let mut fixed = String::with_capacity(text.len());
    let (mut done, mut count) = (0, 0);
    for (start, end, replacement) in places {
        // One that overlaps another waits for the next time.
        if start < done || end > chars.len() || start >= end {
            continue;
        }
        let capital = chars[start].is_uppercase();
        if !replacement.is_empty() {
            fixed.extend(&chars[done..start]);
            fixed.push_str(&if capital { capitalized(replacement) } else { replacement.to_string() });
            (done, count) = (end, count + 1);
            continue;
        }
        // What is left out takes its comma with it. Between two commas one of them may belong to what follows: that is left to a person.
        let after = chars[end..].iter().take_while(|c| **c == ' ').count() + end;
        let before = start - chars[done..start].iter().rev().take_while(|c| **c == ' ').count();
        match (chars.get(after), before.checked_sub(1).filter(|last| *last >= done).map(|last| chars[last])) {
            (Some(','), _) if capital => {
                let next = chars[after + 1..].iter().take_while(|c| **c == ' ').count() + after + 1;
                let Some(first) = chars.get(next).filter(|first| first.is_alphanumeric()) else { continue };
                fixed.extend(&chars[done..start]);
                fixed.extend(first.to_uppercase());
                done = next + 1;
            }
            (Some('.' | '!' | '?' | '…'), Some(',')) => {
                fixed.extend(&chars[done..before - 1]);
                done = after;
            }
            _ => continue,
        }
        count += 1;
    }
    fixed.extend(&chars[done..]);
    (count > 0).then_some(Fixed { text: fixed, count })
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The changes as a unified diff.
pub fn diff(path: &str, before: &str, after: &str) -> String {
    TextDiff::from_lines(before, after).unified_diff().context_radius(2).header(&format!("a/{path}"), &format!("b/{path}")).to_string()
}

/// Is the file in UTF-8 (with a mark at its head or without), so that `before` is what stands in it?
///
/// # Errors
/// It cannot be read.
pub fn is_mendable(path: &Path, before: &str) -> std::io::Result<bool> {
    let bytes = std::fs::read(path)?;
    Ok(without_mark(&bytes) == before.as_bytes())
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(MARK).unwrap_or(bytes)
}

/// The byte order mark.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// Put the text into the file, whole or not at all. A mark at its head stays.
///
/// # Errors
/// The file is not in UTF-8, or cannot be written.
pub fn write(path: &Path, before: &str, after: &str) -> std::io::Result<()> {
    let bytes = std::fs::read(path)?;
    let rest = without_mark(&bytes);
    if rest != before.as_bytes() {
        return Err(std::io::Error::new(std::io::ErrorKind::InvalidData, "not in UTF-8"));
    }
    let (target, mut file) = Target::replacing(path)?;
    file.write_all(&bytes[..bytes.len() - rest.len()])?;
    file.write_all(after.as_bytes())?;
    drop(file);
    target.commit()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(text: &str, phrase: &str, replacement: &str) -> Option<String> {
        let byte = text.find(phrase).unwrap();
        let start = text[..byte].chars().count();
        apply(text, vec![(start, start + phrase.chars().count(), replacement)]).map(|fixed| fixed.text)
    }

    #[test]
    fn only_what_is_safe_is_left_out() {
        assert_eq!(fixed("Да. Если честно, отчёты я не любил.", "Если честно", "").as_deref(), Some("Да. Отчёты я не любил."));
        assert_eq!(fixed("Устала, честно говоря!", "честно говоря", "").as_deref(), Some("Устала!"));
        assert_eq!(fixed("Отчёт, честно говоря, который не любил.", "честно говоря", ""), None);
        assert_eq!(fixed("Если честно", "Если честно", ""), None);
    }

    #[test]
    fn replacements_keep_the_capital() {
        assert_eq!(fixed("Согласно приказа вышел.", "Согласно приказа", "согласно приказу").as_deref(), Some("Согласно приказу вышел."));
        assert_eq!(apply("а б в", vec![(0, 3, "x"), (2, 5, "y")]).map(|fixed| (fixed.text, fixed.count)), Some(("x в".into(), 1)));
    }
}
