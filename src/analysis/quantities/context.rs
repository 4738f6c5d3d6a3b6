//! What the clause says of a number: which way it moved, what it measures, over what time.

use std::ops::Range;

use super::lexicon::UnitKind;
use super::numbers::View;
use crate::language::{Features as F, TokenKind};
use crate::report::Direction;

/// The word of direction nearest to an expression in its clause.
pub fn direction(view: &View, tokens: &Range<usize>) -> Option<(Direction, usize)> {
    let clause = view.clause_near(tokens.start);
    // «вдвое меньше»: the word right after says more than the verb before.
    let after = (tokens.end..clause.end.min(tokens.end + 2)).find_map(|at| comparative(view, at).map(|way| (way, at)));
    if after.is_some() {
        return after;
    }
    // «оценка не упала, как была 4,6, так и осталась», «не дольше двенадцати минут»
    let bound = |at: usize| at > 0 && view.form(at - 1) == "не";
    let moving = |at: usize| view.entries[at].direction.filter(|_| !bound(at)).map(|way| (way, at));
    let before = (clause.start..tokens.start).rev().find_map(moving);
    before
        .or_else(|| (tokens.clone()).filter(|at| !bound(*at)).find_map(|at| view.entries[at].direction.map(|way| (way, at))))
        .or_else(|| (tokens.end..clause.end).find_map(|at| view.entries[at].direction.map(|way| (way, at))))
}

fn comparative(view: &View, at: usize) -> Option<Direction> {
    let token = view.text.tokens.get(at)?;
    // «не дольше двенадцати минут» is a bound.
    if at > 0 && view.form(at - 1) == "не" {
        return None;
    }
    view.entries[at].direction.filter(|_| token.word.features.has(F::CMP) || token.word.top().any(F::ADV | F::ADJ))
}

/// The words of the clause that name what is measured.
pub fn metric(view: &View, tokens: &Range<usize>, way: Option<usize>) -> Option<String> {
    let clause = view.clause_near(tokens.start);
    let free = |at: &usize| !tokens.contains(at) && is_metric_noun(view, *at);
    let preferred = |at: &usize| free(at) && (view.entries[*at].metric_noun || view.entries[*at].metric_name);
    // «выросла до 19 процентов, это моя работа»: what comes after a comma is said of something else.
    let pause = (tokens.end..clause.end).find(|at| view.text.tokens[*at].kind == TokenKind::Punct).unwrap_or(clause.end);
    // «жалоб на ожидание»: what stands under a preposition comes second.
    let plain = |at: &usize| preferred(at) && !after_preposition(view, *at);
    let head = (clause.start..tokens.start).rev().find(plain).or_else(|| (clause.start..tokens.start).rev().find(preferred));
    let head = head.or_else(|| (tokens.end..pause).find(preferred));
    let head = head.or_else(|| earlier(view, clause.start..pause, preferred)).or_else(|| {
        let subject = |at: &usize| {
            free(at)
                && view.text.tokens[*at].word.top().has(F::NOM)
                && !after_preposition(view, *at)
                && !view.text.tokens[*at].word.top().has(F::ANIM)
        };
        let object = |at: &usize| {
            free(at)
                && view.text.tokens[*at].word.features.any(F::ACC)
                && !after_preposition(view, *at)
                && !view.text.tokens[*at].word.top().has(F::ANIM)
        };
        let anchor = way.unwrap_or(tokens.start);
        (clause.start..anchor)
            .rev()
            .find(subject)
            .or_else(|| (anchor..pause.max(anchor)).find(object))
            .or_else(|| (clause.start..pause).find(subject))
            // «скандалов из-за коробок не было ни одного»
            .or_else(|| (clause.start..tokens.start).find(|at| free(at) && is_genitive(view, *at) && !after_preposition(view, *at)))
    })?;
    let head = governor(view, head, clause.start, tokens);
    let mut start = head;
    while start > clause.start && is_attribute(view, start - 1) && !tokens.contains(&(start - 1)) {
        start -= 1;
    }
    let mut end = head + 1;
    while end < clause.end
        && end < head + 4
        && !tokens.contains(&end)
        && (is_attribute(view, end) && follows_noun(view, end, clause.end) || is_genitive(view, end))
    {
        end += 1;
    }
    Some(view.text.slice(start..end).to_string())
}

