//! LaTeX: what is printed as text. Each code point of the file has one in the prose: what is not printed is blank or invisible there, and
//! what is printed otherwise (`---`, `"<`, `~`) is the sign that is printed. So every place is that of the file.

mod commands;

use std::collections::HashMap;
use std::ops::Range;

use super::{Front, Source};
use crate::lint::model::Unit;
use crate::lint::suppress::{Suppressions, Syntax};
use commands::{Environment, Role};

pub use commands::comment;

/// Nothing, in the middle of a word too.
const NOTHING: char = '\u{2060}';
/// Ends a paragraph.
const BREAK: char = '\u{2029}';
/// Ends a line.
const LINE: char = '\u{2028}';

/// How far the end of an option, of a formula or of `\verb` is looked for, in code points.
const FAR: usize = 2_000;

pub fn read(text: String) -> Source {
    let chars: Vec<char> = text.chars().collect();
    let prose = Reader::new(&chars).read();
    let suppressions = Suppressions::parse(&text, Syntax::Tex);
    Source { text, prose, unit: Unit::Line, front: Front::default(), suppressions }
}

struct Reader<'t> {
    chars: &'t [char],
    out: Vec<char>,
    /// Where each group ends, by where it begins: the places of the braces.
    groups: HashMap<usize, usize>,
    /// What stands in the place of a brace that ends a group, if not nothing.
    ends: HashMap<usize, char>,
    at: usize,
}

impl<'t> Reader<'t> {
    fn new(chars: &'t [char]) -> Self {
        Self { chars, out: chars.to_vec(), groups: groups(chars), ends: HashMap::new(), at: 0 }
    }

    fn read(mut self) -> String {
        let body = body(self.chars);
        self.blank(0..body.start);
        self.head(body.start);
        self.part(body.clone());
        self.blank(body.end..self.chars.len());
        self.out.into_iter().collect()
    }

    /// Of the preamble only the signature and what is written under it: they are printed at the end of the letter.
    fn head(&mut self, end: usize) {
        let mut at = 0;
        while at < end {
            match self.chars[at] {
                '\\' => {
                    let (name, after) = self.name(at);
                    let group = self.group(after).filter(|group| group.end <= end && commands::is_signature(&name));
                    if let Some(group) = group {
                        self.out[group.clone()].copy_from_slice(&self.chars[group.clone()]);
                        self.out[at] = BREAK;
                        self.ends.insert(group.end - 1, BREAK);
                        self.part(group.clone());
                        at = group.end;
                    } else {
                        at = after.max(at + 1);
                    }
                }
                '%' => at = self.line_end(at),
                _ => at += 1,
            }
        }
    }

    /// Read what is printed.
    fn part(&mut self, part: Range<usize>) {
        self.at = part.start;
        while self.at < part.end {
            let at = self.at;
            match self.chars[at] {
                '\\' => self.command(),
                '%' => self.comment(),
                '$' => self.formula(),
                '{' => self.put(&[NOTHING]),
                '}' => {
                    let next = if self.next(at + 1) == Some('{') { BREAK } else { NOTHING };
                    self.put(&[self.ends.get(&at).copied().unwrap_or(next)]);
                }
                '~' => self.put(&['\u{A0}']),
                '&' => self.put(&[BREAK]),
                '-' => self.dash(0),
                '"' => self.shorthand(),
                '<' if self.next(at + 1) == Some('<') => self.put(&['«', NOTHING]),
                '>' if self.next(at + 1) == Some('>') => self.put(&['»', NOTHING]),
                '`' if self.next(at + 1) == Some('`') => self.put(&['“', NOTHING]),
                '\'' if self.next(at + 1) == Some('\'') => self.put(&['”', NOTHING]),
                ',' if self.next(at + 1) == Some(',') => self.put(&['„', NOTHING]),
                _ => self.at += 1,
            }
        }
    }

    fn next(&self, at: usize) -> Option<char> {
        self.chars.get(at).copied()
    }

