//! The pipeline: what happens to a text, from its letters to the report. Read this file first.

use std::collections::HashMap;
use std::fmt;
use std::rc::Rc;

use crate::analysis::book::Book;
use crate::analysis::checklist::{Checklist, Judgement};
use crate::analysis::echo::Echo;
use crate::analysis::findings::{self, Expressions};
use crate::analysis::kinds::{Kinds, VACANCY};
use crate::analysis::own_checklist::OwnChecklist;
use crate::analysis::quantities::{self, QuantityLexicon};
use crate::analysis::relevance::Relevance;
use crate::analysis::score;
use crate::analysis::star::{self, Model};
use crate::analysis::substance::{Said, Substance};
use crate::analysis::target::Target;
use crate::document::Document;
use crate::language::{Language, LoadError, Morphology, Text, WordCache};
use crate::lexicon::{Lexicon, LexiconError, Options};
use crate::pattern::{Compiler, Vocabulary};
use crate::report::{Assessment, Level, Report};
use crate::suggest::nearest;
use crate::trace::{self, Trace};

/// The longest text that is analysed, in bytes.
pub const LONGEST_TEXT: usize = 1 << 20;

/// A text to check and what is known of it.
#[derive(Debug, Clone, Default)]
pub struct Request<'a> {
    pub id: Option<String>,
    /// `answer`, `resume` or the id of a letter kind.
    pub kind: &'a str,
    /// A question of the bank.
    pub question_id: Option<&'a str>,
    pub level: Option<Level>,
    pub text: &'a str,
    /// A linter shows where each rule of type `letter` fired; elsewhere these speak of the letter as a whole and quote the phrase.
    pub lint: bool,
}

/// The compiled lexicons and the dictionary. Built once, shared by threads.
pub struct Analyzer {
    pub(crate) lexicon: Lexicon,
    pub(crate) language: Language,
    vocabulary: Vocabulary,
    book: Book,
    expressions: Expressions,
    model: Model,
    pub(crate) quantities: QuantityLexicon,
    /// Evidence by question or letter id.
    checklists: HashMap<String, Checklist>,
    own_checklist: OwnChecklist,
    kinds: Kinds,
}

impl Analyzer {
    /// Compile a lexicon.
    ///
    /// # Errors
    /// The first mistake in the lexicon, or a broken build.
    pub fn new(lexicon: Lexicon) -> Result<Self, AnalyzerError> {
        let rest = Rest::compile(&lexicon);
        Self::assemble(lexicon, Language::load(), rest)
    }

    /// Load the dictionary beside everything that does without it, and compile the rest: `check` says whether the lexicon is the one that was asked for.
    ///
    /// # Errors
    /// What `check` objects to, the first mistake in the lexicon, or a broken build.
    pub fn load<E: From<LexiconError> + From<AnalyzerError>>(
        options: &Options,
        check: impl FnOnce(&Lexicon) -> Result<(), E>,
    ) -> Result<Self, E> {
        let (lexicon, language) = std::thread::scope(|scope| {
            let language = scope.spawn(Language::load);
            let lexicon = Lexicon::load(options).map_err(E::from).and_then(|lexicon| {
                check(&lexicon)?;
                let rest = Rest::compile(&lexicon);
                Ok((lexicon, rest))
            });
            (lexicon, language.join())
        });
        let (lexicon, rest) = lexicon?;
        Ok(Self::assemble(lexicon, language.unwrap_or_else(|_| Language::load()), rest)?)
    }

    fn assemble(lexicon: Lexicon, language: Result<Language, LoadError>, rest: Result<Rest, LexiconError>) -> Result<Self, AnalyzerError> {
        let language = language.map_err(AnalyzerError::Build)?;
        let Patterns { vocabulary, book, checklists, own_checklist, kinds } = Patterns::compile(&lexicon, &language)?;
        let Rest { expressions, model, quantities } = rest?;
        Ok(Self { lexicon, language, vocabulary, book, expressions, model, quantities, checklists, own_checklist, kinds })
    }

    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The dictionary.
    pub fn morphology(&self) -> &Morphology {
        self.language.morphology()
    }