/// «доля гостей, которые приходят снова, выросла»: the clause of the number goes on after another one.
fn earlier(view: &View, clause: Range<usize>, preferred: impl Fn(&usize) -> bool) -> Option<usize> {
    let of_verb = view.text.clauses[view.text.clause_of[clause.start]].predicate?;
    let verb = &view.text.tokens[of_verb].word;
    let has_subject = clause.clone().any(|at| is_metric_noun(view, at) && view.text.tokens[at].word.top().has(F::NOM));
    if has_subject || !verb.is(F::PAST) {
        return None;
    }
    let sentence = view.sentence_near(clause.start);
    (sentence.start..clause.start).rev().find(|at| preferred(at) && view.text.tokens[*at].word.top().has(F::NOM))
}

/// «доля повторных обращений»: the noun that governs the genitive is what is measured.
fn governor(view: &View, head: usize, from: usize, tokens: &Range<usize>) -> usize {
    let mut head = head;
    while view.text.tokens[head].word.can_be(F::GEN) {
        let mut before = head;
        while before > from && is_attribute(view, before - 1) {
            before -= 1;
        }
        // «с тех пор скандалов»: a noun under a preposition governs nothing.
        let apart = before == from || tokens.contains(&(before - 1)) || !is_metric_noun(view, before - 1) || is_person(view, before - 1);
        if apart || after_preposition(view, before - 1) && !view.entries[before - 1].metric_noun {
            break;
        }
        head = before - 1;
    }
    head
}

fn is_person(view: &View, at: usize) -> bool {
    view.text.tokens[at].word.top().has(F::ANIM)
}

fn is_metric_noun(view: &View, at: usize) -> bool {
    let token = &view.text.tokens[at];
    let entry = &view.entries[at];
    token.kind == TokenKind::Word
        && (entry.metric_name || token.word.is(F::NOUN))
        && entry.unit.is_none()
        && entry.numeral.is_none()
        && !entry.month
        && entry.direction.is_none()
}

fn after_preposition(view: &View, at: usize) -> bool {
    (at.saturating_sub(2)..at).any(|before| view.text.tokens[before].word.top().has(F::ADP))
}

fn is_attribute(view: &View, at: usize) -> bool {
    let token = &view.text.tokens[at];
    let top = token.word.top();
    token.kind == TokenKind::Word
        && (top.has(F::ADJ) || top.has(F::PARTICIPLE))
        && !top.any(F::SHORT | F::CMP)
        && view.entries[at].numeral.is_none()
        && !view.entries[at].ends_lead
}

fn follows_noun(view: &View, at: usize, end: usize) -> bool {
    at + 1 < end && is_genitive(view, at + 1)
}

fn is_genitive(view: &View, at: usize) -> bool {
    let token = &view.text.tokens[at];
    token.kind == TokenKind::Word
        && token.word.is(F::NOUN)
        && token.word.can_be(F::GEN)
        && view.entries[at].unit.is_none_or(|unit| view.lexicon.unit(unit).kind == UnitKind::Noun)
}

/// «за квартал», «за последний год»: a time of the sentence without a number.
pub fn plain_period(view: &View, tokens: &Range<usize>) -> Option<Range<usize>> {
    let sentence = view.sentence_near(tokens.start);
    for at in sentence.clone() {
        if tokens.contains(&at) || !matches!(view.form(at), "за" | "через" | "спустя") {
            continue;
        }
        let mut end = at + 1;
        while end < sentence.end && end < at + 3 && view.text.tokens[end].word.top().any(F::ADJ | F::DET) {
            end += 1;
        }
        let time = view.entries.get(end).and_then(|entry| entry.unit).is_some_and(|unit| view.lexicon.unit(unit).kind == UnitKind::Time);
        if end < sentence.end && time && !tokens.contains(&end) {
            return Some(at..end + 1);
        }
    }
    None
}
