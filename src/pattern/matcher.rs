//! Finds compiled patterns in an analysed text, in one pass over its words.
//!
//! Every pattern is indexed by the literals of its rarest required element, so a pattern whose words are absent costs nothing.
//! Gaps are bounded, so the time is linear in the text.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::vocabulary::LiteralId;
use crate::language::{Features, Text};

/// The number of a pattern in its set.
pub type PatternId = usize;

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
    Any(Vec<Vec<Element>>),
    Optional(Vec<Element>),
    Gap(usize),
    Not(Box<Element>),
    Pause,
    Start,
    End,
}

/// A place where a pattern matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub pattern: PatternId,
    /// Tokens of the text, first to past the last.
    pub tokens: Range<usize>,
    /// The words stand under a negation that the pattern does not speak of.
    pub negated: bool,
    /// The words stand inside quotation marks.
    pub quoted: bool,
}

struct Compiled {
    elements: Vec<Element>,
    negates: bool,
}

/// A start of a pattern to try: the trigger stands at most `before` words after it.
struct Trigger {
    pattern: u32,
    before: u32,
}

/// Patterns that are looked for together.
#[derive(Default)]
pub struct PatternSet {
    patterns: Vec<Compiled>,
    index: HashMap<LiteralId, Vec<Trigger>>,
}

impl PatternSet {
    /// `None` if the pattern has no literal to look for.
    pub(super) fn add(&mut self, elements: Vec<Element>, negates: bool) -> Option<PatternId> {
        let (keys, _) = triggers(&elements)?;
        let id = self.patterns.len();
        // Starts are tried once and in order, so every trigger of a pattern must reach back as far as its widest one.
        let before = keys.iter().map(|(_, before)| *before).max()?;
        let keys: HashSet<LiteralId> = keys.into_iter().map(|(key, _)| key).collect();
        for key in keys {
            self.index.entry(key).or_default().push(Trigger { pattern: u32::try_from(id).ok()?, before: u32::try_from(before).ok()? });
        }
        self.patterns.push(Compiled { elements, negates });
        Some(id)
    }

    pub fn len(&self) -> usize {
        self.patterns.len()
    }

    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// All places of all patterns, in the order of the text. Places of one pattern do not overlap.
    pub fn find(&self, text: &Text) -> Vec<Hit> {
        let mut hits = Vec::new();
        // The first start that a pattern has not tried yet.
        let mut tried: HashMap<u32, usize> = HashMap::new();
        for (place, unit) in text.units.iter().enumerate() {
            for key in text.tokens[unit.token].word.keys.iter() {
                for trigger in self.index.get(key).map_or(&[][..], Vec::as_slice) {
                    let next = tried.entry(trigger.pattern).or_insert(0);
                    let mut start = place.saturating_sub(trigger.before as usize).max(*next);
                    let pattern = &self.patterns[trigger.pattern as usize];
                    while start <= place {
                        if let Some(end) = run(&pattern.elements, text, start, Link::First, None).filter(|end| *end > start) {
                            hits.push(hit(text, trigger.pattern as usize, pattern.negates, start..end));
                            start = end;
                        } else {
                            start += 1;
                        }
                    }
                    *next = start;
                }
            }
        }
        hits.sort_by_key(|hit| (hit.tokens.start, hit.tokens.end));
        hits
    }
}

fn hit(text: &Text, pattern: PatternId, negates: bool, units: Range<usize>) -> Hit {
    let first = text.units[units.start].token;
    let last = text.units[units.end - 1].token;
    let tokens = first..last + 1;
    let words = &text.units[units];
    let negated = !negates && words.iter().any(|unit| text.tokens[unit.token].negated);
    let quoted = words.iter().all(|unit| text.tokens[unit.token].quoted);
    Hit { pattern, tokens, negated, quoted }
}

/// How the next word must be joined to what was matched.
#[derive(Clone, Copy, PartialEq)]
enum Link {
    /// Nothing was matched yet.
    First,
    Adjacent,
    /// A comma or the like must stand between.
    Pause,
    /// Anywhere in the clause: inside a gap.
    Free,
}

