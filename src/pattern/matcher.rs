//! Finds compiled patterns in an analysed text, in one pass over its words.
//!
//! Every pattern is indexed by the literals of its rarest required element, so a pattern whose words are absent costs nothing;
//! and it is tried only where a piece of the text has a literal of each of its required elements.
//! Gaps are bounded, so the time is linear in the text.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

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
    alternatives: Vec<Vec<Element>>,
    /// Alternatives by the literals of their first word: sorted. Empty if there are too few to look up.
    named: Box<[(LiteralId, u32)]>,
    /// Alternatives that do not begin with a named word: to be tried everywhere.
    open: Box<[u32]>,
    /// `None` if some alternative has no literal.
    triggers: Option<Triggers>,
    /// The literals of `triggers`.
    required: Arc<[LiteralId]>,
    narrowest: usize,
    widest: usize,
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
            required: triggers.iter().flat_map(|triggers| triggers.keys.iter().map(|key| key.id)).collect(),
            narrowest: alternatives.iter().map(|a| a.iter().map(narrowest).sum()).min().unwrap_or(0),
            widest: alternatives.iter().map(|a| a.iter().map(widest).sum()).max().unwrap_or(0),
            alternatives,
            named: named.into(),
            open: open.into(),
            triggers,
        }
    }

    /// The first alternative for which `matches` gives something; those whose first word is not at hand are passed over.
    fn find(&self, text: &Text, at: usize, matches: impl Fn(&[Element]) -> Option<usize>) -> Option<usize> {
        if self.named.is_empty() {
            return self.alternatives.iter().find_map(|alternative| matches(alternative));
        }
        let mut candidates: Vec<u32> = Vec::new();
        if let Some(unit) = text.units.get(at) {
            for key in text.tokens[unit.token].word.keys.iter() {
                let first = self.named.partition_point(|(known, _)| known < key);
                candidates.extend(self.named[first..].iter().take_while(|(known, _)| known == key).map(|(_, number)| *number));
            }
        }
        if candidates.is_empty() {
            return self.open.iter().find_map(|number| matches(&self.alternatives[*number as usize]));
        }
        candidates.extend(self.open.iter());
        candidates.sort_unstable();
        candidates.dedup();
        candidates.into_iter().find_map(|number| matches(&self.alternatives[number as usize]))
    }
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
    /// Most patterns are dismissed by this alone.
    required: Box<[Required]>,
}

/// Literals of which one must stand in every match, from `least` to `most` words after its first.
struct Required {
    keys: Arc<[LiteralId]>,
    least: usize,
    most: usize,
}

/// A literal of a pattern: the match begins from `most` to `least` words before it.
struct Trigger {
    pattern: u32,
    least: u32,
    most: u32,
}

/// Patterns that are looked for together.
#[derive(Default)]
pub struct PatternSet {
    patterns: Vec<Compiled>,
    /// The list of triggers of each literal, plus one; 0: none.
    slots: Vec<u32>,
    triggers: Vec<Vec<Trigger>>,
    /// The most words that stand before a trigger.
    reach: usize,
}

impl PatternSet {
    /// `None` if the pattern has no literal to look for.
    pub(super) fn add(&mut self, elements: Vec<Element>, negates: bool) -> Option<PatternId> {
        let keys = triggers(&elements)?.keys;
        let id = self.patterns.len();
        for key in keys {
            let slot = key.id.0 as usize;
            if self.slots.len() <= slot {
                self.slots.resize(slot + 1, 0);
            }
            if self.slots[slot] == 0 {
                self.triggers.push(Vec::new());
                self.slots[slot] = u32::try_from(self.triggers.len()).ok()?;
            }
            self.reach = self.reach.max(key.most);
            self.triggers[self.slots[slot] as usize - 1].push(Trigger {
                pattern: u32::try_from(id).ok()?,
                least: u32::try_from(key.least).ok()?,
                most: u32::try_from(key.most).ok()?,
            });
        }
        let required = required(&elements);
        self.patterns.push(Compiled { elements, negates, required });
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
        self.search(text, None)
    }

    /// As [`Self::find`], of the patterns for which `wanted` says so.
    pub fn find_of(&self, text: &Text, wanted: &[bool]) -> Vec<Hit> {
        self.search(text, Some(wanted))
    }

    fn search(&self, text: &Text, wanted: Option<&[bool]>) -> Vec<Hit> {
        if self.is_empty() || wanted.is_some_and(|wanted| !wanted.contains(&true)) {
            return Vec::new();
        }
        SCRATCH.with_borrow_mut(|scratch| {
            let mut search = Search { set: self, text, wanted, piece: 0..0, scratch, starts: Vec::new(), hits: Vec::new() };
            let mut from = 0;
            for piece in text.units.chunk_by(|_, unit| unit.adjacent || unit.pause || unit.same_clause) {
                search.piece = from..from + piece.len();
                search.read_piece();
                from += piece.len();
            }
            let mut hits = search.hits;
            hits.sort_by_key(|hit| (hit.tokens.start, hit.tokens.end));
            hits
        })
    }

    fn triggers(&self, key: LiteralId) -> &[Trigger] {
        match self.slots.get(key.0 as usize) {
            Some(&slot) if slot > 0 => &self.triggers[slot as usize - 1],
            _ => &[],
        }
    }
}

/// Starts that wait to be tried before the earliest of them are: bounds memory in an endless sentence.
const WAITING: usize = 1 << 16;

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// What a search notes of literals and patterns. Kept between searches; what is older than the piece at hand counts as empty.
#[derive(Default)]
struct Scratch {
    /// The number of the piece: every piece of every search has its own.
    piece: u64,
    /// For each literal the last piece that has it, and where: a bit for each word (see `Search::bit`).
    present: Vec<(u64, u64)>,
    /// For each pattern twice the last piece it was asked about, and one if all it requires is there.
    verdicts: Vec<u64>,
    /// For each pattern the last piece in which it matched, and the end of the match.
    next: Vec<(u64, usize)>,
}

