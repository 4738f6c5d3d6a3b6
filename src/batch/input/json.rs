//! A JSON array: its elements are cut out without parsing them, so that a broken element costs only itself and an endless one no memory.
//!
//! Objects that simply follow each other (as some exports write them) are read too.

use std::io::{self, BufRead, BufReader, Read};

use super::{Feed, LONGEST_RECORD, Trouble, refused};
use crate::batch::item::{Item, Payload, Place};
use crate::batch::record::Refusal;

/// Where in the array the cutter stands.
#[derive(Default)]
struct Cutter {
    element: Vec<u8>,
    /// The element is longer than the limit.
    lost: bool,
    depth: usize,
    in_string: bool,
    escaped: bool,
    row: usize,
    /// The bracket of the array was seen.
    opened: bool,
    closed: bool,
}

pub fn read(mut source: BufReader<impl Read>, place: &Place, feed: &mut dyn Feed) -> Result<(), Trouble> {
    let mut cutter = Cutter::default();
    loop {
        if source.buffer().is_empty() {
            feed.pause()?;
        }
        let chunk = match source.fill_buf() {
            Ok(chunk) => chunk,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(Trouble::Io(error)),
        };
        if chunk.is_empty() {
            break;
        }
        let used = chunk.len();
        for &byte in chunk {
            cutter.push(byte, place, feed)?;
        }
        source.consume(used);
        feed.passed(used as u64);
    }
    cutter.end(place, feed)?;
    if cutter.opened && !cutter.closed {
        return Err(Trouble::Refused(cutter.row + 1, Refusal::new("bad-json", "массив JSON оборван: нет закрывающей скобки «]»")));
    }
    Ok(())
}

impl Cutter {
    fn push(&mut self, byte: u8, place: &Place, feed: &mut dyn Feed) -> Result<(), Trouble> {
        if self.in_string {
            self.keep(byte);
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            return Ok(());
        }
        match byte {
            b'[' if !self.opened && self.row == 0 && self.blank() => self.opened = true,
            b']' if self.depth == 0 && self.opened => {
                self.end(place, feed)?;
                self.closed = true;
            }
            b',' if self.depth == 0 => self.end(place, feed)?,
            b'"' => {
                self.in_string = true;
                self.keep(byte);
            }
            b'{' | b'[' => {
                self.depth += 1;
                self.keep(byte);
            }
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                self.keep(byte);
                if self.depth == 0 && !self.opened {
                    self.end(place, feed)?;
                }
            }
            _ => self.keep(byte),
        }
        Ok(())
    }

    fn keep(&mut self, byte: u8) {
        // A byte order mark can only stand before everything.
        let mark = !self.opened && self.row == 0 && matches!(byte, 0xEF | 0xBB | 0xBF);
        if self.element.is_empty() && (mark || byte.is_ascii_whitespace()) {
            return;
        }
        if self.element.len() < LONGEST_RECORD {
            self.element.push(byte);
        } else {
            self.lost = true;
        }
    }

    fn blank(&self) -> bool {
        self.element.is_empty() && !self.lost
    }

    /// The element is over.
    fn end(&mut self, place: &Place, feed: &mut dyn Feed) -> Result<(), Trouble> {
        let element = std::mem::take(&mut self.element);
        let lost = std::mem::take(&mut self.lost);
        let content = element.trim_ascii();
        if content.is_empty() {
            return Ok(());
        }
        self.row += 1;
        let item = if lost {
            refused(place, self.row, Refusal::new("too-large", format!("элемент длиннее {} МБ", LONGEST_RECORD >> 20)))
        } else {
            Item { place: Place { file: place.file.clone(), row: self.row }, payload: Payload::Json(content.to_vec()) }
        };
        Ok(feed.item(item)?)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Kept;
    use super::*;

    fn cut(text: &str) -> (Vec<String>, bool) {
        let mut whole = None;
        for capacity in [1, 3, 64] {
            let mut kept = Kept::default();
            let outcome = read(BufReader::with_capacity(capacity, text.as_bytes()), &Place::default(), &mut kept);
            let now = (kept.lines(), outcome.is_ok());
            assert_eq!(*whole.get_or_insert_with(|| now.clone()), now);
        }
        whole.unwrap()
    }

    #[test]
    fn elements_are_cut_at_the_right_commas() {
        assert_eq!(cut(r#"[{"a": "],{\""}, {"b": [1, 2]} ]"#), (vec![r#"1 {"a": "],{\""}"#.into(), r#"2 {"b": [1, 2]}"#.into()], true));
        assert_eq!(cut("[]"), (vec![], true));
        assert_eq!(cut("\u{feff}[ 1,\n2]").0, ["1 1", "2 2"]);
        assert_eq!(cut("{\"a\": 1}\n{\"b\": 2}").0, ["1 {\"a\": 1}", "2 {\"b\": 2}"]);
        assert_eq!(cut("{\"a\": [1]}"), (vec!["1 {\"a\": [1]}".into()], true));
    }

    #[test]
    fn a_torn_array_keeps_what_is_whole() {
        assert_eq!(cut(r#"[{"a": 1}, {"b"#), (vec![r#"1 {"a": 1}"#.into(), r#"2 {"b"#.into()], false));
    }
}
