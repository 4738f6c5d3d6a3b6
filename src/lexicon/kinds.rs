//! Signs by which the kind of a text is recognised (`kinds.toml`).

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::Written;
use super::error::LexiconError;
use super::files::File;

/// The kind of a text that is no letter.
pub const ANSWER: &str = "answer";
/// The kind of a list of duties and achievements.
pub const RESUME: &str = "resume";

/// Where in the text a sign counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Position {
    /// Among the first words.
    Start,
    /// Among the last.
    End,
}

/// What speaks for a kind.
#[derive(Debug, Clone)]
pub struct KindSign {
    /// `answer`, `resume`, `vacancy`, the id of a letter kind, or `letter` for all of those.
    pub kinds: Vec<String>,
    pub weight: f64,
    pub position: Option<Position>,
    pub patterns: Vec<Written>,
}

/// The signs of all kinds.
#[derive(Debug, Clone)]
pub struct KindLexicon {
    pub signs: Vec<KindSign>,
    /// What a pattern of `signs` of a letter's own file is worth, and how many of them count.
    pub own: f64,
    pub most_own: usize,
    /// What a text is worth as an answer when nothing speaks for anything.
    pub answer: f64,
    /// By how much the signs of letters are worth less where nobody is greeted and nobody signs.
    pub unaddressed: f64,
    /// What a text that is mostly a list is worth as a résumé.
    pub list: f64,
    pub lines: LineSigns,
    /// Everyday names of the kinds, in lower case, with their ids.
    pub names: BTreeMap<String, String>,
}

/// What the lines of a text say: names of sections, and what they and other layouts are worth.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineSigns {
    /// A section of a résumé, of a vacancy; so many of them count.
    pub resume_section: f64,
    pub vacancy_section: f64,
    /// What a vacancy has, and others too.
    pub vacancy_detail: f64,
    pub most_sections: usize,
    /// Most lines begin with a deed: a résumé.
    pub deeds: f64,
    /// Years of work, once or twice: a résumé.
    pub period: f64,
    /// Pictures for list marks: a vacancy.
    pub pictures: f64,
    /// Somebody tells of deeds of their own: so much less of a vacancy.
    pub narrator: f64,
    /// Names of sections, folded.
    pub resume: Vec<String>,
    pub vacancy: Vec<String>,
    pub details: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KindsFile {
    own: f64,
    most_own: usize,
    answer: f64,
    unaddressed: f64,
    list: f64,
    // A file of the user's may know nothing of it.
    #[serde(default)]
    lines: LineSigns,
    #[serde(default)]
    names: BTreeMap<String, String>,
    sign: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    kinds: Vec<String>,
    weight: f64,
    #[serde(rename = "where")]
    position: Option<Position>,
    patterns: Vec<Spanned<String>>,
}

pub fn parse(file: &File) -> Result<KindLexicon, LexiconError> {
    let parsed: KindsFile = file.parse()?;
    let sign = |entry: Entry| KindSign {
        kinds: entry.kinds,
        weight: entry.weight,
        position: entry.position,
        patterns: super::written(file, entry.patterns),
    };
    Ok(KindLexicon {
        signs: parsed.sign.into_iter().map(sign).collect(),
        own: parsed.own,
        most_own: parsed.most_own,
        answer: parsed.answer,
        unaddressed: parsed.unaddressed,
        list: parsed.list,
        lines: parsed.lines,
        names: parsed.names,
    })
}
