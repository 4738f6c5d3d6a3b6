//! Fits the weights of the sequence model to annotated answers: maximum conditional likelihood with an L2 penalty, by Adam over
//! the whole corpus at once. Nothing is drawn by chance: the same corpus gives the same weights.

use super::gold::Record;
use crate::analysis::star::model::{Item, LABELS, Model, Scores};
use crate::analyzer::{Analyzer, CheckError};
use crate::language::Boundary;
use crate::report::Label;

/// The clauses of a text with their annotated labels.
pub struct Example {
    pub items: Vec<Item>,
    /// Indices into the order S T A R O.
    pub gold: Vec<usize>,
    /// The weight of each clause: its words.
    pub words: Vec<f64>,
    /// The corpus file.
    pub file: String,
}

const STEPS: usize = 250;
const RATE: f64 = 0.06;
/// A feature seen in few clauses stays near zero: the penalty is as strong as this many clauses against it.
const PENALTY: f64 = 4.0;

/// Analyse the records; the model learns the names of their features.
///
/// # Errors
/// A record whose question or kind is not in the lexicon.
pub fn lessons(analyzer: &Analyzer, records: &[Record], model: &mut Model) -> Result<Vec<Example>, CheckError> {
    let mut reader = analyzer.reader();
    let mut examples = Vec::new();
    for record in records {
        let text = record.text();
        let lesson = reader.learn(&record.request(&text), model)?;
        let mut labelled: Vec<(usize, usize, Label)> = Vec::new();
        let mut place = 0;
        for (segment, label) in &record.segments {
            labelled.push((place, place + segment.len(), *label));
            place += segment.len();
        }
        let gold = lesson.spans.iter().map(|span| majority(&labelled, span)).collect();
        let words = lesson.spans.iter().map(|span| (text[span.clone()].split_whitespace().count().max(1) as f64).sqrt()).collect();
        examples.push(Example { items: lesson.items, gold, words, file: record.file.clone() });
    }
    Ok(examples)
}

/// The label that covers most of a clause.
fn majority(labelled: &[(usize, usize, Label)], span: &std::ops::Range<usize>) -> usize {
    let mut covered = [0usize; 5];
    for (start, end, label) in labelled {
        let shared = end.min(&span.end).saturating_sub(*start.max(&span.start));
        covered[*label as usize] += shared;
    }
    (0..LABELS.len()).fold(4, |best, label| if covered[label] > covered[best] { label } else { best })
}

/// Fit the weights of a model whose features are known.
pub fn fit(model: &mut Model, examples: &[&Example]) {
    let features = model.len();
    let mut adam = Adam::new(features * 5 + Boundary::ALL.len() * 25);
    for step in 1..=STEPS {
        let mut slope = vec![0.0; features * 5 + Boundary::ALL.len() * 25];
        for example in examples {
            add_slope(model, example, &mut slope, features);
        }
        for (weight, slope) in model.weights.iter().flatten().zip(slope.iter_mut()) {
            *slope += PENALTY * weight;
        }
        let steps = model.transitions.iter().flatten().flatten();
        for (weight, slope) in steps.zip(slope[features * 5..].iter_mut()) {
            *slope += PENALTY * weight;
        }
        let rate = RATE * (1.0 - 0.9 * step as f64 / STEPS as f64);
        let change = adam.step(&slope, step, rate);
        for (weight, change) in model.weights.iter_mut().flatten().zip(&change) {
            *weight -= change;
        }
        for (weight, change) in model.transitions.iter_mut().flatten().flatten().zip(&change[features * 5..]) {
            *weight -= change;
        }
    }
}

/// Expected minus observed, for one text.
fn add_slope(model: &Model, example: &Example, slope: &mut [f64], features: usize) {
    let items = &example.items;
    if items.is_empty() {
        return;
    }
    let scores: Vec<Scores> = items.iter().map(|item| model.scores(item)).collect();
    let (labels, pairs, _) = model.marginals(items, &scores);
    for (place, item) in items.iter().enumerate() {
        if item.forced.is_none() {
            for feature in &item.features {
                for label in 0..5 {
                    let seen = f64::from(u8::from(example.gold[place] == label));
                    slope[*feature as usize * 5 + label] += labels[place][label] - seen;
                }
            }
        }
        if place > 0 {
            let start = features * 5 + item.boundary as usize * 25;
            for before in 0..5 {
                for label in 0..5 {
                    let seen = f64::from(u8::from(example.gold[place - 1] == before && example.gold[place] == label));
                    slope[start + before * 5 + label] += pairs[place][before][label] - seen;
                }
            }
        }
    }
}

/// Adam (Kingma and Ba, 2015).
struct Adam {
    mean: Vec<f64>,
    square: Vec<f64>,
}

impl Adam {
    fn new(size: usize) -> Self {
        Self { mean: vec![0.0; size], square: vec![0.0; size] }
    }

    fn step(&mut self, slope: &[f64], step: usize, rate: f64) -> Vec<f64> {
        let (keep, keep_square) = (0.9_f64, 0.999_f64);
        let step = i32::try_from(step).unwrap_or(i32::MAX);
        let (warm, warm_square) = (1.0 - keep.powi(step), 1.0 - keep_square.powi(step));
        let cells = self.mean.iter_mut().zip(self.square.iter_mut()).zip(slope);
        cells
            .map(|((mean, square), slope)| {
                *mean = keep * *mean + (1.0 - keep) * slope;
                *square = keep_square * *square + (1.0 - keep_square) * slope * slope;
                rate * (*mean / warm) / ((*square / warm_square).sqrt() + 1e-8)
            })
            .collect()
    }
}
