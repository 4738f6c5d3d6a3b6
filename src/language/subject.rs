//! Who does what a clause tells: the narrator, other people, a thing, nobody.

use super::Analysis;
use super::clauses::{Boundary, Clause};
use super::features::Features as F;
use super::token::Token;

/// Who does what the clause tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    /// «я», or a verb of the narrator's with «я» left out.
    Narrator,
    /// «мы», or a plural that continues it.
    We,
    /// «вы», «ты».
    Reader,
    /// A person or people: a noun, a name, «он», «они».
    Person,
    /// A thing: «очередь исчезла».
    Thing,
    /// A plural without a subject: «отказали», «платили».
    They,
    /// No subject: «нужно было», «удалось».
    Impersonal,
    /// No predicate.
    None,
}

impl Subject {
    /// The name in weights and traces.
    pub fn name(self) -> &'static str {
        match self {
            Subject::Narrator => "narrator",
            Subject::We => "we",
            Subject::Reader => "reader",
            Subject::Person => "person",
            Subject::Thing => "thing",
            Subject::They => "they",
            Subject::Impersonal => "impersonal",
            Subject::None => "none",
        }
    }
}

/// Find the subject of every clause; mark the past tenses of the narrator with the first person.
pub fn resolve_subjects(tokens: &mut [Token], clauses: &mut [Clause]) {
    let narrator = narrator_gender(tokens, clauses);
    let speaks_we = tokens.iter().any(|token| matches!(token.form(), "мы" | "нас" | "нам" | "нами") || token.word.has_lemma("наш"));
    for index in 0..clauses.len() {
        let clause = &clauses[index];
        let explicit = explicit_subject(tokens, clause);
        let subject = explicit.unwrap_or_else(|| elided_subject(tokens, clauses, index, narrator, speaks_we));
        clauses[index].subject = subject;
        if matches!(subject, Subject::Narrator | Subject::We) {
            for place in clauses[index].tokens.clone() {
                if tokens[place].word.is(F::PAST.with(F::FIN)) {
                    tokens[place].resolved = tokens[place].resolved | F::FIRST;
                }
            }
        }
    }
}

/// Masculine or feminine, from «я … сделала», else from the past tenses without a subject.
fn narrator_gender(tokens: &[Token], clauses: &[Clause]) -> Option<F> {
    let (mut masculine, mut feminine) = (0, 0);
    for clause in clauses {
        let own = clause.tokens.clone().any(|place| tokens[place].form() == "я" && !tokens[place].quoted);
        let weight = if own {
            10
        } else if explicit_subject(tokens, clause).is_none() {
            1
        } else {
            0
        };
        let Some(verb) = clause.predicate else { continue };
        let top = tokens[verb].word.top();
        if top.has(F::PAST.with(F::MASC)) || top.has(F::SHORT.with(F::MASC)) && own {
            masculine += weight;
        } else if top.has(F::PAST.with(F::FEM)) || top.has(F::SHORT.with(F::FEM)) && own {
            feminine += weight;
        }
    }
    match masculine.cmp(&feminine) {
        std::cmp::Ordering::Greater => Some(F::MASC),
        std::cmp::Ordering::Less => Some(F::FEM),
        std::cmp::Ordering::Equal => None,
    }
}

fn explicit_subject(tokens: &[Token], clause: &Clause) -> Option<Subject> {
    let verb = clause.predicate;
    let own = clause.tokens.clone().filter(|place| !tokens[*place].quoted || verb.is_some_and(|v| tokens[v].quoted));
    // «Каждый день я обзванивал», «всё это я собрал»: who speaks is the subject wherever the word stands.
    let speaker = own.clone().find_map(|place| speaker(&tokens[place]));
    // «каждый день обзванивал»: with its noun it is no subject by itself.
    let attribute = |place: &usize| {
        matches!(tokens[*place].form(), "каждый" | "все") && tokens.get(place + 1).is_some_and(|next| next.word.top().any(F::NOUN | F::ADJ))
    };
    let pronoun = speaker.or_else(|| own.filter(|place| !attribute(place)).find_map(|place| pronoun(&tokens[place])));
    if let Some(subject) = pronoun {
        return Some(subject);
    }
    let verb = verb?;
    let top = tokens[verb].word.top();
    if top.any(F::FIRST | F::SECOND) {
        return Some(match (top.has(F::FIRST), top.has(F::PLUR)) {
            (true, false) => Subject::Narrator,
            (true, true) => Subject::We,
            _ => Subject::Reader,
        });
    }
    let noun = |place: usize| subject_noun(tokens, clause, place, verb).map(|reading| (place, reading));
    let (found, reading) = (clause.tokens.start..verb).rev().find_map(noun).or_else(|| (verb + 1..clause.tokens.end).find_map(noun))?;
    let person = reading.any(F::ANIM | F::NAME | F::SUBX) || GROUPS.contains(&tokens[found].word.lemma());
    Some(if person { Subject::Person } else { Subject::Thing })
}

