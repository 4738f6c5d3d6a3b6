//! The terminal, or what stands in its place: where output goes, how wide it is and whether it is painted.

use std::io::{self, IsTerminal, Write};

use clap::ValueEnum;
use otvet::report::Palette;

use super::failure::Failure;

/// Columns when the output is no terminal.
const DEFAULT_WIDTH: usize = 100;
/// On anything narrower lines are wrapped as if it were this wide.
pub const LEAST_WIDTH: usize = 40;
/// Longer lines are hard to read.
const COMFORTABLE_WIDTH: usize = 120;

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

/// Where a command prints.
#[derive(Debug, Clone, Copy)]
pub struct Console {
    pub width: usize,
    pub palette: Palette,
}

impl Console {
    /// Standard output as it is.
    pub fn new(color: Color) -> Self {
        enable_escape_sequences();
        let on = painted(color, io::stdout().is_terminal());
        colored::control::set_override(on);
        Self { width: terminal_width(), palette: Palette::new(on) }
    }

    /// The palette of the error stream. To be called last: it decides about colours from here on.
    pub fn errors(color: Color) -> Palette {
        let on = painted(color, io::stderr().is_terminal());
        colored::control::set_override(on);
        Palette::new(on)
    }

    /// Print a result.
    pub fn print(&self, text: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        out.flush()?;
        Ok(())
    }
}

/// NO_COLOR (no-color.org) and CLICOLOR_FORCE decide before the kind of output does.
fn painted(color: Color, terminal: bool) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) => false,
        Color::Auto if set("CLICOLOR_FORCE") => true,
        Color::Auto => terminal && std::env::var_os("TERM").is_none_or(|term| term != "dumb"),
    }
}

fn terminal_width() -> usize {
    if !io::stdout().is_terminal() {
        return DEFAULT_WIDTH;
    }
    terminal_columns().unwrap_or(DEFAULT_WIDTH).clamp(LEAST_WIDTH, COMFORTABLE_WIDTH)
}

fn terminal_columns() -> Option<usize> {
    std::env::var("COLUMNS").ok()?.parse().ok()
}

/// Say something on the error stream. If even that is closed there is nobody to tell.
pub fn say(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}

#[cfg(windows)]
fn enable_escape_sequences() {
    let _ = colored::control::set_virtual_terminal(true);
}

#[cfg(not(windows))]
fn enable_escape_sequences() {}
