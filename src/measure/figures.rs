//! Figures of accuracy, defined as in the corpus's measuring script: words are `\w+`, spans match when they overlap.

use std::collections::BTreeMap;

use regex::Regex;

use super::gold::Record;
use crate::report::{Label, Report, Role};

const LABELS: [Label; 5] = [Label::S, Label::T, Label::A, Label::R, Label::O];

/// Named figures in the order they are printed.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    pub values: Vec<(String, f64)>,
    /// Words by annotated label (row) and found label (column), in the order S T A R O.
    pub confusion: [[usize; 5]; 5],
    pub disagreements: Vec<Disagreement>,
}

/// A place where Otvet and the annotators differ.
#[derive(Debug, Clone)]
pub struct Disagreement {
    /// `segment`, `outcome missed`, `vague extra`, `checklist missed`, `grade`…
    pub kind: String,
    pub record: String,
    pub detail: String,
}

/// The figures that tell most, for tables by file or question.
pub const MAIN_FIGURES: [&str; 9] = [
    "star.macro_f1",
    "star.f1.T",
    "presence.f1",
    "quantity.outcome.f1",
    "quantified.f1",
    "finding.micro_f1",
    "checklist.kappa",
    "grade.spearman",
    "grade.qwk",
];

impl Figures {
    /// A figure by its name; NaN if there is none.
    pub fn get(&self, name: &str) -> f64 {
        self.values.iter().find(|(known, _)| known == name).map_or(f64::NAN, |(_, value)| *value)
    }
}

#[derive(Default, Clone, Copy)]
struct Count {
    tp: usize,
    fp: usize,
    r#fn: usize,
}

impl Count {
    fn add(&mut self, other: Count) {
        self.tp += other.tp;
        self.fp += other.fp;
        self.r#fn += other.r#fn;
    }

    fn yes_no(&mut self, gold: bool, found: bool) {
        match (gold, found) {
            (true, true) => self.tp += 1,
            (false, true) => self.fp += 1,
            (true, false) => self.r#fn += 1,
            (false, false) => {}
        }
    }

    fn f1(self) -> f64 {
        if self.tp + self.fp + self.r#fn == 0 { 1.0 } else { 2.0 * self.tp as f64 / (2 * self.tp + self.fp + self.r#fn) as f64 }
    }

    fn precision(self) -> f64 {
        self.tp as f64 / (self.tp + self.fp) as f64
    }

