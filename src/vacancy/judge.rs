//! Is a requirement answered, and with a fact?

use std::collections::BTreeMap;

use super::letter::Letter;
use super::lexicon::{Owner, VacancyLexicon};
use super::model::Status;
use super::wanted::{Least, Wanted, unit};
use crate::analysis::quantities::{Quantity, QuantityKind};

/// The share of a requirement's weight that a sentence must speak of to be strong evidence, and to be any.
const STRONG: f64 = 0.45;
const WEAK: f64 = 0.25;

#[derive(Debug, Default, Clone)]
struct Place {
    /// Weight of the terms found and not denied.
    weight: f64,
    denied: f64,
    /// Weight of the names found.
    exact: f64,
}

/// The status and the sentences that answer.
pub fn judge(lexicon: &VacancyLexicon, wanted: &Wanted, letter: &Letter) -> (Status, Vec<usize>) {
    let total = wanted.weight().max(0.1);
    let mut places: BTreeMap<usize, Place> = BTreeMap::new();
    for term in &wanted.terms {
        let mut seen: BTreeMap<usize, bool> = BTreeMap::new();
        for at in letter.places(term) {
            let denied = letter.text.tokens[at].negated || letter.denied[letter.text.clause_of[at]];
            let entry = seen.entry(letter.sentence(at)).or_insert(true);
            *entry &= denied;
        }
        for (sentence, denied) in seen {
            let place = places.entry(sentence).or_default();
            if denied {
                place.denied += term.weight;
            } else {
                place.weight += term.weight;
                place.exact += if term.exact { term.weight } else { 0.0 };
            }
        }
    }
    let exact_weight: f64 = wanted.terms.iter().filter(|term| term.exact).map(|term| term.weight).sum();
    // A product is what the requirement is about: nothing like it will do.
    let needs_exact = exact_weight >= total * 0.4;
    let nothing_else = exact_weight >= total * 0.6;
    let least_share = if wanted.possession { WEAK } else { STRONG };
    let share = |place: &Place| {
        // Any of the products named will do.
        let named = if place.exact > 0.0 { place.weight + exact_weight - place.exact } else { place.weight };
        (named / total).min(1.0)
    };
    let mut best: Best = None;
    let mut lesser = None;
    for (&sentence, place) in &places {
        let share = share(place);
        let ground = &letter.grounds[sentence];
        // Denied in one breath with a promise («незнаком, освоить готова»): named at least.
        if place.weight == 0.0 && ground.hedge && place.denied >= total * WEAK && (wanted.similar || place.denied < total * 0.9) {
            offer(&mut best, (0.1, sentence, Status::Weak));
        }
        let other = needs_exact && place.exact == 0.0;
        if ground.application && !ground.figure {
            continue;
        }
        if share < WEAK || place.weight < 0.4 || other && nothing_else && !wanted.similar {
            continue;
        }
        let solid = !other
            && (ground.solid() || wanted.possession)
            && !ground.hedge
            && (!ground.label || ground.figure || ground.deed)
            && place.denied < place.weight;
        let status = if solid && share >= least_share { Status::Strong } else { Status::Weak };
        let bonus = if status == Status::Strong { 1.0 } else { 0.0 };
        offer(&mut best, (share + bonus, sentence, status));
    }
    let near: Vec<usize> = places.keys().copied().collect();
    for least in &wanted.least {
        match figure(lexicon, least, letter, &near) {
            Some((true, sentence)) => {
                let generic = wanted.terms.iter().all(|term| term.weight < 1.0);
                let spoken = places.get(&sentence).map_or(0.0, share);
                let fits = generic || spoken >= WEAK || best.is_some() || matches!(least, Least::People(_));
                offer(&mut best, if fits { (2.5, sentence, Status::Strong) } else { (0.5, sentence, Status::Weak) });
            }
            Some((false, sentence)) => lesser = Some(sentence),
            // «говорю свободно» is a level too.
            None if matches!(least, Least::Level(_)) => {}
            None => {
                // Asked for a figure, given none.
                if let Some((_, sentence, Status::Strong)) = best
                    && (matches!(least, Least::People(_)) || !letter.grounds[sentence].figure)
                {
                    lesser = Some(sentence);
                }
            }
        }
    }
    if let Some(sentence) = lesser {
        return (Status::Weak, vec![sentence]);
    }
    match best {
        Some((_, sentence, status)) => (status, vec![sentence]),
        None => (Status::Missing, Vec::new()),
    }
}

/// A score, the sentence, and what it is worth.
type Best = Option<(f64, usize, Status)>;

