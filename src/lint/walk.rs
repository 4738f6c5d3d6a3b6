//! The arguments of the command line into files: paths, folders and globs. What git ignores is left out.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use ignore::{DirEntry, WalkBuilder};

use super::ignored::Ignored;
use super::model::Failure;
use super::source::SourceKind;
use crate::command::reason;

/// Folders and files named here, beside those in `.gitignore`, are left out.
pub const IGNORE_FILE: &str = ".otvetignore";

/// What the arguments stand for.
#[derive(Debug, Default)]
pub struct Walked {
    /// By the names they are shown under, in their order.
    pub files: BTreeMap<String, PathBuf>,
    pub failures: Vec<Failure>,
    /// Files and folders that were named and left out all the same.
    pub excluded: usize,
    /// Is it no mistake that all of it is left out?
    force: bool,
}

/// Find the files. `wanted` may leave out what folders and globs hold; a file that is named is always taken, unless exclusion is forced.
pub fn gather(arguments: &[PathBuf], wanted: &dyn Fn(&str) -> bool, force: bool) -> Walked {
    let mut walked = Walked { force, ..Walked::default() };
    let ignored = Ignored::default();
    for argument in arguments {
        if force && argument.exists() && (!wanted(&shown(argument)) || ignored.holds(argument)) {
            walked.excluded += 1;
        } else if argument.is_dir() {
            walked.folder(argument, None, wanted);
        } else if argument.exists() {
            walked.files.insert(shown(argument), argument.clone());
        } else if let Some(pattern) = argument.to_str().filter(|text| text.contains(WILD)) {
            walked.glob(pattern, wanted);
        } else {
            walked.fail(argument, "файла нет".into(), "проверьте путь");
        }
    }
    walked
}

impl Walked {
    fn fail(&mut self, path: &Path, message: String, hint: &str) {
        self.failures.push(Failure { path: shown(path), message, hint: hint.into(), at: None });
    }

    fn folder(&mut self, root: &Path, only: Option<&GlobMatcher>, wanted: &dyn Fn(&str) -> bool) {
        let before = (self.files.len(), self.failures.len());
        let (mut found, mut left_out) = (false, false);
        let mut builder = WalkBuilder::new(root);
        builder.require_git(false).add_custom_ignore_filename(IGNORE_FILE).sort_by_file_path(Ord::cmp);
        for entry in builder.build() {
            match entry {
                Ok(entry) if is_ours(&entry) => {
                    let name = shown(entry.path());
                    if only.is_none_or(|only| only.is_match(&name)) {
                        if wanted(&name) {
                            found = true;
                            self.files.insert(name, entry.into_path());
                        } else {
                            left_out = true;
                        }
                    }
                }
                Ok(_) => {}
                Err(error) => {
                    let why = error.io_error().map_or_else(|| "путь не читается".to_string(), reason);
                    let path = path_of(&error).unwrap_or(root).to_path_buf();
                    self.fail(&path, format!("не удалось прочитать: {why}"), "проверьте права доступа");
                }
            }
        }
        if !found && left_out && self.force {
            self.excluded += 1;
            return;
        }
        // A folder given twice adds nothing the second time.
        if !found && (self.files.len(), self.failures.len()) == before {
            match only {
                None => self.fail(
                    root,
                    "в папке нет ни одного файла .md, .txt, .docx, .html или .tex".into(),
                    "проверьте путь, .gitignore, .otvetignore и exclude в otvet.toml",
                ),
                Some(only) => {
                    let pattern = PathBuf::from(only.glob().glob());
                    self.fail(
                        &pattern,
                        "под образец не подходит ни один файл .md, .txt, .docx, .html или .tex".into(),
                        "проверьте образец, .gitignore, .otvetignore и exclude в otvet.toml",
                    );
                }
            }
        }
    }

