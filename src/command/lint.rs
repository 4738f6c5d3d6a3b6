//! `otvet lint`: letters and answers in files, treated as a compiler treats code.

use std::collections::BTreeSet;
use std::io::{self, Read, Write};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::thread;

use otvet::document::{Encoding, MAX_BYTES};
use otvet::report::{plural, sanitize};
use otvet::{Analyzer, Level, Lexicon, Scope};

use super::console::{Console, say};
use super::failure::{Failure, reason};
use super::sources::Sources;
use super::{check, values};
use crate::batch::output::Target as Place;
use crate::exit::Exit;
use crate::lint::fix;
use crate::lint::format::{FormatName, HELP as FORMATS, Look, format};
use crate::lint::gate::Gate;
use crate::lint::model::{Failure as Unread, Linted, Run};
use crate::lint::run::{Given, Input, Linter, Policy, Target, Vacancies, kind_of};
use crate::lint::{source, walk};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_name = "ПУТЬ", help = "Файлы (.md, .txt, .docx, .html), папки и образцы «письма/*.md»; «-» — стандартный ввод; без путей — эта папка")]
    paths: Vec<PathBuf>,
    #[arg(long, value_name = "ИМЯ", help = "Как называть стандартный ввод; по расширению узнаётся, что в нём")]
    stdin_filename: Option<String>,
    #[arg(
        long,
        value_name = "ВИД",
        help = "Вид всех текстов: answer, resume, cover-letter, follow-up, status-enquiry, salary-negotiation, offer-acceptance, offer-decline; иначе берётся из заголовка файла или узнаётся"
    )]
    kind: Option<String>,
    #[arg(short, long, value_name = "ВОПРОС", help = "Вопрос, на который отвечают тексты (список: otvet questions)")]
    question: Option<String>,
    #[arg(long, value_name = "УРОВЕНЬ", hide_possible_values = true, help = "Уровень должности: junior, middle, senior")]
    level: Option<Level>,
    #[arg(long, value_name = "ФАЙЛ", help = "Сравнить письма с вакансией: .md, .txt, .docx, .html")]
    vacancy: Option<PathBuf>,
    #[arg(long, value_name = "ФОРМАТ", default_value = "terminal", hide_default_value = true, hide_possible_values = true, help = FORMATS)]
    format: FormatName,
    #[arg(long = "output", value_name = "ФОРМАТ=ФАЙЛ", value_parser = output, help = "Записать отчёт ещё и в файл: --output sarif=otvet.sarif (можно несколько раз)")]
    outputs: Vec<(FormatName, PathBuf)>,
    #[arg(
        long,
        value_name = "СТЕПЕНЬ",
        hide_possible_values = true,
        help = "Код выхода 1, если есть замечания этой степени или серьёзнее: error (по умолчанию), warning, hint, never"
    )]
    fail_on: Option<values::LintFailOn>,
    #[arg(long, value_name = "БАЛЛЫ", value_parser = values::points, help = "Код выхода 1, если оценка какого-нибудь файла ниже, от 0 до 100")]
    min_score: Option<u8>,
    #[arg(long, value_name = "ЧИСЛО", value_parser = values::count, help = "Код выхода 1, если предупреждений больше")]
    max_warnings: Option<usize>,
    #[arg(long, help = "Исправить в файлах то, что можно исправить без человека")]
    fix: bool,
    #[arg(long, help = "Показать, что исправил бы --fix, и ничего не менять")]
    diff: bool,
    #[arg(long, value_name = "КОДИРОВКА", value_parser = values::encoding, help = "Кодировка текстов, если она узнана неверно: utf-8, windows-1251…")]
    encoding: Option<Encoding>,
    #[arg(short, long, value_name = "ЧИСЛО", value_parser = values::jobs, help = "Сколько потоков; по умолчанию — сколько ядер")]
    jobs: Option<usize>,
    #[command(flatten)]
    sources: Sources,
    #[arg(long, value_name = "СТОЛБЦЫ", value_parser = values::columns, help = "Ширина отчёта, не меньше 40")]
    width: Option<usize>,
}

