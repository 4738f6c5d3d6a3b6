//! Points of the score and thresholds of the grade (`score.toml`).

use std::collections::BTreeMap;

use serde::Deserialize;

use super::error::LexiconError;
use super::files::File;

/// Everything the score reads from the lexicons.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreTable {
    /// The version of the language data.
    pub ruleset: String,
    /// Most points of each part, by kind of question, `letter` and `other`; each line sums to 100.
    pub kinds: BTreeMap<String, Shares>,
    pub star: StarShare,
    /// The least totals of the grades 2, 3, 4, 5.
    pub grades: [u8; 4],
}

/// Most points of the parts of the score.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shares {
    pub star: u8,
    pub measure: u8,
    pub checklist: u8,
    pub wording: u8,
}

/// How the points of the parts of a story are divided.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StarShare {
    pub s: f64,
    pub t: f64,
    pub a: f64,
    pub r: f64,
}

pub fn parse(file: &File) -> Result<ScoreTable, LexiconError> {
    let table: ScoreTable = file.parse()?;
    let whole = |row: &&Shares| [row.star, row.measure, row.checklist, row.wording].map(u16::from).iter().sum::<u16>() == 100;
    if let Some((kind, _)) = table.kinds.iter().find(|(_, row)| !whole(row)) {
        // Where it stands: its name at the beginning of a line.
        let line = file.text.lines().position(|line| line.split('=').next().is_some_and(|name| name.trim().trim_matches('"') == kind));
        let byte = file.text.split_inclusive('\n').take(line.unwrap_or_default()).map(str::len).sum();
        return Err(LexiconError::new(
            Some(file.place(byte)),
            format!("части вида «{kind}» не дают в сумме 100 баллов"),
            "star + measure + checklist + wording = 100",
        ));
    }
    Ok(table)
}
