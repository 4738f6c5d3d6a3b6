//! `otvet lint`: files treated as a compiler treats code.

pub mod format;
pub mod model;
