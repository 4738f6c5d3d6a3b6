//! What the lexicons know of rules and kinds: the titles and texts that formats print besides the findings themselves.

use std::borrow::Cow;

use otvet::Lexicon;
use otvet::lexicon::Rule;
use otvet::report::Severity;
use otvet::report::structure::WholeRule;

use crate::lint::model::Diagnostic;
use crate::lint::rules::built_in;

/// The rules and kinds of a run. A test may make one without lexicons.
#[derive(Debug, Clone, Default)]
pub struct Catalogue<'l> {
    /// Sorted by id.
    pub rules: Vec<RuleCard<'l>>,
    /// Ids of letter kinds with their titles.
    pub kinds: Vec<(&'l str, &'l str)>,
}

/// A rule as formats show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleCard<'l> {
    /// `type/name`.
    pub id: Cow<'l, str>,
    pub kind: Cow<'l, str>,
    pub severity: Severity,
    pub message: Cow<'l, str>,
    pub reason: Cow<'l, str>,
    pub advice: Cow<'l, str>,
    pub patterns: &'l [String],
    /// Texts it finds.
    pub bad: &'l [String],
    /// Texts it leaves alone.
    pub good: &'l [String],
}

impl<'l> Catalogue<'l> {
    /// Those of the lexicons, and those that are no patterns.
    pub fn of(lexicon: &'l Lexicon) -> Self {
        let mut rules: Vec<_> = RuleCard::all(lexicon).collect();
        rules.sort_by(|one, other| one.id.cmp(&other.id));
        let kinds = lexicon.letters().iter().map(|letter| (letter.id.as_str(), letter.title.as_str())).collect();
        Self { rules, kinds }
    }

    /// What a text of a kind is called: «сопроводительное письмо».
    pub fn kind<'k>(&self, id: &'k str) -> &'k str
    where
        'l: 'k,
    {
        match id {
            "answer" => "ответ на вопрос",
            "resume" => "пункты резюме",
            _ => self.kinds.iter().find(|(known, _)| *known == id).map_or(id, |(_, title)| title),
        }
    }

    /// The types of findings that its rules can give, sorted.
    pub fn types(&self) -> Vec<&str> {
        let mut types: Vec<&str> = self.rules.iter().map(|rule| &*rule.kind).collect();
        types.sort_unstable();
        types.dedup();
        types
    }

    /// Its rules, and those that only the findings name: criteria. Sorted by id.
    pub fn with<'d>(&'d self, found: impl Iterator<Item = &'d Diagnostic>) -> Vec<RuleCard<'d>> {
        let mut rules: Vec<RuleCard<'d>> = self.rules.clone();
        for diagnostic in found {
            if let Err(place) = rules.binary_search_by(|rule| (*rule.id).cmp(&diagnostic.rule)) {
                rules.insert(place, RuleCard::seen(diagnostic));
            }
        }
        rules
    }
}

impl<'d> RuleCard<'d> {
    /// Those of the lexicons in their order, then those that are no patterns.
    pub fn all(lexicon: &'d Lexicon) -> impl Iterator<Item = Self> {
        lexicon.rules().iter().map(Self::written).chain(built_in().map(Self::built_in))
    }

    /// A rule of a lexicon.
    fn written(rule: &'d Rule) -> Self {
        Self {
            id: Cow::Borrowed(&rule.id),
            kind: Cow::Borrowed(&rule.kind),
            severity: rule.severity,
            message: Cow::Borrowed(&rule.message),
            reason: Cow::Borrowed(&rule.reason),
            advice: Cow::Borrowed(&rule.advice),
            patterns: &rule.patterns,
            bad: &rule.bad,
            good: &rule.good,
        }
    }

    /// A rule that is no pattern.
    fn built_in(rule: &'d WholeRule) -> Self {
        Self {
            id: Cow::Borrowed(rule.id),
            kind: Cow::Borrowed(rule.kind()),
            severity: rule.severity,
            message: Cow::Borrowed(rule.message),
            reason: Cow::Borrowed(rule.reason),
            advice: Cow::Borrowed(rule.advice),
            patterns: &[],
            bad: &[],
            good: &[],
        }
    }

    /// What a finding says of its rule.
    fn seen(diagnostic: &'d Diagnostic) -> Self {
        Self {
            id: Cow::Borrowed(&diagnostic.rule),
            kind: Cow::Borrowed(&diagnostic.kind),
            severity: diagnostic.severity,
            message: Cow::Borrowed(&diagnostic.message),
            reason: Cow::Borrowed(&diagnostic.reason),
            advice: Cow::Borrowed(&diagnostic.advice),
            patterns: &[],
            bad: &[],
            good: &[],
        }
    }
}
