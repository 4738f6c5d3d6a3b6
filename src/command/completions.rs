//! `otvet completions`: what a shell completes after `otvet`.

use clap_complete::Shell;

use super::console::Console;
use super::failure::Failure;
use crate::exit::Exit;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_name = "ОБОЛОЧКА", hide_possible_values = true, help = "bash, zsh, fish, powershell, elvish")]
    shell: Shell,
}

pub fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::cli::command(), "otvet", &mut script);
    console.print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Clean)
}
