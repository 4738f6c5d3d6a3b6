//! The names a config file and a suppression may use.

use std::collections::BTreeSet;

use otvet::Lexicon;
use otvet::suggest::nearest;

use crate::lint::rules::built_in;

/// Known rules and their types, questions and kinds of texts.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    rules: BTreeSet<String>,
    /// What stands before `/` in a rule's name, and the types of findings.
    types: BTreeSet<String>,
    questions: BTreeSet<String>,
    kinds: BTreeSet<String>,
    /// What else the kinds are called, in lower case.
    kind_names: BTreeSet<String>,
}

impl Catalogue {
    /// Everything the lexicon knows. Of questions that were not read the names are known, but not the criteria:
    /// any criterion of theirs is taken for known.
    pub fn of(lexicon: &Lexicon) -> Self {
        let criteria = |owner: &str, ids: &mut dyn Iterator<Item = &str>| -> Vec<String> {
            ids.map(|criterion| format!("{owner}/{criterion}")).collect()
        };
        let questions = lexicon.questions().iter().flat_map(|one| criteria(&one.id, &mut one.criteria.iter().map(|it| it.id.as_str())));
        let letters = lexicon.letters().iter().flat_map(|one| criteria(&one.id, &mut one.criteria.iter().map(|it| it.id.as_str())));
        let mut catalogue = Self {
            questions: lexicon.question_ids().iter().cloned().collect(),
            kinds: lexicon.kind_ids().map(str::to_string).collect(),
            kind_names: lexicon.kind_names().map(|(name, _)| name).collect(),
            ..Self::default()
        };
        catalogue.types = lexicon.rules().iter().map(|rule| rule.kind.clone()).chain(catalogue.questions.iter().cloned()).collect();
        let rules = lexicon.rules().iter().map(|rule| rule.id.clone());
        catalogue.with(rules.chain(questions).chain(letters).chain(built_in().map(|rule| rule.id.to_string())))
    }

    /// Is a kind of texts called so: by its id, its title or an everyday name?
    pub fn knows_kind(&self, name: &str) -> bool {
        let wanted = name.trim().to_lowercase();
        self.kinds.contains(&wanted) || self.kind_names.contains(&wanted)
    }

    /// Know these rules too (`type/name`).
    #[must_use]
    pub fn with(mut self, rules: impl IntoIterator<Item = String>) -> Self {
        for rule in rules {
            if let Some((kind, _)) = rule.split_once('/') {
                self.types.insert(kind.to_string());
            }
            self.rules.insert(rule);
        }
        self
    }

    /// Is there such a rule, or such a type of rules?
    pub fn knows(&self, name: &str) -> bool {
        self.rules.contains(name)
            || self.types.contains(name)
            // A criterion of a question that was not read.
            || name.split_once('/').is_some_and(|(owner, _)| {
                self.questions.contains(owner) && !self.rules.iter().any(|rule| belongs(rule, "", owner))
            })
    }

    /// The known rule or type most like this name.
    pub fn near(&self, name: &str) -> Option<String> {
        // «always-tried» is «vague/always-tried» with its type forgotten.
        let bare = |rule: &&String| rule.split_once('/').is_some_and(|(_, own)| own == name);
        let forgotten = self.rules.iter().find(bare).cloned();
        forgotten.or_else(|| nearest(name, self.rules.iter().chain(&self.types).map(String::as_str)))
    }

    pub fn questions(&self) -> &BTreeSet<String> {
        &self.questions
    }

    /// `answer`, `resume` and the letters.
    pub fn kinds(&self) -> &BTreeSet<String> {
        &self.kinds
    }
}

/// Does a rule of this type (`kind` may differ from the first part of its name) answer to `name`?
pub fn belongs(rule: &str, kind: &str, name: &str) -> bool {
    rule == name || kind == name || rule.split_once('/').is_some_and(|(owner, _)| owner == name)
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A small catalogue.
    pub fn sample() -> Catalogue {
        let rules = ["vague/always-tried", "vague/self-label", "filler/as-if", "suppression/unused", "cover-letter/greeting"];
        let mut sample = Catalogue::default().with(rules.map(str::to_string));
        sample.questions = ["client-conflict".to_string()].into();
        sample.kinds = ["answer", "resume", "cover-letter"].map(str::to_string).into();
        sample
    }

    #[test]
    fn rules_and_types_are_known() {
        let sample = sample();
        for name in ["vague", "vague/self-label", "cover-letter", "client-conflict/empathy"] {
            assert!(sample.knows(name), "{name}");
        }
        for name in ["vage", "vague/", "vague/x", "", "self-label"] {
            assert!(!sample.knows(name), "{name}");
        }
        assert_eq!(sample.near("vage").as_deref(), Some("vague"));
        assert_eq!(sample.near("self-label").as_deref(), Some("vague/self-label"));
        assert_eq!(sample.near("погода"), None);
    }

    #[test]
    fn the_shipped_rules_are_known() {
        let lexicon = Lexicon::load(&otvet::Options { scope: otvet::Scope::Only(Vec::new()), ..Default::default() }).expect("lexicons");
        let catalogue = Catalogue::of(&lexicon);
        for name in [
            "vague",
            "structure/no-result",
            "length",
            "client-conflict/whatever",
            "cover-letter",
            "suppression/unknown",
            "letter",
            "letter/other-name",
        ] {
            assert!(catalogue.knows(name), "{name}");
        }
        assert!(catalogue.kinds().contains("resume") && catalogue.kinds().contains("cover-letter"));
    }

    #[test]
    fn a_rule_answers_to_its_type() {
        assert!(belongs("vague/a", "vague", "vague") && belongs("vague/a", "vague", "vague/a"));
        assert!(belongs("cover-letter/greeting", "letter", "letter") && belongs("cover-letter/greeting", "letter", "cover-letter"));
        assert!(!belongs("vague/a", "vague", "vag") && !belongs("vague/a", "vague", "vague/b"));
    }
}
