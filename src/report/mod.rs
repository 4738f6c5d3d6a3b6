//! The report: its shape, how it is built, and one file an output format.
//!
//! | for | file |
//! |---|---|
//! | the shape | `model`, with `schema` |
//! | building it | `build`, with `structure`, `advice` |
//! | formats | `terminal`, `markdown`, `json`, behind the trait of `format` |
//! | what formats share | `sanitize` (every text from outside), `wrap`, `underline`, `palette`, `names`, `plural`, `counts` |

mod advice;
mod build;
mod counts;
mod format;
pub mod json;
pub mod markdown;
pub mod model;
pub mod names;
pub mod palette;
pub mod plural;
pub mod sanitize;
pub mod schema;
pub mod structure;
mod terminal;
pub mod underline;
pub mod wrap;

pub use build::{Assessment, build};
pub use counts::Counts;
pub use format::{Format, Page, Quotes};
pub use json::Json;
pub use markdown::Markdown;
pub use model::*;
pub use palette::Palette;
pub use terminal::Terminal;
