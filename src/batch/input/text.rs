//! `.txt` and `.md`: several answers in one file. Front matter or a heading names the question:
//!
//! ```text
//! ---
//! question: client-conflict
//! candidate: Анна
//! ---
//! Клиент грозил уйти…
//!
//! ## Какие у вас слабые стороны?
//! Я медленно вхожу в новое дело…
//! ```
//!
//! A heading that names no question is part of the answer.

use std::io::Read;
use std::path::Path;

use otvet::document::{MAX_BYTES, decode};

use super::{Feed, Trouble, record, refused};
use crate::bank::{Bank, Meant};
use crate::batch::ask::Ask;
use crate::batch::item::Place;
use crate::batch::record::{Record, Refusal, level_of, no_level};
use crate::lint::source;

/// The largest file, in bytes; a single answer is shorter (see `otvet::LONGEST_TEXT`).
const LARGEST: u64 = MAX_BYTES as u64;

pub fn read(source: impl Read, stem: &str, place: &Place, ask: &Ask, feed: &mut dyn Feed) -> Result<(), Trouble> {
    feed.pause()?;
    let mut bytes = Vec::new();
    source.take(LARGEST + 1).read_to_end(&mut bytes).map_err(Trouble::Io)?;
    feed.passed(bytes.len() as u64);
    let decoded = decode(&bytes, ask.encoding).map_err(|error| {
        let code = if bytes.len() as u64 > LARGEST { "too-large" } else { "bad-encoding" };
        Trouble::Refused(1, Refusal::of(Some(stem.into()), code, format!("{error}; {}", error.hint())))
    })?;
    answers(&decoded.text, stem, place, ask, feed)
}

/// Word: the paragraphs, one a line, read as a text.
pub fn read_document(path: &Path, stem: &str, place: &Place, ask: &Ask, feed: &mut dyn Feed) -> Result<(), Trouble> {
    let name = place.file.as_deref().unwrap_or_default();
    let source = source::read(path, name, ask.encoding).map_err(|failure| {
        Trouble::Refused(0, Refusal::of(Some(stem.into()), "unreadable", format!("{}; {}", failure.message, failure.hint)))
    })?;
    feed.passed(std::fs::metadata(path).map_or(0, |data| data.len()));
    answers(&source.prose, stem, place, ask, feed)
}

fn answers(text: &str, stem: &str, place: &Place, ask: &Ask, feed: &mut dyn Feed) -> Result<(), Trouble> {
    let sections = sections(text, &ask.bank);
    let several = sections.len() > 1;
    for (index, section) in sections.into_iter().enumerate() {
        let id = section.id.clone().or_else(|| {
            let own = section.candidate.clone().unwrap_or_else(|| stem.to_string());
            Some(if several { format!("{own}#{}", index + 1) } else { own })
        });
        let level = match &section.level {
            Some(level) => match level_of(level) {
                Some(level) => Some(level),
                None => {
                    feed.item(refused(place, section.row, Refusal::of(id, "bad-level", no_level(level))))?;
                    continue;
                }
            },
            None => None,
        };
        let Meant { id: question_id, asked } = section.question.map(|wording| ask.bank.mean(&wording)).unwrap_or_default();
        let answer = Record {
            id,
            kind: section.kind.unwrap_or_default(),
            question_id,
            asked,
            level,
            candidate: section.candidate,
            text: section.text,
        };
        feed.item(record(place, section.row, answer.or(ask)))?;
    }
    Ok(())
}

#[derive(Debug, Clone, Default)]
struct Section {
    row: usize,
    id: Option<String>,
    question: Option<String>,
    level: Option<String>,
    kind: Option<String>,
    candidate: Option<String>,
    text: String,
}

impl Section {
    /// What the sections after this one still hold to: whose answers these are.
    fn next(&self, row: usize) -> Self {
        Self { row, level: self.level.clone(), candidate: self.candidate.clone(), ..Self::default() }
    }

    fn is_blank(&self) -> bool {
        self.text.lines().all(|line| line.trim().is_empty() || line.starts_with('#'))
    }
}