    /// Judge with another sequence model: for measuring with a corpus file held out.
    #[doc(hidden)]
    pub fn set_model(&mut self, model: Model) {
        self.model = model;
    }

    /// A reader for one thread: it remembers the words it has met.
    pub fn reader(&self) -> Reader<'_> {
        Reader { analyzer: self, cache: WordCache::default(), echoes: HashMap::new() }
    }
}

/// What is compiled with the dictionary.
struct Patterns {
    vocabulary: Vocabulary,
    book: Book,
    checklists: HashMap<String, Checklist>,
    own_checklist: OwnChecklist,
    kinds: Kinds,
}

impl Patterns {
    fn compile(lexicon: &Lexicon, language: &Language) -> Result<Self, LexiconError> {
        let mut compiler = Compiler::new(language.morphology(), &lexicon.classes);
        let book = Book::compile(lexicon, &mut compiler)?;
        let mut checklists = HashMap::new();
        for (id, criteria, topic) in lexicon.checklists() {
            checklists.insert(id.to_string(), Checklist::compile(criteria, topic, &mut compiler)?);
        }
        let own_checklist = OwnChecklist::compile(lexicon, &mut compiler)?;
        let kinds = Kinds::compile(lexicon, &mut compiler)?;
        Ok(Self { vocabulary: compiler.into_vocabulary(), book, checklists, own_checklist, kinds })
    }
}

/// What is compiled without it.
struct Rest {
    expressions: Expressions,
    model: Model,
    quantities: QuantityLexicon,
}

impl Rest {
    fn compile(lexicon: &Lexicon) -> Result<Self, LexiconError> {
        Ok(Self {
            expressions: Expressions::compile(lexicon)?,
            model: Model::new(&lexicon.star.weights),
            quantities: QuantityLexicon::read(&lexicon.quantities)
                .map_err(|message| LexiconError::new(None, format!("lexicons/quantities.toml: {message}"), "см. docs/lexicons.md"))?,
        })
    }
}

/// Checks texts, one after another.
pub struct Reader<'a> {
    analyzer: &'a Analyzer,
    cache: WordCache,
    /// The wordings of the targets met, by their ids.
    echoes: HashMap<&'a str, Rc<Echo>>,
}

impl<'a> Reader<'a> {
    /// Read a text and say what is good and bad in it.
    ///
    /// # Errors
    /// A question or kind that is not in the lexicon, an empty or oversized text.
    pub fn check(&mut self, request: &Request) -> Result<Report, CheckError> {
        let target = Target::of(request, &self.analyzer.lexicon)?;
        let document = Document::new(request.text.to_string());
        let text = self.read(&document);
        Ok(self.judge(request, &target, &document, &text))
    }

    /// Check a text of a kind nobody named: it is recognised, and [`Report::kind`] says what it is. An answer to a question needs no guess.
    ///
    /// # Errors
    /// As [`Reader::check`].
    pub fn check_unknown(&mut self, request: &Request) -> Result<Report, CheckError> {
        if request.question_id.is_some() {
            return self.check(request);
        }
        // Refuses what is empty or too large.
        Target::of(&Request { kind: "", ..request.clone() }, &self.analyzer.lexicon)?;
        let document = Document::new(request.text.to_string());
        let text = self.read(&document);
        let kind = self.analyzer.kinds.recognise(&document, &text);
        if kind == VACANCY {
            return Err(CheckError::Vacancy);
        }
        let known = Request { kind, ..request.clone() };
        let target = Target::of(&known, &self.analyzer.lexicon)?;
        Ok(self.judge(&known, &target, &document, &text))
    }

    /// Check a text that somebody pasted without a word about it: an answer, unless it can be seen that it is a letter.
    ///
    /// # Errors
    /// As [`Reader::check`].
    pub fn check_pasted(&mut self, request: &Request) -> Result<Report, CheckError> {
        let bare = Target::of(request, &self.analyzer.lexicon)?;
        let document = Document::new(request.text.to_string());
        let text = self.read(&document);
        let target = match self.analyzer.kinds.letter(&document, &text) {
            Some(kind) if request.question_id.is_none() => Target::of(&Request { kind, ..request.clone() }, &self.analyzer.lexicon)?,
            _ => bare,
        };
        Ok(self.judge(request, &target, &document, &text))
    }

