//! A letter against a vacancy: which requirements it answers, and how.

mod model;

pub use model::{Ask, Coverage, Evidence, Requirement, Status};
