//! How right Otvet is: annotated answers, figures, and the fitting of the sequence model.
//!
//! The definitions are those of the corpus's own measuring script; `examples/evaluate.rs` prints them and `tests/accuracy.rs` holds the floors.

mod entries;
mod figures;
mod fit;
mod gold;
mod held_out;

pub use entries::{EntryUse, entries};
pub use figures::{Disagreement, Figures, MAIN_FIGURES, evaluate};
pub use fit::{Example, fit, lessons};
pub use gold::{GoldError, Record, read_corpus};
pub use held_out::{ceiling, reports, reports_held_out};
