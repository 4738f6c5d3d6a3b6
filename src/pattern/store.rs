//! Patterns that were compiled when the program was built: a start of the program need not look up their words again.
//!
//! `build/write.rs` writes what this reads. Everything is a number in bytes of seven bits or a string with its length before it:
//! the literals, the classes, the patterns by their text; behind these the elements, which are read when a text asks for them.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::element::{Body, Choice, Compiled, Element, Key};
use super::vocabulary::{LiteralId, Vocabulary};
use crate::language::Features;

/// What an element begins with.
pub(super) mod tag {
    pub const ATOM: usize = 0;
    pub const ANY: usize = 1;
    /// The phrases of a class.
    pub const PHRASES: usize = 2;
    /// A class that has phrases, words and phrases.
    pub const CLASS: usize = 9;
    pub const OPTIONAL: usize = 3;
    pub const GAP: usize = 4;
    pub const NOT: usize = 5;
    pub const PAUSE: usize = 6;
    pub const START: usize = 7;
    pub const END: usize = 8;
}

/// Compiled patterns, as bytes with an index.
pub struct Store {
    bytes: &'static [u8],
    /// Where the literals stand.
    vocabulary: usize,
    classes: Vec<StoredClass>,
    /// Where each pattern stands.
    patterns: FxHashMap<&'static [u8], usize>,
    /// Where the elements begin.
    elements: usize,
}

/// A class of the store.
pub(super) struct StoredClass {
    pub name: &'static str,
    pub literal: LiteralId,
    pub cost: usize,
    /// Where its phrases stand, plus one; 0: it has none.
    at: usize,
    phrases: OnceLock<Arc<Choice>>,
    /// Its plain words or its phrases, where a pattern names the class without features.
    whole: OnceLock<Arc<Choice>>,
}

impl Store {
    /// `None` if the build left the store empty.
    pub fn open(bytes: &'static [u8]) -> Option<Self> {
        let mut cursor = Cursor { bytes, at: 0 };
        let elements = cursor.number();
        if elements == 0 {
            return None;
        }
        let classes = (0..cursor.number())
            .map(|_| StoredClass {
                name: cursor.text(),
                literal: cursor.literal(),
                cost: cursor.number(),
                at: cursor.number(),
                phrases: OnceLock::new(),
                whole: OnceLock::new(),
            })
            .collect();
        let count = cursor.number();
        let mut patterns = FxHashMap::with_capacity_and_hasher(count, rustc_hash::FxBuildHasher);
        for _ in 0..count {
            let (text, at) = (cursor.string(), cursor.number());
            patterns.insert(text, at);
        }
        Some(Self { bytes, vocabulary: cursor.at, classes, patterns, elements })
    }

    /// The literals of the store, to be added to.
    pub(super) fn vocabulary(&self) -> Vocabulary {
        let mut cursor = self.cursor(self.vocabulary);
        let mut vocabulary = Vocabulary::with_capacity(cursor.number());
        for _ in 0..cursor.number() {
            let text = cursor.text();
            vocabulary.restore_lemma(text, cursor.literal());
        }
        for _ in 0..cursor.number() {
            let text = cursor.text();
            vocabulary.restore_form(text, cursor.literal());
        }
        for _ in 0..cursor.number() {
            let text = cursor.text();
            vocabulary.restore_prefix(text, cursor.literal());
        }
        for _ in 0..cursor.number() {
            let member = cursor.literal();
            for _ in 0..cursor.number() {
                vocabulary.add_member(cursor.literal(), member);
            }
        }
        vocabulary
    }

    /// The compiled form of a pattern of this text.
    pub(super) fn pattern(&'static self, text: &str) -> Option<Compiled> {
        let mut cursor = self.cursor(self.elements + self.patterns.get(text.as_bytes())?);
        let negates = cursor.number() == 1;
        let count = cursor.number();
        let triggers = (0..count).map(|_| Key { id: cursor.literal(), least: cursor.number(), most: cursor.number() }).collect();
        Some(Compiled { body: Body::Stored { store: self, at: cursor.at, parts: OnceLock::new() }, triggers, negates })
    }

