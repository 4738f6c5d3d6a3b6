//! Which literals a piece of a text has, and where: most patterns are dismissed by this alone.

use std::cell::Cell;
use std::ops::Range;

use super::group::{Group, groups};
use super::vocabulary::LiteralId;
use crate::language::Text;

/// What is noted of the piece at hand. Kept between pieces; what is older counts as empty.
#[derive(Default)]
pub(super) struct Presence {
    /// The number of the piece: every piece of every search of a thread has its own.
    number: u64,
    /// The words of the piece.
    words: Range<usize>,
    /// For each literal the last piece that has it, and where: a bit for each word (see [`Presence::bit`]).
    literals: Vec<(u64, u64)>,
    /// The same for each group, filled when first asked for.
    groups: Vec<Cell<(u64, u64)>>,
}

impl Presence {
    /// Turn to these words of the text.
    pub(super) fn read(&mut self, text: &Text, words: Range<usize>) {
        self.number += 1;
        self.words = words.clone();
        self.groups.resize(self.groups.len().max(groups()), Cell::default());
        for place in words {
            let bit = 1 << self.bit(place);
            for key in text.keys(&text.units[place]) {
                let key = key.0 as usize;
                if self.literals.len() <= key {
                    self.literals.resize(key + 1, (0, 0));
                }
                let (number, places) = &mut self.literals[key];
                *places = if *number == self.number { *places | bit } else { bit };
                *number = self.number;
            }
        }
    }

    pub(super) fn number(&self) -> u64 {
        self.number
    }

    pub(super) fn words(&self) -> &Range<usize> {
        &self.words
    }

    /// The bit of a word of the piece: its own, or in a long piece that of its neighbourhood.
    fn bit(&self, place: usize) -> usize {
        let at = place - self.words.start;
        if self.words.len() <= 64 { at } else { at * 64 / self.words.len() }
    }

    /// May a literal of the group stand from the word `first` to the word `last`? What lies outside the piece has none.
    #[inline]
    pub(super) fn has_between(&self, group: &Group, first: usize, last: usize) -> bool {
        let last = last.min(self.words.end - 1);
        if first > last {
            return false;
        }
        let window = u64::MAX << self.bit(first) & u64::MAX >> (63 - self.bit(last));
        self.places(group) & window != 0
    }

    /// Where the literals of a group stand.
    #[inline]
    pub(super) fn places(&self, group: &Group) -> u64 {
        match group {
            Group::One(key) => self.literal(*key),
            Group::Many { keys, number } => {
                let known = self.groups.get(*number as usize);
                match known.map(Cell::get) {
                    Some((piece, places)) if piece == self.number => places,
                    _ => {
                        let places = keys.iter().fold(0, |places, key| places | self.literal(*key));
                        if let Some(known) = known {
                            known.set((self.number, places));
                        }
                        places
                    }
                }
            }
        }
    }

    /// Is it known that the group is absent? Asked by its number alone, so that nothing of a pattern need be read.
    #[inline]
    pub(super) fn lacks(&self, group: GroupNumber) -> bool {
        match group {
            GroupNumber::One(key) => self.literal(key) == 0,
            GroupNumber::Many(number) => self.groups.get(number as usize).is_some_and(|known| known.get() == (self.number, 0)),
            GroupNumber::None => false,
        }
    }

    #[inline]
    fn literal(&self, key: LiteralId) -> u64 {
        match self.literals.get(key.0 as usize) {
            Some((number, places)) if *number == self.number => *places,
            _ => 0,
        }
    }
}

/// A group without its literals.
#[derive(Debug, Clone, Copy)]
pub(super) enum GroupNumber {
    One(LiteralId),
    Many(u32),
    /// Nothing is required.
    None,
}

impl GroupNumber {
    pub(super) fn of(group: Option<&Group>) -> Self {
        match group {
            Some(Group::One(key)) => Self::One(*key),
            Some(Group::Many { number, .. }) => Self::Many(*number),
            None => Self::None,
        }
    }
}