/// Groups of people that grammar holds to be things.
const GROUPS: [&str; 16] = [
    "команда",
    "отдел",
    "компания",
    "руководство",
    "бригада",
    "смена",
    "группа",
    "склад",
    "производство",
    "цех",
    "семья",
    "пара",
    "начальство",
    "дирекция",
    "персонал",
    "коллектив",
];

fn speaker(token: &Token) -> Option<Subject> {
    match token.form() {
        "я" => Some(Subject::Narrator),
        "мы" => Some(Subject::We),
        _ => None,
    }
}

fn pronoun(token: &Token) -> Option<Subject> {
    match token.form() {
        "вы" | "ты" => Some(Subject::Reader),
        "он" | "она" | "они" | "кто" | "никто" | "каждый" | "все" => Some(Subject::Person),
        "оно" | "это" | "что" | "ничто" => Some(Subject::Thing),
        _ => None,
    }
}

/// Times that stand in the accusative without a preposition, which looks like the nominative.
const TIMES: [&str; 13] =
    ["год", "полгода", "квартал", "месяц", "неделя", "день", "сутки", "ночь", "вечер", "утро", "час", "минута", "раз"];

/// What times do.
const PASSES: [&str; 16] = [
    "пройти",
    "проходить",
    "прийти",
    "наступить",
    "настать",
    "начаться",
    "закончиться",
    "кончиться",
    "остаться",
    "уйти",
    "уходить",
    "выдаться",
    "оказаться",
    "быть",
    "показать",
    "закрыться",
];

/// The reading of a nominative that agrees with the verb and is no object or attribute.
fn subject_noun(tokens: &[Token], clause: &Clause, place: usize, verb: usize) -> Option<F> {
    let token = &tokens[place];
    let verb_features = tokens[verb].word.top();
    if place > clause.tokens.start && tokens[place - 1].word.top().has(F::ADP) {
        return None;
    }
    // «итог: вырос до старшего», «весь месяц обзванивал».
    let heads = tokens.get(place + 1).is_some_and(|next| next.form() == ":") && place < verb;
    let time = TIMES.contains(&token.word.lemma()) && !PASSES.contains(&tokens[verb].word.lemma());
    if heads || time {
        return None;
    }
    // «CSI стал 81»: a foreign name says nothing of case, so it must stand where only a subject can.
    if token.word.is(F::X) && token.is_word() && place < verb && !verb_features.has(F::TRAN) && verb_features.any(F::SING) {
        return Some(F::X);
    }
    // «очередь ушла»: where the verb takes no object, the rarer nominative is the one.
    let least = if verb_features.has(F::TRAN) { 0.1 } else { 0.0 };
    let nominative = |a: &&Analysis| a.features.has(F::NOM) && a.probability >= least && agrees(a.features, verb_features);
    let mut analyses = token.word.analyses.iter();
    let Some(reading) = analyses.find(|a| a.features.any(F::NOUN | F::PROPN) && nominative(a)) else {
        return person_by_trait(tokens, clause, place, verb);
    };
    // An inanimate noun after a verb that takes an object is the object: «собрал отчёт».
    let ambiguous = token.word.can_be(F::ACC.with(F::INAN));
    let before = place < verb;
    let subject = !ambiguous
        || before && (place == clause.tokens.start || !verb_features.has(F::TRAN) || reading.probability >= 0.3)
        || !before && !verb_features.has(F::TRAN);
    subject.then_some(reading.features)
}

/// «дежурный ушёл», «новенькая расплакалась»: an adjective that names a person and has no noun.
fn person_by_trait(tokens: &[Token], clause: &Clause, place: usize, verb: usize) -> Option<F> {
    let token = &tokens[place];
    let reading = token.word.analyses.iter().find(|a| a.features.has(F::NOM.with(F::SUBX)) && a.features.has(F::ADJ))?.features;
    let noun_follows = place + 1 < clause.tokens.end && tokens[place + 1].word.top().any(F::NOUN | F::PROPN | F::ADJ);
    (place < verb && !noun_follows && !reading.has(F::SHORT) && agrees(reading, tokens[verb].word.top())).then_some(reading)
}

