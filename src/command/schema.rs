//! `otvet schema`: the JSON Schema of reports.

use otvet::report::{json, schema};

use super::console::Console;
use super::failure::Failure;
use crate::exit::Exit;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(
        value_name = "ЧТО",
        default_value = "report",
        hide_default_value = true,
        hide_possible_values = true,
        help = "report — отчёт (по умолчанию); line — строка otvet batch: отчёт или запись об ошибке"
    )]
    what: What,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum What {
    Report,
    Line,
}

pub fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let schema = match args.what {
        What::Report => schema::report(),
        What::Line => schema::line(),
    };
    console.print(&json::pretty(&schema))?;
    Ok(Exit::Clean)
}
