//! The run: every file is read and judged, by as many threads as there are cores; the outcome is in the order of the paths.

use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;

use otvet::document::Encoding;
use otvet::language::WordCache;
use otvet::lexicon::Lexicon;
use otvet::report::{Quotes, Report, Severity, names};
use otvet::vacancy::{Comparer, Coverage, Vacancy};
use otvet::{Analyzer, CheckError, Level, Reader, Request};

use super::blocks;
use super::fingerprint::fingerprints;
use super::leftovers::{self, Employer};
use super::model::{Checked, Diagnostic, Failure, Linted, Run};
use super::place::Places;
use super::policy::Policy;
use super::source::{self, Source, SourceKind};
use crate::batch::level_of;

/// A reader remembers the words it has met; after so many files it begins anew.
const FILES_A_READER: usize = 20_000;

/// A file to look at.
#[derive(Debug, Clone)]
pub struct Target {
    /// As it is shown.
    pub name: String,
    pub input: Input,
}

#[derive(Debug, Clone)]
pub enum Input {
    File(PathBuf),
    /// What came on standard input, and whether it was named.
    Bytes(Vec<u8>, bool),
    /// What an editor holds, and where it is or will be saved.
    Open(String, SourceKind, Option<PathBuf>),
}

impl Target {
    /// Where the text stands or would stand.
    pub fn path(&self) -> Option<&Path> {
        match &self.input {
            Input::File(path) => Some(path),
            Input::Bytes(_, named) => named.then_some(Path::new(&self.name)),
            Input::Open(_, _, path) => path.as_deref(),
        }
    }
}

/// What is known of a text beside itself: flags, or what the config says of its path. All ids as the user wrote them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    pub kind: Option<String>,
    pub question: Option<String>,
    pub level: Option<Level>,
    pub vacancy: Option<PathBuf>,
}

impl Given {
    /// Fill in what is not said here.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            kind: self.kind.or(other.kind),
            question: self.question.or(other.question),
            level: self.level.or(other.level),
            vacancy: self.vacancy.or(other.vacancy),
        }
    }
}

/// How to judge files.
pub struct Linter<'a, 'p> {
    pub analyzer: &'a Analyzer,
    /// What the flags say: stronger than the file's front matter.
    pub given: Given,
    pub encoding: Option<Encoding>,
    pub jobs: usize,
    pub vacancies: Vacancies<'a>,
    pub policy: &'p Policy,
}

/// Vacancies that were read, by their paths, and what compares letters with them: made when a letter first needs it.
#[derive(Default)]
pub struct Vacancies<'a> {
    comparer: OnceLock<Result<Comparer<'a>, String>>,
    known: Mutex<HashMap<PathBuf, Arc<Once>>>,
}

/// A vacancy that is read once, whoever needs it first.
type Once = OnceLock<Result<Arc<Opening>, Failure>>;

/// A vacancy.
pub struct Opening {
    employer: Employer,
    vacancy: Vacancy,
}

impl<'a> Vacancies<'a> {
    /// Read a vacancy once.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn read(&self, path: &Path, analyzer: &'a Analyzer) -> Result<Arc<Opening>, Failure> {
        // Letters of other vacancies need not wait for this one.
        let cell = Arc::clone(self.known.lock().unwrap_or_else(PoisonError::into_inner).entry(path.to_path_buf()).or_default());
        let read = || {
            let name = super::walk::shown(path);
            let source = source::read(path, &name, None)?;
            let comparer = self.comparer(analyzer).map_err(|message| refusal(&name, message, "исправьте lexicons/vacancy.toml"))?;
            let vacancy = comparer.read(&source.prose);
            if vacancy.is_empty() {
                return Err(refusal(&name, "в вакансии не нашлось требований".into(), "нужен список: «Требования: …»"));
            }
            Ok(Arc::new(Opening { employer: Employer::of(&source.prose), vacancy }))
        };
        cell.get_or_init(read).clone()
    }

    /// The vacancies that were asked for, as they were named.
    pub fn asked(&self) -> Vec<PathBuf> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).keys().cloned().collect()
    }

    /// Where the vacancies stand that were read.
    fn paths(&self) -> HashSet<PathBuf> {
        self.asked().into_iter().filter_map(|path| path.canonicalize().ok()).collect()
    }

    fn comparer(&self, analyzer: &'a Analyzer) -> Result<&Comparer<'a>, String> {
        self.comparer.get_or_init(|| Comparer::new(analyzer).map_err(|error| error.to_string())).as_ref().map_err(Clone::clone)
    }

    fn compare(&self, opening: &Opening, letter: &str, analyzer: &'a Analyzer, cache: &mut WordCache) -> Option<Coverage> {
        Some(self.comparer(analyzer).ok()?.compare(&opening.vacancy, letter, cache))
    }
}

