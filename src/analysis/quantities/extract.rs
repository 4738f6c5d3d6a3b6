//! The walk over a text: every expression of quantity, its kind and value.

use std::ops::Range;

use super::compare::{self, Bond, Pair};
use super::lexicon::{Numeral, QuantityLexicon, UnitKind};
use super::measure::{self, Measure};
use super::numbers::{Shape, View};
use super::{Quantity, QuantityKind, context, lead};
use crate::language::{Features as F, Text, TokenKind};
use crate::report::{Direction, Role};

/// An expression before its clause has been asked.
struct Draft {
    tokens: Range<usize>,
    kind: QuantityKind,
    value: Option<f64>,
    from: Option<f64>,
    unit: Option<String>,
    noun: Option<usize>,
    signed: Option<bool>,
}

/// All quantities of a text, in order; all are context until [`super::assign_roles`].
pub fn extract(text: &Text, lexicon: &QuantityLexicon) -> Vec<Quantity> {
    let view = View::new(text, lexicon);
    let mut found: Vec<Quantity> = Vec::new();
    let (mut at, mut floor) = (0, 0);
    while at < text.tokens.len() {
        match next(&view, at, floor) {
            Step::Found(draft) => {
                (at, floor) = (draft.tokens.end.max(at + 1), draft.tokens.end);
                found.push(finish(&view, draft));
            }
            Step::Skip(end) => (at, floor) = (end.max(at + 1), end.max(at + 1)),
            Step::Nothing => at += 1,
        }
    }
    periods(&view, &mut found);
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
    if entry.opens_phrase || matches!(token.form(), "ни" | "без" | "раз" | "за") {
        if let Some(draft) =
            phrase(view, at).or_else(|| zero(view, at)).or_else(|| frequency(view, at, floor)).or_else(|| at_once(view, at))
        {
            return Step::Found(draft);
        }
    }
    if entry.numeral.is_none()
        && token.kind != TokenKind::Number
        && token.form() != "пол"
        && !token.form().ends_with(|c: char| c.is_ascii_digit())
    {
        return Step::Nothing;
    }
    let Some(measure) = measure::read(view, at, floor) else { return Step::Nothing };
    if measure.shape == Shape::Name || is_product(view, &measure, floor) || is_address(view, &measure) {
        return Step::Skip(measure.end);
    }
    if let Some(draft) = schedule(view, &measure) {
        return Step::Found(draft);
    }
    if let Some(draft) = date_or_clock(view, &measure, floor) {
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
    let alone = !clause.tokens.clone().any(|other| {
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

/// «2/2», «5/2»: a rota.
fn schedule(view: &View, measure: &Measure) -> Option<Draft> {
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
fn date_or_clock(view: &View, measure: &Measure, floor: usize) -> Option<Draft> {
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
        if worded && before == "с" && matches!(view.form(end), "по" | "до") {
            if let Some(second) = measure::read(view, end + 1, end + 1).filter(|second| year(second.value)) {
                end = second.end;
            }
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
    {
        if let Some(minutes) =
            measure::read(view, at, at).filter(|next| next.start == at && next.is_bare() && next.shape == Shape::Words && next.value < 60.0)
        {
            return dated(QuantityKind::Clock, minutes.end, None);
        }
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
    } else if other.unit.is_none()
        && other.noun.is_none()
        && now.value >= 1000.0
        && other.value < 1000.0
        && view.numeral(now.end.saturating_sub(1)).is_some()
    {
        // «с шести до тринадцати тысяч» names the scale once.
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

fn kind_by_unit(kind: Option<UnitKind>, otherwise: QuantityKind) -> QuantityKind {
    match kind {
        Some(UnitKind::Percent) => QuantityKind::Percent,
        Some(UnitKind::Money) => QuantityKind::Money,
        Some(UnitKind::Time) => QuantityKind::Duration,
        Some(UnitKind::Point | UnitKind::Score | UnitKind::Noun | UnitKind::Times) => QuantityKind::Count,
        None => otherwise,
    }
}

fn count_unit(view: &View, noun: Option<usize>) -> String {
    noun.and_then(|noun| view.entries[noun].unit).map_or_else(|| "count".to_string(), |unit| view.lexicon.unit(unit).id.to_string())
}

fn single(view: &View, measure: &Measure, floor: usize) -> Option<Draft> {
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
            if is_indefinite_one(view, measure, start, floor) {
                return None;
            }
            draft.kind = kind_by_unit(unit_kind, if measure.noun.is_some() { QuantityKind::Count } else { QuantityKind::Bare });
            if measure.shape == Shape::Collective {
                draft.kind = QuantityKind::Count;
                draft.unit = draft.unit.filter(|unit| unit != "count").or_else(|| Some("person".into()));
            }
            let compared = view.entries.get(measure.end).is_some_and(|entry| entry.direction.is_some());
            if unit_kind == Some(UnitKind::Times) && (leads("в") || leads("во")) {
                draft.kind = QuantityKind::Change;
            } else if measure.signed.is_some()
                || on && (compared || measure.noun.is_none() && context::direction(view, &draft.tokens).is_some())
            {
                draft.kind = QuantityKind::Change;
            } else if on && matches!(unit_kind, Some(UnitKind::Percent | UnitKind::Point)) && measure.noun.is_none() {
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
fn is_indefinite_one(view: &View, measure: &Measure, start: usize, floor: usize) -> bool {
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
    let _ = floor;
    plural || !(counted || led && measure.noun.is_some())
}

/// Ask the clause for direction and metric.
fn finish(view: &View, draft: Draft) -> Quantity {
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
        aside: is_aside(view, &draft_tokens, draft.kind),
    }
}

/// Does the number say how, how often or on whom something was measured, so that it is no result itself?
fn is_aside(view: &View, tokens: &Range<usize>, kind: QuantityKind) -> bool {
    let first = view.form(tokens.start);
    let often = first == "раз" && tokens.len() > 1
        || tokens.clone().any(|at| view.text.tokens[at].word.has_lemma("каждый")) && kind == QuantityKind::Duration;
    let planned = first == "при" || tokens.start > 0 && first == "из" && kind == QuantityKind::Count;
    let attribute = kind == QuantityKind::Count && matches!(view.numeral(tokens.start), Some(Numeral::Multiple(_)));
    let clause = &view.text.clauses[view.text.clause_of[tokens.start]];
    let method = !matches!(kind, QuantityKind::FromTo | QuantityKind::Change)
        && (clause.predicate.is_some_and(|verb| view.entries[verb].method)
            || clause.tokens.clone().any(|at| view.entries[at].method && view.text.tokens[at].word.is(F::NOUN)));
    let norm = kind != QuantityKind::FromTo
        && (tokens.start.saturating_sub(2)..tokens.start)
            .any(|at| view.entries[at].norm && view.text.clause_of[at] == view.text.clause_of[tokens.start]);
    norm || often || planned || attribute || method
}

/// Sums of fractions without the dust of binary figures.
fn tidy(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// The time over which a number was reached: another quantity of its sentence, or a plain «за квартал».
fn periods(view: &View, found: &mut [Quantity]) {
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
