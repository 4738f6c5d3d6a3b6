//! What the templates show: texts made safe to read (escaping is the templates' work), numbers made ready.

use otvet::Report;
use otvet::report::{Label, Role, Severity, names, plural, sanitize};

use super::Slices;
use crate::batch::item::{Answered, Place};
use crate::batch::record::Refusal;

/// On one line.
pub fn clean(text: &str) -> String {
    sanitize::line(text)
}

/// An answer with all that is said of it.
pub struct Answer {
    pub number: usize,
    pub name: String,
    pub candidate: Option<usize>,
    pub question_id: String,
    pub question: String,
    pub level: &'static str,
    pub kind: &'static str,
    pub score: u8,
    pub grade: u8,
    pub grade_text: &'static str,
    /// Letters of the parts that are missing though due.
    pub missing: String,
    /// Rules that fire, with spaces around each.
    pub rules: String,
    pub segments: Vec<Segment>,
    pub findings: Vec<Finding>,
    pub criteria: Vec<Criterion>,
    pub met: usize,
    pub advice: Vec<String>,
    pub parts: Vec<Part>,
    pub words: String,
    pub speech: String,
}

pub struct Segment {
    pub letter: &'static str,
    pub title: &'static str,
    pub pieces: Vec<Piece>,
}

/// A run of text under the same findings.
pub struct Piece {
    pub text: String,
    pub severity: &'static str,
    pub measured: bool,
    /// What the reader is told on hover and focus; empty: plain text.
    pub tips: Vec<String>,
}

pub struct Finding {
    pub severity: &'static str,
    pub class: &'static str,
    pub rule: String,
    pub quote: String,
    pub message: String,
    pub reason: String,
    pub advice: String,
}

pub struct Criterion {
    pub met: bool,
    pub text: String,
    pub why: String,
    pub probe: String,
}

pub struct Part {
    pub title: String,
    pub points: u8,
    pub max: u8,
    pub why: String,
}

impl Answer {
    pub fn new(number: usize, answered: &Answered, report: &Report, candidate: Option<usize>) -> Self {
        let name = match (&report.candidate, &report.id) {
            (Some(name), _) => clean(name),
            (None, Some(id)) => clean(id),
            (None, None) => format!("№ {number}"),
        };
        let fires = |rule: &str| report.findings.iter().any(|finding| finding.rule == rule);
        let missing = crate::batch::totals::PARTS.iter().filter(|(_, rule)| fires(rule)).map(|(label, _)| names::letter(*label)).collect();
        let mut rules: Vec<&str> = report.findings.iter().map(|finding| finding.rule.as_str()).collect();
        rules.sort_unstable();
        rules.dedup();
        let slices = Slices::new(&answered.text);
        let letter = if report.kind == "answer" { "Вопрос не указан" } else { &report.kind };
        Self {
            number,
            name,
            candidate,
            question_id: report
                .question_id
                .clone()
                .unwrap_or_else(|| if report.kind == "answer" { String::new() } else { report.kind.clone() }),
            question: clean(report.question.as_deref().unwrap_or(letter)),
            level: report.level.map(super::super::csv::level).unwrap_or_default(),
            kind: names::answer_kind(report.answer_kind),
            score: report.score.total,
            grade: report.grade,
            grade_text: names::grade(report.grade),
            missing,
            rules: format!(" {} ", rules.join(" ")),
            segments: segments(report, &slices),
            findings: findings(report, &slices),
            criteria: report
                .checklist
                .iter()
                .map(|result| Criterion {
                    met: result.met,
                    text: clean(&result.text),
                    why: clean(&result.why),
                    probe: result
                        .probe
                        .as_deref()
                        .filter(|_| !result.met)
                        .map(|probe| clean(&names::probe(probe, &report.kind)))
                        .unwrap_or_default(),
                })
                .collect(),
            met: report.checklist.iter().filter(|result| result.met).count(),
            advice: report.advice.iter().map(|advice| clean(advice)).collect(),
            parts: report
                .score
                .parts
                .iter()
                .map(|part| Part { title: clean(&part.title), points: part.points, max: part.max, why: clean(&part.why.join("; ")) })
                .collect(),
            words: plural::count(report.stats.words, ["слово", "слова", "слов"]),
            speech: plural::duration(report.stats.speech_seconds),
        }
    }
}

fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    }
}

