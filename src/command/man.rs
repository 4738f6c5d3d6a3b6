//! `otvet man`: the manual page, as `man` reads it.

use clap::CommandFactory;

use super::cli::Cli;
use super::console::Console;
use super::failure::Failure;
use crate::exit::Exit;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_name = "КОМАНДА", help = "Страница одной команды; без неё — всей программы")]
    command: Option<String>,
}

/// Headings that the generator writes in English.
const HEADINGS: [(&str, &str); 7] = [
    (".SH NAME", ".SH НАЗВАНИЕ"),
    (".SH SYNOPSIS", ".SH ИСПОЛЬЗОВАНИЕ"),
    (".SH DESCRIPTION", ".SH ОПИСАНИЕ"),
    (".SH OPTIONS", ".SH ПАРАМЕТРЫ"),
    (".SH SUBCOMMANDS", ".SH КОМАНДЫ"),
    (".SH VERSION", ".SH ВЕРСИЯ"),
    (".SH EXTRA", ".SH ПРИМЕРЫ И КОДЫ ВЫХОДА"),
];

pub fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let mut whole = Cli::command();
    whole.build();
    let page = match args.command.as_deref() {
        None => whole,
        Some(name) => match whole.find_subcommand(name) {
            Some(command) => command.clone(),
            None => {
                let names = whole.get_subcommands().map(clap::Command::get_name);
                let near = otvet::suggest::nearest(name, names);
                return Err(Failure::new(format!("команды «{name}» нет")).hint(super::questions::suggestion(near)));
            }
        },
    };
    let mut page_text = Vec::new();
    clap_mangen::Man::new(page).section("1").render(&mut page_text).map_err(|error| Failure::new(super::reason(&error)))?;
    let mut text = String::from_utf8_lossy(&page_text).into_owned();
    for (english, russian) in HEADINGS {
        text = text.replace(english, russian);
    }
    console.print(&text)?;
    Ok(Exit::Clean)
}
