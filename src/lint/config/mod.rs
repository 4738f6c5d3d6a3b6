//! `otvet.toml`: what is checked, how strictly, and for which files.
//!
//! | step | where |
//! |---|---|
//! | which file holds for a text | [`Configs`] |
//! | the file as it is written; its JSON Schema | `file`, `schema` |
//! | its mistakes, with places | `error` |
//! | what it says, compiled: masks, phrases | [`Config`] |
//! | what is in force for one text, and who said so | [`Settings`] |
//!
//! The order of use: `Configs::new` → `for_file` → load the lexicon with [`Config::lexicons`] and
//! [`Config::question_files`] → [`Config::check`] against the [`Catalogue`] → [`Settings::of`] → [`Settings::apply`].

mod allow;
mod catalogue;
mod error;
mod file;
mod find;
mod globs;
pub mod paths;
mod schema;
mod settings;
mod template;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use otvet::Level;
use otvet::lexicon::Place;
use toml::Spanned;

pub use catalogue::{Catalogue, belongs};
pub use error::{ConfigError, suggestion};
pub use file::{FailOn, Setting};
pub use find::{Choice, Configs, NAME};
pub use schema::schema;
pub use settings::{Flags, Origin, Set, Settings};
pub use template::TEMPLATE;

use allow::Phrase;
use globs::Globs;

/// A value of a file with its place.
#[derive(Debug, Clone)]
pub struct Valued<T> {
    pub value: T,
    pub place: Place,
}

/// A config file, read and compiled.
#[derive(Debug, Clone)]
pub struct Config {
    /// How it is named to people.
    name: Arc<str>,
    /// The folder it stands in: masks and paths are relative to it.
    folder: PathBuf,
    min_score: Option<Valued<u8>>,
    fail_on: Option<Valued<FailOn>>,
    max_warnings: Option<Valued<usize>>,
    exclude: Globs,
    excluded: Vec<Valued<String>>,
    lexicons: Vec<Valued<PathBuf>>,
    question_files: Vec<Valued<PathBuf>>,
    /// What holds for every text, then the overrides in their order.
    layers: Vec<Layer>,
    allowed: Vec<Allowed>,
}

/// Settings for some of the texts.
#[derive(Debug, Clone, Default)]
struct Layer {
    /// `None`: for all of them.
    paths: Option<Globs>,
    rules: Vec<(Valued<String>, Setting)>,
    kind: Option<Valued<String>>,
    question: Option<Valued<String>>,
    level: Option<Valued<Level>>,
    vacancy: Option<Valued<PathBuf>>,
}

/// Phrases a rule lets pass.
#[derive(Debug, Clone)]
struct Allowed {
    rule: Valued<String>,
    phrases: Vec<(Valued<String>, Phrase)>,
    reason: Option<String>,
}