/// What is remembered from text to text, by one thread.
pub struct Memory<'a> {
    analyzer: &'a Analyzer,
    reader: Reader<'a>,
    words: WordCache,
    texts: usize,
}

impl<'a> Memory<'a> {
    pub fn new(analyzer: &'a Analyzer) -> Self {
        Self { analyzer, reader: analyzer.reader(), words: WordCache::default(), texts: 0 }
    }

    /// One more text is looked at: too much is not remembered.
    fn count(&mut self) {
        if self.texts == FILES_A_READER {
            *self = Self::new(self.analyzer);
        }
        self.texts += 1;
    }
}

impl<'a> Linter<'a, '_> {
    /// Look at all targets.
    pub fn run(&self, targets: &[Target], failures: Vec<Failure>) -> Run {
        let next = AtomicUsize::new(0);
        let work = || {
            let mut memory = Memory::new(self.analyzer);
            let mut done = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let Some(target) = targets.get(number) else { break };
                let outcome = self.read(target).and_then(|source| self.judge(target, source, &mut memory));
                done.push((number, Checked { path: target.name.clone(), outcome }));
            }
            done
        };
        let jobs = self.jobs.clamp(1, targets.len().max(1));
        let mut files: Vec<(usize, Checked)> = thread::scope(|scope| {
            let threads: Vec<_> = (1..jobs).map(|_| scope.spawn(work)).collect();
            let mut files = work();
            // A thread cannot end in a panic: it catches its own.
            files.extend(threads.into_iter().filter_map(|thread| thread.join().ok()).flatten());
            files
        });
        files.sort_by_key(|(number, _)| *number);
        // A vacancy that a letter of the run answers is no letter.
        let vacancies = self.vacancies.paths();
        let is_vacancy = |number: usize| {
            let path = targets.get(number).and_then(Target::path).and_then(|path| path.canonicalize().ok());
            path.is_some_and(|path| vacancies.contains(&path))
        };
        if targets.len() > 1 && !vacancies.is_empty() {
            files.retain(|(number, _)| !is_vacancy(*number));
        }
        Run {
            files: files.into_iter().map(|(_, checked)| checked).collect(),
            ruleset: self.analyzer.lexicon().ruleset().to_string(),
            failures,
        }
    }

    /// Read a target.
    ///
    /// # Errors
    /// Why it cannot be checked.
    pub fn read(&self, target: &Target) -> Result<Source, Failure> {
        let name = &target.name;
        let read = || match &target.input {
            Input::File(path) => source::read(path, name, self.encoding),
            Input::Bytes(bytes, _) => {
                let kind = SourceKind::of(Path::new(name)).unwrap_or(SourceKind::Text);
                source::parse(kind, bytes, name, self.encoding)
            }
            Input::Open(text, kind, _) => source::parse(*kind, text.as_bytes(), name, Some(Encoding::Utf8)),
        };
        guarded(name, read)
    }

    /// Judge a target that was read.
    ///
    /// # Errors
    /// Why nothing can be said of it.
    pub fn judge(&self, target: &Target, source: Source, memory: &mut Memory<'a>) -> Result<Linted, Failure> {
        memory.count();
        let outcome = guarded(&target.name, || self.lint(target, source, &mut memory.reader, &mut memory.words));
        if outcome.as_ref().is_err_and(|failure| failure.message == BROKEN) {
            *memory = Memory::new(self.analyzer);
        }
        outcome
    }

    fn lint(&self, target: &Target, source: Source, reader: &mut Reader<'a>, cache: &mut WordCache) -> Result<Linted, Failure> {
        let name = &target.name;
        let lexicon = self.analyzer.lexicon();
        let folder = Path::new(name).parent().unwrap_or(Path::new(""));
        let front = front(&source, folder)
            .map_err(|message| Failure {
                at: source.front.at("level"), ..refusal(name, message, "исправьте заголовок файла")
            })?;
        let given = self.given.clone().or(front).or(self.policy.given(target.path())?);
        // Where the file itself says what is wrong.
        let said = |key: &str, flag: bool| source.front.at(key).filter(|_| !flag);
        let question = given.question.as_deref();
        // Whoever names a question means an answer to it.
        let kind = match (&given.kind, question) {
            (Some(kind), _) => Some(
                kind_of(kind, lexicon).map_err(|error| Failure { at: said("kind", self.given.kind.is_some()), ..told(name, &error) })?,
            ),
            (None, Some(_)) => Some("answer".to_string()),
            (None, None) => None,
        };
        let question = question.filter(|_| kind.as_deref() == Some("answer"));
        let request = Request {
            id: None,
            kind: kind.as_deref().unwrap_or_default(),
            question_id: question,
            level: given.level,
            text: &source.prose,
            lint: true,
        };
        let report = match kind {
            Some(_) => reader.check(&request),
            None => reader.check_unknown(&request),
        };
        let report = report.map_err(|error| {
            if matches!(error, CheckError::Vacancy) {
                let hint = format!(
                    "сравните с ней письмо: otvet lint ПИСЬМО --vacancy {name}; если это всё же письмо, назовите вид (--kind cover-letter); если проверять её не надо, впишите её в exclude файла otvet.toml"
                );
                return refusal(name, error.to_string(), &hint);
            }
            let unknown = matches!(error, CheckError::UnknownQuestion { .. });
            Failure { at: said("question", self.given.question.is_some()).filter(|_| unknown), ..told(name, &error) }
        })?;
        let opening = given.vacancy.as_deref().map(|path| {
            let lost = |unread| match said("vacancy", self.given.vacancy.is_some()) {
                Some(at) => Failure { at: Some(at), ..lost(name, path, unread) },
                None => unread,
            };
            self.vacancies.read(path, self.analyzer).map_err(lost)
        });
        let opening = opening.transpose()?;

        let places = Places::new(&source.text);
        let mut diagnostics = diagnostics(&report, &places, &source.text, lexicon);
        if is_letter(&report.kind, lexicon) {
            leave_over(&source, opening.as_deref().map(|opening| &opening.employer), self.analyzer, &places, &mut diagnostics);
        }
        let compared = opening.and_then(|opening| self.vacancies.compare(&opening, &source.prose, self.analyzer, cache));
        // A thank-you note or a refusal does not answer requirements one by one.
        let answers = |coverage: &Coverage| coverage.coverage >= ANSWERED || seeks_place(&report.kind, lexicon);
        let vacancy = compared.filter(answers);
        sort(&mut diagnostics);
        let prints = fingerprints(&source.text, diagnostics.iter().map(|one| (one.rule.as_str(), one.place)));
        for (one, print) in diagnostics.iter_mut().zip(prints) {
            one.fingerprint = print;
        }
        let mut linted = Linted {
            kind: report.kind.clone(),
            guessed: kind.is_none(),
            text: source.text,
            unit: source.unit,
            fail_on: None,
            report: lean(report),
            diagnostics,
            vacancy,
            suppressed: 0,
            known: 0,
            outdated: 0,
            hidden: Vec::new(),
        };
        self.policy.settle(target.path(), &mut linted, &source.suppressions);
        Ok(linted)
    }
}

