//! `otvet schema`: the JSON Schemas of reports and of the config file.

use otvet::report::{json, schema};
use otvet::{Lexicon, Options, Scope};

use super::console::Console;
use super::failure::Failure;
use crate::exit::Exit;
use crate::lint::{config, format};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(
        value_name = "ЧТО",
        default_value = "report",
        hide_default_value = true,
        hide_possible_values = true,
        help = "report — отчёт (по умолчанию); line — строка otvet batch: отчёт или запись об ошибке; config — файл настроек otvet.toml; lint — вывод otvet lint --format json"
    )]
    what: What,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum What {
    Report,
    Line,
    Config,
    Lint,
}

pub fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let schema = match args.what {
        What::Report => schema::report(),
        What::Line => schema::line(),
        What::Lint => format::json::schema(),
        What::Config => config::schema(&Lexicon::load(&Options { scope: Scope::Only(Vec::new()), ..Options::default() })?),
    };
    console.print(&json::pretty(&schema))?;
    Ok(Exit::Clean)
}
