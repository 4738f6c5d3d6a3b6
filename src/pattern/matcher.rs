//! Finds compiled patterns in an analysed text, in one pass over its words.
//!
//! Every pattern is indexed by the literals of its rarest required element, so a pattern whose words are absent costs nothing;
//! and it is tried only where a piece of the text has a literal of each of its required elements.
//! Gaps are bounded, so the time is linear in the text.

use std::cell::RefCell;
use std::ops::Range;

use super::compile::{Compiler, PatternError};
use super::element::{Body, Choice, Compiled, Element, Required};
use super::vocabulary::LiteralId;
use crate::language::Text;

/// The number of a pattern in its set.
pub type PatternId = usize;

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

/// A pattern of a set; its triggers are in the index.
struct Entry {
    body: Body,
    negates: bool,
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
    patterns: Vec<Entry>,
    /// The list of triggers of each literal, plus one; 0: none.
    slots: Vec<u32>,
    triggers: Vec<Vec<Trigger>>,
    /// The most words that stand before a trigger.
    reach: usize,
}

impl PatternSet {
    fn push(&mut self, pattern: Compiled) -> PatternId {
        let id = self.patterns.len();
        for key in &pattern.triggers {
            let slot = key.id.0 as usize;
            if self.slots.len() <= slot {
                self.slots.resize(slot + 1, 0);
            }
            if self.slots[slot] == 0 {
                self.triggers.push(Vec::new());
                self.slots[slot] = self.triggers.len() as u32;
            }
            self.reach = self.reach.max(key.most);
            let trigger = Trigger { pattern: id as u32, least: key.least as u32, most: key.most as u32 };
            self.triggers[self.slots[slot] as usize - 1].push(trigger);
        }
        self.patterns.push(Entry { body: pattern.body, negates: pattern.negates });
        id
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

impl Compiler<'_> {
    /// Compile a pattern and add it to a set.
    ///
    /// # Errors
    /// A mistake in the pattern, with its place, in Russian.
    pub fn add(&mut self, set: &mut PatternSet, pattern: &str) -> Result<PatternId, PatternError> {
        Ok(set.push(self.compile(pattern)?))
    }

    /// A pattern of one word by its stem family, for a checklist in plain text.
    pub fn add_stem(&mut self, set: &mut PatternSet, word: &str) -> Option<PatternId> {
        Some(set.push(self.stem_pattern(word)?))
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
    /// The same for each long list of literals (see `Required::list`), filled when first asked for.
    lists: Vec<(u64, u64)>,
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

    /// Where a literal of a group stands in the piece.
    fn places_of(&mut self, required: &Required) -> u64 {
        let Some(list) = required.list else {
            return required.keys.iter().fold(0, |places, key| places | self.places(*key));
        };
        let list = list as usize;
        if self.scratch.lists.len() <= list {
            self.scratch.lists.resize(list + 1, (0, 0));
        }
        let (piece, places) = self.scratch.lists[list];
        if piece == self.scratch.piece {
            return places;
        }
        let places = required.keys.iter().fold(0, |places, key| places | self.places(*key));
        self.scratch.lists[list] = (self.scratch.piece, places);
        places
    }

    /// Does the piece have a literal of every group the pattern requires?
    fn may_match(&mut self, pattern: u32) -> bool {
        let piece = self.scratch.piece;
        let verdict = self.scratch.verdicts[pattern as usize];
        if verdict >> 1 == piece {
            return verdict & 1 == 1;
        }
        let set = self.set;
        let wanted = self.wanted.is_none_or(|wanted| wanted[pattern as usize]);
        let all = wanted && set.patterns[pattern as usize].body.parts().required.iter().all(|required| self.places_of(required) != 0);
        self.scratch.verdicts[pattern as usize] = piece << 1 | u64::from(all);
        all
    }

    /// Do the literals that the pattern requires stand where they must in a match that begins here?
    fn may_begin(&mut self, pattern: u32, start: usize) -> bool {
        let set = self.set;
        set.patterns[pattern as usize].body.parts().required.iter().all(|required| {
            let (first, last) = (start + required.least, (start + required.most).min(self.piece.end - 1));
            if first > last {
                return false;
            }
            let window = u64::MAX << self.bit(first) & u64::MAX >> (63 - self.bit(last));
            self.places_of(required) & window != 0
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
            if let Some(end) = run(&pattern.body.parts().elements, self.text, at, Link::First, None).filter(|end| *end > at) {
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
            // In the order of what they cost: most words are dismissed by the first.
            if joined && (keys.is_empty() || token.word.has_any(keys)) && (features.is_empty() || token.can_be(*features)) {
                run(after, text, at + 1, Link::Adjacent, rest)
            } else {
                None
            }
        }
        Element::Any(choice) => {
            let rest = Rest { elements: after, next: rest };
            find(choice, text, at, |alternative| run(alternative, text, at, link, Some(&rest)))
        }
        Element::Optional(inner) => {
            let with = Rest { elements: after, next: rest };
            run(inner, text, at, link, Some(&with)).or_else(|| run(after, text, at, link, rest))
        }
        Element::Gap(width) => {
            // The gap itself is joined to what was matched: after a comma its first word stands behind the comma.
            let near = if link == Link::Adjacent { Link::Free } else { link };
            if let Some(end) = run(after, text, at, near, rest) {
                return Some(end);
            }
            for skipped in 1..=*width {
                let joined = text.units.get(at + skipped - 1).is_some_and(|unit| match near {
                    Link::Pause if skipped == 1 => unit.pause,
                    Link::First if skipped == 1 => true,
                    _ => unit.same_clause,
                });
                if !joined {
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

/// The first alternative for which `matches` gives something; those whose first word is not at hand are passed over.
fn find(choice: &Choice, text: &Text, at: usize, matches: impl Fn(&[Element]) -> Option<usize>) -> Option<usize> {
    if choice.named.is_empty() {
        return choice.alternatives.iter().find_map(|alternative| matches(alternative));
    }
    let mut candidates: Vec<u32> = Vec::new();
    if let Some(unit) = text.units.get(at) {
        for key in text.tokens[unit.token].word.keys.iter() {
            let first = choice.named.partition_point(|(known, _)| known < key);
            candidates.extend(choice.named[first..].iter().take_while(|(known, _)| known == key).map(|(_, number)| *number));
        }
    }
    if candidates.is_empty() {
        return choice.open.iter().find_map(|number| matches(&choice.alternatives[*number as usize]));
    }
    candidates.extend(choice.open.iter());
    candidates.sort_unstable();
    candidates.dedup();
    candidates.into_iter().find_map(|number| matches(&choice.alternatives[number as usize]))
}
