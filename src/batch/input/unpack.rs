//! Is a spreadsheet what it seems? A file of kilobytes can unpack to gigabytes, and a cell can claim to stand for millions: both are
//! found out before anything is kept in memory.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek};

use zip::ZipArchive;

use super::{Format, Trouble};

/// The largest spreadsheet that is opened, in bytes.
pub const LARGEST_FILE: u64 = 512 << 20;
/// The most it may unpack to.
const MOST_UNPACKED: u64 = 512 << 20;
/// Cells of an `.ods`, empty ones between others counted.
const MOST_CELLS: u64 = 4_000_000;

/// Unpack everything to nowhere, counting. What the archive says of its own sizes is not believed.
pub fn check(file: &File, format: Format) -> Result<(), Trouble> {
    if file.metadata().map_err(Trouble::Io)?.len() > LARGEST_FILE {
        return Err(Trouble::refused("too-large", format!("таблица больше {} МБ", LARGEST_FILE >> 20)));
    }
    let broken = |_| Trouble::refused("bad-sheet", "файл повреждён: это не таблица Excel или LibreOffice");
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(broken)?;
    let mut unpacked = 0;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(broken)?;
        let name = entry.name().map_err(broken)?.into_owned();
        let mut counted = Counted { source: entry, count: &mut unpacked };
        match (format, name.as_str()) {
            (Format::Ods, "content.xml") => cells(&mut counted)?,
            (_, name) if name.ends_with("sharedStrings.xml") => strings(&mut counted)?,
            _ => {}
        }
        io::copy(&mut counted, &mut io::sink()).map_err(refusal)?;
    }
    let mut file = file;
    file.rewind().map_err(Trouble::Io)
}

struct Counted<'a, R> {
    source: R,
    count: &'a mut u64,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        *self.count += read as u64;
        if *self.count > MOST_UNPACKED {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        Ok(read)
    }
}

fn refusal(error: io::Error) -> Trouble {
    if error.kind() == io::ErrorKind::FileTooLarge {
        return Trouble::refused("too-large", format!("таблица распаковывается больше чем в {} МБ", MOST_UNPACKED >> 20));
    }
    Trouble::refused("bad-sheet", "файл повреждён: архив не распаковывается")
}

/// The number of strings is promised at the beginning, and memory is set aside for it.
fn strings(source: &mut impl Read) -> Result<(), Trouble> {
    let mut head = Vec::new();
    source.take(4096).read_to_end(&mut head).map_err(refusal)?;
    let head = String::from_utf8_lossy(&head);
    let count = head.split("uniqueCount=").nth(1).and_then(|rest| rest.get(1..)).map(number);
    if count.is_some_and(|count| count > 20_000_000) {
        return Err(Trouble::refused("too-large", "таблица обещает слишком много строк текста"));
    }
    Ok(())
}

/// Count the cells an `.ods` stands for. Only the attributes that repeat cells and rows are looked at.
fn cells(source: &mut impl Read) -> Result<(), Trouble> {
    let mut tag = Vec::new();
    let mut in_tag = false;
    let (mut total, mut row, mut pending, mut rows) = (0_u64, 0_u64, 0_u64, 1_u64);
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = source.read(&mut buffer).map_err(refusal)?;
        if read == 0 {
            return Ok(());
        }
        for &byte in &buffer[..read] {
            match byte {
                b'<' => {
                    in_tag = true;
                    tag.clear();
                }
                b'>' if in_tag => {
                    in_tag = false;
                    let tag = String::from_utf8_lossy(&tag);
                    if tag.starts_with("table:table-row") {
                        (row, pending, rows) = (0, 0, repeats(&tag, "number-rows-repeated="));
                    } else if tag.starts_with("table:table-cell") || tag.starts_with("table:covered-table-cell") {
                        // The last cell of a row is filler as a rule: it counts once something follows, or if it holds something.
                        row = row.saturating_add(pending);
                        pending = repeats(&tag, "number-columns-repeated=");
                        if tag.contains("office:value") {
                            row = row.saturating_add(std::mem::take(&mut pending));
                        }
                    } else if tag.starts_with("/table:table-row") {
                        total = total.saturating_add(row.saturating_mul(rows));
                    }
                    if total.saturating_add(row) > MOST_CELLS {
                        return Err(Trouble::refused("too-large", format!("в таблице больше {MOST_CELLS} ячеек")));
                    }
                }
                // Text of an attribute can be long; what is looked for stands near the beginning.
                _ if in_tag && tag.len() < 2048 => tag.push(byte),
                _ => {}
            }
        }
    }
}

fn repeats(tag: &str, attribute: &str) -> u64 {
    tag.split(attribute).nth(1).and_then(|rest| rest.get(1..)).map_or(1, number)
}

fn number(text: &str) -> u64 {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filler_is_no_absurd_sheet() {
        let filler = r#"<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
        assert!(cells(&mut filler.as_bytes()).is_ok());
        let row = r#"<table:table-row><table:table-cell table:number-columns-repeated="16383"/><table:table-cell office:value-type="string"/></table:table-row>"#;
        assert!(cells(&mut row.repeat(100).as_bytes()).is_ok());
        assert!(cells(&mut row.repeat(1000).as_bytes()).is_err());
    }
}