    /// These signs stand here in the prose; go on behind them.
    fn put(&mut self, signs: &[char]) {
        for sign in signs {
            if let Some(place) = self.out.get_mut(self.at) {
                *place = *sign;
            }
            self.at += 1;
        }
    }

    /// Blanks, but for the ends of lines.
    fn blank(&mut self, part: Range<usize>) {
        self.fill(part, ' ');
    }

    fn fill(&mut self, part: Range<usize>, sign: char) {
        for place in self.out.get_mut(part).into_iter().flatten() {
            if !matches!(*place, '\n' | '\r') {
                *place = sign;
            }
        }
    }

    fn line_end(&self, at: usize) -> usize {
        self.chars[at..].iter().position(|c| *c == '\n').map_or(self.chars.len(), |found| at + found)
    }

    /// A comment; a line that is nothing else does not end a paragraph.
    fn comment(&mut self) {
        let (at, end) = (self.at, self.line_end(self.at));
        self.blank(at..end);
        let alone = self.chars[..at].iter().rev().find(|c| !matches!(c, ' ' | '\t')).is_none_or(|c| *c == '\n');
        let goes_on = self.chars[(end + 1).min(self.chars.len())..].iter().find(|c| !matches!(c, ' ' | '\t' | '\r'));
        if alone && goes_on.is_some_and(|c| *c != '\n') {
            self.out[end] = ' ';
        }
        self.at = end;
    }

    /// Two or three hyphens, after `skip` other signs.
    fn dash(&mut self, skip: usize) {
        let run = self.chars[self.at + skip..].iter().take(4).take_while(|c| **c == '-').count();
        let sign = match run {
            2 => '–',
            3 => '—',
            _ => return self.at += skip + run.max(1),
        };
        let mut signs = vec![NOTHING; skip + run];
        signs[0] = sign;
        self.put(&signs);
    }

    /// The shorthands of babel: «"<», «"---», «"=»…
    fn shorthand(&mut self) {
        match self.next(self.at + 1) {
            Some('<') => self.put(&['«', NOTHING]),
            Some('>') => self.put(&['»', NOTHING]),
            Some('`') => self.put(&['„', NOTHING]),
            Some('\'') => self.put(&['“', NOTHING]),
            Some('=' | '~') => self.put(&['-', NOTHING]),
            Some('-') if self.next(self.at + 2) == Some('-') => self.dash(1),
            Some('-' | '|' | '"') => self.put(&[NOTHING, NOTHING]),
            _ => self.at += 1,
        }
    }

    /// A formula; one that is only a number is read.
    fn formula(&mut self) {
        let at = self.at;
        let width = if self.next(at + 1) == Some('$') { 2 } else { 1 };
        let start = at + width;
        let Some(end) = self.find_dollar(start) else { return self.at += width };
        let inner = &self.chars[start..end];
        let number = inner.iter().enumerate().all(|(n, c)| {
            let sign = c.is_ascii_digit() || " .,+-%~\\".contains(*c);
            sign && !(*c == '\\' && inner.get(n + 1).is_some_and(|next| next.is_alphabetic()))
        });
        let past = (end + width).min(self.chars.len());
        if number {
            self.fill(at..start, NOTHING);
            self.fill(end..past, NOTHING);
            self.part(start..end);
        } else {
            self.blank(at..past);
        }
        self.at = past;
    }

    /// The next dollar of this paragraph.
    fn find_dollar(&self, start: usize) -> Option<usize> {
        let mut blank = false;
        for at in start..self.chars.len().min(start + FAR) {
            match self.chars[at] {
                '$' if self.chars[at - 1] != '\\' => return Some(at),
                '\n' if blank => return None,
                '\n' => blank = true,
                c => blank &= c.is_whitespace(),
            }
        }
        None
    }

    /// The name of the command at a backslash, and where it ends. Signs that are no letters are names of one sign.
    fn name(&self, at: usize) -> (String, usize) {
        let Some(first) = self.next(at + 1) else { return (String::new(), at + 1) };
        if !first.is_alphabetic() {
            return (first.to_string(), at + 2);
        }
        let ascii = first.is_ascii();
        let length = self.chars[at + 1..].iter().take(FAR).take_while(|c| c.is_alphabetic() && c.is_ascii() == ascii).count();
        let end = at + 1 + length;
        (self.chars[at + 1..end].iter().collect(), end)
    }