    fn recall(self) -> f64 {
        self.tp as f64 / (self.tp + self.r#fn) as f64
    }
}

/// Compare reports with annotations; they come in the same order.
pub fn evaluate(records: &[&Record], reports: &[Report]) -> Figures {
    let mut figures = Figures::default();
    let mut tally = Tally::default();
    let Ok(word) = Regex::new(r"\w+") else { return figures };
    for (record, report) in records.iter().zip(reports) {
        tally.add(record, report, &word, &mut figures);
    }
    tally.write(&mut figures);
    figures
}

#[derive(Default)]
struct Tally {
    presence: Count,
    quantified: Count,
    outcome: Count,
    any: Count,
    findings: BTreeMap<String, Count>,
    checks: Vec<(bool, bool)>,
    grades: Vec<(u8, u8)>,
    totals: Vec<(f64, f64)>,
}

impl Tally {
    fn add(&mut self, record: &Record, report: &Report, word: &Regex, figures: &mut Figures) {
        let text = record.text();
        let chars = CharIndex::new(&text);
        let mut miss = |kind: String, detail: String| figures.disagreements.push(Disagreement { kind, record: record.id.clone(), detail });

        let mut gold_at: Vec<(usize, usize, Label)> = Vec::new();
        let mut place = 0;
        for (segment, label) in &record.segments {
            let end = place + segment.chars().count();
            gold_at.push((place, end, *label));
            place = end;
        }
        let label_at = |spans: &[(usize, usize, Label)], at: usize| {
            spans.iter().find(|(start, end, _)| *start <= at && at < *end).map_or(Label::O, |(_, _, label)| *label)
        };
        let found_at: Vec<_> = report.segments.iter().map(|segment| (segment.start, segment.end, segment.label)).collect();
        let mut by_segment = vec![[0usize; 5]; gold_at.len()];
        for found in word.find_iter(&text) {
            let at = chars.of(found.start());
            let (gold, got) = (label_at(&gold_at, at), label_at(&found_at, at));
            figures.confusion[gold as usize][got as usize] += 1;
            if let Some(number) = gold_at.iter().position(|(start, end, _)| *start <= at && at < *end) {
                by_segment[number][got as usize] += 1;
            }
        }
        for ((start, end, label), counts) in gold_at.iter().zip(by_segment) {
            let best = (0..5).max_by_key(|index| (counts[*index], 5 - index)).unwrap_or(4);
            if counts[best] > 0 && LABELS[best] != *label {
                miss("segment".into(), format!("{label:?} → {:?}: {}", LABELS[best], chars.slice(&text, *start, *end).trim()));
            }
        }
        for label in &LABELS[..4] {
            self.presence.yes_no(gold_at.iter().any(|(_, _, l)| l == label), found_at.iter().any(|(_, _, l)| l == label));
        }

        let gold = locate(&text, &chars, record.quantities.iter().map(|(span, role)| (*role == Role::Outcome, span.as_str())));
        let found: Vec<(bool, usize, usize)> = report.quantities.iter().map(|q| (q.role == Role::Outcome, q.start, q.end)).collect();
        let only = |spans: &[(bool, usize, usize)]| -> Vec<(usize, usize)> { spans.iter().filter(|s| s.0).map(|s| (s.1, s.2)).collect() };
        let (gold_out, found_out) = (only(&gold), only(&found));
        let (count, missed, extra) = overlaps(&gold_out, &found_out);
        self.outcome.add(count);
        for (start, end) in missed {
            miss("outcome missed".into(), chars.slice(&text, start, end).into());
        }
        for (start, end) in extra {
            miss("outcome extra".into(), chars.slice(&text, start, end).into());
        }
        let all = |spans: &[(bool, usize, usize)]| -> Vec<(usize, usize)> { spans.iter().map(|s| (s.1, s.2)).collect() };
        self.any.add(overlaps(&all(&gold), &all(&found)).0);
        self.quantified.yes_no(!gold_out.is_empty(), !found_out.is_empty());

        let gold = locate(&text, &chars, record.findings.iter().map(|(kind, span)| (kind.as_str(), span.as_str())));
        let found: Vec<(&str, usize, usize)> =
            report.findings.iter().filter_map(|f| f.place.map(|place| (f.kind.as_str(), place.start, place.end))).collect();
        let mut kinds: Vec<&str> = gold.iter().chain(&found).map(|(kind, _, _)| *kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        for kind in kinds {
            let of = |spans: &[(&str, usize, usize)]| -> Vec<(usize, usize)> {
                spans.iter().filter(|s| s.0 == kind).map(|s| (s.1, s.2)).collect()
            };
            let (mut gold, mut found) = (of(&gold), of(&found));
            if kind == "no-agency" {
                // A property of the whole text: it matches whatever span is given.
                gold = gold.first().map(|_| (0, 1)).into_iter().collect();
                found = found.first().map(|_| (0, 1)).into_iter().collect();
            }
            let (count, missed, extra) = overlaps(&gold, &found);
            self.findings.entry(kind.to_string()).or_default().add(count);
            for (start, end) in missed {
                miss(format!("{kind} missed"), chars.slice(&text, start, end).into());
            }
            for (start, end) in extra {
                miss(format!("{kind} extra"), chars.slice(&text, start, end).into());
            }
        }

        for (id, gold) in &record.checklist {
            let met = report.checklist.iter().any(|criterion| criterion.id == *id && criterion.met);
            self.checks.push((*gold, met));
            if *gold != met {
                let kind = if *gold { "checklist missed" } else { "checklist extra" };
                miss(kind.into(), format!("{}/{id}", record.question_id.as_deref().unwrap_or_default()));
            }
        }
        self.grades.push((record.grade, report.grade));
        self.totals.push((f64::from(record.grade), f64::from(report.score.total)));
        if record.grade.abs_diff(report.grade) >= 2 {
            miss("grade".into(), format!("{} → {} ({})", record.grade, report.grade, report.score.total));
        }
    }

    fn write(self, figures: &mut Figures) {
        let values = &mut figures.values;
        let confusion = &figures.confusion;
        let mut sum = 0.0;
        for (index, label) in LABELS.iter().enumerate() {
            let tp = confusion[index][index];
            let gold: usize = confusion[index].iter().sum();
            let found: usize = confusion.iter().map(|row| row[index]).sum();
            let f1 = Count { tp, fp: found - tp, r#fn: gold - tp }.f1();
            sum += f1;
            values.push((format!("star.f1.{label:?}"), f1));
        }
        values.push(("star.macro_f1".into(), sum / 5.0));
        let right: usize = (0..5).map(|index| confusion[index][index]).sum();
        let words: usize = confusion.iter().flatten().sum();
        values.push(("star.accuracy".into(), right as f64 / words as f64));
        values.push(("presence.f1".into(), self.presence.f1()));
        values.push(("quantified.f1".into(), self.quantified.f1()));
        values.push(("quantity.outcome.f1".into(), self.outcome.f1()));
        values.push(("quantity.any.recall".into(), self.any.recall()));
        let mut total = Count::default();
        for (kind, count) in &self.findings {
            total.add(*count);
            values.push((format!("finding.{kind}.precision"), count.precision()));
            values.push((format!("finding.{kind}.recall"), count.recall()));
            values.push((format!("finding.{kind}.f1"), count.f1()));
        }
        values.push(("finding.micro_f1".into(), total.f1()));
        if !self.checks.is_empty() {
            let mut count = Count::default();
            self.checks.iter().for_each(|(gold, found)| count.yes_no(*gold, *found));
            values.push(("checklist.f1".into(), count.f1()));
            let pairs: Vec<(usize, usize)> = self.checks.iter().map(|(gold, found)| (usize::from(*gold), usize::from(*found))).collect();
            values.push(("checklist.kappa".into(), kappa(&pairs, 2, false)));
        }
        if !self.grades.is_empty() {
            let (gold, found): (Vec<f64>, Vec<f64>) = self.totals.iter().copied().unzip();
            values.push(("grade.spearman".into(), pearson(&ranks(&gold), &ranks(&found))));
            let pairs: Vec<(usize, usize)> =
                self.grades.iter().map(|(gold, found)| (usize::from(*gold) - 1, usize::from(*found) - 1)).collect();
            values.push(("grade.qwk".into(), kappa(&pairs, 5, true)));
        }
    }
}

/// Code points by byte.
struct CharIndex(Vec<usize>);

impl CharIndex {
    fn new(text: &str) -> Self {
        let mut starts: Vec<usize> = text.char_indices().map(|(byte, _)| byte).collect();
        starts.push(text.len());
        Self(starts)
    }

    fn of(&self, byte: usize) -> usize {
        self.0.partition_point(|start| *start < byte)
    }

    fn slice<'t>(&self, text: &'t str, start: usize, end: usize) -> &'t str {
        let last = self.0.len() - 1;
        &text[self.0[start.min(last)]..self.0[end.min(last)]]
    }
}

/// Annotated phrases as places; a repeated phrase takes its occurrences in order.
fn locate<'r, K: Copy + PartialEq>(text: &str, chars: &CharIndex, items: impl Iterator<Item = (K, &'r str)>) -> Vec<(K, usize, usize)> {
    let mut places: Vec<(K, usize, usize)> = Vec::new();
    for (key, span) in items {
        let mut from = 0;
        while let Some(start) = text.get(from..).and_then(|rest| rest.find(span)).map(|start| start + from) {
            let place = (key, chars.of(start), chars.of(start + span.len()));
            if !places.contains(&place) {
                places.push(place);
                break;
            }
            from = start + span.chars().next().map_or(1, char::len_utf8);
        }
    }
    places
}

