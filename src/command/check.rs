//! `otvet check`: one text, one report.

use std::mem::ManuallyDrop;
use std::path::PathBuf;

use otvet::document::Encoding;
use otvet::report::{Format, Json, Markdown, Page, Terminal};
use otvet::suggest::nearest;
use otvet::{Analyzer, CheckError, Level, Lexicon, Report, Request, Scope};

use super::console::{Console, say};
use super::failure::Failure;
use super::gate::Gate;
use super::sources::Sources;
use super::{input, values};
use crate::exit::Exit;

/// The kind of a text that is no letter.
const ANSWER: &str = "answer";

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_name = "ФАЙЛ", help = "Файл с ответом; без него или с «-» — стандартный ввод")]
    file: Option<PathBuf>,
    #[arg(short, long, value_name = "ВОПРОС", help = "Вопрос, на который это ответ (список: otvet questions)")]
    question: Option<String>,
    #[arg(long, value_name = "УРОВЕНЬ", hide_possible_values = true, help = "Уровень должности: junior, middle, senior")]
    level: Option<Level>,
    #[arg(
        long,
        value_name = "ВИД",
        default_value = ANSWER,
        hide_default_value = true,
        help = "Вид текста: answer (ответ, по умолчанию) или письмо: cover-letter, follow-up, status-enquiry, salary-negotiation, offer-acceptance, offer-decline"
    )]
    kind: String,
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
    if args.question.is_some() && args.kind != ANSWER {
        return Err(Failure::new("--question и --kind вместе не нужны").hint("вопрос указывают для ответа, вид — для письма"));
    }
    let scope = Scope::Only(args.question.iter().cloned().collect());
    let options = args.sources.options(scope, args.checklist.clone());
    // A mistyped name is said before anybody pastes a text.
    let known = |lexicon: &Lexicon| Ok::<(), Failure>(know(lexicon, asked(args, lexicon).as_deref(), &args.kind)?);
    // The system takes the memory back faster than we could give it.
    let analyzer = ManuallyDrop::new(Analyzer::load(&options, known)?);
    let question = asked(args, analyzer.lexicon());
    let text = input::read(args.file.as_deref(), args.encoding)?;
    let request = Request { id: None, kind: &args.kind, question_id: question.as_deref(), level: args.level, text: &text, lint: false };
    let report = analyzer.reader().check(&request)?;

    let title = title(&report, analyzer.lexicon());
    let page = Page { report: &report, text: &text, title };
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

/// The question that was named, or is meant.
fn asked(args: &Args, lexicon: &Lexicon) -> Option<String> {
    args.question.clone().or_else(|| own_question(args, lexicon))
}

/// Whoever brings one question of their own means that question.
fn own_question(args: &Args, lexicon: &Lexicon) -> Option<String> {
    match (args.sources.question_files.as_slice(), lexicon.questions()) {
        ([_], [own]) if args.kind == ANSWER => Some(own.id.clone()),
        _ => None,
    }
}

/// Is there such a question and such a kind of text?
pub fn know(lexicon: &Lexicon, question: Option<&str>, kind: &str) -> Result<(), CheckError> {
    if let Some(id) = question.filter(|id| lexicon.questions().iter().all(|question| question.id != *id)) {
        let suggestion = nearest(id, lexicon.question_ids().iter().map(String::as_str));
        return Err(CheckError::UnknownQuestion { id: id.to_string(), suggestion });
    }
    let kinds = || lexicon.letters().iter().map(|letter| letter.id.as_str()).chain([ANSWER]);
    if kinds().all(|known| known != kind) {
        return Err(CheckError::UnknownKind { kind: kind.to_string(), suggestion: nearest(kind, kinds()) });
    }
    Ok(())
}

fn title<'a>(report: &'a Report, lexicon: &'a Lexicon) -> &'a str {
    let letter = || lexicon.letters().iter().find(|letter| letter.id == report.kind).map(|letter| letter.title.as_str());
    report.question.as_deref().or_else(letter).unwrap_or("Ответ")
}