impl Config {
    /// Read a config file.
    ///
    /// # Errors
    /// That it cannot be read, or its first mistake with file, line and column. Names of rules, questions and kinds are
    /// looked at in [`Self::check`].
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let name = paths::shown(path);
        let bytes = std::fs::read(path).map_err(|error| {
            let reason = crate::command::reason(&error);
            ConfigError::new(None, format!("не удалось прочитать файл настроек «{name}»: {reason}"), "проверьте путь и права доступа")
        })?;
        let text = String::from_utf8(bytes)
            .map_err(|_| ConfigError::new(None, format!("файл настроек «{name}» не в UTF-8"), "сохраните его как UTF-8"))?;
        Self::parse(path, &text)
    }

    /// Read the text of a config file; `path` says where it stands.
    ///
    /// # Errors
    /// Its first mistake.
    pub fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
        let name: Arc<str> = paths::shown(path).into();
        // Editors of Windows like to begin a file with a mark of its encoding.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let file: file::File = toml::from_str(text).map_err(|error| ConfigError::toml(&name, text, &error))?;
        let folder = paths::absolute(path).parent().map(Path::to_path_buf).unwrap_or_default();
        Written { name: &name, text, folder: &folder }.compile(file)
    }

    /// The folder it stands in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Are the rules, questions and kinds that the file names known?
    ///
    /// # Errors
    /// The first that is not, with what was perhaps meant.
    pub fn check(&self, catalogue: &Catalogue) -> Result<(), ConfigError> {
        let rules =
            self.layers.iter().flat_map(|layer| layer.rules.iter().map(|(name, _)| name)).chain(self.allowed.iter().map(|a| &a.rule));
        let mut unknown = rules.filter(|name| !catalogue.knows(&name.value));
        if let Some(name) = unknown.next() {
            let near = catalogue.near(&name.value).map(|near| format!("возможно, вы имели в виду {near}\n")).unwrap_or_default();
            let message = format!("правила «{}» нет", name.value);
            return Err(ConfigError::new(Some(name.place.clone()), message, format!("{near}список: otvet rules")));
        }
        for layer in &self.layers {
            for (given, known, what) in
                [(&layer.question, catalogue.questions(), "вопроса"), (&layer.kind, catalogue.kinds(), "вида текста")]
            {
                let is_known = |name: &str| if what == "вопроса" { known.contains(name) } else { catalogue.knows_kind(name) };
                if let Some(given) = given.as_ref().filter(|given| !is_known(&given.value)) {
                    let list = if what == "вопроса" {
                        "список: otvet questions".to_string()
                    } else {
                        format!("возможны: {}", known.iter().map(String::as_str).collect::<Vec<_>>().join(", "))
                    };
                    let near = suggestion(&given.value, known.iter().map(String::as_str));
                    let message = format!("{what} «{}» нет", given.value);
                    return Err(ConfigError::new(Some(given.place.clone()), message, format!("{near}\n{list}")));
                }
            }
        }
        Ok(())
    }

    /// How the file is named to people.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Is this file not to be checked? Relative paths are those of the working directory.
    pub fn excludes(&self, path: &Path) -> bool {
        self.exclude.fit(&self.relative(path))
    }

    /// Folders with own rules and questions, absolute; they exist.
    pub fn lexicons(&self) -> Vec<PathBuf> {
        self.lexicons.iter().map(|path| path.value.clone()).collect()
    }

    /// Files with own questions, absolute; they exist.
    pub fn question_files(&self) -> Vec<PathBuf> {
        self.question_files.iter().map(|path| path.value.clone()).collect()
    }

    /// A path as the masks see it.
    fn relative(&self, path: &Path) -> String {
        paths::relative(&paths::absolute(path), &self.folder)
    }

    /// The layers that hold for a text, the strongest first. A text without a path has only what holds for every one.
    fn layers(&self, path: Option<&Path>) -> Vec<&Layer> {
        let relative = path.map(|path| self.relative(path));
        let holds = |layer: &&Layer| layer.paths.as_ref().is_none_or(|globs| relative.as_ref().is_some_and(|path| globs.fit(path)));
        self.layers.iter().rev().filter(holds).collect()
    }
}

/// A file on its way from what is written to what is meant.
struct Written<'w> {
    name: &'w Arc<str>,
    text: &'w str,
    folder: &'w Path,
}