/// `--output FORMAT=FILE`.
fn output(text: &str) -> Result<(FormatName, PathBuf), String> {
    let wrong = || "нужно ФОРМАТ=ФАЙЛ, например sarif=otvet.sarif".to_string();
    let (name, path) = text.split_once('=').filter(|(_, path)| !path.is_empty()).ok_or_else(wrong)?;
    let names = || <FormatName as clap::ValueEnum>::value_variants().iter().filter_map(clap::ValueEnum::to_possible_value);
    let name = <FormatName as clap::ValueEnum>::from_str(name, true)
        .map_err(|_| format!("формата «{name}» нет; возможны: {}", names().map(|name| name.get_name().to_string()).collect::<Vec<_>>().join(", ")))?;
    Ok((name, PathBuf::from(path)))
}

pub fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    if args.fix && args.diff {
        return Err(Failure::new("--fix и --diff вместе не нужны").hint("--diff показывает правки, --fix вносит их"));
    }
    let (targets, failures) = targets(args)?;
    let options = args.sources.options(Scope::Only(questions(args, &targets)), None);
    let known = |lexicon: &Lexicon| know(args, lexicon);
    // The system takes the memory back faster than we could give it.
    let analyzer = ManuallyDrop::new(Analyzer::load(&options, known)?);
    let given = Given { kind: args.kind.clone(), question: args.question.clone(), level: args.level, vacancy: args.vacancy.clone() };
    let vacancies = Vacancies::default();
    if let Some(path) = &args.vacancy {
        // Every letter needs it: said once, not once a letter.
        vacancies.read(path).map_err(|unread| Failure::new(format!("вакансия «{}»: {}", unread.path, unread.message)).hint(unread.hint))?;
    }
    let linter = Linter {
        analyzer: &analyzer,
        given,
        encoding: args.encoding,
        jobs: args.jobs.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from)),
        vacancies,
        policy: &Nothing,
    };
    let mut run = ManuallyDrop::new(linter.run(&targets, failures));
    if args.diff {
        return show_diff(&run, console);
    }
    if args.fix {
        mend(&mut run, &linter, &targets);
    }
    show(args, console, analyzer.lexicon(), &run)?;
    let gate = Gate {
        fail_on: args.fail_on.map_or(Gate::default().fail_on, values::LintFailOn::severity),
        min_score: args.min_score,
        max_warnings: args.max_warnings,
    };
    Ok(verdict(&gate, &run))
}

/// Nothing is settled.
struct Nothing;

impl Policy for Nothing {
    fn given(&self, _: &str) -> Given {
        Given::default()
    }

    fn settle(&self, _: &str, _: &mut Linted) {}
}

/// What is to be looked at, in the order of names, and what could not be found.
fn targets(args: &Args) -> Result<(Vec<Target>, Vec<Unread>), Failure> {
    let stdin = Path::new("-");
    let here = [PathBuf::from(".")];
    let paths: Vec<PathBuf> = args.paths.iter().filter(|path| *path != stdin).cloned().collect();
    let asked = args.paths.len() > paths.len() || args.paths.is_empty() && args.stdin_filename.is_some();
    let walked = walk::gather(if paths.is_empty() && !asked { &here } else { &paths }, &|_| true);
    let mut targets: Vec<Target> = walked.files.into_iter().map(|(name, path)| Target { name, input: Input::File(path) }).collect();
    if asked {
        let mut bytes = Vec::new();
        let limit = (MAX_BYTES as u64 + 1) * 8;
        io::stdin()
            .lock()
            .take(limit)
            .read_to_end(&mut bytes)
            .map_err(|error| Failure::new(format!("не удалось прочитать стандартный ввод: {}", reason(&error))))?;
        let name = args.stdin_filename.clone().unwrap_or_else(|| "stdin".into());
        targets.push(Target { name: walk::shown(Path::new(&name)), input: Input::Bytes(bytes) });
        targets.sort_by(|one, other| one.name.cmp(&other.name));
    }
    Ok((targets, walked.failures))
}

/// The questions that the flags and the files name: reading all costs time.
fn questions(args: &Args, targets: &[Target]) -> Vec<String> {
    let mut questions: BTreeSet<String> = args.question.iter().cloned().collect();
    if args.question.is_none() {
        questions.extend(targets.iter().filter_map(|target| match &target.input {
            Input::File(path) => source::peek_question(path),
            Input::Bytes(bytes) => source::question_of(bytes),
        }));
    }
    questions.into_iter().collect()
}

