//! Addresses of files.

use std::path::PathBuf;

/// The path of a `file:` address; `None` for what is not saved yet or stands elsewhere.
pub fn path(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let local = rest.strip_prefix("localhost").unwrap_or(rest);
    let path = decoded(local.split(['?', '#']).next()?)?;
    // /C:/letters
    let drive = path.strip_prefix('/').filter(|rest| {
        let mut chars = rest.chars();
        chars.next().is_some_and(|c| c.is_ascii_alphabetic()) && chars.next() == Some(':')
    });
    match drive {
        Some(rest) if cfg!(windows) => Some(PathBuf::from(rest)),
        _ => path.starts_with('/').then(|| PathBuf::from(path)),
    }
}

/// `%D0%B0` → `а`; `None` if that is no text.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = |at: usize| char::from(*after.get(at)?).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        match (first, hex(0), hex(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(high << 4 | low);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_paths() {
        let of = |uri: &str| path(uri).map(|path| path.to_string_lossy().into_owned());
        assert_eq!(of("file:///a%20b/%D0%BF%D0%B8%D1%81%D1%8C%D0%BC%D0%BE.md").as_deref(), Some("/a b/письмо.md"));
        assert_eq!(of("file:///100%.md").as_deref(), Some("/100%.md"));
        assert_eq!(of("file:///%FF.md"), None);
        assert_eq!(of("untitled:Untitled-1"), None);
    }
}
