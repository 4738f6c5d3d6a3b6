//! Questions with their criteria, letters, and word classes (`questions/`, `letters/`, `classes/`).

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::Written;
use super::error::LexiconError;
use super::files::{File, Files};
use crate::pattern::ClassSource;
use crate::report::{Level, Severity};

/// What kind of answer a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum QuestionKind {
    /// A past story.
    Behavioral,
    /// A plan for an imagined case.
    Situational,
    /// One's own tools and methods.
    Knowledge,
    Motivation,
    Biography,
    SelfAssessment,
    Salary,
}

impl QuestionKind {
    /// The id in lexicons and reports.
    pub fn id(self) -> &'static str {
        match self {
            QuestionKind::Behavioral => "behavioral",
            QuestionKind::Situational => "situational",
            QuestionKind::Knowledge => "knowledge",
            QuestionKind::Motivation => "motivation",
            QuestionKind::Biography => "biography",
            QuestionKind::SelfAssessment => "self-assessment",
            QuestionKind::Salary => "salary",
        }
    }
}

impl fmt::Display for QuestionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

/// Something the analysis knows of the whole answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fact {
    /// A measured outcome.
    Outcome,
    /// An outcome with the state before.
    FromTo,
    /// An outcome beside another one or beside a figure of the state before.
    Compared,
    /// A figure of the state before.
    Baseline,
    /// A sum of money.
    Money,
    /// Any quantity.
    Number,
    /// How the effect was measured.
    Method,
    /// A concrete step of the candidate's own.
    OwnAction,
    /// At least three concrete steps.
    Steps,
    Result,
    Task,
    Situation,
    /// The candidate speaks of themselves, not only «мы».
    FirstPerson,
}

/// A question of the bank.
#[derive(Debug, Clone)]
pub struct Question {
    pub id: String,
    pub competency: String,
    pub kind: QuestionKind,
    pub question: String,
    /// Words by which people ask it: «слабые стороны !сильные».
    pub asked: Vec<String>,
    pub criteria: Vec<Criterion>,
    pub topic: Vec<Written>,
}

/// A kind of letter.
#[derive(Debug, Clone)]
pub struct Letter {
    pub id: String,
    pub title: String,
    pub note: Option<String>,
    /// It asks for a place and answers what the vacancy requires.
    pub vacancy: bool,
    pub criteria: Vec<Criterion>,
    pub signs: Vec<Written>,
}

/// A point of a checklist.
#[derive(Debug, Clone, Default)]
pub struct Criterion {
    pub id: String,
    pub text: String,
    pub probe: Option<String>,
    /// Empty: for every level.
    pub levels: Vec<Level>,
    /// How many places must show evidence.
    pub needs: usize,
    /// Labels of the clauses in which evidence counts; empty: all.
    pub parts: Vec<String>,
    pub facts: Vec<Fact>,
    /// Evidence or facts are enough.
    pub any: bool,
    pub negated: bool,
    /// What another person did is no evidence: «он извинился» shows no empathy of the candidate's.
    pub own: bool,
    /// Types of findings that must be absent.
    pub absent: Vec<String>,
    /// How `otvet lint` takes it when it is not met: a hint, if nothing is said.
    pub severity: Option<Severity>,
    pub good: Vec<String>,
    pub bad: Vec<String>,
    pub(crate) evidence: Vec<Written>,
    pub(crate) unless: Vec<Written>,
}

