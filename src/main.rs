//! `otvet`: reads what a candidate wrote and says how good an answer it is. Parse, run, exit; the program itself begins in `command`.

#![forbid(unsafe_code)]

mod bank;
mod batch;
mod command;
mod exit;
mod lint;
mod lsp;

use std::process::ExitCode;

use command::{Cli, Console, Failure, say};
use exit::Exit;

/// Reports are many small strings: with them this allocator is a quarter faster than that of the C library.
#[cfg(not(windows))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    let cli = match Cli::read(std::env::args_os()) {
        Ok(cli) => cli,
        Err(Ok(help)) => return print(&help).into(),
        Err(Err(mistake)) => return fail(&mistake, Default::default()).into(),
    };
    let color = cli.color();
    match cli.run() {
        Ok(exit) => exit,
        Err(failure) => fail(&failure, color),
    }
    .into()
}

fn print(help: &str) -> Exit {
    match Console::new(Default::default()).print(help) {
        Ok(()) => Exit::Clean,
        Err(failure) => fail(&failure, Default::default()),
    }
}

/// Say what went wrong. A reader that left early (`otvet questions | head`) is no mistake.
fn fail(failure: &Failure, color: command::Color) -> Exit {
    if failure.is_closed_pipe() {
        return Exit::Clean;
    }
    say(&failure.render(Console::errors(color)));
    Exit::Failure
}
