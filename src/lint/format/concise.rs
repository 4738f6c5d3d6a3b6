//! A line a finding, for editors, `grep` and short logs: `path:line:col: level[rule] «phrase» — message`. What is meant by the whole text stands at
//! its beginning.

use std::io::{self, Write};

use otvet::report::{Palette, Severity, names, sanitize};

use super::{Format, place};
use crate::lint::model::{Failure, Run};

pub struct Concise {
    pub palette: Palette,
}

impl Format for Concise {
    fn write(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        for file in &run.files {
            let path = place::path(&file.path);
            let linted = match &file.outcome {
                Ok(linted) => linted,
                Err(failure) => {
                    self.failure(failure, out)?;
                    continue;
                }
            };
            for diagnostic in &linted.diagnostics {
                let (line, column) = diagnostic.place.map_or((1, 1), |place| (place.line, place.column));
                let level = self.palette.severity(diagnostic.severity, names::severity(diagnostic.severity));
                let (rule, message) = (sanitize::line(&diagnostic.rule), place::quoted(linted, diagnostic));
                writeln!(out, "{path}:{line}:{column}: {level}[{rule}] {message}")?;
            }
        }
        run.failures.iter().try_for_each(|failure| self.failure(failure, out))
    }
}

impl Concise {
    fn failure(&self, failure: &Failure, out: &mut dyn Write) -> io::Result<()> {
        let level = self.palette.severity(Severity::Error, names::severity(Severity::Error));
        let (path, message, hint) = (place::path(&failure.path), sanitize::line(&failure.message), sanitize::line(&failure.hint));
        let (line, column) = failure.at.unwrap_or((1, 1));
        writeln!(out, "{path}:{line}:{column}: {level}: {message}{}{hint}", if hint.is_empty() { "" } else { "; " })
    }
}
