//! Analysis → report: places become code points, verdicts become sentences.

use super::advice;
use super::model::*;
use crate::analysis::checklist::Verdict;
use crate::analysis::findings::Found;
use crate::analysis::quantities::Quantity;
use crate::analysis::relevance::Relevance;
use crate::analysis::score::Scored;
use crate::analysis::star::model::FeatureId;
use crate::analysis::star::{self, Decision, Item, Model};
use crate::analysis::substance::Substance;
use crate::analysis::target::Target;
use crate::analyzer::Request;
use crate::document::Document;
use crate::language::{Features as F, Text, Token};
use crate::lexicon::Lexicon;
use std::ops::Range;

/// Everything the analyses found out about one text.
pub struct Assessment<'a> {
    pub text: &'a Text<'a>,
    pub items: Vec<Item>,
    pub decisions: Vec<Decision>,
    pub quantities: Vec<Quantity>,
    pub found: Vec<Found>,
    pub substance: Substance<'a>,
    pub verdicts: Vec<Verdict>,
    pub relevance: Relevance,
    pub score: Scored,
}

/// Words of Russian speech a minute (PRACTICE: about 120–130).
const WORDS_A_MINUTE: usize = 125;

/// How many cues of a segment are worth naming.
const CUES: usize = 6;

/// Write the report.
pub fn build(lexicon: &Lexicon, model: &Model, request: &Request, target: &Target, document: &Document, assessment: Assessment) -> Report {
    let places = Places { document };
    let text = assessment.text;
    let segments = segments(&places, model, &assessment);
    let findings = findings(&places, lexicon, target, &assessment, request.lint);
    let checklist = checklist(&places, lexicon, target, &assessment);
    let advice = advice::advise(lexicon, target, document, &assessment, &findings, &checklist);
    let words = text.word_count();
    Report {
        schema: SCHEMA,
        ruleset: lexicon.ruleset().to_string(),
        id: request.id.clone(),
        candidate: None,
        asked: None,
        source: None,
        kind: target.setting().kind.to_string(),
        question_id: request.question_id.map(str::to_string),
        question: match target {
            Target::Question(question) => Some(question.question.clone()),
            _ => None,
        },
        level: request.level,
        answer_kind: assessment.substance.answer_kind,
        score: assessment.score.score,
        grade: assessment.score.grade,
        star: star_shares(&assessment.substance),
        segments,
        quantities: assessment.quantities.iter().map(|quantity| quantity_entry(&places, quantity)).collect(),
        findings,
        checklist,
        advice,
        stats: Stats { words, sentences: text.sentences.len(), speech_seconds: words * 60 / WORDS_A_MINUTE },
    }
}

/// Converts places of the prose to places of the text as given: the only spot where bytes become code points.
struct Places<'d> {
    document: &'d Document,
}

impl Places<'_> {
    fn chars(&self, prose: Range<usize>) -> Range<usize> {
        let chars = self.document.locate(prose).chars;
        chars.start.0..chars.end.0
    }

    fn finding(&self, prose: Range<usize>) -> FindingPlace {
        let place = self.document.locate(prose);
        FindingPlace { start: place.chars.start.0, end: place.chars.end.0, line: place.start.line, column: place.start.column }
    }
}

fn star_shares(substance: &Substance) -> Star {
    let total = substance.words.iter().sum::<usize>().max(1) as f64;
    let part =
        |index: usize| Part { present: substance.words[index] > 0, share: (substance.words[index] as f64 / total * 100.0).round() / 100.0 };
    Star { s: part(0), t: part(1), a: part(2), r: part(3) }
}

/// Runs of clauses of one label; they tile the text.
fn segments(places: &Places, model: &Model, assessment: &Assessment) -> Vec<Segment> {
    let text = assessment.text;
    let whole = places.document.source().chars().count();
    let mut segments: Vec<Segment> = Vec::new();
    let mut confidences: Vec<Vec<f64>> = Vec::new();
    for (index, (clause, decision)) in text.clauses.iter().zip(&assessment.decisions).enumerate() {
        let label = star::label(decision);
        let chars = places.chars(text.span(clause.tokens.clone()));
        let cues = cues(places, model, text, index, &assessment.items[index], decision);
        match segments.last_mut() {
            Some(last) if last.label == label => {
                last.end = chars.end;
                last.cues.extend(cues);
                if let Some(last) = confidences.last_mut() {
                    last.push(decision.confidence);
                }
            }
            _ => {
                let start = if segments.is_empty() { 0 } else { chars.start };
                segments.push(Segment { label, start, end: chars.end, confidence: 0.0, cues });
                confidences.push(vec![decision.confidence]);
            }
        }
    }
    for index in 0..segments.len() {
        segments[index].end = segments.get(index + 1).map_or(whole, |next| next.start);
        let mean = confidences[index].iter().sum::<f64>() / confidences[index].len().max(1) as f64;
        segments[index].confidence = (mean * 100.0).round() / 100.0;
        segments[index].cues.sort_by(|one, other| other.weight.total_cmp(&one.weight));
        segments[index].cues.truncate(CUES);
    }
    if segments.is_empty() {
        segments.push(Segment { label: Label::O, start: 0, end: whole, confidence: 1.0, cues: Vec::new() });
    }
    segments
}

