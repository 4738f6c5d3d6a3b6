//! The sequence model: a linear chain over clauses with named features, decoded by forward–backward.
//!
//! Score of a labelling = sum of the weights of the features of each clause for its label + the weight of each step from label to
//! label over the boundary between the clauses. Weights are natural-log odds; they are fitted by `examples/fit.rs`.

use rustc_hash::FxHashMap;

use crate::language::Boundary;
use crate::lexicon::Weights;
use crate::report::Label;

/// The labels in the order of the weights.
pub const LABELS: [Label; 5] = [Label::S, Label::T, Label::A, Label::R, Label::O];

/// The place of O among the labels.
const OTHER: usize = 4;

/// A number for each label.
pub type Scores = [f64; 5];

/// The number of a feature in the model.
pub type FeatureId = u32;

/// A clause as the model sees it.
#[derive(Debug, Clone)]
pub struct Item {
    /// Features that the model knows.
    pub features: Vec<FeatureId>,
    pub boundary: Boundary,
    /// The label that an explicit heading dictates.
    pub forced: Option<usize>,
}

/// The label of a clause with how sure the model is.
#[derive(Debug, Clone, Copy)]
pub struct Decision {
    pub label: usize,
    /// 0–1: how likely the label is.
    pub confidence: f64,
    /// 0–1: how likely the clause is any part of the story at all, not O.
    pub told: f64,
}

impl Decision {
    fn likeliest(labels: &Scores) -> Self {
        let label = argmax(labels);
        Self { label, confidence: labels[label], told: 1.0 - labels[OTHER] }
    }

    /// What is no part of the story.
    pub fn other() -> Self {
        Self { label: OTHER, confidence: 1.0, told: 0.0 }
    }
}

/// Names and weights.
#[derive(Default)]
pub struct Model {
    numbers: FxHashMap<Box<str>, FeatureId>,
    names: Vec<Box<str>>,
    pub weights: Vec<Scores>,
    pub transitions: [[Scores; 5]; Boundary::ALL.len()],
    /// While fitting, a feature not met before is added; otherwise it is dropped.
    learning: bool,
}

impl Model {
    /// The fitted model of the lexicon.
    pub fn new(table: &Weights) -> Self {
        let mut model = Self::default();
        for (name, weights) in &table.features {
            model.intern(name);
            model.weights.push(*weights);
        }
        for boundary in Boundary::ALL {
            if let Some(steps) = table.transitions.get(boundary.name()) {
                model.transitions[boundary as usize] = *steps;
            }
        }
        model
    }

    /// A model without weights that takes every feature it meets.
    pub fn learning() -> Self {
        Self { learning: true, ..Self::default() }
    }

    fn intern(&mut self, name: &str) -> FeatureId {
        let number = self.names.len() as FeatureId;
        self.names.push(name.into());
        self.numbers.insert(name.into(), number);
        number
    }

    /// The number of a feature the model knows.
    pub fn feature(&self, name: &str) -> Option<FeatureId> {
        self.numbers.get(name).copied()
    }

    /// The number of a feature, added if it is new and the model is learning.
    pub fn learn(&mut self, name: &str) -> Option<FeatureId> {
        if let Some(number) = self.feature(name) {
            return Some(number);
        }
        self.learning.then(|| {
            self.weights.push([0.0; 5]);
            self.intern(name)
        })
    }

    /// The name of a feature.
    pub fn name(&self, feature: FeatureId) -> &str {
        &self.names[feature as usize]
    }

    /// How many features there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The weights of the model as a table for the lexicon; features of no weight are left out.
    pub fn table(&self) -> Weights {
        let mut table = Weights::default();
        let round = |weight: f64| (weight * 100.0).round() / 100.0;
        for (name, weights) in self.names.iter().zip(&self.weights) {
            let rounded = weights.map(round);
            if rounded.iter().any(|weight| *weight != 0.0) {
                table.features.insert(name.to_string(), rounded);
            }
        }
        for boundary in Boundary::ALL {
            table.transitions.insert(boundary.name().to_string(), self.transitions[boundary as usize].map(|row| row.map(round)));
        }
        table
    }

