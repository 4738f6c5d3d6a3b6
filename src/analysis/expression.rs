//! A regular expression of a rule, asked only where it can match.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use regex::{Match, Regex, RegexBuilder};
use regex_syntax::hir::{Hir, HirKind, Look};

use super::sieve::{Sieve, Sifted};

/// An expression, compiled when a text first has what it needs.
pub struct Expression {
    pattern: String,
    sieve: Sieve,
    compiled: OnceLock<Option<Regex>>,
    /// The expression without its word boundaries, compiled when it is asked for the second time: a single check is spared the work.
    loose: OnceLock<Option<Regex>>,
    asked: AtomicBool,
}

impl Expression {
    /// An expression, with its sieve if that is known.
    ///
    /// # Errors
    /// One that is written wrongly or is too big.
    pub fn new(pattern: &str, sieve: Option<Sieve>) -> Result<Self, regex::Error> {
        let (sieve, compiled) = match sieve.or_else(|| Sieve::needed(pattern)) {
            Some(sieve) => (sieve, OnceLock::new()),
            // What may be refused must be refused now.
            None => (Sieve::Always, OnceLock::from(Some(compile(pattern)?))),
        };
        Ok(Self { pattern: pattern.to_string(), sieve, compiled, loose: OnceLock::new(), asked: AtomicBool::new(false) })
    }

    /// Places of the group `span`, or of whole matches.
    pub fn find<'t>(&self, prose: &'t str, sifted: &Sifted) -> Vec<Match<'t>> {
        if !self.sieve.passes(sifted) || !self.may_match(prose) {
            return Vec::new();
        }
        let Some(regex) = self.compiled.get_or_init(|| compile(&self.pattern).ok()) else { return Vec::new() };
        if regex.captures_len() == 1 {
            return regex.find_iter(prose).collect();
        }
        regex.captures_iter(prose).filter_map(|captures| captures.name("span").or_else(|| captures.get(0))).collect()
    }

    /// Does the expression match if word boundaries do not count? On Russian text `\b` keeps the `regex` crate from its fast automaton.
    fn may_match(&self, prose: &str) -> bool {
        if !self.asked.swap(true, Ordering::Relaxed) {
            return true;
        }
        let loose = self.loose.get_or_init(|| {
            let hir = regex_syntax::parse(&self.pattern).ok()?;
            let bounded = hir.properties().look_set().contains_word_unicode();
            bounded.then(|| compile(&without_boundaries(&hir).to_string()).ok()).flatten()
        });
        loose.as_ref().is_none_or(|loose| loose.is_match(prose))
    }
}

/// What the automaton of an expression may keep of the states it has met: every thread has its own for each of dozens of expressions,
/// and the default of 2 MB is filled by a few long letters.
const STATES: usize = 256 << 10;

fn compile(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(pattern).dfa_size_limit(STATES).build()
}

/// The expression with every word boundary left out: it matches wherever the expression does, and elsewhere too.
fn without_boundaries(hir: &Hir) -> Hir {
    match hir.kind() {
        HirKind::Look(
            Look::WordUnicode
            | Look::WordUnicodeNegate
            | Look::WordStartUnicode
            | Look::WordEndUnicode
            | Look::WordStartHalfUnicode
            | Look::WordEndHalfUnicode,
        ) => Hir::empty(),
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => hir.clone(),
        HirKind::Repetition(repetition) => Hir::repetition(repetition.with(without_boundaries(&repetition.sub))),
        HirKind::Capture(capture) => without_boundaries(&capture.sub),
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(without_boundaries).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.iter().map(without_boundaries).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_finds_the_same_when_it_is_asked_again() {
        for (pattern, text, found) in [
            (r"\b\d{3}\b", "шифр 123, код 4567", vec!["123"]),
            (r"(?i)\bвода\b", "Вода и водка", vec!["Вода"]),
            (r"(?i)\bвода\b", "водка", vec![]),
            (r"(?i)(?:\bмой|наш) (?P<span>дом)\b", "НАШ ДОМ, мой домик", vec!["ДОМ"]),
            (r"(?:\bа)+\B", "аа б", vec!["а"]),
        ] {
            let expression = Expression::new(pattern, None).unwrap();
            for _ in 0..3 {
                let places = expression.find(text, &Sifted::new(text));
                assert_eq!(places.iter().map(Match::as_str).collect::<Vec<_>>(), found, "{pattern}: {text}");
            }
        }
    }
}
