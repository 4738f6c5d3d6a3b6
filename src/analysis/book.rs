//! All patterns that every text is searched for: rules with their conditions, and cues. Compiled once, matched in one pass.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

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

/// Patterns with their owners. Rules share many conditions: what is written alike is compiled and searched for once.
#[derive(Default)]
struct Chapter {
    set: PatternSet,
    owners: Vec<Vec<Owner>>,
}

/// A chapter while it is compiled, with the numbers of what was written so far.
#[derive(Default)]
struct Draft<'l> {
    chapter: Chapter,
    numbers: FxHashMap<&'l str, usize>,
}

impl<'l> Draft<'l> {
    fn add(&mut self, compiler: &mut Compiler, patterns: &'l [Written], owner: Owner) -> Result<(), LexiconError> {
        let Chapter { set, owners } = &mut self.chapter;
        for written in patterns {
            match self.numbers.entry(&written.text) {
                Entry::Occupied(number) => owners[*number.get()].push(owner),
                Entry::Vacant(free) => {
                    compile(compiler, set, written)?;
                    free.insert(owners.len());
                    owners.push(vec![owner]);
                }
            }
        }
        Ok(())
    }
}

/// The patterns of rules and cues.
pub struct Book {
    phrases: Chapter,
    /// Looked for only where a rule they belong to may fire.
    conditions: Chapter,
    /// Rules with regular expressions: their conditions are always asked for.
    expressive: Vec<bool>,
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
    /// Asked for only if there are hits or the rule has regular expressions.
    pub unless: Vec<Hit>,
    pub when: Vec<Hit>,
}

impl Book {
    /// Compile the patterns of a lexicon.
    ///
    /// # Errors
    /// The first mistake in a pattern, with its place.
    pub fn compile(lexicon: &Lexicon, compiler: &mut Compiler) -> Result<Self, LexiconError> {
        let (mut phrases, mut conditions) = (Draft::default(), Draft::default());
        for (number, rule) in lexicon.rules().iter().enumerate() {
            phrases.add(compiler, &rule.written, Owner::Rule(number))?;
            conditions.add(compiler, &rule.unless, Owner::Unless(number))?;
            conditions.add(compiler, &rule.when, Owner::When(number))?;
        }
        for (number, cue) in lexicon.star.cues.iter().enumerate() {
            phrases.add(compiler, &cue.patterns, Owner::Cue(number))?;
        }
        Ok(Self {
            phrases: phrases.chapter,
            conditions: conditions.chapter,
            expressive: lexicon.rules().iter().map(|rule| !rule.regex.is_empty()).collect(),
            rules: lexicon.rules().len(),
            cues: lexicon.star.cues.len(),
        })
    }

    /// Search a text.
    pub fn search(&self, text: &Text) -> Matches {
        let mut matches = Matches { rules: vec![RuleHits::default(); self.rules], cues: vec![Vec::new(); self.cues] };
        for hit in self.phrases.set.find(text) {
            matches.add(&self.phrases, &hit);
        }
        let asked = |rule: usize| self.expressive[rule] || !matches.rules[rule].hits.is_empty();
        let wanted: Vec<bool> = self
            .conditions
            .owners
            .iter()
            .map(|owners| owners.iter().any(|owner| matches!(owner, Owner::Unless(rule) | Owner::When(rule) if asked(*rule))))
            .collect();
        for hit in self.conditions.set.find_of(text, &wanted) {
            matches.add(&self.conditions, &hit);
        }
        matches
    }
}

impl Matches {
    fn add(&mut self, chapter: &Chapter, hit: &Hit) {
        for owner in &chapter.owners[hit.pattern] {
            match *owner {
                Owner::Rule(number) => self.rules[number].hits.push(hit.clone()),
                Owner::Unless(number) => self.rules[number].unless.push(hit.clone()),
                Owner::When(number) => self.rules[number].when.push(hit.clone()),
                Owner::Cue(number) => self.cues[number].push(hit.clone()),
            }
        }
    }
}

/// Compile one pattern into a set.
///
/// # Errors
/// The mistake in it, with its place.
pub fn compile(compiler: &mut Compiler, set: &mut PatternSet, written: &Written) -> Result<(), LexiconError> {
    compiler.add(set, &written.text).map(drop).map_err(|error| LexiconError::in_pattern(&written.place, &written.text, error))
}
