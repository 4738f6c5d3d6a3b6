//! A number with its unit: «12 операторов», «1,5 млн ₽», «минут десять», «10–12 минут», «час 20 минут».

use super::lexicon::{Numeral, UnitId, UnitKind};
use super::numbers::{self, Number, Shape, View};
use crate::language::{Features as F, TokenKind};

/// A number and what it counts.
#[derive(Debug, Clone, Copy)]
pub struct Measure {
    pub start: usize,
    pub end: usize,
    pub value: f64,
    /// The lower bound of a range.
    pub low: Option<f64>,
    pub shape: Shape,
    pub unit: Option<UnitId>,
    /// The noun that is counted.
    pub noun: Option<usize>,
    /// A plus or minus stands before it.
    pub signed: Option<bool>,
}

impl Measure {
    pub fn kind(&self, view: &View) -> Option<UnitKind> {
        self.unit.map(|unit| view.lexicon.unit(unit).kind)
    }

    /// Neither unit nor noun.
    pub fn is_bare(&self) -> bool {
        self.unit.is_none() && self.noun.is_none()
    }
}

/// Attributes that may stand between a number and its noun.
const ATTRIBUTES: usize = 3;

/// The measure whose number begins at `at`; words before `floor` belong to another.
pub fn read(view: &View, at: usize, floor: usize) -> Option<Measure> {
    let number = numbers::read(view, at)?;
    let limit = view.sentence_end(at);
    let mut measure = Measure {
        start: at,
        end: number.end.min(limit),
        value: number.value,
        low: None,
        shape: number.shape,
        unit: number.unit,
        noun: None,
        signed: None,
    };
    if matches!(number.shape, Shape::Name | Shape::Date | Shape::Clock) {
        return Some(measure);
    }
    if matches!(number.shape, Shape::Digits | Shape::Words | Shape::Ordinal) {
        range(view, &mut measure, limit);
        part(view, &mut measure);
    }
    let number_end = measure.end;
    unit_after(view, &mut measure, limit);
    if measure.is_bare() || measure.kind(view).is_none() {
        currency_before(view, &mut measure, floor);
    }
    if matches!(measure.shape, Shape::Digits | Shape::Words | Shape::Collective)
        && !measure.kind(view).is_some_and(|kind| kind != UnitKind::Noun)
    {
        inverted(view, &mut measure, number_end, floor);
    }
    second_unit(view, &mut measure, limit);
    smaller_unit(view, &mut measure, limit);
    sign_before(view, &mut measure, floor);
    Some(measure)
}

/// «10–12», «две-три».
fn range(view: &View, measure: &mut Measure, limit: usize) {
    let dash = measure.end;
    if dash + 1 >= limit || !matches!(view.form(dash), "-" | "–" | "—") {
        return;
    }
    let close = view.touches(dash - 1) && view.touches(dash);
    let both_digits = view.is_digits(dash - 1) && view.is_digits(dash + 1) && view.form(dash) != "—";
    if !close && !both_digits {
        return;
    }
    let Some(second) = numbers::read(view, dash + 1) else { return };
    if second.shape != measure.shape
        && !(second.shape == Shape::Ordinal || second.shape == Shape::Collective && measure.shape == Shape::Words)
    {
        return;
    }
    // «1,5–2 млн»: the scale is said once.
    let scale = match view.numeral(second.end - 1) {
        Some(Numeral::Scale(scale)) => scale,
        _ if second.value >= 1000.0 && measure.value < 1000.0 && view.text.tokens[dash + 1].form().ends_with(char::is_alphabetic) => 1000.0,
        _ => 1.0,
    };
    measure.low = Some(if measure.value < scale { measure.value * scale } else { measure.value });
    measure.value = second.value;
    measure.unit = measure.unit.or(second.unit);
    measure.end = second.end;
}

/// «две трети», «три четверти».
fn part(view: &View, measure: &mut Measure) {
    if let Some(Numeral::Share(share)) = view.numeral(measure.end)
        && measure.value < 10.0
        && share < 0.5
    {
        measure.value = if (measure.value * share * 3.0 - 2.0).abs() < 0.01 { 0.667 } else { measure.value * share };
        measure.shape = Shape::Share;
        measure.end += 1;
    }
}

