//! Writers: one file a format behind one trait.

mod csv;
mod html;
mod jsonl;
mod markdown;
pub mod resume;
mod summary;
mod target;
mod xlsx;

use std::io;
use std::path::Path;

use super::item::Answered;
use super::totals::Totals;

pub use summary::{Summary, brief, timed};
pub use target::{Target, Writer};

/// A format of outputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    Jsonl,
    Csv,
    Xlsx,
    Html,
    Markdown,
    Summary,
}

impl Format {
    /// By the extension of a name.
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_lowercase();
        Some(match extension.as_str() {
            "jsonl" | "ndjson" => Self::Jsonl,
            "csv" => Self::Csv,
            "xlsx" => Self::Xlsx,
            "html" | "htm" => Self::Html,
            "md" | "markdown" => Self::Markdown,
            "txt" => Self::Summary,
            _ => return None,
        })
    }

    /// Does the format show the texts themselves?
    pub fn shows_texts(self) -> bool {
        matches!(self, Self::Csv | Self::Xlsx | Self::Html)
    }

    /// Does it tell candidates apart?
    pub fn shows_candidates(self) -> bool {
        self != Self::Jsonl
    }

    /// Is it of use before its end is written?
    pub fn grows(self) -> bool {
        self == Self::Jsonl
    }
}

/// A way to write answers.
pub trait Output {
    /// The next answer, in the order of the input.
    fn answer(&mut self, answered: &Answered) -> io::Result<()>;
    /// Hand out what is written so far.
    fn idle(&mut self) -> io::Result<()> {
        Ok(())
    }
    /// There are no more.
    fn finish(self: Box<Self>, totals: &Totals) -> io::Result<()>;
}

/// The writer of a format.
pub fn open(format: Format, to: Writer, summary: Summary) -> io::Result<Box<dyn Output>> {
    Ok(match format {
        Format::Jsonl => Box::new(jsonl::Jsonl::new(to)),
        Format::Csv => Box::new(csv::Csv::new(to)?),
        Format::Xlsx => Box::new(xlsx::Xlsx::new(to)?),
        Format::Html => Box::new(html::Html::new(to)),
        Format::Markdown => Box::new(markdown::Markdown::new(to)),
        Format::Summary => Box::new(summary::Page::new(to, summary)),
    })
}
