//! How right Otvet is on the annotated answers of `fixtures/corpus/`, and that the figures are what their names say.
//!
//! `cargo test --release --test accuracy -- --nocapture` prints the table. The floors are there to notice a step back. The weights of the
//! sequence model are fitted to these very answers, so the figures say little about unseen texts: for that, hold a file out
//! (`cargo run --release --example fit -- --held-out fixtures/corpus/*.jsonl`).

use std::path::{Path, PathBuf};

use otvet::measure::{Figures, Record, entries, evaluate, read_corpus, reports};
use otvet::report::{
    AnswerKind, CriterionResult, Finding, FindingPlace, Label, QuantityEntry, Report, Role, Score, Segment, Severity, Star, Stats,
};
use otvet::{Analyzer, Lexicon, Options};
use serde_json::Value;

/// Files of writers who had not seen the rules. What they measured before anybody read them is told in docs/accuracy.md.
const UNSEEN: [&str; 9] = ["own-b", "own-c", "own-d", "own-e", "own-f", "own-g", "own-h", "own-i", "own-k"];

/// What must not be lost on them. The weights of the sequence model are fitted to them, too.
const UNSEEN_FLOORS: [(&str, f64); 5] = [
    ("presence.f1", 0.88),
    ("finding.micro_f1", 0.66),
    ("finding.employer-negativity.precision", 0.75),
    ("checklist.kappa", 0.52),
    ("grade.spearman", 0.75),
];

/// What must not be lost on the others. Raise a floor when the figure has risen for good.
const FLOORS: [(&str, f64); 8] = [
    ("star.macro_f1", 0.88),
    ("star.f1.T", 0.85),
    ("presence.f1", 0.93),
    ("quantity.outcome.f1", 0.85),
    ("finding.micro_f1", 0.88),
    // An accusation must be right.
    ("finding.employer-negativity.precision", 0.93),
    ("checklist.kappa", 0.78),
    ("grade.spearman", 0.80),
];

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

#[test]
fn the_corpus_is_read_as_well_as_before() {
    let mut files: Vec<PathBuf> = std::fs::read_dir(path("fixtures/corpus")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "jsonl"));
    files.sort();
    let records = read_corpus(&files).unwrap_or_else(|error| panic!("{error}"));
    assert!(records.len() >= 300, "the corpus is gone");

    let dirs = std::env::var_os("OTVET_LEXICON").map(Into::into).into_iter().collect();
    let lexicon = Lexicon::load(&Options { lexicon_dirs: dirs, ..Options::default() }).unwrap_or_else(|error| panic!("{error}"));
    let analyzer = Analyzer::new(lexicon).unwrap_or_else(|error| panic!("{error}"));
    let mut reader = analyzer.reader();
    let reports: Vec<Report> = records
        .iter()
        .map(|record| {
            reader.check(&record.request(&record.text())).unwrap_or_else(|error| panic!("{} {}: {error}", record.file, record.id))
        })
        .collect();
    let unseen = |record: &Record| UNSEEN.contains(&record.file.as_str());
    let mut fallen = Vec::new();
    for (group, floors) in [(false, &FLOORS[..]), (true, &UNSEEN_FLOORS[..])] {
        let (gold, found): (Vec<&Record>, Vec<Report>) = records
            .iter()
            .zip(&reports)
            .filter(|(record, _)| unseen(record) == group)
            .map(|(record, report)| (record, report.clone()))
            .unzip();
        let figures = evaluate(&gold, &found);
        println!("{} annotated texts{}", gold.len(), if group { " of writers who had not seen the rules" } else { "" });
        for (name, value) in &figures.values {
            let floor =
                floors.iter().find(|(floored, _)| floored == name).map_or(String::new(), |(_, floor)| format!("   at least {floor:.2}"));
            println!("{name:40} {value:.3}{floor}");
        }
        // NaN is no figure, and no figure is fallen too.
        let low = floors.iter().filter(|(name, floor)| figures.get(name).is_nan() || figures.get(name) < *floor);
        fallen.extend(low.map(|(name, floor)| format!("{name} is {:.3}, must be at least {floor:.2}", figures.get(name))));
    }
    assert!(fallen.is_empty(), "{}", fallen.join("\n"));
}

