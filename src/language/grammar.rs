//! What a sentence adds to the dictionary: negation, quotation and «бы». Who does it: `subject.rs`.

use super::clauses::{Boundary, Clause};
use super::features::Features as F;
use super::text::Sentence;
use super::token::{Token, TokenKind};

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
