//! The pattern language of the lexicons (see `docs/lexicons.md`): phrases over analysed words, never over letters.
//!
//! `parse` reads a pattern, `compile` turns its words into literals of a [`Vocabulary`], `matcher` finds them in a text.
//! The patterns of the program itself are compiled when it is built (`build/main.rs`) and taken from a `store`.

mod compile;
mod element;
mod matcher;
mod parse;
mod shipped;
mod store;
mod vocabulary;

pub use compile::{ClassSource, Compiler, PatternError};
pub use matcher::{Hit, PatternId, PatternSet};
pub use shipped::store;
pub use store::Store;
pub use vocabulary::{LiteralId, Vocabulary};
