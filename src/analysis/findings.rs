//! Phrases that hurt: the rules of the lexicon, with their conditions.

use std::collections::HashMap;
use std::ops::Range;

use super::book::{Matches, RuleHits};
use super::expression::Expression;
use super::sieve::{Sieve, Sifted};
use crate::language::{Clause, Features as F, Subject, Text, TokenKind};
use crate::lexicon::{Check, Lexicon, LexiconError, Rule, Within};
use crate::pattern::Hit;

/// A rule that fired, with its place.
#[derive(Debug, Clone)]
pub struct Found {
    /// The number of the rule in the lexicon.
    pub rule: usize,
    /// Bytes of the prose.
    pub span: Range<usize>,
}

/// What kind of text the rules are applied to.
#[derive(Debug, Clone, Copy, Default)]
pub struct Setting<'a> {
    /// `answer` or the id of a letter kind.
    pub kind: &'a str,
    pub question_id: Option<&'a str>,
    /// The id of the question's kind.
    pub question_kind: Option<&'a str>,
}

/// The regular expressions of the rules, each compiled when a text first has what it needs.
pub struct Expressions(Vec<Vec<Expression>>);

impl Expressions {
    /// # Errors
    /// A regular expression that cannot be compiled, with the place of its rule.
    pub fn compile(lexicon: &Lexicon) -> Result<Self, LexiconError> {
        let sieves: HashMap<&str, Sieve> = crate::lexicon::sieves().unwrap_or_default();
        let compile = |rule: &Rule, pattern: &String| {
            Expression::new(pattern, sieves.get(pattern.as_str()).cloned()).map_err(|error| {
                let message = format!(
                    "правило «{}»: неверное регулярное выражение: {}",
                    rule.id,
                    error.to_string().lines().last().unwrap_or_default()
                );
                LexiconError::new(Some(rule.place.clone()), message, "синтаксис: docs.rs/regex, без просмотра вперёд и назад")
            })
        };
        let all = lexicon
            .rules()
            .iter()
            .map(|rule| rule.regex.iter().map(|pattern| compile(rule, pattern)).collect())
            .collect::<Result<_, _>>()?;
        Ok(Self(all))
    }
}

/// Apply every rule; findings in the order of the text, overlapping ones of one type merged into the longest.
pub fn find(text: &Text, matches: &Matches, expressions: &Expressions, lexicon: &Lexicon, setting: Setting) -> Vec<Found> {
    merge(fired(text, matches, expressions, lexicon, setting), lexicon)
}

/// Everything that fires, before overlapping findings are merged.
pub fn fired(text: &Text, matches: &Matches, expressions: &Expressions, lexicon: &Lexicon, setting: Setting) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let sifted = Sifted::new(text.prose);
    for (number, rule) in lexicon.rules().iter().enumerate() {
        if !applies(rule, setting) {
            continue;
        }
        let hits = &matches.rules[number];
        for hit in hits.hits.iter().filter(|hit| stands(text, rule, hits, hit)) {
            found.push(Found { rule: number, span: text.span(hit.tokens.clone()) });
        }
        for expression in &expressions.0[number] {
            for place in expression.find(text.prose, &sifted) {
                if rule.check.is_none_or(|check| checks_out(check, place.as_str()))
                    && token_at(text, place.start()).is_none_or(|token| surroundings_allow(text, rule, hits, token))
                {
                    found.push(Found { rule: number, span: place.range() });
                }
            }
        }
    }
    found
}

fn applies(rule: &Rule, setting: Setting) -> bool {
    (rule.kinds.is_empty() || rule.kinds.iter().any(|kind| kind == setting.kind))
        && !setting.question_id.is_some_and(|id| rule.questions_except.iter().any(|except| except == id))
        && !setting.question_kind.is_some_and(|kind| rule.question_kinds_except.iter().any(|except| except == kind))
}

/// Does a hit count under the conditions of its rule?
fn stands(text: &Text, rule: &Rule, hits: &RuleHits, hit: &Hit) -> bool {
    let excused = hit.negated && !rule.negated || hit.quoted && !rule.quoted;
    let told = rule.nominal && !is_enumeration(text, &text.clauses[text.clause_of[hit.tokens.start]]);
    !excused && !told && surroundings_allow(text, rule, hits, hit.tokens.start)
}

/// Nothing is said of anything: no predicate, no number.
fn is_enumeration(text: &Text, clause: &Clause) -> bool {
    clause.predicate.is_none() && text.tokens[clause.tokens.clone()].iter().all(|token| token.kind != TokenKind::Number)
}

