//! The pattern language of the lexicons (see `docs/lexicons.md`): phrases over analysed words, never over letters.
//!
//! `parse` reads a pattern, `compile` turns its words into literals of a [`Vocabulary`], `matcher` finds them in a text.

mod compile;
mod matcher;
mod parse;
mod vocabulary;

pub use compile::{ClassSource, Compiler, PatternError};
pub use matcher::{Hit, PatternId, PatternSet};
pub use vocabulary::{LiteralId, Vocabulary};
