//! `.csv` and `.tsv`: delimiter, quoting and encoding are recognised from the beginning of the file.

use std::cell::Cell as Shared;
use std::io::{self, Cursor, Read};
use std::rc::Rc;

use ::csv::{ByteRecord, ReaderBuilder};
use otvet::document::Encoding;

use super::table::{Cell, Table};
use super::{Feed, LONGEST_RECORD, Trouble, encoding};
use crate::batch::ask::Ask;
use crate::batch::item::Place;
use crate::batch::record::Refusal;

/// So much of the file decides on its encoding and delimiter.
const SAMPLE: u64 = 1 << 18;

pub fn read(mut source: impl Read, delimiter: Option<u8>, place: &Place, ask: &Ask, feed: &mut dyn Feed) -> Result<(), Trouble> {
    feed.pause()?;
    let mut sample = Vec::new();
    source.by_ref().take(SAMPLE).read_to_end(&mut sample).map_err(Trouble::Io)?;
    if sample.trim_ascii().is_empty() {
        return Ok(());
    }
    let whole = (sample.len() as u64) < SAMPLE;
    let marked = matches!(sample.as_slice(), [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
    let encoding = match ask.encoding.filter(|_| !marked) {
        Some(encoding) => encoding,
        None => {
            encoding::recognise(&sample, whole).map_err(|error| Trouble::refused("bad-encoding", format!("{error}; {}", error.hint())))?
        }
    };
    let mut head = String::new();
    let decoded = &mut Vec::new();
    encoding::transcode(sample.as_slice(), encoding).read_to_end(decoded).map_err(Trouble::Io)?;
    head.push_str(&String::from_utf8_lossy(decoded));
    let head = head.trim_start_matches('\u{feff}');
    // Excel's own way to name the delimiter.
    let named = head.strip_prefix("sep=").and_then(|rest| rest.bytes().next());
    let delimiter = delimiter.or(named).unwrap_or_else(|| guess(head));

    let budget = Rc::new(Shared::new(0));
    let source = Guard { source: encoding::transcode(Cursor::new(sample).chain(source), encoding), budget: budget.clone() };
    let mut reader = ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(source);
    let mut table = Table::new(ask, place, None);
    let mut row = ByteRecord::new();
    let mut number = 0;
    let mut position = 0;
    loop {
        budget.set(0);
        number += 1;
        match reader.read_byte_record(&mut row) {
            Ok(false) => break,
            Ok(true) => {}
            Err(error) => return Err(broken(error, number)),
        }
        let now = reader.position().byte();
        feed.passed(now - position);
        position = now;
        if named.is_some() && number == 1 {
            continue;
        }
        table.row(number, row.iter().map(|cell| decode(cell, encoding)).collect(), feed)?;
        if table.has_given_up() {
            break;
        }
    }
    match table.complaint() {
        Some((row, refusal)) => Err(Trouble::Refused(row, refusal)),
        None => Ok(()),
    }
}

fn decode(cell: &[u8], encoding: Encoding) -> Cell {
    let cell = encoding::cell(cell, encoding).ok_or_else(|| format!("байты не читаются в кодировке {encoding}"))?;
    Ok(cell.strip_prefix('\u{feff}').map(str::to_string).unwrap_or(cell))
}

fn broken(error: ::csv::Error, row: usize) -> Trouble {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::InvalidData => {
            let message =
                format!("строка таблицы длиннее {} МБ: вероятно, не закрыта кавычка; остальное не прочитано", LONGEST_RECORD >> 20);
            Trouble::Refused(row, Refusal::new("too-large", message))
        }
        ::csv::ErrorKind::Io(error) => Trouble::Io(error),
        _ => Trouble::Refused(row, Refusal::new("bad-row", "таблица повреждена")),
    }
}

/// The delimiter that cuts the first rows into the same number of cells, most of them.
fn guess(head: &str) -> u8 {
    let columns = |delimiter: u8| {
        let mut reader = ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(head.as_bytes());
        let widths: Vec<usize> = reader.byte_records().take(20).filter_map(Result::ok).map(|row| row.len()).collect();
        let first = widths.first().copied().unwrap_or(1);
        // The last row may be cut.
        let whole = &widths[..widths.len().saturating_sub(1).max(1).min(widths.len())];
        let same = whole.iter().filter(|width| **width == first).count();
        (first > 1, same * 100 / whole.len().max(1), first)
    };
    [b';', b',', b'\t', b'|'].into_iter().rev().max_by_key(|delimiter| columns(*delimiter)).unwrap_or(b',')
}

/// Ends a record that does not end: the table's reader would take it all into memory.
struct Guard<R> {
    source: R,
    /// Bytes read since the last record.
    budget: Rc<Shared<usize>>,
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        self.budget.set(self.budget.get() + count);
        if self.budget.get() > LONGEST_RECORD {
            return Err(io::Error::from(io::ErrorKind::InvalidData));
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Kept;
    use super::*;

    fn lines(bytes: &[u8]) -> Vec<String> {
        let mut kept = Kept::default();
        if let Err(Trouble::Refused(row, refusal)) = read(bytes, None, &Place::default(), &Ask::default(), &mut kept) {
            kept.items.push(super::super::refused(&Place::default(), row, refusal));
        }
        kept.lines()
    }

    #[test]
    fn whatever_excel_saves() {
        let wanted = ["2 а - Раз; «два»,\nтри", "3 б - четыре"];
        let text = "id;Ответ\r\nа;\"Раз; «два»,\nтри\"\r\nб;четыре\r\n";
        assert_eq!(lines(text.as_bytes()), wanted);
        assert_eq!(lines(format!("\u{feff}{text}").as_bytes()), wanted);
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(text);
        assert_eq!(lines(&bytes), wanted);
        let utf_16: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(lines(&utf_16), wanted);
        assert_eq!(lines("sep=|\r\nid|Ответ\nа|да\n".as_bytes()), ["3 а - да"]);
        assert_eq!(lines("id\tОтвет\nа\tда\n".as_bytes()), ["2 а - да"]);
        assert_eq!(lines("id,Ответ\nа,\"да, но; потом\"\n".as_bytes()), ["2 а - да, но; потом"]);
        assert_eq!(lines("Ответ\nда\n".as_bytes()), ["2 - - да"]);
    }

    #[test]
    fn a_bad_row_costs_only_itself() {
        assert_eq!(lines("id,Ответ\nа,да,лишнее\nб\n,\nв,нет\n".as_bytes()), ["2 !bad-row", "3 б - ", "5 в - нет"]);
        let mut bytes = "id,Ответ\nа,да\nб,".as_bytes().to_vec();
        bytes.extend(b"\xff\xfe\nc,yes\n");
        assert_eq!(lines(&bytes), ["2 а - да", "3 !bad-cell", "4 c - yes"]);
        assert_eq!(lines("a,b\n1,2\n".as_bytes()), ["1 !no-column"]);
        assert_eq!(lines(b""), [""; 0]);
    }

    #[test]
    fn a_quote_that_is_never_closed_does_not_fill_the_memory() {
        let endless = Cursor::new("id,Ответ\nа,да\nб,\"".as_bytes().to_vec()).chain(io::repeat(b'x').take(1 << 40));
        let mut kept = Kept::default();
        let outcome = read(endless, None, &Place::default(), &Ask::default(), &mut kept);
        assert!(matches!(outcome, Err(Trouble::Refused(3, refusal)) if refusal.code == "too-large"));
        assert_eq!(kept.lines(), ["2 а - да"]);
    }
}
