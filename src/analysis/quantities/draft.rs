//! From an expression to a quantity: the clause is asked for direction, metric and period.

use std::ops::Range;

use super::numbers::View;
use super::{Quantity, QuantityKind, aside, context};
use crate::report::{Direction, Role};

/// An expression before its clause has been asked.
pub struct Draft {
    pub tokens: Range<usize>,
    pub kind: QuantityKind,
    pub value: Option<f64>,
    pub from: Option<f64>,
    pub unit: Option<String>,
    pub noun: Option<usize>,
    pub signed: Option<bool>,
}

/// Ask the clause for direction and metric.
pub fn finish(view: &View, draft: Draft) -> Quantity {
    let measured = !matches!(draft.kind, QuantityKind::Date | QuantityKind::Clock);
    let way = measured.then(|| context::direction(view, &draft.tokens)).flatten();
    let compared = match (draft.kind, draft.from, draft.value) {
        (QuantityKind::FromTo, Some(from), Some(value)) if from < value => Some(Direction::Up),
        (QuantityKind::FromTo, Some(from), Some(value)) if from > value => Some(Direction::Down),
        _ => None,
    };
    let signed = draft.signed.map(|plus| if plus { Direction::Up } else { Direction::Down });
    let moves = matches!(
        draft.kind,
        QuantityKind::Change
            | QuantityKind::FromTo
            | QuantityKind::Percent
            | QuantityKind::Money
            | QuantityKind::Count
            | QuantityKind::Bare
            | QuantityKind::Duration
    );
    let direction = compared.or(signed).or_else(|| way.map(|(way, _)| way).filter(|_| moves));
    let counted = draft.noun.filter(|_| draft.unit.as_deref() != Some("percent"));
    let moved = matches!(draft.kind, QuantityKind::FromTo | QuantityKind::Change) && way.is_some();
    let metric = if !measured {
        None
    } else if let (true, Some(words)) = (moved && counted.is_some(), context::metric(view, &draft.tokens, way.map(|(_, at)| at))) {
        Some(words)
    } else if let Some(noun) = counted.filter(|_| !matches!(draft.kind, QuantityKind::Duration)) {
        Some(view.text.slice(noun..noun + 1).to_string())
    } else if view.entries[draft.tokens.start].metric_name {
        Some(view.text.slice(draft.tokens.start..draft.tokens.start + 1).to_string())
    } else {
        context::metric(view, &draft.tokens, way.map(|(_, at)| at))
    };
    let draft_tokens = draft.tokens.clone();
    Quantity {
        span: view.text.span(draft.tokens.clone()),
        tokens: draft.tokens,
        kind: draft.kind,
        role: Role::Context,
        value: draft.value.map(tidy),
        from: draft.from.map(tidy),
        unit: draft.unit,
        direction,
        metric,
        period: None,
        launch: is_launch(view, &draft_tokens, draft.kind),
        baseline: aside::is_baseline(view, &draft_tokens),
        aside: aside::is_aside(view, &draft_tokens, draft.kind),
    }
}

/// «открылись четырнадцатого ноября», «связь вернулась в 23:40», but not «открыли в 2020 году».
fn is_launch(view: &View, tokens: &Range<usize>, kind: QuantityKind) -> bool {
    let clause = &view.text.clauses[view.text.clause_of[tokens.start]];
    let to_the_day = kind == QuantityKind::Clock
        || kind == QuantityKind::Date && tokens.len() > 1 && !tokens.clone().any(|at| view.text.tokens[at].word.has_lemma("год"));
    to_the_day && clause.predicate.is_some_and(|verb| view.entries[verb].launch)
}

/// Sums of fractions without the dust of binary figures.
fn tidy(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// The time over which a number was reached: another quantity of its sentence, or a plain «за квартал».
pub fn periods(view: &View, found: &mut [Quantity]) {
    let is_period = |quantity: &Quantity| {
        quantity.kind == QuantityKind::Duration && matches!(view.form(quantity.tokens.start), "за" | "через" | "спустя" | "в")
    };
    for index in 0..found.len() {
        let quantity = &found[index];
        if matches!(quantity.kind, QuantityKind::Date | QuantityKind::Clock | QuantityKind::Duration) {
            continue;
        }
        let sentence = view.text.sentence_of(view.text.clause_of[quantity.tokens.start]);
        let near = |other: &&Quantity| sentence.contains(&other.tokens.start) && is_period(other) && view.form(other.tokens.start) != "в";
        let tokens = found[..index]
            .iter()
            .rev()
            .take(3)
            .find(near)
            .or_else(|| found[index + 1..].iter().take(3).find(near))
            .map(|other| other.tokens.clone());
        let tokens = tokens.or_else(|| context::plain_period(view, &quantity.tokens));
        found[index].period = tokens.map(|tokens| view.text.slice(tokens).to_string());
    }
}
