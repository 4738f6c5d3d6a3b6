//! Dates, hours and rotas: numbers that tell when.

use super::draft::Draft;
use super::lexicon::{Numeral, UnitKind};
use super::measure::{self, Measure};
use super::numbers::{Shape, View};
use super::{QuantityKind, lead};

/// «2/2», «5/2»: a rota.
pub fn rota(view: &View, measure: &Measure) -> Option<Draft> {
    let slash = measure.end;
    let rota = measure.is_bare()
        && measure.shape == Shape::Digits
        && view.form(slash) == "/"
        && view.is_digits(slash + 1)
        && view.touches(slash - 1)
        && view.touches(slash);
    rota.then(|| Draft {
        tokens: measure.start..slash + 2,
        kind: QuantityKind::Bare,
        value: Some(measure.value),
        from: None,
        unit: None,
        noun: None,
        signed: None,
    })
}

const FIRST_YEAR: f64 = 1950.0;
const LAST_YEAR: f64 = 2100.0;

/// «в 2021 году», «31 декабря», «к 9:30», «в девять утра», «к половине четвёртого».
pub fn read(view: &View, measure: &Measure, floor: usize) -> Option<Draft> {
    let dated = |kind, end: usize, value: Option<f64>| {
        let start = lead::extend(view, measure.start, floor);
        Some(Draft { tokens: start..end, kind, value, from: None, unit: None, noun: None, signed: None })
    };
    match measure.shape {
        Shape::Clock => return dated(QuantityKind::Clock, clock_end(view, measure.end), None),
        Shape::Date => return dated(QuantityKind::Date, measure.end, None),
        _ => {}
    }
    let at = measure.end;
    let entry = view.entries.get(at).copied().unwrap_or_default();
    let before = if measure.start > floor { view.form(measure.start - 1) } else { "" };
    let whole = measure.value.fract() == 0.0;
    let unit = measure.kind(view);
    let year = |value: f64| (FIRST_YEAR..LAST_YEAR).contains(&value) && value.fract() == 0.0;
    let yearly = measure.unit.is_some_and(|unit| &*view.lexicon.unit(unit).id == "year");
    if year(measure.value) && matches!(measure.shape, Shape::Digits | Shape::Ordinal) && (yearly || measure.is_bare()) {
        let mut end = measure.end;
        let month = measure.start > floor && view.entries[measure.start - 1].month;
        let worded = yearly
            || measure.shape == Shape::Ordinal
            || month
            || matches!(before, "в" | "с" | "до" | "к" | "за" | "на" | "от" | "по")
            || measure.low.is_some_and(year);
        // «с 2018-го по 2023-й»
        if worded
            && before == "с"
            && matches!(view.form(end), "по" | "до")
            && let Some(second) = measure::read(view, end + 1, end + 1).filter(|second| year(second.value))
        {
            end = second.end;
        }
        return worded.then(|| dated(QuantityKind::Date, end, Some(measure.value))).flatten();
    }
    if whole
        && (1.0..=31.0).contains(&measure.value)
        && entry.month
        && measure.is_bare()
        && matches!(measure.shape, Shape::Digits | Shape::Words | Shape::Ordinal)
    {
        let mut end = at + 1;
        if let Some(second) = measure::read(view, end, end).filter(|second| year(second.value)) {
            end = second.end;
            if view.form(end) == "года" || view.form(end) == "г." {
                end += 1;
            }
        }
        return dated(QuantityKind::Date, end, None);
    }
    if measure.shape == Shape::Ordinal && measure.is_bare() && whole && (view.is_digits(measure.start) || entry_is_date(view, at)) {
        let end = if entry_is_date(view, at) { at + 1 } else { at };
        return dated(QuantityKind::Date, end, None);
    }
    // «в девять утра», «в два часа ночи», «девять вечера»
    let hour = |end: usize| matches!(view.form(end), "утра" | "вечера" | "ночи") || view.form(end) == "дня" && unit == Some(UnitKind::Time);
    let own = view.form(at.saturating_sub(1));
    let as_unit = matches!(own, "утра" | "вечера" | "ночи")
        && unit == Some(UnitKind::Time)
        && (matches!(before, "в" | "к" | "до" | "с" | "после" | "около" | "") || measure.start == floor)
        && measure.value >= 5.0
        || own == "ночи" && before == "в"
        || own == "утра"
        || own == "вечера";
    if whole
        && measure.value <= 24.0
        && matches!(measure.shape, Shape::Digits | Shape::Words)
        && unit.is_none_or(|unit| unit == UnitKind::Time)
        && (as_unit || hour(at))
    {
        return dated(QuantityKind::Clock, if as_unit { at } else { at + 1 }, Some(measure.value));
    }
    // «в семь десять»
    if whole
        && measure.value <= 24.0
        && measure.is_bare()
        && measure.shape == Shape::Words
        && matches!(before, "в" | "к" | "до" | "с" | "после")
        && let Some(minutes) =
            measure::read(view, at, at).filter(|next| next.start == at && next.is_bare() && next.shape == Shape::Words && next.value < 60.0)
    {
        return dated(QuantityKind::Clock, minutes.end, None);
    }
    // «в половине одиннадцатого»
    if measure.shape == Shape::Share && matches!(view.numeral(at), Some(Numeral::Ordinal(_))) {
        return dated(QuantityKind::Clock, clock_end(view, at + 1), None);
    }
    None
}

fn entry_is_date(view: &View, at: usize) -> bool {
    matches!(view.form(at), "числа" | "число" | "числу") || view.entries.get(at).is_some_and(|entry| entry.month)
}

fn clock_end(view: &View, end: usize) -> usize {
    if matches!(view.form(end), "утра" | "вечера" | "ночи" | "дня") { end + 1 } else { end }
}
