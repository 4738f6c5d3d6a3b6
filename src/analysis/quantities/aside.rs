//! Numbers that say how, how often, on whom or against what something was measured: they are no result themselves.

use std::ops::Range;

use super::QuantityKind;
use super::lexicon::Numeral;
use super::numbers::View;
use crate::language::{Clause, Features as F};

/// Is the number no result, whatever the clause tells?
pub fn is_aside(view: &View, tokens: &Range<usize>, kind: QuantityKind) -> bool {
    let clause = &view.text.clauses[view.text.clause_of[tokens.start]];
    if view.text.is_bare(view.text.clause_of[tokens.start]) || view.text.tokens[tokens.start].quoted {
        return true;
    }
    if is_often(view, tokens, kind) || is_condition(view, tokens, kind) || is_method(view, tokens, kind, clause) {
        return true;
    }
    kind != QuantityKind::FromTo && is_norm(view, tokens)
        || !matches!(kind, QuantityKind::FromTo | QuantityKind::Change)
            && (is_sample(view, tokens, kind, clause)
                || is_baseline(view, tokens)
                || is_expected(view, tokens, clause)
                || is_missed(view, tokens, clause))
}

/// «раз в неделю», «каждые два часа».
fn is_often(view: &View, tokens: &Range<usize>, kind: QuantityKind) -> bool {
    view.form(tokens.start) == "раз" && tokens.len() > 1
        || kind == QuantityKind::Duration && tokens.clone().any(|at| view.text.tokens[at].word.has_lemma("каждый"))
}

/// «при плане 300», «из двенадцати заявок», «двойной контроль».
fn is_condition(view: &View, tokens: &Range<usize>, kind: QuantityKind) -> bool {
    let first = view.form(tokens.start);
    let usual = tokens.start > 1
        && view.form(tokens.start - 2) == "при"
        && is_before(view, tokens, |at| {
            view.text.tokens[at].word.is(F::ADJ) || view.entries[at].norm || view.text.tokens[at].word.has_lemma("план")
        });
    first == "при"
        || usual
        || kind == QuantityKind::Count
            && (tokens.start > 0 && first == "из" || matches!(view.numeral(tokens.start), Some(Numeral::Multiple(_))))
}

/// «мерил на пяти сменах», «засёк секундомером по двести заявок», «жалоб на тысячу посещений».
fn is_method(view: &View, tokens: &Range<usize>, kind: QuantityKind, clause: &Clause) -> bool {
    if matches!(kind, QuantityKind::FromTo | QuantityKind::Change) {
        return false;
    }
    let measured = clause.predicate.is_some_and(|verb| view.entries[verb].method)
        || view.clause_near(tokens.start).any(|at| view.entries[at].method && view.text.tokens[at].word.is(F::NOUN));
    let on = matches!(view.form(tokens.start), "на" | "по");
    let timed = on && kind != QuantityKind::Percent && view.clause_near(tokens.start).any(|at| view.entries[at].timing);
    let per = view.form(tokens.start) == "на"
        && kind == QuantityKind::Count
        && (tokens.start + 1..tokens.end)
            .any(|at| matches!(view.numeral(at), Some(Numeral::Scale(_))) || matches!(view.form(at), "сто" | "100" | "1000"))
        && is_before(view, tokens, |at| view.text.tokens[at].word.is(F::NOUN) && view.text.tokens[at].word.can_be(F::GEN));
    measured || timed || per
}

/// «норматив 30 минут», «с запасом в два дня».
fn is_norm(view: &View, tokens: &Range<usize>) -> bool {
    (tokens.start.saturating_sub(2)..tokens.start)
        .any(|at| view.entries[at].norm && view.text.clause_of[at] == view.text.clause_of[tokens.start])
}

/// Of whom or over what time something is told: «по итогам полугодия», «эти двое», «отвечали на опрос 30 % позвонивших».
fn is_sample(view: &View, tokens: &Range<usize>, kind: QuantityKind, clause: &Clause) -> bool {
    let sample = is_before(view, tokens, |at| view.entries[at].sample);
    let known = matches!(view.form(tokens.start), "эти" | "этих" | "этим" | "оба" | "обе");
    let answered = clause.predicate.is_some_and(|verb| view.text.tokens[verb].word.has_lemma("отвечать"))
        && matches!(kind, QuantityKind::Percent | QuantityKind::Share);
    sample && kind != QuantityKind::Percent || known || answered
}

/// «Раньше заводил сорок тикетов», «год назад было за тридцать», but «стало сорок вместо прежних ста» and «в полтора раза чаще, чем
/// раньше» tell what has changed.
pub fn is_baseline(view: &View, tokens: &Range<usize>) -> bool {
    let near = view.clause_near(tokens.start);
    let Some(past) = (near.start..tokens.start).rev().find(|at| view.entries[*at].baseline || is_last_time(view, *at)) else {
        return false;
    };
    // A run of speech tells then and now without a comma, so only what stands between counts.
    let changed = |at: usize| matches!(view.form(at), "теперь" | "сейчас") || view.text.tokens[at].word.has_lemma("стать");
    let passed = |at: usize| view.text.tokens[at].word.is(F::VERB.with(F::FIN)) && !view.text.tokens[at].word.is(F::PAST.with(F::IMP));
    // «вернулись к прежним шести минутам»: that is where it ended.
    let clause = &view.text.clauses[view.text.clause_of[tokens.start]];
    let reached = view.text.tokens[past].word.is(F::ADJ) && clause.predicate.is_some_and(passed);
    // «годом раньше ушли трое».
    let earlier = past > near.start
        && view.form(past) == "раньше"
        && view.entries[past - 1].unit.is_some()
        && view.text.tokens[past - 1].word.can_be(F::INS);
    let than = past > near.start && view.form(past - 1) == "чем";
    !than && !reached && (earlier || !(past..tokens.start).any(|at| changed(at) || passed(at)))
}

/// «в прошлый сбой», «на прошлой акции», but not «в прошлом году»: that may be the year of the story.
fn is_last_time(view: &View, at: usize) -> bool {
    view.text.tokens[at].word.has_lemma("прошлый") && view.entries.get(at + 1).is_some_and(|next| next.unit.is_none())
}

/// «ждали, что уйдёт половина», «готовились к сотне», «план был тридцать».
fn is_expected(view: &View, tokens: &Range<usize>, clause: &Clause) -> bool {
    let wanted = clause.predicate.is_some_and(|verb| verb < tokens.start && view.entries[verb].expectation);
    let verb = |at: usize| view.text.tokens[at].word.is(F::VERB) && view.entries[at].expectation;
    let near = view.clause_near(tokens.start);
    let planned = is_before(view, tokens, |at| view.text.tokens[at].word.has_lemma("быть"))
        && tokens.start > near.start + 1
        && view.text.tokens[tokens.start - 2].word.has_lemma("план");
    wanted || planned || (near.start..tokens.start).any(verb)
}

/// «до сорока не дотянули», «сорока пяти не случилось»: what was not reached.
fn is_missed(view: &View, tokens: &Range<usize>, clause: &Clause) -> bool {
    let Some(verb) = clause.predicate else { return false };
    let failed = view.text.tokens[verb].negated && view.entries[verb].reaching;
    let goal = view.form(tokens.start) == "до" || view.text.tokens[tokens.start].word.can_be(F::GEN);
    failed && goal
}

/// Does the token before the expression, in its clause, pass?
fn is_before(view: &View, tokens: &Range<usize>, passes: impl Fn(usize) -> bool) -> bool {
    tokens.start > view.clause_near(tokens.start).start && passes(tokens.start - 1)
}
