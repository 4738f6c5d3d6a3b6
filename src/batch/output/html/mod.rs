//! The HTML report: one file that needs no network. Templates escape every text; scripts get nothing but attributes.

mod plot;
mod slices;
mod view;

use std::collections::BTreeMap;
use std::io;

use askama::Template;
use otvet::report::{names, plural};

pub use slices::Slices;

use super::{Output, Writer, brief};
use crate::batch::item::Answered;
use crate::batch::totals::{AREAS, AreaTotals, Gap, PARTS, Scores, Totals, competency_name};
use view::{Answer, Area, Bar, Candidate, Cell, HeatRow, Refused};

/// So many answers are shown one by one: a page with more opens too slowly. The totals count all.
const MOST_ANSWERS: usize = 3000;

pub struct Html {
    to: Writer,
    answers: Vec<Answer>,
    left_out: usize,
    candidates: BTreeMap<String, usize>,
}

impl Html {
    pub fn new(to: Writer) -> Self {
        Self { to, answers: Vec::new(), left_out: 0, candidates: BTreeMap::new() }
    }
}

impl Output for Html {
    fn answer(&mut self, answered: &Answered) -> io::Result<()> {
        let Ok(report) = &answered.outcome else { return Ok(()) };
        if self.answers.len() >= MOST_ANSWERS {
            self.left_out += 1;
            return Ok(());
        }
        let number = self.answers.len() + 1;
        let candidate = answered.candidate().map(|name| {
            let next = self.candidates.len() + 1;
            *self.candidates.entry(name.to_string()).or_insert(next)
        });
        self.answers.push(Answer::new(number, answered, report, candidate));
        Ok(())
    }

    fn finish(mut self: Box<Self>, totals: &Totals) -> io::Result<()> {
        let page = Page::new(totals, &self.answers, self.left_out, &self.candidates);
        let page = page.render().map_err(io::Error::other)?;
        self.to.write_all(page.as_bytes())?;
        self.to.flush()
    }
}

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    brief: String,
    ruleset: &'a str,
    count: String,
    mean: String,
    median: String,
    failed: usize,
    left_out: usize,
    plot: plot::Histogram,
    heat: Vec<HeatRow>,
    parts: [&'static str; 4],
    findings: Vec<Bar>,
    rules: Vec<(String, String)>,
    questions: Vec<(String, String)>,
    competencies: Vec<Bar>,
    areas: Vec<Area>,
    candidates: Vec<Candidate>,
    answers: &'a [Answer],
    refusals: Vec<Refused>,
    refusals_left: usize,
}

impl<'a> Page<'a> {
    fn new(totals: &'a Totals, answers: &'a [Answer], left_out: usize, numbers: &BTreeMap<String, usize>) -> Self {
        let ranked = totals.ranked();
        let commonest = totals.commonest();
        let share = |count: usize| if totals.answers == 0 { 0.0 } else { count as f64 / totals.answers as f64 };
        Self {
            brief: brief(totals),
            ruleset: &totals.ruleset,
            count: plural::grouped(totals.answers),
            mean: tenth(totals.scores.mean()),
            median: plural::decimal(totals.scores.median()),
            failed: totals.failed,
            left_out,
            plot: plot::Histogram::new(&totals.scores),
            heat: ranked.iter().map(|question| heat(question, totals)).collect(),
            parts: PARTS.map(|(label, _)| names::label(label)),
            findings: commonest
                .iter()
                .take(12)
                .map(|finding| Bar {
                    key: finding.rule.clone(),
                    title: view::clean(&finding.message),
                    note: names::severity(finding.severity).into(),
                    value: format!("{} ({})", plural::grouped(finding.answers), plural::percent(share(finding.answers))),
                    width: percent(share(finding.answers)),
                })
                .collect(),
            rules: commonest.iter().map(|finding| (finding.rule.clone(), view::clean(&finding.message))).collect(),
            questions: ranked.iter().map(|question| (question.id.clone(), view::clean(&question.title))).collect(),
            competencies: weakest_first(&totals.competencies)
                .into_iter()
                .map(|(competency, scores)| Bar {
                    key: String::new(),
                    title: view::clean(competency_name(competency)),
                    note: plural::count(scores.count(), ["ответ", "ответа", "ответов"]),
                    value: tenth(scores.mean()),
                    width: scores.mean().round() as usize,
                })
                .collect(),
            areas: if totals.areas.is_empty() { Vec::new() } else { areas(&totals.areas) },
            candidates: candidates(totals, answers, numbers),
            answers,
            refusals: totals.refusals.iter().map(|(place, refusal)| Refused::new(place, refusal)).collect(),
            refusals_left: totals.failed - totals.refusals.len(),
        }
    }
}