fn findings(report: &Report, slices: &Slices) -> Vec<Finding> {
    let mut findings: Vec<_> = report.findings.iter().collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    findings
        .into_iter()
        .map(|finding| Finding {
            severity: names::severity(finding.severity),
            class: class(finding.severity),
            rule: finding.rule.clone(),
            quote: finding.place.map(|place| sanitize::short(slices.get(place.start, place.end), 120)).unwrap_or_default(),
            message: clean(&finding.message),
            reason: clean(&finding.reason),
            advice: clean(&finding.advice),
        })
        .collect()
}

/// Cut the segments where findings and measured results begin and end.
fn segments(report: &Report, slices: &Slices) -> Vec<Segment> {
    let places: Vec<_> =
        report.findings.iter().filter_map(|finding| finding.place.map(|place| (place.start, place.end, finding))).collect();
    let measured: Vec<_> = report.quantities.iter().filter(|quantity| quantity.role == Role::Outcome).collect();
    let mut cuts: Vec<usize> = places.iter().flat_map(|(start, end, _)| [*start, *end]).collect();
    cuts.extend(measured.iter().flat_map(|quantity| [quantity.start, quantity.end]));
    cuts.sort_unstable();
    cuts.dedup();
    report
        .segments
        .iter()
        .map(|segment| {
            let inner = cuts.iter().copied().filter(|cut| (segment.start + 1..segment.end).contains(cut));
            let mut pieces = Vec::new();
            let mut from = segment.start;
            for to in inner.chain([segment.end]) {
                let over: Vec<_> = places.iter().filter(|(start, end, _)| *start < to && from < *end).collect();
                let measures: Vec<_> = measured.iter().filter(|quantity| quantity.start < to && from < quantity.end).collect();
                let worst = over.iter().map(|(_, _, finding)| finding.severity).max();
                let said = over.iter().map(|(_, _, finding)| {
                    clean(&format!(
                        "{}: {} Лучше: {}",
                        names::severity(finding.severity),
                        names::sentence(&finding.message),
                        finding.advice
                    ))
                });
                let tips = said.chain(measures.iter().map(|quantity| clean(&names::measured(quantity)))).collect();
                pieces.push(Piece {
                    text: sanitize::block(slices.get(from, to)),
                    severity: worst.map(class).unwrap_or_default(),
                    measured: !measures.is_empty(),
                    tips,
                });
                from = to;
            }
            let title = if segment.label == Label::O { "прочее" } else { names::label(segment.label) };
            Segment { letter: names::letter(segment.label), title, pieces }
        })
        .filter(|segment| segment.pieces.iter().any(|piece| !piece.text.is_empty()))
        .collect()
}

/// A bar of a list.
pub struct Bar {
    /// The rule to filter by.
    pub key: String,
    pub title: String,
    pub note: String,
    pub value: String,
    /// 0–100.
    pub width: usize,
}

/// A row of the heat map.
pub struct HeatRow {
    pub id: String,
    pub title: String,
    pub count: String,
    pub mean: String,
    pub median: String,
    pub parts: [Option<Cell>; 4],
    pub criteria: Vec<Cell>,
    pub commonest: Option<String>,
}

/// A cell of the heat map: a share from bad to good.
pub struct Cell {
    pub percent: usize,
    /// 0–4, for the colour.
    pub step: usize,
    pub title: String,
}

impl Cell {
    pub fn new(share: f64, title: &str) -> Self {
        let percent = super::percent(share);
        Self { percent, step: (percent / 20).min(4), title: clean(title) }
    }
}

pub struct Area {
    pub title: &'static str,
    pub count: usize,
    pub mean: String,
    pub width: usize,
    pub gap: &'static str,
    pub weak: bool,
    pub train: Vec<String>,
}

pub struct Candidate {
    pub number: usize,
    pub name: String,
    pub level: &'static str,
    pub count: usize,
    pub mean: String,
    pub median: String,
    pub areas: Vec<Area>,
    /// Number of the answer, question, score.
    pub answers: Vec<(usize, String, u8)>,
}

pub struct Refused {
    pub file: String,
    pub row: usize,
    /// The candidate, or the id of the record.
    pub who: String,
    pub question: String,
    pub message: String,
}

impl Refused {
    pub fn new(place: &Place, refusal: &Refusal) -> Self {
        Self {
            file: clean(place.file.as_deref().unwrap_or("стандартный ввод")),
            row: place.row,
            who: clean(refusal.about.candidate.as_deref().or(refusal.id.as_deref()).unwrap_or_default()),
            question: clean(refusal.about.question.as_deref().unwrap_or_default()),
            message: clean(&refusal.message),
        }
    }
}