    fn glob(&mut self, pattern: &str, wanted: &dyn Fn(&str) -> bool) {
        let plain = plain(pattern);
        match GlobBuilder::new(&plain).literal_separator(true).build() {
            Ok(glob) => {
                let base = steady(&plain);
                if base.is_dir() {
                    self.folder(&base, Some(&glob.compile_matcher()), wanted);
                } else {
                    self.fail(Path::new(pattern), format!("папки «{}» нет", base.display()), "проверьте образец");
                }
            }
            Err(_) => self.fail(Path::new(pattern), "образец записан неверно".into(), "пример: \"letters/**/*.md\""),
        }
    }
}

fn plain(pattern: &str) -> String {
    let plain = pattern.replace('\\', "/");
    plain.strip_prefix("./").map_or_else(|| plain.clone(), str::to_string)
}

/// The signs of a glob.
const WILD: [char; 4] = ['*', '?', '[', '{'];

/// The folder a glob looks in.
fn steady(plain: &str) -> PathBuf {
    let base: PathBuf = Path::new(plain).components().take_while(|part| !part.as_os_str().to_string_lossy().contains(WILD)).collect();
    if base.as_os_str().is_empty() { PathBuf::from(".") } else { base }
}

/// The folder a glob looks in; `None`: the argument is no glob.
pub fn base(argument: &Path) -> Option<PathBuf> {
    let pattern = argument.to_str().filter(|text| !argument.exists() && text.contains(WILD))?;
    Some(steady(&plain(pattern)))
}

fn is_ours(entry: &DirEntry) -> bool {
    // «~$» is what Word leaves beside an open document.
    entry.file_type().is_some_and(|kind| kind.is_file())
        && SourceKind::of(entry.path()).is_some()
        && !entry.file_name().to_string_lossy().starts_with("~$")
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

/// A path as it is shown: with `/`, and no `./` before it.
pub fn shown(path: &Path) -> String {
    let parts: PathBuf = path.components().filter(|part| *part != Component::CurDir).collect();
    let text = parts.to_string_lossy().replace('\\', "/");
    if text.is_empty() { ".".into() } else { text }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn names(root: &Path, arguments: &[&str]) -> (Vec<String>, usize) {
        let arguments: Vec<PathBuf> = arguments.iter().map(|argument| root.join(argument)).collect();
        let walked = gather(&arguments, &|_| true, false);
        let start = format!("{}/", shown(root));
        (walked.files.keys().map(|name| name.strip_prefix(&start).unwrap_or(name).to_string()).collect(), walked.failures.len())
    }

    #[test]
    fn folders_globs_and_what_git_ignores() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("a/скрыто")).unwrap();
        fs::create_dir_all(root.join(".тайное")).unwrap();
        fs::create_dir_all(root.join("пусто")).unwrap();
        for file in ["a/письмо.md", "a/ответ.TXT", "a/скрыто/x.md", "a/~$письмо.docx", "a/таблица.xlsx", ".тайное/x.md", "б.html"]
        {
            fs::write(root.join(file), "да").unwrap();
        }
        fs::write(root.join(".gitignore"), "скрыто/\n").unwrap();
        assert_eq!(names(root, &["a"]), (vec!["a/ответ.TXT".into(), "a/письмо.md".into()], 0));
        assert_eq!(names(root, &["**/*.md", "a/письмо.md", "б.html"]).0, ["a/письмо.md", "б.html"]);
        assert_eq!(names(root, &["a/скрыто/x.md"]).0, ["a/скрыто/x.md"], "what is named is taken");
        assert_eq!(names(root, &["пусто"]), (vec![], 1));
        assert_eq!(names(root, &["нет.md", "*.txt", "нет/*.md", "[.md"]), (vec![], 4));
        assert_eq!(names(root, &["a/таблица.xlsx"]).0, ["a/таблица.xlsx"], "to be refused when it is read");
    }

    #[test]
    fn paths_are_shown_alike_everywhere() {
        assert_eq!(shown(Path::new("./a/./б.md")), "a/б.md");
        assert_eq!(shown(Path::new(".")), ".");
        assert_eq!(shown(Path::new("../a.md")), "../a.md");
    }
}
