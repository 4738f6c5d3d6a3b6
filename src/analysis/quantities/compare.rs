//! Two numbers that belong together: «с 12 % до 3 %», «31 → 47», «61 против 38», «было 12, стало 5», «четыре из пяти».

use super::lexicon::UnitKind;
use super::measure::{self, Measure};
use super::numbers::{Shape, View};
use crate::language::{Features as F, TokenKind};

/// How two numbers belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bond {
    /// From the first to the second, or the first instead of the second.
    FromTo,
    /// Between the two.
    Range,
    /// The first out of the second.
    Share,
}

/// A pair as one expression.
#[derive(Debug, Clone, Copy)]
pub struct Pair {
    pub start: usize,
    pub end: usize,
    pub bond: Bond,
    /// The measure that holds now.
    pub now: Measure,
    /// The measure before, the lower bound, or the whole.
    pub other: Measure,
}

/// Words that may stand between a number and what ties it to the next.
const GAP: usize = 5;

/// The pair that begins with this measure, if any.
pub fn pair(view: &View, first: &Measure, floor: usize) -> Option<Pair> {
    let limit = view.sentence_end(first.start);
    let before = if first.start > floor { view.form(first.start - 1) } else { "" };
    arrow(view, first, limit)
        .or_else(|| from_to(view, first, before, limit))
        .or_else(|| instead(view, first, limit))
        .or_else(|| not_but(view, first, before, limit))
        .or_else(|| was_became(view, first, floor, limit))
        .or_else(|| out_of(view, first, limit).map(|share| share_instead(view, share, limit)))
        .or_else(|| of_them(view, first, before, limit))
}

fn joined(first: &Measure, second: &Measure, bond: Bond, start: usize) -> Pair {
    Pair { start, end: second.end, bond, now: *second, other: *first }
}

/// «31 → 47», «31 -> 47», «31 => 47».
fn arrow(view: &View, first: &Measure, limit: usize) -> Option<Pair> {
    let at = first.end;
    let after = match (view.form(at), view.form(at + 1)) {
        ("→" | "⇒" | "➔" | "➜" | "➡" | "->" | "=>" | "-->", _) => at + 1,
        ("-" | "–" | "=", ">") => at + 2,
        _ => return None,
    };
    let second = number_within(view, after, 1, limit, first.end)?;
    Some(joined(first, &second, Bond::FromTo, first.start))
}

/// «с 40 до 25 минут», «от 5 до 7».
fn from_to(view: &View, first: &Measure, before: &str, limit: usize) -> Option<Pair> {
    if !matches!(before, "с" | "со" | "от" | "между") {
        return None;
    }
    let link = |form: &str| {
        form == "до" || before == "с" && form == "по" || before == "между" && form == "и" || matches!(before, "с" | "со") && form == "к"
    };
    let at = connector(view, first.end, limit, link)?;
    let second = number_within(view, at + 1, 2, limit, first.end)?;
    let bond = if matches!(before, "от" | "между") { Bond::Range } else { Bond::FromTo };
    Some(joined(first, &second, bond, first.start - 1))
}

/// «2 % вместо 17 %», «61 против 38».
fn instead(view: &View, first: &Measure, limit: usize) -> Option<Pair> {
    let at = connector_entry(view, first.end, limit, |entry| entry.instead)?;
    let second = number_within(view, at + 1, 2, limit, first.end)?;
    // «вместо 17» is the past: the first holds now.
    Some(Pair { start: first.start, end: second.end, bond: Bond::FromTo, now: *first, other: second })
}

/// «не 6, а 9 минут», «не за шесть дней, а за два».
fn not_but(view: &View, first: &Measure, before: &str, limit: usize) -> Option<Pair> {
    let start = if before == "не" {
        first.start - 1
    } else if first.start >= 2 && view.form(first.start - 2) == "не" && view.entries[first.start - 1].preposition {
        first.start - 2
    } else {
        return None;
    };
    let mut at = first.end;
    while at < limit && at < first.end + 2 && view.form(at) != "," {
        at += 1;
    }
    if view.form(at) != "," || view.form(at + 1) != "а" {
        return None;
    }
    let second = number_within(view, at + 2, 2, limit, first.end)?;
    Some(joined(first, &second, Bond::FromTo, start))
}

/// «было 12, стало 5», «недели полторы стал дня три», «вместо 214 стало 37».
fn was_became(view: &View, first: &Measure, floor: usize, limit: usize) -> Option<Pair> {
    let reach = first.start.saturating_sub(4).max(floor);
    let opened = (reach..first.start)
        .rev()
        .take_while(|at| view.text.tokens[*at].is_word() || view.form(*at) == "—")
        .find(|at| view.entries[*at].was && view.text.tokens[*at].word.features.has(F::PAST) || view.form(*at) == "вместо");
    let became = (first.end..limit.min(first.end + GAP + 2)).take_while(|at| !view.is_digits(*at)).find(|at| view.entries[*at].became)?;
    let was_after = (became..limit.min(became + 3)).any(|at| view.entries[at].was);
    if opened.is_none() && !(view.text.tokens[became].word.has_lemma("стать") && became <= first.end + 1) || was_after {
        return None;
    }
    let second = number_within(view, became + 1, 2, limit, became + 1)?;
    let led = (became + 1..second.start).any(|at| view.form(at) == "на");
    let alike = first.unit == second.unit || first.is_bare() || second.is_bare() || first.kind(view) == second.kind(view);
    if led || !alike || matches!(second.shape, Shape::Share | Shape::Multiple | Shape::Ordinal) {
        return None;
    }
    Some(joined(first, &second, Bond::FromTo, opened.filter(|at| first.start - at <= 2).unwrap_or(first.start)))
}