fn tenth(number: f64) -> String {
    plural::decimal((number * 10.0).round() / 10.0)
}

fn percent(share: f64) -> usize {
    (share * 100.0).round() as usize
}

fn weakest_first(competencies: &BTreeMap<String, Scores>) -> Vec<(&String, &Scores)> {
    let mut competencies: Vec<_> = competencies.iter().collect();
    competencies.sort_by(|one, other| one.1.mean().total_cmp(&other.1.mean()));
    competencies
}

fn heat(question: &crate::batch::totals::QuestionTotals, totals: &Totals) -> HeatRow {
    let count = question.scores.count();
    // Where no story was asked for, no part can be missing.
    let story = question.missing.iter().any(|missing| *missing > 0);
    let parts =
        if story { question.missing.map(|missing| Some(Cell::new(1.0 - missing as f64 / count as f64, ""))) } else { [const { None }; 4] };
    HeatRow {
        id: question.id.clone(),
        title: view::clean(&question.title),
        count: plural::grouped(count),
        mean: tenth(question.scores.mean()),
        median: plural::decimal(question.scores.median()),
        parts,
        criteria: question.criteria.iter().map(|criterion| Cell::new(1.0 - criterion.missed(), &criterion.text)).collect(),
        commonest: question
            .commonest()
            .map(|(rule, answers)| (totals.findings.get(rule).map_or(rule, |finding| finding.message.as_str()), answers))
            .map(|(message, answers)| format!("{} — {}", view::clean(message), plural::count(answers, ["ответ", "ответа", "ответов"]))),
    }
}

fn areas(totals: &BTreeMap<crate::batch::totals::Area, AreaTotals>) -> Vec<Area> {
    AREAS
        .iter()
        .map(|area| {
            let empty = AreaTotals::default();
            let own = totals.get(area).unwrap_or(&empty);
            Area {
                title: area.title(),
                count: own.scores.count(),
                mean: if own.gap() == Gap::Unknown { "—".into() } else { tenth(own.scores.mean()) },
                width: own.scores.mean().round() as usize,
                gap: own.gap().title(),
                weak: own.gap() != Gap::Covered,
                train: own.to_train(3).into_iter().map(view::clean).collect(),
            }
        })
        .collect()
}

fn candidates(totals: &Totals, answers: &[Answer], numbers: &BTreeMap<String, usize>) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = numbers
        .iter()
        .filter_map(|(name, number)| {
            let own = totals.candidates.get(name)?;
            Some(Candidate {
                number: *number,
                name: view::clean(name),
                level: own.level.map(super::csv::level).unwrap_or_default(),
                count: own.scores.count(),
                mean: tenth(own.scores.mean()),
                median: plural::decimal(own.scores.median()),
                areas: areas(&own.areas),
                answers: answers
                    .iter()
                    .filter(|answer| answer.candidate == Some(*number))
                    .map(|answer| (answer.number, answer.question.clone(), answer.score))
                    .collect(),
            })
        })
        .collect();
    candidates.sort_by_key(|candidate| candidate.number);
    candidates
}

#[cfg(test)]
mod tests;
