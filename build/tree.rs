//! Parses TOML into what `src/lexicon/tree.rs` reads.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

#[path = "../src/lexicon/tree/tag.rs"]
mod tag;

/// What opens a string.
const QUOTE: usize = "\"".len();

/// The parsed form of a file.
///
/// # Errors
/// TOML that is written wrongly.
pub fn parse(text: &str) -> Result<Vec<u8>, Error> {
    let mut writer = Writer { text, bytes: Vec::new() };
    writer.table(DeTable::parse(text)?.get_ref());
    Ok(writer.bytes)
}

struct Writer<'t> {
    text: &'t str,
    bytes: Vec<u8>,
}

impl Writer<'_> {
    fn table(&mut self, table: &DeTable) {
        self.tagged(tag::TABLE, table.len() as u64);
        for (key, value) in table {
            self.string(key.get_ref(), key.span(), 0);
            self.value(value);
        }
    }

    fn value(&mut self, value: &Spanned<DeValue>) {
        match value.get_ref() {
            DeValue::String(string) => self.string(string, value.span(), QUOTE),
            DeValue::Integer(integer) => self.integer(i64::from_str_radix(integer.as_str(), integer.radix()).unwrap_or_default()),
            DeValue::Float(float) => {
                self.bytes.push(tag::FLOAT);
                self.bytes.extend(float.as_str().parse::<f64>().unwrap_or_default().to_le_bytes());
            }
            DeValue::Boolean(true) => self.bytes.push(tag::TRUE),
            DeValue::Boolean(false) => self.bytes.push(tag::FALSE),
            DeValue::Array(array) => {
                self.tagged(tag::ARRAY, array.len() as u64);
                array.iter().for_each(|value| self.value(value));
            }
            DeValue::Table(table) => self.table(table),
            // Nothing of the lexicons is a date.
            DeValue::Datetime(date) => self.escaped(&date.to_string(), value.span()),
        }
    }

    /// `quote` is how many bytes stand before the string itself if it is written as it reads.
    fn string(&mut self, string: &str, span: Range<usize>, quote: usize) {
        let start = span.start + quote;
        if self.text.get(start..start + string.len()) == Some(string) {
            self.tagged(tag::STRING, start as u64);
            self.number(string.len() as u64);
        } else {
            self.escaped(string, span);
        }
    }

    fn escaped(&mut self, string: &str, span: Range<usize>) {
        self.tagged(tag::ESCAPED, span.start as u64);
        self.number(span.end as u64);
        self.number(string.len() as u64);
        self.bytes.extend(string.as_bytes());
    }

    fn integer(&mut self, integer: i64) {
        self.tagged(if integer < 0 { tag::NEGATIVE } else { tag::POSITIVE }, integer.unsigned_abs());
    }

    fn tagged(&mut self, tag: u8, number: u64) {
        self.bytes.push(tag);
        self.number(number);
    }

    fn number(&mut self, mut number: u64) {
        while number > 0x7f {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }
}
