//! The walk over a text: every expression of quantity, its kind and value.

use super::compare::{self, Bond, Pair};
use super::draft::{self, Draft};
use super::lexicon::{Numeral, QuantityLexicon, UnitKind};
use super::measure::{self, Measure};
use super::numbers::{Shape, View};
use super::single::{kind_by_unit, single};
use super::{Quantity, QuantityKind, context, dates, lead, plain};
use crate::language::{Text, TokenKind};

/// All quantities of a text, in order; all are context until [`super::assign_roles`].
pub fn extract(text: &Text, lexicon: &QuantityLexicon) -> Vec<Quantity> {
    let view = View::new(text, lexicon);
    let mut found: Vec<Quantity> = Vec::new();
    let (mut at, mut floor) = (0, 0);
    while at < text.tokens.len() {
        match next(&view, at, floor) {
            Step::Found(draft) => {
                (at, floor) = (draft.tokens.end.max(at + 1), draft.tokens.end);
                found.push(draft::finish(&view, draft));
            }
            Step::Skip(end) => (at, floor) = (end.max(at + 1), end.max(at + 1)),
            Step::Nothing => at += 1,
        }
    }
    draft::periods(&view, &mut found);
    found
}

enum Step {
    Found(Draft),
    /// Figures that count nothing.
    Skip(usize),
    Nothing,
}

fn next(view: &View, at: usize, floor: usize) -> Step {
    let entry = &view.entries[at];
    let token = &view.text.tokens[at];
    if (entry.opens_phrase || matches!(token.form(), "ни" | "без" | "раз" | "за"))
        && let Some(draft) = plain::read(view, at, floor)
    {
        return Step::Found(draft);
    }
    if entry.numeral.is_none()
        && token.kind != TokenKind::Number
        && token.form() != "пол"
        && !token.form().ends_with(|c: char| c.is_ascii_digit())
    {
        return Step::Nothing;
    }
    if is_enumerator(view, at) {
        return Step::Skip(at + 2);
    }
    let Some(measure) = measure::read(view, at, floor) else { return Step::Nothing };
    if measure.shape == Shape::Name || is_product(view, &measure, floor) || is_address(view, &measure) {
        return Step::Skip(measure.end);
    }
    if let Some(draft) = dates::rota(view, &measure) {
        return Step::Found(draft);
    }
    if let Some(draft) = dates::read(view, &measure, floor) {
        return Step::Found(draft);
    }
    if let Some(pair) = compare::pair(view, &measure, floor) {
        return Step::Found(paired(view, &pair, floor));
    }
    match single(view, &measure, floor) {
        Some(draft) => Step::Found(draft),
        None => Step::Nothing,
    }
}

/// «1) показать, 2) записать»: the number of a point.
fn is_enumerator(view: &View, at: usize) -> bool {
    let opened = || (at.saturating_sub(8)..at).rev().find(|before| matches!(view.form(*before), "(" | ")")).map(|before| view.form(before));
    view.text.tokens[at].kind == TokenKind::Number
        && view.text.tokens.get(at + 1).is_some_and(|next| next.form() == ")")
        && opened() != Some("(")
}

/// «iPhone 15», «Windows 10»: a bare number after a foreign name that is no metric.
fn is_product(view: &View, measure: &Measure, floor: usize) -> bool {
    if !measure.is_bare() || measure.shape != Shape::Digits || measure.start <= floor || measure.signed.is_some() {
        return false;
    }
    let before = &view.text.tokens[measure.start - 1];
    let name = before.text(view.text.prose);
    before.kind == TokenKind::Word
        && name.is_ascii()
        && name.starts_with(|c: char| c.is_ascii_uppercase())
        && !view.entries[measure.start - 1].metric_name
        && !name.chars().all(|c| c.is_ascii_uppercase())
}

/// «на Лесную, 4»: the house of a street.
fn is_address(view: &View, measure: &Measure) -> bool {
    let at = measure.start;
    if !measure.is_bare() || measure.shape != Shape::Digits || at < 3 || view.form(at - 1) != "," {
        return false;
    }
    let street = &view.text.tokens[at - 2];
    let named = street.kind == TokenKind::Word
        && street.text(view.text.prose).starts_with(char::is_uppercase)
        && !street.text(view.text.prose).chars().all(char::is_uppercase);
    named && matches!(view.form(at - 3), "на" | "ул" | "ул." | "улица" | "улице" | "улицу" | "пр." | "проспект" | "проспекте")
}

fn paired(view: &View, pair: &Pair, floor: usize) -> Draft {
    let (now, other) = (&pair.now, &pair.other);
    let unit = now.unit.or(other.unit);
    let noun = now.noun.or(other.noun);
    let kind_of = unit.map(|unit| view.lexicon.unit(unit).kind);
    let mut start = lead::extend(view, pair.start, floor);
    if unit.is_none() && noun.is_none() {
        start = lead::metric_name(view, start, floor).unwrap_or(start);
    }
    let end = pair.end.max(now.end);
    // «с трёх дней до четырёх часов»: both in the unit that holds now.
    let mut from = other.value;
    if let (Some(mine), Some(its)) = (now.unit, other.unit) {
        let (mine, its) = (view.lexicon.unit(mine), view.lexicon.unit(its));
        if mine.kind == UnitKind::Time && its.kind == UnitKind::Time && mine.id != its.id {
            from = from * its.seconds / mine.seconds;
        }
    }
    let mut value = now.value;
    // «с шести до тринадцати тысяч»: the scale is said once.
    if let Some(scale) = scale_of(view, now).filter(|scale| other.value < *scale && value / *scale < 1000.0) {
        from *= scale;
    } else if let Some(scale) = scale_of(view, other).filter(|scale| value < *scale && other.value / *scale < 1000.0) {
        value *= scale;
    }
    let clocks = matches!(now.shape, Shape::Clock) || matches!(other.shape, Shape::Clock);
    let date = matches!(now.shape, Shape::Date) || now.shape == Shape::Ordinal && now.is_bare();
    let moved = context::direction(view, &(start..end)).is_some();
    let hours = unit.is_none()
        && noun.is_none()
        && pair.bond == Bond::FromTo
        && now.value <= 24.0
        && other.value <= 24.0
        && view.form(pair.start) == "с"
        && !moved;
    let kind = match pair.bond {
        _ if date => QuantityKind::Date,
        _ if clocks || hours => QuantityKind::Clock,
        Bond::Share => QuantityKind::Share,
        // «сократить от 10 до 5» goes down, so it is a change; «от 5 до 10» is a range.
        Bond::Range if !(moved && value < from) => kind_by_unit(kind_of, QuantityKind::Count),
        Bond::Range | Bond::FromTo => QuantityKind::FromTo,
    };
    let unit = unit.map(|unit| view.lexicon.unit(unit).id.to_string()).or_else(|| noun.map(|_| "count".to_string()));
    let unit = if pair.bond == Bond::Share { Some("share".into()) } else { unit };
    Draft { tokens: start..end, kind, value: Some(value), from: Some(from), unit, noun, signed: None }
}

fn scale_of(view: &View, measure: &Measure) -> Option<f64> {
    (measure.start..measure.end).rev().find_map(|at| match view.numeral(at) {
        Some(Numeral::Scale(scale)) => Some(scale),
        _ => None,
    })
}
