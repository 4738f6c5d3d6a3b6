//! What a pattern is compiled to, and what can be said of it without a text: which words it cannot do without, and where they stand.

use std::sync::{Arc, OnceLock};

use super::group::Group;
use super::store::Store;
use super::vocabulary::LiteralId;
use crate::language::Features;

/// A piece of a compiled pattern.
#[derive(Debug, Clone)]
pub(super) enum Element {
    /// One word: any of the literals (no literal: any word), with all the features.
    /// `cost` guesses how common the word is: the rarest element of a pattern is looked for first.
    Atom {
        keys: Box<[LiteralId]>,
        features: Features,
        cost: usize,
    },
    Any(Arc<Choice>),
    Optional(Vec<Element>),
    Gap(usize),
    Not(Box<Element>),
    Pause,
    Start,
    End,
}

/// Alternatives, the earlier ones preferred, and what is known of them all. Shared by the patterns that name the same class.
#[derive(Debug)]
pub(super) struct Choice {
    pub(super) alternatives: Vec<Vec<Element>>,
    /// Alternatives by the literals of their first word: sorted. Empty if there are too few to look up.
    pub(super) named: Box<[(LiteralId, u32)]>,
    /// Alternatives that do not begin with a named word: to be tried everywhere.
    pub(super) open: Box<[u32]>,
    /// `None` if some alternative has no literal.
    triggers: Option<Triggers>,
    /// The literals of `triggers`: of which one stands in every match.
    pub(super) required: Option<Group>,
    narrowest: usize,
    pub(super) widest: usize,
}

/// Fewer alternatives are tried one by one.
const FEW: usize = 5;

impl Choice {
    pub(super) fn new(alternatives: Vec<Vec<Element>>) -> Self {
        let (mut named, mut open) = (Vec::new(), Vec::new());
        if alternatives.len() >= FEW {
            for (number, alternative) in (0u32..).zip(&alternatives) {
                match alternative.first() {
                    Some(Element::Atom { keys, .. }) if !keys.is_empty() => named.extend(keys.iter().map(|key| (*key, number))),
                    _ => open.push(number),
                }
            }
            named.sort_unstable();
        }
        let all: Option<Vec<Triggers>> = alternatives.iter().map(|alternative| triggers(alternative)).collect();
        let triggers = all.map(|all| {
            let cost = all.iter().map(|triggers| triggers.cost).sum();
            let mut keys: Vec<Key> = all.into_iter().flat_map(|triggers| triggers.keys).collect();
            keys.sort_unstable();
            keys.dedup();
            Triggers { keys, cost }
        });
        Self {
            required: triggers.as_ref().map(|triggers| Group::new(triggers.keys.iter().map(|key| key.id).collect())),
            narrowest: alternatives.iter().map(|a| a.iter().map(narrowest).sum()).min().unwrap_or(0),
            widest: alternatives.iter().map(|a| a.iter().map(widest).sum()).max().unwrap_or(0),
            alternatives,
            named: named.into(),
            open: open.into(),
            triggers,
        }
    }
}

impl Choice {
    /// The plain words of a class or one of its phrases.
    pub(super) fn of_class(literal: LiteralId, cost: usize, phrases: Arc<Choice>) -> Arc<Self> {
        let words = Element::Atom { keys: [literal].into(), features: Features::NONE, cost };
        Arc::new(Self::new(vec![vec![words], vec![Element::Any(phrases)]]))
    }
}

/// A compiled pattern.
pub(super) struct Compiled {
    pub(super) body: Body,
    /// Literals of which one stands in every match.
    pub(super) triggers: Vec<Key>,
    /// Does the pattern itself speak of a negation?
    pub(super) negates: bool,
}

impl Compiled {
    /// `None` if there is no literal to look for.
    pub(super) fn new(elements: Vec<Element>, negates: bool) -> Option<Self> {
        let triggers = triggers(&elements)?.keys;
        Some(Self { body: Body::Made(Parts::new(elements)), triggers, negates })
    }
}