fn sections(text: &str, bank: &Bank) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut current = Section { row: 1, ..Section::default() };
    let lines: Vec<&str> = text.split('\n').collect();
    let mut at = 0;
    let mut fenced = false;
    while at < lines.len() {
        let line = lines[at].trim_end_matches('\r');
        fenced ^= line.trim_start().starts_with("```");
        let front = if fenced { None } else { front_matter(&lines[at..]) };
        if let Some((fields, length)) = front {
            let mut next = current.next(at + 1);
            close(&mut sections, current);
            for (key, value) in fields {
                let value = Some(value).filter(|value| !value.is_empty());
                match key.as_str() {
                    "id" => next.id = value,
                    "question" | "question_id" | "вопрос" => next.question = value,
                    "level" | "уровень" => next.level = value,
                    "kind" | "вид" => next.kind = value,
                    "candidate" | "кандидат" => next.candidate = value,
                    _ => {}
                }
            }
            current = next;
            at += length;
            continue;
        }
        match (!fenced).then(|| heading(line, bank)).flatten() {
            Some(question) => {
                let mut next = current.next(at + 1);
                // Front matter that names a candidate belongs to the headings below it.
                if current.is_blank() {
                    next.id = current.id.take();
                    next.kind = current.kind.take();
                }
                close(&mut sections, current);
                next.question = Some(question);
                current = next;
            }
            None => {
                current.text.push_str(lines[at]);
                current.text.push('\n');
            }
        }
        at += 1;
    }
    // An empty file is one empty answer: nothing is passed over in silence.
    if sections.is_empty() || !current.is_blank() || current.question.is_some() {
        push(&mut sections, current);
    }
    sections
}

/// A section without a word and a question is a title or an empty line.
fn close(sections: &mut Vec<Section>, section: Section) {
    if !section.is_blank() || section.question.is_some() && section.text.lines().any(|line| !line.trim().is_empty()) {
        push(sections, section);
    }
}

fn push(sections: &mut Vec<Section>, mut section: Section) {
    section.text = section.text.trim_matches(['\r', '\n', ' ', '\t']).to_string();
    sections.push(section);
}

/// The question a line names: a Markdown heading or «Вопрос: …».
fn heading(line: &str, bank: &Bank) -> Option<String> {
    let trimmed = line.trim();
    let marked = trimmed.trim_start_matches('#');
    if marked.len() < trimmed.len() && trimmed.len() - marked.len() <= 6 && marked.starts_with([' ', '\t']) {
        return bank.find(marked.trim().trim_end_matches('#').trim().trim_matches(['*', '_'])).map(|found| found.question.to_string());
    }
    let named = trimmed.strip_prefix("Вопрос").or_else(|| trimmed.strip_prefix("ВОПРОС"))?;
    let (number, wording) = named.split_once([':', '.'])?;
    (number.trim().chars().all(|c| c.is_ascii_digit() || c == '№' || c == ' ')).then(|| wording.trim().to_string())
}

/// `---`, lines «key: value», `---`: the fields and the number of lines.
fn front_matter(lines: &[&str]) -> Option<(Vec<(String, String)>, usize)> {
    if lines.first()?.trim_end() != "---" {
        return None;
    }
    let mut fields = Vec::new();
    for (index, line) in lines.iter().enumerate().skip(1).take(20) {
        let line = line.trim();
        if line == "---" {
            return (!fields.is_empty()).then_some((fields, index + 1));
        }
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (key, value) = line.split_once(':')?;
        if key.contains(' ') {
            return None;
        }
        let value = value.trim();
        let plain = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value);
        fields.push((key.trim().to_lowercase(), plain.to_string()));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::testing::Kept;
    use super::*;
    use crate::bank::tests::bank;

    fn lines(text: &str) -> Vec<String> {
        let mut kept = Kept::default();
        let ask = Ask { bank: bank(), ..Ask::default() };
        read(text.as_bytes(), "файл", &Place::default(), &ask, &mut kept).unwrap();
        kept.lines()
    }

    #[test]
    fn a_plain_file_is_one_answer() {
        assert_eq!(lines("\nЯ пересчитал кассу.\n\nИ всё.\n"), ["1 файл - Я пересчитал кассу.\n\nИ всё."]);
        assert_eq!(lines("# Ситуация\nБыло.\n---\nСтало.\n"), ["1 файл - # Ситуация\nБыло.\n---\nСтало."]);
    }

    #[test]
    fn headings_and_front_matter_name_questions() {
        let text = "---\ncandidate: Анна\n---\n# Ответы Анны\n\n## Какие у вас слабые стороны?\nРаз.\n\n## client-conflict\n### Итог\nДва.\nВопрос 3: Как дела?\nТри.";
        assert_eq!(lines(text), ["6 Анна#1 weaknesses Раз.", "9 Анна#2 client-conflict ### Итог\nДва.", "12 Анна#3 Как дела? Три."]);
        let text = "---\nid: а\nquestion: weaknesses\n---\nРаз.\n---\nid: б\n---\nДва.\n";
        assert_eq!(lines(text), ["1 а weaknesses Раз.", "6 б - Два."]);
    }

    #[test]
    fn a_question_without_an_answer_is_not_passed_over_at_the_end() {
        assert_eq!(lines("## weaknesses\n"), ["1 файл weaknesses "]);
    }
}
