//! Annotations of GitHub Actions: workflow commands on standard output.
//!
//! GitHub shows ten errors, ten warnings and ten notices of a step and drops the rest without a word, so the worst go first and what is
//! left is counted in a last notice. The page of the job (`summary_markdown`) holds them all.

use std::cmp::Reverse;
use std::io::{self, Write};

use otvet::report::{Counts, Severity, names, sanitize};

use super::totals::{failures, findings};
use super::{Format, place};
use crate::lint::model::{Diagnostic, Failure, Linted, Run, Unit};

/// Annotations of one level that GitHub shows of a step.
const MOST: usize = 10;

pub struct Github;

impl Format for Github {
    fn write(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let mut left = Left { errors: MOST, warnings: MOST, notices: MOST - 1 };
        let mut dropped = Counts::default();
        for failure in failures(run) {
            if left.take(Severity::Error) {
                writeln!(out, "{}", failed(failure))?;
            } else {
                dropped.add(Severity::Error);
            }
        }
        let mut found: Vec<_> = findings(run).collect();
        found.sort_by_key(|(_, _, diagnostic)| Reverse(diagnostic.severity));
        for (file, linted, diagnostic) in found {
            if left.take(diagnostic.severity) {
                writeln!(out, "{}", annotation(&file.path, linted, diagnostic))?;
            } else {
                dropped.add(diagnostic.severity);
            }
        }
        let dropped = dropped.said();
        if !dropped.is_empty() {
            let said = format!("Не показано: {dropped}. GitHub показывает не больше {MOST} аннотаций каждой степени.");
            writeln!(out, "::notice title=otvet::{}", data(&said))?;
        }
        Ok(())
    }
}

/// How many annotations of each level there is room for.
struct Left {
    errors: usize,
    warnings: usize,
    notices: usize,
}

impl Left {
    fn take(&mut self, severity: Severity) -> bool {
        let left = match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
            Severity::Hint => &mut self.notices,
        };
        let some = *left > 0;
        *left = left.saturating_sub(1);
        some
    }
}

fn annotation(path: &str, linted: &Linted, diagnostic: &Diagnostic) -> String {
    let unit = linted.unit;
    let command = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "notice",
    };
    let mut properties = vec![("file", file(path))];
    if let (Some(place), Unit::Line) = (&diagnostic.place, unit) {
        properties.push(("line", place.line.to_string()));
        properties.push(("endLine", place.end_line.to_string()));
        // Columns are for one line only.
        if place.line == place.end_line {
            properties.push(("col", place.column.to_string()));
            properties.push(("endColumn", place.end_column.to_string()));
        }
    }
    properties.push(("title", format!("{} · {}", names::severity(diagnostic.severity), sanitize::line(&diagnostic.rule))));
    let mut said = vec![names::sentence(&place::with_paragraph(&place::quoted(linted, diagnostic), unit, diagnostic.place.as_ref()))];
    for (name, text) in [("Почему", &diagnostic.reason), ("Лучше", &diagnostic.advice)] {
        if !text.is_empty() {
            said.push(format!("{name}: {}", sanitize::line(text)));
        }
    }
    command_line(command, &properties, &said.join("\n"))
}

fn failed(failure: &Failure) -> String {
    let said = [&failure.message, &failure.hint].map(|text| names::sentence(&sanitize::line(text)));
    let mut properties = vec![("file", file(&failure.path))];
    if let Some((line, column)) = failure.at {
        properties.extend([("line", line.to_string()), ("col", column.to_string())]);
    }
    properties.push(("title", "файл не проверен".to_string()));
    command_line("error", &properties, said.join("\n").trim_end())
}

fn file(path: &str) -> String {
    place::path(place::relative(path))
}

fn command_line(command: &str, properties: &[(&str, String)], message: &str) -> String {
    let properties: Vec<String> = properties.iter().map(|(name, value)| format!("{name}={}", property(value))).collect();
    format!("::{command} {}::{}", properties.join(","), data(message))
}

/// The text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property: its signs of separation are escaped too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
