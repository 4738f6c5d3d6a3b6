//! The analysed text that every analysis reads.

use std::ops::Range;

use super::clauses::{Boundary, Clause};
use super::token::{Token, TokenKind};
use crate::pattern::LiteralId;

/// A sentence: its tokens and the block of the layout it stands in.
#[derive(Debug, Clone)]
pub struct Sentence {
    pub tokens: Range<usize>,
    /// The number of the block: paragraph, heading or list item.
    pub block: usize,
}

/// A word as patterns see it: punctuation has become a property of the border before it.
#[derive(Debug, Clone, Copy)]
pub struct Unit {
    /// The token.
    pub token: usize,
    /// Nothing but quotation marks, brackets or dashes stands between this word and the one before.
    pub adjacent: bool,
    /// A comma, semicolon, colon or dash stands before.
    pub pause: bool,
    /// The clause of the word before goes on.
    pub same_clause: bool,
    /// The sentence of the word before goes on.
    pub same_sentence: bool,
    /// The first word of a clause.
    pub clause_start: bool,
    /// Where the keys of the word stand among those of the text (see [`Text::keys`]).
    keys: (u32, u32),
}

/// Prose with its tokens, sentences and clauses. All ranges of sentences and clauses are of tokens.
#[derive(Debug)]
pub struct Text<'t> {
    /// The prose; tokens are byte ranges of it.
    pub prose: &'t str,
    pub tokens: Vec<Token>,
    pub sentences: Vec<Sentence>,
    /// In order; they cover every token.
    pub clauses: Vec<Clause>,
    /// The words, for patterns.
    pub units: Vec<Unit>,
    /// What patterns may call the words, word by word: beside one another, as a search reads them again and again.
    keys: Vec<LiteralId>,
    /// The clause of each token.
    pub clause_of: Vec<usize>,
    /// For each sentence: has it no word of meaning?
    bare: Vec<bool>,
}

impl<'t> Text<'t> {
    pub(super) fn new(prose: &'t str, tokens: Vec<Token>, sentences: Vec<Sentence>, clauses: Vec<Clause>) -> Self {
        let mut clause_of = vec![0; tokens.len()];
        for (number, clause) in clauses.iter().enumerate() {
            clause_of[clause.tokens.clone()].fill(number);
        }
        let (units, keys) = units(&tokens, &clauses, &clause_of);
        let bare = sentences.iter().map(|sentence| !tokens[sentence.tokens.clone()].iter().any(Token::has_meaning)).collect();
        Self { prose, tokens, sentences, clauses, units, keys, clause_of, bare }
    }

    /// What patterns may call a word: sorted.
    #[inline]
    pub fn keys(&self, unit: &Unit) -> &[LiteralId] {
        self.keys.get(unit.keys.0 as usize..unit.keys.1 as usize).unwrap_or_default()
    }

    /// The words of a clause, without punctuation.
    pub fn words(&self, clause: &Clause) -> impl Iterator<Item = &Token> {
        self.tokens[clause.tokens.clone()].iter().filter(|token| token.is_word())
    }

    /// The bytes of the prose from the first of these tokens to the last.
    pub fn span(&self, tokens: Range<usize>) -> Range<usize> {
        match (self.tokens.get(tokens.start), tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) if first.start <= last.end => first.start..last.end,
            _ => 0..0,
        }
    }

    /// The letters of these tokens as written.
    pub fn slice(&self, tokens: Range<usize>) -> &'t str {
        &self.prose[self.span(tokens)]
    }

    /// The tokens of the sentence of this clause.
    pub fn sentence_of(&self, clause: usize) -> Range<usize> {
        self.clauses.get(clause).and_then(|clause| self.sentences.get(clause.sentence)).map_or(0..0, |sentence| sentence.tokens.clone())
    }

    /// Does the sentence of this clause hold no word of meaning? A number there says nothing: «12, 45, 78 %».
    pub fn is_bare(&self, clause: usize) -> bool {
        self.clauses.get(clause).and_then(|clause| self.bare.get(clause.sentence)).copied().unwrap_or_default()
    }

    /// How many words the text has.
    pub fn word_count(&self) -> usize {
        self.tokens.iter().filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Number)).count()
    }
}

fn units(tokens: &[Token], clauses: &[Clause], clause_of: &[usize]) -> (Vec<Unit>, Vec<LiteralId>) {
    let mut units = Vec::with_capacity(tokens.len());
    let mut keys: Vec<LiteralId> = Vec::with_capacity(tokens.len() * 4);
    let mut before: Option<usize> = None;
    let (mut plain, mut pause) = (true, false);
    for (place, token) in tokens.iter().enumerate() {
        if !token.is_word() {
            plain &= token.is_transparent();
            pause |= token.is_pause();
            continue;
        }
        let clause = clause_of[place];
        let same_clause = before.is_some_and(|last| clause_of[last] == clause);
        let same_sentence = before.is_some_and(|last| clauses[clause_of[last]].sentence == clauses[clause].sentence);
        // A clause that begins without punctuation («пришла и ушла») is open to a phrase that runs across, not to a gap.
        let open = same_clause || matches!(clauses[clause].boundary, Boundary::And | Boundary::Run);
        let first = keys.len() as u32;
        keys.extend_from_slice(&token.word.keys);
        units.push(Unit {
            token: place,
            adjacent: same_sentence && plain && open,
            pause: same_sentence && pause,
            same_clause,
            same_sentence,
            clause_start: !same_clause,
            keys: (first, keys.len() as u32),
        });
        before = Some(place);
        (plain, pause) = (true, false);
    }
    (units, keys)
}