/// What is said of a fault of ours.
const BROKEN: &str = "сбой анализа этого файла";

/// A fault of ours in one file must not cost the others.
fn guarded<T>(name: &str, work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    let broken = |_| Err(refusal(name, BROKEN.into(), "сообщите о нём разработчикам"));
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(broken)
}

fn refusal(path: &str, message: String, hint: &str) -> Failure {
    Failure { path: path.into(), message, hint: hint.into(), at: None }
}

fn told(path: &str, error: &CheckError) -> Failure {
    refusal(path, error.to_string(), &error.hint().replace('\n', "; "))
}

/// The vacancy that a letter names cannot be read.
fn lost(letter: &str, vacancy: &Path, unread: Failure) -> Failure {
    if vacancy.exists() {
        refusal(letter, format!("вакансия из этого письма, «{}»: {}", unread.path, unread.message), &unread.hint)
    } else {
        refusal(letter, format!("вакансия из этого письма не найдена: «{}»", unread.path), "путь считается от папки письма")
    }
}

/// What the file says of itself.
fn front(source: &Source, folder: &Path) -> Result<Given, String> {
    let front = source.front.clone();
    let level = front.level.map(|level| level_of(&level).ok_or_else(|| format!("уровня «{level}» нет; возможны junior, middle, senior")));
    Ok(Given {
        kind: front.kind,
        question: front.question,
        level: level.transpose()?,
        vacancy: front.vacancy.map(|path| folder.join(path)),
    })
}

/// The id of a kind by any of its names.
///
/// # Errors
/// There is no such kind.
pub fn kind_of(name: &str, lexicon: &Lexicon) -> Result<String, CheckError> {
    lexicon.kind_named(name).map(str::to_string).ok_or_else(|| CheckError::unknown_kind(name, lexicon))
}

/// The coverage from which a letter of any kind is taken to answer a vacancy.
const ANSWERED: f64 = 0.3;

/// Does a text of this kind answer a vacancy? Of letters, only one that asks for a place.
fn seeks_place(kind: &str, lexicon: &Lexicon) -> bool {
    lexicon.letters().iter().find(|letter| letter.id == kind).is_none_or(|letter| letter.vacancy)
}

fn is_letter(kind: &str, lexicon: &Lexicon) -> bool {
    lexicon.letters().iter().any(|letter| letter.id == kind)
}

