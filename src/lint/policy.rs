//! What the user has settled: config files by path, suppressions in the text, the baseline.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use otvet::Options;
use otvet::report::Severity;

use super::baseline::Baseline;
use super::config::{Catalogue, Config, ConfigError, Configs, Flags, Settings};
use super::gate::Gate;
use super::model::{Failure, Hidden, HiddenBy, Linted};
use super::run::{Given, sort};
use super::suppress::Suppressions;

const LEAST_FIRST: [Severity; 3] = [Severity::Hint, Severity::Warning, Severity::Error];

/// What is settled for a run.
pub struct Policy {
    pub configs: Configs,
    pub catalogue: Catalogue,
    /// The flags that a config file may say too.
    pub flags: Flags,
    pub baseline: Option<Baseline>,
}

impl Policy {
    pub fn new(configs: Configs, flags: Flags) -> Self {
        Self { configs, catalogue: Catalogue::default(), flags, baseline: None }
    }

    /// The config for a path; without one, that of the working directory.
    ///
    /// # Errors
    /// A mistake in the file.
    pub fn config(&self, path: Option<&Path>) -> Result<Option<Arc<Config>>, ConfigError> {
        self.configs.for_file(path)
    }

    /// Put the lexicons and questions of configs before those that are asked for anyway.
    pub fn add_own(configs: &[Arc<Config>], options: &mut Options) {
        let own = |paths: Vec<PathBuf>, known: &mut Vec<PathBuf>| {
            let new: Vec<PathBuf> = paths.into_iter().filter(|path| !known.contains(path)).collect();
            known.splice(0..0, new);
        };
        for config in configs {
            own(config.lexicons(), &mut options.lexicon_dirs);
            own(config.question_files(), &mut options.question_files);
        }
    }

    /// What the config says of the texts at a path: weaker than their front matter, which is weaker than the flags.
    ///
    /// # Errors
    /// A mistake in the file.
    pub fn given(&self, path: Option<&Path>) -> Result<Given, Failure> {
        let config = self.config(path).map_err(|error| failure(path, &error))?;
        let settings = Settings::of(config.as_deref(), path, &Flags::default());
        Ok(Given {
            kind: settings.kind.map(|set| set.value),
            question: settings.question.map(|set| set.value),
            level: settings.level.map(|set| set.value),
            vacancy: settings.vacancy.map(|set| set.value),
        })
    }

    /// When a text at this path fails the run.
    pub fn gate(&self, path: Option<&Path>) -> Gate {
        let config = self.config(path).unwrap_or_default();
        let settings = Settings::of(config.as_deref(), path, &self.flags);
        Gate {
            fail_on: least(&settings),
            min_score: settings.min_score.map(|set| set.value),
            max_warnings: settings.max_warnings.map(|set| set.value),
        }
    }

    /// Take out what is switched off, allowed or known, and change severities.
    pub fn settle(&self, path: Option<&Path>, linted: &mut Linted, suppressions: &Suppressions) {
        let config = self.config(path).unwrap_or_default();
        let settings = Settings::of(config.as_deref(), path, &self.flags);
        let suppressed = suppressions.apply(std::mem::take(&mut linted.diagnostics), &linted.text, &self.catalogue);
        linted.fail_on = least(&settings);
        let off = settings.apply(suppressed.suppressed, &linted.text).kept;
        linted.suppressed = off.len();
        linted.hidden.extend(off.into_iter().map(|diagnostic| Hidden { diagnostic, by: HiddenBy::Suppression }));
        let mut kept = suppressed.kept;
        kept.extend(suppressed.notes);
        linted.diagnostics = settings.apply(kept, &linted.text).kept;
        if let Some(baseline) = &self.baseline {
            let sifted = baseline.sift(path.unwrap_or(Path::new("stdin")), std::mem::take(&mut linted.diagnostics));
            linted.diagnostics = sifted.kept;
            linted.known = sifted.known;
            linted.hidden.extend(sifted.hidden.into_iter().map(|diagnostic| Hidden { diagnostic, by: HiddenBy::Baseline }));
            linted.outdated = sifted.outdated;
        }
        sort(&mut linted.diagnostics);
    }
}

/// The least severity that fails.
fn least(settings: &Settings<'_>) -> Option<Severity> {
    LEAST_FIRST.into_iter().find(|severity| settings.fail_on.value.fails(*severity))
}

fn failure(path: Option<&Path>, error: &ConfigError) -> Failure {
    let path = path.map_or_else(|| "stdin".into(), super::walk::shown);
    Failure { path, message: error.to_string(), hint: "исправьте файл настроек".into(), at: None }
}