    pub(super) fn class(&self, name: &str) -> Option<&StoredClass> {
        self.classes.binary_search_by(|class| class.name.cmp(name)).ok().map(|place| &self.classes[place])
    }

    pub(super) fn class_names(&self) -> impl Iterator<Item = &str> {
        self.classes.iter().map(|class| class.name)
    }

    /// The phrases of a class, read once for all patterns.
    pub(super) fn phrases(&self, class: &StoredClass) -> Option<Arc<Choice>> {
        let at = class.at.checked_sub(1)?;
        Some(Arc::clone(class.phrases.get_or_init(|| Arc::new(self.choice(&mut self.cursor(self.elements + at))))))
    }

    /// The words and the phrases of a class, made once for all patterns.
    pub(super) fn whole(&self, class: &StoredClass) -> Option<Arc<Choice>> {
        let phrases = self.phrases(class)?;
        Some(Arc::clone(class.whole.get_or_init(|| Choice::of_class(class.literal, class.cost, phrases))))
    }

    /// The elements that stand here.
    pub(super) fn elements(&self, at: usize) -> Vec<Element> {
        self.sequence(&mut self.cursor(at))
    }

    fn cursor(&self, at: usize) -> Cursor {
        Cursor { bytes: self.bytes, at }
    }

    fn choice(&self, cursor: &mut Cursor) -> Choice {
        let count = cursor.number();
        Choice::new((0..count).map(|_| self.sequence(cursor)).collect())
    }

    fn sequence(&self, cursor: &mut Cursor) -> Vec<Element> {
        let count = cursor.number();
        (0..count).map(|_| self.element(cursor)).collect()
    }

    fn class_at(&self, number: usize, part: impl Fn(&Self, &StoredClass) -> Option<Arc<Choice>>) -> Element {
        let choice = self.classes.get(number).and_then(|class| part(self, class));
        Element::Any(choice.unwrap_or_else(|| Arc::new(Choice::new(Vec::new()))))
    }

    fn element(&self, cursor: &mut Cursor) -> Element {
        match cursor.number() {
            tag::ATOM => {
                let features = Features::from_bits(cursor.wide());
                let cost = cursor.number();
                let count = cursor.number();
                Element::Atom { keys: (0..count).map(|_| cursor.literal()).collect(), features, cost }
            }
            tag::ANY => Element::Any(Arc::new(self.choice(cursor))),
            tag::PHRASES => self.class_at(cursor.number(), Self::phrases),
            tag::CLASS => self.class_at(cursor.number(), Self::whole),
            tag::OPTIONAL => Element::Optional(self.sequence(cursor)),
            tag::GAP => Element::Gap(cursor.number()),
            tag::NOT => Element::Not(Box::new(self.element(cursor))),
            tag::PAUSE => Element::Pause,
            tag::START => Element::Start,
            tag::END => Element::End,
            // The build writes nothing else.
            _ => Element::Any(Arc::new(Choice::new(Vec::new()))),
        }
    }
}

/// Reads numbers and strings, one after another.
struct Cursor {
    bytes: &'static [u8],
    at: usize,
}

impl Cursor {
    fn wide(&mut self) -> u64 {
        let (mut number, mut shift) = (0, 0);
        while let Some(byte) = self.bytes.get(self.at) {
            self.at += 1;
            number |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 || shift > 63 {
                break;
            }
        }
        number
    }

    fn number(&mut self) -> usize {
        self.wide() as usize
    }

    fn literal(&mut self) -> LiteralId {
        LiteralId(self.wide() as u32)
    }

    fn string(&mut self) -> &'static [u8] {
        let length = self.number();
        let start = self.at;
        self.at += length;
        self.bytes.get(start..self.at).unwrap_or_default()
    }

    fn text(&mut self) -> &'static str {
        std::str::from_utf8(self.string()).unwrap_or_default()
    }
}