/// Do `when` and `unless` of the rule let a hit at this token count?
fn surroundings_allow(text: &Text, rule: &Rule, hits: &RuleHits, token: usize) -> bool {
    let near = |within: Within, others: &[Hit]| {
        let scope = scope(text, within, token);
        others.iter().any(|other| scope.contains(&other.tokens.start))
    };
    (rule.when.is_empty() || near(rule.when_within, &hits.when)) && !near(rule.unless_within, &hits.unless)
}

/// The token in which a byte of the prose lies, or the next one.
fn token_at(text: &Text, byte: usize) -> Option<usize> {
    let token = text.tokens.partition_point(|token| token.end <= byte);
    (token < text.tokens.len()).then_some(token)
}

/// The tokens a condition looks at.
fn scope(text: &Text, within: Within, token: usize) -> Range<usize> {
    let clause = text.clause_of[token];
    let sentence = text.clauses[clause].sentence;
    match within {
        Within::Clause => text.clauses[clause].tokens.clone(),
        Within::Sentence => text.sentences[sentence].tokens.clone(),
        Within::Previous => text.sentences[sentence.saturating_sub(1)].tokens.start..text.sentences[sentence].tokens.end,
        Within::Text => 0..text.tokens.len(),
    }
}

/// Overlapping findings of one type say one thing: the longest stays.
fn merge(mut found: Vec<Found>, lexicon: &Lexicon) -> Vec<Found> {
    let kind = |one: &Found| lexicon.rules()[one.rule].kind.as_str();
    found.sort_by_key(|one| (one.span.start, std::cmp::Reverse(one.span.end), one.rule));
    let mut kept: Vec<Found> = Vec::new();
    for one in found {
        let clash =
            kept.iter().rposition(|other| kind(other) == kind(&one) && other.span.end > one.span.start && one.span.end > other.span.start);
        match clash {
            None => kept.push(one),
            Some(place) if one.span.len() > kept[place].span.len() => kept[place] = one,
            Some(_) => {}
        }
    }
    kept
}

/// What a narrator says of themselves without doing anything: it shows no part in the story.
const NO_DEED: [&str; 45] = [
    "быть",
    "являться",
    "считать",
    "думать",
    "полагать",
    "верить",
    "помнить",
    "вспомнить",
    "знать",
    "понимать",
    "мочь",
    "уметь",
    "хотеть",
    "желать",
    "любить",
    "нравиться",
    "обладать",
    "иметь",
    "надеяться",
    "просить",
    "выражать",
    "благодарить",
    "гордиться",
    "радоваться",
    "рад",
    "готовый",
    "сказать",
    "рассказать",
    "отвечать",
    "работать",
    "трудиться",
    "проработать",
    "жить",
    "участвовать",
    "понять",
    "сообщать",
    "прилагать",
    "направлять",
    "служить",
    "узнать",
    "получить",
    "учиться",
    "добиваться",
    "считаться",
    "осознать",
];

/// Is the candidate's own part really hidden? Agentless phrases (so many of them) are a fault only where they outweigh the deeds of the
/// narrator; what is said in empty phrases is no deed.
pub fn hides_agency(text: &Text, phrases: usize, empty: &[Range<usize>]) -> bool {
    if phrases == 0 || text.clauses.iter().any(|clause| names_own_share(text, clause)) {
        return false;
    }
    let empty = |clause: &Clause| {
        let span = text.span(clause.tokens.clone());
        empty.iter().any(|talk| talk.start < span.end && span.start < talk.end)
    };
    // One or two such phrases are forgiven whoever says at all what they did; a text of them is not saved by a boast.
    let few = phrases <= 2;
    let deeds = text.clauses.iter().filter(|clause| shows_own_deed(text, clause) && (few || !empty(clause))).count();
    if few { deeds == 0 } else { deeds * 2 < phrases }
}

/// «Я собрал смену», «провела опрос», «я бы начала с…» — not «я считаю», «прошу рассмотреть», «я не обучал», «кто-то писал».
fn shows_own_deed(text: &Text, clause: &Clause) -> bool {
    clause.subject == Subject::Narrator
        && !text.words(clause).any(|token| matches!(token.form(), "кто-то" | "кто-нибудь" | "некто" | "никто"))
        && text.words(clause).any(|token| {
            let top = token.word.top();
            !token.negated
                && !top.has(F::THIRD)
                && !token.quoted
                && top.has(F::VERB.with(F::FIN))
                && !top.any(F::PLUR | F::NEUT)
                && !NO_DEED.contains(&token.word.lemma())
        })
}

