//! When a run fails: `--fail-on`, `--min-score`, `--max-warnings`.

use otvet::report::{Severity, names, plural};

use super::model::{Diagnostic, Linted, Run};

/// What a run must not exceed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gate {
    /// The least severity that fails; `None`: none does.
    pub fail_on: Option<Severity>,
    pub min_score: Option<u8>,
    pub max_warnings: Option<usize>,
}

impl Default for Gate {
    fn default() -> Self {
        Self { fail_on: Some(Severity::Error), min_score: None, max_warnings: None }
    }
}

impl Gate {
    /// Why the run fails; empty: it passes. What could not be checked is no matter of the gate.
    pub fn objections(&self, run: &Run) -> Vec<String> {
        let linted = || run.files.iter().filter_map(|file| file.outcome.as_ref().ok().map(|linted| (file.path.as_str(), linted)));
        let of = |severity: Severity| linted().flat_map(|(_, linted): (_, &Linted)| &linted.diagnostics).filter(move |one: &&Diagnostic| one.severity == severity).count();
        let mut objections = Vec::new();
        if let Some(least) = self.fail_on {
            let counts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Hint]
                .into_iter()
                .filter(|severity| *severity >= least)
                .map(|severity| (severity, of(severity)))
                .filter(|(_, count)| *count > 0)
                .map(|(severity, count)| plural::count(count, names::severity_forms(severity)))
                .collect();
            if !counts.is_empty() {
                objections.push(counts.join(", "));
            }
        }
        if let Some(most) = self.max_warnings {
            let warnings = of(Severity::Warning);
            if warnings > most {
                objections.push(format!("{} при пределе {most}", plural::count(warnings, names::severity_forms(Severity::Warning))));
            }
        }
        if let Some(least) = self.min_score {
            let low = linted().filter(|(_, linted)| linted.report.score.total < least);
            objections.extend(low.map(|(path, linted)| format!("{path}: оценка {} ниже порога {least}", linted.report.score.total)));
        }
        objections
    }
}
