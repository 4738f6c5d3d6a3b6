//! The files of the lexicons: shipped inside the binary, with the user's own over them.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use serde::de::DeserializeOwned;

use super::error::{LexiconError, Place};
use super::shipped::{self, Shipped};

/// A file of a lexicon.
#[derive(Clone)]
pub struct File {
    /// Relative to the folder of lexicons, with `/`.
    pub path: String,
    /// How errors name it.
    pub name: Arc<str>,
    pub text: Cow<'static, str>,
    /// Where it is parsed already.
    shipped: Option<&'static Shipped>,
    /// Where lines begin, from the second on; filled when a place is first asked for.
    lines: OnceLock<Vec<usize>>,
}

impl File {
    fn of(shipped: &'static Shipped) -> Self {
        Self {
            path: shipped.path.to_string(),
            name: format!("lexicons/{}", shipped.path).into(),
            text: shipped.text.into(),
            shipped: Some(shipped),
            lines: OnceLock::new(),
        }
    }

    /// Is it as the program was built with?
    pub fn is_shipped(&self) -> bool {
        self.shipped.is_some()
    }

    /// What the file holds.
    ///
    /// # Errors
    /// The first mistake in its TOML, with its place.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, LexiconError> {
        self.parsed().map_or_else(|| toml::from_str(&self.text), Ok).map_err(|error| LexiconError::toml(&self.name, &self.text, &error))
    }

    /// What a file holds that was parsed when the program was built.
    pub fn parsed<T: DeserializeOwned>(&self) -> Option<T> {
        self.shipped?.read()
    }

    /// The file name without its extension.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.strip_suffix(".toml").unwrap_or(name)
    }

    /// The place of a byte. A file has hundreds of patterns, so its lines are counted once.
    pub fn place(&self, byte: usize) -> Place {
        let text: &str = &self.text;
        let lines = self.lines.get_or_init(|| text.match_indices('\n').map(|(end, _)| end + 1).collect());
        let before = lines.partition_point(|start| *start <= byte);
        let start = before.checked_sub(1).map_or(0, |last| lines[last]);
        let column = text.get(start..byte).map_or(0, |before| before.chars().count()) + 1;
        Place { file: Arc::clone(&self.name), line: before + 1, column }
    }
}

/// All files, in the order of their paths.
pub struct Files(Vec<File>);

impl Files {
    /// The shipped files and those of `dirs`, later ones over earlier ones.
    ///
    /// # Errors
    /// A folder or file that cannot be read.
    pub fn gather(dirs: &[PathBuf]) -> Result<Self, LexiconError> {
        let mut files: Vec<File> = shipped::files().iter().map(File::of).collect();
        for dir in dirs {
            if !dir.is_dir() {
                return Err(LexiconError::new(
                    None,
                    format!("папки лексиконов «{}» нет", dir.display()),
                    "укажите существующую папку: --lexicon DIR",
                ));
            }
            for path in toml_files(dir, 0)? {
                let relative = path
                    .strip_prefix(dir)
                    .unwrap_or(&path)
                    .components()
                    .map(|c| c.as_os_str().to_string_lossy())
                    .collect::<Vec<_>>()
                    .join("/");
                let file = File { path: relative, ..read(&path)? };
                files.retain(|known: &File| known.path != file.path);
                files.push(file);
            }
        }
        files.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(Self(files))
    }

    /// The files whose path begins so.
    pub fn under<'f>(&'f self, folder: &'f str) -> impl Iterator<Item = &'f File> {
        self.0.iter().filter(move |file| file.path.starts_with(folder))
    }

    /// The file with this path.
    ///
    /// # Errors
    /// If it is missing: the build is broken.
    pub fn get(&self, path: &str) -> Result<&File, LexiconError> {
        self.0
            .iter()
            .find(|file| file.path == path)
            .ok_or_else(|| LexiconError::new(None, format!("нет файла lexicons/{path}"), "соберите программу заново"))
    }
}

/// TOML files of a folder and its folders, four levels deep.
fn toml_files(dir: &Path, depth: usize) -> Result<Vec<PathBuf>, LexiconError> {
    let failed = |error: std::io::Error| {
        LexiconError::new(None, format!("не удалось прочитать папку «{}»: {error}", dir.display()), "проверьте путь и права доступа")
    };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() && depth < 4 {
            found.extend(toml_files(&path, depth + 1)?);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Read a file of the user's own.
pub fn read(path: &Path) -> Result<File, LexiconError> {
    let name: Arc<str> = path.display().to_string().into();
    let bytes = std::fs::read(path).map_err(|error| {
        LexiconError::new(None, format!("не удалось прочитать «{name}»: {}", reason(&error)), "проверьте путь и права доступа")
    })?;
    let text =
        String::from_utf8(bytes).map_err(|_| LexiconError::new(None, format!("файл «{name}» не в UTF-8"), "сохраните его как UTF-8"))?;
    let path = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(File { path, name, text: text.into(), shipped: None, lines: OnceLock::new() })
}

/// Why a file cannot be read, in Russian.
fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "файла нет".into(),
        std::io::ErrorKind::PermissionDenied => "нет прав на чтение".into(),
        std::io::ErrorKind::IsADirectory => "это папка".into(),
        _ => error.to_string(),
    }
}

/// A checklist in plain text: one criterion a line; list marks and empty lines are skipped.
pub fn read_checklist(path: &Path) -> Result<Vec<String>, LexiconError> {
    let file = read(path)?;
    let lines: Vec<String> = file
        .text
        .lines()
        .map(|line| {
            line.trim().trim_start_matches(|c: char| {
                matches!(c, '-' | '*' | '•' | '—' | '–' | '[' | ']' | '☐' | '✓') || c.is_ascii_digit() || c.is_whitespace()
            })
        })
        .map(|line| line.trim_start_matches(['.', ')', ' ']).trim().to_string())
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    if lines.is_empty() {
        return Err(LexiconError::new(
            None,
            format!("в чек-листе «{}» нет ни одной строки", file.name),
            "напишите по одному пункту на строку",
        ));
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{question, rule};

    #[test]
    fn a_file_parsed_at_the_build_is_read_as_its_toml_is_with_the_same_places() {
        for shipped in shipped::files() {
            let parsed = File::of(shipped);
            let written = File { shipped: None, ..parsed.clone() };
            let [one, other] = [&parsed, &written].map(|file| match file.path.split('/').next() {
                Some("rules") => format!("{:?}", rule::parse(file).unwrap()),
                Some("questions") => format!("{:?}", question::parse(file).unwrap()),
                Some("letters") => format!("{:?}", question::parse_letter(file).unwrap()),
                _ => String::new(),
            });
            assert_eq!(one, other, "{}", parsed.path);
        }
    }
}
