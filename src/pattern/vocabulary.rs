//! The words all patterns of the loaded lexicons speak of, as numbers: a word is compared by number, not by letters.

use rustc_hash::FxHashMap as HashMap;

use crate::language::Analysis;

/// A lemma, an exact form, a beginning or a class that some pattern names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LiteralId(pub(super) u32);

/// All literals, filled while patterns are compiled and only read afterwards.
#[derive(Default)]
pub struct Vocabulary {
    pub(super) lemmas: HashMap<Box<str>, LiteralId>,
    pub(super) forms: HashMap<Box<str>, LiteralId>,
    pub(super) prefixes: HashMap<Box<str>, LiteralId>,
    /// Lengths of the prefixes in bytes, ascending: the only ones worth looking up.
    prefix_lengths: Vec<usize>,
    stems: HashMap<Box<str>, LiteralId>,
    /// Classes a literal belongs to.
    pub(super) members: HashMap<LiteralId, Vec<LiteralId>>,
    pub(super) count: u32,
}

impl Vocabulary {
    /// An empty one that has given out this many literals.
    pub(super) fn with_capacity(count: usize) -> Self {
        Self { lemmas: HashMap::with_capacity_and_hasher(count, rustc_hash::FxBuildHasher), count: count as u32, ..Self::default() }
    }

    pub(super) fn restore_lemma(&mut self, lemma: &str, literal: LiteralId) {
        self.lemmas.insert(lemma.into(), literal);
    }

    pub(super) fn restore_form(&mut self, form: &str, literal: LiteralId) {
        self.forms.insert(form.into(), literal);
    }

    pub(super) fn restore_prefix(&mut self, prefix: &str, literal: LiteralId) {
        self.note_length(prefix);
        self.prefixes.insert(prefix.into(), literal);
    }

    fn note_length(&mut self, prefix: &str) {
        if let Err(place) = self.prefix_lengths.binary_search(&prefix.len()) {
            self.prefix_lengths.insert(place, prefix.len());
        }
    }

    fn fresh(count: &mut u32) -> LiteralId {
        *count += 1;
        LiteralId(*count)
    }

    pub(super) fn lemma(&mut self, lemma: &str) -> LiteralId {
        intern(&mut self.lemmas, &mut self.count, lemma)
    }

    pub(super) fn form(&mut self, form: &str) -> LiteralId {
        intern(&mut self.forms, &mut self.count, form)
    }

    /// A Snowball stem: the family of a word of a plain-text checklist.
    pub(super) fn stem(&mut self, stem: &str) -> LiteralId {
        intern(&mut self.stems, &mut self.count, stem)
    }

    pub(super) fn prefix(&mut self, prefix: &str) -> LiteralId {
        self.note_length(prefix);
        intern(&mut self.prefixes, &mut self.count, prefix)
    }

    pub(super) fn class(&mut self) -> LiteralId {
        Self::fresh(&mut self.count)
    }

    pub(super) fn add_member(&mut self, class: LiteralId, member: LiteralId) {
        self.members.entry(member).or_default().push(class);
    }

    /// Everything patterns may call a word: sorted, without doubles. `form` is folded.
    pub fn keys(&self, form: &str, analyses: &[Analysis]) -> Box<[LiteralId]> {
        let mut keys: Vec<LiteralId> = Vec::new();
        keys.extend(self.forms.get(form));
        keys.extend(analyses.iter().filter_map(|a| self.lemmas.get(&a.lemma)));
        for &length in self.prefix_lengths.iter().take_while(|&&length| length <= form.len()) {
            if form.is_char_boundary(length) {
                keys.extend(self.prefixes.get(&form[..length]));
            }
        }
        if !self.stems.is_empty() {
            keys.extend(self.stems.get(rust_stemmers::Stemmer::create(rust_stemmers::Algorithm::Russian).stem(form).as_ref()));
        }
        let mut next = 0;
        while next < keys.len() {
            if let Some(classes) = self.members.get(&keys[next]) {
                for class in classes {
                    if !keys.contains(class) {
                        keys.push(*class);
                    }
                }
            }
            next += 1;
        }
        keys.sort_unstable();
        keys.dedup();
        keys.into()
    }
}

fn intern(map: &mut HashMap<Box<str>, LiteralId>, count: &mut u32, text: &str) -> LiteralId {
    if let Some(id) = map.get(text) {
        return *id;
    }
    let id = Vocabulary::fresh(count);
    map.insert(text.into(), id);
    id
}
