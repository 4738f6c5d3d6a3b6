//! What a vacancy tells to write in the letter, and whether the letter does.

use std::ops::Range;

use super::letter::Letter;
use super::lexicon::{AskKind, Owner, VacancyLexicon};
use super::wanted::{self, Wanted};
use crate::analysis::quantities::Quantity;
use crate::language::{Text, TokenKind, fold};

/// Something to be written.
#[derive(Debug, Clone)]
pub struct Demand {
    /// Bytes of the vacancy.
    pub range: Range<usize>,
    kind: AskKind,
    /// Entries of the lexicon whose topic it is.
    topics: Vec<usize>,
    /// The words of a code, folded.
    code: Vec<String>,
    /// The code stands first.
    first: bool,
    question: Wanted,
}

/// Read one ask.
pub fn read(range: Range<usize>, text: &Text, quantities: &[Quantity], lexicon: &VacancyLexicon) -> Demand {
    let hits = lexicon.find(text);
    let mut topics: Vec<usize> =
        hits.iter().filter_map(|(owner, _)| if let Owner::Topic(number) = owner { Some(*number) } else { None }).collect();
    topics.sort_unstable();
    topics.dedup();
    let mut kind = topics.first().map_or(AskKind::Question, |number| lexicon.asks[*number]);
    let code = if kind == AskKind::CodeWord { code(text, &hits) } else { Vec::new() };
    if kind == AskKind::CodeWord && code.is_empty() {
        kind = AskKind::Question;
    }
    let lemma = |list: &[&str]| text.tokens.iter().any(|token| list.iter().any(|one| token.word.has_lemma(one)));
    let first = lemma(&["начать", "начинать", "первый", "начало", "начните"]);
    let question = wanted::read(range.clone(), text, quantities, lexicon);
    Demand { range, kind, topics, code, first, question }
}

/// The words in quotation marks, or the words after the topic.
fn code(text: &Text, hits: &[(Owner, crate::pattern::Hit)]) -> Vec<String> {
    let quoted: Vec<String> = text.tokens.iter().filter(|token| token.quoted && token.is_word()).map(|token| fold(token.form())).collect();
    if !quoted.is_empty() {
        return quoted;
    }
    let Some(end) = hits.iter().filter(|(owner, _)| matches!(owner, Owner::Topic(_))).map(|(_, hit)| hit.tokens.end).next_back() else {
        return Vec::new();
    };
    let stop = |token: &&crate::language::Token| token.is_word() || matches!(token.form(), ":" | "—" | "-" | "#");
    text.tokens[end..].iter().take_while(stop).filter(|token| token.is_word()).map(|token| fold(token.form())).take(4).collect()
}

/// Words at the beginning of a letter in which a code is first.
const BEGINNING: usize = 14;

/// Does the letter do it?
pub fn met(demand: &Demand, letter: &Letter, lexicon: &VacancyLexicon) -> bool {
    let text = letter.text;
    let named = |number: &usize| letter.hits.iter().any(|(owner, hit)| *owner == Owner::Met(*number) && !hit.negated);
    match demand.kind {
        AskKind::CodeWord => {
            let words: Vec<&str> = text.tokens.iter().filter(|token| token.is_word()).map(|token| token.form()).collect();
            let within = if demand.first { words.len().min(BEGINNING + demand.code.len()) } else { words.len() };
            words[..within]
                .windows(demand.code.len())
                .any(|window| window.iter().zip(&demand.code).all(|(one, other)| *one == other.as_str()))
        }
        AskKind::Named => {
            let link = || {
                text.tokens
                    .iter()
                    .any(|token| token.kind == TokenKind::Other || token.form().contains(".com/") || token.form().contains(".ru/"))
            };
            demand
                .topics
                .iter()
                .filter(|number| lexicon.asks[**number] == AskKind::Named)
                .all(|number| named(number) || lexicon.links[*number] && link())
        }
        AskKind::Question => answered(&demand.question, letter),
    }
}

/// A sentence or two neighbours that speak of what is asked.
fn answered(question: &Wanted, letter: &Letter) -> bool {
    let count = letter.text.sentences.len();
    let mut found = vec![0.0; count];
    for term in &question.terms {
        let mut places: Vec<usize> = letter.places(term).into_iter().map(|at| letter.sentence(at)).collect();
        places.dedup();
        for place in places {
            found[place] += term.weight;
        }
    }
    let total = question.weight().max(0.1);
    let needed = (total * 0.34).max(1.0).min(total);
    (0..count).any(|at| {
        let next = found.get(at + 1).copied().unwrap_or(0.0);
        found[at] >= needed || found[at] >= 1.0 && found[at] + next >= needed * 1.5
    })
}
