//! The checklist of a question: which criteria the answer meets, and where it shows.

use std::collections::HashSet;
use std::ops::Range;

use super::book::compile;
use crate::language::{Subject, Text};
use crate::lexicon::{Criterion, Fact, LexiconError, Written};
use crate::pattern::{Compiler, Hit, PatternSet};
use crate::report::{Label, Level};

/// The compiled evidence of the criteria of one question or letter.
pub struct Checklist {
    set: PatternSet,
    owners: Vec<Owner>,
    /// Are there words that any answer to the question touches?
    has_topic: bool,
}

/// Whose pattern it is; the number is that of the criterion.
#[derive(Debug, Clone, Copy)]
enum Owner {
    Evidence(usize),
    Unless(usize),
    Topic,
}

/// What a checklist says of an answer.
#[derive(Default)]
pub struct Judgement {
    pub verdicts: Vec<Verdict>,
    /// Does the answer touch what was asked about?
    pub on_topic: bool,
}

/// The verdict on one criterion.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// The number of the criterion.
    pub criterion: usize,
    pub met: bool,
    /// Tokens that show it.
    pub evidence: Vec<Range<usize>>,
    pub why: String,
}

/// What the verdicts rest on besides the words.
pub struct Grounds<'a> {
    pub labels: &'a [Label],
    pub facts: &'a HashSet<Fact>,
    /// Types of findings in the text.
    pub finding_types: &'a HashSet<&'a str>,
    /// Bytes of the prose that are empty talk: what stands there is no evidence.
    pub empty_talk: &'a [Range<usize>],
    /// How much of a real deed, plan or fact stands in the answer, 0–1.
    pub substance: f64,
}

impl Checklist {
    /// Compile the evidence of criteria, and the words that any answer touches.
    ///
    /// # Errors
    /// The first mistake in a pattern, with its place.
    pub fn compile(criteria: &[Criterion], topic: &[Written], compiler: &mut Compiler) -> Result<Self, LexiconError> {
        let mut checklist = Self { set: PatternSet::default(), owners: Vec::new(), has_topic: !topic.is_empty() };
        for (number, criterion) in criteria.iter().enumerate() {
            checklist.add(&criterion.evidence, Owner::Evidence(number), compiler)?;
            checklist.add(&criterion.unless, Owner::Unless(number), compiler)?;
        }
        checklist.add(topic, Owner::Topic, compiler)?;
        Ok(checklist)
    }

    fn add(&mut self, patterns: &[Written], owner: Owner, compiler: &mut Compiler) -> Result<(), LexiconError> {
        for written in patterns {
            compile(compiler, &mut self.set, written)?;
            self.owners.push(owner);
        }
        Ok(())
    }

    /// Judge every criterion of the level.
    pub fn judge(&self, text: &Text, criteria: &[Criterion], level: Option<Level>, grounds: &Grounds) -> Judgement {
        let mut on_topic = !self.has_topic;
        let mut hits: Vec<(Vec<Hit>, Vec<Hit>)> = vec![Default::default(); criteria.len()];
        for hit in self.set.find(text) {
            match self.owners[hit.pattern] {
                Owner::Evidence(criterion) => hits[criterion].0.push(hit),
                Owner::Unless(criterion) => hits[criterion].1.push(hit),
                Owner::Topic => on_topic = true,
            }
        }
        let wanted = |criterion: &Criterion| criterion.levels.is_empty() || level.is_none_or(|level| criterion.levels.contains(&level));
        let numbered = criteria.iter().zip(hits).enumerate().filter(|(_, (criterion, _))| wanted(criterion));
        let verdicts =
            numbered.map(|(number, (criterion, (evidence, unless)))| judge(text, number, criterion, evidence, &unless, grounds)).collect();
        Judgement { verdicts, on_topic }
    }
}

fn judge(text: &Text, number: usize, criterion: &Criterion, hits: Vec<Hit>, unless: &[Hit], grounds: &Grounds) -> Verdict {
    let found = hits.len();
    let stands = |hit: &Hit| {
        let clause = text.clause_of[hit.tokens.start];
        let in_part = criterion.parts.is_empty() || criterion.parts.iter().any(|part| *part == format!("{:?}", grounds.labels[clause]));
        let cancelled = unless.iter().any(|other| text.clause_of[other.tokens.start] == clause);
        let around = text.span(text.clauses[clause].tokens.clone());
        let empty = grounds.empty_talk.iter().any(|talk| talk.start < around.end && around.start < talk.end);
        let others = criterion.own
            && text.clauses[clause].subject == Subject::Person
            && text.clauses[clause].predicate.is_some_and(|verb| hit.tokens.contains(&verb));
        !others && (criterion.negated || !hit.negated) && in_part && !cancelled && !empty
    };
    let mut evidence: Vec<Range<usize>> = Vec::new();
    for hit in hits.into_iter().filter(stands) {
        match evidence.last_mut() {
            Some(last) if hit.tokens.start < last.end => last.end = last.end.max(hit.tokens.end),
            _ => evidence.push(hit.tokens),
        }
    }
    let places: HashSet<usize> = evidence.iter().map(|tokens| text.clause_of[tokens.start]).collect();
    let shown = criterion.evidence.is_empty() || places.len() >= criterion.needs;
    let missing_facts = criterion.facts.iter().filter(|fact| !grounds.facts.contains(fact)).count();
    let facts = missing_facts == 0;
    let both = if criterion.any && !criterion.evidence.is_empty() && !criterion.facts.is_empty() { shown || facts } else { shown && facts };
    let spoiled = criterion.absent.iter().find(|kind| grounds.finding_types.contains(kind.as_str()));
    let met = both && spoiled.is_none();
    let why = if met {
        if evidence.is_empty() {
            "есть в тексте".to_string()
        } else {
            "показано делом или фактом".to_string()
        }
    } else if spoiled.is_some() {
        "мешает замечание ниже".to_string()
    } else if found > 0 && places.is_empty() {
        "слова есть, но за ними нет дела".to_string()
    } else if !facts && shown {
        "нет числа или факта".to_string()
    } else if !places.is_empty() {
        "сказано, но слишком мало".to_string()
    } else {
        "этого не видно".to_string()
    };
    Verdict { criterion: number, met, evidence, why }
}
