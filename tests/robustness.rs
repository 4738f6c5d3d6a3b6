//! Any text in: a report that holds together, or a refusal that says what to do. Never a panic, never a control character on a terminal.
//!
//! `fixtures/hostile/` holds what has been thought of; random texts look for the rest.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use otvet::report::{Format, Json, Markdown, Page, Palette, Terminal};
use otvet::{Analyzer, CheckError, LONGEST_TEXT, Lexicon, Options, Report, Request};
use proptest::prelude::*;
use proptest::sample::select;

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| {
    let lexicon = Lexicon::load(&Options::default()).unwrap_or_else(|error| panic!("{error}"));
    Analyzer::new(lexicon).unwrap_or_else(|error| panic!("{error}"))
});

const QUESTION: &str = "improve-metrics";

// ---------------------------------------------------------------------------------------------------------------------------------
// Files

/// What must be refused; everything else in the folder must be read.
const REFUSED: [&str; 8] =
    ["binary.bin", "cut-letter.txt", "empty.txt", "lone-surrogate.txt", "nul.txt", "only-punctuation.txt", "png-as.txt", "spaces.txt"];

/// The same story, byte for byte or letter for letter, in other encodings and disguises: the same labels and the same score.
const DISGUISES: [&str; 12] = [
    "utf-16le-bom.txt",
    "utf-16be-bom.txt",
    "cp1251.txt",
    "koi8-r.txt",
    "cp866.txt",
    "crlf.txt",
    "old-mac.txt",
    "decomposed.txt",
    "nbsp-soft-hyphens.txt",
    "zero-width.txt",
    "latin-look-alikes.txt",
    "bidi-controls.txt",
];

fn hostile() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hostile")
}

fn files() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(hostile())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "README.md")
        .collect();
    names.sort();
    names
}

fn check(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_otvet")).arg("check").args(arguments).current_dir(hostile()).stdin(Stdio::null()).output().unwrap()
}

/// A control character, or one that turns the direction of a line.
fn untrusted(text: &str) -> Option<char> {
    text.chars()
        .find(|c| c.is_control() && *c != '\n' || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'))
}

#[test]
fn hostile_files_are_read_or_refused() {
    for name in files() {
        for format in ["terminal", "markdown", "json"] {
            let output = check(&["-q", QUESTION, "--format", format, "--explain", "--color", "never", &name]);
            let shown = String::from_utf8(output.stdout).unwrap_or_else(|error| panic!("{name}: {error}"));
            let said = String::from_utf8(output.stderr).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(untrusted(&shown), None, "{name} as {format} on stdout");
            assert_eq!(untrusted(&said), None, "{name} as {format} on stderr");
            if REFUSED.contains(&name.as_str()) {
                assert_eq!(output.status.code(), Some(2), "{name}: {said}");
                assert_eq!(shown, "", "{name}");
                let lines: Vec<&str> = said.lines().collect();
                assert!(lines.len() >= 2 && lines[0].starts_with("ошибка: "), "{name}: the error and the next step, not\n{said}");
            } else {
                assert_eq!(output.status.code(), Some(0), "{name}: {said}");
                assert_eq!(said, "", "{name}");
                assert!(!shown.is_empty(), "{name}");
            }
        }
    }
}

#[test]
fn the_readme_of_the_folder_names_every_file() {
    let readme = fs::read_to_string(hostile().join("README.md")).unwrap();
    for name in files() {
        assert!(readme.contains(&format!("`{name}`")), "{name} is not described");
    }
    let named: BTreeSet<&str> =
        readme.split('`').skip(1).step_by(2).filter(|name| name.ends_with(".txt") || name.ends_with(".bin")).collect();
    for name in named.iter().filter(|name| **name != ".txt" && !name.contains('/')) {
        assert!(hostile().join(name).is_file(), "{name} is described but not there");
    }
    assert!(REFUSED.iter().chain(&DISGUISES).all(|name| hostile().join(name).is_file()));
}

#[test]
fn an_encoding_does_not_change_the_verdict() {
    let verdict = |name: &str| {
        let output = check(&["-q", QUESTION, "--format", "json", name]);
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{name}: {error}"));
        let list = |key: &str, field: &str| -> Vec<String> {
            report[key].as_array().unwrap().iter().map(|entry| entry[field].to_string()).collect()
        };
        (
            report["score"]["total"].clone(),
            list("segments", "label"),
            list("findings", "rule"),
            list("checklist", "met"),
            list("quantities", "role"),
        )
    };
    let plain = verdict("utf-8-bom.txt");
    for name in DISGUISES {
        assert_eq!(verdict(name), plain, "{name}");
    }
}

// ---------------------------------------------------------------------------------------------------------------------------------
// Random texts

/// Whatever a report says about a text must be about that text.
fn assert_sound(text: &str, report: &Report) {
    let chars: Vec<char> = text.chars().collect();
    let slice = |start: usize, end: usize| -> String {
        assert!(start <= end && end <= chars.len(), "{start}..{end} of {} in {text:?}", chars.len());
        chars[start..end].iter().collect()
    };

    let mut at = 0;
    for segment in &report.segments {
        assert_eq!(segment.start, at, "segments tile the text: {text:?}");
        assert!(segment.end > segment.start, "an empty segment: {text:?}");
        assert!((0.0..=1.0).contains(&segment.confidence), "confidence {}: {text:?}", segment.confidence);
        for cue in &segment.cues {
            slice(cue.start, cue.end);
        }
        at = segment.end;
    }
    assert_eq!(at, chars.len(), "segments reach the end: {text:?}");

    let parts = [&report.star.s, &report.star.t, &report.star.a, &report.star.r];
    assert!(parts.iter().all(|part| (0.0..=1.0).contains(&part.share)), "{text:?}");
    // Shares are rounded to hundredths.
    assert!(parts.iter().map(|part| part.share).sum::<f64>() < 1.03, "{text:?}");

    for quantity in &report.quantities {
        assert_eq!(slice(quantity.start, quantity.end), quantity.text);
        assert!(quantity.start < quantity.end, "{text:?}");
    }
    for finding in &report.findings {
        assert!(!finding.message.is_empty() && !finding.reason.is_empty() && !finding.advice.is_empty(), "{}", finding.rule);
        if let Some(place) = &finding.place {
            assert!(!slice(place.start, place.end).is_empty(), "{}: {text:?}", finding.rule);
            assert!(place.line >= 1 && place.column >= 1 && place.column <= chars.len() + 1, "{}: {text:?}", finding.rule);
        }
    }
    for evidence in report.checklist.iter().flat_map(|criterion| &criterion.evidence) {
        slice(evidence.start, evidence.end);
    }

    assert!((1..=5).contains(&report.grade));
    let points: usize = report.score.parts.iter().map(|part| usize::from(part.points)).sum();
    assert!(report.score.parts.iter().all(|part| part.points <= part.max));
    assert_eq!(points, usize::from(report.score.total), "the score is the sum of its parts: {text:?}");
    assert!(report.score.total <= 100);
}

fn request(text: &str) -> Request<'_> {
    Request { kind: "answer", question_id: Some(QUESTION), text, ..Request::default() }
}

