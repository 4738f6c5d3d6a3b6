//! Otvet reads what a candidate wrote in Russian (an interview answer, a cover letter) and says which STAR parts are there, which
//! results are measured, which phrases hurt, which points of the question's checklist are met, what it is worth, and what to change first.
//!
//! The library is silent: it returns values and never prints.
//!
//! ```
//! use otvet::{Analyzer, Lexicon, Options, Request};
//!
//! let lexicon = Lexicon::load(&Options::default())?;
//! let analyzer = Analyzer::new(lexicon)?;
//! let text = "Клиент грозил уйти. Мне поручили его удержать. Я пересчитал маршруты. Опоздания упали с 12 % до 3 %.";
//! let report = analyzer.reader().check(&Request { kind: "answer", text, ..Request::default() })?;
//! assert!(report.star.r.present);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Arrows run one way: command → batch, report → analyzer → analysis → lexicon → language → document.

#![forbid(unsafe_code)]
#![warn(clippy::print_stdout, clippy::print_stderr)]

pub mod analysis;
mod analyzer;
pub mod document;
pub mod language;
pub mod lexicon;
pub mod measure;
pub mod pattern;
pub mod report;
pub mod suggest;
mod trace;
pub mod vacancy;

pub use analyzer::{Analyzer, AnalyzerError, CheckError, LONGEST_TEXT, Lesson, Reader, Request};
pub use lexicon::{Lexicon, LexiconError, Options, Scope};
pub use report::{Level, Report};
pub use trace::{Trace, TraceClause, TraceHit, TraceSentence, TraceToken};
