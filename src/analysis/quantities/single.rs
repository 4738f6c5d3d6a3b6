//! One measure alone: its kind, and whether it is a quantity at all.

use super::draft::Draft;
use super::lexicon::{Numeral, UnitKind};
use super::measure::Measure;
use super::numbers::{Shape, View};
use super::{QuantityKind, context, lead};
use crate::language::Features as F;

pub fn kind_by_unit(kind: Option<UnitKind>, otherwise: QuantityKind) -> QuantityKind {
    match kind {
        Some(UnitKind::Percent) => QuantityKind::Percent,
        Some(UnitKind::Money) => QuantityKind::Money,
        Some(UnitKind::Time) => QuantityKind::Duration,
        Some(UnitKind::Point | UnitKind::Score | UnitKind::Noun | UnitKind::Times) => QuantityKind::Count,
        None => otherwise,
    }
}

pub fn count_unit(view: &View, noun: Option<usize>) -> String {
    noun.and_then(|noun| view.entries[noun].unit).map_or_else(|| "count".to_string(), |unit| view.lexicon.unit(unit).id.to_string())
}

pub fn single(view: &View, measure: &Measure, floor: usize) -> Option<Draft> {
    let unit_kind = measure.kind(view);
    let start = lead::extend(view, measure.start, floor);
    let leads =
        |word: &str| (start..measure.start).any(|at| view.form(at) == word) || (measure.start..measure.end).any(|at| view.form(at) == word);
    let every = (start..measure.start).any(|at| view.text.tokens[at].word.has_lemma("каждый"));
    let mut draft = Draft {
        tokens: start..measure.end,
        kind: QuantityKind::Bare,
        value: Some(measure.value),
        from: measure.low,
        unit: measure.unit.map(|unit| view.lexicon.unit(unit).id.to_string()).or_else(|| measure.noun.map(|_| "count".to_string())),
        noun: measure.noun,
        signed: measure.signed,
    };
    let on = leads("на");
    match measure.shape {
        // «двойную оплату»: an attribute changes nothing; «двойные записи» are pairs.
        Shape::Multiple if view.text.tokens[measure.start].word.is(F::ADJ) => {
            if view.text.tokens[measure.start].word.is(F::PLUR) {
                return None;
            }
            draft.kind = QuantityKind::Count;
            draft.unit = Some("times".into());
        }
        Shape::Multiple => {
            draft.kind = QuantityKind::Change;
            draft.unit = Some("times".into());
        }
        Shape::Repeat => {
            draft.kind = QuantityKind::Count;
            draft.unit = Some("times".into());
        }
        Shape::Share => {
            if unit_kind == Some(UnitKind::Time) {
                quarter(view, &mut draft, measure);
            } else {
                draft.kind = if on || matches!(view.form(measure.start), "наполовину" | "вполовину") {
                    QuantityKind::Change
                } else {
                    QuantityKind::Share
                };
                draft.unit = Some("share".into());
            }
        }
        Shape::Ordinal if every => {
            draft.kind = QuantityKind::Share;
            draft.value = Some(1.0 / measure.value);
            draft.unit = Some("share".into());
        }
        Shape::Ordinal => {
            let unit = measure.unit.map_or("", |unit| &view.lexicon.unit(unit).id);
            let several = view.text.tokens[measure.start].word.is(F::PLUR) && view.text.tokens[measure.end - 1].word.is(F::PLUR);
            if unit_kind != Some(UnitKind::Time) || matches!(unit, "shift" | "season") || several && !view.is_digits(measure.start) {
                return None;
            }
            if view.entries[measure.end - 1].hours && view.form(measure.end - 1) != "день" {
                // «на второй день», but «третье утро» and «первый вечер» tell when.
                draft.kind = QuantityKind::Date;
            } else {
                draft.kind = QuantityKind::Duration;
            }
        }
        _ if measure.value == 0.0 => {
            if start < measure.start && view.form(measure.start - 1) == "с"
                || measure.start > floor
                    && matches!(view.form(measure.start - 1), "с" | "до")
                    && measure.is_bare()
                    && !view.is_digits(measure.start)
            {
                return None;
            }
            draft.kind = QuantityKind::Zero;
            draft.unit = draft.unit.or_else(|| Some("count".into()));
        }
        _ => {
            if is_indefinite_one(view, measure, start) {
                return None;
            }
            draft.kind = kind_by_unit(unit_kind, if measure.noun.is_some() { QuantityKind::Count } else { QuantityKind::Bare });
            if measure.shape == Shape::Collective {
                draft.kind = QuantityKind::Count;
                draft.unit = draft.unit.filter(|unit| unit != "count").or_else(|| Some("person".into()));
            }
            let compared = view.entries.get(measure.end).is_some_and(|entry| entry.direction.is_some());
            let times = unit_kind == Some(UnitKind::Times) && (leads("в") || leads("во"));
            let shifted = on && (compared || measure.noun.is_none() && context::direction(view, &draft.tokens).is_some());
            let by_points = on && matches!(unit_kind, Some(UnitKind::Percent | UnitKind::Point)) && measure.noun.is_none();
            if times || measure.signed.is_some() || shifted || by_points {
                draft.kind = QuantityKind::Change;
            }
        }
    }
    if measure.is_bare() && matches!(measure.shape, Shape::Digits | Shape::Words) {
        draft.tokens.start = lead::metric_name(view, draft.tokens.start, floor).unwrap_or(draft.tokens.start);
    }
    Some(draft)
}

/// «четверть часа», «три четверти часа».
fn quarter(view: &View, draft: &mut Draft, measure: &Measure) {
    draft.kind = QuantityKind::Duration;
    if let Some("hour") = measure.unit.map(|unit| &*view.lexicon.unit(unit).id) {
        draft.value = Some((measure.value * 60.0).round());
        draft.unit = Some("minute".into());
    }
}

/// «один клиент позвонил», «одна из причин»: one of some, no count.
fn is_indefinite_one(view: &View, measure: &Measure, start: usize) -> bool {
    if measure.value != 1.0
        || view.is_digits(measure.start)
        || measure.shape != Shape::Words
        || view.entries[measure.start].numeral != Some(Numeral::Cardinal(1.0))
    {
        return false;
    }
    if view.form(measure.end) == "из" || view.form(measure.start.wrapping_sub(1)) == "ни" {
        return true;
    }
    let counted = measure.unit.is_some();
    let led = start < measure.start
        && (start..measure.start).any(|at| {
            matches!(view.form(at), "за" | "по" | "только" | "всего" | "лишь" | "еще" | "минимум" | "ровно" | "каждый" | "каждые")
        });
    let plural = view.text.tokens[measure.start].word.is(F::PLUR);
    plural || !(counted || led && measure.noun.is_some())
}
