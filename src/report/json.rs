//! JSON for programs. Characters that could play tricks on a terminal are written as `\u…`, which means the same to a parser.

use serde::Serialize;

use super::format::{Format, Page};

/// The report as indented JSON.
#[derive(Debug, Clone, Copy)]
pub struct Json;

impl Format for Json {
    fn render(&self, page: &Page) -> String {
        pretty(page.report)
    }
}

/// Most reports are not longer: their line is written without moving it.
const USUAL: usize = 16 << 10;

/// Indented, with a line break at the end.
pub fn pretty(value: &impl Serialize) -> String {
    finish(serde_json::to_string_pretty(value))
}

/// On one line, with a line break at the end.
pub fn line(value: &impl Serialize) -> String {
    let mut line = Vec::with_capacity(USUAL);
    let written = serde_json::to_writer(&mut line, value);
    // What the writer of JSON makes of text is text.
    finish(written.map(|()| String::from_utf8(line).unwrap_or_default()))
}

/// Values of this crate have text keys and finite numbers: writing them as JSON does not fail.
fn finish(json: serde_json::Result<String>) -> String {
    let mut json = escape(json.unwrap_or_else(|_| "null".into()));
    json.push('\n');
    json
}

/// Such characters stand only inside the strings of a JSON text.
fn escape(json: String) -> String {
    let Some(first) = first_tricky(&json) else { return json };
    let (plain, rest) = json.split_at(first);
    let mut escaped = String::with_capacity(json.len() + 64);
    escaped.push_str(plain);
    for c in rest.chars() {
        if is_tricky(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                escaped.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            escaped.push(c);
        }
    }
    escaped
}

/// Where the first of these characters stands. Only a few bytes can begin one: the rest of a report is passed over byte by byte.
fn first_tricky(json: &str) -> Option<usize> {
    let may_begin = |byte: u8| matches!(byte, 0x7F | 0xC2 | 0xD8 | 0xE2 | 0xEF | 0xF3);
    let begins = |place: &usize| json[*place..].starts_with(is_tricky);
    json.bytes().enumerate().filter(|(_, byte)| may_begin(*byte)).map(|(place, _)| place).find(begins)
}

/// DEL and C1 controls, line separators, marks of writing direction, tags.
fn is_tricky(c: char) -> bool {
    matches!(c, '\u{7F}'..='\u{9F}' | '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tricky_characters_are_escaped_and_mean_the_same() {
        let text = "а\u{1b}[2J\u{9b}\u{202e}\u{2028}б 🦔\u{e0041}";
        let json = line(&text);
        assert_eq!(json, "\"а\\u001b[2J\\u009b\\u202e\\u2028б 🦔\\udb40\\udc41\"\n");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
