//! `otvet batch`: many answers, a report for each and a summary of all.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use otvet::document::Encoding;
use otvet::report::{Palette, plural};
use otvet::{Analyzer, Level, Report};

use super::console::{Console, say};
use super::failure::{Failure, reason};
use super::gate::Gate;
use super::sources::Sources;
use super::values;
use super::wordings::Wordings;
use crate::bank::Bank;
use crate::batch::input::{self, Format as InputFormat, Input, NoInput};
use crate::batch::output::{self, Format as OutputFormat, Output, Summary, Target, resume};
use crate::batch::{
    Answered, Answers, Ask, Columns, Flow, Mismatch, Place, Plan, Progress, Refusal, Shared, Sink, Totals, run as run_plan,
};
use crate::exit::Exit;

/// How many unread rows are named.
const NAMED_ROWS: usize = 10;

/// Inputs that are owed an error record.
type Unreadable = Vec<(Place, Refusal)>;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(
        value_name = "ФАЙЛ",
        help = "Файлы и папки с ответами: jsonl, json, csv, tsv, xlsx, ods, txt, md, docx; без них или с «-» — стандартный ввод"
    )]
    inputs: Vec<PathBuf>,
    #[arg(short, long, value_name = "ФАЙЛ", help = "Куда записать; вид — по расширению: jsonl, csv, xlsx, html, md")]
    output: Option<PathBuf>,
    #[arg(
        long,
        value_name = "ФОРМАТ",
        hide_possible_values = true,
        help = "Вид вывода: jsonl, csv, xlsx, html, markdown, summary (сводка для терминала); без указания — сводка на терминал, jsonl в файл или канал"
    )]
    format: Option<OutputFormat>,
    #[arg(
        long = "input-format",
        value_name = "ФОРМАТ",
        hide_possible_values = true,
        help = "Вид ввода, если он не ясен из расширения; стандартный ввод — jsonl"
    )]
    input_format: Option<InputFormat>,
    #[arg(short, long, value_name = "ЧИСЛО", value_parser = values::jobs, help = "Сколько потоков; по умолчанию — сколько ядер")]
    jobs: Option<usize>,
    #[arg(long, requires = "output", help = "Продолжить прерванную запись в файл jsonl")]
    resume: bool,
    #[arg(long = "with-source", help = "Указать в jsonl, из какого файла и какой строки каждая запись")]
    with_source: bool,
    #[arg(
        long = "first-row",
        value_name = "НОМЕР",
        default_value = "1",
        hide_default_value = true,
        value_parser = row,
        help = "Номер первой строки, если ввод — часть большого файла: с неё считаются строки в выводе"
    )]
    first_row: usize,
    #[arg(long, help = "Остановиться на первой записи, которую не удалось прочитать")]
    strict: bool,
    #[arg(short, long, value_name = "ВОПРОС", help = "Вопрос для записей, в которых он не указан (список: otvet questions)")]
    question: Option<String>,
    #[arg(
        long,
        value_name = "УРОВЕНЬ",
        hide_possible_values = true,
        help = "Уровень для записей, в которых он не указан: junior, middle, senior"
    )]
    level: Option<Level>,
    #[arg(long, value_name = "ВИД", help = "Вид текста для записей, в которых он не указан: answer, cover-letter…")]
    kind: Option<String>,
    #[command(flatten)]
    columns: Columns,
    #[arg(long, value_name = "ЛИСТ", help = "Лист таблицы; без него читаются все листы, где есть ответы")]
    sheet: Option<String>,
    #[arg(long, value_name = "ЗНАК", value_parser = values::delimiter, help = "Разделитель столбцов csv, если он узнан неверно; tab — табуляция")]
    delimiter: Option<u8>,
    #[arg(long, value_name = "КОДИРОВКА", value_parser = values::encoding, help = "Кодировка csv и текстов, если она узнана неверно: utf-8, windows-1251…")]
    encoding: Option<Encoding>,
    #[command(flatten)]
    sources: Sources,
    #[command(flatten)]
    gate: Gate,
}

