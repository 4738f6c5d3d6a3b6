//! How long a check takes: `cargo bench`. The published figures and the machine they were taken on are in `docs/performance.md`.

use divan::counter::{BytesCount, ItemsCount};
use otvet::{Analyzer, Lexicon, Options, Reader, Request};

fn main() {
    divan::main();
}

const ANSWER: &str = include_str!("../fixtures/answers/churn.txt");
const QUESTION: &str = "improve-metrics";

/// How many answers a batch holds.
const BATCH: usize = 1000;

fn analyzer() -> Analyzer {
    let lexicon = Lexicon::load(&Options::default()).unwrap_or_else(|error| panic!("{error}"));
    Analyzer::new(lexicon).unwrap_or_else(|error| panic!("{error}"))
}

/// Checks a text and returns its score, so that nothing is optimised away.
fn score(reader: &mut Reader, text: &str) -> u8 {
    let request = Request { kind: "answer", question_id: Some(QUESTION), text, ..Request::default() };
    reader.check(&request).unwrap_or_else(|error| panic!("{error}")).score.total
}

/// What every run of the program pays before it reads a letter: lexicons and dictionary.
#[divan::bench(sample_count = 10)]
fn load() -> Analyzer {
    analyzer()
}

/// One answer by a reader that has met no word yet.
#[divan::bench]
fn one_check(bencher: divan::Bencher) {
    let analyzer = analyzer();
    bencher.counter(BytesCount::of_str(ANSWER)).bench_local(|| score(&mut analyzer.reader(), ANSWER));
}

/// A thousand answers of 125 words by one reader on one thread.
#[divan::bench(sample_count = 10)]
fn batch(bencher: divan::Bencher) {
    let analyzer = analyzer();
    let answers = batch_of(125);
    bencher.counter(ItemsCount::new(BATCH)).bench_local(|| {
        let mut reader = analyzer.reader();
        answers.iter().map(|text| u64::from(score(&mut reader, text))).sum::<u64>()
    });
}

/// One text as long as may be: does the time grow in step with the length?
#[divan::bench(args = [1, 4, 16, 64], sample_count = 5)]
fn long_text(bencher: divan::Bencher, times: usize) {
    let analyzer = analyzer();
    let text = format!("{ANSWER}\n\n").repeat(times);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| score(&mut analyzer.reader(), &text));
}

/// Answers of so many words, cut from the annotated corpus read in a ring: real words in a real proportion, no two answers alike.
fn batch_of(words: usize) -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/corpus");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder}: {error}")).flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    paths.sort();
    let records = otvet::measure::read_corpus(&paths).unwrap_or_else(|error| panic!("{error}"));
    let text: Vec<String> = records.iter().map(|record| record.text()).collect();
    let all: Vec<&str> = text.iter().flat_map(|text| text.split_whitespace()).collect();
    (0..BATCH).map(|index| all.iter().cycle().skip(index * words % all.len()).take(words).copied().collect::<Vec<_>>().join(" ")).collect()
}
