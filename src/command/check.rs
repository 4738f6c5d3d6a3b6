//! `otvet check`: one text, one report.

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use otvet::document::Encoding;
use otvet::lexicon::{ANSWER, RESUME};
use otvet::report::{Format, Json, Markdown, Page, Terminal};
use otvet::suggest::nearest;
use otvet::{Analyzer, CheckError, Level, Lexicon, Report, Request, Scope};

use super::console::{Console, say};
use super::failure::Failure;
use super::gate::Gate;
use super::sources::Sources;
use super::{given, values};
use crate::bank::Bank;
use crate::batch::{level_of, no_level};
use crate::exit::Exit;
use crate::lint::source::Front;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_name = "ФАЙЛ", help = "Файл с ответом: .txt, .md, .docx, .html, .tex; без него или с «-» — стандартный ввод")]
    file: Option<PathBuf>,
    #[arg(short, long, value_name = "ВОПРОС", help = "Вопрос, на который это ответ: id или словами (список: otvet questions)")]
    question: Option<String>,
    #[arg(long, value_name = "УРОВЕНЬ", hide_possible_values = true, help = "Уровень должности: junior, middle, senior")]
    level: Option<Level>,
    #[arg(
        long,
        value_name = "ВИД",
        help = "Вид текста: answer (ответ, по умолчанию), resume (пункты резюме) или письмо: cover-letter, follow-up, status-enquiry, salary-negotiation, offer-acceptance, offer-decline; можно и по-русски: отклик, отказ…"
    )]
    kind: Option<String>,
    #[arg(
        long,
        value_name = "ФОРМАТ",
        default_value = "terminal",
        hide_default_value = true,
        hide_possible_values = true,
        help = "Вид отчёта: terminal (по умолчанию), json, markdown"
    )]
    format: ReportFormat,
    #[arg(long, help = "Показать, по каким признакам узнаны части и числа")]
    explain: bool,
    #[arg(long, value_name = "КОДИРОВКА", value_parser = values::encoding, help = "Кодировка текста, если она узнана неверно: utf-8, windows-1251, koi8-r…")]
    encoding: Option<Encoding>,
    #[arg(long, value_name = "ФАЙЛ", help = "Свой чек-лист: по одному пункту на строку")]
    checklist: Option<PathBuf>,
    #[command(flatten)]
    sources: Sources,
    #[command(flatten)]
    gate: Gate,
    #[arg(long, value_name = "СТОЛБЦЫ", value_parser = values::columns, help = "Ширина отчёта, не меньше 40")]
    width: Option<usize>,
}

/// `--format` of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum ReportFormat {
    Terminal,
    Json,
    Markdown,
}

pub fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    // A file may name its question and kind; a mistyped name is said before anybody pastes a text.
    let file = args.file.as_deref().filter(|path| *path != Path::new("-"));
    let read = file.map(|path| given::read(Some(path), args.encoding)).transpose()?;
    let mut wanted = Wanted::of(args, read.as_ref().map(|given| &given.front))?;
    wanted.understand(&args.sources)?;
    let load = |wanted: &mut Wanted| -> Result<_, Failure> {
        let scope = Scope::Only(wanted.question.iter().cloned().collect());
        let options = args.sources.options(scope, args.checklist.clone());
        // The system takes the memory back faster than we could give it.
        Ok(ManuallyDrop::new(Analyzer::load(&options, |lexicon| wanted.settle(lexicon, &args.sources))?))
    };
    let mut analyzer = load(&mut wanted)?;
    let text = match read {
        Some(given) => given.text,
        None => {
            let given = given::read(None, args.encoding)?;
            // A question that is pasted with its answer is known only now.
            if !wanted.told && wanted.question.is_none() && given.front.question.is_some() {
                wanted = Wanted::of(args, Some(&given.front))?;
                wanted.understand(&args.sources)?;
                analyzer = load(&mut wanted)?;
            }
            given.text
        }
    };
    let question = wanted.question.as_deref();
    let request = Request { id: None, kind: &wanted.kind, question_id: question, level: wanted.level, text: &text, lint: false };
    let mut reader = analyzer.reader();
    let report = if wanted.told { reader.check(&request)? } else { reader.check_pasted(&request)? };

    if !wanted.told && report.kind != ANSWER {
        say(&format!("вид узнан по тексту: {}; если это ответ, добавьте --kind answer\n", name(&report, analyzer.lexicon())));
    }
    let title = title(&report, analyzer.lexicon());
    let page = Page { report: &report, text: &text, title: &title };
    console.print(&format(args, console).render(&page))?;
    Ok(match args.gate.objection(&report) {
        Some(objection) => {
            say(&format!("не пройдено: {objection}\n"));
            Exit::Findings
        }
        None => Exit::Clean,
    })
}