/// What a pattern is matched by.
pub(super) enum Body {
    Made(Parts),
    /// A shipped pattern: read from the store when its trigger is first met in a text, which most never are.
    Stored {
        store: &'static Store,
        at: usize,
        parts: OnceLock<Parts>,
    },
}

impl Body {
    pub(super) fn parts(&self) -> &Parts {
        match self {
            Body::Made(parts) => parts,
            Body::Stored { store, at, parts } => parts.get_or_init(|| Parts::new(store.elements(*at))),
        }
    }
}

/// The elements of a pattern and what they require.
pub(super) struct Parts {
    pub(super) elements: Vec<Element>,
    /// Most patterns are dismissed by this alone.
    pub(super) required: Box<[Required]>,
}

impl Parts {
    fn new(elements: Vec<Element>) -> Self {
        Self { required: required(&elements), elements }
    }
}

/// Literals of which one must stand in every match, from `least` to `most` words after its first.
pub(super) struct Required {
    pub(super) group: Group,
    pub(super) least: usize,
    pub(super) most: usize,
}

/// A literal with the fewest and the most words that can stand before it in a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) id: LiteralId,
    pub(super) least: usize,
    pub(super) most: usize,
}

/// Literals of which one must be there in every match, and how common they are.
#[derive(Debug, Clone)]
pub(super) struct Triggers {
    keys: Vec<Key>,
    cost: usize,
}

/// The rarest literals of a sequence.
fn triggers(elements: &[Element]) -> Option<Triggers> {
    let mut best: Option<Triggers> = None;
    let (mut least, mut most) = (0, 0);
    for element in elements {
        if let Some(mut found) = element_triggers(element)
            && best.as_ref().is_none_or(|best| found.cost < best.cost)
        {
            for key in &mut found.keys {
                key.least += least;
                key.most += most;
            }
            best = Some(found);
        }
        least += narrowest(element);
        most += widest(element);
    }
    best
}

fn element_triggers(element: &Element) -> Option<Triggers> {
    match element {
        Element::Atom { keys, cost, .. } if !keys.is_empty() => {
            Some(Triggers { keys: keys.iter().map(|id| Key { id: *id, least: 0, most: 0 }).collect(), cost: *cost })
        }
        Element::Any(choice) => choice.triggers.clone(),
        _ => None,
    }
}

/// For each element that names words: the literals of which one must be there, and where.
fn required(elements: &[Element]) -> Box<[Required]> {
    let mut groups: Vec<(usize, Required)> = Vec::new();
    let (mut least, mut most) = (0, 0);
    for element in elements {
        let (narrowest, widest) = (narrowest(element), widest(element));
        match element {
            Element::Atom { keys, cost, .. } if !keys.is_empty() => {
                groups.push((*cost, Required { group: Group::new(keys.to_vec()), least, most }));
            }
            Element::Any(choice) => {
                if let (Some(triggers), Some(group)) = (&choice.triggers, &choice.required) {
                    groups.push((triggers.cost, Required { group: group.clone(), least, most: most + widest.saturating_sub(1) }));
                }
            }
            _ => {}
        }
        least += narrowest;
        most += widest;
    }
    // The rarest first: it dismisses most.
    groups.sort_by_key(|(cost, _)| *cost);
    groups.into_iter().map(|(_, required)| required).collect()
}

/// The fewest words an element can take.
fn narrowest(element: &Element) -> usize {
    match element {
        Element::Atom { .. } => 1,
        Element::Any(choice) => choice.narrowest,
        Element::Optional(_) | Element::Gap(_) | Element::Not(_) | Element::Pause | Element::Start | Element::End => 0,
    }
}

/// The most words an element can take.
fn widest(element: &Element) -> usize {
    match element {
        Element::Atom { .. } => 1,
        Element::Any(choice) => choice.widest,
        Element::Optional(inner) => inner.iter().map(widest).sum(),
        Element::Gap(width) => *width,
        Element::Not(_) | Element::Pause | Element::Start | Element::End => 0,
    }
}
