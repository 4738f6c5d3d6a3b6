//! The formats of `otvet lint`, one file each.

use std::io::{self, Write};

use otvet::Lexicon;
use otvet::report::Palette;

use crate::lint::model::Run;

/// A way to show a run.
pub trait Format {
    /// Write the whole of it.
    ///
    /// # Errors
    /// What the writer says.
    fn write(&self, run: &Run, out: &mut dyn Write) -> io::Result<()>;
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, clap::ValueEnum)]
pub enum FormatName { #[default] Terminal, Json }
pub const HELP: &str = "Вид отчёта";
#[derive(Debug, Clone, Copy)]
pub struct Look { pub width: usize, pub palette: Palette }
impl Look { pub const PLAIN: Self = Self { width: 100, palette: Palette::PLAIN }; }
struct Plain;
impl Format for Plain {
    fn write(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        for f in &run.files { match &f.outcome { Ok(l) => { writeln!(out, "{} {} {} {}", f.path, l.kind, l.guessed, l.report.score.total)?; for d in &l.diagnostics { writeln!(out, "  {:?} {} {:?} {} {}", d.severity, d.rule, d.place.map(|p| (p.line, p.column)), d.message, d.fingerprint)?; } } Err(e) => writeln!(out, "{e:?}")? } }
        Ok(())
    }
}
pub fn format<'l>(_: FormatName, _: &'l Lexicon, _: Look) -> Box<dyn Format + 'l> { Box::new(Plain) }