fn format(args: &Args, console: &Console) -> Box<dyn Format> {
    match args.format {
        ReportFormat::Terminal => {
            Box::new(Terminal { width: args.width.unwrap_or(console.width), palette: console.palette, explain: args.explain })
        }
        ReportFormat::Json => Box::new(Json),
        ReportFormat::Markdown => Box::new(Markdown),
    }
}

/// What the text is to be checked against: what the flags say goes before what the file says.
struct Wanted {
    kind: String,
    question: Option<String>,
    /// The question is that of a flag.
    by_hand: bool,
    /// Somebody has said what the text is.
    told: bool,
    level: Option<Level>,
}

impl Wanted {
    fn of(args: &Args, front: Option<&Front>) -> Result<Self, Failure> {
        let said = |value: fn(&Front) -> &Option<String>| front.and_then(|front| value(front).clone());
        let level = match (args.level, said(|front| &front.level)) {
            (None, Some(name)) => Some(level_of(&name).ok_or_else(|| Failure::new(no_level(&name)).hint("исправьте заголовок файла"))?),
            (level, _) => level,
        };
        // A question named by hand is answered, whatever the file is called.
        let (kind, question) = match (&args.question, &args.kind) {
            (Some(question), kind) => (kind.clone(), Some(question.clone())),
            (None, Some(kind)) => (Some(kind.clone()), None),
            (None, None) => (said(|front| &front.kind), said(|front| &front.question)),
        };
        let told = kind.is_some() || question.is_some();
        Ok(Self { kind: kind.unwrap_or_else(|| ANSWER.to_string()), question, by_hand: args.question.is_some(), told, level })
    }

    /// Whoever names the question in words means one of the bank; where there is none such, the answer is read without a checklist.
    fn understand(&mut self, sources: &Sources) -> Result<(), Failure> {
        let Some(wording) = self.question.as_deref().filter(|question| is_wording(question)) else { return Ok(()) };
        let lexicon = Lexicon::load(&sources.options(Scope::All, None))?;
        let bank = Bank::new(&lexicon);
        self.question = match bank.find(wording) {
            Some(found) => {
                if found.paraphrased {
                    say(&format!("вопрос понят как {} («{}»)\n", found.id, found.question));
                }
                Some(found.id.to_string())
            }
            None if self.by_hand => {
                let suggestion = bank.nearest(wording).map(|near| near.id.to_string());
                return Err(CheckError::UnknownQuestion { id: wording.to_string(), suggestion }.into());
            }
            None => {
                say("вопроса из текста нет в банке: ответ проверен без чек-листа; назовите близкий: -q (список: otvet questions)\n");
                self.told = false;
                None
            }
        };
        Ok(())
    }

    /// Are there such a question and such a kind? Whoever brings one question of their own means that question.
    fn settle(&mut self, lexicon: &Lexicon, sources: &Sources) -> Result<(), Failure> {
        know(lexicon, self.question.as_deref(), &self.kind)?;
        let answer = lexicon.kind_named(&self.kind) == Some(ANSWER);
        if self.by_hand && !answer {
            return Err(Failure::new("--question и --kind вместе не нужны").hint("вопрос указывают для ответа, вид — для письма"));
        }
        match (sources.question_files.as_slice(), lexicon.questions()) {
            ([_], [own]) if answer && self.question.is_none() => (self.question, self.told) = (Some(own.id.clone()), true),
            _ if !answer => self.question = None,
            _ => {}
        }
        Ok(())
    }
}

/// A question in words, not by its id.
pub fn is_wording(question: &str) -> bool {
    !question.is_ascii() || question.contains(' ')
}

/// Is there such a question and such a kind of text?
pub fn know(lexicon: &Lexicon, question: Option<&str>, kind: &str) -> Result<(), CheckError> {
    if let Some(id) = question.filter(|id| lexicon.questions().iter().all(|question| question.id != *id)) {
        let suggestion = nearest(id, lexicon.question_ids().iter().map(String::as_str));
        return Err(CheckError::UnknownQuestion { id: id.to_string(), suggestion });
    }
    match lexicon.kind_named(kind) {
        Some(_) => Ok(()),
        None => Err(CheckError::unknown_kind(kind, lexicon)),
    }
}

/// What the kind of a text is called.
fn name<'l>(report: &Report, lexicon: &'l Lexicon) -> &'l str {
    let letter = || lexicon.letters().iter().find(|letter| letter.id == report.kind).map(|letter| letter.title.as_str());
    if report.kind == RESUME { "пункты резюме" } else { letter().unwrap_or("ответ") }
}

/// What the report is about: the question, or the kind of text.
fn title(report: &Report, lexicon: &Lexicon) -> String {
    let title = report.question.as_deref().unwrap_or_else(|| name(report, lexicon));
    let mut letters = title.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
