//! Finds compiled patterns in an analysed text, in one pass over its words.
//!
//! Every pattern is indexed by the literals of its rarest required element, so a pattern whose words are absent costs nothing;
//! and it is tried only where a piece of the text has a literal of each of its required elements.
//! Gaps are bounded, so the time is linear in the text.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::compile::{Compiler, PatternError};
use super::element::{Body, Compiled};
use super::matcher;
use super::presence::{GroupNumber, Presence};
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
pub struct PatternSet {
    /// Every set of the program has its own.
    number: usize,
    patterns: Vec<Entry>,
    /// The list of triggers of each literal, plus one; 0: none.
    slots: Vec<u32>,
    triggers: Vec<Vec<Trigger>>,
    /// The most words that stand before a trigger.
    reach: usize,
}

static SETS: AtomicUsize = AtomicUsize::new(0);

impl Default for PatternSet {
    fn default() -> Self {
        let number = SETS.fetch_add(1, Ordering::Relaxed);
        Self { number, patterns: Vec::new(), slots: Vec::new(), triggers: Vec::new(), reach: 0 }
    }
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
            if scratch.notes.len() <= self.number {
                scratch.notes.resize_with(self.number + 1, Vec::new);
            }
            let notes = &mut scratch.notes[self.number];
            notes.resize(self.len(), Note::default());
            let mut search =
                Search { set: self, text, wanted, presence: &mut scratch.presence, notes, starts: Vec::new(), hits: Vec::new() };
            let mut from = 0;
            for piece in text.units.chunk_by(|_, unit| unit.adjacent || unit.pause || unit.same_clause) {
                search.read_piece(from..from + piece.len());
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

/// What searches note. Kept from one to the next.
#[derive(Default)]
struct Scratch {
    presence: Presence,
    /// For each set, of each of its patterns.
    notes: Vec<Vec<Note>>,
}

/// What a search notes of a pattern. What is older than the piece at hand counts as nothing.
#[derive(Debug, Clone, Copy, Default)]
struct Note {
    /// Twice the last piece the pattern was asked about, and one if all it requires is there.
    verdict: u64,
    /// The rarest words it needs beside its trigger; `None`: not looked at yet.
    gate: Option<GroupNumber>,
    /// The last piece in which it matched, and the end of the match.
    piece: u64,
    end: usize,
}

/// One search of a text. It goes from piece to piece; no match reaches from one into the next.
struct Search<'a> {
    set: &'a PatternSet,
    text: &'a Text<'a>,
    wanted: Option<&'a [bool]>,
    presence: &'a mut Presence,
    notes: &'a mut [Note],
    /// Patterns with the words at which they may begin.
    starts: Vec<(u32, u32)>,
    hits: Vec<Hit>,
}

impl Search<'_> {
    fn read_piece(&mut self, piece: Range<usize>) {
        let text = self.text;
        self.presence.read(text, piece.clone());
        let mut limit = WAITING;
        for place in piece.clone() {
            for key in text.keys(&text.units[place]) {
                for trigger in self.set.triggers(*key) {
                    let least = trigger.least as usize;
                    if place < piece.start + least || !self.may_match(trigger.pattern) {
                        continue;
                    }
                    let first = place.saturating_sub(trigger.most as usize).max(piece.start);
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

    /// Does the piece have a literal of every group the pattern requires?
    fn may_match(&mut self, pattern: u32) -> bool {
        let piece = self.presence.number();
        let number = pattern as usize;
        let note = &mut self.notes[number];
        if note.verdict >> 1 == piece {
            return note.verdict & 1 == 1;
        }
        let wanted = self.wanted.is_none_or(|wanted| wanted[number]);
        let all = wanted && !note.gate.is_some_and(|gate| self.presence.lacks(gate)) && {
            let required = &self.set.patterns[number].body.parts().required;
            // The first is the trigger.
            note.gate.get_or_insert_with(|| GroupNumber::of(required.get(1).map(|required| &required.group)));
            required.iter().all(|required| self.presence.places(&required.group) != 0)
        };
        note.verdict = piece << 1 | u64::from(all);
        all
    }

    /// Do the literals that the pattern requires stand where they must in a match that begins here?
    fn may_begin(&self, pattern: u32, start: usize) -> bool {
        let required = &self.set.patterns[pattern as usize].body.parts().required;
        required.iter().all(|required| self.presence.has_between(&required.group, start + required.least, start + required.most))
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
            let note = &mut self.notes[number as usize];
            if note.piece == self.presence.number() && at < note.end {
                continue;
            }
            let pattern = &self.set.patterns[number as usize];
            if let Some(end) = matcher::end(&pattern.body.parts().elements, self.text, self.presence, at).filter(|end| *end > at) {
                self.hits.push(hit(self.text, number as usize, pattern.negates, at..end));
                (note.piece, note.end) = (self.presence.number(), end);
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