fn unit_after(view: &View, measure: &mut Measure, limit: usize) {
    let at = measure.end;
    if measure.unit.is_some() || at >= limit {
        return;
    }
    if let Some(end) = points(view, at) {
        measure.unit = view.lexicon.unit_of("пп");
        measure.end = end;
        return;
    }
    if view.form(at) == "с" && measure.shape == Shape::Digits && seconds(view, at) {
        measure.unit = view.lexicon.unit_of("сек");
        measure.end = at + 1;
        return;
    }
    if let Some(unit) = view.entries[at].unit
        && take_unit(view, measure, unit, at)
    {
        counted_after_unit(view, measure, limit);
        return;
    }
    let mut place = at;
    while place < limit && place < at + ATTRIBUTES && is_attribute(view, place) {
        place += 1;
    }
    // «шестнадцать рабочих дней», «140 переоткрытых тикетов»
    if place < limit && is_counted(view, place, measure) {
        let entry = view.entries[place];
        measure.unit = entry.unit;
        measure.noun = Some(place);
        measure.end = place + 1;
    } else if measure.shape == Shape::Share {
        counted_after_unit(view, measure, limit);
    }
}

/// «п. п.», «п.п.», «процентных пункта».
fn points(view: &View, at: usize) -> Option<usize> {
    let is_p = |place: usize| matches!(view.form(place), "п" | "п.");
    let skip_dot = |place: usize| if view.form(place) == "." && view.touches(place - 1) { place + 1 } else { place };
    if is_p(at) {
        let next = skip_dot(at + 1);
        if is_p(next) {
            return Some(next + 1);
        }
    }
    if view.form(at).starts_with("процентн") && view.text.tokens.get(at + 1).is_some_and(|token| token.word.has_lemma("пункт"))
    {
        return Some(at + 2);
    }
    None
}

/// Is «с» after a number the second and not the preposition? Nothing it could govern follows.
fn seconds(view: &View, at: usize) -> bool {
    match view.text.tokens.get(at + 1) {
        None => true,
        Some(next) => next.kind == TokenKind::Punct && next.form() != "«" || next.word.top().has(F::ADP),
    }
}

fn take_unit(view: &View, measure: &mut Measure, unit: UnitId, at: usize) -> bool {
    let kind = view.lexicon.unit(unit).kind;
    let token = &view.text.tokens[at];
    // «двое менеджеров», but no «трое процентов»; an adjective «минутный» counts nothing after a space.
    if token.word.is(F::ADJ) && token.kind == TokenKind::Word && kind != UnitKind::Percent {
        return false;
    }
    if measure.shape == Shape::Repeat || measure.shape == Shape::Multiple || measure.shape == Shape::Ordinal && kind != UnitKind::Time {
        return false;
    }
    measure.unit = Some(unit);
    measure.end = at + 1;
    if kind == UnitKind::Noun {
        measure.noun = Some(at);
    }
    true
}

/// «58 % пациентов», «половина обращений»: what the share is of.
fn counted_after_unit(view: &View, measure: &mut Measure, limit: usize) {
    if measure.kind(view) == Some(UnitKind::Percent) || measure.shape == Shape::Share && measure.unit.is_none() {
        let at = measure.end;
        if at < limit && is_genitive_noun(view, at) && view.entries[at].direction.is_none() {
            measure.noun = Some(at);
            measure.end = at + 1;
        }
    }
}

fn is_genitive_noun(view: &View, at: usize) -> bool {
    let token = &view.text.tokens[at];
    token.kind == TokenKind::Word
        && token.word.is(F::NOUN)
        && token.word.can_be(F::GEN)
        && view.entries[at].numeral.is_none()
        && view.entries[at].unit.is_none_or(|unit| view.lexicon.unit(unit).kind == UnitKind::Noun)
}

/// An adjective, participle or pronoun between a number and its noun.
fn is_attribute(view: &View, at: usize) -> bool {
    let token = &view.text.tokens[at];
    if token.kind != TokenKind::Word || view.entries[at].numeral.is_some() {
        return false;
    }
    let top = token.word.top();
    (top.any(F::ADJ | F::DET) || top.has(F::PARTICIPLE)) && !top.any(F::SHORT | F::CMP)
        || matches!(token.form(), "самых" | "самым" | "самые" | "его" | "ее" | "их")
}

