//! `otvet help`: the same as `--help`.

use otvet::suggest::nearest;

use super::cli;
use super::console::Console;
use super::failure::Failure;
use super::questions::suggestion;
use crate::exit::Exit;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_name = "КОМАНДА", help = "О какой команде рассказать")]
    command: Vec<String>,
}

pub fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let mut root = cli::command();
    root.build();
    let mut command = &mut root;
    for name in &args.command {
        let near = nearest(name, command.get_subcommands().map(clap::Command::get_name));
        command = command
            .find_subcommand_mut(name)
            .ok_or_else(|| Failure::new(format!("команды «{name}» нет")).hint(suggestion(near)).hint("список команд: otvet --help"))?;
    }
    console.print(&format!("{}\n", command.render_help().to_string().trim_end()))?;
    Ok(Exit::Clean)
}
