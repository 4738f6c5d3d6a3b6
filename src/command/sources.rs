//! Where the language data comes from: the flags that add to the shipped lexicons.

use std::path::PathBuf;

use otvet::{Lexicon, Options, Scope};

use super::failure::Failure;

/// Flags of every command that reads lexicons.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Sources {
    #[arg(long = "lexicon", value_name = "ПАПКА", help = "Добавить свои правила и вопросы из папки (можно несколько раз)")]
    pub lexicon_dirs: Vec<PathBuf>,
    #[arg(long = "question-file", value_name = "ФАЙЛ", help = "Добавить свой вопрос из файла TOML (можно несколько раз)")]
    pub question_files: Vec<PathBuf>,
}

impl Sources {
    /// All language data.
    pub fn load(&self) -> Result<Lexicon, Failure> {
        self.load_with(Scope::All, None)
    }

    /// The language data for some of the questions, and a checklist in plain text.
    pub fn load_with(&self, scope: Scope, checklist: Option<PathBuf>) -> Result<Lexicon, Failure> {
        Ok(Lexicon::load(&self.options(scope, checklist))?)
    }

    /// What to load.
    pub fn options(&self, scope: Scope, checklist: Option<PathBuf>) -> Options {
        Options { lexicon_dirs: self.lexicon_dirs.clone(), question_files: self.question_files.clone(), checklist, scope }
    }
}
