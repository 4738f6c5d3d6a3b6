//! The pattern language of the lexicons (see `docs/lexicons.md`): phrases over analysed words, never over letters.
//!
//! `parse` reads a pattern, `compile` turns its words into literals of a [`Vocabulary`], `search` finds them in a text:
//! it asks the `presence` of words what is worth a try, and the `matcher` tries.
//! The patterns of the program itself are compiled when it is built (`build/main.rs`) and taken from a `store`.

mod compile;
mod element;
mod group;
mod matcher;
mod parse;
mod presence;
mod search;
mod shipped;
mod store;
mod vocabulary;

pub use compile::{ClassSource, Compiler, PatternError};
pub use search::{Hit, PatternId, PatternSet};
pub use shipped::store;
pub use store::Store;
pub use vocabulary::{LiteralId, Vocabulary};
