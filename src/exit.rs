//! Exit codes.

use std::process::ExitCode;

/// How the program ends.
///
/// | code | meaning |
/// |---|---|
/// | 0 | done and clean |
/// | 1 | findings at or over `--fail-on`, or a score under `--min-score` |
/// | 2 | the tool could not do its job: wrong usage, unreadable input, a mistake in a lexicon |
/// | 130 | stopped by Ctrl-C |
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Clean,
    Findings,
    Failure,
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Clean => Self::from(0),
            Exit::Findings => Self::from(1),
            Exit::Failure => Self::from(2),
            Exit::Interrupted => Self::from(130),
        }
    }
}
