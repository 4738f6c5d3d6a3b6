//! The formats of `otvet lint`, one file each.

use std::io::{self, Write};

use crate::lint::model::Run;

/// A way to show a run.
pub trait Format {
    /// Write the whole of it.
    ///
    /// # Errors
    /// What the writer says.
    fn write(&self, run: &Run, out: &mut dyn Write) -> io::Result<()>;
}
