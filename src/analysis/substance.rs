//! What stands behind the words of an answer: deeds, facts, figures, and what is empty talk.

use std::collections::HashSet;
use std::ops::Range;

use super::checklist::Grounds;
use super::findings::{Found, hides_agency};
use super::quantities::{self, Quantity, QuantityKind};
use super::target::Target;
use crate::language::{Clause, Features as F, Subject, Text};
use crate::lexicon::{Fact, Lexicon, QuestionKind};
use crate::report::{AnswerKind, Label, Role};

/// The weight of an answer.
pub struct Substance<'l> {
    pub facts: HashSet<Fact>,
    pub answer_kind: AnswerKind,
    /// Types of the findings that count.
    pub finding_types: HashSet<&'l str>,
    /// Number of findings of each type, in the order of first appearance.
    pub finding_counts: Vec<(&'l str, usize)>,
    /// Bytes of the prose that are empty talk.
    pub empty_talk: Vec<Range<usize>>,
    /// 0–1: how much concrete matter there is.
    pub weight: f64,
    /// Words of S, T, A, R, O.
    pub words: [usize; 5],
    /// Is the candidate's own part hidden?
    pub hides_agency: bool,
    pub steps: usize,
    /// Is there a result of which one asks how it was measured? A share or a change is, «ни одной жалобы» speaks for itself.
    pub asks_method: bool,
}

/// Words of concrete clauses at which an answer has all the substance one can ask for.
const FULL_SUBSTANCE: f64 = 55.0;

/// Cues that tell where a figure comes from.
const METHOD: [&str; 2] = ["result/measured-by", "result/source"];

/// What an answer says, clause by clause.
pub struct Said<'a> {
    pub text: &'a Text<'a>,
    pub labels: &'a [Label],
    /// 0–1, for each clause: how likely it is a part of the story.
    pub told: &'a [f64],
    pub found: &'a [Found],
    /// Names of cues and rule types hit in each clause.
    pub hits: &'a [Vec<&'a str>],
    /// Bytes of the prose that only repeat what was asked.
    pub echoes: Vec<Range<usize>>,
}

