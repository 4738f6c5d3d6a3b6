//! What texts are judged with: the lexicons, the config files, what the command line says.

use std::path::PathBuf;
use std::sync::Arc;

use otvet::{Analyzer, Options};

use crate::command::Failure;
use crate::lint::config::{Choice, Config, Configs, Flags};
use crate::lint::policy::Policy;
use crate::lint::run::Given;

/// What the command line says.
#[derive(Debug, Clone)]
pub struct Setup {
    pub choice: Choice,
    pub given: Given,
    pub options: Options,
}

/// What is loaded. It takes long, so it is loaded anew only if other lexicons are wanted.
pub struct Ground {
    pub analyzer: Analyzer,
    /// The lexicons and questions it was to be loaded with.
    wanted: (Vec<PathBuf>, Vec<PathBuf>),
}

impl Setup {
    /// The configs, read anew. What is wrong goes to `mistakes`, and the rest holds.
    pub fn policy(&self, mistakes: &mut Vec<String>) -> Policy {
        let configs = Configs::new(&self.choice).or_else(|error| {
            mistakes.push(error.to_string());
            Configs::new(&Choice::None)
        });
        Policy::new(configs.unwrap_or_else(|_| unreachable!("no file is read")), Flags::default())
    }

    /// The configs that hold for texts at these paths. A mistake in one is told with each text it holds for.
    fn configs(policy: &Policy, paths: &[PathBuf]) -> Vec<Arc<Config>> {
        let mut configs: Vec<Arc<Config>> = Vec::new();
        for path in paths {
            let config = policy.config(Some(path)).ok().flatten();
            configs.extend(config.filter(|config| configs.iter().all(|known| !Arc::ptr_eq(known, config))));
        }
        configs
    }

    fn options(&self, configs: &[Arc<Config>]) -> Options {
        let mut options = self.options.clone();
        Policy::add_own(configs, &mut options);
        options
    }

    /// Load what texts at these paths are judged with.
    ///
    /// # Errors
    /// Even the shipped lexicons cannot be loaded.
    pub fn ground(&self, policy: &Policy, paths: &[PathBuf], mistakes: &mut Vec<String>) -> Result<Ground, Failure> {
        let options = self.options(&Self::configs(policy, paths));
        let analyzer = load(&options).or_else(|mistake| {
            mistakes.push(mistake.to_string());
            load(&Options::default())
        })?;
        Ok(Ground { analyzer, wanted: (options.lexicon_dirs, options.question_files) })
    }

    /// Is the ground what texts at these paths want? Then the policy is made to fit it.
    pub fn settle(&self, ground: &Ground, policy: &mut Policy, paths: &[PathBuf], mistakes: &mut Vec<String>) -> bool {
        let configs = Self::configs(policy, paths);
        let options = self.options(&configs);
        policy.catalogue = crate::lint::config::Catalogue::of(ground.analyzer.lexicon());
        mistakes.extend(configs.iter().filter_map(|config| config.check(&policy.catalogue).err()).map(|error| error.to_string()));
        (options.lexicon_dirs, options.question_files) == ground.wanted
    }
}

impl Ground {
    /// Are the lexicons there that the config for this path names?
    pub fn serves(&self, policy: &Policy, path: &std::path::Path) -> bool {
        let Some(config) = policy.config(Some(path)).ok().flatten() else { return true };
        config.lexicons().iter().all(|path| self.wanted.0.contains(path))
            && config.question_files().iter().all(|path| self.wanted.1.contains(path))
    }
}

fn load(options: &Options) -> Result<Analyzer, Failure> {
    Analyzer::load(options, |_| Ok::<(), Failure>(()))
}
