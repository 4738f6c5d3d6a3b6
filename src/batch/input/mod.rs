//! Readers: one file a format. Each hands its items to a [`Feed`], in order, and never holds more of the input than one of them.
//!
//! | format | file |
//! |---|---|
//! | JSON lines, a JSON array | `jsonl`, `json`, with `lines` |
//! | `.csv`, `.tsv` | `csv`, with `encoding` |
//! | `.xlsx`, `.ods` | `sheet`, with `unpack` |
//! | tables of any format: which column is what | `table`, with `columns` |
//! | `.txt`, `.md`, `.docx` | `text` |
//! | folders | `folder` |

mod columns;
mod csv;
mod encoding;
mod folder;
mod json;
mod jsonl;
mod lines;
mod sheet;
mod table;
mod text;
mod unpack;

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use folder::{NoInput, gather};

use super::ask::Ask;
use super::item::{Item, Payload, Place};
use super::record::{Record, Refusal};

/// The longest record that is read, in bytes: a text of the greatest length with every character escaped.
pub const LONGEST_RECORD: usize = 8 << 20;

/// Nobody wants more items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped;

/// Where items go.
pub trait Feed {
    fn item(&mut self, item: Item) -> Result<(), Stopped>;
    /// The input may make us wait: hand on what there is.
    fn pause(&mut self) -> Result<(), Stopped> {
        Ok(())
    }
    /// So many bytes of the input were read: for the progress bar.
    fn passed(&mut self, _bytes: u64) {}
    /// Something the user should know that is no error.
    fn note(&mut self, _text: String) {}
}

/// A format of inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    Jsonl,
    Json,
    Csv,
    Tsv,
    Xlsx,
    Ods,
    Txt,
    Md,
    Docx,
}

impl Format {
    /// By the extension of a name.
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_lowercase();
        Some(match extension.as_str() {
            "jsonl" | "ndjson" => Self::Jsonl,
            "json" => Self::Json,
            "csv" => Self::Csv,
            "tsv" | "tab" => Self::Tsv,
            "xlsx" | "xlsm" => Self::Xlsx,
            "ods" => Self::Ods,
            "txt" => Self::Txt,
            "md" | "markdown" => Self::Md,
            "docx" => Self::Docx,
            _ => return None,
        })
    }
}

/// An input: what it is called, where it is, how to read it.
#[derive(Debug, Clone)]
pub struct Input {
    /// None: standard input.
    pub path: Option<PathBuf>,
    pub format: Format,
    /// The beginning of ids of texts that have none: the path below the folder that was given, without its extension.
    pub stem: String,
}

impl Input {
    fn place(&self, row: usize) -> Place {
        Place { file: self.path.as_deref().map(|path| Arc::from(path.to_string_lossy())), row }
    }

    /// Bytes, where they are known.
    pub fn size(&self) -> Option<u64> {
        std::fs::metadata(self.path.as_deref()?).ok().map(|data| data.len())
    }

    /// Hand every item to `feed`. An input that cannot be read at all is one refused item.
    ///
    /// # Errors
    /// The feed wants no more.
    pub fn read(&self, ask: &Ask, feed: &mut dyn Feed) -> Result<(), Stopped> {
        let place = self.place(0);
        let outcome = match &self.path {
            Some(path) => File::open(path).map_err(Trouble::Io).and_then(|file| {
                // Opening a folder succeeds; only reading it would tell.
                if file.metadata().is_ok_and(|data| data.is_dir()) {
                    return Err(Trouble::Io(io::Error::from(io::ErrorKind::IsADirectory)));
                }
                match self.format {
                    Format::Xlsx | Format::Ods => sheet::read(file, self.format, &place, ask, feed),
                    Format::Docx => text::read_document(path, &self.stem, &place, ask, feed),
                    _ => self.stream(Box::new(file), &place, ask, feed),
                }
            }),
            None => match self.format {
                Format::Docx => Err(Trouble::refused("unreadable", "файл Word со стандартного ввода не читается: укажите его имя")),
                Format::Xlsx | Format::Ods => spool().and_then(|file| sheet::read(file, self.format, &place, ask, feed)),
                _ => self.stream(Box::new(io::stdin()), &place, ask, feed),
            },
        };
        match outcome {
            Ok(()) => Ok(()),
            Err(Trouble::Stopped) => Err(Stopped),
            Err(Trouble::Io(error)) => {
                let refusal = Refusal::new("unreadable", format!("не удалось прочитать: {}", crate::command::reason(&error)));
                feed.item(Item { place, payload: Payload::Refused(refusal) })
            }
            Err(Trouble::Refused(row, refusal)) => feed.item(Item { place: Place { row, ..place }, payload: Payload::Refused(refusal) }),
        }
    }