pub fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let format = output_format(args)?;
    let lexicon = args.sources.load()?;
    let bank = Bank::new(&lexicon);
    // Named in words or by its id.
    let question = args.question.as_deref().map(|question| bank.find(question).map_or(question, |found| found.id).to_string());
    super::check::know(&lexicon, question.as_deref(), args.kind.as_deref().unwrap_or("answer"))?;
    let (inputs, unreadable) = inputs(args)?;
    check_not_an_input(args, &inputs)?;
    let ask = Ask {
        columns: args.columns.clone(),
        question_id: question,
        level: args.level,
        kind: args.kind.clone(),
        encoding: args.encoding,
        delimiter: args.delimiter,
        sheet: args.sheet.clone(),
        bank: Bank::new(&lexicon),
        strict: args.strict,
    };
    let kept = kept(args, format, lexicon.ruleset())?;
    let earlier = earlier(args, &kept)?;
    let analyzer = Arc::new(Analyzer::new(lexicon)?);
    let (target, writer) = open(args, format, kept.bytes)?;
    let summary = Summary { width: console.width, palette: if args.output.is_some() { Palette::PLAIN } else { console.palette } };
    let output = output::open(format, writer, summary)?;

    let shared = Arc::new(Shared::default());
    let interrupted = watch_interrupts(&shared);
    let named = inputs.iter().all(|input| input.path.is_some());
    let sizes: Option<u64> = inputs.iter().map(Input::size).sum();
    shared.total.store(sizes.unwrap_or(0), Ordering::Relaxed);
    let totals = Totals::new(analyzer.lexicon(), format.shows_candidates());
    let progress = Progress::new(&shared, progress_is_wanted(args, &inputs));
    let mut collector =
        Collector { output, totals, progress, args, shared: shared.clone(), objections: kept.objections, wordings: Wordings::default() };
    let jobs = args.jobs.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from));
    let plan = Plan {
        unreadable,
        inputs,
        ask,
        analyzer,
        jobs,
        lines: format == OutputFormat::Jsonl,
        texts: format.shows_texts(),
        sources: args.with_source,
        rows_before: args.first_row - 1,
        earlier,
    };
    let outcome = run_plan(plan, &shared, &mut collector);
    collector.progress.finish();
    let wordings = collector.wordings.notes(&bank);
    for note in shared.notes().into_iter().chain(wordings) {
        say(&format!("{}\n", otvet::report::sanitize::line(&note)));
    }
    outcome?;
    if let Some(mismatch) = shared.mismatch() {
        return Err(other_input(args, &mismatch));
    }
    let Collector { output, mut totals, objections, progress, .. } = collector;
    totals.elapsed = progress.started().elapsed();
    let interrupted = interrupted.load(Ordering::Relaxed);
    let stopped_by_strictness = args.strict && totals.failed > 0;
    if format.grows() || !interrupted && !stopped_by_strictness {
        output.finish(&totals)?;
        target.commit()?;
    }
    if interrupted {
        return Ok(say_interrupted(args, format, kept.lines as usize + totals.records()));
    }
    if let Some(path) = args.output.as_ref().filter(|_| !stopped_by_strictness) {
        say(&format!("{}: {}\n", path.display(), output::timed(&totals)));
    }
    let failed = kept.failed + totals.failed;
    // A pipe may have nothing to say; a file that a person names has.
    if named && kept.lines == 0 && totals.records() == 0 {
        return Err(Failure::new("во входе нет ни одного ответа").hint("проверьте, тот ли это файл и есть ли в нём строки под заголовками"));
    }
    if failed > 0 {
        return Err(unread(&totals, failed, kept.lines as usize + totals.records(), args.strict, format));
    }
    if objections > 0 {
        let all = kept.lines as usize + totals.records();
        say(&format!("не пройдено: {} из {all}\n", plural::count(objections, ["запись", "записи", "записей"])));
        return Ok(Exit::Findings);
    }
    Ok(Exit::Clean)
}