    /// What the features of a clause say for each label.
    pub fn scores(&self, item: &Item) -> Scores {
        let mut scores = [0.0; 5];
        for feature in &item.features {
            for (score, weight) in scores.iter_mut().zip(&self.weights[*feature as usize]) {
                *score += weight;
            }
        }
        if let Some(label) = item.forced {
            for (other, score) in scores.iter_mut().enumerate() {
                *score = if other == label { 0.0 } else { -1e6 };
            }
        }
        scores
    }

    /// The likeliest label of each clause, all labellings of its neighbours considered: of a word it is right more often than the
    /// single best labelling of the whole, and it does not turn about when something is said far away.
    pub fn decode(&self, items: &[Item]) -> Vec<Decision> {
        if items.is_empty() {
            return Vec::new();
        }
        let scores: Vec<Scores> = items.iter().map(|item| self.scores(item)).collect();
        self.paths(items, &scores).labels().iter().map(Decision::likeliest).collect()
    }

    /// Probabilities of the labels of each clause, the probabilities of the steps into each clause (row: label before), and the log of the sum over all labellings.
    pub fn marginals(&self, items: &[Item], scores: &[Scores]) -> (Vec<Scores>, Vec<[Scores; 5]>, f64) {
        let paths = self.paths(items, scores);
        let mut pairs = vec![[[0.0; 5]; 5]; items.len()];
        for place in 1..items.len() {
            let steps = &self.transitions[items[place].boundary as usize];
            for previous in 0..5 {
                for label in 0..5 {
                    let before = paths.forward[place - 1][previous] + steps[previous][label];
                    let path = before + scores[place][label] + paths.backward[place][label];
                    pairs[place][previous][label] = (path - paths.total).exp();
                }
            }
        }
        (paths.labels(), pairs, paths.total)
    }

    /// The sums over all labellings up to each clause and from it on. There must be a clause.
    fn paths(&self, items: &[Item], scores: &[Scores]) -> Paths {
        let count = items.len();
        let mut forward = Vec::with_capacity(count);
        forward.push(scores[0]);
        for place in 1..count {
            let steps = &self.transitions[items[place].boundary as usize];
            let mut row = [0.0; 5];
            for (label, cell) in row.iter_mut().enumerate() {
                *cell = scores[place][label] + log_sum(|previous| forward[place - 1][previous] + steps[previous][label]);
            }
            forward.push(row);
        }
        let mut backward = vec![[0.0; 5]; count];
        for place in (0..count - 1).rev() {
            let steps = &self.transitions[items[place + 1].boundary as usize];
            for label in 0..5 {
                backward[place][label] = log_sum(|next| steps[label][next] + scores[place + 1][next] + backward[place + 1][next]);
            }
        }
        let total = log_sum(|label| forward[count - 1][label]);
        Paths { forward, backward, total }
    }
}

/// Log sums over the labellings of a text.
struct Paths {
    /// Up to each clause with each label, the clause itself counted.
    forward: Vec<Scores>,
    /// After each clause with each label.
    backward: Vec<Scores>,
    /// Over all labellings.
    total: f64,
}

impl Paths {
    /// The probabilities of the labels of each clause.
    fn labels(&self) -> Vec<Scores> {
        let clauses = self.forward.iter().zip(&self.backward);
        clauses.map(|(forward, backward)| std::array::from_fn(|label| (forward[label] + backward[label] - self.total).exp())).collect()
    }
}

fn argmax(scores: &Scores) -> usize {
    (0..5).fold(0, |best, label| if scores[label] > scores[best] { label } else { best })
}

fn log_sum(term: impl Fn(usize) -> f64) -> f64 {
    let terms: [f64; 5] = std::array::from_fn(term);
    let most = terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if most == f64::NEG_INFINITY { most } else { most + terms.iter().map(|term| (term - most).exp()).sum::<f64>().ln() }
}