    fn stream(&self, source: Box<dyn Read>, place: &Place, ask: &Ask, feed: &mut dyn Feed) -> Result<(), Trouble> {
        let source = BufReader::with_capacity(1 << 16, source);
        match self.format {
            Format::Jsonl => jsonl::read(source, place, feed),
            Format::Json => json::read(source, place, feed),
            Format::Csv => csv::read(source, ask.delimiter, place, ask, feed),
            Format::Tsv => csv::read(source, Some(ask.delimiter.unwrap_or(b'\t')), place, ask, feed),
            Format::Txt | Format::Md => text::read(source, &self.stem, place, ask, feed),
            Format::Xlsx | Format::Ods | Format::Docx => Ok(()),
        }
    }
}

/// A spreadsheet needs to be read back and forth: standard input goes through a file without a name.
fn spool() -> Result<File, Trouble> {
    let mut file = tempfile::tempfile().map_err(Trouble::Io)?;
    let copied = io::copy(&mut io::stdin().lock().take(unpack::LARGEST_FILE + 1), &mut file).map_err(Trouble::Io)?;
    if copied > unpack::LARGEST_FILE {
        return Err(Trouble::refused("too-large", format!("таблица больше {} МБ", unpack::LARGEST_FILE >> 20)));
    }
    Ok(file)
}

/// Why an input broke off.
#[derive(Debug)]
pub enum Trouble {
    Stopped,
    Io(io::Error),
    /// The rest of the input, from this row on, is lost.
    Refused(usize, Refusal),
}

impl Trouble {
    fn refused(code: &'static str, message: impl Into<String>) -> Self {
        Self::Refused(0, Refusal::new(code, message))
    }
}

impl From<Stopped> for Trouble {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

fn record(place: &Place, row: usize, record: Record) -> Item {
    Item { place: Place { file: place.file.clone(), row }, payload: Payload::Record(Box::new(record)) }
}

fn refused(place: &Place, row: usize, refusal: Refusal) -> Item {
    Item { place: Place { file: place.file.clone(), row }, payload: Payload::Refused(refusal) }
}

#[cfg(test)]
pub mod testing {
    use super::*;

    /// A feed that keeps everything.
    #[derive(Default)]
    pub struct Kept {
        pub items: Vec<Item>,
        pub notes: Vec<String>,
    }

    impl Feed for Kept {
        fn item(&mut self, item: Item) -> Result<(), Stopped> {
            self.items.push(item);
            Ok(())
        }

        fn note(&mut self, text: String) {
            self.notes.push(text);
        }
    }

    impl Kept {
        /// «row id question text» of records, «row !code» of refusals.
        pub fn lines(&self) -> Vec<String> {
            let show = |item: &Item| match &item.payload {
                Payload::Json(line) => format!("{} {}", item.place.row, String::from_utf8_lossy(line)),
                Payload::Record(record) => {
                    let or = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".into());
                    format!(
                        "{} {} {} {}",
                        item.place.row,
                        or(&record.id),
                        or(&record.question_id.clone().or_else(|| record.asked.clone())),
                        record.text
                    )
                }
                Payload::Refused(refusal) => format!("{} !{}", item.place.row, refusal.code),
            };
            self.items.iter().map(show).collect()
        }
    }
}
