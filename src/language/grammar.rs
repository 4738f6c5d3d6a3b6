//! What a sentence adds to the dictionary: negation, quotation, «бы», and who does it.

use super::clauses::{Boundary, Clause};
use super::features::Features as F;
use super::text::Sentence;
use super::token::{Token, TokenKind};

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

/// Mark the tokens inside quotation marks. A mark that is never closed ends with its paragraph.
pub fn mark_quotes(tokens: &mut [Token], sentences: &[Sentence]) {
    let mut depth = 0usize;
    let mut straight = false;
    let mut block = usize::MAX;
    for sentence in sentences {
        if sentence.block != block {
            (depth, straight, block) = (0, false, sentence.block);
        }
        for place in sentence.tokens.clone() {
            let inside = depth > 0 || straight;
            match tokens[place].form() {
                "«" | "„" | "‹" => depth += 1,
                "»" | "›" => depth = depth.saturating_sub(1),
                "“" | "”" => {
                    if depth > 0 {
                        depth -= 1;
                    } else {
                        straight = !straight;
                    }
                }
                "\"" => straight = !straight,
                _ => {}
            }
            tokens[place].quoted = inside && (depth > 0 || straight);
        }
    }
}

/// Words after «не» with which it denies nothing: «не только», «не меньше десяти».
const NO_DENIAL: [&str; 17] = [
    "только",
    "просто",
    "лишь",
    "раз",
    "менее",
    "более",
    "больше",
    "меньше",
    "позже",
    "позднее",
    "дольше",
    "выше",
    "ниже",
    "хуже",
    "раньше",
    "один",
    "единожды",
];

/// Mark the words that a negation covers.
pub fn mark_negation(tokens: &mut [Token], clauses: &[Clause]) {
    for clause in clauses {
        let words: Vec<usize> = clause.tokens.clone().filter(|place| tokens[*place].kind != TokenKind::Punct).collect();
        for (index, &place) in words.iter().enumerate() {
            let after = &words[index + 1..];
            match tokens[place].form() {
                "не" => deny_verb(tokens, after),
                "ни" | "без" | "нет" | "никакой" | "никаких" | "никакого" | "никакая" | "никакие" | "отсутствие" => {
                    deny_noun(tokens, after)
                }
                _ => {}
            }
        }
    }
    for (number, clause) in clauses.iter().enumerate() {
        let following = &clauses[number..(number + 3).min(clauses.len())];
        let sentence = following.iter().take_while(|other| other.sentence == clause.sentence).last().map_or(0, |last| last.tokens.end);
        let Some(that) = what_is_not_so(tokens, clause, sentence) else { continue };
        let end = following.iter().find(|other| other.tokens.contains(&that)).map_or(that, |other| other.tokens.end);
        tokens[that..end].iter_mut().for_each(|token| token.negated = true);
    }
}

/// «Не скажу (не думаю, не могу сказать), что …»: the «что» from which all is denied; «не знал, что …» is not of these.
fn what_is_not_so(tokens: &[Token], clause: &Clause, end: usize) -> Option<usize> {
    let denies = |token: &Token| {
        let opinion = OPINIONS.iter().any(|lemma| token.word.has_lemma(lemma));
        token.negated && opinion && !token.word.is(F::PAST) && (token.word.is(F::INF) || token.word.can_be(F::FIRST))
    };
    let verb = clause.tokens.clone().find(|place| denies(&tokens[*place]))?;
    (verb + 1..(verb + 4).min(end)).find(|place| tokens[*place].form() == "что")
}

/// «не обучали», «не стал бы обучать», «не было обучения».
fn deny_verb(tokens: &mut [Token], after: &[usize]) {
    let Some(&first) = after.first() else { return };
    if NO_DENIAL.contains(&tokens[first].form()) {
        return;
    }
    tokens[first].negated = true;
    let existence = tokens[first].word.has_lemma("быть");
    // «вовсе не был самодуром»: what somebody was not.
    let link = COPULAS.iter().any(|lemma| tokens[first].word.has_lemma(lemma));
    let verb = tokens[first].word.top().any(F::VERB | F::AUX);
    for &place in &after[1..after.len().min(5)] {
        let top = tokens[place].word.top();
        if top.has(F::INF) && verb || existence && top.any(F::GEN | F::SHORT | F::PARTICIPLE) || link && top.has(F::INS) {
            tokens[place].negated = true;
        } else if !top.any(F::ADV | F::PRON | F::AUX | F::PART_OF_SPEECH | F::ADJ | F::DET) {
            break;
        }
    }
}