/// A mistyped name is said before anything is read.
fn know(args: &Args, lexicon: &Lexicon) -> Result<(), Failure> {
    let kind = args.kind.as_deref().map(|kind| kind_of(kind, lexicon)).transpose()?;
    if args.question.is_some() && kind.as_deref().is_some_and(|kind| kind != "answer") {
        return Err(Failure::new("--question и --kind вместе не нужны").hint("вопрос указывают для ответа, вид — для письма"));
    }
    Ok(check::know(lexicon, args.question.as_deref(), "answer")?)
}

fn show(args: &Args, console: &Console, lexicon: &Lexicon, run: &Run) -> Result<(), Failure> {
    let look = Look { width: args.width.unwrap_or(console.width), palette: console.palette };
    let mut out = io::BufWriter::new(io::stdout().lock());
    format(args.format, lexicon, look).write(run, &mut out)?;
    out.flush()?;
    for (name, path) in &args.outputs {
        let failed = |error: io::Error| Failure::new(format!("не удалось записать «{}»: {}", path.display(), reason(&error))).hint("проверьте путь и права доступа");
        let (target, writer) = Place::whole(path).map_err(failed)?;
        let mut writer = io::BufWriter::new(writer);
        format(*name, lexicon, Look::PLAIN).write(run, &mut writer).and_then(|()| writer.flush()).map_err(failed)?;
        drop(writer);
        target.commit().map_err(failed)?;
    }
    Ok(())
}

/// The exit code, and on the error stream why it is not 0. A file that could not be checked never looks clean.
fn verdict(gate: &Gate, run: &Run) -> Exit {
    let unread: Vec<&Unread> = run.failures.iter().chain(run.files.iter().filter_map(|file| file.outcome.as_ref().err())).collect();
    for failure in &unread {
        note("ошибка", &format!("{}: {}\n  {}", failure.path, failure.message, failure.hint));
    }
    let objections = gate.objections(run);
    if !objections.is_empty() {
        note("не пройдено", &objections.join("; "));
    }
    match (unread.is_empty(), objections.is_empty()) {
        (false, _) => Exit::Failure,
        (true, false) => Exit::Findings,
        (true, true) => Exit::Clean,
    }
}

fn note(what: &str, text: &str) {
    say(&format!("{what}: {}\n", sanitize::block(text).trim_end()));
}

fn show_diff(run: &Run, console: &Console) -> Result<Exit, Failure> {
    let mut text = String::new();
    for file in &run.files {
        if let Ok(linted) = &file.outcome
            && let Some(fixed) = fix::fix(linted)
        {
            text.push_str(&fix::diff(&file.path, &linted.text, &fixed.text));
        }
    }
    console.print(&sanitize::block(&text))?;
    let gate = Gate { fail_on: None, min_score: None, max_warnings: None };
    Ok(match verdict(&gate, run) {
        Exit::Clean if !text.is_empty() => Exit::Findings,
        exit => exit,
    })
}

/// Write what can be mended, and look at those files again.
fn mend(run: &mut Run, linter: &Linter, targets: &[Target]) {
    let (mut places, mut files) = (0, 0);
    for (file, target) in run.files.iter_mut().zip(targets) {
        let (Input::File(path), Ok(linted)) = (&target.input, &file.outcome) else { continue };
        let Some(fixed) = fix::fix(linted) else { continue };
        match fix::write(path, &linted.text, &fixed.text) {
            Ok(()) => {
                (places, files) = (places + fixed.count, files + 1);
                if let Some(again) = linter.run(std::slice::from_ref(target), Vec::new()).files.pop() {
                    *file = again;
                }
            }
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                note("не исправлено", &format!("{}: файл не в UTF-8; сохраните его как UTF-8", file.path));
            }
            Err(error) => {
                let message = format!("не удалось записать правки: {}", reason(&error));
                file.outcome = Err(Unread { path: file.path.clone(), message, hint: "проверьте права доступа".into() });
            }
        }
    }
    let places = plural::count(places, ["место", "места", "мест"]);
    note("исправлено", &format!("{places} ({})", plural::count(files, ["файл", "файла", "файлов"])));
}