impl Written<'_> {
    fn compile(&self, file: file::File) -> Result<Config, ConfigError> {
        let mut layers = vec![Layer {
            paths: None,
            rules: self.rules(file.rules),
            kind: file.kind.map(|value| self.valued(value)),
            question: file.question.map(|value| self.valued(value)),
            level: file.level.map(|value| self.valued(value)),
            vacancy: file.vacancy.map(|value| self.existing(value, false)).transpose()?,
        }];
        for one in file.overrides {
            if one.paths.get_ref().is_empty() {
                return Err(self.error(one.paths.span().start, "в paths нет ни одной маски", "например: paths = [\"архив/**\"]"));
            }
            layers.push(Layer {
                paths: Some(self.globs(one.paths.get_ref())?),
                rules: self.rules(one.rules),
                kind: one.kind.map(|value| self.valued(value)),
                question: one.question.map(|value| self.valued(value)),
                level: one.level.map(|value| self.valued(value)),
                vacancy: one.vacancy.map(|value| self.existing(value, false)).transpose()?,
            });
        }
        Ok(Config {
            name: Arc::clone(self.name),
            folder: self.folder.to_path_buf(),
            min_score: file.min_score.map(|value| self.number(value, 100)).transpose()?,
            fail_on: file.fail_on.map(|value| self.valued(value)),
            max_warnings: file.max_warnings.map(|value| self.number(value, i64::from(u32::MAX))).transpose()?,
            exclude: self.globs(&file.exclude)?,
            excluded: file.exclude.into_iter().map(|value| self.valued(value)).collect(),
            lexicons: file.lexicons.into_iter().map(|value| self.existing(value, true)).collect::<Result<_, _>>()?,
            question_files: file.question_files.into_iter().map(|value| self.existing(value, false)).collect::<Result<_, _>>()?,
            layers,
            allowed: file.allow.into_iter().map(|value| self.allowed(value)).collect::<Result<_, _>>()?,
        })
    }

    fn rules(&self, rules: file::Rules) -> Vec<(Valued<String>, Setting)> {
        rules.into_iter().map(|(name, setting)| (self.valued(name), setting.into_inner())).collect()
    }

    fn globs(&self, masks: &[Spanned<String>]) -> Result<Globs, ConfigError> {
        Globs::new(masks.iter().map(|mask| mask.get_ref().as_str())).map_err(|(number, message)| {
            let at = masks.get(number).map_or(0, |mask| mask.span().start);
            self.error(at, &message, "маски пишут как в .gitignore: \"архив/**\", \"*.md\"")
        })
    }

    fn allowed(&self, allow: file::Allow) -> Result<Allowed, ConfigError> {
        if allow.phrases.get_ref().is_empty() {
            return Err(self.error(allow.phrases.span().start, "в phrases нет ни одной фразы", "например: phrases = [\"как бы\"]"));
        }
        let phrase = |written: Spanned<String>| {
            let compiled = Phrase::new(written.get_ref());
            let wrong = || self.error(written.span().start, "во фразе нет ни одного слова", "впишите фразу или уберите её");
            Ok((self.valued(written.clone()), compiled.ok_or_else(wrong)?))
        };
        let phrases = allow.phrases.into_inner().into_iter().map(phrase).collect::<Result<_, _>>()?;
        Ok(Allowed { rule: self.valued(allow.rule), phrases, reason: allow.reason })
    }

    fn number<T: TryFrom<i64>>(&self, value: Spanned<i64>, most: i64) -> Result<Valued<T>, ConfigError> {
        let fits = (0..=most).contains(value.get_ref()).then(|| T::try_from(*value.get_ref()).ok()).flatten();
        let place = self.place(value.span().start);
        match fits {
            Some(value) => Ok(Valued { value, place }),
            None => Err(ConfigError::new(
                Some(place),
                format!("число {} не подходит", value.get_ref()),
                format!("нужно целое число от 0 до {most}"),
            )),
        }
    }

    /// A path relative to the file, of something that is there.
    fn existing(&self, value: Spanned<String>, folder: bool) -> Result<Valued<PathBuf>, ConfigError> {
        let path = paths::absolute(&self.folder.join(value.get_ref()));
        let there = if folder { path.is_dir() } else { path.is_file() };
        if !there {
            let what = if folder { "папки" } else { "файла" };
            let message = format!("{what} «{}» нет", value.get_ref());
            return Err(self.error(value.span().start, &message, "пути пишут от папки, в которой стоит файл настроек"));
        }
        Ok(Valued { value: path, place: self.place(value.span().start) })
    }

    fn valued<T>(&self, value: Spanned<T>) -> Valued<T> {
        let place = self.place(value.span().start);
        Valued { value: value.into_inner(), place }
    }

    fn place(&self, byte: usize) -> Place {
        Place::of(self.name, self.text, byte)
    }

    fn error(&self, byte: usize, message: &str, hint: &str) -> ConfigError {
        ConfigError::new(Some(self.place(byte)), message, hint)
    }
}

#[cfg(test)]
mod tests;
