//! `otvet lint`: files treated as a compiler treats code.

pub mod baseline;
pub mod config;
pub mod fingerprint;
pub mod format;
pub mod model;
pub mod suppress;
