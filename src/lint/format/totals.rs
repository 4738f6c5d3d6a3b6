//! Counts of a run.

use otvet::report::{Counts, Severity, plural};
use schemars::JsonSchema;
use serde::Serialize;

use crate::lint::model::{Checked, Diagnostic, Failure, Run};

/// How many files there are, and what was found in them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Totals {
    /// All files, those that could not be read too.
    pub files: usize,
    /// Files that were checked and have nothing to mend.
    pub clean: usize,
    /// Files that could not be checked.
    pub failed: usize,
    pub errors: usize,
    pub warnings: usize,
    pub hints: usize,
    /// Findings that writers switched off in their files.
    pub suppressed: usize,
    /// Findings that the baseline knows.
    pub known: usize,
    #[serde(skip)]
    #[schemars(skip)]
    found: Counts,
}

impl Totals {
    pub fn of(run: &Run) -> Self {
        let mut found = Counts::default();
        let mut totals = Self { files: run.files.len() + run.failures.len(), failed: run.failures.len(), ..Self::default() };
        for file in &run.files {
            match &file.outcome {
                Ok(linted) => {
                    totals.clean += usize::from(linted.diagnostics.is_empty());
                    totals.suppressed += linted.suppressed;
                    totals.known += linted.known;
                    linted.diagnostics.iter().for_each(|diagnostic| found.add(diagnostic.severity));
                }
                Err(_) => totals.failed += 1,
            }
        }
        let [errors, warnings, hints] = [Severity::Error, Severity::Warning, Severity::Hint].map(|severity| found.of(severity));
        Self { errors, warnings, hints, found, ..totals }
    }

    /// «1 ошибка, 2 предупреждения»; nothing where nothing was found.
    pub fn found(&self) -> String {
        self.found.said()
    }

    /// «2 файла: 1 ошибка, 1 предупреждение · 1 файл чист».
    pub fn brief(&self) -> String {
        if self.files == 0 {
            return "файлов для проверки нет".into();
        }
        let files = plural::count(self.files, ["файл", "файла", "файлов"]);
        let found = self.found();
        let checked = self.files - self.failed;
        let mut parts = vec![match (found.is_empty(), checked) {
            (true, 0) => format!("{files}: ничего не проверено"),
            (true, _) => format!("{files}: замечаний нет"),
            (false, _) => format!("{files}: {found}"),
        }];
        if self.clean > 0 && self.clean < self.files {
            parts.push(plural::count(self.clean, ["файл чист", "файла чисты", "файлов чисты"]));
        }
        if self.failed > 0 && checked > 0 {
            parts.push(plural::count(self.failed, ["файл не прочитан", "файла не прочитаны", "файлов не прочитаны"]));
        }
        parts.extend(aside(self.suppressed, self.known));
        parts.join(" · ")
    }
}

/// What is not shown, and why.
pub fn aside(suppressed: usize, known: usize) -> impl Iterator<Item = String> {
    let off = (suppressed > 0).then(|| format!("отключено в тексте: {}", plural::grouped(suppressed)));
    let old = (known > 0).then(|| format!("известно по базе: {}", plural::grouped(known)));
    off.into_iter().chain(old)
}

/// All findings of a run with the files they stand in, in order.
pub fn findings(run: &Run) -> impl Iterator<Item = (&Checked, &crate::lint::model::Linted, &Diagnostic)> {
    run.files
        .iter()
        .filter_map(|file| Some((file, file.outcome.as_ref().ok()?)))
        .flat_map(|(file, linted)| linted.diagnostics.iter().map(move |diagnostic| (file, linted, diagnostic)))
}

/// All that could not be checked.
pub fn failures(run: &Run) -> impl Iterator<Item = &Failure> {
    run.files.iter().filter_map(|file| file.outcome.as_ref().err()).chain(&run.failures)
}