    fn judge(&mut self, request: &Request, target: &Target<'a>, document: &Document, text: &Text) -> Report {
        let analyzer = self.analyzer;
        let lexicon = &analyzer.lexicon;
        let matches = analyzer.book.search(text);
        let mut quantities = quantities::extract(text, &analyzer.quantities);
        let found = findings::find(text, &matches, &analyzer.expressions, lexicon, target.setting());
        let hits = star::clause_hits(text, &matches, lexicon);
        let context = star::Context { text, kind: target.kind_id(), quantities: &quantities, hits: &hits };
        let items = star::items(&context, lexicon, |name| analyzer.model.feature(name));
        let mut decisions = analyzer.model.decode(&items);
        let echoes = self.echo(target).clauses(text);
        star::set_aside(&mut decisions, &echoes);
        let labels: Vec<_> = decisions.iter().map(star::label).collect();
        let told: Vec<_> = decisions.iter().map(|decision| decision.told).collect();
        let said = Said { text, labels: &labels, told: &told, found: &found, hits: &hits, echoes: Echo::spans(text, &echoes) };
        let substance = Substance::weigh(said, &mut quantities, target, lexicon);
        let grounds = substance.grounds(&labels);
        let mut judgement = match analyzer.checklists.get(target.id()) {
            _ if !lexicon.checklist.is_empty() => Judgement { verdicts: analyzer.own_checklist.judge(text, &grounds), on_topic: true },
            Some(checklist) => checklist.judge(text, target.criteria(lexicon), request.level, &grounds),
            None => Judgement::default(),
        };
        let relevance = Relevance::of(target, &mut judgement, &substance, lexicon);
        let verdicts = judgement.verdicts;
        let score = score::score(&substance, &verdicts, relevance, target, lexicon);

        let assessment = Assessment { text, items, decisions, quantities, found, substance, verdicts, relevance, score };
        crate::report::build(lexicon, &analyzer.model, request, target, document, assessment)
    }

    /// The ids of the rules that fire in a text, before overlapping findings are merged: for checking the examples of rules.
    ///
    /// # Errors
    /// As [`Reader::check`].
    pub fn fired_rules(&mut self, request: &Request) -> Result<Vec<String>, CheckError> {
        let analyzer = self.analyzer;
        let target = Target::of(request, &analyzer.lexicon)?;
        let document = Document::new(request.text.to_string());
        let text = self.read(&document);
        let matches = analyzer.book.search(&text);
        let fired = findings::fired(&text, &matches, &analyzer.expressions, &analyzer.lexicon, target.setting());
        Ok(fired.into_iter().map(|found| analyzer.lexicon.rules()[found.rule].id.clone()).collect())
    }

    /// What the language layer sees in a text, and which entries of the lexicons match.
    pub fn trace(&mut self, text: &str) -> Trace {
        let analyzer = self.analyzer;
        let document = Document::new(text.to_string());
        let text = self.read(&document);
        let matches = analyzer.book.search(&text);
        let quantities = quantities::extract(&text, &analyzer.quantities);
        let hits = star::clause_hits(&text, &matches, &analyzer.lexicon);
        let context = star::Context { text: &text, kind: "none", quantities: &quantities, hits: &hits };
        let items = star::items(&context, &analyzer.lexicon, |name| analyzer.model.feature(name));
        let decisions = analyzer.model.decode(&items);
        trace::trace(&text, &matches, &analyzer.lexicon, &analyzer.model, &items, &decisions)
    }

    /// The clauses of a text for fitting the sequence model; a learning model takes every feature.
    #[doc(hidden)]
    pub fn learn(&mut self, request: &Request, model: &mut Model) -> Result<Lesson, CheckError> {
        let analyzer = self.analyzer;
        let target = Target::of(request, &analyzer.lexicon)?;
        let document = Document::new(request.text.to_string());
        let text = self.read(&document);
        let matches = analyzer.book.search(&text);
        let quantities = quantities::extract(&text, &analyzer.quantities);
        let hits = star::clause_hits(&text, &matches, &analyzer.lexicon);
        let context = star::Context { text: &text, kind: target.kind_id(), quantities: &quantities, hits: &hits };
        let items = star::items(&context, &analyzer.lexicon, |name| model.learn(name));
        let spans = text.clauses.iter().map(|clause| document.prose().to_source_range(text.span(clause.tokens.clone()))).collect();
        Ok(Lesson { items, spans })
    }

