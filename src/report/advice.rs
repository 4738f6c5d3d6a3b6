//! What to change first: the three changes that bring most points.

use super::build::Assessment;
use super::model::{CriterionResult, Finding};
use super::names::lower_first;
use crate::analysis::score::share_of_loss;
use crate::analysis::target::Target;
use crate::document::Document;
use crate::lexicon::{Fact, Lexicon};

/// How many pieces of advice a person can use at once.
const MOST: usize = 3;

/// How many phrases one piece of advice quotes.
const NAMED: usize = 3;

/// The best advice first; each ends with the points it can bring.
pub fn advise(
    lexicon: &Lexicon,
    target: &Target,
    document: &Document,
    assessment: &Assessment,
    findings: &[Finding],
    checklist: &[CriterionResult],
) -> Vec<String> {
    let table = &lexicon.score;
    let shares = target.shares(lexicon);
    let substance = &assessment.substance;
    let mut wishes: Vec<(f64, String)> = Vec::new();
    if target.wants_story() {
        let star = f64::from(shares.star);
        let missing = [
            (Fact::Situation, table.star.s, "Начните с ситуации: где и когда это было, что шло не так?"),
            (Fact::Task, table.star.t, "Скажите одной фразой, за что отвечали и чего должны были добиться лично вы"),
            (Fact::OwnAction, table.star.a, "Расскажите, что сделали именно вы, по шагам"),
            (Fact::Result, table.star.r, "Закончите результатом: что изменилось и как вы это узнали?"),
        ];
        for (fact, share, advice) in missing {
            if !substance.has(fact) {
                wishes.push((share * star, advice.to_string()));
            }
        }
        if substance.has(Fact::Result) && !substance.has(Fact::Outcome) {
            wishes.push((
                0.6 * f64::from(shares.measure),
                "Измерьте результат: было столько-то, стало столько-то, за такой-то срок".to_string(),
            ));
        } else if substance.asks_method && !substance.has(Fact::Method) {
            wishes.push((0.15 * f64::from(shares.measure), "Скажите, откуда число: отчёт, опрос, сравнение до и после".to_string()));
        }
    }
    let each = f64::from(shares.checklist) / checklist.len().max(1) as f64;
    for criterion in checklist.iter().filter(|criterion| !criterion.met) {
        let text = criterion.probe.clone().unwrap_or_else(|| format!("Покажите: {}", lower_first(&criterion.text)));
        wishes.push((each, text));
    }
    wishes.extend(cuts(document, assessment, findings));
    wishes.sort_by(|one, other| other.0.total_cmp(&one.0));
    wishes
        .into_iter()
        .filter(|(gain, _)| *gain >= 0.5)
        .take(MOST)
        .map(|(gain, text)| format!("{} (+{})", text.trim_end_matches('.'), gain.round().max(1.0) as u32))
        .collect()
}

/// What to take out: a piece of advice a type of findings, with what all of them cost.
fn cuts(document: &Document, assessment: &Assessment, findings: &[Finding]) -> Vec<(f64, String)> {
    let part = assessment.score.score.parts.iter().find(|part| part.id == "wording");
    let lost = part.map_or(0.0, |part| f64::from(part.max - part.points));
    let placed = || findings.iter().filter(|finding| finding.place.is_some());
    let mut kinds: Vec<&str> = Vec::new();
    for finding in placed().filter(|finding| share_of_loss(&assessment.substance, &finding.kind) > 0.0) {
        if !kinds.contains(&finding.kind.as_str()) {
            kinds.push(&finding.kind);
        }
    }
    kinds
        .into_iter()
        .map(|kind| {
            let of_kind: Vec<&Finding> = placed().filter(|finding| finding.kind == kind).collect();
            let gain = lost * share_of_loss(&assessment.substance, kind) * of_kind.len() as f64;
            (gain, cut(document, &of_kind))
        })
        .collect()
}

/// One piece of advice about all findings of a type.
fn cut(document: &Document, findings: &[&Finding]) -> String {
    let step = if findings[0].kind == "vague" { "Подтвердите случаем или уберите" } else { "Уберите" };
    let mut quotes: Vec<String> = Vec::new();
    for quote in findings.iter().map(|finding| format!("«{}»", quote(document, finding))) {
        if !quotes.contains(&quote) {
            quotes.push(quote);
        }
    }
    let why = if let [only] = findings {
        if only.message.contains(quotes[0].trim_matches(['«', '»'])) { String::new() } else { format!(": {}", only.message) }
    } else {
        String::new()
    };
    let more = quotes.len().saturating_sub(NAMED);
    quotes.truncate(NAMED);
    let rest = if more > 0 { format!(" и ещё {more}") } else { String::new() };
    format!("{step} {}{rest}{why}", quotes.join(", "))
}

/// The phrase of a finding as the writer put it.
fn quote(document: &Document, finding: &Finding) -> String {
    finding.place.map_or_else(String::new, |place| document.source().chars().skip(place.start).take(place.end - place.start).collect())
}
