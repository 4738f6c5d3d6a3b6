//! Digits and number words → value.

use super::lexicon::{Entry, Numeral, QuantityLexicon, UnitId, UnitKind};
use crate::language::{Features as F, Text, TokenKind};

/// What kind of number stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Digits,
    Words,
    /// «двое»
    Collective,
    /// «третий», «2018-й»
    Ordinal,
    /// «треть»
    Share,
    /// «вдвое», «x2»
    Multiple,
    /// «дважды»
    Repeat,
    /// «7:30»
    Clock,
    /// «12.05.2023»
    Date,
    /// «24/7», telephones: no quantity, to be passed over.
    Name,
}

/// A number and where it ends.
#[derive(Debug, Clone, Copy)]
pub struct Number {
    pub end: usize,
    pub value: f64,
    pub shape: Shape,
    /// A unit written to the digits.
    pub unit: Option<UnitId>,
}

/// The tokens of a text with what the lexicon says of them.
pub struct View<'a> {
    pub text: &'a Text<'a>,
    pub lexicon: &'a QuantityLexicon,
    pub entries: Vec<Entry>,
}

impl<'a> View<'a> {
    pub fn new(text: &'a Text<'a>, lexicon: &'a QuantityLexicon) -> Self {
        let entries = text.tokens.iter().map(|token| lexicon.look_up(token)).collect();
        Self { text, lexicon, entries }
    }

    pub fn form(&self, at: usize) -> &str {
        self.text.tokens.get(at).map_or("", |token| token.form())
    }

    pub fn numeral(&self, at: usize) -> Option<Numeral> {
        self.entries.get(at).and_then(|entry| entry.numeral)
    }

    pub fn is_digits(&self, at: usize) -> bool {
        self.text.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number)
    }

    /// The end of the sentence of a token.
    pub fn sentence_end(&self, at: usize) -> usize {
        self.text.sentence_of(self.text.clause_of[at]).end
    }

    /// The clause of a token, as far as a reader looks: speech without full stops must not cost the square of its length.
    pub fn clause_near(&self, at: usize) -> std::ops::Range<usize> {
        near(&self.text.clauses[self.text.clause_of[at]].tokens, at)
    }

    /// The sentence of a token, as far as a reader looks.
    pub fn sentence_near(&self, at: usize) -> std::ops::Range<usize> {
        near(&self.text.sentence_of(self.text.clause_of[at]), at)
    }

    /// Do two neighbouring tokens touch?
    pub fn touches(&self, left: usize) -> bool {
        match (self.text.tokens.get(left), self.text.tokens.get(left + 1)) {
            (Some(one), Some(other)) => one.end == other.start,
            _ => false,
        }
    }
}

/// Tokens on each side of a number that may say something of it.
const REACH: usize = 40;

fn near(range: &std::ops::Range<usize>, at: usize) -> std::ops::Range<usize> {
    range.start.max(at.saturating_sub(REACH))..range.end.min(at + REACH)
}

/// The number that begins at a token.
pub fn read(view: &View, at: usize) -> Option<Number> {
    let token = view.text.tokens.get(at)?;
    let number = match token.kind {
        TokenKind::Number => digits(view, at)?,
        TokenKind::Word => match view.numeral(at) {
            Some(_) => words(view, at)?,
            None if token.form() == "пол" => half_of(view, at)?,
            None if token.form().ends_with(|c: char| c.is_ascii_digit()) => joined(view, at)?,
            None => return None,
        },
        _ => return None,
    };
    Some(with_half(view, number))
}

/// «пол часа», written apart.
fn half_of(view: &View, at: usize) -> Option<Number> {
    view.entries.get(at + 1)?.unit?;
    match view.lexicon.joined("пол", view.form(at + 1))? {
        Numeral::Ready(value, unit) => Some(Number { end: at + 2, value, shape: Shape::Words, unit: Some(unit) }),
        _ => None,
    }
}

/// «x2», «USD3.14»: letters written to the figures. Other words of this kind are names.
fn joined(view: &View, at: usize) -> Option<Number> {
    let form = view.form(at);
    if let Some(value) = times_sign(form) {
        return Some(Number { end: at + 1, value, shape: Shape::Multiple, unit: None });
    }
    let (letters, figures) = form.split_at(form.find(|c: char| c.is_ascii_digit())?);
    let unit = view.lexicon.unit_of(letters).filter(|unit| view.lexicon.unit(*unit).kind == UnitKind::Money && letters.len() >= 3)?;
    Some(Number { end: at + 1, value: plain(figures, true)?, shape: Shape::Digits, unit: Some(unit) })
}