fn offer(best: &mut Best, offered: (f64, usize, Status)) {
    if best.is_none_or(|(known, ..)| offered.0 > known) {
        *best = Some(offered);
    }
}

/// Does the letter give the figure that is asked for? In which sentence, and is it enough?
fn figure(lexicon: &VacancyLexicon, least: &Least, letter: &Letter, near: &[usize]) -> Option<(bool, usize)> {
    let text = letter.text;
    let sentence = |quantity: &Quantity| letter.sentence(quantity.tokens.start);
    let best = |found: Vec<(f64, usize)>, least: f64| -> Option<(bool, usize)> {
        let (value, place) = found.into_iter().max_by(|one, other| one.0.total_cmp(&other.0))?;
        Some((value >= least * 0.97, place))
    };
    match least {
        Least::Months(months) => {
            let mut found = Vec::new();
            for quantity in &letter.quantities {
                let place = sentence(quantity);
                let ground = &letter.grounds[place];
                let value = match (quantity.unit.as_deref(), quantity.kind) {
                    (Some("year"), kind) if kind != QuantityKind::Date => quantity.value.map(|years| years * 12.0),
                    (Some("month"), QuantityKind::Duration) => quantity.value,
                    (_, QuantityKind::Date) => since(lexicon.year, letter, quantity),
                    _ => None,
                };
                // «за два месяца», «через неделю»: how long a step took, no experience.
                let before = quantity.tokens.start.checked_sub(1).map(|at| text.tokens[at].form());
                let first = text.tokens[quantity.tokens.start].form();
                let step =
                    matches!(before, Some("за" | "через" | "на" | "до" | "раз" | "в")) || matches!(first, "за" | "через" | "на" | "раз");
                let aside = |(owner, hit): &(Owner, crate::pattern::Hit)| {
                    *owner == Owner::NoExperience && hit.tokens.start < quantity.tokens.end && quantity.tokens.start < hit.tokens.end
                };
                if let Some(value) = value
                    && !step
                    && !letter.hits.iter().any(aside)
                    && (ground.deed || ground.experience)
                {
                    found.push((value, place));
                }
            }
            // What speaks of the matter first.
            let close: Vec<(f64, usize)> = found.iter().copied().filter(|(_, place)| near.contains(place)).collect();
            best(close, *months).filter(|(enough, _)| *enough).or_else(|| best(found, *months))
        }
        Least::People(people) => {
            let found = letter.quantities.iter().filter(|quantity| {
                let last = &text.tokens[quantity.tokens.end - 1];
                let staff = quantity.unit.as_deref() == Some("person")
                    || last.word.top().has(crate::language::Features::ANIM.with(crate::language::Features::NOUN));
                staff && !lexicon.public.iter().any(|lemma| last.word.has_lemma(lemma))
            });
            best(found.filter_map(|quantity| Some((quantity.value?, sentence(quantity)))).collect(), *people)
        }
        Least::Level(rank) => best(letter.levels.iter().copied().filter(|(_, place)| near.contains(place)).collect(), *rank),
        Least::Amount { value, unit: wanted, stem } => {
            let found = letter.quantities.iter().filter(|quantity| {
                let last = quantity.tokens.end - 1;
                let thing =
                    if text.tokens[last].kind == crate::language::TokenKind::Word { last } else { (last + 1).min(text.tokens.len() - 1) };
                let thing = &text.tokens[thing];
                let same = super::wanted::related(&thing.word.stem, stem);
                same || wanted.is_some() && unit(quantity, thing) == *wanted
            });
            best(found.filter_map(|quantity| Some((quantity.value?, sentence(quantity)))).collect(), *value)
        }
    }
}

/// Months since a year: «с 2017 года». The present is the latest year of the letter, or that of the lexicon: the same text
/// must be judged alike whenever it is read.
fn since(year: f64, letter: &Letter, quantity: &Quantity) -> Option<f64> {
    let begun = quantity.value.filter(|value| (1960.0..2100.0).contains(value))?;
    let first = letter.text.tokens[quantity.tokens.start].form();
    let before = quantity.tokens.start.checked_sub(1).map(|at| letter.text.tokens[at].form());
    let open = first == "с" || before == Some("с");
    let years = letter.quantities.iter().filter(|other| other.kind == QuantityKind::Date).filter_map(|other| other.value);
    let last = years.filter(|year| (1960.0..2100.0).contains(year)).fold(year, f64::max);
    open.then_some((last - begun) * 12.0)
}
