//! All answers to one question.

use std::collections::HashMap;

use otvet::report::{Label, Report};

use super::scores::Scores;

/// The parts of a story with the rules that say one is missing. The rules fire only where a story was asked for.
pub const PARTS: [(Label, &str); 4] = [
    (Label::S, "structure/no-situation"),
    (Label::T, "structure/no-task"),
    (Label::A, "structure/no-action"),
    (Label::R, "structure/no-result"),
];

/// A point of the checklist over all answers.
#[derive(Debug, Clone)]
pub struct CriterionTotals {
    pub id: String,
    pub text: String,
    pub judged: usize,
    pub met: usize,
}

impl CriterionTotals {
    /// The share of answers that lack it, 0–1.
    pub fn missed(&self) -> f64 {
        if self.judged == 0 { 0.0 } else { 1.0 - self.met as f64 / self.judged as f64 }
    }
}

/// All answers to one question, of one kind of letter, or without a question.
#[derive(Debug, Clone)]
pub struct QuestionTotals {
    pub id: String,
    pub title: String,
    pub scores: Scores,
    /// Answers without S, T, A, R where they were due.
    pub missing: [usize; 4],
    /// In the order of the checklist.
    pub criteria: Vec<CriterionTotals>,
    /// Answers in which a rule fires.
    pub rules: HashMap<String, usize>,
}

impl QuestionTotals {
    pub fn new(id: &str, title: Option<&str>) -> Self {
        let title = title.map_or_else(|| if id.is_empty() { "Вопрос не указан".into() } else { id.to_string() }, str::to_string);
        Self { id: id.into(), title, scores: Scores::default(), missing: [0; 4], criteria: Vec::new(), rules: HashMap::new() }
    }

    pub fn add(&mut self, report: &Report) {
        self.scores.add(report.score.total);
        for rule in super::rules(report) {
            let rule = &report.findings[rule].rule;
            if let Some(part) = PARTS.iter().position(|(_, missing)| missing == rule) {
                self.missing[part] += 1;
            }
            match self.rules.get_mut(rule) {
                Some(count) => *count += 1,
                None => {
                    self.rules.insert(rule.clone(), 1);
                }
            }
        }
        for (index, result) in report.checklist.iter().enumerate() {
            // The same checklist each time, as a rule in the same order; levels may leave points out.
            let at = match self.criteria.get(index) {
                Some(known) if known.id == result.id => Some(index),
                _ => self.criteria.iter().position(|known| known.id == result.id),
            };
            let met = usize::from(result.met);
            match at {
                Some(at) => {
                    self.criteria[at].judged += 1;
                    self.criteria[at].met += met;
                }
                None => self.criteria.push(CriterionTotals { id: result.id.clone(), text: result.text.clone(), judged: 1, met }),
            }
        }
    }

    /// Points of the checklist that are most often missed, the worst first.
    pub fn most_missed(&self) -> Vec<&CriterionTotals> {
        let mut criteria: Vec<_> = self.criteria.iter().filter(|criterion| criterion.met < criterion.judged).collect();
        criteria.sort_by(|one, other| other.missed().total_cmp(&one.missed()).then_with(|| one.id.cmp(&other.id)));
        criteria
    }

    /// The rule that fires most often, with the number of answers; rules about missing parts have their own column.
    pub fn commonest(&self) -> Option<(&str, usize)> {
        let rules = self.rules.iter().filter(|(rule, _)| PARTS.iter().all(|(_, missing)| missing != rule));
        rules.max_by(|one, other| one.1.cmp(other.1).then_with(|| other.0.cmp(one.0))).map(|(rule, count)| (rule.as_str(), *count))
    }

    /// The part missed most often, with its share of the answers.
    pub fn worst_part(&self) -> Option<(Label, f64)> {
        let (part, count) = self.missing.iter().enumerate().max_by_key(|(part, count)| (**count, usize::MAX - part))?;
        (*count > 0).then(|| (PARTS[part].0, *count as f64 / self.scores.count() as f64))
    }
}