/// «четыре из пяти», «7 кандидатов из 10».
fn out_of(view: &View, first: &Measure, limit: usize) -> Option<Pair> {
    if !matches!(first.shape, Shape::Digits | Shape::Words | Shape::Collective)
        || first.kind(view).is_some_and(|kind| !matches!(kind, UnitKind::Noun | UnitKind::Score))
    {
        return None;
    }
    let mut at = first.end;
    while at < limit
        && at < first.end + 3
        && view.text.tokens[at].kind == TokenKind::Word
        && view.text.tokens[at].word.top().any(F::NOUN | F::ADJ | F::PARTICIPLE)
        && view.form(at) != "из"
    {
        at += 1;
    }
    if view.form(at) != "из" {
        return None;
    }
    let second = number_within(view, at + 1, 1, limit, at + 1)?;
    let whole = !matches!(second.shape, Shape::Share | Shape::Multiple)
        && second.value >= first.value
        && second.kind(view).is_none_or(|kind| kind == UnitKind::Noun);
    whole.then_some(Pair { start: first.start, end: second.end, bond: Bond::Share, now: *first, other: second })
}

/// «61 из ста вместо 48»: the share before.
fn share_instead(view: &View, share: Pair, limit: usize) -> Pair {
    match instead(view, &Measure { end: share.end, ..share.now }, limit) {
        Some(pair) => Pair { start: share.start, ..pair },
        None => share,
    }
}

/// «из двенадцати дел отданы девять», «из 22 человек не уволился никто».
fn of_them(view: &View, first: &Measure, before: &str, limit: usize) -> Option<Pair> {
    if before != "из" || first.value < 2.0 {
        return None;
    }
    let clause = view.text.clause_of[first.start];
    let verb = (first.end..limit.min(first.end + GAP))
        .take_while(|at| view.text.tokens[*at].is_word())
        .find(|at| view.text.tokens[*at].word.top().any(F::FIN | F::SHORT))?;
    for at in verb + 1..limit.min(verb + 4) {
        if !view.text.tokens[at].is_word() || view.text.clause_of[at] != clause {
            return None;
        }
        if view.form(at) == "никто" {
            let none = Measure { start: at, end: at + 1, value: 0.0, low: None, shape: Shape::Words, unit: None, noun: None, signed: None };
            return Some(Pair { start: first.start - 1, end: at + 1, bond: Bond::Share, now: none, other: *first });
        }
        if view.entries[at].preposition {
            return None;
        }
        if let Some(part) = measure::read(view, at, at) {
            let fits = part.is_bare() && part.value < first.value && matches!(part.shape, Shape::Digits | Shape::Words | Shape::Collective);
            return fits.then_some(Pair { start: first.start - 1, end: part.end, bond: Bond::Share, now: part, other: *first });
        }
    }
    None
}

/// The word that ties two numbers, over nouns and adjectives only.
fn connector(view: &View, from: usize, limit: usize, link: impl Fn(&str) -> bool) -> Option<usize> {
    for at in from..limit.min(from + GAP) {
        if link(view.form(at)) {
            return Some(at);
        }
        if !passable(view, at) {
            return None;
        }
    }
    None
}

fn connector_entry(view: &View, from: usize, limit: usize, link: impl Fn(&super::lexicon::Entry) -> bool) -> Option<usize> {
    for at in from..limit.min(from + GAP) {
        if link(&view.entries[at]) {
            return Some(at);
        }
        if !passable(view, at) && view.form(at) != "," {
            return None;
        }
    }
    None
}

/// Something that may stand between: «с 31 балла в начале года до 47».
fn passable(view: &View, at: usize) -> bool {
    let token = &view.text.tokens[at];
    if view.entries[at].direction.is_some() {
        return true;
    }
    let slash = token.form() == "/" || token.form() == "(" || token.form() == ")";
    (token.kind == TokenKind::Word && !token.word.top().any(F::FIN | F::CONV | F::CCONJ | F::SCONJ) || slash)
        && view.entries[at].numeral.is_none()
}

/// A measure that begins at `from` or after a few words such as «прежних», «почти», «на».
fn number_within(view: &View, from: usize, skip: usize, limit: usize, floor: usize) -> Option<Measure> {
    for at in from..limit.min(from + skip + 1) {
        if let Some(measure) = measure::read(view, at, floor.max(from)) {
            let number = matches!(
                measure.shape,
                Shape::Digits | Shape::Words | Shape::Collective | Shape::Clock | Shape::Date | Shape::Share | Shape::Ordinal
            );
            return (number && measure.end <= limit).then_some(measure);
        }
        let token = &view.text.tokens[at];
        let opens = view.entries[at].unit.is_some()
            || view.entries[at].ends_lead
            || view.entries[at].preposition
            || token.word.top().any(F::ADJ | F::DET | F::NOUN | F::ADV | F::PART_OF_SPEECH)
            || matches!(token.form(), "~" | "$" | "+" | "-" | "всего");
        if !opens {
            return None;
        }
    }
    None
}
