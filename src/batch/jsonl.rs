//! JSON lines in, JSON lines out: one report a record, in order, written as soon as the input pauses.

use std::io::{BufReader, BufWriter, Read, Write};

use otvet::report::json;
use otvet::{Analyzer, Reader, Report};

use super::lines::{Line, StreamError, read_line};
use super::record::{Record, Refusal};

/// The longest line that is read, in bytes: a text of the greatest length with every character escaped.
const LONGEST_LINE: usize = 8 << 20;

/// What became of a stream.
#[derive(Debug, Default)]
pub struct Summary {
    pub records: usize,
    /// Line numbers of the records that were answered by an error.
    pub failed: Vec<usize>,
}

/// Answer every line of `source` on `out`; empty lines are skipped. `seen` is shown every report.
pub fn run(
    mut source: BufReader<impl Read>,
    out: impl Write,
    analyzer: &Analyzer,
    mut seen: impl FnMut(&Report),
) -> Result<Summary, StreamError> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let mut reader = analyzer.reader();
    let mut summary = Summary::default();
    let mut line = Vec::new();
    let mut row = 0;
    loop {
        let read = read_line(&mut source, &mut line, LONGEST_LINE, || out.flush())?;
        row += 1;
        let answer = match read {
            Line::End => break,
            Line::TooLong => Err(Refusal::new("too-large", format!("строка длиннее {} МБ", LONGEST_LINE >> 20))),
            Line::Read => match content(&line, row) {
                [] => continue,
                content => answer(content, &mut reader),
            },
        };
        summary.records += 1;
        let answer = match answer {
            Ok(report) => {
                seen(&report);
                json::line(&report)
            }
            Err(refusal) => {
                summary.failed.push(row);
                json::line(&refusal.into_record(row))
            }
        };
        out.write_all(answer.as_bytes()).map_err(StreamError::Output)?;
    }
    out.flush().map_err(StreamError::Output)?;
    Ok(summary)
}

/// A line without spaces around it and without the byte order mark of the file.
fn content(line: &[u8], row: usize) -> &[u8] {
    let line = if row == 1 { line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line) } else { line };
    line.trim_ascii()
}

fn answer(line: &[u8], reader: &mut Reader) -> Result<Report, Refusal> {
    let record = Record::parse(line)?;
    reader.check(&record.request()).map_err(|error| record.refuse(&error))
}
