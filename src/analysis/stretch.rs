//! A condition of a regular expression (see `sieve`): a telephone number needs ten characters in a row that are digits, spaces, dashes or brackets.

use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind};
use serde::{Deserialize, Serialize};

use super::ranges::Ranges;

/// At least so many characters in a row, all of one set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    least: usize,
    of: Ranges,
    /// Are there letters among them?
    pub letters: bool,
}

/// Shorter stretches without letters are found in every text.
const LEAST: usize = 3;
/// With them.
const LEAST_LETTERS: usize = 2;
/// A set of more letters is found everywhere.
const MOST_LETTERS: usize = 12;
/// A set with a range of more characters («anything but …») is not looked into.
const MOST: u32 = 200;

impl Stretch {
    /// The stretches that a match of these parts, one after another, cannot do without.
    pub fn of(parts: &[Hir]) -> Vec<Self> {
        let mut stretches = Vec::new();
        let mut rest = parts;
        while !rest.is_empty() {
            let (mut class, mut least, mut taken) = (ClassUnicode::empty(), 0, 0);
            for (more, count) in rest.iter().map_while(set) {
                class.union(&more);
                least += count;
                taken += 1;
            }
            stretches.extend(Self::new(&class, least));
            rest = &rest[(taken + 1).min(rest.len())..];
        }
        stretches
    }

    fn new(class: &ClassUnicode, least: usize) -> Option<Self> {
        let letters = class.ranges().iter().flat_map(|range| range.start()..=range.end()).filter(|c| c.is_alphabetic()).count();
        let telling = if letters == 0 { least >= LEAST } else { least >= LEAST_LETTERS && letters <= MOST_LETTERS };
        telling.then(|| Self { least, of: Ranges::of(class), letters: letters > 0 })
    }

    /// Is one of these texts, or a part of it, such a stretch?
    pub fn is_in(&self, texts: &[&str]) -> bool {
        texts.iter().any(|text| {
            let mut length = 0;
            text.chars().any(|c| {
                length = if self.of.holds(c) { length + 1 } else { 0 };
                length >= self.least
            })
        })
    }
}

/// The stretches of a text that have no letters.
pub fn without_letters(text: &str) -> Vec<&str> {
    text.split(is_letter).filter(|stretch| stretch.len() >= LEAST).collect()
}

/// The letters of a Russian text are known without the tables of all alphabets.
fn is_letter(c: char) -> bool {
    match c {
        'а'..='я' | 'А'..='Я' | 'ё' | 'Ё' => true,
        c if c.is_ascii() => c.is_ascii_alphabetic(),
        c => c.is_alphabetic(),
    }
}

/// All characters that a match can have, and how many it has at least; `None` if they are too many to tell anything.
fn set(hir: &Hir) -> Option<(ClassUnicode, usize)> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Some((ClassUnicode::empty(), 0)),
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).ok()?;
            Some((ClassUnicode::new(text.chars().map(|c| ClassUnicodeRange::new(c, c))), text.chars().count()))
        }
        HirKind::Class(Class::Unicode(class)) => {
            let small = class.ranges().iter().all(|range| (range.end() as u32) - (range.start() as u32) < MOST);
            small.then(|| (class.clone(), 1))
        }
        HirKind::Class(Class::Bytes(_)) => None,
        HirKind::Repetition(repetition) => {
            let (class, least) = set(&repetition.sub)?;
            Some((class, least.saturating_mul(repetition.min as usize)))
        }
        HirKind::Capture(capture) => set(&capture.sub),
        HirKind::Concat(parts) => parts.iter().try_fold((ClassUnicode::empty(), 0usize), |(mut class, least), part| {
            let (more, count) = set(part)?;
            class.union(&more);
            Some((class, least + count))
        }),
        HirKind::Alternation(parts) => {
            let sets = parts.iter().map(set).collect::<Option<Vec<_>>>()?;
            let least = sets.iter().map(|(_, least)| *least).min()?;
            let mut class = ClassUnicode::empty();
            sets.iter().for_each(|(more, _)| class.union(more));
            Some((class, least))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretches(expression: &str) -> Vec<(usize, bool)> {
        let hir = regex_syntax::parse(expression).unwrap();
        let HirKind::Concat(parts) = hir.kind() else { panic!("{expression}") };
        Stretch::of(parts).iter().map(|stretch| (stretch.least, stretch.letters)).collect()
    }

    #[test]
    fn what_stands_in_a_row_is_counted() {
        assert_eq!(stretches(r"\b[78]9\d{9}\b"), [(11, false)]);
        assert_eq!(stretches(r"\d{4}(?:[\s-]?\d{4}){2}(?:-\d)?"), [(12, false)]);
        assert_eq!(stretches(r"(?:^|[^\w])(?:[ХX]{2}%|X{3})"), [(3, true)]);
        assert_eq!(stretches(r"[а-я]+\s?\d"), []);
    }

    #[test]
    fn a_number_of_digits_is_no_stretch_if_words_stand_between_them() {
        let hir = regex_syntax::parse(r"\d{3}-\d{2}").unwrap();
        let HirKind::Concat(parts) = hir.kind() else { panic!() };
        let [stretch] = &Stretch::of(parts)[..] else { panic!() };
        assert!(stretch.is_in(&without_letters("с 12 до 340 было 123-45")));
        assert!(!stretch.is_in(&without_letters("с 12 до 340 было 123 и 45")));
    }
}
