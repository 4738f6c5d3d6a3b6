//! HTML: what a browser shows, a block a paragraph.

use html5gum::{DefaultEmitter, Token, Tokenizer};

use super::{Remark, Source, paragraphs};

/// What a browser does not show as text, and code.
const HIDDEN: [&[u8]; 11] =
    [b"head", b"script", b"style", b"template", b"noscript", b"title", b"code", b"svg", b"textarea", b"select", b"iframe"];

/// What stands in a line with its neighbours; everything else begins a paragraph.
const INLINE: [&[u8]; 30] = [
    b"a", b"abbr", b"acronym", b"b", b"bdi", b"bdo", b"big", b"cite", b"data", b"del", b"dfn", b"em", b"font", b"i", b"img", b"ins",
    b"kbd", b"label", b"mark", b"q", b"s", b"samp", b"small", b"span", b"strong", b"sub", b"sup", b"time", b"u", b"wbr",
];

pub fn read(html: &str) -> Source {
    let mut emitter = DefaultEmitter::<()>::default();
    emitter.naively_switch_states(true);
    let mut reading = Reading { at_head: Some(0), ..Reading::default() };
    for token in Tokenizer::new_with_emitter(html, emitter).flatten() {
        match token {
            Token::StartTag(tag) => reading.start(&tag.name, tag.self_closing),
            Token::EndTag(tag) => reading.end(&tag.name),
            Token::String(text) if reading.hidden.is_none() => reading.text(&String::from_utf8_lossy(&text)),
            Token::Comment(text) => reading.comment(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    reading.close();
    paragraphs(&reading.lines, &reading.comments)
}

#[derive(Default)]
struct Reading {
    lines: Vec<String>,
    comments: Vec<Remark>,
    /// The comments that stand at the head of this line of the file, if any, begin with this one.
    at_head: Option<usize>,
    line: String,
    /// A space is owed before the next letter.
    space: bool,
    /// The hidden element that is open, and how many of its name are open inside.
    hidden: Option<(Vec<u8>, usize)>,
    /// How many `pre` are open.
    kept: usize,
}

impl Reading {
    fn start(&mut self, name: &[u8], closed: bool) {
        if let Some((open, depth)) = &mut self.hidden {
            *depth += usize::from(open == name && !closed);
            return;
        }
        match name {
            b"br" => self.line.push('\u{2028}'),
            b"input" | b"button" => {}
            _ if HIDDEN.contains(&name) => {
                self.space = true;
                if !closed {
                    self.hidden = Some((name.to_vec(), 0));
                }
            }
            _ if INLINE.contains(&name) => {}
            _ => {
                self.close();
                if name == b"li" {
                    self.line.push_str("- ");
                }
                self.kept += usize::from(name == b"pre");
            }
        }
    }

    fn end(&mut self, name: &[u8]) {
        if let Some((open, depth)) = &mut self.hidden {
            let ends = open == name;
            // The body shows whatever the head forgot to close.
            if ends && *depth == 0 {
                self.hidden = None;
            } else if ends {
                *depth -= 1;
            }
            return;
        }
        if name != b"br" && !INLINE.contains(&name) {
            self.close();
            self.kept = self.kept.saturating_sub(usize::from(name == b"pre"));
        }
    }

    /// A comment belongs to the paragraph on its line: what it stands in or behind, or what begins behind it.
    fn comment(&mut self, body: &str) {
        let (line, column) = match self.line.chars().count() {
            0 => (self.lines.len(), usize::MAX),
            inside => (self.lines.len() + 1, inside),
        };
        self.comments.push(Remark { body: body.to_string(), line, column });
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            if self.line.is_empty() || self.line == "- " {
                if c == '\n' {
                    self.at_head = Some(self.comments.len());
                } else if !c.is_whitespace()
                    && let Some(first) = self.at_head.take()
                {
                    let number = self.lines.len() + 1;
                    self.comments[first..].iter_mut().for_each(|comment| (comment.line, comment.column) = (number, 0));
                }
            }
            match c {
                '\n' if self.kept > 0 => self.close(),
                ' ' | '\t' | '\n' | '\r' | '\u{C}' => self.space = true,
                _ => {
                    if self.space && !self.line.is_empty() && !self.line.ends_with([' ', '\u{2028}']) {
                        self.line.push(' ');
                    }
                    self.space = false;
                    self.line.push(c);
                }
            }
        }
    }

    /// End the paragraph.
    fn close(&mut self) {
        self.space = false;
        let line = std::mem::take(&mut self.line);
        let line = line.trim_end_matches('\u{2028}');
        if line.chars().any(|c| !c.is_whitespace()) && line != "- " {
            self.lines.push(line.to_string());
        }
    }
}
