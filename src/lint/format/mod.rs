//! The formats of `otvet lint`, one file each.
//!
//! | for | file |
//! |---|---|
//! | people | `terminal` (with `snippet`, `coverage`), `concise` |
//! | programs | `json` |
//! | code hosts | `github` (with `summary`, the page of a job), `sarif`, `gitlab` |
//! | build servers | `junit`, `checkstyle` (with `xml`) |
//! | what formats share | `catalogue` (what the lexicons know of rules and kinds), `totals`, `place` |
//!
//! What comes from outside (texts, paths) is untrusted in every one of them: each escapes what its readers would take for more than
//! text.

mod catalogue;
mod checkstyle;
mod concise;
mod coverage;
mod github;
mod gitlab;
pub mod json;
mod junit;
mod place;
mod sarif;
mod snippet;
mod summary;
mod terminal;
#[cfg(test)]
mod tests;
mod totals;
mod xml;

use std::io::{self, Write};

use otvet::Lexicon;
use otvet::report::Palette;

pub use catalogue::{Catalogue, RuleCard};
pub use place::{is_tricky, of_failure};
pub use summary::summary_markdown;
pub use totals::{Totals, failures};

use crate::lint::model::Run;

/// A way to show a run.
pub trait Format {
    /// Write the whole of it.
    ///
    /// # Errors
    /// What the writer says.
    fn write(&self, run: &Run, out: &mut dyn Write) -> io::Result<()>;
}

/// The names of the formats, as `--format` and `--output` take them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, clap::ValueEnum)]
pub enum FormatName {
    #[default]
    Terminal,
    Concise,
    Json,
    Github,
    Sarif,
    Gitlab,
    Junit,
    Checkstyle,
}

/// What `--format` says of them.
pub const HELP: &str = "Вид отчёта: terminal (по умолчанию) — с объяснениями; concise — строка на замечание; json — для программ; \
     github — аннотации GitHub Actions; sarif — SARIF 2.1.0 для Code Scanning и редакторов; gitlab — GitLab Code Quality; junit, \
     checkstyle — XML для серверов сборки";

/// How a format for people looks.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Columns of the terminal.
    pub width: usize,
    pub palette: Palette,
}

impl Look {
    /// For a file or a program: no colours.
    pub const PLAIN: Self = Self { width: 100, palette: Palette::PLAIN };
}

/// The format of a name. The lexicons are those the run was made with: they know the titles of kinds and the texts of rules.
pub fn format<'l>(name: FormatName, lexicon: &'l Lexicon, look: Look) -> Box<dyn Format + 'l> {
    let catalogue = Catalogue::of(lexicon);
    match name {
        FormatName::Terminal => Box::new(terminal::Terminal { look, catalogue }),
        FormatName::Concise => Box::new(concise::Concise { palette: look.palette }),
        FormatName::Json => Box::new(json::Json),
        FormatName::Github => Box::new(github::Github),
        FormatName::Sarif => Box::new(sarif::Sarif { catalogue }),
        FormatName::Gitlab => Box::new(gitlab::Gitlab),
        FormatName::Junit => Box::new(junit::Junit { catalogue }),
        FormatName::Checkstyle => Box::new(checkstyle::Checkstyle),
    }
}