    /// The group that begins here, spaces before it aside: with its braces.
    fn group(&self, at: usize) -> Option<Range<usize>> {
        let start = at + self.chars.get(at..)?.iter().take(FAR).take_while(|c| matches!(c, ' ' | '\t')).count();
        Some(start..self.groups.get(&start)? + 1)
    }

    /// The option that begins right here.
    fn option(&self, at: usize) -> Option<Range<usize>> {
        if self.next(at) != Some('[') {
            return None;
        }
        let mut end = at + 1;
        while end < self.chars.len().min(at + FAR) {
            match self.chars[end] {
                ']' => return Some(at..end + 1),
                '{' => end = self.groups.get(&end).map_or(end, |group| *group) + 1,
                '\n' if self.next(end + 1) == Some('\n') => return None,
                _ => end += 1,
            }
        }
        None
    }

    fn command(&mut self) {
        let at = self.at;
        let (name, mut end) = self.name(at);
        if !name.starts_with(char::is_alphabetic) {
            return self.sign(name.chars().next());
        }
        if let Some(sign) = commands::symbol(&name) {
            self.fill(at..end, NOTHING);
            self.out[at] = sign;
            return self.at = end;
        }
        if commands::is_word(&name) {
            self.out[at] = NOTHING;
            return self.at = end;
        }
        if self.next(end) == Some('*') {
            end += 1;
        }
        match name.as_str() {
            "begin" | "end" => return self.environment(&name, end),
            "verb" | "lstinline" => return self.verbatim(end),
            "item" => {
                self.fill(at..end, NOTHING);
                // However it stands in its line, a point begins one.
                self.out[at] = LINE;
                self.out[end - 2] = '•';
                self.out[end - 1] = ' ';
                if let Some(label) = self.option(end) {
                    self.out[label.start] = ' ';
                    self.out[label.end - 1] = ' ';
                } else if self.next(end) == Some('\n') && self.next(end + 1).is_some_and(|c| c != '\n') {
                    self.out[end] = ' ';
                }
                return self.at = end;
            }
            _ => {}
        }
        let role = commands::role(&name);
        self.fill(at..end, NOTHING);
        while let Some(option) = self.option(end) {
            self.blank(option.clone());
            end = option.end;
        }
        for _ in 0..role.skipped() {
            let Some(group) = self.group(end) else { break };
            self.blank(end..group.end);
            end = group.end;
            while let Some(option) = self.option(end) {
                self.blank(option.clone());
                end = option.end;
            }
        }
        match role {
            Role::Heading => {
                self.out[at] = BREAK;
                if let Some(group) = self.group(end) {
                    self.blank(end..group.start);
                    self.out[group.start - 1] = '#';
                    self.out[group.start] = ' ';
                    self.ends.insert(group.end - 1, BREAK);
                    end = group.start + 1;
                }
            }
            Role::Block => {
                self.out[at] = BREAK;
                if let Some(group) = self.group(end) {
                    self.ends.insert(group.end - 1, BREAK);
                }
            }
            Role::Inline(_) => {}
            Role::Other(_) => self.out[at] = ' ',
        }
        self.at = end;
    }

    /// A command of one sign.
    fn sign(&mut self, sign: Option<char>) {
        match sign {
            Some(sign @ ('%' | '&' | '_' | '#' | '$' | '{' | '}')) => self.put(&[NOTHING, sign]),
            Some(',' | ';' | ':' | ' ' | '>') => self.put(&[' ', NOTHING]),
            Some('\n' | '\r') | None => self.put(&[' ']),
            Some('\\') => {
                self.put(&[LINE, NOTHING]);
                let start = self.at;
                let star = usize::from(self.next(start) == Some('*'));
                let end = self.option(start + star).map_or(start + star, |option| option.end);
                self.blank(start..end);
                self.at = end;
            }
            Some('(') => self.math(')'),
            Some('[') => self.math(']'),
            Some(_) => self.put(&[NOTHING, NOTHING]),
        }
    }

