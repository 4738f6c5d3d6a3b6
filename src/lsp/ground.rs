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

/// What is loaded. The dictionary is large: it is loaded anew only if other lexicons are wanted.
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

    /// Make the ground fit for texts at these paths.
    ///
    /// # Errors
    /// Even the shipped lexicons cannot be loaded.
    pub fn ground(
        &self,
        known: Option<Ground>,
        policy: &mut Policy,
        paths: &[PathBuf],
        mistakes: &mut Vec<String>,
    ) -> Result<Ground, Failure> {
        let mut configs: Vec<Arc<Config>> = Vec::new();
        for path in paths {
            // A mistake in a config is told with each text it holds for.
            let config = policy.config(Some(path)).ok().flatten();
            configs.extend(config.filter(|config| configs.iter().all(|known| !Arc::ptr_eq(known, config))));
        }
        let mut options = self.options.clone();
        Policy::add_own(&configs, &mut options);
        let wanted = (options.lexicon_dirs.clone(), options.question_files.clone());
        let ground = match known.filter(|ground| ground.wanted == wanted) {
            Some(ground) => ground,
            None => {
                let analyzer = load(&options).or_else(|mistake| {
                    mistakes.push(mistake.to_string());
                    load(&Options::default())
                })?;
                Ground { analyzer, wanted }
            }
        };
        policy.catalogue = crate::lint::config::Catalogue::of(ground.analyzer.lexicon());
        mistakes.extend(configs.iter().filter_map(|config| config.check(&policy.catalogue).err()).map(|error| error.to_string()));
        Ok(ground)
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