/// Findings and missed criteria.
fn diagnostics(report: &Report, places: &Places, text: &str, lexicon: &Lexicon) -> Vec<Diagnostic> {
    let mut all = Vec::new();
    let quotes = Quotes::new(text);
    for finding in &report.findings {
        let mut whole = true;
        let place = finding.place.map(|place| {
            let phrase = quotes.get(place.start, place.end);
            let part = blocks::first(phrase);
            whole = part.len() == phrase.len();
            let end = if whole { place.end } else { place.start + part.chars().count() };
            places.place(place.start, end)
        });
        all.push(Diagnostic {
            rule: finding.rule.clone(),
            kind: finding.kind.clone(),
            severity: finding.severity,
            message: finding.message.clone(),
            reason: finding.reason.clone(),
            advice: finding.advice.clone(),
            // What stands for the whole phrase does not stand for a part of it.
            replacement: replacement(&finding.rule, lexicon).filter(|_| whole),
            fingerprint: String::new(),
            place,
        });
    }
    let letter = lexicon.letters().iter().find(|letter| letter.id == report.kind);
    let question = report.question_id.as_deref();
    for missed in report.checklist.iter().filter(|criterion| !criterion.met) {
        let (rule, kind) = match (letter, question) {
            (Some(letter), _) => (format!("{}/{}", letter.id, missed.id), "letter"),
            (None, Some(question)) => (format!("{question}/{}", missed.id), "checklist"),
            (None, None) => (format!("checklist/{}", missed.id), "checklist"),
        };
        let severity = letter
            .and_then(|letter| letter.criteria.iter().find(|criterion| criterion.id == missed.id))
            .and_then(|criterion| criterion.severity)
            .unwrap_or(Severity::Hint);
        all.push(Diagnostic {
            rule,
            kind: kind.into(),
            severity,
            message: format!("не выполнен пункт: «{}»", missed.text),
            reason: missed_reason(&missed.why, letter.is_some()),
            advice: missed.probe.as_deref().map(advice).unwrap_or_default(),
            place: None,
            replacement: None,
            fingerprint: String::new(),
        });
    }
    all
}

/// Why a criterion is not met, said of a letter or an answer, beside other findings and not above them.
fn missed_reason(why: &str, letter: bool) -> String {
    let why = why.replace("мешает замечание ниже", "мешает другое замечание");
    names::sentence(&if letter { why.replace("в ответе", "в письме") } else { why })
}

/// What to do about it: a probe is a question, or says it itself.
fn advice(probe: &str) -> String {
    let mut chars = probe.chars();
    match chars.next().filter(|_| probe.ends_with('?')) {
        // «KPI» keeps its capitals.
        Some(_) if chars.clone().next().is_some_and(char::is_uppercase) => format!("Ответьте на вопрос: {probe}"),
        Some(first) => format!("Ответьте на вопрос: {}{}", first.to_lowercase(), chars.as_str()),
        None => names::sentence(probe),
    }
}

/// What may stand instead of the phrase, where the rule says so.
fn replacement(rule: &str, lexicon: &Lexicon) -> Option<String> {
    lexicon.rules().iter().find(|known| known.id == rule).and_then(|rule| rule.replacement.clone())
}

fn leave_over(source: &Source, employer: Option<&Employer>, analyzer: &Analyzer, places: &Places, all: &mut Vec<Diagnostic>) {
    for leftover in leftovers::find(&source.prose, employer, analyzer.morphology()) {
        let char = |byte: usize| source.prose.get(..byte).map_or(0, |before| before.chars().count());
        let place = Some(places.place(char(leftover.span.start), char(leftover.span.end)));
        all.push(Diagnostic {
            rule: leftover.rule.id.into(),
            kind: leftover.rule.kind().into(),
            severity: leftover.rule.severity,
            message: leftover.message,
            reason: leftover.rule.reason.into(),
            advice: leftover.rule.advice.into(),
            fingerprint: String::new(),
            place,
            replacement: None,
        });
    }
}

/// By place; what concerns the whole text comes last, the gravest first.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|one, other| {
        let place = |one: &Diagnostic| one.place.map_or((usize::MAX, usize::MAX), |place| (place.start, place.end));
        place(one).cmp(&place(other)).then_with(|| other.severity.cmp(&one.severity).then_with(|| one.rule.cmp(&other.rule)))
    });
}

/// Thousands of reports are held at once: what the diagnostics say already, and the reasons of every clause, are not kept twice.
fn lean(mut report: Report) -> Report {
    for segment in &mut report.segments {
        segment.cues = Vec::new();
    }
    report.segments.shrink_to_fit();
    report.findings = Vec::new();
    report.quantities = Vec::new();
    report.advice = Vec::new();
    report
}
