//! A requirement as terms to be looked for in a letter.

use std::ops::Range;

use super::lexicon::{Owner, VacancyLexicon};
use super::sound;
use crate::analysis::quantities::{Quantity, QuantityKind};
use crate::language::{Features as F, Text, Token, TokenKind, Word, fold};

/// One thing a requirement names.
#[derive(Debug, Clone)]
pub struct Term {
    pub weight: f64,
    pub options: Vec<Sought>,
    /// A product or another name: nothing like it will do.
    pub exact: bool,
}

/// What answers a term.
#[derive(Debug, Clone)]
pub enum Sought {
    /// A word of this family.
    Word { lemmas: Vec<Box<str>>, stem: Box<str> },
    /// A name by its sound; what follows it («1С» «Бухгалтерия»).
    Name { sounds: Vec<String>, tail: Option<Box<str>> },
    /// The evidence of a concept.
    Concept(usize),
}

/// A figure the requirement asks for.
#[derive(Debug, Clone)]
pub enum Least {
    /// Months of experience.
    Months(f64),
    /// People led.
    People(f64),
    /// A level of a language, 1 (A1) to 6 (C2).
    Level(f64),
    /// Another number, of this unit (or of the thing with this stem).
    Amount { value: f64, unit: Option<String>, stem: Box<str> },
}

/// A requirement.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Bytes of the vacancy.
    pub range: Range<usize>,
    pub terms: Vec<Term>,
    pub least: Vec<Least>,
    /// Having it is enough.
    pub possession: bool,
    /// Something alike will do: «или похожая система».
    pub similar: bool,
}

impl Wanted {
    pub fn weight(&self) -> f64 {
        self.terms.iter().map(|term| term.weight).sum()
    }
}

/// Read one requirement.
pub fn read(range: Range<usize>, text: &Text, quantities: &[Quantity], lexicon: &VacancyLexicon) -> Wanted {
    let hits = lexicon.find(text);
    let mut wanted = Wanted { range, terms: Vec::new(), least: Vec::new(), possession: false, similar: false };
    wanted.similar = hits.iter().any(|(owner, _)| *owner == Owner::Similar);
    // Concepts first: their words are no terms of their own, but may be found literally too.
    let mut concept_at: Vec<Option<usize>> = vec![None; text.tokens.len()];
    let mut phrase = vec![false; text.tokens.len()];
    for (owner, hit) in &hits {
        if let Owner::Wanted(number) = owner {
            let concept = &lexicon.concepts[*number];
            wanted.possession |= concept.possession;
            let known = wanted
                .terms
                .iter()
                .position(|term| term.options.iter().any(|one| matches!(one, Sought::Concept(other) if other == number)));
            let shared = hit.tokens.clone().find_map(|at| concept_at[at]);
            let place = known.or(shared).unwrap_or_else(|| {
                wanted.terms.push(Term { weight: concept.weight, options: Vec::new(), exact: false });
                wanted.terms.len() - 1
            });
            wanted.terms[place].options.push(Sought::Concept(*number));
            wanted.terms[place].weight = wanted.terms[place].weight.max(concept.weight);
            for at in hit.tokens.clone() {
                concept_at[at].get_or_insert(place);
                phrase[at] |= hit.tokens.len() > 1;
            }
        }
    }
    let mut counted: Vec<Range<usize>> = Vec::new();
    for quantity in quantities {
        if let Some(least) = least(text, quantity) {
            counted.push(quantity.tokens.clone());
            wanted.least.push(least);
        }
    }
    for at in (1..text.tokens.len()).filter(|at| !counted.iter().any(|range| range.contains(at))) {
        // «от года»: one, though no number says so.
        let months = if is_year(&text.tokens[at]) { 12.0 } else { 1.0 };
        if (is_year(&text.tokens[at]) || text.tokens[at].word.has_lemma("месяц")) && LOWER.contains(&text.tokens[at - 1].form()) {
            wanted.least.push(Least::Months(months));
        }
    }
    let mut at = 0;
    while at < text.tokens.len() {
        let token = &text.tokens[at];
        let here = at;
        at += 1;
        if token.kind == TokenKind::Punct
            || counted.iter().any(|range| range.contains(&here)) && !lexicon.aliases.contains_key(token.form())
        {
            continue;
        }
        let written = token.text(text.prose);
        if let Some(rank) = lexicon.levels.get(token.form()) {
            wanted.least.push(Least::Level(*rank));
            continue;
        }
        if let Some((sounds, width)) = name(text, here, lexicon) {
            at = here + width;
            // «1С:Бухгалтерия»: the configuration belongs to the name.
            let tail = (token.form() == "1с").then(|| tail(text, at)).flatten();
            if let Some((next, _)) = &tail {
                at = next + 1;
            }
            let option = Sought::Name { sounds, tail: tail.map(|(_, stem)| stem) };
            match concept_at[here] {
                Some(place) => {
                    wanted.terms[place].options.push(option);
                    wanted.terms[place].exact = true;
                }
                None => wanted.terms.push(Term { weight: 2.0, options: vec![option], exact: true }),
            }
            continue;
        }
        if !content(token) || written.chars().count() < 2 {
            continue;
        }
        let word = &token.word;
        let known = |set: &std::collections::HashSet<String>| {
            set.contains(&*word.form) || word.analyses.iter().any(|one| set.contains(&*one.lemma))
        };
        let option = Sought::Word { lemmas: lemmas(word), stem: word.stem.clone() };
        // «юзабилити-тесты»: the last part alone will do.
        let part = word.stem.rsplit_once('-').map(|(_, part)| part).filter(|part| part.chars().count() >= 4);
        let part = part.map(|part| Sought::Word { lemmas: Vec::new(), stem: part.into() });
        if let Some(place) = concept_at[here] {
            // The adjective of a phrase alone says nothing: «медицинский» of «медицинская книжка».
            let adjective = phrase[here] && word.is(F::ADJ);
            // Nor does its noun: any «смена» is no «ночная смена».
            let noun = phrase[here] && here > 0 && concept_at[here - 1] == Some(place) && text.tokens[here - 1].word.is(F::ADJ);
            if !adjective && !noun && !known(&lexicon.empty) && !known(&lexicon.common) {
                wanted.terms[place].options.push(option);
            }
            continue;
        }
        if known(&lexicon.empty) {
            continue;
        }
        let weight = if known(&lexicon.common) || token.word.is(F::ADV) { 0.4 } else { 1.0 };
        wanted.terms.push(Term { weight, options: std::iter::once(option).chain(part).collect(), exact: false });
    }
    wanted
}

