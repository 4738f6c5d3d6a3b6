//! What an interrupted run has left: whole lines are kept and counted, a torn last line is cut off. A file that holds anything else
//! is not ours to go on with.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use otvet::Level;
use otvet::report::{SCHEMA, Severity};
use serde::Deserialize;

use crate::batch::earlier::{Earlier, Known};

/// No line of ours is longer: a text of the greatest length with a finding in every word takes less.
const LONGEST_LINE: u64 = 256 << 20;

/// The lines of an earlier run.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Kept {
    pub lines: u64,
    /// Where the last whole line ends.
    pub bytes: u64,
    pub failed: usize,
    /// Reports that did not pass.
    pub objections: usize,
}

/// Why there is nothing to go on with.
#[derive(Debug)]
pub enum Trouble {
    Io(io::Error),
    /// The line of this number was not written by `otvet batch`.
    Foreign(u64),
    /// The line of this number was written with other rules.
    Ruleset(u64, String),
}

/// As much of a line as tells whose it is and whether it passes.
#[derive(Deserialize)]
struct Line {
    schema: Option<String>,
    ruleset: Option<String>,
    id: Option<String>,
    candidate: Option<String>,
    kind: Option<String>,
    question_id: Option<String>,
    level: Option<Level>,
    score: Option<Score>,
    #[serde(default)]
    findings: Vec<Finding>,
    #[serde(default)]
    segments: Vec<Segment>,
    row: Option<usize>,
    error: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct Score {
    total: u8,
}

#[derive(Deserialize)]
struct Finding {
    severity: Severity,
}

#[derive(Deserialize)]
struct Segment {
    end: usize,
}

impl Line {
    /// Read a line, if it is one of ours.
    fn parse(line: &[u8]) -> Option<Self> {
        let line: Self = serde_json::from_slice(line).ok()?;
        let report = line.schema.as_deref() == Some(SCHEMA) && line.score.is_some();
        let error = line.error.is_some() && line.row.is_some();
        (report || error).then_some(line)
    }

    /// What it says of the record it answers.
    fn earlier(self) -> Earlier {
        match (self.error, self.row) {
            (Some(_), Some(row)) => Earlier::Error { id: self.id, row },
            _ => Earlier::Report(Box::new(Known {
                id: self.id,
                candidate: self.candidate,
                kind: self.kind.unwrap_or_default(),
                question_id: self.question_id,
                level: self.level,
                // Segments tile the text.
                length: self.segments.last().map_or(0, |segment| segment.end),
            })),
        }
    }
}

/// The lines of a file one after another.
struct Lines<R> {
    source: BufReader<R>,
    line: Vec<u8>,
}

impl<R: Read> Lines<R> {
    fn new(source: R) -> Self {
        Self { source: BufReader::with_capacity(1 << 16, source), line: Vec::new() }
    }

    /// The next line that has its line break.
    fn next(&mut self) -> io::Result<Option<&[u8]>> {
        self.line.clear();
        self.source.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut self.line)?;
        Ok((self.line.last() == Some(&b'\n')).then_some(&self.line))
    }
}

/// Read what is there; a file that is not there is empty.
pub fn read(path: &Path, ruleset: &str, passes: impl Fn(u8, Option<Severity>) -> bool) -> Result<Kept, Trouble> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Kept::default()),
        Err(error) => return Err(Trouble::Io(error)),
    };
    let mut lines = Lines::new(file);
    let mut kept = Kept::default();
    while let Some(line) = lines.next().map_err(Trouble::Io)? {
        let bytes = line.len() as u64;
        let line = Line::parse(line).ok_or(Trouble::Foreign(kept.lines + 1))?;
        kept.lines += 1;
        kept.bytes += bytes;
        if let Some(other) = line.ruleset.filter(|other| other != ruleset) {
            return Err(Trouble::Ruleset(kept.lines, other));
        }
        match (line.error, line.score) {
            (None, Some(score)) => {
                let worst = line.findings.iter().map(|finding| finding.severity).max();
                kept.objections += usize::from(!passes(score.total, worst));
            }
            _ => kept.failed += 1,
        }
    }
    Ok(kept)
}

/// What the kept lines say of their records, read as it is needed.
pub fn earlier(path: &Path, kept: &Kept) -> io::Result<impl Iterator<Item = io::Result<Earlier>> + Send + use<>> {
    let mut lines = Lines::new(File::open(path)?.take(kept.bytes));
    Ok(std::iter::from_fn(move || {
        let line = match lines.next() {
            Ok(line) => line?,
            Err(error) => return Some(Err(error)),
        };
        Some(Line::parse(line).map(Line::earlier).ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData)))
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = r#"{"schema":"otvet.report.v1","ruleset":"1","id":"a","kind":"answer","score":{"total":50},"segments":[{"end":3},{"end":9}],"findings":[{"severity":"error"}]}"#;

    fn kept(text: &str) -> Result<Kept, Trouble> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.jsonl");
        std::fs::write(&path, text).unwrap();
        read(&path, "1", |score, worst| score >= 60 && worst < Some(Severity::Error))
    }

    #[test]
    fn a_torn_line_is_cut_off() {
        assert_eq!(read(Path::new("/нет/такого"), "1", |_, _| true).unwrap(), Kept::default());
        let whole = format!("{REPORT}\n{{\"row\":2,\"error\":{{}}}}\n");
        for torn in ["", "{", &REPORT[..40], REPORT] {
            let wanted = Kept { lines: 2, bytes: whole.len() as u64, failed: 1, objections: 1 };
            assert_eq!(kept(&format!("{whole}{torn}")).unwrap(), wanted);
        }
    }

    #[test]
    fn what_is_not_ours_is_refused() {
        assert!(matches!(kept(&format!("{REPORT}\n{{\"id\":1,\"text\":\"да\"}}\n")), Err(Trouble::Foreign(2))));
        assert!(matches!(kept("Дорогой дневник!\n"), Err(Trouble::Foreign(1))));
        let other = REPORT.replace("\"ruleset\":\"1\"", "\"ruleset\":\"2\"");
        assert!(matches!(kept(&format!("{other}\n")), Err(Trouble::Ruleset(1, ruleset)) if ruleset == "2"));
    }

    #[test]
    fn a_line_tells_of_its_record() {
        let known = Known { id: Some("a".into()), kind: "answer".into(), length: 9, ..Known::default() };
        assert_eq!(Line::parse(REPORT.as_bytes()).unwrap().earlier(), Earlier::Report(Box::new(known)));
        let error = br#"{"id":"b","file":"a.csv","row":3,"error":{"code":"bad-row","message":"..."}}"#;
        assert_eq!(Line::parse(error).unwrap().earlier(), Earlier::Error { id: Some("b".into()), row: 3 });
    }
}
