//! When a report fails the run: `--fail-on` and `--min-score`.

use otvet::Report;
use otvet::report::{Severity, names, plural};

use super::values::{FailOn, points};

/// Flags that make a finding or a low score an exit code.
#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub struct Gate {
    #[arg(long, value_name = "БАЛЛЫ", value_parser = points, help = "Код выхода 1, если оценка ниже, от 0 до 100")]
    min_score: Option<u8>,
    #[arg(
        long,
        value_name = "СТЕПЕНЬ",
        hide_possible_values = true,
        help = "Код выхода 1, если есть замечания этой степени или серьёзнее: error, warning, hint"
    )]
    fail_on: Option<FailOn>,
}

impl Gate {
    /// Does a report with this score and this worst finding pass?
    pub fn passes(&self, score: u8, worst: Option<Severity>) -> bool {
        let high = self.min_score.is_none_or(|least| score >= least);
        let harmless = self.fail_on.is_none_or(|least| worst.is_none_or(|worst| worst < least.severity()));
        high && harmless
    }

    /// Why the report fails; nothing if it passes.
    pub fn objection(&self, report: &Report) -> Option<String> {
        let score = report.score.total;
        if let Some(least) = self.min_score.filter(|least| score < *least) {
            return Some(format!("оценка {score} ниже порога {least}"));
        }
        let least = self.fail_on?.severity();
        let grave = report.findings.iter().filter(|finding| finding.severity >= least);
        let count = grave.clone().count();
        let worst = grave.map(|finding| finding.severity).max()?;
        Some(format!("{} (самое серьёзное: {})", plural::count(count, ["замечание", "замечания", "замечаний"]), names::severity(worst)))
    }
}
