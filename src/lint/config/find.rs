//! Which config file holds for a text: the nearest `otvet.toml` upward from its folder. Files do not add up.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::{Config, ConfigError, paths};

/// The name of config files.
pub const NAME: &str = "otvet.toml";

/// What the user chose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Choice {
    /// The nearest file upward.
    #[default]
    Search,
    /// `--config FILE`.
    File(PathBuf),
    /// `--no-config`.
    None,
}

impl Choice {
    /// From the flags, which exclude each other.
    pub fn of(config: Option<&Path>, no_config: bool) -> Self {
        match config {
            _ if no_config => Self::None,
            Some(path) => Self::File(path.to_path_buf()),
            None => Self::Search,
        }
    }
}

type Answer = Result<Option<Arc<Config>>, ConfigError>;

/// Finds and reads config files, each once. May be shared by threads.
#[derive(Debug)]
pub struct Configs {
    search: bool,
    given: Option<Arc<Config>>,
    /// By folder.
    known: Mutex<HashMap<PathBuf, Answer>>,
}

impl Configs {
    /// # Errors
    /// A mistake in the file that was given by `--config`.
    pub fn new(choice: &Choice) -> Result<Self, ConfigError> {
        let given = match choice {
            Choice::File(path) => Some(Arc::new(Config::read(path)?)),
            Choice::Search | Choice::None => None,
        };
        Ok(Self { search: *choice == Choice::Search, given, known: Mutex::default() })
    }

    /// The config for a text. `None` as the path: for what comes from standard input, the working directory decides.
    ///
    /// # Errors
    /// A mistake in the file that was found; the same one each time it is asked for.
    pub fn for_file(&self, path: Option<&Path>) -> Answer {
        if !self.search {
            return Ok(self.given.clone());
        }
        match path {
            Some(path) => self.for_folder(paths::absolute(path).parent().unwrap_or(Path::new("/"))),
            None => self.for_folder(&paths::absolute(Path::new("."))),
        }
    }

    /// The config for what stands in a folder.
    ///
    /// # Errors
    /// As [`Self::for_file`].
    pub fn for_folder(&self, folder: &Path) -> Answer {
        if !self.search {
            return Ok(self.given.clone());
        }
        let folder = paths::absolute(folder);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let mut visited = Vec::new();
        let mut answer = Ok(None);
        for ancestor in folder.ancestors() {
            if let Some(found) = known.get(ancestor) {
                answer = found.clone();
                break;
            }
            visited.push(ancestor.to_path_buf());
            let file = ancestor.join(NAME);
            if file.is_file() {
                answer = Config::read(&file).map(|config| Some(Arc::new(config)));
                break;
            }
        }
        known.extend(visited.into_iter().map(|folder| (folder, answer.clone())));
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(folder: &Path, text: &str) {
        std::fs::create_dir_all(folder).expect("a folder");
        std::fs::write(folder.join(NAME), text).expect("a file");
    }

    #[test]
    fn the_nearest_file_upward_holds() {
        let root = tempfile::tempdir().expect("a folder");
        write(root.path(), "min-score = 10");
        write(&root.path().join("a/b"), "min-score = 20");
        std::fs::create_dir_all(root.path().join("a/c")).expect("a folder");
        let configs = Configs::new(&Choice::Search).expect("configs");
        let score = |path: &str| {
            let config = configs.for_file(Some(&root.path().join(path))).expect("no mistake").expect("a file");
            config.min_score.as_ref().map(|score| score.value)
        };
        assert_eq!(score("x.md"), Some(10));
        assert_eq!(score("a/c/x.md"), Some(10));
        assert_eq!(score("a/b/x.md"), Some(20));
        assert_eq!(score("a/b/deep/er/x.md"), Some(20));
        assert_eq!(score("a/b/../x.md"), Some(10));
    }

    #[test]
    fn flags_decide_before_files() {
        let root = tempfile::tempdir().expect("a folder");
        write(root.path(), "min-score = 10");
        write(&root.path().join("other"), "min-score = 30");
        let text = root.path().join("x.md");
        let none = Configs::new(&Choice::of(None, true)).expect("configs");
        assert!(none.for_file(Some(&text)).expect("no mistake").is_none());
        let given = Configs::new(&Choice::of(Some(&root.path().join("other").join(NAME)), false)).expect("configs");
        let config = given.for_file(Some(&text)).expect("no mistake").expect("a file");
        assert_eq!(config.min_score.as_ref().map(|score| score.value), Some(30));
    }

    #[test]
    fn mistakes_are_told_each_time() {
        let root = tempfile::tempdir().expect("a folder");
        write(root.path(), "min-score = 1000");
        let configs = Configs::new(&Choice::Search).expect("configs");
        for _ in 0..2 {
            assert!(configs.for_file(Some(&root.path().join("x.md"))).is_err());
        }
        let missing = Configs::new(&Choice::File(root.path().join("нет.toml"))).unwrap_err();
        assert!(missing.to_string().contains("файла нет"), "{missing}");
    }
}
