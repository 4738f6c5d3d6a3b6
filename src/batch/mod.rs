//! Many texts at once.
//!
//! | step | where |
//! |---|---|
//! | files → items: lines, rows, sections | `input` |
//! | item → record → report or refusal, on all cores, in order | `run`, with `record`, `item` |
//! | what an interrupted run has answered | `earlier` |
//! | what all the answers amount to | `totals` |
//! | reports → files and pages | `output` |
//!
//! Arrows run one way: `output` and `input` do not know of each other, `run` knows neither's formats.

mod ask;
mod earlier;
pub mod input;
mod item;
pub mod output;
mod progress;
mod record;
mod run;
mod totals;

pub use ask::{Ask, Columns};
pub use item::{Answered, Place};
pub use progress::Progress;
pub use record::{Refusal, level_of, no_level};
pub use run::{Answers, Flow, Mismatch, Plan, Shared, Sink, run};
pub use totals::Totals;
