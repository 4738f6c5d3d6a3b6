//! Many texts at once. Readers turn an input into records, each record is answered by a report or by an error in its place.

pub mod jsonl;
mod lines;
mod record;

pub use lines::StreamError;
