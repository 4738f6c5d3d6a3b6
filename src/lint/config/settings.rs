//! What is in force for one text, and who said so.

use std::fmt;
use std::path::{Path, PathBuf};

use otvet::Level;
use otvet::lexicon::Place;

use super::allow::Searched;
use super::{Allowed, Config, FailOn, Layer, Setting, Valued, belongs};
use crate::lint::model::Diagnostic;

/// Who set a value.
#[derive(Debug, Clone)]
pub enum Origin {
    Default,
    /// A place in a config file.
    File(Place),
    /// A flag, with its dashes.
    Flag(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("по умолчанию"),
            Self::File(place) => write!(f, "{}:{}", place.file, place.line),
            Self::Flag(flag) => f.write_str(flag),
        }
    }
}

/// A value and who set it.
#[derive(Debug, Clone)]
pub struct Set<T> {
    pub value: T,
    pub origin: Origin,
}

impl<T: Clone> From<&Valued<T>> for Set<T> {
    fn from(valued: &Valued<T>) -> Self {
        Self { value: valued.value.clone(), origin: Origin::File(valued.place.clone()) }
    }
}

/// What the command line says of passing and failing; it has the last word. (Its `--kind`, `--vacancy` and the like are stronger than the
/// heads of files too: `lint::run::Given`.)
#[derive(Debug, Clone, Copy, Default)]
pub struct Flags {
    pub min_score: Option<u8>,
    pub fail_on: Option<FailOn>,
    pub max_warnings: Option<usize>,
}

/// What is in force for one text.
#[derive(Debug, Clone)]
pub struct Settings<'c> {
    pub min_score: Option<Set<u8>>,
    pub fail_on: Set<FailOn>,
    pub max_warnings: Option<Set<usize>>,
    pub kind: Option<Set<String>>,
    pub question: Option<Set<String>>,
    pub level: Option<Set<Level>>,
    pub vacancy: Option<Set<PathBuf>>,
    pub lexicons: Vec<Set<PathBuf>>,
    pub question_files: Vec<Set<PathBuf>>,
    /// Masks of files that are not checked.
    pub exclude: Vec<Set<String>>,
    /// The strongest first.
    layers: Vec<&'c Layer>,
    allowed: &'c [Allowed],
}

/// Without a word from the user only errors make the exit code 1.
const FAIL_ON: FailOn = FailOn::Error;

impl<'c> Settings<'c> {
    /// What holds for the text at `path` (`None`: it has none), by config file and flags.
    pub fn of(config: Option<&'c Config>, path: Option<&Path>, flags: &Flags) -> Self {
        let layers = config.map(|config| config.layers(path)).unwrap_or_default();
        let paths = |own: Option<&Vec<Valued<PathBuf>>>| -> Vec<Set<PathBuf>> { own.into_iter().flatten().map(Set::from).collect() };
        Self {
            min_score: over(flags.min_score, "--min-score", config.and_then(|config| config.min_score.as_ref())),
            fail_on: over(flags.fail_on, "--fail-on", config.and_then(|config| config.fail_on.as_ref()))
                .unwrap_or(Set { value: FAIL_ON, origin: Origin::Default }),
            max_warnings: over(flags.max_warnings, "--max-warnings", config.and_then(|config| config.max_warnings.as_ref())),
            kind: layers.iter().find_map(|layer| layer.kind.as_ref()).map(Set::from),
            question: layers.iter().find_map(|layer| layer.question.as_ref()).map(Set::from),
            level: layers.iter().find_map(|layer| layer.level.as_ref()).map(Set::from),
            vacancy: layers.iter().find_map(|layer| layer.vacancy.as_ref()).map(Set::from),
            lexicons: paths(config.map(|config| &config.lexicons)),
            question_files: paths(config.map(|config| &config.question_files)),
            exclude: config.into_iter().flat_map(|config| config.excluded.iter().map(Set::from)).collect(),
            layers,
            allowed: config.map(|config| config.allowed.as_slice()).unwrap_or_default(),
        }
    }

    /// What a rule is set to. A later `[[override]]` is stronger than an earlier one, that stronger than `[rules]`;
    /// within one of them the rule's own name is stronger than its type's.
    pub fn rule(&self, rule: &str, kind: &str) -> Set<Setting> {
        let set = self.layers.iter().find_map(|layer| {
            let own = layer.rules.iter().find(|(name, _)| name.value == rule);
            own.or_else(|| layer.rules.iter().find(|(name, _)| belongs(rule, kind, &name.value)))
        });
        match set {
            Some((name, setting)) => Set { value: *setting, origin: Origin::File(name.place.clone()) },
            None => Set { value: Setting::On, origin: Origin::Default },
        }
    }

    /// The rules and types that are named, by name, with what is in force for each.
    pub fn rules(&self) -> Vec<(&str, Set<Setting>)> {
        let mut named: Vec<(&str, Set<Setting>)> = Vec::new();
        for (name, setting) in self.layers.iter().flat_map(|layer| &layer.rules) {
            if named.iter().all(|(known, _)| *known != name.value) {
                named.push((&name.value, Set { value: *setting, origin: Origin::File(name.place.clone()) }));
            }
        }
        named.sort_by_key(|(name, _)| *name);
        named
    }

    /// Allowed phrases: the rule, the phrase with its origin, the reason.
    pub fn allowed(&self) -> impl Iterator<Item = (&'c str, Set<String>, Option<&'c str>)> {
        self.allowed.iter().flat_map(|allowed| {
            allowed.phrases.iter().map(|(phrase, _)| (allowed.rule.value.as_str(), Set::from(phrase), allowed.reason.as_deref()))
        })
    }

    /// Put the settings to the findings of a text: drop what is off or allowed, change severities. `text` is what the places
    /// point into.
    pub fn apply(&self, diagnostics: Vec<Diagnostic>, text: &str) -> Applied {
        let mut applied = Applied::default();
        let mut searched = None;
        for mut diagnostic in diagnostics {
            let Some(severity) = self.rule(&diagnostic.rule, &diagnostic.kind).value.apply(diagnostic.severity) else {
                continue;
            };
            if self.allows(&diagnostic, text, &mut searched) {
                continue;
            }
            diagnostic.severity = severity;
            applied.kept.push(diagnostic);
        }
        applied
    }

    fn allows(&self, diagnostic: &Diagnostic, text: &str, searched: &mut Option<Searched>) -> bool {
        let Some(place) = diagnostic.place else { return false };
        let of_rule = self.allowed.iter().filter(|allowed| belongs(&diagnostic.rule, &diagnostic.kind, &allowed.rule.value));
        let mut phrases = of_rule.flat_map(|allowed| &allowed.phrases).peekable();
        if phrases.peek().is_none() {
            return false;
        }
        let searched = searched.get_or_insert_with(|| Searched::new(text));
        phrases.any(|(_, phrase)| searched.covers(phrase, place.start..place.end))
    }
}

/// A flag over what a file says.
fn over<T: Clone>(flag: Option<T>, name: &'static str, file: Option<&Valued<T>>) -> Option<Set<T>> {
    flag.map(|value| Set { value, origin: Origin::Flag(name) }).or_else(|| file.map(Set::from))
}

/// Findings after the settings.
#[derive(Debug, Clone, Default)]
pub struct Applied {
    pub kept: Vec<Diagnostic>,
}
