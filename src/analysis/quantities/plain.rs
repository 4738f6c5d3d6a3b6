//! Expressions that begin with a small word: «ни одной жалобы», «раз в неделю», «за сутки», set phrases.

use super::QuantityKind;
use super::draft::Draft;
use super::lexicon::{Numeral, UnitKind};
use super::measure;
use super::numbers::View;
use super::single::count_unit;
use crate::language::Features as F;

/// The expression that begins at a token, if it needs no number word.
pub fn read(view: &View, at: usize, floor: usize) -> Option<Draft> {
    phrase(view, at).or_else(|| zero(view, at)).or_else(|| frequency(view, at, floor)).or_else(|| at_once(view, at))
}

/// «ни разу», «день в день».
fn phrase(view: &View, at: usize) -> Option<Draft> {
    let phrase = view
        .lexicon
        .phrases(view.form(at))
        .find(|phrase| phrase.words.iter().enumerate().all(|(offset, word)| view.form(at + offset) == &**word))?;
    let kind = if phrase.value == Some(0.0) { QuantityKind::Zero } else { QuantityKind::Change };
    Some(Draft {
        tokens: at..at + phrase.words.len(),
        kind,
        value: phrase.value,
        from: None,
        unit: Some(view.lexicon.unit(phrase.unit).id.to_string()),
        noun: None,
        signed: None,
    })
}

/// «ни одной жалобы», «без единой ошибки».
fn zero(view: &View, at: usize) -> Option<Draft> {
    let next = view.text.tokens.get(at + 1)?;
    let one = view.form(at) == "ни" && next.word.has_lemma("один")
        || view.form(at) == "без" && (next.word.has_lemma("единый") || next.word.has_lemma("один"));
    if !one {
        return None;
    }
    let limit = view.sentence_end(at);
    let mut end = at + 2;
    while end < limit
        && end < at + 5
        && view.text.tokens[end].word.top().any(F::ADJ | F::DET | F::PARTICIPLE)
        && view.text.tokens[end].is_word()
    {
        end += 1;
    }
    let noun = (end < limit && view.text.tokens[end].word.is(F::NOUN)).then_some(end);
    let end = noun.map_or(at + 2, |noun| noun + 1);
    Some(Draft {
        tokens: at..end,
        kind: QuantityKind::Zero,
        value: Some(0.0),
        from: None,
        unit: Some(count_unit(view, noun)),
        noun,
        signed: None,
    })
}

/// «раз в неделю», «раз в две недели».
fn frequency(view: &View, at: usize, floor: usize) -> Option<Draft> {
    if view.form(at) != "раз" || view.form(at + 1) != "в" || at > floor && (view.is_digits(at - 1) || view.numeral(at - 1).is_some()) {
        return None;
    }
    let time = |unit: Option<u16>| unit.is_some_and(|unit| view.lexicon.unit(unit).kind == UnitKind::Time);
    let end = if time(view.entries.get(at + 2)?.unit) {
        at + 3
    } else {
        measure::read(view, at + 2, at + 2).filter(|measure| time(measure.unit))?.end
    };
    Some(Draft {
        tokens: at..end,
        kind: QuantityKind::Count,
        value: Some(1.0),
        from: None,
        unit: Some("times".into()),
        noun: None,
        signed: None,
    })
}

/// «закрыли за сутки»: a plain time in which something was done, where it is all the clause measures.
fn at_once(view: &View, at: usize) -> Option<Draft> {
    if view.form(at) != "за" {
        return None;
    }
    let unit = view.entries.get(at + 1)?.unit.filter(|unit| view.lexicon.unit(*unit).kind == UnitKind::Time)?;
    if !matches!(view.form(at + 1), "сутки" | "час" | "минуту" | "секунду") {
        return None;
    }
    let clause = &view.text.clauses[view.text.clause_of[at]];
    let done = clause
        .predicate
        .is_some_and(|verb| view.text.tokens[verb].word.is(F::PAST.with(F::PERF)) || view.text.tokens[verb].word.top().has(F::SHORT));
    let alone = !view.clause_near(at).any(|other| {
        view.is_digits(other) || matches!(view.numeral(other), Some(Numeral::Cardinal(_) | Numeral::Share(_) | Numeral::Multiple(_)))
    });
    (done && alone).then(|| Draft {
        tokens: at..at + 2,
        kind: QuantityKind::Duration,
        value: Some(1.0),
        from: None,
        unit: Some(view.lexicon.unit(unit).id.to_string()),
        noun: None,
        signed: None,
    })
}
