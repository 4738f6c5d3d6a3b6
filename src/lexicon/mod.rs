//! Language data: loads `lexicons/`, the user's own files over it, and checks them.
//!
//! What the files may hold is described in `docs/lexicons.md`. Patterns are kept as written, with their places;
//! the analyzer compiles those it needs.

mod error;
mod files;
mod kinds;
mod question;
mod rule;
mod score;
mod shipped;
mod star;
mod tree;

use std::path::PathBuf;

pub use error::{LexiconError, Place};
pub(crate) use files::File;
pub use files::Files;
pub use kinds::{ANSWER, KindLexicon, KindSign, LineSigns, Position as KindPosition, RESUME};
pub use question::{Criterion, Fact, Letter, Question, QuestionKind};
pub use rule::{Check, Rule, Within};
pub use score::{ScoreTable, Shares, StarShare};
pub(crate) use shipped::sieves;
pub use star::{Cue, Heading, StarLexicon, Weights};

use crate::pattern::ClassSource;

/// A pattern (or another text of a lexicon) with its place.
#[derive(Debug, Clone)]
pub struct Written {
    pub text: String,
    pub place: Place,
}

/// What to load besides the shipped lexicons.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Folders whose files are added to the shipped ones or replace those of the same relative path.
    pub lexicon_dirs: Vec<PathBuf>,
    /// Questions of the user's own, one TOML file each.
    pub question_files: Vec<PathBuf>,
    /// A checklist in plain text, one criterion a line.
    pub checklist: Option<PathBuf>,
    /// Which questions to read: reading all costs time that a single answer need not pay.
    pub scope: Scope,
}

/// Which questions to read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Scope {
    #[default]
    All,
    /// These ids, and the user's own.
    Only(Vec<String>),
}

/// All language data, parsed and checked.
pub struct Lexicon {
    ruleset: String,
    pub(crate) classes: ClassSource,
    /// Words by which a line of a plain-text checklist finds a class.
    pub(crate) class_names: Vec<(String, Vec<String>)>,
    rules: Vec<Rule>,
    questions: Vec<Question>,
    question_ids: Vec<String>,
    letters: Vec<Letter>,
    kinds: KindLexicon,
    pub(crate) star: StarLexicon,
    pub(crate) score: ScoreTable,
    pub(crate) quantities: File,
    /// The file of vacancies, compiled only by who compares.
    pub(crate) vacancy: File,
    /// Criteria of `Options::checklist`.
    pub(crate) checklist: Vec<Criterion>,
}

impl Lexicon {
    /// Read the shipped lexicons and what the options add.
    ///
    /// # Errors
    /// The first mistake, with file, line, column and a hint, in Russian.
    pub fn load(options: &Options) -> Result<Self, LexiconError> {
        let files = Files::gather(&options.lexicon_dirs)?;
        let (classes, class_names) = read_classes(&files, options)?;
        let rules = files.under("rules/").map(rule::parse).collect::<Result<Vec<_>, _>>()?;
        let rules: Vec<Rule> = rules.into_iter().flatten().collect();
        rule::check_unique(&rules)?;
        let mut questions = Vec::new();
        let mut question_ids = Vec::new();
        for file in files.under("questions/") {
            let wanted = match &options.scope {
                Scope::All => true,
                Scope::Only(ids) => ids.iter().any(|id| id == file.stem()),
            };
            question_ids.push(file.stem().to_string());
            if wanted {
                questions.push(question::parse(file)?);
            }
        }
        for path in &options.question_files {
            let own = question::parse(&files::read(path)?)?;
            question_ids.push(own.id.clone());
            questions.retain(|question| question.id != own.id);
            questions.push(own);
        }
        let letters = files.under("letters/").map(question::parse_letter).collect::<Result<Vec<_>, _>>()?;
        let kinds = kinds::parse(files.get("kinds.toml")?)?;
        let lines = options.checklist.as_deref().map(files::read_checklist).transpose()?.unwrap_or_default();
        let checklist = lines.into_iter().enumerate().map(|(number, line)| Criterion::own(number, line)).collect();
        let star = star::parse(files.get("star.toml")?, files.get("star-weights.toml")?)?;
        let score = score::parse(files.get("score.toml")?)?;
        let quantities = files.get("quantities.toml")?.clone();
        let vacancy = files.get("vacancy.toml")?.clone();
        let ruleset = score.ruleset.clone();
        Ok(Self {
            ruleset,
            classes,
            class_names,
            rules,
            questions,
            question_ids,
            letters,
            kinds,
            star,
            score,
            quantities,
            vacancy,
            checklist,
        })
    }

    /// The version of the language data: printed with every score.
    pub fn ruleset(&self) -> &str {
        &self.ruleset
    }

    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The questions that were read (see [`Scope`]).
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// The ids of all questions, read or not.
    pub fn question_ids(&self) -> &[String] {
        &self.question_ids
    }

    pub fn letters(&self) -> &[Letter] {
        &self.letters
    }

    /// The signs by which the kind of a text is recognised.
    pub fn kinds(&self) -> &KindLexicon {
        &self.kinds
    }

    /// The ids of the kinds of texts: an answer, a résumé, the letters.
    pub fn kind_ids(&self) -> impl Iterator<Item = &str> {
        [ANSWER, RESUME].into_iter().chain(self.letters.iter().map(|letter| letter.id.as_str()))
    }

    /// What else the kinds are called, with their ids: the titles of letters and everyday names, in lower case.
    pub fn kind_names(&self) -> impl Iterator<Item = (String, &str)> {
        let titles = self.letters.iter().map(|letter| (letter.title.to_lowercase(), letter.id.as_str()));
        titles.chain(self.kinds.names.iter().map(|(name, id)| (name.clone(), id.as_str())))
    }

    /// The id of a kind by any of its names.
    pub fn kind_named(&self, name: &str) -> Option<&str> {
        let wanted = name.trim().to_lowercase();
        self.kind_ids().find(|id| *id == wanted).or_else(|| self.kind_names().find(|(known, _)| *known == wanted).map(|(_, id)| id))
    }

    /// The criteria of every question that was read and of every letter, by id.
    pub(crate) fn checklists(&self) -> impl Iterator<Item = (&str, &[Criterion], &[Written])> {
        let questions =
            self.questions.iter().map(|question| (question.id.as_str(), question.criteria.as_slice(), question.topic.as_slice()));
        questions.chain(self.letters.iter().map(|letter| (letter.id.as_str(), letter.criteria.as_slice(), [].as_slice())))
    }
}

/// The classes. If all are the program's own they are compiled already; only a plain-text checklist then asks for the words that call them.
fn read_classes(files: &Files, options: &Options) -> Result<(ClassSource, question::ClassNames), LexiconError> {
    let shipped = crate::pattern::store().filter(|_| files.under("classes/").all(File::is_shipped));
    match shipped {
        Some(store) if options.checklist.is_none() => Ok((ClassSource::Shipped(store), Vec::new())),
        Some(store) => Ok((ClassSource::Shipped(store), question::classes(files)?.1)),
        None => question::classes(files),
    }
}

/// Patterns with their places.
fn written(file: &File, patterns: Vec<toml::Spanned<String>>) -> Vec<Written> {
    let place = |pattern: &toml::Spanned<String>| file.place(pattern.span().start);
    patterns.into_iter().map(|pattern| Written { place: place(&pattern), text: pattern.into_inner() }).collect()
}
