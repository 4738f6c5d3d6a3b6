//! JSON lines: every line that is not empty is an item.

use std::io::{BufReader, Read};

use super::lines::{Line, read_line};
use super::{Feed, LONGEST_RECORD, Trouble, refused};
use crate::batch::item::{Item, Payload, Place};
use crate::batch::record::Refusal;

pub fn read(mut source: BufReader<impl Read>, place: &Place, feed: &mut dyn Feed) -> Result<(), Trouble> {
    let mut line = Vec::new();
    let mut row = 0;
    loop {
        let read = read_line(&mut source, &mut line, LONGEST_RECORD, || feed.pause())?;
        row += 1;
        match read {
            Line::End => return Ok(()),
            Line::TooLong => {
                let refusal = Refusal::new("too-large", format!("строка длиннее {} МБ", LONGEST_RECORD >> 20));
                feed.item(refused(place, row, refusal))?;
            }
            Line::Read => {
                feed.passed(line.len() as u64 + 1);
                match content(&line, row) {
                    [] => {}
                    content => {
                        let payload = Payload::Json(content.to_vec());
                        feed.item(Item { place: Place { file: place.file.clone(), row }, payload })?;
                    }
                }
            }
        }
    }
}

/// A line without spaces around it and without the byte order mark of the file.
fn content(line: &[u8], row: usize) -> &[u8] {
    let line = if row == 1 { line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line) } else { line };
    line.trim_ascii()
}