/// `tests/accuracy/annotated.jsonl` and `found.jsonl` are three texts and what an imagined analyzer said of them. They hold the cases
/// in which definitions differ: a repeated phrase annotated twice and found once, a span that overlaps without being equal, a finding
/// without a place, `no-agency` found elsewhere in the text, a criterion without a verdict, a tie of scores, a label that is never found.
///
/// The figures were computed from these two files by an independent implementation of the definitions (a script in Python,
/// kept with the annotation guidelines, which counts words as `\w+` and matches spans by overlap).
#[test]
fn figures_are_what_their_names_say() {
    let figures = small_case();
    let expected = [
        ("star.f1.S", 4.0 / 7.0),
        ("star.f1.T", 0.0),
        ("star.f1.A", 2.0 / 3.0),
        ("star.f1.R", 20.0 / 23.0),
        ("star.f1.O", 0.8),
        ("star.macro_f1", 0.581_532_091_097_308_5),
        ("star.accuracy", 5.0 / 7.0),
        ("presence.f1", 5.0 / 6.0),
        ("quantified.f1", 1.0),
        ("quantity.outcome.f1", 4.0 / 7.0),
        ("quantity.any.recall", 0.75),
        ("finding.employer-negativity.precision", f64::NAN),
        ("finding.employer-negativity.recall", 0.0),
        ("finding.employer-negativity.f1", 0.0),
        ("finding.filler.precision", 1.0),
        ("finding.filler.recall", 1.0),
        ("finding.filler.f1", 1.0),
        ("finding.no-agency.precision", 1.0),
        ("finding.no-agency.recall", 1.0),
        ("finding.no-agency.f1", 1.0),
        ("finding.vague.precision", 0.5),
        ("finding.vague.recall", 0.5),
        ("finding.vague.f1", 0.5),
        ("finding.micro_f1", 2.0 / 3.0),
        ("checklist.f1", 4.0 / 7.0),
        ("checklist.kappa", 0.0),
        ("grade.spearman", 0.866_025_403_784_438_7),
        ("grade.qwk", 22.0 / 37.0),
    ];
    for (name, value) in expected {
        assert!(figures.values.iter().any(|(known, _)| known == name), "{name} is not computed");
        let found = figures.get(name);
        assert!((found - value).abs() < 1e-9 || found.is_nan() && value.is_nan(), "{name}: {found}, not {value}");
    }
    let known: Vec<&str> = expected.iter().map(|(name, _)| *name).collect();
    let more: Vec<&str> = figures.values.iter().map(|(name, _)| name.as_str()).filter(|name| !known.contains(name)).collect();
    assert!(more.is_empty(), "figures nobody has checked: {more:?}");
}

#[test]
fn every_floor_is_a_figure() {
    let names: Vec<String> = small_case().values.into_iter().map(|(name, _)| name).collect();
    for (name, _) in FLOORS.iter().chain(&UNSEEN_FLOORS) {
        assert!(names.iter().any(|known| known == name), "{name}");
    }
}

fn small_case() -> Figures {
    let records = read_corpus([path("tests/accuracy/annotated.jsonl")]).unwrap_or_else(|error| panic!("{error}"));
    let found = std::fs::read_to_string(path("tests/accuracy/found.jsonl")).unwrap();
    let reports: Vec<Report> = found.lines().map(|line| report(&serde_json::from_str(line).unwrap())).collect();
    assert_eq!(records.len(), reports.len());
    evaluate(&records.iter().collect::<Vec<&Record>>(), &reports)
}

