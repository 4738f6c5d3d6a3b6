//! Writes what `src/pattern/store.rs` reads.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::compile::Compiler;
use super::element::{Choice, Element};
use super::store::tag;
use super::vocabulary::LiteralId;

/// Compile all classes and patterns and write them down. A pattern with a mistake is left out.
///
/// # Errors
/// A mistake in a class: no pattern could be trusted.
pub fn store(mut compiler: Compiler, names: &BTreeSet<String>, patterns: &BTreeSet<String>) -> Result<Vec<u8>, String> {
    let mut classes = Vec::new();
    let mut shared = HashMap::new();
    for (number, name) in names.iter().enumerate() {
        let class = compiler.class(name, 0..0).map_err(|error| format!("@{name}: {}", error.message))?;
        shared.extend(class.phrases.iter().map(|choice| (Arc::as_ptr(choice), (tag::PHRASES, number))));
        shared.extend(class.whole.iter().map(|choice| (Arc::as_ptr(choice), (tag::CLASS, number))));
        classes.push((name, class));
    }

    let (mut index, mut elements) = (Writer::default(), Writer { shared, ..Writer::default() });
    index.number(classes.len());
    for (name, class) in &classes {
        index.text(name);
        index.literal(class.literal);
        index.number(class.cost);
        // Phrases that hold the phrases of other classes name them by number.
        index.number(if class.phrases.is_some() { elements.bytes.len() + 1 } else { 0 });
        if let Some(choice) = &class.phrases {
            elements.choice(choice);
        }
    }
    let compiled: Vec<_> = patterns.iter().filter_map(|text| Some((text, compiler.compile(text).ok()?))).collect();
    index.number(compiled.len());
    for (text, pattern) in &compiled {
        index.text(text);
        index.number(elements.bytes.len());
        elements.number(usize::from(pattern.negates));
        elements.number(pattern.triggers.len());
        for key in &pattern.triggers {
            elements.literal(key.id);
            elements.number(key.least);
            elements.number(key.most);
        }
        elements.sequence(&pattern.body.parts().elements);
    }
    let vocabulary = compiler.into_vocabulary();
    index.number(vocabulary.count as usize);
    for strings in [vocabulary.lemmas, vocabulary.forms, vocabulary.prefixes] {
        let strings: BTreeMap<_, _> = strings.into_iter().collect();
        index.number(strings.len());
        for (text, literal) in strings {
            index.text(&text);
            index.literal(literal);
        }
    }
    let members: BTreeMap<_, _> = vocabulary.members.into_iter().collect();
    index.number(members.len());
    for (member, classes) in members {
        index.literal(member);
        index.number(classes.len());
        classes.into_iter().for_each(|class| index.literal(class));
    }

    // Before all stands where the elements begin, in as many bytes as that number itself takes.
    let mut start = index.bytes.len() + 1;
    while Writer::default().with(start).len() + index.bytes.len() != start {
        start += 1;
    }
    Ok([Writer::default().with(start), index.bytes, elements.bytes].concat())
}

#[derive(Default)]
struct Writer {
    bytes: Vec<u8>,
    /// Choices that belong to a class: which part of which.
    shared: HashMap<*const Choice, (usize, usize)>,
}

impl Writer {
    fn with(mut self, number: usize) -> Vec<u8> {
        self.number(number);
        self.bytes
    }

    fn wide(&mut self, mut number: u64) {
        while number > 0x7f {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    fn number(&mut self, number: usize) {
        self.wide(number as u64);
    }

    fn literal(&mut self, literal: LiteralId) {
        self.wide(u64::from(literal.0));
    }

    fn text(&mut self, text: &str) {
        self.number(text.len());
        self.bytes.extend(text.as_bytes());
    }

    fn sequence(&mut self, elements: &[Element]) {
        self.number(elements.len());
        elements.iter().for_each(|element| self.element(element));
    }

    fn choice(&mut self, choice: &Choice) {
        self.number(choice.alternatives.len());
        choice.alternatives.iter().for_each(|alternative| self.sequence(alternative));
    }

    fn element(&mut self, element: &Element) {
        match element {
            Element::Atom { keys, features, cost } => {
                self.number(tag::ATOM);
                self.wide(features.bits());
                self.number(*cost);
                self.number(keys.len());
                keys.iter().for_each(|key| self.literal(*key));
            }
            Element::Any(choice) => match self.shared.get(&Arc::as_ptr(choice)).copied() {
                Some((part, class)) => {
                    self.number(part);
                    self.number(class);
                }
                None => {
                    self.number(tag::ANY);
                    self.choice(choice);
                }
            },
            Element::Optional(inner) => {
                self.number(tag::OPTIONAL);
                self.sequence(inner);
            }
            Element::Gap(width) => {
                self.number(tag::GAP);
                self.number(*width);
            }
            Element::Not(inner) => {
                self.number(tag::NOT);
                self.element(inner);
            }
            Element::Pause => self.number(tag::PAUSE),
            Element::Start => self.number(tag::START),
            Element::End => self.number(tag::END),
        }
    }
}
