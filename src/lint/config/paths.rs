//! Paths as config files and baselines see them: absolute without `.` and `..`, relative with `/`, letters composed.

use std::path::{Component, Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

/// The absolute path, `.` and `..` taken out. Nothing is looked up on the disk.
pub fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                clean.pop();
            }
            part => clean.push(part),
        }
    }
    clean
}

/// `path` as seen from the folder `from`, with `/`. Both absolute. On another drive there is no such path: it stays as it is.
pub fn relative(path: &Path, from: &Path) -> String {
    let (mine, base): (Vec<_>, Vec<_>) = (path.components().collect(), from.components().collect());
    let common = mine.iter().zip(&base).take_while(|(one, other)| one == other).count();
    if common == 0 && !base.is_empty() {
        return composed(&path.to_string_lossy().replace('\\', "/"));
    }
    let up = base[common..].iter().map(|_| "..".to_string());
    let down = mine[common..].iter().map(|part| part.as_os_str().to_string_lossy().into_owned());
    composed(&up.chain(down).collect::<Vec<_>>().join("/"))
}

/// How a file is named to people: relative to the working directory, if it is in it or above it.
pub fn shown(path: &Path) -> String {
    match std::env::current_dir() {
        Ok(here) if path.starts_with(&here) || path.parent().is_some_and(|dir| here.starts_with(dir)) => {
            relative(&absolute(path), &absolute(&here))
        }
        _ => path.display().to_string(),
    }
}

/// One spelling of й and ё: some file systems hold them in two characters.
pub fn composed(text: &str) -> String {
    text.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_taken_out() {
        assert_eq!(absolute(Path::new("/a/./b/../c/x.md")), Path::new("/a/c/x.md"));
        assert!(absolute(Path::new("x.md")).is_absolute());
    }

    #[test]
    fn relative_paths_go_up_too() {
        let from = Path::new("/work/letters");
        assert_eq!(relative(Path::new("/work/letters/a/б.md"), from), "a/б.md");
        assert_eq!(relative(Path::new("/work/x.md"), from), "../x.md");
        assert_eq!(relative(Path::new("/work/letters"), from), "");
    }

    #[test]
    fn letters_are_composed() {
        let (taken_apart, whole) = ("/w/и\u{306}.md", "\u{439}.md");
        assert_eq!(relative(Path::new(taken_apart), Path::new("/w")), whole);
    }
}