/// A report with what the figures look at.
fn report(value: &Value) -> Report {
    let list = |key: &str| value[key].as_array().unwrap().iter();
    let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let small = |value: &Value| u8::try_from(value.as_u64().unwrap()).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_string();
    let segment = |value: &Value| Segment {
        label: serde_json::from_value::<Label>(value["label"].clone()).unwrap(),
        start: number(&value["start"]),
        end: number(&value["end"]),
        confidence: 1.0,
        cues: Vec::new(),
    };
    let quantity = |value: &Value| QuantityEntry {
        start: number(&value["start"]),
        end: number(&value["end"]),
        text: String::new(),
        role: serde_json::from_value::<Role>(value["role"].clone()).unwrap(),
        value: None,
        from: None,
        unit: None,
        direction: None,
        metric: None,
        period: None,
    };
    let finding = |value: &Value| Finding {
        rule: String::new(),
        kind: text(&value["type"]),
        severity: Severity::Warning,
        place: value.get("start").map(|start| FindingPlace { start: number(start), end: number(&value["end"]), line: 1, column: 1 }),
        message: String::new(),
        reason: String::new(),
        advice: String::new(),
    };
    let criterion = |value: &Value| CriterionResult {
        id: text(&value["id"]),
        text: String::new(),
        met: value["met"].as_bool().unwrap(),
        why: String::new(),
        evidence: Vec::new(),
        probe: None,
    };
    Report {
        schema: "",
        ruleset: String::new(),
        id: None,
        candidate: None,
        asked: None,
        source: None,
        kind: "answer".into(),
        question_id: None,
        question: None,
        level: None,
        answer_kind: AnswerKind::Story,
        score: Score { total: small(&value["score"]["total"]), parts: Vec::new() },
        grade: small(&value["grade"]),
        star: Star::default(),
        segments: list("segments").map(segment).collect(),
        quantities: list("quantities").map(quantity).collect(),
        findings: list("findings").map(finding).collect(),
        checklist: list("checklist").map(criterion).collect(),
        advice: Vec::new(),
        stats: Stats::default(),
    }
}

/// Two answers of one wording: the annotators agree with what fires in the first and with nothing in the second.
#[test]
fn entries_are_counted_with_those_that_are_right() {
    let folder = tempfile::tempdir().unwrap();
    let text = ["Ну, касса встала. ", "Я позвонил мастеру. ", "Очередь сократилась вдвое."];
    let record = |id: &str, labels: [&str; 3], findings: Value| {
        let segments: Vec<Value> = text.iter().zip(labels).map(|(part, label)| serde_json::json!([part, label])).collect();
        serde_json::json!({"id": id, "style": "tidy", "level": null, "kind": "answer", "question_id": "improve-metrics", "segments": segments,
            "quantities": [], "findings": findings, "checklist": {}, "grade": 3})
        .to_string()
    };
    let mut files = Vec::new();
    for (name, line) in [
        ("one", record("first", ["S", "A", "R"], serde_json::json!([["filler", "Ну"]]))),
        ("two", record("second", ["O", "O", "O"], serde_json::json!([]))),
    ] {
        let file = folder.path().join(format!("{name}.jsonl"));
        std::fs::write(&file, line + "\n").unwrap();
        files.push(file);
    }
    let records = read_corpus(&files).unwrap();
    let analyzer = Analyzer::new(Lexicon::load(&Options::default()).unwrap()).unwrap();
    let found = reports(&analyzer, &records).unwrap();
    let uses = entries(&analyzer, &records, &found).unwrap();
    for (id, fired, right) in [("filler/nu", 2, 1), ("result/fall", 2, 1)] {
        let entry = uses.get(id).unwrap_or_else(|| panic!("{id} has not fired: {:?}", uses.keys()));
        assert_eq!((entry.fired, entry.right, entry.texts.len(), entry.files.len()), (fired, right, 2, 2), "{id}");
    }
}