type Spans = Vec<(usize, usize)>;

/// Greedy one-to-one matching by overlap.
fn overlaps(gold: &[(usize, usize)], found: &[(usize, usize)]) -> (Count, Spans, Spans) {
    let mut left = found.to_vec();
    let mut missed = Vec::new();
    for (start, end) in gold {
        let shared = |span: &(usize, usize)| span.1.min(*end) as i64 - span.0.max(*start) as i64;
        let mut best: Option<usize> = None;
        for index in 0..left.len() {
            if best.is_none_or(|known| shared(&left[index]) > shared(&left[known])) {
                best = Some(index);
            }
        }
        match best.filter(|index| shared(&left[*index]) > 0) {
            Some(index) => drop(left.remove(index)),
            None => missed.push((*start, *end)),
        }
    }
    let tp = gold.len() - missed.len();
    (Count { tp, fp: left.len(), r#fn: missed.len() }, missed, left)
}

fn kappa(pairs: &[(usize, usize)], size: usize, weighted: bool) -> f64 {
    let mut table = vec![vec![0.0; size]; size];
    for (gold, found) in pairs {
        table[*gold][*found] += 1.0;
    }
    let rows: Vec<f64> = table.iter().map(|row| row.iter().sum()).collect();
    let columns: Vec<f64> = (0..size).map(|column| table.iter().map(|row| row[column]).sum()).collect();
    let count = pairs.len() as f64;
    let (mut observed, mut expected) = (0.0, 0.0);
    for row in 0..size {
        for column in 0..size {
            let distance = row.abs_diff(column) as f64 / (size - 1).max(1) as f64;
            let weight = if weighted { distance * distance } else { f64::from(u8::from(row != column)) };
            observed += weight * table[row][column] / count;
            expected += weight * rows[row] * columns[column] / (count * count);
        }
    }
    if expected == 0.0 { 1.0 } else { 1.0 - observed / expected }
}

fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|one, other| values[*one].total_cmp(&values[*other]));
    let mut ranks = vec![0.0; values.len()];
    let mut start = 0;
    while start < order.len() {
        let mut end = start;
        while end + 1 < order.len() && values[order[end + 1]] == values[order[start]] {
            end += 1;
        }
        for index in &order[start..=end] {
            ranks[*index] = (start + end) as f64 / 2.0;
        }
        start = end + 1;
    }
    ranks
}

fn pearson(xs: &[f64], ys: &[f64]) -> f64 {
    let count = xs.len() as f64;
    let (mean_x, mean_y) = (xs.iter().sum::<f64>() / count, ys.iter().sum::<f64>() / count);
    let shared: f64 = xs.iter().zip(ys).map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    let spread = |values: &[f64], mean: f64| values.iter().map(|value| (value - mean).powi(2)).sum::<f64>().sqrt();
    let (spread_x, spread_y) = (spread(xs, mean_x), spread(ys, mean_y));
    if spread_x == 0.0 || spread_y == 0.0 { 0.0 } else { shared / (spread_x * spread_y) }
}
