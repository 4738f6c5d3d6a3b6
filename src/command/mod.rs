//! The command line: one file a subcommand. Everything a user can read here is Russian.

mod batch;
mod check;
mod cli;
mod completions;
mod config;
mod console;
mod explain;
mod failure;
mod gate;
mod given;
mod help;
mod init;
mod input;
mod lint;
mod lsp;
mod man;
mod questions;
mod rules;
mod schema;
mod sources;
mod table;
mod trace;
mod usage;
mod values;
mod wordings;

pub use cli::Cli;
pub use console::{Color, Console, say};
pub use failure::{Failure, reason};