/// What becomes of every answer, in order.
struct Collector<'a> {
    output: Box<dyn Output>,
    totals: Totals,
    progress: Progress,
    args: &'a Args,
    shared: Arc<Shared>,
    objections: usize,
    wordings: Wordings,
}

impl Collector<'_> {
    fn objects(&self, report: &Report) -> bool {
        self.args.gate.objection(report).is_some()
    }
}

impl Sink for Collector<'_> {
    type Error = io::Error;

    fn answer(&mut self, answered: Answered) -> io::Result<Flow> {
        self.output.answer(&answered)?;
        self.totals.add(&answered);
        self.progress.show(self.totals.answers, self.totals.failed, &self.shared);
        match &answered.outcome {
            Ok(report) => {
                self.wordings.add(report, answered.place.row);
                self.objections += usize::from(self.objects(report));
            }
            Err(_) if self.args.strict => return Ok(Flow::Enough),
            Err(_) => {}
        }
        Ok(Flow::More)
    }

    fn idle(&mut self) -> io::Result<()> {
        self.progress.show(self.totals.answers, self.totals.failed, &self.shared);
        self.output.idle()
    }
}

fn output_format(args: &Args) -> Result<OutputFormat, Failure> {
    let format = match (args.format, args.output.as_deref()) {
        (Some(format), _) => format,
        (None, Some(path)) => OutputFormat::of(path).ok_or_else(|| {
            Failure::new(format!("по имени «{}» не понять вид вывода", path.display()))
                .hint("укажите --format: jsonl, csv, xlsx, html, markdown, summary")
        })?,
        (None, None) if io::stdout().is_terminal() => OutputFormat::Summary,
        (None, None) => OutputFormat::Jsonl,
    };
    if args.resume && !format.grows() {
        return Err(Failure::new("продолжить можно только запись jsonl").hint("укажите -o ФАЙЛ.jsonl"));
    }
    if format == OutputFormat::Xlsx && args.output.is_none() && io::stdout().is_terminal() {
        return Err(Failure::new("xlsx — не для терминала").hint("укажите файл: -o ответы.xlsx"));
    }
    Ok(format)
}

/// The inputs, and what cannot be opened.
fn inputs(args: &Args) -> Result<(Vec<Input>, Unreadable), Failure> {
    let standard = [PathBuf::from("-")];
    let paths = if args.inputs.is_empty() { standard.as_slice() } else { &args.inputs };
    if paths.iter().filter(|path| *path == Path::new("-")).count() > 1 {
        return Err(Failure::new("стандартный ввод указан дважды"));
    }
    let single = paths.len() == 1;
    let mut all = Vec::new();
    let mut refused = Vec::new();
    for path in paths {
        match input::gather(std::slice::from_ref(path), args.input_format) {
            Ok((inputs, passed_over)) => {
                if passed_over > 0 {
                    let files = plural::count(passed_over, ["файл", "файла", "файлов"]);
                    say(&format!("{}: пропущено {files} других видов\n", path.display()));
                }
                all.extend(inputs);
            }
            Err(error) => {
                let failure = no_input(&error);
                // The only input there is: nothing to go on with.
                if single || args.strict {
                    return Err(failure);
                }
                let message = failure.to_string().lines().next().unwrap_or_default().to_string();
                refused.push((Place { file: Some(Arc::from(path.to_string_lossy())), row: 0 }, Refusal::new("unreadable", message)));
            }
        }
    }
    if all.iter().any(|input| input.path.is_none()) && io::stdin().is_terminal() {
        say("Вводите записи JSON, по одной на строку. Чтобы закончить, нажмите Ctrl-D (в Windows — Ctrl-Z и Enter).\n");
    }
    Ok((all, refused))
}

