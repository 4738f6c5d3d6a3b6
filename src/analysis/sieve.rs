//! What a text must have for a regular expression to match in it at all.
//!
//! Most expressions of the rules need a digit, a bracket or a certain word. Asking for these first costs next to nothing,
//! and an expression that is never asked is never compiled: compiling it costs more than everything else at the start.

use regex_syntax::hir::{Class, Hir, HirKind};
use serde::{Deserialize, Serialize};

use super::ranges::Ranges;
use super::stretch::{Stretch, without_letters};

/// A condition without which an expression cannot match. It may hold where the expression does not match, never the other way round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sieve {
    Always,
    /// One of these characters.
    Chars(Ranges),
    /// These letters in any case.
    Letters(String),
    Stretch(Stretch),
    All(Vec<Sieve>),
    Any(Vec<Sieve>),
}

/// What a sieve looks at of a text.
pub struct Sifted<'t> {
    text: &'t str,
    /// Its parts without letters.
    stretches: Vec<&'t str>,
    /// The characters of the text: sorted, without doubles.
    chars: Vec<char>,
    folded: String,
    runs: Runs,
}

/// Which two and which three letters follow one another somewhere: a bit for each, shared by some. Tells nearly all absent words
/// without a search: the pairs of a word are common, its runs of three are not.
struct Runs([u64; 256]);

impl Runs {
    fn of(folded: &str) -> Self {
        let mut runs = Self([0; 256]);
        let (mut first, mut second) = (START, START);
        for third in folded.chars() {
            for bit in [Self::bit(START, second, third), Self::bit(first, second, third)] {
                runs.0[bit / 64] |= 1 << (bit % 64);
            }
            (first, second) = (second, third);
        }
        runs
    }

    /// Can these letters stand somewhere? Of a single letter it is not known.
    fn may_have(&self, letters: &str) -> bool {
        let has = |first, second, third| {
            let bit = Self::bit(first, second, third);
            self.0[bit / 64] >> (bit % 64) & 1 == 1
        };
        let mut chars = letters.chars();
        let (Some(mut first), Some(mut second)) = (chars.next(), chars.next()) else { return true };
        if !has(START, first, second) {
            return false;
        }
        chars.all(|third| {
            let there = has(first, second, third);
            (first, second) = (second, third);
            there
        })
    }

    /// The bit of three letters; of two if the first is `START`.
    fn bit(first: char, second: char, third: char) -> usize {
        let mixed = u32::from(first).wrapping_mul(0x9E37_79B1) ^ u32::from(second).wrapping_mul(0x85EB_CA6B);
        let mixed = mixed.rotate_left(5) ^ u32::from(third).wrapping_mul(0xC2B2_AE35);
        (mixed >> 18) as usize
    }
}

/// Stands before a text.
const START: char = '\0';

impl<'t> Sifted<'t> {
    pub fn new(text: &'t str) -> Self {
        let mut ascii = [false; 128];
        let mut chars = Vec::new();
        let mut last = None;
        for c in text.chars() {
            match ascii.get_mut(c as usize) {
                Some(seen) => *seen = true,
                None if last != Some(c) => chars.push(c),
                None => {}
            }
            last = Some(c);
        }
        chars.extend((0u8..128).filter(|c| ascii[usize::from(*c)]).map(char::from));
        chars.sort_unstable();
        chars.dedup();
        let mut folded = String::with_capacity(text.len());
        text.chars().for_each(|c| folded.push(fold(c)));
        let runs = Runs::of(&folded);
        Self { text, stretches: without_letters(text), chars, folded, runs }
    }
}

impl Sieve {
    /// The condition of an expression; `None` if it is written wrongly or so big that it may be refused: then it must be compiled at once.
    pub fn needed(expression: &str) -> Option<Self> {
        Self::of(&regex_syntax::parse(expression).ok()?)
    }

    /// The same; `None` if it is so big that it may be refused: then it must be compiled at once.
    pub fn of(hir: &Hir) -> Option<Self> {
        (size(hir) < LARGE).then(|| sieve(hir))
    }

    /// Can the expression match in this text?
    pub fn passes(&self, text: &Sifted) -> bool {
        match self {
            Sieve::Always => true,
            Sieve::Chars(ranges) => ranges.meets(&text.chars),
            Sieve::Letters(letters) => text.runs.may_have(letters) && text.folded.contains(letters.as_str()),
            Sieve::Stretch(stretch) if stretch.letters => stretch.is_in(&[text.text]),
            Sieve::Stretch(stretch) => stretch.is_in(&text.stretches),
            Sieve::All(parts) => parts.iter().all(|part| part.passes(text)),
            Sieve::Any(parts) => parts.iter().any(|part| part.passes(text)),
        }
    }
}

/// States of an expression from which on the limit of the compiler could be met.
const LARGE: usize = 60_000;

/// Roughly how many states an expression takes.
fn size(hir: &Hir) -> usize {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len(),
        HirKind::Class(Class::Unicode(class)) => class.ranges().len() * 2,
        HirKind::Class(Class::Bytes(class)) => class.ranges().len(),
        HirKind::Repetition(repetition) => size(&repetition.sub).saturating_mul(repetition.max.unwrap_or(repetition.min).max(1) as usize),
        HirKind::Capture(capture) => size(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().map(size).fold(1, usize::saturating_add),
    }
}

/// A character of any case as one; the same for all that a case-insensitive expression holds to be one.
fn fold(c: char) -> char {
    match c {
        // Most of every text.
        'а'..='я' | ' '..='@' | 'a'..='z' => c,
        'А'..='Я' => char::from_u32(u32::from(c) + 32).unwrap_or(c),
        '\u{1c80}' => 'в',
        '\u{1c81}' => 'д',
        '\u{1c82}' => 'о',
        '\u{1c83}' => 'с',
        '\u{1c84}' | '\u{1c85}' => 'т',
        '\u{1c86}' => 'ъ',
        'ſ' => 's',
        _ => {
            let mut lower = c.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(lower), None) => lower,
                _ => c,
            }
        }
    }
}