impl Criterion {
    /// A line of a user's checklist.
    pub(crate) fn own(number: usize, text: String) -> Self {
        Self { id: format!("own-{}", number + 1), text, needs: 1, ..Self::default() }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionFile {
    id: Spanned<String>,
    competency: String,
    kind: QuestionKind,
    question: String,
    #[serde(default)]
    asked: Vec<String>,
    #[serde(default)]
    topic: Vec<Spanned<String>>,
    #[serde(default, rename = "levels")]
    _levels: Option<bool>,
    #[serde(default)]
    criterion: Vec<CriterionEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LetterFile {
    id: String,
    title: String,
    #[serde(rename = "kind")]
    _kind: Option<String>,
    note: Option<String>,
    #[serde(default)]
    vacancy: bool,
    #[serde(default)]
    signs: Vec<Spanned<String>>,
    #[serde(default)]
    criterion: Vec<CriterionEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CriterionEntry {
    id: Spanned<String>,
    text: String,
    probe: Option<String>,
    #[serde(default)]
    levels: Vec<Level>,
    #[serde(default)]
    evidence: Vec<Spanned<String>>,
    #[serde(default = "one")]
    needs: usize,
    #[serde(default)]
    parts: Vec<String>,
    #[serde(default)]
    facts: Vec<Fact>,
    #[serde(default)]
    any: bool,
    #[serde(default)]
    unless: Vec<Spanned<String>>,
    #[serde(default)]
    negated: bool,
    #[serde(default)]
    own: bool,
    #[serde(default)]
    absent: Vec<String>,
    severity: Option<Severity>,
    #[serde(default)]
    good: Vec<String>,
    #[serde(default)]
    bad: Vec<String>,
}

fn one() -> usize {
    1
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassEntry {
    #[serde(rename = "about")]
    _about: Option<String>,
    words: Vec<String>,
    #[serde(default)]
    names: Vec<String>,
}

/// Classes with the words by which a line of a plain-text checklist calls them up.
pub type ClassNames = Vec<(String, Vec<String>)>;

/// The classes and the words that call them up.
pub fn classes(files: &Files) -> Result<(ClassSource, ClassNames), LexiconError> {
    let mut source = ClassSource::default();
    let mut names = Vec::new();
    for file in files.under("classes/") {
        let parsed: BTreeMap<String, ClassEntry> = file.parse()?;
        for (name, entry) in parsed {
            if source.knows(&name) {
                let place = file.place(file.text.find(&format!("[{name}]")).unwrap_or_default());
                return Err(LexiconError::new(
                    Some(place),
                    format!("класс @{name} уже есть"),
                    "назовите его иначе; чтобы заменить готовый, положите в папку файл с тем же именем",
                ));
            }
            if !entry.names.is_empty() {
                names.push((name.clone(), entry.names));
            }
            source.insert(name, entry.words);
        }
    }
    Ok((source, names))
}

pub fn parse(file: &File) -> Result<Question, LexiconError> {
    let parsed: QuestionFile = file.parse()?;
    if parsed.criterion.is_empty() {
        let place = file.place(parsed.id.span().start);
        return Err(LexiconError::new(Some(place), "у вопроса нет ни одного критерия", "добавьте [[criterion]] с id, text и evidence"));
    }
    let criteria = parsed.criterion.into_iter().map(|entry| criterion(file, entry)).collect::<Result<_, _>>()?;
    Ok(Question {
        id: parsed.id.into_inner(),
        competency: parsed.competency,
        kind: parsed.kind,
        question: parsed.question,
        asked: parsed.asked,
        criteria,
        topic: super::written(file, parsed.topic),
    })
}

pub fn parse_letter(file: &File) -> Result<Letter, LexiconError> {
    let parsed: LetterFile = file.parse()?;
    let criteria = parsed.criterion.into_iter().map(|entry| criterion(file, entry)).collect::<Result<_, _>>()?;
    let signs = super::written(file, parsed.signs);
    Ok(Letter { id: parsed.id, title: parsed.title, note: parsed.note, vacancy: parsed.vacancy, criteria, signs })
}

fn criterion(file: &File, entry: CriterionEntry) -> Result<Criterion, LexiconError> {
    let place = file.place(entry.id.span().start);
    let id = entry.id.into_inner();
    if entry.evidence.is_empty() && entry.facts.is_empty() && entry.absent.is_empty() {
        return Err(LexiconError::new(Some(place), format!("критерий «{id}» нечем проверить"), "добавьте evidence, facts или absent"));
    }
    if let Some(wrong) = entry.parts.iter().find(|part| !matches!(part.as_str(), "S" | "T" | "A" | "R" | "O")) {
        return Err(LexiconError::new(Some(place), format!("части «{wrong}» нет"), "возможны: S, T, A, R, O"));
    }
    Ok(Criterion {
        id,
        text: entry.text,
        probe: entry.probe,
        levels: entry.levels,
        needs: entry.needs.max(1),
        parts: entry.parts,
        facts: entry.facts,
        any: entry.any,
        negated: entry.negated,
        own: entry.own,
        absent: entry.absent,
        severity: entry.severity,
        good: entry.good,
        bad: entry.bad,
        evidence: super::written(file, entry.evidence),
        unless: super::written(file, entry.unless),
    })
}
