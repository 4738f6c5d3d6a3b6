//! A letter against a vacancy: which requirements it answers, and how.

mod model;

pub use model::{Ask, Coverage, Evidence, Requirement, Status};

use crate::{Analyzer, Reader};

/// Compare a letter with a vacancy.
pub fn compare(_analyzer: &Analyzer, _reader: &mut Reader, _vacancy: &str, _letter: &str) -> Coverage {
    Coverage { coverage: 0.0, requirements: Vec::new(), asks: Vec::new() }
}
