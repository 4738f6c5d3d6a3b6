//! Reports on annotated answers: with the shipped weights, or with weights fitted without the file that is judged.

use std::collections::BTreeSet;

use super::fit::{Example, fit, lessons};
use super::gold::Record;
use crate::analysis::star::Model;
use crate::analyzer::{Analyzer, CheckError};
use crate::report::Report;

/// Check every record as the program ships.
///
/// # Errors
/// A record whose question or kind is not in the lexicon.
pub fn reports(analyzer: &Analyzer, records: &[Record]) -> Result<Vec<Report>, CheckError> {
    let mut reader = analyzer.reader();
    records.iter().map(|record| reader.check(&record.request(&record.text()))).collect()
}

/// Check every record with weights fitted to the other files only. The analyzer is left with the last of these models.
///
/// # Errors
/// As [`reports`].
pub fn reports_held_out(analyzer: &mut Analyzer, records: &[Record]) -> Result<Vec<Report>, CheckError> {
    let mut found: Vec<Option<Report>> = records.iter().map(|_| None).collect();
    let files: BTreeSet<&str> = records.iter().map(|record| record.file.as_str()).collect();
    for file in files {
        let mut model = Model::learning();
        let examples = lessons(analyzer, records, &mut model)?;
        let others: Vec<&Example> = examples.iter().filter(|example| example.file != file).collect();
        fit(&mut model, &others);
        // As shipped: rounded, without the features that carry no weight.
        analyzer.set_model(Model::new(&model.table()));
        let mut reader = analyzer.reader();
        for (record, report) in records.iter().zip(found.iter_mut()).filter(|(record, _)| record.file == file) {
            *report = Some(reader.check(&record.request(&record.text()))?);
        }
    }
    Ok(found.into_iter().flatten().collect())
}

/// The words by annotated label (row) and the best label that any model could give to their clause (column): what the cuts lose.
///
/// # Errors
/// As [`reports`].
pub fn ceiling(analyzer: &Analyzer, records: &[Record]) -> Result<[[usize; 5]; 5], CheckError> {
    let mut confusion = [[0; 5]; 5];
    let mut model = Model::learning();
    let mut reader = analyzer.reader();
    for record in records {
        let text = record.text();
        let lesson = reader.learn(&record.request(&text), &mut model)?;
        let spans = &lesson.spans;
        let mut counts = vec![[0usize; 5]; spans.len()];
        let mut place = 0;
        for (segment, label) in &record.segments {
            for (at, _) in segment.split_word_bound_places() {
                let at = place + at;
                let clause = spans.partition_point(|span| span.start <= at).saturating_sub(1);
                if let Some(cell) = counts.get_mut(clause) {
                    cell[*label as usize] += 1;
                }
            }
            place += segment.len();
        }
        for count in counts {
            let best = (0..5).max_by_key(|label| count[*label]).unwrap_or(4);
            for (label, words) in count.iter().enumerate() {
                confusion[label][best] += words;
            }
        }
    }
    Ok(confusion)
}

/// Places of the words of a text.
trait WordPlaces {
    fn split_word_bound_places(&self) -> impl Iterator<Item = (usize, &str)>;
}

impl WordPlaces for String {
    fn split_word_bound_places(&self) -> impl Iterator<Item = (usize, &str)> {
        use unicode_segmentation::UnicodeSegmentation;
        self.unicode_word_indices()
    }
}
