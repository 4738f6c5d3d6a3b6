//! Explicit headings: «Ситуация:», «Задача (Task) —», «**Result**», «S —».
//!
//! Under a heading the text keeps its label until the next one, and the heading belongs to its part.

use crate::language::{Text, fold};
use crate::lexicon::Heading;
use crate::report::Label;

/// The longest heading in words, without what stands in brackets.
const LONGEST: usize = 4;

/// The label each clause gets from the heading above it, if any.
pub fn forced_labels(text: &Text, headings: &[Heading]) -> Vec<Option<Label>> {
    let mut found: Vec<(usize, Label, bool)> = Vec::new();
    for (number, sentence) in text.sentences.iter().enumerate() {
        let starts_line =
            number == 0 || text.sentences[number - 1].block != sentence.block || line_break_before(text, sentence.tokens.start);
        if let Some((label, certain)) = heading_at(text, sentence.tokens.clone(), headings, starts_line) {
            found.push((sentence.tokens.start, label, certain));
        }
    }
    let mut labels = vec![None; text.clauses.len()];
    let mut kinds: Vec<Label> = found.iter().map(|(_, label, _)| *label).collect();
    kinds.sort_unstable();
    kinds.dedup();
    // One lone «Итог:» is a turn of speech, not the plan of the answer.
    if kinds.len() < 2 {
        return labels;
    }
    for (clause, forced) in text.clauses.iter().zip(labels.iter_mut()) {
        *forced = found.iter().rev().find(|(start, _, _)| *start <= clause.tokens.start).map(|(_, label, _)| *label);
    }
    labels
}

fn line_break_before(text: &Text, token: usize) -> bool {
    let start = text.tokens[token].start;
    let before = token.checked_sub(1).map_or(0, |last| text.tokens[last].end);
    text.prose[before..start].contains('\n')
}

/// The label of a heading at the start of these tokens. It must end with a colon, a dash, a full stop in a line of its own, or its line.
fn heading_at(text: &Text, tokens: std::ops::Range<usize>, headings: &[Heading], starts_line: bool) -> Option<(Label, bool)> {
    // The words, folded, with a space between.
    let mut phrase = String::new();
    let mut words = 0;
    let mut depth = 0;
    let mut closed = None;
    for place in tokens.clone() {
        let token = &text.tokens[place];
        match token.form() {
            "(" | "[" => depth += 1,
            ")" | "]" if depth > 0 => depth -= 1,
            ")" if words == 1 => {
                closed = Some(")");
                break;
            }
            _ if depth > 0 => {}
            ":" | "—" | "–" | "-" | "." | "/" => {
                closed = Some(if matches!(token.form(), ".") { "." } else { ":" });
                break;
            }
            _ if token.is_word() => {
                if words > 0 {
                    phrase.push(' ');
                }
                phrase.push_str(&fold(token.text(text.prose)));
                words += 1;
            }
            "*" | "**" | "#" | "_" | "__" => {}
            _ => return None,
        }
        if words > LONGEST {
            return None;
        }
    }
    if words == 0 || depth > 0 {
        return None;
    }
    let label = headings.iter().find(|heading| heading.words.contains(&phrase))?.label;
    let alone = closed.is_none() || tokens.len() <= words + 4 && closed == Some(".");
    let letter = phrase.chars().count() == 1;
    let accepted = match closed {
        Some(":") => starts_line || !letter,
        Some(_) => starts_line,
        None => starts_line && alone,
    };
    accepted.then_some((label, !letter))
}