/// «x2», «х3».
fn times_sign(form: &str) -> Option<f64> {
    let rest = form.strip_prefix(['x', 'х'])?;
    rest.starts_with(|c: char| c.is_ascii_digit()).then(|| plain(rest, false)).flatten()
}

/// «три с половиной», «20 с лишним».
fn with_half(view: &View, mut number: Number) -> Number {
    if matches!(number.shape, Shape::Digits | Shape::Words) && view.form(number.end) == "с" {
        match view.form(number.end + 1) {
            "половиной" => {
                number.value += 0.5;
                number.end += 2;
                scaled(view, &mut number);
            }
            "лишним" | "лишком" | "хвостиком" | "копейками" | "небольшим" | "гаком" => {
                number.end += 2
            }
            _ => {}
        }
    }
    number
}

fn scaled(view: &View, number: &mut Number) {
    while let Some(Numeral::Scale(scale)) = view.numeral(number.end) {
        number.value *= scale;
        number.end += 1;
        // «тыс» and its full stop are one token or two.
        if view.form(number.end) == "." && view.entries.get(number.end + 1).is_some_and(|entry| entry.unit.is_some()) {
            number.end += 1;
        }
    }
}

fn digits(view: &View, at: usize) -> Option<Number> {
    let token = &view.text.tokens[at];
    let text = token.text(view.text.prose);
    if is_name(view, at) {
        return Some(Number { end: name_end(view, at), value: 0.0, shape: Shape::Name, unit: None });
    }
    if text.contains(':') {
        return Some(Number { end: at + 1, value: 0.0, shape: Shape::Clock, unit: None });
    }
    if is_date(text) {
        return Some(Number { end: at + 1, value: 0.0, shape: Shape::Date, unit: None });
    }
    let split = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')))
        .unwrap_or(text.len());
    let (figures, letters) = text.split_at(split);
    let currency_before = at > 0 && view.form(at - 1) == "$";
    let value = plain(figures, currency_before)?;
    let mut number = Number { end: at + 1, value, shape: Shape::Digits, unit: None };
    if !letters.is_empty() {
        attach(view, &mut number, letters)?;
        return Some(number);
    }
    // «200 к», «90 т.р.»
    let next = view.form(number.end);
    let after = view.form(number.end + 1);
    if matches!(next, "т." | "т") && matches!(after, "р." | "р" | "руб" | "руб.")
        || next == "к"
            && (matches!(after, "" | "." | "," | ";" | ")" | "₽")
                || view.entries.get(number.end + 1).is_some_and(|entry| entry.unit.is_some()))
    {
        number.value *= 1000.0;
        number.end += 1;
    }
    scaled(view, &mut number);
    Some(number)
}

/// Letters written to digits: a scale, a unit or an ending.
fn attach(view: &View, number: &mut Number, letters: &str) -> Option<()> {
    if let Some(scale) = view.lexicon.suffix(letters) {
        number.value *= scale;
        return Some(());
    }
    let bare = letters.strip_prefix('-').unwrap_or(letters);
    if matches!(bare, "й" | "го" | "му" | "ого" | "ому" | "ом" | "е" | "я" | "ю" | "ой" | "ая" | "ый" | "ий" | "ые" | "ых" | "м")
    {
        number.shape = Shape::Ordinal;
        return Some(());
    }
    if matches!(bare, "ти" | "х" | "ми" | "мя" | "ью" | "и") {
        return Some(());
    }
    if matches!(letters, "р" | "р.") || letters == "с" && number.value > 1.0 {
        number.unit = view.lexicon.unit_of(if letters == "с" { "сек" } else { "р" });
        return Some(());
    }
    // Scale and unit together: «10к$» comes as two tokens, «5млн» as one.
    number.unit = view.lexicon.unit_of(letters);
    number.unit.map(|_| ())
}

/// Figures with Russian or English separators; `currency`: an English sum, «$10,000».
pub fn plain(figures: &str, currency: bool) -> Option<f64> {
    let figures = figures.trim_end_matches(['.', ',', ' ', '\u{a0}']);
    let mut clean = String::with_capacity(figures.len());
    let commas = figures.matches(',').count();
    let dots = figures.matches('.').count();
    let grouped = |sign: char| figures.split(sign).skip(1).all(|group| group.len() == 3);
    for c in figures.chars() {
        match c {
            '0'..='9' => clean.push(c),
            ',' if commas > 1 && grouped(',') || commas == 1 && currency && grouped(',') => {}
            '.' if dots > 1 && grouped('.') => {}
            ',' | '.' if commas + dots == 1 || c == '.' && dots == 1 && commas > 0 => clean.push('.'),
            ',' | '.' => return None,
            _ => {}
        }
    }
    clean.parse().ok()
}

