//! What the language layer sees in a text and which entries of the lexicons match: for writers of lexicons.

use serde::Serialize;

use crate::analysis::book::Matches;
use crate::analysis::star::{self, Decision, Item, Model};
use crate::language::Text;
use crate::lexicon::Lexicon;
use crate::report::Label;

/// A traced text.
#[derive(Debug, Clone, Serialize)]
pub struct Trace {
    pub sentences: Vec<TraceSentence>,
    pub hits: Vec<TraceHit>,
}

#[derive(Debug, Clone, Serialize)]
pub struct TraceSentence {
    pub text: String,
    pub clauses: Vec<TraceClause>,
}

#[derive(Debug, Clone, Serialize)]
pub struct TraceClause {
    pub text: String,
    pub label: Label,
    /// 0–1.
    pub confidence: f64,
    /// What stands before the clause.
    pub boundary: String,
    /// Who does it.
    pub subject: String,
    /// Named features with their weights for S, T, A, R, O.
    pub features: Vec<(String, [f64; 5])>,
    pub tokens: Vec<TraceToken>,
}

#[derive(Debug, Clone, Serialize)]
pub struct TraceToken {
    pub text: String,
    pub lemma: String,
    /// Features of the likeliest reading and what the sentence adds.
    pub features: String,
    pub negated: bool,
    pub quoted: bool,
}

/// An entry that matched.
#[derive(Debug, Clone, Serialize)]
pub struct TraceHit {
    /// The id of the rule or cue.
    pub entry: String,
    pub text: String,
    /// Under a negation: most entries then do not count.
    pub negated: bool,
    pub quoted: bool,
}

/// Describe an analysed text.
pub fn trace(text: &Text, matches: &Matches, lexicon: &Lexicon, model: &Model, items: &[Item], decisions: &[Decision]) -> Trace {
    let mut sentences: Vec<TraceSentence> = text
        .sentences
        .iter()
        .map(|sentence| TraceSentence { text: text.slice(sentence.tokens.clone()).to_string(), clauses: Vec::new() })
        .collect();
    for ((clause, item), decision) in text.clauses.iter().zip(items).zip(decisions) {
        let features = item.features.iter().map(|feature| (model.name(*feature).to_string(), model.weights[*feature as usize])).collect();
        let tokens = text.tokens[clause.tokens.clone()].iter().map(|token| TraceToken {
            text: token.text(text.prose).to_string(),
            lemma: token.word.lemma().to_string(),
            features: (token.word.top() | token.resolved).to_string(),
            negated: token.negated,
            quoted: token.quoted,
        });
        sentences[clause.sentence].clauses.push(TraceClause {
            text: text.slice(clause.tokens.clone()).to_string(),
            label: star::label(decision),
            confidence: (decision.confidence * 100.0).round() / 100.0,
            boundary: clause.boundary.name().to_string(),
            subject: clause.subject.name().to_string(),
            features,
            tokens: tokens.collect(),
        });
    }
    let cues = lexicon.star.cues.iter().map(|cue| &cue.id).zip(&matches.cues);
    let rules = lexicon.rules().iter().map(|rule| &rule.id).zip(matches.rules.iter().map(|found| &found.hits));
    let hits = cues.chain(rules).flat_map(|(id, hits)| {
        hits.iter().map(|hit| TraceHit {
            entry: id.clone(),
            text: text.slice(hit.tokens.clone()).to_string(),
            negated: hit.negated,
            quoted: hit.quoted,
        })
    });
    Trace { hits: hits.collect(), sentences }
}
