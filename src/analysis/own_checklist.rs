//! A checklist of the user's own in plain text: one criterion a line, found by the stems of its words and by the concepts it names.
//!
//! A line is met where one sentence of real content speaks of most of its words, or of a concept the line calls by name:
//! «обучение команды» accepts «провела тренинг для новых кассиров».

use std::collections::HashSet;
use std::ops::Range;

use super::checklist::{Grounds, Verdict};
use crate::language::{Features as F, Text, fold};
use crate::lexicon::{Lexicon, LexiconError};
use crate::pattern::{Compiler, Hit, PatternSet};
use crate::report::Label;

/// What part of a line's words a sentence must speak of.
const SHARE: f64 = 0.6;

/// Words that say nothing of what a criterion is about.
const EMPTY: [&str; 24] = [
    "есть",
    "показать",
    "показано",
    "показан",
    "назвать",
    "названа",
    "назван",
    "названо",
    "названы",
    "описать",
    "описан",
    "описано",
    "видеть",
    "видны",
    "видно",
    "кандидат",
    "ответ",
    "пример",
    "указать",
    "указан",
    "указано",
    "упомянуть",
    "раскрыть",
    "конкретный",
];

#[derive(Clone, Copy)]
enum Owner {
    /// Line and word.
    Word(usize, usize),
    Concept(usize),
}

/// The compiled lines.
#[derive(Default)]
pub struct OwnChecklist {
    set: PatternSet,
    owners: Vec<Owner>,
    /// How many words each line has.
    words: Vec<usize>,
}

impl OwnChecklist {
    /// Compile the lines of a lexicon's own checklist.
    ///
    /// # Errors
    /// A mistake in a class that a line calls up.
    pub fn compile(lexicon: &Lexicon, compiler: &mut Compiler) -> Result<Self, LexiconError> {
        let mut own = Self::default();
        for (line, criterion) in lexicon.checklist.iter().enumerate() {
            let words: Vec<String> = content_words(&criterion.text, compiler);
            for (name, called) in &lexicon.class_names {
                if called.iter().any(|word| words.iter().any(|known| compiler.stem(known) == compiler.stem(word))) {
                    let added = compiler.add(&mut own.set, &format!("@{name}"));
                    added.map_err(|error| LexiconError::new(None, error.message, error.hint))?;
                    own.owners.push(Owner::Concept(line));
                }
            }
            for (number, word) in words.iter().enumerate() {
                if compiler.add_stem(&mut own.set, word).is_some() {
                    own.owners.push(Owner::Word(line, number));
                }
            }
            own.words.push(words.len());
        }
        Ok(own)
    }

    /// Judge every line.
    pub fn judge(&self, text: &Text, grounds: &Grounds) -> Vec<Verdict> {
        let mut concepts: Vec<Vec<Range<usize>>> = vec![Vec::new(); self.words.len()];
        let mut words: Vec<Vec<(usize, Hit)>> = vec![Vec::new(); self.words.len()];
        for hit in self.set.find(text).into_iter().filter(|hit| stands(text, hit, grounds)) {
            match self.owners[hit.pattern] {
                Owner::Concept(line) => concepts[line].push(hit.tokens),
                Owner::Word(line, word) => words[line].push((word, hit)),
            }
        }
        let lines = concepts.into_iter().zip(words).zip(&self.words).enumerate();
        lines.map(|(line, ((concepts, words), count))| verdict(text, line, concepts, &words, *count)).collect()
    }
}

fn verdict(text: &Text, line: usize, concepts: Vec<Range<usize>>, words: &[(usize, Hit)], count: usize) -> Verdict {
    let needed = ((count as f64 * SHARE).ceil() as usize).clamp(1, count.max(1));
    let sentence = |hit: &Hit| text.clauses[text.clause_of[hit.tokens.start]].sentence;
    let sentences: HashSet<usize> = words.iter().map(|(_, hit)| sentence(hit)).collect();
    let mut sentences: Vec<usize> = sentences.into_iter().collect();
    sentences.sort_unstable();
    let full = sentences.into_iter().find(|place| {
        let distinct: HashSet<usize> = words.iter().filter(|(_, hit)| sentence(hit) == *place).map(|(word, _)| *word).collect();
        distinct.len() >= needed
    });
    let (evidence, why) = match full {
        Some(place) => {
            (words.iter().filter(|(_, hit)| sentence(hit) == place).map(|(_, hit)| hit.tokens.clone()).collect(), "об этом сказано")
        }
        None if !concepts.is_empty() => (concepts, "об этом сказано другими словами"),
        None if !words.is_empty() => (Vec::new(), "сказано лишь отчасти"),
        None => (Vec::new(), "этого не видно"),
    };
    Verdict { criterion: line, met: !evidence.is_empty(), evidence, why: why.into() }
}

/// A hit counts outside of negation, empty talk and greetings.
fn stands(text: &Text, hit: &Hit, grounds: &Grounds) -> bool {
    let span = text.span(hit.tokens.clone());
    let empty = grounds.empty_talk.iter().any(|talk| talk.start <= span.start && span.end <= talk.end);
    !hit.negated && !empty && grounds.labels[text.clause_of[hit.tokens.start]] != Label::O
}

/// The words of a line that carry meaning.
fn content_words(line: &str, compiler: &Compiler) -> Vec<String> {
    use unicode_segmentation::UnicodeSegmentation;
    let carries = |word: &String| {
        let top = compiler.morphology().analyses(word).into_iter().next().map(|reading| reading.features);
        top.is_none_or(|features| features.any(F::NOUN | F::PROPN | F::ADJ | F::VERB | F::PARTICIPLE | F::NUM))
            && !EMPTY.contains(&word.as_str())
    };
    line.unicode_words().map(fold).filter(|word| word.chars().count() > 1).filter(carries).collect()
}