fn no_input(error: &NoInput) -> Failure {
    match error {
        NoInput::Io(path, error) => {
            Failure::new(format!("не удалось прочитать «{}»: {}", path.display(), reason(error))).hint("проверьте путь и права доступа")
        }
        NoInput::Unknown(path) => Failure::new(format!("по имени «{}» не понять вид файла", path.display()))
            .hint("укажите --input-format: jsonl, json, csv, tsv, xlsx, ods, txt, md, docx"),
        NoInput::Empty(path) => Failure::new(format!("в папке «{}» нет файлов с ответами", path.display()))
            .hint("читаются jsonl, json, csv, tsv, xlsx, ods, txt, md, docx"),
    }
}

/// Writing over what is being read would lose it.
fn check_not_an_input(args: &Args, inputs: &[Input]) -> Result<(), Failure> {
    let Some(output) = args.output.as_deref().and_then(|path| path.canonicalize().ok()) else { return Ok(()) };
    let same = inputs.iter().filter_map(|input| input.path.as_deref()?.canonicalize().ok()).any(|path| path == output);
    if same {
        Err(Failure::new("вывод указан в тот же файл, что и ввод").hint("укажите другой файл: -o"))
    } else {
        Ok(())
    }
}

/// What an interrupted run has left.
fn kept(args: &Args, format: OutputFormat, ruleset: &str) -> Result<resume::Kept, Failure> {
    let Some(path) = args.output.as_deref().filter(|_| args.resume && format.grows()) else { return Ok(resume::Kept::default()) };
    let kept = resume::read(path, ruleset, |score, worst| args.gate.passes(score, worst)).map_err(|trouble| match trouble {
        resume::Trouble::Io(error) => unreadable_output(path, &error),
        resume::Trouble::Foreign(line) => {
            Failure::new(format!("продолжить нельзя: строка {line} в «{}» — не запись otvet batch", path.display()))
                .hint("укажите файл, запись в который прервалась, или начните новый")
        }
        resume::Trouble::Ruleset(line, other) => Failure::new(format!(
            "продолжить нельзя: строка {line} в «{}» сделана по правилам {other}, а сейчас — {ruleset}",
            path.display()
        ))
        .hint("проверьте всё заново, без --resume, или возьмите прежние правила"),
    })?;
    if kept.lines > 0 {
        say(&format!("уже готово: {}\n", plural::count(kept.lines as usize, ["запись", "записи", "записей"])));
    }
    Ok(kept)
}

/// What it has answered, to be compared with the input.
fn earlier(args: &Args, kept: &resume::Kept) -> Result<Option<Answers>, Failure> {
    let Some(path) = args.output.as_deref().filter(|_| kept.lines > 0) else { return Ok(None) };
    let earlier = resume::earlier(path, kept).map_err(|error| unreadable_output(path, &error))?;
    Ok(Some(Box::new(earlier)))
}

fn unreadable_output(path: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("не удалось прочитать «{}»: {}", path.display(), reason(error)))
}

/// Going on with another input would give a file that fits neither.
fn other_input(args: &Args, mismatch: &Mismatch) -> Failure {
    let path = args.output.as_deref().unwrap_or(Path::new("-")).display();
    match mismatch {
        Mismatch::Record(number, how) => Failure::new(format!("продолжить нельзя: вход другой; в записи {number} файла «{path}» {how}")),
        Mismatch::Short(items) => {
            let items = plural::count(*items as usize, ["запись", "записи", "записей"]);
            Failure::new(format!("продолжить нельзя: вход другой; в нём {items}, а в «{path}» готово больше"))
        }
        Mismatch::Unreadable(reason) => return Failure::new(format!("не удалось прочитать «{path}»: {reason}")),
    }
    .hint("повторите с прежними файлами и настройками или начните заново: без --resume")
}

/// `--first-row`.
fn row(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|row| (1..=1 << 48).contains(row)).ok_or_else(|| "нужно целое число от 1".into())
}