struct Rest<'a> {
    elements: &'a [Element],
    next: Option<&'a Rest<'a>>,
}

/// Match `elements` from the word `at`; the end of the match.
fn run(elements: &[Element], text: &Text, at: usize, link: Link, rest: Option<&Rest>) -> Option<usize> {
    let Some((first, after)) = elements.split_first() else {
        return match rest {
            None => Some(at),
            Some(rest) => run(rest.elements, text, at, link, rest.next),
        };
    };
    match first {
        Element::Atom { keys, features, .. } => {
            let unit = text.units.get(at)?;
            let token = &text.tokens[unit.token];
            let joined = match link {
                Link::First => true,
                Link::Adjacent => unit.adjacent,
                Link::Pause => unit.pause,
                Link::Free => unit.same_clause,
            };
            let named = keys.is_empty() || keys.iter().any(|key| token.word.has_key(*key));
            if joined && named && (features.is_empty() || token.can_be(*features)) {
                run(after, text, at + 1, Link::Adjacent, rest)
            } else {
                None
            }
        }
        Element::Any(alternatives) => {
            let rest = Rest { elements: after, next: rest };
            alternatives.iter().find_map(|alternative| run(alternative, text, at, link, Some(&rest)))
        }
        Element::Optional(inner) => {
            let with = Rest { elements: after, next: rest };
            run(inner, text, at, link, Some(&with)).or_else(|| run(after, text, at, link, rest))
        }
        Element::Gap(width) => {
            for skipped in 0..=*width {
                if skipped > 0 && !text.units.get(at + skipped - 1).is_some_and(|unit| unit.same_clause) {
                    break;
                }
                if let Some(end) = run(after, text, at + skipped, Link::Free, rest) {
                    return Some(end);
                }
            }
            None
        }
        Element::Not(inner) => {
            let near = at > 0 && text.units.get(at).is_some_and(|unit| unit.same_sentence);
            let found = near && run(std::slice::from_ref(inner), text, at - 1, Link::First, None) == Some(at);
            if found { None } else { run(after, text, at, link, rest) }
        }
        Element::Pause => run(after, text, at, Link::Pause, rest),
        Element::Start => {
            if text.units.get(at).is_some_and(|unit| unit.clause_start) {
                run(after, text, at, link, rest)
            } else {
                None
            }
        }
        Element::End => {
            if text.units.get(at).is_none_or(|unit| unit.clause_start) {
                run(after, text, at, link, rest)
            } else {
                None
            }
        }
    }
}

/// Literals of which one must be there in every match, with the most words that can stand before it; and how common they are.
fn triggers(elements: &[Element]) -> Option<(Vec<(LiteralId, usize)>, usize)> {
    let mut best: Option<(Vec<(LiteralId, usize)>, usize)> = None;
    let mut before = 0;
    for element in elements {
        let found = match element {
            Element::Atom { keys, cost, .. } if !keys.is_empty() => Some((keys.iter().map(|key| (*key, before)).collect(), *cost)),
            Element::Any(alternatives) => {
                let all: Option<Vec<_>> = alternatives.iter().map(|alternative| triggers(alternative)).collect();
                all.map(|all| {
                    let cost = all.iter().map(|(_, cost)| cost).sum();
                    (all.into_iter().flat_map(|(keys, _)| keys).map(|(key, inside)| (key, before + inside)).collect(), cost)
                })
            }
            _ => None,
        };
        if let Some(found) = found
            && best.as_ref().is_none_or(|best| found.1 < best.1)
        {
            best = Some(found);
        }
        before += widest(element);
    }
    best
}

/// The most words an element can take.
fn widest(element: &Element) -> usize {
    match element {
        Element::Atom { .. } => 1,
        Element::Any(alternatives) => alternatives.iter().map(|a| a.iter().map(widest).sum()).max().unwrap_or(0),
        Element::Optional(inner) => inner.iter().map(widest).sum(),
        Element::Gap(width) => *width,
        Element::Not(_) | Element::Pause | Element::Start | Element::End => 0,
    }
}
