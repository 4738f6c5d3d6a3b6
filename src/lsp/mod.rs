//! `otvet lsp`: the findings of `otvet lint` in an editor, over the Language Server Protocol.
//!
//! | step | file |
//! |---|---|
//! | messages in, messages out | `server`, with `welcome` |
//! | what texts are judged with: lexicons, configs | `ground` |
//! | a text the editor holds, and what was found in it | `document`, with `uri` |
//! | code points ↔ positions of the protocol | `lines` |
//! | findings as the editor shows them | `notes` |
//! | what the editor asks | `hover`, `actions`, `hints` |

mod actions;
mod document;
mod ground;
mod hints;
mod hover;
mod lines;
mod notes;
mod server;
mod uri;
mod welcome;

pub use ground::Setup;
pub use server::serve;
