//! What went wrong, as the user reads it: «ошибка: …» and the next step below.

use std::fmt;
use std::io;

use otvet::document::DecodeError;
use otvet::report::{Palette, sanitize};
use otvet::{AnalyzerError, CheckError, LexiconError};

/// Why a command could not do its job.
#[derive(Debug)]
pub enum Failure {
    /// A message and what to do, one hint a line.
    Told { message: String, hints: Vec<String> },
    /// The output could not be written.
    Output(io::Error),
}

impl Failure {
    pub fn new(message: impl Into<String>) -> Self {
        Self::Told { message: message.into(), hints: Vec::new() }
    }

    /// Add a next step; an empty one is left out.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        if let Self::Told { hints, .. } = &mut self {
            hints.extend(hint.into().lines().filter(|line| !line.is_empty()).map(str::to_string));
        }
        self
    }

    /// Did the reader of our output leave, as `head` does? That is no mistake.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// The text for the error stream.
    pub fn render(&self, palette: Palette) -> String {
        format!("{} {}\n", palette.bad("ошибка:"), sanitize::block(&self.to_string()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Told { message, hints } => {
                f.write_str(message)?;
                hints.iter().try_for_each(|hint| write!(f, "\n  {hint}"))
            }
            Self::Output(error) => write!(f, "не удалось записать вывод: {}", reason(error)),
        }
    }
}

/// Why the system refused, in Russian.
pub fn reason(error: &io::Error) -> String {
    match (error.kind(), error.raw_os_error()) {
        (io::ErrorKind::NotFound, _) => "файла нет".into(),
        (io::ErrorKind::PermissionDenied, _) => "нет прав доступа".into(),
        (io::ErrorKind::IsADirectory, _) => "это папка, а не файл".into(),
        (io::ErrorKind::StorageFull, _) => "на диске нет места".into(),
        (_, Some(code)) => format!("система вернула ошибку {code}"),
        _ => "ошибка ввода-вывода".into(),
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<CheckError> for Failure {
    fn from(error: CheckError) -> Self {
        Self::new(error.to_string()).hint(error.hint())
    }
}

impl From<DecodeError> for Failure {
    fn from(error: DecodeError) -> Self {
        Self::new(error.to_string()).hint(error.hint())
    }
}

/// The text of a lexicon error holds its own hints, indented already.
impl From<LexiconError> for Failure {
    fn from(error: LexiconError) -> Self {
        Self::new(error.to_string())
    }
}

impl From<AnalyzerError> for Failure {
    fn from(error: AnalyzerError) -> Self {
        Self::new(error.to_string())
    }
}