    fn echo(&mut self, target: &Target<'a>) -> Rc<Echo> {
        let analyzer = self.analyzer;
        let wording = self.echoes.entry(target.id()).or_insert_with(|| Rc::new(Echo::of(target, &analyzer.lexicon, &analyzer.language)));
        Rc::clone(wording)
    }

    fn read<'d>(&mut self, document: &'d Document) -> Text<'d> {
        let analyzer = self.analyzer;
        analyzer.language.read(document, &analyzer.vocabulary, &mut self.cache)
    }
}

/// The clauses of one text and their places (bytes of the source).
#[doc(hidden)]
pub struct Lesson {
    pub items: Vec<star::Item>,
    pub spans: Vec<std::ops::Range<usize>>,
}

/// The analyzer cannot be built.
#[derive(Debug)]
pub enum AnalyzerError {
    /// A mistake in a lexicon.
    Lexicon(LexiconError),
    /// A part of the program is damaged.
    Build(LoadError),
}

impl From<LexiconError> for AnalyzerError {
    fn from(error: LexiconError) -> Self {
        Self::Lexicon(error)
    }
}

impl fmt::Display for AnalyzerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lexicon(error) => error.fmt(f),
            Self::Build(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for AnalyzerError {}

/// A text that cannot be checked. Its text is Russian.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckError {
    UnknownQuestion {
        id: String,
        suggestion: Option<String>,
    },
    UnknownKind {
        kind: String,
        suggestion: Option<String>,
        /// All kinds there are.
        known: Vec<String>,
    },
    /// A text of an employer: nothing to be checked.
    Vacancy,
    /// No words.
    Empty,
    /// More than [`LONGEST_TEXT`] bytes.
    TooLarge {
        size: usize,
        limit: usize,
    },
}

impl CheckError {
    /// There is no kind of texts of that name.
    pub fn unknown_kind(name: &str, lexicon: &Lexicon) -> Self {
        let known: Vec<String> = lexicon.kind_ids().map(str::to_string).collect();
        let names: Vec<String> = lexicon.kind_names().map(|(name, _)| name).collect();
        let suggestion = nearest(&name.trim().to_lowercase(), known.iter().chain(&names).map(String::as_str));
        Self::UnknownKind { kind: name.to_string(), suggestion, known }
    }

    /// The code of an error record.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownQuestion { .. } => "unknown-question",
            Self::UnknownKind { .. } => "unknown-kind",
            Self::Vacancy => "vacancy",
            Self::Empty => "empty-text",
            Self::TooLarge { .. } => "too-large",
        }
    }

    /// The next step.
    pub fn hint(&self) -> String {
        match self {
            Self::UnknownQuestion { suggestion: Some(near), .. } => format!("возможно, вы имели в виду {near}\nсписок: otvet questions"),
            Self::UnknownQuestion { .. } => "список: otvet questions".into(),
            Self::UnknownKind { suggestion: Some(near), .. } => format!("возможно, вы имели в виду {near}"),
            Self::UnknownKind { known, .. } => format!("возможны: {}", known.join(", ")),
            Self::Vacancy => "сравните с ней письмо: otvet lint ПИСЬМО --vacancy ФАЙЛ".into(),
            Self::Empty => "вставьте текст ответа и повторите".into(),
            Self::TooLarge { .. } => "разделите текст на отдельные ответы".into(),
        }
    }
}

impl fmt::Display for CheckError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownQuestion { id, .. } => write!(f, "вопроса «{id}» нет в банке"),
            Self::UnknownKind { kind, .. } => write!(f, "вида текста «{kind}» нет"),
            Self::Vacancy => f.write_str("это вакансия, а не письмо и не ответ"),
            Self::Empty => f.write_str("в тексте нет ни одного слова"),
            Self::TooLarge { size, limit } => write!(f, "текст слишком велик: {size} байт при пределе {limit}"),
        }
    }
}

impl std::error::Error for CheckError {}