/// A noun that a number may count: genitive, or the case of the number.
fn is_counted(view: &View, at: usize, measure: &Measure) -> bool {
    let token = &view.text.tokens[at];
    if token.kind != TokenKind::Word
        || view.entries[at].numeral.is_some()
        || view.entries[at].month
        || measure.shape == Shape::Ordinal
        || token.quoted && at > 0 && !view.text.tokens[at - 1].quoted
    {
        return false;
    }
    let word = &token.word;
    let latin = word.form.is_ascii();
    if latin {
        return word.analyses.first().is_some_and(|reading| !reading.features.any(F::VERB)) && word.form.len() > 1;
    }
    if !word.analyses.iter().any(|reading| {
        reading.probability >= 0.1 && reading.features.any(F::NOUN | F::PROPN) && reading.features.any(F::GEN | F::DAT | F::INS | F::LOC)
    }) {
        // «один человек», «571 карту»
        let singular = measure.value % 10.0 == 1.0 && measure.value % 100.0 != 11.0;
        return word.is(F::NOUN) && singular;
    }
    word.top().has(F::NOUN) || word.features.has(F::NOUN) && !word.top().any(F::VERB | F::ADP | F::ADV)
}

/// «$10», «₽ 10», «EUR 20», «рублей 10».
fn currency_before(view: &View, measure: &mut Measure, floor: usize) {
    let Some(before) = measure.start.checked_sub(1).filter(|before| *before >= floor) else { return };
    let Some(unit) = view.entries[before].unit else { return };
    let token = &view.text.tokens[before];
    if view.lexicon.unit(unit).kind == UnitKind::Money && (token.kind == TokenKind::Other || token.form().is_ascii()) {
        measure.unit = Some(unit);
        measure.start = before;
    }
}

/// «минут десять», «процентов на пять», «раза в полтора», «строк 38», «тысяч двести».
fn inverted(view: &View, measure: &mut Measure, number_end: usize, floor: usize) {
    let Some(mut before) = measure.start.checked_sub(1).filter(|before| *before >= floor) else { return };
    let led = matches!(view.form(before), "на" | "по" | "до" | "за" | "в" | "через" | "с" | "к");
    if led {
        let rough = |at: usize| {
            let people = matches!(view.form(at), "человек" | "штук");
            view.entries[at]
                .unit
                .is_some_and(|unit| is_approximate(view, at, unit) && (people || view.lexicon.unit(unit).kind != UnitKind::Noun))
        };
        if before == floor || !rough(before - 1) {
            return;
        }
        before -= 1;
    }
    let token = &view.text.tokens[before];
    if token.kind != TokenKind::Word || view.sentence_end(before) != view.sentence_end(measure.start) {
        return;
    }
    let entry = view.entries[before];
    if let Some(Numeral::Scale(scale)) = entry.numeral {
        if token.word.can_be(F::PLUR.with(F::GEN)) && measure.value < 1000.0 && !led {
            measure.value *= scale;
            measure.start = before;
        }
        return;
    }
    let counted_already = before > floor && (view.numeral(before - 1).is_some() || view.is_digits(before - 1));
    if counted_already {
        return;
    }
    let Some(unit) = entry.unit else {
        let plural = token.word.is(F::NOUN.with(F::PLUR)) && token.word.can_be(F::PLUR.with(F::GEN));
        if measure.noun.is_none() && !led && plural && !entry.identity {
            measure.noun = Some(before);
            measure.start = before;
        }
        return;
    };
    // «минута сорок»: a minute and forty seconds.
    if matches!(token.form(), "минута" | "минуту" | "час")
        && measure.noun.is_none()
        && !led
        && measure.value < 60.0
        && measure.shape == Shape::Words
    {
        measure.value = 1.0 + measure.value / 60.0;
    } else if !is_approximate(view, before, unit) {
        return;
    } else if measure.noun.is_some() && !matches!(view.form(before), "штук" | "человек") {
        // «процентов тридцать вопросов», «минут за сорок разговора»: the noun is not what is counted.
        if !token.word.can_be(F::PLUR.with(F::GEN)) {
            return;
        }
        measure.noun = None;
        measure.end = number_end;
    }
    measure.unit = Some(unit);
    measure.start = before;
}

