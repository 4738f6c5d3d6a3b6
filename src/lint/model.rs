//! What linting yields; the formats show it.

use otvet::report::{Report, Severity};
use otvet::vacancy::Coverage;

/// The outcome of one run.
#[derive(Debug, Clone, Default)]
pub struct Run {
    /// In the order of their paths.
    pub files: Vec<Checked>,
    pub ruleset: String,
    /// Files nothing could be said of before they were opened (a path that does not exist, a wrong glob).
    pub failures: Vec<Failure>,
}

/// A file that was looked at.
#[derive(Debug, Clone)]
pub struct Checked {
    /// As given or found, with `/`; relative where it was given so.
    pub path: String,
    pub outcome: Result<Linted, Failure>,
}

/// Why a file could not be checked. Russian.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub path: String,
    pub message: String,
    /// The next step.
    pub hint: String,
    /// Line and column from 1, where it is the text that is wrong.
    pub at: Option<(usize, usize)>,
}

/// A file that was checked.
#[derive(Debug, Clone)]
pub struct Linted {
    /// `answer`, `resume` or the id of a letter kind.
    pub kind: String,
    /// The kind was recognised, not given by front matter, config or flag.
    pub guessed: bool,
    /// The text that places point into: the file's, or for a document of paragraphs one paragraph a line.
    pub text: String,
    /// What `Place::line` counts.
    pub unit: Unit,
    /// The least severity that fails a run over this file; `None`: none does.
    pub fail_on: Option<Severity>,
    pub report: Report,
    /// What is left to show, in the order of places; what concerns the whole text comes last.
    pub diagnostics: Vec<Diagnostic>,
    pub vacancy: Option<Coverage>,
    /// How many findings the writer switched off in the file.
    pub suppressed: usize,
    /// How many the baseline knows.
    pub known: usize,
    /// How many the baseline knows that are there no more.
    pub outdated: usize,
    /// The findings that `suppressed` and `known` count, for formats that tell of them too; may be left empty.
    pub hidden: Vec<Hidden>,
}

/// A finding that is not shown.
#[derive(Debug, Clone)]
pub struct Hidden {
    pub diagnostic: Diagnostic,
    pub by: HiddenBy,
}

/// What hides it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HiddenBy {
    /// A remark of the writer in the file.
    Suppression,
    Baseline,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Line,
    /// Of a DOCX or HTML document.
    Paragraph,
}

/// Something to mend.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// `type/name`.
    pub rule: String,
    pub kind: String,
    pub severity: Severity,
    pub message: String,
    pub reason: String,
    pub advice: String,
    /// `None`: the whole text is meant.
    pub place: Option<Place>,
    /// What may stand instead of the place, where the rule offers a safe replacement.
    pub replacement: Option<String>,
    /// Stable when lines move: what the baseline and `fingerprints` of SARIF and GitLab hold (32 hex digits).
    pub fingerprint: String,
}

/// Where a phrase stands. Code points; lines and columns from 1; ends exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub start: usize,
    pub end: usize,
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
}