fn try_text(text: &str) {
    let mut reader = ANALYZER.reader();
    let report = match reader.check(&request(text)) {
        Ok(report) => report,
        Err(error) => return assert_eq!(error, CheckError::Empty, "{text:?}"),
    };
    assert_sound(text, &report);
    let page = Page { report: &report, text, title: "Ответ" };
    let shown = [
        Terminal { width: 40, palette: Palette::PLAIN, explain: true }.render(&page),
        Terminal { width: 100, palette: Palette::PLAIN, explain: false }.render(&page),
        Markdown.render(&page),
        Json.render(&page),
    ];
    for shown in &shown {
        assert_eq!(untrusted(shown), None, "{text:?}\n{shown}");
    }
    // A reader that knows the words already says the same.
    let again = reader.check(&request(text)).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(shown[3], Json.render(&Page { report: &again, text, title: "Ответ" }), "{text:?}");
}

/// Words and signs that rules, clauses, quantities and Markdown look at.
const PIECES: [&str; 72] = [
    "я",
    "Я",
    "мы",
    "моя",
    "задача",
    "нужно",
    "было",
    "поручили",
    "удержать",
    "клиента",
    "клиент",
    "отток",
    "снизился",
    "вырос",
    "внедрил",
    "внедрено",
    "пересчитал",
    "в",
    "результате",
    "итоге",
    "с",
    "до",
    "на",
    "и",
    "не",
    "что",
    "чтобы",
    "потому",
    "который",
    "когда",
    "бы",
    "буду",
    "вдвое",
    "треть",
    "тысяч",
    "начальник",
    "самодур",
    "ну",
    "как",
    "короче",
    "ответственный",
    "Ситуация:",
    "Результат —",
    "## Действия",
    "12",
    "3,5",
    "%",
    "12%",
    "№",
    "24/7",
    "1С",
    "2026",
    "т.",
    "д.",
    "руб.",
    "А. С.",
    ".",
    ",",
    ":",
    ";",
    "!",
    "?",
    "…",
    "—",
    "-",
    "«",
    "»",
    "(",
    ")",
    "**",
    "> ",
    "\n",
];

/// A text like an answer, put together without sense.
fn answer_like() -> impl Strategy<Value = String> {
    prop::collection::vec((select(&PIECES[..]), select(&[" ", " ", " ", "", "\n", "\n\n", "\u{A0}", "\u{AD}", "\u{200B}"][..])), 1..80)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(word, space)| [word, space]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in any::<String>()) {
        try_text(&text);
    }

    #[test]
    fn any_russian_text(text in "[а-яёА-ЯЁa-zA-Z0-9 .,:;!?()«»\"'%№*#>\\-–—\\n\\t\u{300}-\u{310}\u{200b}-\u{200f}\u{202a}-\u{202e}]{0,300}") {
        try_text(&text);
    }

    #[test]
    fn any_jumble_of_an_answer(text in answer_like()) {
        try_text(&text);
    }
}

// ---------------------------------------------------------------------------------------------------------------------------------
// Size

#[test]
fn a_mebibyte_is_read_and_no_more() {
    let answer = include_str!("../fixtures/answers/churn.txt");
    let text = answer.repeat(LONGEST_TEXT / answer.len());
    let report = ANALYZER.reader().check(&request(&text)).unwrap_or_else(|error| panic!("{error}"));
    assert_sound(&text, &report);

    let text = "я".repeat(LONGEST_TEXT / 2 + 1);
    let error = ANALYZER.reader().check(&request(&text)).unwrap_err();
    assert_eq!(error, CheckError::TooLarge { size: LONGEST_TEXT + 2, limit: LONGEST_TEXT });
}

#[test]
fn letters_are_as_sound_as_answers() {
    for letter in ANALYZER.lexicon().letters() {
        for text in [
            "Здравствуйте!",
            include_str!("../fixtures/answers/cover-letter.md"),
            include_str!("../fixtures/answers/cover-letter-template.txt"),
        ] {
            let request = Request { kind: &letter.id, text, ..Request::default() };
            let report = ANALYZER.reader().check(&request).unwrap_or_else(|error| panic!("{}: {error}", letter.id));
            assert_sound(text, &report);
        }
    }
}
