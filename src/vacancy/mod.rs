//! A letter against a vacancy: which requirements it answers, and how. Described in `docs/vacancy.md`.
//!
//! `layout` finds what the vacancy asks, `wanted` and `asks` read it, `letter` finds the facts of a letter, `judge` puts them together.

mod asks;
mod judge;
mod layout;
mod letter;
mod lexicon;
mod model;
mod sound;
#[cfg(test)]
mod tests;
mod wanted;

use std::ops::Range;

pub use model::{Ask, Coverage, Evidence, Requirement, Status};

use crate::analysis::quantities;
use crate::document::{ByteOffset, Document};
use crate::language::WordCache;
use crate::{Analyzer, LexiconError};
use letter::Letter;
use lexicon::VacancyLexicon;

/// Compares letters with vacancies. Built once, shared by threads.
pub struct Comparer<'a> {
    analyzer: &'a Analyzer,
    lexicon: VacancyLexicon,
}

/// A vacancy that was read: compared with any number of letters.
pub struct Vacancy {
    source: Document,
    wanted: Vec<wanted::Wanted>,
    asks: Vec<asks::Demand>,
}

impl Vacancy {
    /// Does it ask for anything at all?
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty() && self.asks.is_empty()
    }
}

impl<'a> Comparer<'a> {
    /// Compile `vacancy.toml` of the analyzer's lexicons.
    ///
    /// # Errors
    /// The first mistake in the file, with its place.
    pub fn new(analyzer: &'a Analyzer) -> Result<Self, LexiconError> {
        Ok(Self { analyzer, lexicon: VacancyLexicon::compile(analyzer)? })
    }

    /// Find what a vacancy asks.
    pub fn read(&self, vacancy: &str) -> Vacancy {
        let mut cache = WordCache::default();
        let demands = layout::read(vacancy, &mut |piece| self.look(piece, &mut cache));
        let mut wanted = Vec::new();
        for range in demands.requirements {
            let document = Document::new(vacancy[range.clone()].to_string());
            let text = self.analyzer.language.read(&document, &self.lexicon.vocabulary, &mut cache);
            let quantities = quantities::extract(&text, &self.analyzer.quantities);
            wanted.push(wanted::read(range, &text, &quantities, &self.lexicon));
        }
        let source = Document::new(vacancy.to_string());
        wanted::discount(&mut wanted, &self.analyzer.language.read(&source, &self.lexicon.vocabulary, &mut cache));
        let mut asks = Vec::new();
        for range in demands.asks {
            let document = Document::new(vacancy[range.clone()].to_string());
            let text = self.analyzer.language.read(&document, &self.lexicon.vocabulary, &mut cache);
            let quantities = quantities::extract(&text, &self.analyzer.quantities);
            asks.push(asks::read(range, &text, &quantities, &self.lexicon));
        }
        Vacancy { source, wanted, asks }
    }

    /// Compare a letter with a vacancy. The cache belongs to the thread; begin with `WordCache::default()`.
    pub fn compare(&self, vacancy: &Vacancy, letter: &str, cache: &mut WordCache) -> Coverage {
        let document = Document::new(letter.to_string());
        let text = self.analyzer.language.read(&document, &self.lexicon.vocabulary, cache);
        let quantities = quantities::extract(&text, &self.analyzer.quantities);
        let letter = Letter::new(&text, quantities, &self.lexicon);
        let mut requirements = Vec::new();
        for wanted in &vacancy.wanted {
            let (status, sentences) = judge::judge(&self.lexicon, wanted, &letter);
            let place = |sentence: usize| {
                let chars = document.locate(letter.span(sentence)).chars;
                Evidence { start: chars.start.0, end: chars.end.0 }
            };
            let (text, start, end) = vacancy.place(&wanted.range);
            requirements.push(Requirement { text, start, end, status, evidence: sentences.into_iter().map(place).collect() });
        }
        let asks = vacancy.asks.iter().map(|ask| {
            let (text, start, end) = vacancy.place(&ask.range);
            Ask { text, start, end, met: asks::met(ask, &letter, &self.lexicon) }
        });
        Coverage { coverage: share(&requirements), asks: asks.collect(), requirements }
    }

    fn look(&self, piece: &str, cache: &mut WordCache) -> layout::Look {
        let document = Document::new(piece.to_string());
        let text = self.analyzer.language.read(&document, &self.lexicon.vocabulary, cache);
        let place = |tokens: Range<usize>| document.source_range(text.span(tokens));
        layout::Look {
            hits: self.lexicon.find(&text).into_iter().map(|(owner, hit)| (owner, place(hit.tokens))).collect(),
            sentences: text.sentences.iter().map(|sentence| place(sentence.tokens.clone())).collect(),
        }
    }
}

impl Vacancy {
    fn place(&self, range: &Range<usize>) -> (String, usize, usize) {
        let lines = self.source.lines();
        let text = self.source.source()[range.clone()].to_string();
        (text, lines.char_offset(ByteOffset(range.start)).0, lines.char_offset(ByteOffset(range.end)).0)
    }
}

/// A strong requirement counts whole, a weak one half.
fn share(requirements: &[Requirement]) -> f64 {
    if requirements.is_empty() {
        return 0.0;
    }
    let worth: f64 = requirements
        .iter()
        .map(|one| match one.status {
            Status::Strong => 1.0,
            Status::Weak => 0.5,
            Status::Missing => 0.0,
        })
        .sum();
    (worth / requirements.len() as f64 * 1000.0).round() / 1000.0
}

/// Compare one letter with one vacancy. For many letters keep a [`Comparer`].
///
/// # Errors
/// The first mistake in `vacancy.toml`.
pub fn compare(analyzer: &Analyzer, vacancy: &str, letter: &str) -> Result<Coverage, LexiconError> {
    let comparer = Comparer::new(analyzer)?;
    Ok(comparer.compare(&comparer.read(vacancy), letter, &mut WordCache::default()))
}