    /// A formula between `\(` and `\)`.
    fn math(&mut self, close: char) {
        let (at, start) = (self.at, self.at + 2);
        let far = self.chars.len().min(start + FAR);
        let end = (start..far).find(|end| self.chars[*end] == '\\' && self.next(end + 1) == Some(close)).map_or(start, |end| end + 2);
        self.blank(at..end);
        self.at = end;
    }

    /// `\verb|…|`: code.
    fn verbatim(&mut self, end: usize) {
        let end = self.option(end).map_or(end, |option| option.end);
        let close = match self.next(end) {
            Some('{') => Some('}'),
            sign => sign.filter(|sign| !sign.is_whitespace()),
        };
        let line = self.chars.get(end + 1..).unwrap_or_default().iter().take(FAR).take_while(|c| **c != '\n');
        let length = close.and_then(|close| line.into_iter().position(|c| *c == close));
        let end = length.map_or(end, |length| end + length + 2);
        self.blank(self.at..end);
        self.at = end;
    }

    fn environment(&mut self, command: &str, end: usize) {
        let at = self.at;
        let Some(group) = self.group(end) else {
            self.fill(at..end, NOTHING);
            return self.at = end;
        };
        let name: String = self.chars[group.start + 1..group.end - 1].iter().take(FAR).collect();
        let mut end = group.end;
        match commands::environment(&name) {
            Environment::Hidden if command == "begin" => end = self.end_of(&name, end),
            Environment::Arguments if command == "begin" => {
                while let Some(argument) = self.option(end).or_else(|| self.group(end)) {
                    end = argument.end;
                }
            }
            _ if command == "begin" => end = self.option(end).map_or(end, |option| option.end),
            _ => {}
        }
        self.blank(at..end);
        self.out[at] = BREAK;
        self.at = end;
    }

    /// Where what is no prose ends; where it never does, all that follows is none.
    fn end_of(&self, name: &str, start: usize) -> usize {
        let close: Vec<char> = format!("\\end{{{name}}}").chars().collect();
        let found = self.chars[start..].windows(close.len()).position(|window| window == close);
        found.map_or(self.chars.len(), |found| start + found + close.len())
    }
}

/// What stands between `\begin{document}` and `\end{document}`; without them, all of it: a part of a document.
fn body(chars: &[char]) -> Range<usize> {
    let find = |wanted: &str, from: usize| {
        let wanted: Vec<char> = wanted.chars().collect();
        let found =
            (from..chars.len()).filter(|at| chars[*at] == '\\' && chars[*at..].starts_with(&wanted)).find(|at| !is_commented(chars, *at));
        found.map(|start| start..start + wanted.len())
    };
    let start = find("\\begin{document}", 0).map_or(0, |found| found.end);
    let end = find("\\end{document}", start).map_or(chars.len(), |found| found.start);
    start..end
}

/// Does a comment of this line begin before this place?
fn is_commented(chars: &[char], at: usize) -> bool {
    let start = chars[..at].iter().rposition(|c| *c == '\n').map_or(0, |end| end + 1);
    let mut escaped = false;
    chars[start..at].iter().any(|c| {
        let begins = *c == '%' && !escaped;
        escaped = *c == '\\' && !escaped;
        begins
    })
}

/// The pairs of braces.
fn groups(chars: &[char]) -> HashMap<usize, usize> {
    let (mut open, mut pairs) = (Vec::new(), HashMap::new());
    let mut at = 0;
    while let Some(c) = chars.get(at) {
        match c {
            '\\' => at += 1,
            '%' => at = chars[at..].iter().position(|c| *c == '\n').map_or(chars.len(), |found| at + found),
            '{' => open.push(at),
            '}' => {
                if let Some(start) = open.pop() {
                    pairs.insert(start, at);
                }
            }
            _ => {}
        }
        at += 1;
    }
    pairs
}

#[cfg(test)]
mod tests;