/// What the vacancy speaks of everywhere tells little of one requirement: «склад» in the vacancy of a storekeeper.
pub fn discount(wanted: &mut [Wanted], vacancy: &Text) {
    const OFTEN: usize = 4;
    let mut count: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
    for token in &vacancy.tokens {
        *count.entry(&token.word.stem).or_default() += 1;
    }
    for term in wanted.iter_mut().flat_map(|one| &mut one.terms).filter(|term| !term.exact) {
        let often = term.options.iter().any(|option| match option {
            Sought::Word { stem, .. } => count.get(&**stem).is_some_and(|times| *times >= OFTEN),
            _ => false,
        });
        if often {
            term.weight *= 0.5;
        }
    }
}

pub fn lemmas(word: &Word) -> Vec<Box<str>> {
    let mut lemmas: Vec<Box<str>> = word.analyses.iter().map(|one| one.lemma.clone()).collect();
    if lemmas.is_empty() {
        lemmas.push(word.form.clone());
    }
    lemmas
}

fn content(token: &Token) -> bool {
    let top = token.word.top();
    token.kind != TokenKind::Number
        && (token.word.analyses.is_empty() || top.any(F::NOUN | F::PROPN | F::ADJ | F::VERB | F::PARTICIPLE | F::X | F::ADV))
}