/// «Мною внедрён», «на мне была логистика», «за мной — сроки», «моя часть — договоры».
fn names_own_share(text: &Text, clause: &Clause) -> bool {
    let mut before = "";
    text.words(clause).filter(|token| !token.quoted).any(|token| {
        let mine = matches!(before, "мой" | "моя" | "мое" | "моей" | "моем" | "мою");
        let named = token.form() == "мною"
            || matches!((before, token.form()), ("на", "мне") | ("за", "мной"))
            || mine && SHARES.contains(&token.word.lemma());
        before = token.form();
        named
    })
}

/// What follows «моя» where a share of common work is told.
const SHARES: [&str; 8] = ["роль", "часть", "участок", "зона", "вклад", "блок", "кусок", "направление"];

fn checks_out(check: Check, text: &str) -> bool {
    let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(10)).collect();
    match check {
        Check::Luhn => digits.len() >= 13 && luhn(&digits),
        Check::Inn => inn(&digits),
        Check::Snils => snils(&digits),
    }
}

/// ISO/IEC 7812-1, annex B.
fn luhn(digits: &[u32]) -> bool {
    let sum: u32 =
        digits.iter().rev().enumerate().map(|(place, digit)| if place % 2 == 0 { *digit } else { digit * 2 / 10 + digit * 2 % 10 }).sum();
    sum.is_multiple_of(10) && digits.iter().any(|digit| *digit != 0)
}

/// Check digits of a taxpayer number (order of the Federal Tax Service ММВ-7-6/435, 2012).
fn inn(digits: &[u32]) -> bool {
    const WEIGHTS: [u32; 11] = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
    let check = |count: usize| {
        let sum: u32 = digits[..count].iter().zip(&WEIGHTS[11 - count..]).map(|(digit, weight)| digit * weight).sum();
        sum % 11 % 10 == digits[count]
    };
    match digits.len() {
        10 => check(9),
        12 => check(10) && check(11),
        _ => false,
    }
}

/// Check sum of a pension insurance number (order of the Pension Fund 192п, 2006).
fn snils(digits: &[u32]) -> bool {
    if digits.len() != 11 {
        return false;
    }
    let sum: u32 = digits[..9].iter().zip((1..=9).rev()).map(|(digit, weight)| digit * weight).sum();
    let expected = match sum % 101 {
        100 => 0,
        rest => rest,
    };
    expected == digits[9] * 10 + digits[10]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_tell_a_card_from_a_number() {
        assert!(checks_out(Check::Luhn, "4111 1111 1111 1111"));
        assert!(!checks_out(Check::Luhn, "4111 1111 1111 1112"));
        assert!(checks_out(Check::Inn, "7707083893"));
        assert!(!checks_out(Check::Inn, "7707083894"));
        assert!(checks_out(Check::Snils, "112-233-445 95"));
        assert!(!checks_out(Check::Snils, "112-233-445 96"));
    }

    #[test]
    fn a_part_is_hidden_only_where_no_own_deed_is_seen() {
        let lexicon = Lexicon::load(&crate::Options::default()).unwrap();
        let analyzer = crate::Analyzer::new(lexicon).unwrap();
        let mut reader = analyzer.reader();
        let mut hidden = |text: &str| {
            let request = crate::Request { kind: "answer", text, ..crate::Request::default() };
            reader.check(&request).unwrap().findings.iter().any(|finding| finding.kind == "no-agency")
        };
        for text in [
            "Была проведена работа с базой, выявлены узкие места. Конверсия выросла на 5%.",
            "Мы разместили вакансии, провели собеседования. Кто-то писал инструкции. Офис открыли вовремя.",
            "Считаю себя лидером. Мы запустили чат.",
        ] {
            assert!(hidden(text), "{text}");
        }
        for text in [
            "Мы разместили вакансии, а я провела сорок собеседований.",
            "На мне была логистика. Мы переехали за выходные.",
            "Мною проведено обучение. Было принято решение закрыть склад.",
            "Ввёл двойную проверку. Была проведена инвентаризация.",
        ] {
            assert!(!hidden(text), "{text}");
        }
    }

    #[test]
    fn conditions_hold_for_regular_expressions() {
        let lexicon = Lexicon::load(&crate::Options::default()).unwrap();
        let analyzer = crate::Analyzer::new(lexicon).unwrap();
        let mut reader = analyzer.reader();
        let mut leaks = |text: &str| {
            let request = crate::Request { kind: "answer", text, ..crate::Request::default() };
            reader.check(&request).unwrap().findings.iter().any(|finding| finding.kind == "confidential")
        };
        assert!(leaks("Клиентка звонила с +7 912 345-67-80."));
        assert!(!leaks("Мой телефон +7 912 345-67-80."));
    }
}
