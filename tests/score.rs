//! The score is earned by what is told, not by words: it does not move when ё becomes е, it does not rise when the question's own
//! words or empty ones are added, and an order of telling is not a merit.

use std::path::Path;
use std::sync::LazyLock;

use otvet::measure::{Record, read_corpus};
use otvet::report::Label;
use otvet::{Analyzer, Lexicon, Options, Request};

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| {
    let lexicon = Lexicon::load(&Options::default()).unwrap_or_else(|error| panic!("{error}"));
    Analyzer::new(lexicon).unwrap_or_else(|error| panic!("{error}"))
});

static RECORDS: LazyLock<Vec<Record>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/corpus");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "jsonl"));
    files.sort();
    read_corpus(&files).unwrap_or_else(|error| panic!("{error}"))
});

/// Sentences that any answer could end with: no deed, no fact of the story.
const EMPTY: [&str; 6] = [
    "Для меня важны командная работа, ответственность и результат.",
    "Коммуникация, клиентоориентированность, лидерство, эмпатия, метрики, NPS, CSAT.",
    "Эффективность, мотивация, обучение, обратная связь, регламенты, аналитика.",
    "Я всегда нацелен на результат и умею находить общий язык с людьми.",
    "Считаю, что клиент должен быть в центре внимания.",
    "Спасибо за внимание!",
];

fn total(record: &Record, text: &str) -> i32 {
    let request = Request { text, ..record.request(text) };
    let report = ANALYZER.reader().check(&request).unwrap_or_else(|error| panic!("{}: {error}", record.id));
    i32::from(report.score.total)
}

/// A text whose last sentence is ended, so that what is added begins another.
fn ended(record: &Record) -> String {
    let text = record.text();
    let text = text.trim_end();
    let ended = text.ends_with(['.', '!', '?', '…', ')', '»']);
    if ended { text.to_string() } else { format!("{text}.") }
}

fn answers() -> Vec<&'static Record> {
    RECORDS.iter().filter(|record| record.question_id.is_some()).collect()
}

fn criteria(record: &Record) -> Vec<&'static str> {
    let question = ANALYZER.lexicon().questions().iter().find(|question| Some(&question.id) == record.question_id.as_ref());
    question.map_or(Vec::new(), |question| question.criteria.iter().map(|criterion| criterion.text.as_str()).collect())
}

#[test]
fn yo_is_ye() {
    for record in RECORDS.iter() {
        let text = record.text();
        let plain = text.replace('ё', "е").replace('Ё', "Е");
        assert_eq!(total(record, &text), total(record, &plain), "{}", record.id);
    }
}

/// The words of the criteria bring nothing; of a few answers they may finish a thought that stood there already.
#[test]
fn the_wording_of_the_criteria_earns_nothing() {
    let mut risen = Vec::new();
    let answers = answers();
    for record in &answers {
        let text = ended(record);
        let stuffed = format!("{text} {}.", criteria(record).join(". "));
        let gain = total(record, &stuffed) - total(record, &text);
        if gain > 3 {
            risen.push((gain, record.id.as_str()));
        }
    }
    risen.sort_unstable();
    assert!(risen.len() * 15 <= answers.len(), "{} of {}: {risen:?}", risen.len(), answers.len());
    assert!(risen.iter().all(|(gain, _)| *gain <= 25), "{risen:?}");
}

/// A text of the criteria alone is no answer.
#[test]
fn criteria_alone_are_no_answer() {
    for record in answers() {
        let text = format!("{}.", criteria(record).join(". "));
        assert!(total(record, &text) < 40, "{}: {} for {text}", record.id, total(record, &text));
    }
}

/// A whole story told from its end is worth about the same.
#[test]
fn the_order_of_the_parts_is_no_merit() {
    let mut moves = Vec::new();
    for record in answers() {
        let has = |label: Label| record.segments.iter().any(|(_, other)| *other == label);
        if !has(Label::S) || !has(Label::A) || !has(Label::R) || matches!(record.style.as_str(), "spoken" | "chat" | "messenger") {
            continue;
        }
        let (results, rest): (Vec<_>, Vec<_>) = record.segments.iter().partition(|(_, label)| *label == Label::R);
        let parts: Vec<&str> = results.iter().chain(&rest).map(|(text, _)| text.trim()).collect();
        moves.push((total(record, &parts.join(" ")) - total(record, &record.text())).abs());
    }
    assert!(moves.len() > 60, "the corpus has {} whole stories", moves.len());
    moves.sort_unstable();
    let median = moves[moves.len() / 2];
    let nine_of_ten = moves[moves.len() * 9 / 10];
    assert!(median <= 2 && nine_of_ten <= 15, "median {median}, nine of ten within {nine_of_ten}");
}

/// Empty sentences, one or all of them, do not lift an answer into the next grade.
#[test]
fn empty_words_earn_nothing() {
    let all = EMPTY.join(" ");
    for record in answers() {
        let text = ended(record);
        let plain = total(record, &text);
        for words in EMPTY.into_iter().chain([all.as_str()]) {
            let gain = total(record, &format!("{text} {words}")) - plain;
            assert!(gain < 25, "{}: +{gain} for {words:?}", record.id);
        }
    }
}

#[test]
fn empty_words_rarely_move_a_score_up() {
    let answers = answers();
    for words in EMPTY {
        let rises = |record: &&&Record| {
            let text = ended(record);
            total(record, &format!("{text} {words}")) - total(record, &text) > 3
        };
        let risen: Vec<&str> = answers.iter().filter(rises).map(|record| record.id.as_str()).collect();
        assert!(risen.len() * 12 <= answers.len(), "{words}: {} of {}: {risen:?}", risen.len(), answers.len());
    }
}
