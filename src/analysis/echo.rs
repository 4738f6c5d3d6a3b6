//! The wording of the question given back: «Сохранены спокойствие и профессионализм под давлением» shows nothing of either.

use std::ops::Range;

use rustc_hash::FxHashSet;
use unicode_segmentation::UnicodeSegmentation;

use super::target::Target;
use crate::language::{Clause, Features as F, Language, Subject, Text, Token, TokenKind, fold};
use crate::lexicon::{Lexicon, Question};

/// Fewer words of a clause may coincide by chance; a sentence of two that adds nothing is an echo too.
const LEAST_WORDS: usize = 3;
/// What part of a clause's words must come from one wording.
const SHARE: f64 = 0.75;

/// The words of a question and of its criteria, as stems.
pub struct Echo {
    /// Of the question and of each criterion.
    wordings: Vec<FxHashSet<Box<str>>>,
    /// Of all of them together: lists of nouns are picked from everywhere.
    all: FxHashSet<Box<str>>,
}

impl Echo {
    pub fn of(target: &Target, lexicon: &Lexicon, language: &Language) -> Self {
        let question = match target {
            Target::Question(Question { question, .. }) => Some(question.as_str()),
            _ => None,
        };
        let texts = question.into_iter().chain(target.criteria(lexicon).iter().map(|criterion| criterion.text.as_str()));
        let stem = |word: &str| language.morphology().stem(&fold(word));
        let wordings: Vec<FxHashSet<Box<str>>> = texts.map(|text| text.unicode_words().map(stem).collect()).collect();
        let all = wordings.iter().flatten().cloned().collect();
        Self { wordings, all }
    }

    /// The clauses that only give the wording back.
    pub fn clauses(&self, text: &Text) -> Vec<usize> {
        if self.wordings.is_empty() {
            return Vec::new();
        }
        let repeats = |(index, clause): (usize, &Clause)| self.repeats(text, clause).then_some(index);
        text.clauses.iter().enumerate().filter_map(repeats).collect()
    }

    /// The bytes of the prose they take.
    pub fn spans(text: &Text, clauses: &[usize]) -> Vec<Range<usize>> {
        clauses.iter().map(|index| text.span(text.clauses[*index].tokens.clone())).collect()
    }

    fn repeats(&self, text: &Text, clause: &Clause) -> bool {
        // A clause of two words is judged with its sentence: «Конфликт решён | и урок извлечён».
        let own = clause.tokens.clone();
        let sentence = text.sentences[clause.sentence].tokens.clone();
        // «Обучила кассиров» is a deed, if a short one; «Сотрудники обучены» is a claim.
        let told = matches!(clause.subject, Subject::Narrator | Subject::We)
            && clause.predicate.is_some_and(|verb| text.tokens[verb].word.is(F::PAST.with(F::PERF)));
        self.repeats_tokens(&text.tokens[own.clone()], clause.predicate.is_none(), LEAST_WORDS)
            || self.repeats_tokens(&text.tokens[sentence], false, if told { LEAST_WORDS } else { 2 })
    }

    fn repeats_tokens(&self, tokens: &[Token], nominal: bool, least: usize) -> bool {
        // A figure is the writer's own.
        if tokens.iter().any(|token| token.kind == TokenKind::Number) {
            return false;
        }
        let words: Vec<&str> = tokens.iter().filter(|token| token.has_meaning()).map(|token| &*token.word.stem).collect();
        if words.len() < least {
            return false;
        }
        let share =
            |wording: &FxHashSet<Box<str>>| words.iter().filter(|stem| wording.contains(**stem)).count() as f64 / words.len() as f64;
        self.wordings.iter().any(|wording| share(wording) >= SHARE) || nominal && share(&self.all) >= SHARE
    }
}
