//! What stands before a number and belongs to its span: «не меньше», «в течение», «за последние», «NPS».

use super::numbers::View;
use crate::language::TokenKind;

/// The start of an expression whose number begins at `start`.
pub fn extend(view: &View, start: usize, floor: usize) -> usize {
    let mut at = start;
    for _ in 0..4 {
        let Some(next) = step(view, at, floor) else { break };
        at = next;
    }
    at
}

/// One phrase further to the left.
fn step(view: &View, at: usize, floor: usize) -> Option<usize> {
    let last = at.checked_sub(1).filter(|last| *last >= floor)?;
    if !view.entries[last].ends_lead {
        return None;
    }
    let token = &view.text.tokens[last];
    // «стало меньше на треть»: the comparative is the predicate, no limit.
    if view.form(at) == "на" && view.entries[last].direction.is_some() {
        return None;
    }
    if view.sentence_end(last) != view.sentence_end(at) {
        return None;
    }
    let by_form = view.lexicon.leads(token.form());
    let phrases = by_form.iter().chain(
        token
            .word
            .analyses
            .iter()
            .filter(|reading| *reading.lemma != *token.form())
            .take(1)
            .flat_map(|reading| view.lexicon.leads(&reading.lemma)),
    );
    for phrase in phrases {
        let Some(first) = (last + 1).checked_sub(phrase.len()).filter(|first| *first >= floor) else { continue };
        // The last word has been compared already, by its form or lemma.
        let fits = phrase[..phrase.len() - 1].iter().enumerate().all(|(offset, word)| view.form(first + offset) == &**word);
        if fits {
            return Some(first);
        }
    }
    None
}

/// A metric's name right before a number without a unit: «NPS 31», «CSAT — 92», «NPS до 45».
pub fn metric_name(view: &View, start: usize, floor: usize) -> Option<usize> {
    let mut at = start.checked_sub(1)?;
    if at > floor && view.text.tokens[at].kind == TokenKind::Punct && matches!(view.form(at), "—" | "–" | "-" | ":" | "=") {
        at -= 1;
    }
    (at >= floor && view.entries[at].metric_name).then_some(at)
}
