//! All patterns that every text is searched for: rules with their conditions, and cues. Compiled once, matched in one pass.

use crate::language::Text;
use crate::lexicon::{Lexicon, LexiconError, Written};
use crate::pattern::{Compiler, Hit, PatternSet};

/// Whose pattern it is; the number is that of the rule or cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    Rule(usize),
    Unless(usize),
    When(usize),
    Cue(usize),
}

/// The patterns of rules and cues.
pub struct Book {
    set: PatternSet,
    owners: Vec<Owner>,
    rules: usize,
    cues: usize,
}

/// What was found, by rule and cue.
pub struct Matches {
    pub rules: Vec<RuleHits>,
    /// Hits of each cue.
    pub cues: Vec<Vec<Hit>>,
}

/// What was found of one rule.
#[derive(Debug, Clone, Default)]
pub struct RuleHits {
    pub hits: Vec<Hit>,
    pub unless: Vec<Hit>,
    pub when: Vec<Hit>,
}

impl Book {
    /// Compile the patterns of a lexicon.
    ///
    /// # Errors
    /// The first mistake in a pattern, with its place.
    pub fn compile(lexicon: &Lexicon, compiler: &mut Compiler) -> Result<Self, LexiconError> {
        let mut book = Self { set: PatternSet::default(), owners: Vec::new(), rules: lexicon.rules().len(), cues: lexicon.star.cues.len() };
        for (number, rule) in lexicon.rules().iter().enumerate() {
            book.add(compiler, &rule.written, Owner::Rule(number))?;
            book.add(compiler, &rule.unless, Owner::Unless(number))?;
            book.add(compiler, &rule.when, Owner::When(number))?;
        }
        for (number, cue) in lexicon.star.cues.iter().enumerate() {
            book.add(compiler, &cue.patterns, Owner::Cue(number))?;
        }
        Ok(book)
    }

    fn add(&mut self, compiler: &mut Compiler, patterns: &[Written], owner: Owner) -> Result<(), LexiconError> {
        for written in patterns {
            compile(compiler, &mut self.set, written)?;
            self.owners.push(owner);
        }
        Ok(())
    }

    /// Search a text.
    pub fn search(&self, text: &Text) -> Matches {
        let mut matches = Matches { rules: vec![RuleHits::default(); self.rules], cues: vec![Vec::new(); self.cues] };
        for hit in self.set.find(text) {
            match self.owners[hit.pattern] {
                Owner::Rule(number) => matches.rules[number].hits.push(hit),
                Owner::Unless(number) => matches.rules[number].unless.push(hit),
                Owner::When(number) => matches.rules[number].when.push(hit),
                Owner::Cue(number) => matches.cues[number].push(hit),
            }
        }
        matches
    }
}

/// Compile one pattern into a set.
///
/// # Errors
/// The mistake in it, with its place.
pub fn compile(compiler: &mut Compiler, set: &mut PatternSet, written: &Written) -> Result<(), LexiconError> {
    compiler.add(set, &written.text).map(drop).map_err(|error| LexiconError::in_pattern(&written.place, &written.text, error))
}