/// A unit in the genitive, or an abbreviation: it stands before its number when the number is rough.
fn is_approximate(view: &View, at: usize, unit: UnitId) -> bool {
    let word = &view.text.tokens[at].word;
    let genitive = word.can_be(F::GEN) || !word.features.any(F::NOM | F::ACC | F::INS | F::DAT | F::LOC);
    match view.lexicon.unit(unit).kind {
        UnitKind::Noun => {
            genitive
                && (matches!(view.form(at), "человек" | "штук" | "чел" | "шт")
                    || word.can_be(F::PLUR.with(F::GEN)) && view.form(at) != "клиента")
        }
        _ => genitive,
    }
}

/// «10 $ – 20 $»: a range that names its unit twice.
fn second_unit(view: &View, measure: &mut Measure, limit: usize) {
    let dash = measure.end;
    if measure.unit.is_none() || measure.low.is_some() || dash + 2 >= limit || !matches!(view.form(dash), "-" | "–") || !view.touches(dash)
    {
        return;
    }
    let Some(second) = numbers::read(view, dash + 1) else { return };
    let unit = second.unit.or_else(|| view.entries.get(second.end).and_then(|entry| entry.unit));
    if unit == measure.unit && matches!(second.shape, Shape::Digits | Shape::Words) && second.end < limit {
        measure.low = Some(measure.value);
        measure.value = second.value;
        measure.end = if second.unit.is_some() { second.end } else { second.end + 1 };
    }
}

/// «1 час 55 минут», «два года и три месяца», «20 рублей 50 копеек».
fn smaller_unit(view: &View, measure: &mut Measure, limit: usize) {
    let divisible = |kind| matches!(kind, UnitKind::Time | UnitKind::Money);
    let Some(unit) = measure.unit.filter(|unit| divisible(view.lexicon.unit(*unit).kind)) else { return };
    if measure.low.is_some() {
        return;
    }
    let mut at = measure.end;
    if view.form(at) == "и" {
        at += 1;
    }
    if at >= limit || !(view.is_digits(at) || matches!(view.numeral(at), Some(Numeral::Cardinal(_) | Numeral::Share(_)))) {
        return;
    }
    let Some(Number { end, value, shape: Shape::Digits | Shape::Words, .. }) = numbers::read(view, at) else { return };
    let Some(smaller) = view.entries.get(end).and_then(|entry| entry.unit).filter(|_| end < limit) else { return };
    if view.lexicon.unit(smaller).hundredth_of == Some(unit) && value < 100.0 {
        measure.value += value / 100.0;
        measure.end = end + 1;
        return;
    }
    let (long, short) = (view.lexicon.unit(unit).seconds, view.lexicon.unit(smaller).seconds);
    let times = view.lexicon.unit(smaller).kind == UnitKind::Time && view.lexicon.unit(unit).kind == UnitKind::Time;
    if times && short < long && value < long / short {
        measure.value = (measure.value * (long / short).round()) + value;
        measure.unit = Some(smaller);
        measure.end = end + 1;
    }
}

/// «+12 %», «-5», «~30 %».
fn sign_before(view: &View, measure: &mut Measure, floor: usize) {
    let Some(before) = measure.start.checked_sub(1).filter(|before| *before >= floor) else { return };
    let sign = view.form(before);
    if matches!(sign, "минус" | "плюс") {
        (measure.start, measure.signed) = (before, Some(sign == "плюс"));
        measure.value = if sign == "минус" { -measure.value } else { measure.value };
        return;
    }
    let starts = before == 0 || !view.touches(before - 1) || !view.text.tokens[before - 1].is_word();
    if !view.touches(before) || !starts {
        return;
    }
    match sign {
        "+" => (measure.start, measure.signed) = (before, Some(true)),
        "-" | "−" | "–" => {
            (measure.start, measure.signed) = (before, Some(false));
            measure.value = -measure.value;
        }
        "~" | "≈" | ">" | "<" | "±" | "≥" | "≤" => measure.start = before,
        _ => {}
    }
}
