//! How often each entry of the lexicons fires in annotated answers, and how often it is right: an entry that serves one text only
//! was written for that text.

use std::collections::{BTreeMap, BTreeSet};

use super::fit::lessons;
use super::gold::Record;
use crate::analysis::star::Model;
use crate::analyzer::{Analyzer, CheckError};
use crate::report::Report;

/// The use of a cue, a rule or a criterion.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryUse<'r> {
    pub texts: BTreeSet<&'r str>,
    pub files: BTreeSet<&'r str>,
    /// Clauses of a cue, findings of a rule, texts of a criterion called met.
    pub fired: usize,
    /// The annotators agree.
    pub right: usize,
}

impl<'r> EntryUse<'r> {
    fn add(&mut self, record: &'r Record, right: bool) {
        self.texts.insert(&record.id);
        self.files.insert(&record.file);
        self.fired += 1;
        self.right += usize::from(right);
    }
}

/// Every entry that fired, by its id.
///
/// # Errors
/// A record whose question or kind is not in the lexicon.
pub fn entries<'r>(analyzer: &Analyzer, records: &'r [Record], reports: &[Report]) -> Result<BTreeMap<String, EntryUse<'r>>, CheckError> {
    let mut uses: BTreeMap<String, EntryUse> = BTreeMap::new();
    let mut model = Model::learning();
    let examples = lessons(analyzer, records, &mut model)?;
    for (record, example) in records.iter().zip(&examples) {
        for (item, gold) in example.items.iter().zip(&example.gold) {
            for name in item.features.iter().map(|feature| model.name(*feature)) {
                if let Some(label) = label_of(name) {
                    uses.entry(name.to_string()).or_default().add(record, label == *gold);
                }
            }
        }
    }
    for (record, report) in records.iter().zip(reports) {
        let text: Vec<char> = record.text().chars().collect();
        for finding in &report.findings {
            let Some(place) = finding.place else { continue };
            let phrase: String = text[place.start.min(text.len())..place.end.min(text.len())].iter().collect();
            let agrees = |(kind, span): &(String, String)| {
                *kind == finding.kind && (kind == "no-agency" || span.contains(phrase.as_str()) || phrase.contains(span.as_str()))
            };
            let right = record.findings.iter().any(agrees);
            uses.entry(finding.rule.clone()).or_default().add(record, right);
        }
        let target = record.question_id.as_deref().unwrap_or(&record.kind);
        for criterion in report.checklist.iter().filter(|criterion| criterion.met) {
            if let Some(gold) = record.checklist.get(&criterion.id) {
                uses.entry(format!("{target}/{}", criterion.id)).or_default().add(record, *gold);
            }
        }
    }
    Ok(uses)
}

/// The label that a cue speaks for, in the order S T A R O; other features have none.
fn label_of(name: &str) -> Option<usize> {
    let (part, rest) = name.split_once('/')?;
    if rest.contains(' ') {
        return None;
    }
    ["situation", "task", "action", "result", "other"].iter().position(|known| *known == part)
}
