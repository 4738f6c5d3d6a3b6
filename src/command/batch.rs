//! `otvet batch`: a stream of answers, a report for each.

use std::fs::File;
use std::io::{self, BufReader, IsTerminal, Read};
use std::path::{Path, PathBuf};

use otvet::Analyzer;
use otvet::report::plural;

use super::console::say;
use super::failure::{Failure, reason};
use super::gate::Gate;
use super::sources::Sources;
use crate::batch::{StreamError, jsonl};
use crate::exit::Exit;

/// How many unread rows are named.
const NAMED_ROWS: usize = 10;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(
        value_name = "ФАЙЛ",
        help = "Файл JSONL: на каждой строке {\"id\", \"kind\", \"question_id\", \"level\", \"text\"}; без него или с «-» — стандартный ввод"
    )]
    file: Option<PathBuf>,
    #[arg(
        long,
        value_name = "ФОРМАТ",
        default_value = "jsonl",
        hide_default_value = true,
        hide_possible_values = true,
        help = "Вид ввода и вывода: jsonl (по умолчанию): на каждую строку — строка с отчётом, в том же порядке"
    )]
    format: BatchFormat,
    #[command(flatten)]
    sources: Sources,
    #[command(flatten)]
    gate: Gate,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum BatchFormat {
    Jsonl,
}

pub fn run(args: &Args) -> Result<Exit, Failure> {
    let BatchFormat::Jsonl = args.format;
    let analyzer = Analyzer::new(args.sources.load()?)?;
    let input: Box<dyn Read> = match args.file.as_deref() {
        Some(path) if path != Path::new("-") => Box::new(File::open(path).map_err(|error| unreadable(path, &error))?),
        _ => {
            if io::stdin().is_terminal() {
                say("Вводите записи JSON, по одной на строку. Чтобы закончить, нажмите Ctrl-D (в Windows — Ctrl-Z и Enter).\n");
            }
            Box::new(io::stdin())
        }
    };
    let mut objections = 0;
    let outcome = jsonl::run(BufReader::with_capacity(1 << 16, input), io::stdout().lock(), &analyzer, |report| {
        objections += usize::from(args.gate.objection(report).is_some());
    });
    let summary = outcome.map_err(|error| match error {
        StreamError::Input(error) => Failure::new(format!("чтение прервано: {}", reason(&error))),
        StreamError::Output(error) => Failure::Output(error),
    })?;
    if !summary.failed.is_empty() {
        return Err(unread(&summary));
    }
    if objections > 0 {
        say(&format!("не пройдено: {} из {}\n", plural::count(objections, ["запись", "записи", "записей"]), summary.records));
        return Ok(Exit::Findings);
    }
    Ok(Exit::Clean)
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("не удалось прочитать «{}»: {}", path.display(), reason(error))).hint("проверьте путь и права доступа")
}

/// Some records were answered by an error.
fn unread(summary: &jsonl::Summary) -> Failure {
    let rows: Vec<String> = summary.failed.iter().take(NAMED_ROWS).map(usize::to_string).collect();
    let more = match summary.failed.len().saturating_sub(NAMED_ROWS) {
        0 => String::new(),
        more => format!(" и ещё {more}"),
    };
    let count = plural::count(summary.failed.len(), ["запись", "записи", "записей"]);
    let line = plural::form(summary.failed.len(), ["строка", "строки", "строки"]);
    Failure::new(format!("не прочитано: {count} из {} ({line} {}{more})", summary.records, rows.join(", ")))
        .hint("причины — в выводе, в поле error этих записей")
}
