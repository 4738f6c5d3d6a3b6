//! The report on one text, schema `otvet.report.v1`: what every output format shows and what `--format json` prints.
//!
//! Positions are Unicode code points from the start of the text as it was given, the end is exclusive. Segments tile the text.

use schemars::JsonSchema;
use serde::Serialize;

/// The name of the schema that a report follows.
pub const SCHEMA: &str = "otvet.report.v1";

/// What Otvet has to say about one text.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Report {
    /// Always `otvet.report.v1`.
    pub schema: &'static str,
    /// The version of the lexicons the verdicts come from.
    pub ruleset: String,
    /// The id the caller gave to the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Who wrote the text, where the record of a batch says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub candidate: Option<String>,
    /// Where the record of a batch stood, if `--with-source` asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// `answer` or the id of a letter kind.
    pub kind: String,
    /// The question of the bank the answer was checked against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question_id: Option<String>,
    /// The wording of that question; of one that is not in the bank, as the record of a batch puts it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// How the record of a batch puts the question, where the bank puts it otherwise or has none such.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<String>,
    /// The level the candidate applies for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// What kind of answer this is: a story, a plan, an opinion…
    pub answer_kind: AnswerKind,
    pub score: Score,
    /// 1 no answer or harmful, 2 weak, 3 acceptable with gaps, 4 good, 5 excellent.
    pub grade: u8,
    pub star: Star,
    pub segments: Vec<Segment>,
    pub quantities: Vec<QuantityEntry>,
    pub findings: Vec<Finding>,
    pub checklist: Vec<CriterionResult>,
    /// What to change, the most useful first, at most three; each ends with the points it can bring: «… (+8)».
    pub advice: Vec<String>,
    pub stats: Stats,
}

/// Where a record of a batch stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Source {
    /// The file as it was named; absent for standard input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// 1-based number of the input line, row or element.
    pub row: usize,
}

/// Level of the position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize, JsonSchema, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Junior,
    Middle,
    Senior,
}

/// What a candidate's text turns out to be (Bangerter et al. 2014: only a quarter of replies are stories).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerKind {
    /// One past event with own actions.
    Story,
    /// What is usually done: «обычно», «всегда», present tense.
    PseudoStory,
    /// What would or will be done.
    Plan,
    /// What the candidate thinks or feels.
    Opinion,
    /// Adjectives about oneself.
    SelfDescription,
    /// Facts about experience, tools, markets, a letter: nothing of the above prevails.
    Facts,
}

/// A STAR label; `O` is everything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, serde::Deserialize, JsonSchema)]
pub enum Label {
    S,
    T,
    A,
    R,
    O,
}

#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Score {
    /// 0–100: the sum of the parts.
    pub total: u8,
    pub parts: Vec<ScorePart>,
}

/// A share of the score with what earned and what cost it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ScorePart {
    /// `star`, `measure`, `checklist`, `wording`.
    pub id: String,
    /// The Russian name of the part.
    pub title: String,
    pub points: u8,
    pub max: u8,
    /// One line a reason, Russian.
    pub why: Vec<String>,
}

/// Which of the four parts are there and how much of the text each takes.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub struct Star {
    pub s: Part,
    pub t: Part,
    pub a: Part,
    pub r: Part,
}

#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct Part {
    pub present: bool,
    /// Share of the words, 0–1.
    pub share: f64,
}

/// A run of clauses with one label.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Segment {
    pub label: Label,
    pub start: usize,
    pub end: usize,
    /// 0–1: how sure the sequence model is of this label (the mean over the clauses of the segment).
    pub confidence: f64,
    /// What decided, strongest first.
    pub cues: Vec<Cue>,
}

/// A named reason for a label.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Cue {
    /// The id of a cue of `star.toml` or the name of a grammar feature.
    pub id: String,
    pub start: usize,
    pub end: usize,
    /// How much it speaks for the label (natural-log odds of the sequence model).
    pub weight: f64,
}

/// An expression of quantity.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct QuantityEntry {
    pub start: usize,
    pub end: usize,
    pub text: String,
    pub role: Role,
    /// The number; of a range or a from–to, the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// The number a from–to starts with, or the lower bound of a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<f64>,
    /// `percent`, `point`, `times`, `rub`, `minute`, `person`… or `count`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// What is measured, in the writer's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metric: Option<String>,
    /// Over what time, in the writer's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Measures what was achieved.
    Outcome,
    /// Any other number.
    Context,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    Up,
    Down,
}

/// A phrase that hurts, or something the whole text lacks.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Finding {
    /// `type/name`.
    pub rule: String,
    /// One of the eight types of phrases, or `structure`, `length`, `letter` for what concerns the whole text.
    #[serde(rename = "type")]
    pub kind: String,
    pub severity: Severity,
    /// Where the phrase stands; `None` where the whole text is meant: its keys are then absent.
    #[serde(flatten)]
    pub place: Option<FindingPlace>,
    pub message: String,
    /// Why it hurts.
    pub reason: String,
    /// What to write instead.
    pub advice: String,
}

/// The place of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FindingPlace {
    pub start: usize,
    pub end: usize,
    /// 1-based.
    pub line: usize,
    /// 1-based, in code points.
    pub column: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Hint,
    Warning,
    Error,
}

/// A point of the checklist.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CriterionResult {
    pub id: String,
    pub text: String,
    pub met: bool,
    /// Why it is held to be met or not, Russian, one line.
    pub why: String,
    pub evidence: Vec<Evidence>,
    /// What an interviewer asks when it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub probe: Option<String>,
}

#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub struct Evidence {
    pub start: usize,
    pub end: usize,
}

#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct Stats {
    pub words: usize,
    pub sentences: usize,
    /// At 125 words a minute.
    pub speech_seconds: usize,
}

/// A record of a batch that could not be read or analysed, in its place in the output.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ErrorRecord {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Who wrote the text, where the record says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub candidate: Option<String>,
    /// The question as the record puts it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// The file it came from; absent for standard input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// 1-based number of the input line or row.
    pub row: usize,
    pub error: ErrorBody,
}

#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ErrorBody {
    /// `bad-json`, `no-text`, `unknown-question`…
    pub code: String,
    pub message: String,
}
