//! The questions put to an analysed text, one file each. Each reads the text and returns values.

pub mod book;
pub mod checklist;
pub mod echo;
mod expression;
pub mod findings;
pub mod kinds;
mod lines;
pub mod own_checklist;
pub mod quantities;
mod ranges;
pub mod relevance;
pub mod score;
mod sieve;
pub mod star;
mod stretch;
pub mod substance;
pub mod target;