/// One search of a text. It goes from piece to piece; no match reaches from one into the next.
struct Search<'a> {
    set: &'a PatternSet,
    text: &'a Text<'a>,
    wanted: Option<&'a [bool]>,
    piece: Range<usize>,
    scratch: &'a mut Scratch,
    /// Patterns with the words at which they may begin.
    starts: Vec<(u32, u32)>,
    hits: Vec<Hit>,
}

impl Search<'_> {
    fn read_piece(&mut self) {
        let text = self.text;
        let scratch = &mut *self.scratch;
        scratch.piece += 1;
        scratch.verdicts.resize(scratch.verdicts.len().max(self.set.patterns.len()), 0);
        scratch.next.resize(scratch.next.len().max(self.set.patterns.len()), (0, 0));
        for place in self.piece.clone() {
            let bit = 1 << self.bit(place);
            let scratch = &mut *self.scratch;
            for key in text.tokens[text.units[place].token].word.keys.iter() {
                let key = key.0 as usize;
                if scratch.present.len() <= key {
                    scratch.present.resize(key + 1, (0, 0));
                }
                let (piece, places) = &mut scratch.present[key];
                *places = if *piece == scratch.piece { *places | bit } else { bit };
                *piece = scratch.piece;
            }
        }
        let mut limit = WAITING;
        for place in self.piece.clone() {
            for key in text.tokens[text.units[place].token].word.keys.iter() {
                for trigger in self.set.triggers(*key) {
                    let least = trigger.least as usize;
                    if place < self.piece.start + least || !self.may_match(trigger.pattern) {
                        continue;
                    }
                    let first = place.saturating_sub(trigger.most as usize).max(self.piece.start);
                    for start in first..=place - least {
                        if self.may_begin(trigger.pattern, start) {
                            self.starts.push((trigger.pattern, start as u32));
                        }
                    }
                }
            }
            if self.starts.len() > limit {
                self.try_starts((place + 1).saturating_sub(self.set.reach));
                limit = WAITING.max(self.starts.len() * 2);
            }
        }
        self.try_starts(usize::MAX);
    }

    /// The bit of a word of the piece: its own, or in a long piece that of its neighbourhood.
    fn bit(&self, place: usize) -> usize {
        let at = place - self.piece.start;
        if self.piece.len() <= 64 { at } else { at * 64 / self.piece.len() }
    }

    /// Where a literal stands in the piece.
    fn places(&self, key: LiteralId) -> u64 {
        match self.scratch.present.get(key.0 as usize) {
            Some((piece, places)) if *piece == self.scratch.piece => *places,
            _ => 0,
        }
    }

    /// Does the piece have a literal of every group the pattern requires?
    fn may_match(&mut self, pattern: u32) -> bool {
        let piece = self.scratch.piece;
        let verdict = self.scratch.verdicts[pattern as usize];
        if verdict >> 1 == piece {
            return verdict & 1 == 1;
        }
        let required = &self.set.patterns[pattern as usize].required;
        let wanted = self.wanted.is_none_or(|wanted| wanted[pattern as usize]);
        let all = wanted && required.iter().all(|required| required.keys.iter().any(|key| self.places(*key) != 0));
        self.scratch.verdicts[pattern as usize] = piece << 1 | u64::from(all);
        all
    }

    /// Do the literals that the pattern requires stand where they must in a match that begins here?
    fn may_begin(&self, pattern: u32, start: usize) -> bool {
        self.set.patterns[pattern as usize].required.iter().all(|required| {
            let (first, last) = (start + required.least, (start + required.most).min(self.piece.end - 1));
            if first > last {
                return false;
            }
            let window = u64::MAX << self.bit(first) & u64::MAX >> (63 - self.bit(last));
            required.keys.iter().any(|key| self.places(*key) & window != 0)
        })
    }

    /// Try the starts before this word, pattern by pattern, each in the order of the text.
    fn try_starts(&mut self, before: usize) {
        self.starts.sort_unstable();
        self.starts.dedup();
        let mut waiting = Vec::new();
        for &(number, start) in &self.starts {
            let at = start as usize;
            if at >= before {
                waiting.push((number, start));
                continue;
            }
            let (piece, end) = self.scratch.next[number as usize];
            if piece == self.scratch.piece && at < end {
                continue;
            }
            let pattern = &self.set.patterns[number as usize];
            if let Some(end) = run(&pattern.elements, self.text, at, Link::First, None).filter(|end| *end > at) {
                self.hits.push(hit(self.text, number as usize, pattern.negates, at..end));
                self.scratch.next[number as usize] = (self.scratch.piece, end);
            }
        }
        self.starts = waiting;
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
        Element::Any(choice) => {
            let rest = Rest { elements: after, next: rest };
            choice.find(text, at, |alternative| run(alternative, text, at, link, Some(&rest)))
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

/// A literal with the fewest and the most words that can stand before it in a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    id: LiteralId,
    least: usize,
    most: usize,
}

/// Literals of which one must be there in every match, and how common they are.
#[derive(Debug, Clone)]
struct Triggers {
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
                groups.push((*cost, Required { keys: Arc::from(keys.as_ref()), least, most }));
            }
            Element::Any(choice) => {
                if let Some(triggers) = &choice.triggers {
                    let keys = Arc::clone(&choice.required);
                    groups.push((triggers.cost, Required { keys, least, most: most + widest.saturating_sub(1) }));
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