/// The features that spoke loudest for the label of a clause.
fn cues(places: &Places, model: &Model, text: &Text, index: usize, item: &Item, decision: &Decision) -> Vec<Cue> {
    let chars = places.chars(text.span(text.clauses[index].tokens.clone()));
    if item.forced.is_some() {
        return vec![Cue { id: "heading".into(), start: chars.start, end: chars.end, weight: 0.0 }];
    }
    let weighed = item.features.iter().map(|feature| {
        let weights = model.weights[*feature as usize];
        let mean = weights.iter().sum::<f64>() / 5.0;
        (*feature, ((weights[decision.label] - mean) * 100.0).round() / 100.0)
    });
    // Most features are too weak to be named: names are written out last.
    let mut loud: Vec<(FeatureId, f64)> = weighed.filter(|(feature, weight)| *weight >= 0.1 && model.name(*feature) != "always").collect();
    loud.sort_by(|one, other| other.1.total_cmp(&one.1));
    loud.truncate(CUES);
    let cue = |(feature, weight)| Cue { id: model.name(feature).to_string(), start: chars.start, end: chars.end, weight };
    loud.into_iter().map(cue).collect()
}

fn quantity_entry(places: &Places, quantity: &Quantity) -> QuantityEntry {
    let chars = places.chars(quantity.span.clone());
    QuantityEntry {
        start: chars.start,
        end: chars.end,
        text: places.document.quote(quantity.span.clone()).to_string(),
        role: quantity.role,
        value: quantity.value,
        from: quantity.from,
        unit: quantity.unit.clone(),
        direction: quantity.direction,
        metric: quantity.metric.clone(),
        period: quantity.period.clone(),
    }
}

fn findings(places: &Places, lexicon: &Lexicon, target: &Target, assessment: &Assessment, lint: bool) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for found in &assessment.found {
        let rule = &lexicon.rules()[found.rule];
        if rule.kind == "no-agency" && !assessment.substance.hides_agency {
            continue;
        }
        // What is said of a letter's manner is said of the letter.
        let whole = rule.kind == "letter" && !lint;
        let phrase = &assessment.text.prose[found.span.clone()];
        findings.push(Finding {
            rule: rule.id.clone(),
            kind: rule.kind.clone(),
            severity: rule.severity,
            place: (!whole).then(|| places.finding(found.span.clone())),
            message: if whole { format!("{}: «{phrase}»", rule.message) } else { rule.message.clone() },
            reason: rule.reason.clone(),
            advice: rule.advice.clone(),
        });
    }
    findings.extend(super::structure::findings(target, assessment));
    findings
}

fn checklist(places: &Places, lexicon: &Lexicon, target: &Target, assessment: &Assessment) -> Vec<CriterionResult> {
    let criteria = target.criteria(lexicon);
    let result = |verdict: &Verdict| {
        let criterion = &criteria[verdict.criterion];
        CriterionResult {
            id: criterion.id.clone(),
            text: criterion.text.clone(),
            met: verdict.met,
            why: verdict.why.clone(),
            evidence: verdict
                .evidence
                .iter()
                .map(|tokens| places.chars(assessment.text.span(rounded(assessment, tokens.clone()))))
                .map(|r| Evidence { start: r.start, end: r.end })
                .collect(),
            probe: criterion.probe.clone(),
        }
    };
    assessment.verdicts.iter().map(result).collect()
}

/// Evidence as one would quote it: a number with what it counts, an attribute with its noun, no preposition left hanging.
fn rounded(assessment: &Assessment, tokens: Range<usize>) -> Range<usize> {
    let text = assessment.text;
    let last = |end: usize| &text.tokens[end - 1];
    let mut end = tokens.end;
    let hangs = |token: &Token| !token.is_word() || token.word.top().any(F::ADP | F::CCONJ | F::SCONJ | F::PART_OF_SPEECH);
    while end > tokens.start + 1 && hangs(last(end)) {
        end -= 1;
    }
    let clause = text.clauses[text.clause_of[end - 1]].tokens.end;
    let counted = assessment.quantities.iter().find(|quantity| quantity.tokens.contains(&(end - 1)));
    end = counted.map_or(end, |quantity| quantity.tokens.end.max(end));
    let open = |end: usize| end < clause && last(end).word.top().any(F::ADJ | F::DET | F::NUM) && !last(end).word.top().has(F::SHORT);
    if open(end) && text.tokens[end].word.is(F::NOUN) {
        end += 1;
    }
    tokens.start..end
}
