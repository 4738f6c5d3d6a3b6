//! `lexicons/vacancy.toml`: headings, cues, concepts and products, compiled for both texts.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;
use toml::Spanned;

use super::sound;
use crate::Analyzer;
use crate::language::{Text, fold};
use crate::lexicon::LexiconError;
use crate::pattern::{Compiler, Hit, PatternSet, Vocabulary};

/// What a part of a vacancy is. Of several that a heading may be, the first here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SectionKind {
    Respond,
    Pluses,
    Conditions,
    Duties,
    Requirements,
    About,
}

/// How the letter answers what the vacancy tells to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AskKind {
    /// The word in quotation marks stands in the letter.
    CodeWord,
    /// One of `met` stands in the letter, or a link.
    Named,
    /// The letter speaks of the words of the question.
    Question,
}

/// What a pattern stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    Heading(SectionKind),
    /// A sentence of prose that asks: its requirement is what follows.
    Cue(SectionKind),
    /// Where a requirement begins inside a sentence.
    Head,
    /// What a requirement says of alternatives: «или похожая система».
    Similar,
    Wanted(usize),
    Evidence(usize),
    Topic(usize),
    Met(usize),
    Imperative,
    NoAsk,
    Hedge,
    Denial,
    NoDenial,
    Label,
    Fact,
    Experience,
    NoExperience,
    /// «Откликаюсь на вакансию»: the sentence only says what the letter is for.
    Application,
}

pub struct Concept {
    pub weight: f64,
    /// Having it is enough: a certificate, an education.
    pub possession: bool,
}