impl<'l> Substance<'l> {
    /// Weigh an answer; the quantities get their roles.
    pub fn weigh(said: Said, quantities: &mut [Quantity], target: &Target, lexicon: &'l Lexicon) -> Self {
        let Said { text, labels, told, found, hits, echoes } = said;
        let answer_kind = answer_kind(text, labels, hits, target.question_kind());
        let plan = answer_kind == AnswerKind::Plan
            || target.question_kind() == Some(QuestionKind::Situational) && answer_kind != AnswerKind::Story;
        quantities::assign_roles(quantities, text, labels, plan);
        let kind = |one: &Found| lexicon.rules()[one.rule].kind.as_str();
        let vague: Vec<Range<usize>> = found.iter().filter(|one| kind(one) == "vague").map(|one| one.span.clone()).collect();
        let agentless = found.iter().filter(|one| kind(one) == "no-agency").count();
        let hides_agency = hides_agency(text, agentless, &vague);
        let mut finding_counts: Vec<(&'l str, usize)> = Vec::new();
        for one in found.iter().filter(|one| hides_agency || kind(one) != "no-agency") {
            match finding_counts.iter_mut().find(|(name, _)| *name == kind(one)) {
                Some((_, count)) => *count += 1,
                None => finding_counts.push((kind(one), 1)),
            }
        }
        let courtesies = text.clauses.iter().zip(hits).filter(|(clause, hits)| is_courtesy(text, clause, hits));
        let courtesies = courtesies.map(|(clause, _)| text.span(clause.tokens.clone())).filter(|_| target.question_kind().is_some());
        let empty_talk: Vec<Range<usize>> = vague.into_iter().chain(echoes).chain(courtesies).collect();
        let mut words = [0; 5];
        let mut concrete = 0.0;
        for ((clause, label), told) in text.clauses.iter().zip(labels).zip(told) {
            let count = text.words(clause).count();
            words[*label as usize] += count;
            let span = text.span(clause.tokens.clone());
            let vague = empty_talk.iter().any(|talk| talk.start < span.end && span.start < talk.end);
            if !vague {
                concrete += count as f64 * told;
            }
        }
        let steps = labels.iter().zip(&text.clauses).filter(|(label, clause)| **label == Label::A && is_own_step(text, clause)).count();
        let facts = facts(text, labels, quantities, hits, steps, &words);
        Self {
            facts,
            answer_kind,
            finding_types: finding_counts.iter().map(|(kind, _)| *kind).collect(),
            finding_counts,
            empty_talk,
            weight: (concrete / FULL_SUBSTANCE).min(1.0),
            words,
            hides_agency,
            steps,
            asks_method: quantities.iter().any(|quantity| quantity.role == Role::Outcome && quantity.kind.is_relative()),
        }
    }

    /// What a checklist rests on.
    pub fn grounds<'s>(&'s self, labels: &'s [Label]) -> Grounds<'s> {
        Grounds { labels, facts: &self.facts, finding_types: &self.finding_types, empty_talk: &self.empty_talk, substance: self.weight }
    }

    /// How many findings of a type there are.
    pub fn count(&self, kind: &str) -> usize {
        self.finding_counts.iter().find(|(name, _)| *name == kind).map_or(0, |(_, count)| *count)
    }

    pub fn has(&self, fact: Fact) -> bool {
        self.facts.contains(&fact)
    }
}

/// «Спасибо за внимание!»: said to the interviewer, so no word of it is evidence. A letter is asked for its courtesies.
fn is_courtesy(text: &Text, clause: &Clause, hits: &[&str]) -> bool {
    hits.contains(&"other/greeting") && clause.predicate.is_none() && text.words(clause).count() <= 4
}

/// A clause that tells a step: a predicate (or an infinitive of a plan) with something it is done to.
fn is_own_step(text: &Text, clause: &Clause) -> bool {
    text.words(clause).count() >= 2 && !matches!(clause.subject, Subject::Thing | Subject::Reader)
}

fn facts(text: &Text, labels: &[Label], quantities: &[Quantity], hits: &[Vec<&str>], steps: usize, words: &[usize; 5]) -> HashSet<Fact> {
    let mut facts = HashSet::new();
    let mut set = |fact, holds: bool| {
        if holds {
            facts.insert(fact);
        }
    };
    // «Было 100, стало 50»: of what?
    let outcome = |quantity: &&Quantity| quantity.role == Role::Outcome && (quantity.metric.is_some() || quantity.unit.is_some());
    set(Fact::Outcome, quantities.iter().any(|quantity| outcome(&quantity)));
    let changed = quantities.iter().any(|quantity| outcome(&quantity) && quantity.kind == QuantityKind::FromTo);
    set(Fact::FromTo, changed);
    let from_to = quantities.iter().any(|quantity| quantity.kind == QuantityKind::FromTo);
    let before = quantities.iter().any(|quantity| {
        let clause = text.clause_of[quantity.tokens.start];
        labels[clause] == Label::S && quantity.role == Role::Context && !matches!(quantity.kind, QuantityKind::Date | QuantityKind::Clock)
    });
    set(Fact::Baseline, from_to || before);
    let outcomes = quantities.iter().filter(outcome).count();
    set(Fact::Compared, changed || outcomes >= 2 || outcomes == 1 && quantities.iter().any(|quantity| quantity.baseline));
    set(Fact::Money, quantities.iter().any(|quantity| quantity.kind == QuantityKind::Money));
    set(Fact::Number, quantities.iter().any(|quantity| !text.is_bare(text.clause_of[quantity.tokens.start])));
    let measured = |names: &Vec<&str>| names.iter().any(|name| METHOD.contains(name));
    set(Fact::Method, hits.iter().zip(labels).any(|(names, label)| *label != Label::O && measured(names)));
    set(Fact::OwnAction, steps >= 1);
    set(Fact::Steps, steps >= 3);
    set(Fact::Situation, words[0] > 0);
    set(Fact::Task, words[1] > 0);
    set(Fact::Result, words[3] > 0);
    let own = text.clauses.iter().any(|clause| clause.subject == Subject::Narrator);
    set(Fact::FirstPerson, own);
    facts
}

/// What kind of answer the text is.
fn answer_kind(text: &Text, labels: &[Label], hits: &[Vec<&str>], asked: Option<QuestionKind>) -> AnswerKind {
    let (mut past, mut plan, mut habit, mut own) = (0usize, 0usize, 0usize, 0usize);
    for (index, clause) in text.clauses.iter().enumerate() {
        if !matches!(clause.subject, Subject::Narrator | Subject::We) {
            continue;
        }
        let Some(predicate) = clause.predicate else { continue };
        let token = &text.tokens[predicate];
        own += 1;
        if token.resolved.has(F::CND) || token.word.is(F::FUT) {
            plan += 1;
        } else if token.word.is(F::PAST.with(F::PERF)) {
            past += 1;
        } else if token.word.is(F::PRES) && (labels[index] == Label::A || hits[index].contains(&"other/habit")) {
            habit += 1;
        }
    }
    let share = |label: Label| labels.iter().filter(|other| **other == label).count() as f64 / labels.len().max(1) as f64;
    // «При сбое открываю чат, делю смену»: asked what they would do, people tell it in the present.
    let steps = asked == Some(QuestionKind::Situational) && habit >= 2 && habit > past;
    if plan >= 2 && plan > past || steps {
        AnswerKind::Plan
    } else if past >= 2 && past >= habit || past >= 1 && share(Label::A) > 0.2 {
        AnswerKind::Story
    } else if habit >= 2 {
        AnswerKind::PseudoStory
    } else if share(Label::O) > 0.6 {
        if hits.iter().flatten().any(|name| *name == "vague") { AnswerKind::SelfDescription } else { AnswerKind::Opinion }
    } else if own == 0 && share(Label::A) > 0.3 {
        AnswerKind::Story
    } else {
        AnswerKind::Facts
    }
}
