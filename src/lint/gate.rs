//! When a run fails: `--fail-on`, `--min-score`, `--max-warnings`.

use otvet::report::{Counts, Severity, names, plural};

use super::model::Run;

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

/// Why a run fails; empty: it passes. What could not be checked is no matter of the gate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Objections {
    /// Findings that fail by their severity: the report shows them.
    pub findings: Option<String>,
    /// What the report does not show.
    pub others: Vec<String>,
}

impl Objections {
    /// Judge a run. `gate` says what holds for a file; of `whole` only the number of warnings counts, which is that of the run.
    pub fn of(run: &Run, whole: &Gate, gate: &dyn Fn(&str) -> Gate) -> Self {
        let mut failing = Counts::default();
        let (mut warnings, mut others) = (0, Vec::new());
        for (path, linted) in run.files.iter().filter_map(|file| Some((file.path.as_str(), file.outcome.as_ref().ok()?))) {
            let gate = gate(path);
            for diagnostic in &linted.diagnostics {
                if gate.fail_on.is_some_and(|least| diagnostic.severity >= least) {
                    failing.add(diagnostic.severity);
                }
                warnings += usize::from(diagnostic.severity == Severity::Warning);
            }
            let score = linted.report.score.total;
            if let Some(least) = gate.min_score.filter(|least| score < *least) {
                others.push(format!("{path}: оценка {score} ниже порога {least}"));
            }
        }
        if let Some(most) = whole.max_warnings.filter(|most| warnings > *most) {
            others.push(format!("{} при пределе {most}", plural::count(warnings, names::severity_forms(Severity::Warning))));
        }
        Self { findings: Some(failing.said()).filter(|said| !said.is_empty()), others }
    }

    pub fn is_empty(&self) -> bool {
        self.findings.is_none() && self.others.is_empty()
    }
}
