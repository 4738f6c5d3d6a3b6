//! Does a pattern match at a word of the text, and where does the match end?

use super::element::{Choice, Element};
use super::presence::Presence;
use super::vocabulary::LiteralId;
use crate::language::Text;

/// The end of the match of `elements` that begins with the word `at` of the piece at hand.
pub(super) fn end(elements: &[Element], text: &Text, presence: &Presence, at: usize) -> Option<usize> {
    Matcher { text, presence }.run(elements, at, Link::First, None)
}

/// How the next word must be joined to what was matched.
#[derive(Clone, Copy, PartialEq)]
enum Link {
    /// Nothing was matched yet.
    First,
    Adjacent,
    /// A comma or the like must stand between.
    Pause,
    /// Anywhere in the clause: inside a gap.
    Free,
}

/// What follows the elements at hand.
struct Rest<'a> {
    elements: &'a [Element],
    next: Option<&'a Rest<'a>>,
}

struct Matcher<'a> {
    text: &'a Text<'a>,
    presence: &'a Presence,
}

impl Matcher<'_> {
    /// Match `elements` and then `rest` from the word `at`; the end of the match.
    fn run<'r>(&self, mut elements: &'r [Element], mut at: usize, mut link: Link, mut rest: Option<&'r Rest<'r>>) -> Option<usize> {
        let units = &self.text.units;
        loop {
            let Some((first, after)) = elements.split_first() else {
                let Rest { elements: more, next } = match rest {
                    None => return Some(at),
                    Some(rest) => rest,
                };
                (elements, rest) = (more, *next);
                continue;
            };
            elements = after;
            match first {
                Element::Atom { keys, features, .. } => {
                    let unit = units.get(at)?;
                    let joined = match link {
                        Link::First => true,
                        Link::Adjacent => unit.adjacent,
                        Link::Pause => unit.pause,
                        Link::Free => unit.same_clause,
                    };
                    // In the order of what they cost: most words are dismissed by the first.
                    let named = joined && (keys.is_empty() || share(self.text.keys(unit), keys));
                    if !named || !(features.is_empty() || self.text.tokens[unit.token].can_be(*features)) {
                        return None;
                    }
                    (at, link) = (at + 1, Link::Adjacent);
                }
                Element::Any(choice) => {
                    if self.hopeless(choice, at) {
                        return None;
                    }
                    let rest = Rest { elements, next: rest };
                    return self.find(choice, at, |alternative| self.run(alternative, at, link, Some(&rest)));
                }
                Element::Optional(inner) => {
                    let with = Rest { elements, next: rest };
                    if let Some(end) = self.run(inner, at, link, Some(&with)) {
                        return Some(end);
                    }
                }
                Element::Gap(width) => return self.skip(*width, elements, at, link, rest),
                Element::Not(inner) => {
                    let near = at > 0 && units.get(at).is_some_and(|unit| unit.same_sentence);
                    if near && self.run(std::slice::from_ref(inner), at - 1, Link::First, None) == Some(at) {
                        return None;
                    }
                }
                Element::Pause => link = Link::Pause,
                Element::Start => {
                    if !units.get(at).is_some_and(|unit| unit.clause_start) {
                        return None;
                    }
                }
                Element::End => {
                    if !units.get(at).is_none_or(|unit| unit.clause_start) {
                        return None;
                    }
                }
            }
        }
    }

    /// Pass over up to `width` words and match the rest: the fewest first.
    fn skip<'r>(&self, width: usize, after: &'r [Element], at: usize, link: Link, rest: Option<&'r Rest<'r>>) -> Option<usize> {
        // The gap itself is joined to what was matched: after a comma its first word stands behind the comma.
        let near = if link == Link::Adjacent { Link::Free } else { link };
        if let Some(end) = self.run(after, at, near, rest) {
            return Some(end);
        }
        for skipped in 1..=width {
            let joined = self.text.units.get(at + skipped - 1).is_some_and(|unit| match near {
                Link::Pause if skipped == 1 => unit.pause,
                Link::First if skipped == 1 => true,
                _ => unit.same_clause,
            });
            if !joined {
                break;
            }
            if let Some(end) = self.run(after, at + skipped, Link::Free, rest) {
                return Some(end);
            }
        }
        None
    }

    /// Has the text from here on none of the words that every alternative needs one of? A look at the word before the piece knows nothing.
    fn hopeless(&self, choice: &Choice, at: usize) -> bool {
        let Some(group) = &choice.required else { return false };
        at >= self.presence.words().start && !self.presence.has_between(group, at, at + choice.widest.saturating_sub(1))
    }

    /// The first alternative for which `matches` gives something; those whose first word is not at hand are passed over.
    fn find(&self, choice: &Choice, at: usize, matches: impl Fn(&[Element]) -> Option<usize>) -> Option<usize> {
        if choice.named.is_empty() {
            return choice.alternatives.iter().find_map(|alternative| matches(alternative));
        }
        let mut candidates: Vec<u32> = Vec::new();
        if let Some(unit) = self.text.units.get(at) {
            for key in self.text.keys(unit) {
                let first = choice.named.partition_point(|(known, _)| known < key);
                candidates.extend(choice.named[first..].iter().take_while(|(known, _)| known == key).map(|(_, number)| *number));
            }
        }
        if candidates.is_empty() {
            return choice.open.iter().find_map(|number| matches(&choice.alternatives[*number as usize]));
        }
        candidates.extend(choice.open.iter());
        candidates.sort_unstable();
        candidates.dedup();
        candidates.into_iter().find_map(|number| matches(&choice.alternatives[number as usize]))
    }
}

/// Is the word called by one of the keys? Both lists are sorted.
#[inline]
fn share(word: &[LiteralId], keys: &[LiteralId]) -> bool {
    // Most words of patterns have one name.
    if let [key] = keys {
        return word.contains(key);
    }
    // The longer list is searched, the shorter one is walked.
    let (short, long) = if keys.len() < word.len() { (keys, word) } else { (word, keys) };
    short.iter().any(|key| long.binary_search(key).is_ok())
}
