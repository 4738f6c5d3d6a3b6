//! Good texts stay unblamed: hardly a warning about phrases on answers and letters where there is nothing to scold.

use std::path::Path;

use otvet::report::Severity;
use otvet::{Analyzer, Lexicon, Options, Request};
use serde::Deserialize;

/// The types that blame a phrase; what concerns the whole text (structure, length, letter) is judged elsewhere.
const PHRASES: [&str; 8] =
    ["vague", "employer-negativity", "other-negativity", "filler", "confidential", "personal-need", "no-agency", "placeholder"];

/// False alarms borne over all texts together.
const BORNE: usize = 2;

#[derive(Deserialize)]
struct Index {
    text: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    file: String,
    kind: String,
    question: Option<String>,
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn good_texts_are_not_blamed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/clean");
    let index: Index = toml::from_str(&read(&folder.join("index.toml"))).unwrap_or_else(|error| panic!("index.toml: {error}"));
    let files = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())).count() - 1;
    assert_eq!(index.text.len(), files, "каждый файл должен быть в index.toml");

    let dirs = std::env::var_os("OTVET_LEXICON").map(Into::into).into_iter().collect();
    let lexicon = Lexicon::load(&Options { lexicon_dirs: dirs, ..Options::default() }).unwrap_or_else(|error| panic!("{error}"));
    let analyzer = Analyzer::new(lexicon).unwrap_or_else(|error| panic!("{error}"));
    let mut reader = analyzer.reader();
    let mut alarms = Vec::new();
    for entry in &index.text {
        let text = read(&folder.join(&entry.file));
        let request = Request { kind: &entry.kind, question_id: entry.question.as_deref(), text: &text, ..Request::default() };
        let report = reader.check(&request).unwrap_or_else(|error| panic!("{}: {error}", entry.file));
        for finding in report.findings {
            if finding.severity == Severity::Hint || !PHRASES.contains(&finding.kind.as_str()) {
                continue;
            }
            let letters = text.chars().collect::<Vec<_>>();
            let phrase = finding.place.map_or(String::new(), |place| letters[place.start..place.end].iter().collect());
            alarms.push(format!("{}: {} «{phrase}»", entry.file, finding.rule));
        }
    }
    println!("{}", alarms.join("\n"));
    assert!(alarms.len() <= BORNE, "ложных тревог {} на {} текстов:\n{}", alarms.len(), index.text.len(), alarms.join("\n"));
}