/// «12.05.2023», «12.05.23»
fn is_date(text: &str) -> bool {
    let mut parts = text.split('.');
    let (Some(day), Some(month), Some(year), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let number = |part: &str, limit: u32| part.len() <= 4 && part.parse::<u32>().is_ok_and(|value| value >= 1 && value <= limit);
    number(day, 31) && number(month, 12) && (year.len() == 4 || year.len() == 2) && number(year, 2100)
}

/// Telephone, article, «24/7», «№ 5», «152-ФЗ», a product: figures that count nothing.
fn is_name(view: &View, at: usize) -> bool {
    let text = view.text.tokens[at].text(view.text.prose);
    let figures = text.bytes().filter(u8::is_ascii_digit).count();
    let letter_after_hyphen = text.split('-').nth(1).is_some_and(|part| part.starts_with(char::is_uppercase));
    if figures >= 10 && !text.contains([' ', '\u{a0}', '\u{202f}']) || text.matches('-').count() >= 2 || letter_after_hyphen {
        return true;
    }
    if text == "24" && view.form(at + 1) == "/" && view.form(at + 2) == "7" {
        return true;
    }
    if at > 0 {
        let before = view.entries[at - 1];
        // «страница 5», but «страница открывается»: the word stands right before.
        if before.identity && !before.metric_noun {
            return true;
        }
        if view.form(at - 1) == "." && at > 1 && view.entries[at - 2].identity && view.touches(at - 2) {
            return true;
        }
        if view.touches(at - 1)
            && view.form(at - 1) == "-"
            && at > 1
            && view.text.tokens[at - 2].kind == TokenKind::Word
            && view.touches(at - 2)
            && view.text.tokens[at - 2].form().is_ascii()
        {
            return true;
        }
    }
    is_telephone(view, at)
}

/// Ten figures or more in groups joined by brackets and hyphens.
fn is_telephone(view: &View, at: usize) -> bool {
    let (figures, groups, _) = telephone(view, at);
    let grouped_number = view.text.tokens[at].text(view.text.prose).contains([' ', '\u{a0}', '\u{202f}']);
    (10..=16).contains(&figures) && (groups >= 2 || grouped_number && figures == 11)
}

fn telephone(view: &View, at: usize) -> (usize, usize, usize) {
    let (mut figures, mut groups, mut end, mut place) = (0, 0, at, at);
    while place < view.text.tokens.len().min(at + 14) {
        let token = &view.text.tokens[place];
        match token.kind {
            TokenKind::Number if !token.form().contains([',', '.', ':']) => {
                figures += token.form().bytes().filter(u8::is_ascii_digit).count();
                groups += 1;
                end = place + 1;
            }
            TokenKind::Punct if matches!(token.form(), "(" | ")" | "-" | "–") => {}
            _ => break,
        }
        place += 1;
    }
    (figures, groups, end)
}

fn name_end(view: &View, at: usize) -> usize {
    if is_telephone(view, at) {
        return telephone(view, at).2;
    }
    // «№ 77-4120»
    if view.form(at + 1) == "-" && view.touches(at) && view.is_digits(at + 2) {
        return at + 3;
    }
    if view.form(at + 1) == "/" && view.is_digits(at + 2) { at + 3 } else { at + 1 }
}

fn words(view: &View, at: usize) -> Option<Number> {
    let one = |value, shape| Some(Number { end: at + 1, value, shape, unit: None });
    match view.numeral(at)? {
        Numeral::Collective(value) => one(value, Shape::Collective),
        Numeral::Multiple(value) => one(value, Shape::Multiple),
        Numeral::Repeat(value) => one(value, Shape::Repeat),
        Numeral::Ready(value, unit) => Some(Number { end: at + 1, value, shape: Shape::Words, unit: Some(unit) }),
        Numeral::Share(value) => one(value, Shape::Share),
        Numeral::Ordinal(value) => one(value, Shape::Ordinal),
        Numeral::Noun(value) => counting_noun(view, at).then_some(()).and_then(|()| one(value, Shape::Words)).map(|mut number| {
            scaled(view, &mut number);
            number
        }),
        Numeral::Cardinal(_) => match dictated(view, at) {
            Some(end) => Some(Number { end, value: 0.0, shape: Shape::Name, unit: None }),
            None => compound(view, at),
        },
        Numeral::Scale(_) => compound(view, at),
    }
}

/// Three numbers in words one after another: a telephone said aloud. Its end, if it is one.
fn dictated(view: &View, at: usize) -> Option<usize> {
    let (mut end, mut parts) = (at, 0);
    while let Some(Numeral::Cardinal(_)) = view.numeral(end) {
        end = compound(view, end)?.end;
        parts += 1;
    }
    (parts >= 3).then_some(end)
}

/// «сотню», «пара звонков», not «сотни людей», «ноутбуки в паре».
fn counting_noun(view: &View, at: usize) -> bool {
    let word = &view.text.tokens[at].word;
    if word.has_lemma("пара") {
        // «пара звонков», not «они в паре», «пара вошла».
        let next = if view.text.tokens.get(at + 1).is_some_and(|next| next.word.is(F::DET)) { at + 2 } else { at + 1 };
        return view.text.tokens.get(next).is_some_and(|next| {
            next.kind == TokenKind::Word
                && next.word.can_be(F::GEN)
                && next.word.top().any(F::NOUN | F::ADJ | F::DET | F::PRON)
                && next.word.features.has(F::PLUR)
                && next.form() != "того"
        });
    }
    word.form.starts_with("пол")
        || word.can_be(F::SING) && (word.form.ends_with("ок") || !word.can_be(F::PLUR.with(F::NOM)))
        || matches!(view.form(at.wrapping_sub(1)), "около" | "больше" | "меньше" | "более" | "менее" | "до")
}

/// «сто двадцать пять тысяч триста»: parts descend, a scale multiplies what stands before it.
fn compound(view: &View, at: usize) -> Option<Number> {
    let (mut total, mut group, mut least, mut place) = (0.0, 0.0, f64::INFINITY, at);
    let mut last_scale = f64::INFINITY;
    let mut any = false;
    while place < view.text.tokens.len() {
        match view.numeral(place) {
            Some(Numeral::Cardinal(value)) if !(any && value == 0.0) && value < least && fits(value, least) => {
                group += value;
                least = if value >= 100.0 {
                    100.0
                } else if value >= 20.0 && value % 10.0 == 0.0 {
                    10.0
                } else {
                    0.0
                };
                any = true;
            }
            // «двадцать третий»: an ordinal ends the number.
            Some(Numeral::Ordinal(value)) if any && least >= 10.0 && value < least => {
                return Some(Number { end: place + 1, value: total + group + value, shape: Shape::Ordinal, unit: None });
            }
            Some(Numeral::Scale(scale)) if scale < last_scale => {
                if group == 0.0 {
                    // «тысяча» alone is one thousand, «тысячи» are many.
                    if !view.text.tokens[place].word.can_be(F::SING) || !any && view.text.tokens[place].word.is(F::PLUR) {
                        break;
                    }
                    group = 1.0;
                }
                total += group * scale;
                (group, least, last_scale, any) = (0.0, f64::INFINITY, scale, true);
            }
            _ => break,
        }
        place += 1;
    }
    // «четыре миллиона двести» leaves the thousands out.
    if last_scale >= 1e6 && last_scale.is_finite() && (100.0..1000.0).contains(&group) {
        group *= 1000.0;
    }
    (place > at && any).then_some(Number { end: place, value: total + group, shape: Shape::Words, unit: None })
}

/// Does a number word go on from the one before («двадцать» + «пять», not «пять» + «два»)?
fn fits(value: f64, least: f64) -> bool {
    least == f64::INFINITY || least == 100.0 && value < 100.0 || least == 10.0 && value < 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_read() {
        for (figures, value) in [
            ("9 000", 9000.0),
            ("4\u{a0}850\u{a0}000", 4_850_000.0),
            ("1,5", 1.5),
            ("3.15", 3.15),
            ("1.500.000", 1_500_000.0),
            ("0033", 33.0),
        ] {
            assert_eq!(plain(figures, false), Some(value), "{figures}");
        }
        assert_eq!(plain("10,000", true), Some(10_000.0));
        assert_eq!(plain("10,000", false), Some(10.0));
        assert_eq!(plain("1.2.3", false), None);
    }

    #[test]
    fn a_date_is_no_decimal() {
        assert!(is_date("12.05.2023"));
        assert!(!is_date("12.05"));
        assert!(!is_date("1.500.000"));
    }
}
