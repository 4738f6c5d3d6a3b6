//! What comparing yields: the key `vacancy` of `otvet lint --format json`.

use schemars::JsonSchema;
use serde::Serialize;

/// How a letter answers a vacancy. Positions are code points, the end is exclusive: of the vacancy's text for what it asks,
/// of the letter's for the evidence.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Coverage {
    /// 0–1: a strong requirement counts whole, a weak one half.
    pub coverage: f64,
    pub requirements: Vec<Requirement>,
    /// What the vacancy tells to write: a code word, the answer to a question.
    pub asks: Vec<Ask>,
}

#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Requirement {
    pub text: String,
    pub start: usize,
    pub end: usize,
    pub status: Status,
    /// Places of the letter, in its order.
    pub evidence: Vec<Evidence>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Answered with a fact: a deed, a figure, a term, an exact product.
    Strong,
    /// Named only, or hedged.
    Weak,
    Missing,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Evidence {
    pub start: usize,
    pub end: usize,
}

#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Ask {
    pub text: String,
    pub start: usize,
    pub end: usize,
    pub met: bool,
}
