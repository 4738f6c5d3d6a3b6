//! Rules: phrases that hurt (`lexicons/rules/*.toml`).

use serde::Deserialize;
use toml::Spanned;

use super::Written;
use super::error::{LexiconError, Place};
use super::files::File;
use crate::report::Severity;

/// How far a condition of a rule looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Within {
    Clause,
    Sentence,
    /// This sentence or the one before.
    Previous,
    Text,
}

/// A check of the digits a regular expression found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Check {
    /// Payment card (ISO/IEC 7812-1, Luhn).
    Luhn,
    /// Taxpayer number, 10 or 12 digits with check digits.
    Inn,
    /// Pension insurance number, 11 digits with a check sum.
    Snils,
}

/// A rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// `type/name`.
    pub id: String,
    /// The type of its findings.
    pub kind: String,
    pub severity: Severity,
    pub message: String,
    pub reason: String,
    pub advice: String,
    /// The patterns as written.
    pub patterns: Vec<String>,
    pub bad: Vec<String>,
    pub good: Vec<String>,
    /// What may always stand instead of the phrase; empty: it may be left out.
    pub replacement: Option<String>,
    pub regex: Vec<String>,
    pub check: Option<Check>,
    pub unless_within: Within,
    pub when_within: Within,
    /// Does a hit under a negation count?
    pub negated: bool,
    /// Does a hit inside quotation marks count?
    pub quoted: bool,
    /// Only in clauses without a predicate and without a number: enumerations.
    pub nominal: bool,
    pub kinds: Vec<String>,
    pub questions_except: Vec<String>,
    pub question_kinds_except: Vec<String>,
    pub(crate) place: Place,
    pub(crate) written: Vec<Written>,
    pub(crate) unless: Vec<Written>,
    pub(crate) when: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    #[serde(default)]
    rule: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: Spanned<String>,
    #[serde(rename = "type")]
    kind: Spanned<String>,
    severity: Severity,
    message: String,
    reason: String,
    advice: String,
    #[serde(default)]
    patterns: Vec<Spanned<String>>,
    #[serde(default)]
    regex: Vec<String>,
    check: Option<Check>,
    #[serde(default)]
    unless: Vec<Spanned<String>>,
    #[serde(default = "clause")]
    unless_within: Within,
    #[serde(default)]
    when: Vec<Spanned<String>>,
    #[serde(default = "sentence")]
    when_within: Within,
    #[serde(default)]
    negated: bool,
    #[serde(default)]
    quoted: bool,
    #[serde(default)]
    nominal: bool,
    #[serde(default)]
    kinds: Vec<String>,
    #[serde(default)]
    questions_except: Vec<String>,
    #[serde(default)]
    question_kinds_except: Vec<String>,
    replacement: Option<String>,
    bad: Vec<String>,
    good: Vec<String>,
}

fn clause() -> Within {
    Within::Clause
}

fn sentence() -> Within {
    Within::Sentence
}

/// The types a rule may have.
pub const KINDS: [&str; 11] = [
    "vague",
    "employer-negativity",
    "other-negativity",
    "filler",
    "confidential",
    "personal-need",
    "no-agency",
    "placeholder",
    "structure",
    "length",
    "letter",
];

pub fn parse(file: &File) -> Result<Vec<Rule>, LexiconError> {
    let parsed: RuleFile = file.parse()?;
    parsed.rule.into_iter().map(|entry| rule(file, entry)).collect()
}

fn rule(file: &File, entry: Entry) -> Result<Rule, LexiconError> {
    let place = file.place(entry.id.span().start);
    let id = entry.id.into_inner();
    let kind_place = file.place(entry.kind.span().start);
    let kind = entry.kind.into_inner();
    if !KINDS.contains(&kind.as_str()) {
        return Err(LexiconError::new(Some(kind_place), format!("типа «{kind}» нет"), format!("возможны: {}", KINDS.join(", "))));
    }
    if !id.strip_prefix(&kind).is_some_and(|rest| rest.starts_with('/') && rest.len() > 1) {
        return Err(LexiconError::new(
            Some(place),
            format!("имя правила «{id}» не начинается с его типа"),
            format!("назовите его {kind}/…"),
        ));
    }
    if entry.patterns.is_empty() && entry.regex.is_empty() {
        return Err(LexiconError::new(Some(place), format!("у правила «{id}» нет ни patterns, ни regex"), "добавьте хотя бы один шаблон"));
    }
    if entry.bad.is_empty() || entry.good.is_empty() {
        return Err(LexiconError::new(
            Some(place),
            format!("у правила «{id}» нет примеров"),
            "добавьте bad и good: примеры проверяются тестами",
        ));
    }
    let written = super::written(file, entry.patterns);
    Ok(Rule {
        id,
        kind,
        severity: entry.severity,
        message: entry.message,
        reason: entry.reason,
        advice: entry.advice,
        patterns: written.iter().map(|pattern| pattern.text.clone()).collect(),
        bad: entry.bad,
        good: entry.good,
        regex: entry.regex,
        check: entry.check,
        unless_within: entry.unless_within,
        when_within: entry.when_within,
        negated: entry.negated,
        quoted: entry.quoted,
        nominal: entry.nominal,
        kinds: entry.kinds,
        questions_except: entry.questions_except,
        question_kinds_except: entry.question_kinds_except,
        replacement: entry.replacement,
        place,
        written,
        unless: super::written(file, entry.unless),
        when: super::written(file, entry.when),
    })
}

/// Two rules must not share an id.
pub fn check_unique(rules: &[Rule]) -> Result<(), LexiconError> {
    let mut seen = std::collections::HashMap::new();
    for rule in rules {
        if let Some(first) = seen.insert(&rule.id, &rule.place) {
            return Err(LexiconError::new(
                Some(rule.place.clone()),
                format!("правило «{}» уже есть", rule.id),
                format!("первое стоит в {first}"),
            ));
        }
    }
    Ok(())
}