fn sieve(hir: &Hir) -> Sieve {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Sieve::Always,
        HirKind::Literal(literal) => {
            std::str::from_utf8(&literal.0).map_or(Sieve::Always, |text| Sieve::Letters(text.chars().map(fold).collect()))
        }
        HirKind::Class(Class::Unicode(class)) => match same_letter(class) {
            Some(letter) => Sieve::Letters(letter.into()),
            None => chars(class),
        },
        HirKind::Class(Class::Bytes(_)) => Sieve::Always,
        HirKind::Repetition(repetition) if repetition.min == 0 => Sieve::Always,
        // Letters that are repeated do not follow the next ones directly everywhere.
        HirKind::Repetition(repetition) => Sieve::All(vec![match (repetition.sub.kind(), sieve(&repetition.sub)) {
            (HirKind::Literal(_), Sieve::Letters(letters)) => Sieve::Letters(letters.repeat(repetition.min as usize)),
            (_, once) => once,
        }]),
        HirKind::Capture(capture) => sieve(&capture.sub),
        HirKind::Concat(parts) => all(parts.iter().map(sieve).chain(Stretch::of(parts).into_iter().map(Sieve::Stretch))),
        HirKind::Alternation(parts) => {
            let parts: Vec<Sieve> = parts.iter().map(sieve).collect();
            if parts.contains(&Sieve::Always) { Sieve::Always } else { Sieve::Any(parts) }
        }
    }
}

/// A class that is one letter in both cases.
fn same_letter(class: &regex_syntax::hir::ClassUnicode) -> Option<char> {
    let mut letters = class.ranges().iter().take(5).flat_map(|range| range.start()..=range.end()).map(fold);
    let first = letters.next()?;
    (class.ranges().len() < 5 && letters.take(5).all(|letter| letter == first)).then_some(first)
}

fn chars(class: &regex_syntax::hir::ClassUnicode) -> Sieve {
    // What is left out of a class («anything but a full stop») is as good as everything.
    let everything = class.ranges().last().is_some_and(|range| range.end() == char::MAX);
    let letters =
        class.ranges().iter().any(|range| range.start() <= 'е' && 'е' <= range.end() || range.start() <= ' ' && ' ' <= range.end());
    if everything || letters { Sieve::Always } else { Sieve::Chars(Ranges::of(class)) }
}

/// All of these; letters that follow one another are one string.
fn all(parts: impl Iterator<Item = Sieve>) -> Sieve {
    let mut kept: Vec<Sieve> = Vec::new();
    let mut joined = false;
    for part in parts {
        match part {
            Sieve::Letters(next) => {
                match kept.last_mut() {
                    Some(Sieve::Letters(last)) if joined => last.push_str(&next),
                    _ => kept.push(Sieve::Letters(next)),
                }
                joined = true;
                continue;
            }
            Sieve::Always => {}
            Sieve::All(inner) => kept.extend(inner),
            other => kept.push(other),
        }
        joined = false;
    }
    match kept.len() {
        0 => Sieve::Always,
        _ => Sieve::All(kept),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(expression: &str, text: &str) -> bool {
        Sieve::of(&regex_syntax::parse(expression).unwrap()).unwrap().passes(&Sifted::new(text))
    }

    #[test]
    fn a_text_without_what_an_expression_needs_is_passed_over() {
        assert!(!passes(r"\b9\d{9}\b", "Собрал смену из пяти человек."));
        assert!(!passes(r"(?i)снилс[^\d]{0,15}\d{3}", "Их было 12."));
        assert!(!passes(r"[а-яё]+@[а-яё]+\.рф", "Почта моя."));
    }

    #[test]
    fn characters_that_do_not_stand_together_are_no_number() {
        assert!(!passes(r"\b[78]9\d{9}\b", "В 2019 году было 78 заявок, стало 912345."));
        assert!(!passes(r"\.{3,}", "Вот. И всё.."));
        assert!(passes(r"\b[78]9\d{9}\b", "Звоните: 89161234567."));
    }

    #[test]
    fn a_match_is_never_passed_over() {
        for (expression, text) in [
            (r"(?i)паролем?\s(?:был|стоял)\s\d+", "ПАРОЛЬ стоял 4"),
            (r"(?i)k\d", "\u{212a}1"),
            (r"(?i)вода", "\u{1c80}\u{1c82}да"),
            (r"(?i)lorem ipsum|\[\s?имя\]", "… [ИМЯ]"),
            (r"(?:абв)+г", "абвабвг"),
            (r"к((?:абв)+)г", "кабвабвг"),
            (r"(?i:до)м{2}", "ДОмм"),
            (r"^$", ""),
            (r"(?:\+7|\b8)[\s-]{0,2}\(?9\d\d\)?[\s-]?\d{3}(?:[\s-]?\d\d){2}\b", "тел. +7 (916) 123-45 67!"),
            (r"[+\d][\d ()-]*[ХXхx]{2,3}(?:[- ]?[ХXхx]{2,4})+", "8 916 ххх-XX"),
            (r"(?:\.{2,}|…|\?{2,})\s?\d", "около … 5"),
            (r"<_+>|<…>", "вот <…>"),
        ] {
            let regex = regex::Regex::new(expression).unwrap();
            assert!(!regex.is_match(text) || passes(expression, text), "{expression}: {text}");
        }
        assert!(passes(r"(?i)вода", "\u{1c80}\u{1c82}да"));
    }
}
