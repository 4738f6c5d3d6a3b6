//! The pattern language without the matcher, and the writer of the store.

#[path = "../src/pattern/compile.rs"]
mod compile;
#[path = "../src/pattern/element.rs"]
mod element;
#[path = "../src/pattern/group.rs"]
mod group;
#[path = "../src/pattern/parse.rs"]
mod parse;
#[path = "../src/pattern/store.rs"]
mod store;
#[path = "../src/pattern/vocabulary.rs"]
mod vocabulary;
#[path = "write.rs"]
pub mod write;

pub use compile::{ClassSource, Compiler};
pub use vocabulary::{LiteralId, Vocabulary};