/// A name of a product at a token: Latin letters, digits glued to letters, an acronym, or one the lexicon knows.
fn name(text: &Text, at: usize, lexicon: &VacancyLexicon) -> Option<(Vec<String>, usize)> {
    let token = &text.tokens[at];
    let written = token.text(text.prose);
    let latin = |text: &str| text.chars().any(|c| c.is_ascii_alphabetic());
    let mixed = written.chars().any(|c| c.is_ascii_digit()) && written.chars().any(char::is_alphabetic);
    let letters = written.chars().filter(|c| c.is_alphabetic()).count();
    let acronym = letters >= 2 && !written.chars().any(char::is_lowercase) && written.chars().any(|c| c.is_alphabetic());
    let known = lexicon.aliases.contains_key(token.form());
    // «Диадок», «Битрикс»: a capital letter in the middle of a sentence, of a word the dictionary guesses.
    let sentence_start = at == 0 || !text.tokens[..at].iter().any(Token::is_word);
    let capital = written.chars().next().is_some_and(char::is_uppercase) && !sentence_start && token.word.top().any(F::PROPN | F::X);
    // «B1», «категория C»: a level or a category, no product.
    let level = letters == 1
        && (written.chars().count() == 1 || written.chars().count() == 2 && written.starts_with(|c: char| c.is_ascii_alphabetic()));
    if level || token.kind == TokenKind::Number && !known || !(latin(written) || mixed || acronym || known || capital) {
        return None;
    }
    let mut whole = token.form().to_string();
    let mut width = 1;
    // «Spring Boot», «Power BI», «C++».
    while let Some(next) = text.tokens.get(at + width) {
        let glued = next.start == text.tokens[at + width - 1].end;
        let next_written = next.text(text.prose);
        let sign = glued && matches!(next_written, "+" | "#" | "++");
        let word = latin(written)
            && next.kind == TokenKind::Word
            && latin(next_written)
            && width < 3
            && next_written.chars().next().is_some_and(char::is_uppercase);
        if !sign && !word {
            break;
        }
        if !sign {
            whole.push(' ');
        }
        whole.push_str(&fold(next_written));
        width += 1;
    }
    let mut sounds = vec![sound::key(&whole)];
    for known in [whole.as_str(), token.form()] {
        sounds.extend(lexicon.aliases.get(known).into_iter().flatten().cloned());
        if width == 1 {
            break;
        }
    }
    Some((sounds, width))
}

/// The configuration after «1С».
fn tail(text: &Text, from: usize) -> Option<(usize, Box<str>)> {
    let mut at = from;
    while text.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Punct && matches!(token.form(), ":" | "-" | "–" | "«" | "\""))
    {
        at += 1;
    }
    let token = text.tokens.get(at).filter(|token| token.kind == TokenKind::Word && at <= from + 2)?;
    token.text(text.prose).chars().next().is_some_and(char::is_uppercase).then(|| (at, token.word.stem.clone()))
}

/// What stands before the least that will do.
const LOWER: [&str; 9] = ["от", "менее", "меньше", "минимум", "более", "больше", "свыше", "медленнее", "ниже"];

fn least(text: &Text, quantity: &Quantity) -> Option<Least> {
    let value = quantity.from.or(quantity.value)?;
    if matches!(quantity.kind, QuantityKind::Date | QuantityKind::Clock | QuantityKind::Percent | QuantityKind::Money) {
        return None;
    }
    let words = || text.tokens[quantity.tokens.clone()].iter();
    let written = |list: &[&str]| words().any(|token| list.contains(&token.form()));
    let before = quantity.tokens.start.checked_sub(1).map(|at| text.tokens[at].form());
    let lower = written(&["от", "менее", "меньше", "более", "больше", "минимум", "свыше", "+", "медленнее", "ниже"])
        || before.is_some_and(|before| LOWER.contains(&before));
    match quantity.unit.as_deref() {
        Some("year") => (lower || quantity.tokens.start == first_word(text)).then_some(Least::Months(value * 12.0)),
        Some("month") => (quantity.kind == QuantityKind::Duration && lower).then_some(Least::Months(value)),
        Some("person") => lower.then_some(Least::People(value)),
        _ => {
            if !lower {
                return None;
            }
            let last = quantity.tokens.end.checked_sub(1)?;
            let own = &text.tokens[last];
            let thing = if own.kind == TokenKind::Word {
                own
            } else {
                text.tokens.get(last + 1).filter(|token| token.is_word() && token.word.top().any(F::NOUN | F::X))?
            };
            if is_year(thing) {
                return Some(Least::Months(value * 12.0));
            }
            Some(Least::Amount { value, unit: unit(quantity, thing), stem: thing.word.stem.clone() })
        }
    }
}

fn first_word(text: &Text) -> usize {
    text.tokens.iter().position(Token::is_word).unwrap_or(0)
}

fn is_year(token: &Token) -> bool {
    token.word.has_lemma("год") || token.word.has_lemma("лето")
}

/// The unit, with «м²» and «квадратный метр» as one.
pub fn unit(quantity: &Quantity, thing: &Token) -> Option<String> {
    match quantity.unit.as_deref() {
        Some("count") => None,
        Some(unit) => Some(unit.to_string()),
        None => matches!(thing.form(), "м²" | "м2" | "кв" | "квм" | "м" | "квадратных" | "метров").then(|| "metre".to_string()),
    }
}

/// Do two words belong to one family? Cheap: stems with a long common beginning.
pub fn related(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let common = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let (one, other) = (one.chars().count(), other.chars().count());
    let (short, long) = (one.min(other), one.max(other));
    common >= 4
        && (common == short && long - short <= if short == 4 { 3 } else { 4 } || common >= 5 && common + 1 >= short && long - common <= 5)
}
