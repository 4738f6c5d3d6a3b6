//! Every format over one run of hostile files, read back by a parser that is not ours.

mod github;
mod json;
mod sample;
mod sarif;
mod terminal;
mod xml;

use otvet::{Lexicon, Options};

use super::{FormatName, Look, format};
use crate::lint::model::Run;

/// The text of a format, with the shipped lexicons.
fn written(name: FormatName, run: &Run) -> String {
    let lexicon = Lexicon::load(&Options::default()).unwrap();
    let mut out = Vec::new();
    format(name, &lexicon, Look::PLAIN).write(run, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn every_format_shows_an_empty_run() {
    for name in <FormatName as clap::ValueEnum>::value_variants() {
        let text = written(*name, &Run::default());
        assert!(text.is_empty() || text.ends_with('\n'), "{name:?} {text:?}");
    }
}

#[test]
fn no_text_of_a_stranger_reaches_a_terminal_as_a_command() {
    let run = sample::hostile();
    for name in <FormatName as clap::ValueEnum>::value_variants() {
        let text = written(*name, &run);
        let tricky = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert_eq!(text.chars().find(|c| tricky(*c)), None, "{name:?} {text}");
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{name:?}");
    }
}
