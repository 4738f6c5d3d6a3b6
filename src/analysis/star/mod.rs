//! Situation, Task, Action, Result, Other: a label for every clause, the likeliest among its neighbours.

mod features;
mod headings;
pub mod model;

pub use features::Context;
pub use model::{Decision, Item, LABELS, Model};

use crate::analysis::book::Matches;
use crate::language::Text;
use crate::lexicon::Lexicon;
use crate::report::Label;

/// The clauses of a text as the model sees them.
pub fn items(context: &Context, lexicon: &Lexicon, number: impl FnMut(&str) -> Option<model::FeatureId>) -> Vec<Item> {
    let forced = headings::forced_labels(context.text, &lexicon.star.headings);
    let features = features::collect(context, number);
    let clauses = context.text.clauses.iter().zip(forced).zip(features);
    clauses
        .map(|((clause, forced), features)| Item {
            features,
            boundary: clause.boundary,
            forced: forced.and_then(|label| LABELS.iter().position(|known| *known == label)),
        })
        .collect()
}

/// The names of cues and of rule types hit in each clause.
pub fn clause_hits<'l>(text: &Text, matches: &Matches, lexicon: &'l Lexicon) -> Vec<Vec<&'l str>> {
    let mut hits: Vec<Vec<&str>> = vec![Vec::new(); text.clauses.len()];
    let mut add = |token: usize, name: &'l str| {
        let names = &mut hits[text.clause_of[token]];
        if !names.contains(&name) {
            names.push(name);
        }
    };
    for (cue, found) in lexicon.star.cues.iter().zip(&matches.cues) {
        for hit in found.iter().filter(|hit| !hit.negated || cue.negated) {
            add(hit.tokens.start, &cue.id);
        }
    }
    for (rule, found) in lexicon.rules().iter().zip(&matches.rules) {
        for hit in found.hits.iter().filter(|hit| !hit.negated && !hit.quoted) {
            add(hit.tokens.start, &rule.kind);
        }
    }
    hits
}

/// Clauses that say nothing of the teller's own are no part of a story.
pub fn set_aside(decisions: &mut [Decision], clauses: &[usize]) {
    for clause in clauses {
        decisions[*clause] = Decision::other();
    }
}

/// The label of a decision.
pub fn label(decision: &Decision) -> Label {
    LABELS[decision.label]
}
