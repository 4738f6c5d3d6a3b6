//! The store of the shipped patterns, built into the program.

use std::sync::LazyLock;

use super::store::Store;

static STORE: LazyLock<Option<Store>> = LazyLock::new(|| Store::open(include_bytes!(concat!(env!("OUT_DIR"), "/patterns.bin"))));

/// The shipped patterns; `None` if a mistake in the shipped classes kept them from being compiled: then they are compiled, and the mistake
/// is explained, when the program starts.
pub fn store() -> Option<&'static Store> {
    STORE.as_ref()
}

#[cfg(test)]
mod tests {
    use crate::{Analyzer, Lexicon, Options, Request};

    #[test]
    fn what_was_compiled_at_the_build_finds_what_is_compiled_at_the_start() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        // The same files as the user's own: nothing is taken from the store.
        let own = Options { lexicon_dirs: vec![root.join("lexicons")], ..Options::default() };
        let analyzers = [Options::default(), own].map(|options| Analyzer::new(Lexicon::load(&options).unwrap()).unwrap());
        let mut readers = analyzers.each_ref().map(Analyzer::reader);
        for name in ["churn.txt", "weak.txt", "why-left-bitter.txt", "crm-headings.md", "cover-letter-template.txt"] {
            let text = std::fs::read_to_string(root.join("fixtures/answers").join(name)).unwrap();
            let [stored, compiled] = readers.each_mut().map(|reader| {
                let request = Request { kind: "answer", question_id: Some("hard-goal"), text: &text, ..Request::default() };
                crate::report::json::pretty(&reader.check(&request).unwrap())
            });
            assert_eq!(stored, compiled, "{name}");
        }
    }

    #[test]
    fn every_shipped_pattern_is_in_the_store() {
        let store = super::store().expect("the shipped classes are without mistakes");
        let lexicon = Lexicon::load(&Options::default()).unwrap();
        let rules = lexicon.rules().iter().flat_map(|rule| rule.written.iter().chain(&rule.unless).chain(&rule.when));
        let criteria = lexicon.checklists().flat_map(|(_, criteria, _)| criteria);
        let evidence = criteria.flat_map(|criterion| criterion.evidence.iter().chain(&criterion.unless));
        let cues = lexicon.star.cues.iter().flat_map(|cue| &cue.patterns);
        for written in rules.chain(evidence).chain(cues) {
            assert!(store.pattern(&written.text).is_some(), "{}: {}", written.place, written.text);
        }
    }
}
