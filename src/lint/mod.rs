//! `otvet lint`: files treated as a compiler treats code.
//!
//! | step | file |
//! |---|---|
//! | arguments → files | `walk` |
//! | a file → prose with places | `source` |
//! | prose → what is to be mended | `run`, with `place`, `leftovers` |
//! | pass or fail | `gate` |
//! | output | `format` |

pub mod fix;
pub mod format;
pub mod gate;
mod leftovers;
pub mod model;
mod place;
pub mod run;
pub mod source;
pub mod walk;