fn open(args: &Args, format: OutputFormat, keep: u64) -> Result<(Target, output::Writer), Failure> {
    let Some(path) = args.output.as_deref() else { return Ok(Target::stdout()) };
    let opened = if format.grows() { Target::growing(path, keep) } else { Target::whole(path) };
    opened.map_err(|error| {
        let why = if error.kind() == io::ErrorKind::NotFound { "папки нет".into() } else { reason(&error) };
        Failure::new(format!("не удалось создать «{}»: {why}", path.display())).hint("проверьте путь и права доступа")
    })
}

/// The first Ctrl-C asks to stop, the second does not ask.
fn watch_interrupts(shared: &Arc<Shared>) -> Arc<AtomicBool> {
    let interrupted = Arc::new(AtomicBool::new(false));
    let (told, shared) = (interrupted.clone(), shared.clone());
    // Without a handler Ctrl-C simply ends the program.
    let _ = ctrlc::set_handler(move || {
        if told.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        shared.stop.store(true, Ordering::Relaxed);
    });
    interrupted
}

fn progress_is_wanted(args: &Args, inputs: &[Input]) -> bool {
    let typed = inputs.iter().any(|input| input.path.is_none()) && io::stdin().is_terminal();
    // Lines on the terminal are progress enough.
    let seen = args.output.is_none() && io::stdout().is_terminal() && args.format.is_some_and(|format| format != OutputFormat::Summary);
    io::stderr().is_terminal() && !typed && !seen
}

fn say_interrupted(args: &Args, format: OutputFormat, done: usize) -> Exit {
    let done = plural::count(done, ["запись", "записи", "записей"]);
    say(&match args.output.as_deref() {
        Some(path) if format.grows() => {
            format!("прервано: {done} в «{}»\n  чтобы продолжить, повторите команду с --resume\n", path.display())
        }
        Some(path) => format!(
            "прервано: файл «{}» не создан\n  прерванное можно продолжить, если писать в jsonl: -o ФАЙЛ.jsonl --resume\n",
            path.display()
        ),
        None if format.grows() => {
            format!("прервано: готово {done}\n  чтобы можно было продолжить, пишите в файл: -o ФАЙЛ.jsonl --resume\n")
        }
        None => "прервано\n".into(),
    });
    Exit::Interrupted
}

/// Some records were answered by an error.
fn unread(totals: &Totals, failed: usize, all: usize, strict: bool, format: OutputFormat) -> Failure {
    let name = |(place, _): &(Place, Refusal)| match place.row {
        0 => place.file.as_deref().unwrap_or_default().to_string(),
        row => row.to_string(),
    };
    if strict {
        let (place, refusal) = totals.refusals.first().cloned().unwrap_or_default();
        let file = place.file.as_deref().map(|file| format!("{file}, ")).unwrap_or_default();
        let row = if place.row == 0 { String::new() } else { format!("строка {}", place.row) };
        let place = format!("{file}{row}");
        return Failure::new(format!("остановлено на первой ошибке: {}: {}", place.trim_end_matches(", "), refusal.message));
    }
    let files = totals.refusals.iter().take(NAMED_ROWS).all(|(place, _)| place.row == 0);
    let rows: Vec<String> = totals.refusals.iter().take(NAMED_ROWS).map(name).collect();
    let more = match failed.saturating_sub(rows.len()) {
        0 => String::new(),
        more => format!(" и ещё {more}"),
    };
    let count = plural::count(failed, ["запись", "записи", "записей"]);
    let line = if files {
        plural::form(failed, ["файл", "файлы", "файлы"])
    } else {
        plural::form(failed, ["строка", "строки", "строки"])
    };
    let named = if rows.is_empty() { String::new() } else { format!(" ({line} {}{more})", rows.join(", ")) };
    let hint = match format {
        OutputFormat::Jsonl => "причины — в выводе, в поле error этих записей",
        _ => "причины — в отчёте",
    };
    Failure::new(format!("не прочитано: {count} из {all}{named}")).hint(hint)
}