/// Verbs that say what somebody is.
const COPULAS: [&str; 7] = ["быть", "являться", "стать", "оказаться", "казаться", "считаться", "назвать"];
/// Verbs whose denial denies what follows them.
const OPINIONS: [&str; 6] = ["сказать", "говорить", "думать", "считать", "утверждать", "назвать"];

/// «без претензий», «нет никаких претензий», «ни одной жалобы».
fn deny_noun(tokens: &mut [Token], after: &[usize]) {
    for &place in &after[..after.len().min(4)] {
        let top = tokens[place].word.top();
        tokens[place].negated = true;
        if top.has(F::NOUN) || top.has(F::VERB) {
            break;
        }
    }
}

/// «сделал бы»: a past form in a clause with «бы» is conditional.
pub fn mark_conditional(tokens: &mut [Token], clauses: &[Clause]) {
    let mut carried = false;
    for clause in clauses {
        let own = clause
            .tokens
            .clone()
            .any(|place| is_conditional_particle(tokens, place) || tokens[place].form() == "чтобы" && clause.tokens.start == place);
        // «Собрал бы всех, рассказал план и раздал роли»: one «бы» serves the predicates that follow; in speech without punctuation
        // nobody knows how far.
        let follows = carried && matches!(clause.boundary, Boundary::And | Boundary::Comma | Boundary::Coordinate);
        if own || follows {
            for place in clause.tokens.clone() {
                if tokens[place].word.is(F::VERB.with(F::PAST)) || tokens[place].word.is(F::AUX.with(F::PAST)) {
                    tokens[place].resolved = tokens[place].resolved | F::CND;
                }
            }
        }
        carried = own && clause.predicate.is_some() || follows;
    }
}

/// «бы», but not the filler «как бы».
fn is_conditional_particle(tokens: &[Token], place: usize) -> bool {
    let filler = || {
        place > 0
            && tokens[place - 1].form() == "как"
            && tokens.get(place + 1).is_none_or(|next| !next.word.top().has(F::PRON) && !matches!(next.form(), "ни" | "не"))
    };
    matches!(tokens[place].form(), "бы" | "б") && !filler()
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
    let mut own = clause.tokens.clone().filter(|place| !tokens[*place].quoted || verb.is_some_and(|v| tokens[v].quoted));
    // «Каждый день я обзванивал», «всё это я собрал»: who speaks is the subject wherever the word stands.
    let speaker = own.clone().find_map(|place| speaker(&tokens[place]));
    let pronoun = speaker.or_else(|| own.find_map(|place| pronoun(&tokens[place])));
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
    let noun = |place: &usize| is_subject_noun(tokens, clause, *place, verb);
    let found = clause
        .tokens
        .clone()
        .filter(|place| *place < verb)
        .rev()
        .find(noun)
        .or_else(|| clause.tokens.clone().filter(|place| *place > verb).find(noun))?;
    let reading = tokens[found].word.top();
    Some(if reading.any(F::ANIM | F::NAME) || GROUPS.contains(&tokens[found].word.lemma()) { Subject::Person } else { Subject::Thing })
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

/// A nominative that agrees with the verb and is no object or attribute.
fn is_subject_noun(tokens: &[Token], clause: &Clause, place: usize, verb: usize) -> bool {
    let token = &tokens[place];
    let Some(reading) =
        token.word.analyses.iter().find(|a| a.features.any(F::NOUN | F::PROPN) && a.features.has(F::NOM) && a.probability >= 0.1)
    else {
        return false;
    };
    if place > clause.tokens.start && tokens[place - 1].word.top().has(F::ADP) {
        return false;
    }
    let verb_features = tokens[verb].word.top();
    if !agrees(reading.features, verb_features) {
        return false;
    }
    // An inanimate noun after a verb that takes an object is the object: «собрал отчёт».
    let ambiguous = token.word.can_be(F::ACC.with(F::INAN));
    let before = place < verb;
    !ambiguous
        || before && (place == clause.tokens.start || !verb_features.has(F::TRAN) || reading.probability >= 0.3)
        || !before && !verb_features.has(F::TRAN)
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
        let recent_we = clauses[index.saturating_sub(3)..index].iter().any(|last| last.subject == Subject::We);
        return if recent_we || speaks_we && previous.is_none() { Subject::We } else { Subject::They };
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
