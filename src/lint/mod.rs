//! `otvet lint`: files treated as a compiler treats code.
//!
//! | step | file |
//! |---|---|
//! | arguments → files | `walk`, with `ignored` |
//! | a file → prose with places | `source` |
//! | prose → what is to be mended | `run`, with `place`, `blocks`, `leftovers`, `rules`, `fingerprint` |
//! | what the user has settled | `policy`, with `config`, `suppress`, `baseline` |
//! | pass or fail | `gate` |
//! | output | `format` |
//! | mending | `fix` |

pub mod baseline;
mod blocks;
pub mod config;
pub mod fingerprint;
pub mod fix;
pub mod format;
pub mod gate;
pub mod ignored;
mod leftovers;
pub mod model;
mod place;
pub mod policy;
pub mod rules;
pub mod run;
pub mod source;
pub mod suppress;
pub mod walk;
