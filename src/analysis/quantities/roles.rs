//! Which quantities measure what was achieved.

use super::{Quantity, QuantityKind};
use crate::language::{Features as F, Subject, Text};
use crate::report::{Label, Role};

/// Decide which quantities measure what was achieved; a plan has achieved nothing yet.
pub fn assign_roles(quantities: &mut [Quantity], text: &Text, labels: &[Label], plan: bool) {
    for index in 0..quantities.len() {
        let outcome = is_outcome(quantities, index, text, labels, plan);
        quantities[index].role = if outcome { Role::Outcome } else { Role::Context };
    }
}

fn is_outcome(quantities: &[Quantity], index: usize, text: &Text, labels: &[Label], plan: bool) -> bool {
    let quantity = &quantities[index];
    let clause = text.clause_of[quantity.tokens.start];
    if quantity.aside || plan && !has_happened(text, clause) || is_promised(text, clause) {
        return false;
    }
    // A line of notes: «Ожидание 4:10 → 0:55». What moved by itself is rarely worth a line.
    let noted = quantity.kind == QuantityKind::FromTo && labels[clause] != Label::T && text.clauses[clause].predicate.is_none();
    if labels[clause] != Label::R && !noted {
        return matches!(labels[clause], Label::A | Label::S) && is_achieved(text, quantity, clause);
    }
    if is_custom(text, quantity, clause) || is_actor(quantities, index, text) {
        return false;
    }
    let first = text.tokens[quantity.tokens.start].form();
    match quantity.kind {
        // «переехали к 20 августа», «заработала 18 мая, за два дня до срока», not «к 31 декабря ожили 412 счетов».
        QuantityKind::Date | QuantityKind::Clock => {
            (matches!(first, "к" | "до") && is_alone(quantities, index, text)
                || is_against_deadline(text, clause)
                || quantity.launch && is_alone(quantities, index, text))
                && is_done(text, clause)
        }
        QuantityKind::Duration if tells_when(text, quantity) => is_alone(quantities, index, text) && !is_backdrop(text, quantity),
        QuantityKind::Duration => !lasts(text, quantity, clause),
        _ => true,
    }
}

/// «теперь проверяем на одной группе», «звоню за десять минут»: how it is done since, not what came of it.
fn is_custom(text: &Text, quantity: &Quantity, clause: usize) -> bool {
    matches!(quantity.kind, QuantityKind::Count | QuantityKind::Duration | QuantityKind::Bare | QuantityKind::Clock)
        && quantity.direction.is_none()
        && text.clauses[clause].predicate.is_some_and(|verb| {
            let word = &text.tokens[verb].word;
            word.is(F::PRES.with(F::FIRST).with(F::SING))
        })
}

/// «один инженер стал закрывать 14 заявок»: who did what the other number of the clause tells.
fn is_actor(quantities: &[Quantity], index: usize, text: &Text) -> bool {
    let quantity = &quantities[index];
    let predicate = text.clauses[text.clause_of[quantity.tokens.start]].predicate;
    quantity.unit.as_deref() == Some("person")
        && quantity.value == Some(1.0)
        && predicate.is_some_and(|verb| quantity.tokens.end <= verb)
        && !is_alone(quantities, index, text)
}

/// Outside a result a number is scope far more often, but for what the teller brought about himself: «вырастил портфель с 12 до
/// 31 заказчика», «закрыла без суда 12 споров из 14», «перевёл в чат 60 % обращений».
fn is_achieved(text: &Text, quantity: &Quantity, clause: usize) -> bool {
    let tokens = &text.tokens[quantity.tokens.clone()];
    let measures = match quantity.kind {
        QuantityKind::FromTo | QuantityKind::Percent => true,
        QuantityKind::Share => tokens.iter().skip(1).any(|token| token.form() == "из") || tokens[0].form() == "из",
        _ => false,
    };
    let own = text.clauses[clause].subject == Subject::Narrator;
    // «не ниже 9 из 10» is what was asked for.
    measures
        && tokens[0].form() != "не"
        && text.clauses[clause].predicate.is_some_and(|verb| {
            let word = &text.tokens[verb].word;
            own && word.is(F::PAST.with(F::PERF))
                || quantity.kind == QuantityKind::Share && word.top().has(F::SHORT) && word.top().has(F::PARTICIPLE)
        })
}

/// «за два месяца», «через неделю», «на третий день»: when, and only sometimes how fast.
fn tells_when(text: &Text, quantity: &Quantity) -> bool {
    text.tokens[quantity.tokens.clone()]
        .iter()
        .any(|token| matches!(token.form(), "за" | "через" | "спустя") || token.word.top().any(F::ADJ | F::ORD))
}

/// «полгода он отвечал на письма»: how long something went on, no time reached («ждали четыре минуты»).
fn lasts(text: &Text, quantity: &Quantity, clause: usize) -> bool {
    let long = matches!(quantity.unit.as_deref(), Some("week" | "month" | "quarter" | "year"));
    long && quantity.direction.is_none()
        && text.clauses[clause].predicate.is_none_or(|verb| text.tokens[verb].word.is(F::PAST.with(F::IMP)))
}

/// «за последние два года», «в первые три недели»: a stretch of the story.
fn is_backdrop(text: &Text, quantity: &Quantity) -> bool {
    text.tokens[quantity.tokens.clone()]
        .iter()
        .any(|token| ["последний", "прошлый", "следующий", "ближайший", "год"].iter().any(|lemma| token.word.has_lemma(lemma)))
}

/// Does no other number of the clause say what was reached?
fn is_alone(quantities: &[Quantity], index: usize, text: &Text) -> bool {
    let clause = text.clause_of[quantities[index].tokens.start];
    let near = quantities[..index].iter().rev().take(3).chain(quantities[index + 1..].iter().take(3));
    !near
        .filter(|other| (text.clause_of[other.tokens.start]..=text.clause_of[other.tokens.end - 1]).contains(&clause))
        .any(|other| !matches!(other.kind, QuantityKind::Date | QuantityKind::Clock) && !other.aside)
}

/// «на два дня раньше плана», «за день до срока»: the clause says when it was due.
fn is_against_deadline(text: &Text, clause: usize) -> bool {
    let tokens = &text.tokens[text.clauses[clause].tokens.clone()];
    let compared = tokens.iter().any(|token| matches!(token.form(), "раньше" | "позже" | "до"));
    compared && tokens.iter().any(|token| ["план", "срок", "дедлайн"].iter().any(|lemma| token.word.has_lemma(lemma)))
}

/// A completed past, or a passive: «закрыли», «устранено».
fn is_done(text: &Text, clause: usize) -> bool {
    text.clauses[clause].predicate.is_some_and(|verb| {
        let word = &text.tokens[verb].word;
        word.is(F::PAST.with(F::PERF)) || word.top().has(F::SHORT)
    })
}

/// In a plan, a result of another story is told in the past.
fn has_happened(text: &Text, clause: usize) -> bool {
    text.clauses[clause].predicate.is_some_and(|verb| text.tokens[verb].word.is(F::PAST) && !text.tokens[verb].resolved.has(F::CND))
}

/// «снизили бы на 10 %», «вырастет до 90 %»: not yet.
fn is_promised(text: &Text, clause: usize) -> bool {
    text.clauses[clause].predicate.is_some_and(|verb| text.tokens[verb].resolved.has(F::CND) || text.tokens[verb].word.is(F::FUT))
}
