//! Which question of the bank a wording means, and which kind of texts a name: a column's heading in an export of a form, a cell of a sheet, a heading of a text.

use std::collections::{BTreeMap, BTreeSet};

use otvet::Lexicon;
use rust_stemmers::{Algorithm, Stemmer};

/// Likeness (shared stems, 0–1) from which two wordings are one question…
const LIKE: f64 = 0.7;
/// …if no other question comes so near.
const MARGIN: f64 = 0.15;
/// A heading cut off by a form is recognised from so many letters on.
const LEAST_PREFIX: usize = 24;

/// The questions and kinds of texts that are known.
#[derive(Debug, Default)]
pub struct Bank {
    questions: Vec<Known>,
    /// Everyday names of kinds with their ids.
    kinds: BTreeMap<String, String>,
}

#[derive(Debug)]
struct Known {
    id: String,
    wording: String,
    stems: BTreeSet<String>,
}

impl Bank {
    pub fn new(lexicon: &Lexicon) -> Self {
        let known = |(id, wording): (&str, &str)| Known { id: id.into(), wording: plain(wording), stems: stems(wording) };
        Self {
            questions: lexicon.questions().iter().map(|question| known((&question.id, &question.question))).collect(),
            kinds: lexicon.kind_names().map(|(name, id)| (name, id.to_string())).collect(),
        }
    }

    /// The id of a kind of texts by an everyday name; what is no such name stays as it is.
    pub fn kind(&self, name: String) -> String {
        self.kinds.get(&name.trim().to_lowercase()).cloned().unwrap_or(name)
    }

    /// The id of the question, by id or wording.
    pub fn find(&self, wording: &str) -> Option<&str> {
        let trimmed = wording.trim();
        if let Some(known) = self.questions.iter().find(|known| known.id.eq_ignore_ascii_case(trimmed)) {
            return Some(&known.id);
        }
        // «Вопрос 3 [client-conflict]».
        if let Some(known) = self.questions.iter().find(|known| bracketed(trimmed, &known.id)) {
            return Some(&known.id);
        }
        let plain = plain(trimmed);
        if let Some(known) = self.questions.iter().find(|known| !plain.is_empty() && known.wording == plain) {
            return Some(&known.id);
        }
        if plain.chars().count() >= LEAST_PREFIX {
            let mut begun = self.questions.iter().filter(|known| known.wording.starts_with(&plain));
            if let (Some(known), None) = (begun.next(), begun.next()) {
                return Some(&known.id);
            }
        }
        self.alike(&stems(trimmed))
    }

    fn alike(&self, stems: &BTreeSet<String>) -> Option<&str> {
        let mut ranked: Vec<(f64, &str)> = self.questions.iter().map(|known| (likeness(stems, &known.stems), known.id.as_str())).collect();
        ranked.sort_by(|one, other| other.0.total_cmp(&one.0));
        let best = *ranked.first()?;
        let next = ranked.get(1).map_or(0.0, |next| next.0);
        (best.0 >= LIKE && best.0 - next >= MARGIN).then_some(best.1)
    }

    /// The id of the question; what is not known is left as it is, for the error that names it.
    pub fn resolve(&self, wording: &str) -> String {
        self.find(wording).unwrap_or_else(|| wording.trim()).to_string()
    }
}

fn bracketed(text: &str, id: &str) -> bool {
    text.match_indices(id).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + id.len()..].chars().next();
        matches!((before, after), (Some('['), Some(']')) | (Some('('), Some(')')))
    })
}

/// Words in lower case without signs, ё as е, and without the number a form puts before a question.
fn plain(text: &str) -> String {
    let words = words(text);
    let numbered = words.first().is_some_and(|word| word.chars().all(|c| c.is_ascii_digit())) && words.len() > 1;
    let called = words.first().is_some_and(|word| word == "вопрос") && words.len() > 2;
    let skipped = if called && words[1].chars().all(|c| c.is_ascii_digit()) { 2 } else { usize::from(numbered || called) };
    words[skipped..].join(" ")
}

fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace('ё', "е");
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_string).collect()
}

fn stems(text: &str) -> BTreeSet<String> {
    let stemmer = Stemmer::create(Algorithm::Russian);
    plain(text).split(' ').filter(|word| word.chars().count() > 2).map(|word| stemmer.stem(word).into_owned()).collect()
}

/// Dice's coefficient.
fn likeness(one: &BTreeSet<String>, other: &BTreeSet<String>) -> f64 {
    let all = one.len() + other.len();
    if all == 0 { 0.0 } else { 2.0 * one.intersection(other).count() as f64 / all as f64 }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    pub fn bank() -> Bank {
        let known = |id: &str, wording: &str| Known { id: id.into(), wording: plain(wording), stems: stems(wording) };
        Bank {
            kinds: BTreeMap::new(),
            questions: vec![
                known("client-conflict", "Какой конфликт с клиентом был для вас самым трудным? Что вы сделали и какой урок вынесли?"),
                known("team-conflict", "Двое ваших ключевых сотрудников постоянно спорят, и это вредит работе. Что вы сделаете?"),
                known("weaknesses", "Какие у вас слабые стороны?"),
            ],
        }
    }

    #[test]
    fn a_question_is_known_by_id_and_wording() {
        let bank = bank();
        for wording in [
            "client-conflict",
            "Вопрос 1 [client-conflict]",
            "1. Какой конфликт с клиентом был для вас самым трудным? Что вы сделали и какой урок вынесли? *",
            "Какой конфликт с клиентом был для вас самым",
            "какой конфликт с клиентами был для вас самым трудным, что вы сделали, какой урок вынесли",
        ] {
            assert_eq!(bank.find(wording), Some("client-conflict"), "{wording}");
        }
        assert_eq!(bank.find("Какие у Вас слабые стороны"), Some("weaknesses"));
        for wording in ["", "Отметка времени", "Какие у вас сильные и яркие увлечения?", "Что вы сделаете?", "3"]
        {
            assert_eq!(bank.find(wording), None, "{wording}");
        }
        assert_eq!(bank.resolve(" нет такого "), "нет такого");
    }
}
