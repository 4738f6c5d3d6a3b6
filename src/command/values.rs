//! Values of flags: how they are read, with messages in Russian.

use otvet::document::Encoding;
use otvet::report::Severity;

use super::console::LEAST_WIDTH;

/// `--fail-on`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum FailOn {
    Error,
    Warning,
    Hint,
}

impl FailOn {
    /// The least severity that fails.
    pub fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Hint => Severity::Hint,
        }
    }
}

/// `--format` of lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum ListFormat {
    #[default]
    Terminal,
    Json,
}

/// Points, 0–100.
pub fn points(text: &str) -> Result<u8, String> {
    text.parse().ok().filter(|points| *points <= 100).ok_or_else(|| "нужно целое число от 0 до 100".into())
}

/// How many of something.
pub fn count(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| "нужно целое число от 0".into())
}

/// Columns of output.
pub fn columns(text: &str) -> Result<usize, String> {
    text.parse()
        .ok()
        .filter(|columns| (LEAST_WIDTH..=1000).contains(columns))
        .ok_or_else(|| format!("нужно целое число от {LEAST_WIDTH} до 1000"))
}

/// Threads.
pub fn jobs(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|jobs| (1..=256).contains(jobs)).ok_or_else(|| "нужно целое число от 1 до 256".into())
}

/// A sign between two cells.
pub fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        [sign] if sign.is_ascii_punctuation() && *sign != b'"' || *sign == b'\t' => Ok(*sign),
        _ if matches!(text, "tab" | "\\t") => Ok(b'\t'),
        _ => Err("нужен один знак: «;», «,», «|» или tab".into()),
    }
}

/// The name of an encoding.
pub fn encoding(text: &str) -> Result<Encoding, String> {
    text.parse().map_err(|error: otvet::document::UnknownEncoding| error.hint().to_string())
}
