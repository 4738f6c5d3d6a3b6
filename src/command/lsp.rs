//! `otvet lsp`: what `otvet lint` finds, in an editor.

use std::path::PathBuf;

use lsp_server::Connection;
use otvet::{Level, Scope};

use super::failure::{Failure, reason};
use super::sources::Sources;
use crate::exit::Exit;
use crate::lint::config::{Choice, Configs};
use crate::lint::run::Given;
use crate::lsp::{Setup, serve};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(long, value_name = "ФАЙЛ", help = "Сравнивать письма с вакансией: .md, .txt, .docx, .html, .tex")]
    vacancy: Option<PathBuf>,
    #[arg(long, value_name = "УРОВЕНЬ", hide_possible_values = true, help = "Уровень должности: junior, middle, senior")]
    level: Option<Level>,
    #[arg(long, value_name = "ФАЙЛ", conflicts_with = "no_config", help = "Файл настроек; без него — ближайший otvet.toml вверх от файла")]
    config: Option<PathBuf>,
    #[arg(long, help = "Не искать otvet.toml")]
    no_config: bool,
    #[command(flatten)]
    sources: Sources,
    // Some editors add it to every server.
    #[arg(long, hide = true)]
    stdio: bool,
}

pub fn run(args: &Args) -> Result<Exit, Failure> {
    let choice = Choice::of(args.config.as_deref(), args.no_config);
    // A mistake in what the user named is said at once.
    Configs::new(&choice)?;
    let given = Given { level: args.level, vacancy: args.vacancy.clone(), ..Given::default() };
    let setup = Setup { choice, given, options: args.sources.options(Scope::All, None) };
    let (connection, threads) = Connection::stdio();
    let exit = serve(&connection, &setup)?;
    // The writing thread ends when nobody can send any more.
    drop(connection);
    threads.join().map_err(|error| Failure::new(format!("связь с редактором оборвалась: {}", reason(&error))))?;
    Ok(exit)
}