/// The compiled lexicon.
pub struct VacancyLexicon {
    pub vocabulary: Vocabulary,
    set: PatternSet,
    owners: Vec<Owner>,
    pub concepts: Vec<Concept>,
    pub asks: Vec<AskKind>,
    /// Does a link answer the ask?
    pub links: Vec<bool>,
    /// Lemmas that say nothing of what is required.
    pub empty: HashSet<String>,
    /// Lemmas that say little.
    pub common: HashSet<String>,
    /// Verbs that name a quality instead of telling a deed.
    pub idle: HashSet<String>,
    /// Lemmas of people who are served, not led.
    pub public: Vec<String>,
    /// The year in which «с 2017 года» is counted to.
    pub year: f64,
    /// By the folded name: the rank of a level of a language, 1 (A1) to 6 (C2).
    pub levels: HashMap<String, f64>,
    /// By the folded name as written: what else it is called (as it sounds).
    pub aliases: HashMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileText {
    section: Vec<SectionEntry>,
    prose: Vec<SectionCues>,
    words: Words,
    concept: Vec<ConceptEntry>,
    product: Vec<Product>,
    ask: Vec<AskEntry>,
    asks: Asks,
    status: StatusCues,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionEntry {
    kind: SectionKind,
    headings: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionCues {
    kind: SectionKind,
    cues: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    empty: Vec<String>,
    common: Vec<String>,
    idle: Vec<String>,
    public: Vec<String>,
    year: f64,
    levels: HashMap<String, f64>,
    heads: Vec<Spanned<String>>,
    similar: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConceptEntry {
    #[serde(rename = "id")]
    _id: String,
    wanted: Vec<Spanned<String>>,
    #[serde(default)]
    evidence: Vec<Spanned<String>>,
    /// `wanted` is evidence too.
    #[serde(default)]
    both: bool,
    #[serde(default = "one")]
    weight: f64,
    #[serde(default)]
    possession: bool,
}

fn one() -> f64 {
    1.0
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Product {
    name: String,
    called: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AskEntry {
    kind: AskKind,
    topic: Vec<Spanned<String>>,
    #[serde(default)]
    met: Vec<Spanned<String>>,
    #[serde(default)]
    link: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asks {
    imperative: Vec<Spanned<String>>,
    unless: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StatusCues {
    hedge: Vec<Spanned<String>>,
    denial: Vec<Spanned<String>>,
    no_denial: Vec<Spanned<String>>,
    label: Vec<Spanned<String>>,
    fact: Vec<Spanned<String>>,
    experience: Vec<Spanned<String>>,
    no_experience: Vec<Spanned<String>>,
    application: Vec<Spanned<String>>,
}

impl VacancyLexicon {
    /// Compile the file of an analyzer's lexicons.
    ///
    /// # Errors
    /// The first mistake, with its place.
    pub fn compile(analyzer: &Analyzer) -> Result<Self, LexiconError> {
        let file = &analyzer.lexicon.vacancy;
        let parsed: FileText = file.parse()?;
        let mut compiler = Compiler::new(analyzer.language.morphology(), &analyzer.lexicon.classes);
        let (mut set, mut owners) = (PatternSet::default(), Vec::new());
        let mut add = |owner: Owner, patterns: &[Spanned<String>]| -> Result<(), LexiconError> {
            for pattern in patterns {
                let added = compiler.add(&mut set, pattern.get_ref());
                added.map_err(|error| LexiconError::in_pattern(&file.place(pattern.span().start), pattern.get_ref(), error))?;
                owners.push(owner);
            }
            Ok(())
        };
        for section in &parsed.section {
            add(Owner::Heading(section.kind), &section.headings)?;
        }
        for prose in &parsed.prose {
            add(Owner::Cue(prose.kind), &prose.cues)?;
        }
        add(Owner::Head, &parsed.words.heads)?;
        add(Owner::Similar, &parsed.words.similar)?;
        for (number, concept) in parsed.concept.iter().enumerate() {
            add(Owner::Wanted(number), &concept.wanted)?;
            add(Owner::Evidence(number), &concept.evidence)?;
            if concept.both {
                add(Owner::Evidence(number), &concept.wanted)?;
            }
        }
        for (number, ask) in parsed.ask.iter().enumerate() {
            add(Owner::Topic(number), &ask.topic)?;
            add(Owner::Met(number), &ask.met)?;
        }
        add(Owner::Imperative, &parsed.asks.imperative)?;
        add(Owner::NoAsk, &parsed.asks.unless)?;
        add(Owner::Hedge, &parsed.status.hedge)?;
        add(Owner::Denial, &parsed.status.denial)?;
        add(Owner::NoDenial, &parsed.status.no_denial)?;
        add(Owner::Label, &parsed.status.label)?;
        add(Owner::Fact, &parsed.status.fact)?;
        add(Owner::Experience, &parsed.status.experience)?;
        add(Owner::NoExperience, &parsed.status.no_experience)?;
        add(Owner::Application, &parsed.status.application)?;
        let folded = |words: &[String]| words.iter().map(|word| fold(word)).collect();
        let mut aliases: HashMap<String, Vec<String>> = HashMap::new();
        for product in &parsed.product {
            let entry = aliases.entry(fold(&product.name)).or_default();
            entry.extend(product.called.iter().map(|name| sound::key(name)));
        }
        Ok(Self {
            vocabulary: compiler.into_vocabulary(),
            set,
            owners,
            concepts: parsed.concept.iter().map(|one| Concept { weight: one.weight, possession: one.possession }).collect(),
            asks: parsed.ask.iter().map(|ask| ask.kind).collect(),
            links: parsed.ask.iter().map(|ask| ask.link).collect(),
            empty: folded(&parsed.words.empty),
            common: folded(&parsed.words.common),
            idle: folded(&parsed.words.idle),
            public: parsed.words.public,
            year: parsed.words.year,
            levels: parsed.words.levels.iter().map(|(name, rank)| (fold(name), *rank)).collect(),
            aliases,
        })
    }

    /// What stands where.
    pub fn find(&self, text: &Text) -> Vec<(Owner, Hit)> {
        self.set.find(text).into_iter().map(|hit| (self.owners[hit.pattern], hit)).collect()
    }
}
