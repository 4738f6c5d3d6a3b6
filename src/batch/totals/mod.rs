//! What all the answers amount to: by question, competency, candidate and area. Memory grows with the number of questions and
//! candidates, not with the number of answers.

mod areas;
mod question;
mod scores;

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use otvet::report::{Report, Severity};
use otvet::{Level, Lexicon};

pub use areas::{AREAS, Area, AreaTotals, Gap, competency_name};
pub use question::{PARTS, QuestionTotals};
pub use scores::Scores;

use super::item::{Answered, Place};
use super::record::Refusal;

/// How many refusals are kept word for word.
const KEPT_REFUSALS: usize = 1000;
/// More candidates are no longer told apart.
const MOST_CANDIDATES: usize = 50_000;

/// A rule over all answers.
#[derive(Debug, Clone)]
pub struct FindingTotals {
    pub rule: String,
    pub kind: String,
    pub severity: Severity,
    pub message: String,
    /// Answers in which it fires.
    pub answers: usize,
}

/// One candidate's answers.
#[derive(Debug, Clone, Default)]
pub struct CandidateTotals {
    pub scores: Scores,
    pub level: Option<Level>,
    pub areas: BTreeMap<Area, AreaTotals>,
}

/// Everything added up.
#[derive(Debug, Default)]
pub struct Totals {
    pub answers: usize,
    pub failed: usize,
    pub refusals: Vec<(Place, Refusal)>,
    pub scores: Scores,
    /// By question id, letter kind, or nothing.
    pub questions: BTreeMap<String, QuestionTotals>,
    pub competencies: BTreeMap<String, Scores>,
    pub findings: HashMap<String, FindingTotals>,
    pub candidates: BTreeMap<String, CandidateTotals>,
    pub areas: BTreeMap<Area, AreaTotals>,
    pub ruleset: String,
    /// Are candidates told apart?
    by_candidate: bool,
    known: HashMap<String, Known>,
    pub elapsed: Duration,
}

#[derive(Debug, Clone)]
struct Known {
    title: String,
    competency: String,
}

impl Totals {
    pub fn new(lexicon: &Lexicon, by_candidate: bool) -> Self {
        let questions = lexicon
            .questions()
            .iter()
            .map(|question| (question.id.clone(), Known { title: question.question.clone(), competency: question.competency.clone() }));
        let letters =
            lexicon.letters().iter().map(|letter| (letter.id.clone(), Known { title: letter.title.clone(), competency: String::new() }));
        Self { ruleset: lexicon.ruleset().into(), by_candidate, known: questions.chain(letters).collect(), ..Self::default() }
    }

    pub fn add(&mut self, answered: &Answered) {
        match &answered.outcome {
            Ok(report) => self.report(report, answered.candidate()),
            Err(refusal) => {
                self.failed += 1;
                if self.refusals.len() < KEPT_REFUSALS {
                    self.refusals.push((answered.place.clone(), without_text(refusal)));
                }
            }
        }
    }

    /// Everything that was asked for: reports and refusals.
    pub fn records(&self) -> usize {
        self.answers + self.failed
    }

    fn report(&mut self, report: &Report, candidate: Option<&str>) {
        let score = report.score.total;
        self.answers += 1;
        self.scores.add(score);
        let key = match &report.question_id {
            Some(id) => id.as_str(),
            None if report.kind == "answer" => "",
            None => &report.kind,
        };
        let known = self.known.get(key);
        if !self.questions.contains_key(key) {
            let totals = QuestionTotals::new(key, known.map(|known| known.title.as_str()));
            self.questions.insert(key.to_string(), totals);
        }
        if let Some(totals) = self.questions.get_mut(key) {
            totals.add(report);
        }
        let competency = known.map(|known| known.competency.clone()).filter(|competency| !competency.is_empty());
        for rule in rules(report) {
            let finding = &report.findings[rule];
            match self.findings.get_mut(&finding.rule) {
                Some(totals) => totals.answers += 1,
                None => {
                    let totals = FindingTotals {
                        rule: finding.rule.clone(),
                        kind: finding.kind.clone(),
                        severity: finding.severity,
                        message: finding.message.clone(),
                        answers: 1,
                    };
                    self.findings.insert(finding.rule.clone(), totals);
                }
            }
        }
        let area = areas::of(key, competency.as_deref().unwrap_or_default());
        if let Some(competency) = competency {
            self.competencies.entry(competency).or_default().add(score);
        }
        if let Some(area) = area {
            self.areas.entry(area).or_default().add(report);
        }
        let Some(candidate) = candidate.filter(|_| self.by_candidate) else { return };
        if !self.candidates.contains_key(candidate) && self.candidates.len() >= MOST_CANDIDATES {
            return;
        }
        let totals = self.candidates.entry(candidate.to_string()).or_default();
        totals.scores.add(score);
        totals.level = totals.level.or(report.level);
        if let Some(area) = area {
            totals.areas.entry(area).or_default().add(report);
        }
    }

    /// Rules by the number of answers in which they fire, the commonest first.
    pub fn commonest(&self) -> Vec<&FindingTotals> {
        let mut findings: Vec<_> = self.findings.values().collect();
        findings.sort_by(|one, other| other.answers.cmp(&one.answers).then_with(|| one.rule.cmp(&other.rule)));
        findings
    }

    /// Questions by the number of answers, the most first.
    pub fn ranked(&self) -> Vec<&QuestionTotals> {
        let mut questions: Vec<_> = self.questions.values().collect();
        questions.sort_by(|one, other| other.scores.count().cmp(&one.scores.count()).then_with(|| one.id.cmp(&other.id)));
        questions
    }
}

/// One finding of every rule that fires, by index.
fn rules(report: &Report) -> Vec<usize> {
    let mut seen: Vec<usize> = Vec::new();
    for (index, finding) in report.findings.iter().enumerate() {
        if seen.iter().all(|known| report.findings[*known].rule != finding.rule) {
            seen.push(index);
        }
    }
    seen
}
/// Texts would fill the memory.
fn without_text(refusal: &Refusal) -> Refusal {
    let mut kept = refusal.clone();
    kept.about.text.clear();
    kept.about.text.shrink_to_fit();
    kept
}
