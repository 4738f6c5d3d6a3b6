//! What an interrupted run has left: whole lines are kept and counted, a torn last line is cut off.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use otvet::report::Severity;
use serde::Deserialize;

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

/// As much of a line as tells whether it passes.
#[derive(Deserialize)]
pub struct Line {
    error: Option<serde::de::IgnoredAny>,
    score: Option<Score>,
    #[serde(default)]
    findings: Vec<Finding>,
}

#[derive(Deserialize)]
struct Score {
    total: u8,
}

#[derive(Deserialize)]
struct Finding {
    severity: Severity,
}

/// Read what is there; a file that is not there is empty. A line that is no JSON of ours ends what is kept.
pub fn read(path: &Path, passes: impl Fn(u8, Option<Severity>) -> bool) -> io::Result<Kept> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Kept::default()),
        Err(error) => return Err(error),
    };
    let mut source = BufReader::with_capacity(1 << 16, file);
    let mut kept = Kept::default();
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = source.read_until(b'\n', &mut line)?;
        if line.last() != Some(&b'\n') {
            return Ok(kept);
        }
        let Ok(parsed) = serde_json::from_slice::<Line>(&line) else { return Ok(kept) };
        kept.lines += 1;
        kept.bytes += read as u64;
        match (parsed.error, parsed.score) {
            (None, Some(score)) => {
                let worst = parsed.findings.iter().map(|finding| finding.severity).max();
                kept.objections += usize::from(!passes(score.total, worst));
            }
            _ => kept.failed += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_torn_line_is_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.jsonl");
        assert_eq!(read(&path, |_, _| true).unwrap(), Kept::default());
        let whole = "{\"score\":{\"total\":50},\"findings\":[{\"severity\":\"error\"}]}\n{\"row\":2,\"error\":{}}\n";
        std::fs::write(&path, format!("{whole}{{\"score\":{{\"to")).unwrap();
        let kept = read(&path, |score, worst| score >= 60 && worst < Some(Severity::Error)).unwrap();
        assert_eq!(kept, Kept { lines: 2, bytes: whole.len() as u64, failed: 1, objections: 1 });
    }
}
