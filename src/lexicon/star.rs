//! Cues and headings of STAR parts (`star.toml`) and their fitted weights (`star-weights.toml`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::Written;
use super::error::LexiconError;
use super::files::File;
use crate::language::fold;

/// A phrase that speaks for a part of a story.
#[derive(Debug, Clone)]
pub struct Cue {
    /// `part/name`, for example `task/assigned`.
    pub id: String,
    /// Does a hit under a negation count?
    pub negated: bool,
    pub(crate) patterns: Vec<Written>,
}

/// Words that head a part: «Ситуация:», «Result —».
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heading {
    pub label: crate::report::Label,
    /// Phrases, folded as words of a text are: they are compared letter by letter.
    pub words: Vec<String>,
}

/// Everything the STAR analysis reads from the lexicons.
#[derive(Debug, Clone)]
pub struct StarLexicon {
    pub cues: Vec<Cue>,
    pub headings: Vec<Heading>,
    pub weights: Weights,
}

/// Weights of the sequence model: natural-log odds, labels in the order S T A R O.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// Weight of each named feature for each label.
    pub features: BTreeMap<String, [f64; 5]>,
    /// By boundary: how a label (row) is followed by another (column).
    pub transitions: BTreeMap<String, [[f64; 5]; 5]>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StarFile {
    #[serde(default)]
    heading: Vec<Heading>,
    #[serde(default)]
    cue: Vec<CueEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueEntry {
    id: String,
    #[serde(default)]
    negated: bool,
    patterns: Vec<Spanned<String>>,
}

pub fn parse(file: &File, weights: &File) -> Result<StarLexicon, LexiconError> {
    let mut parsed: StarFile = file.parse()?;
    for words in parsed.heading.iter_mut().flat_map(|heading| &mut heading.words) {
        *words = fold(words);
    }
    let fitted: Weights = toml::from_str(&weights.text).map_err(|error| LexiconError::toml(&weights.name, &weights.text, &error))?;
    let cues =
        parsed.cue.into_iter().map(|cue| Cue { id: cue.id, negated: cue.negated, patterns: super::written(file, cue.patterns) }).collect();
    Ok(StarLexicon { cues, headings: parsed.heading, weights: fitted })
}