fn agrees(noun: F, verb: F) -> bool {
    if verb.has(F::PLUR) {
        return noun.has(F::PLUR) || noun.has(F::NAME);
    }
    if verb.any(F::PAST | F::SHORT) {
        return noun.has(F::SING) && [F::MASC, F::FEM, F::NEUT].iter().any(|gender| noun.has(*gender) && verb.has(*gender));
    }
    noun.has(F::SING) && verb.has(F::SING)
}

/// Who does it when nobody is named.
fn elided_subject(tokens: &[Token], clauses: &[Clause], index: usize, narrator: Option<F>, speaks_we: bool) -> Subject {
    let clause = &clauses[index];
    let Some(verb) = clause.predicate else {
        return Subject::None;
    };
    let top = tokens[verb].word.top();
    let same_sentence = index > 0 && clauses[index - 1].sentence == clause.sentence;
    let previous = same_sentence.then(|| &clauses[index - 1]);
    if top.has(F::NEUT) || top.has(F::INF) || !top.any(F::FIN | F::SHORT) {
        return Subject::Impersonal;
    }
    let continues = previous.filter(|last| {
        matches!(last.subject, Subject::Person | Subject::Thing | Subject::Narrator | Subject::We)
            && !matches!(clause.boundary, Boundary::Subordinate | Boundary::Consequence)
            && last.predicate.is_some_and(|other| same_agreement(tokens[other].word.top(), top))
    });
    if let Some(last) = continues {
        return last.subject;
    }
    if top.has(F::SHORT) && top.has(F::PASS) {
        return Subject::Thing;
    }
    if top.has(F::PLUR) {
        // «нам отказали», «нас предупредили»: whoever it was, it was not us.
        let to_us = clause
            .tokens
            .clone()
            .any(|place| matches!(tokens[place].form(), "нам" | "нас") && (place == 0 || tokens[place - 1].form() != "у"));
        let recent_we = clauses[index.saturating_sub(3)..index].iter().any(|last| last.subject == Subject::We);
        let ours = !to_us && (recent_we || speaks_we && previous.is_none());
        return if ours { Subject::We } else { Subject::They };
    }
    let gender = if top.has(F::MASC) {
        Some(F::MASC)
    } else if top.has(F::FEM) {
        Some(F::FEM)
    } else {
        None
    };
    if top.any(F::PAST | F::SHORT) && gender.is_some() {
        return if narrator.is_none() || narrator == gender { Subject::Narrator } else { Subject::Person };
    }
    if top.has(F::THIRD) || top.has(F::PRES) {
        return Subject::Person;
    }
    Subject::None
}

fn same_agreement(one: F, other: F) -> bool {
    one.has(F::PLUR) == other.has(F::PLUR) && [F::MASC, F::FEM, F::NEUT].iter().all(|gender| one.has(*gender) == other.has(*gender))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::language::{Language, WordCache};
    use crate::pattern::Vocabulary;

    #[test]
    fn who_does_it() {
        use Subject::{Impersonal, Narrator, Person, They, Thing, We};
        let language = Language::load().unwrap();
        for (source, expected) in [
            ("Собрала смену и разделила заявки.", vec![Narrator, Narrator]),
            ("Каждый день обзванивал троих.", vec![Narrator]),
            ("Весь месяц ходил по точкам.", vec![Narrator]),
            ("Он неделю сидел на линии.", vec![Person]),
            ("Каждый получил по листу.", vec![Person]),
            ("Дежурный ушёл домой.", vec![Person]),
            ("Новенькая расплакалась.", vec![Person]),
            ("Старший сказал подождать.", vec![Person]),
            ("Очередь ушла.", vec![Thing]),
            ("Неделя ушла на смету.", vec![Thing]),
            ("Через месяц NPS вырос.", vec![Thing]),
            ("CRM внедрил за месяц.", vec![Narrator]),
            ("Итог: вырос до старшего.", vec![Narrator]),
            ("Нам отказали.", vec![They]),
            ("Мы сели и посчитали.", vec![We, We]),
            ("Нужно было успеть.", vec![Impersonal]),
        ] {
            let document = Document::new(source.to_string());
            let text = language.read(&document, &Vocabulary::default(), &mut WordCache::default());
            let subjects: Vec<Subject> = text.clauses.iter().map(|clause| clause.subject).collect();
            assert_eq!(subjects, expected, "{source}");
        }
    }
}
