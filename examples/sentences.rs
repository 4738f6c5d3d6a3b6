//! Measure the cutting into sentences on suites of cases:
//!
//! `cargo run --release --example sentences -- SUITE.json...`
//!
//! A suite is `{"cases": [{"text": "…", "sents": ["…"]}]}`. A case is exact when the sentences, trimmed of spaces and of a list's mark at the start of the text, are the
//! same: for Otvet the mark belongs to the item, not to its first sentence. Beside Otvet's
//! figure stands that of `anyseg` alone, which Otvet corrects; the cases where Otvet is wrong are listed.

use anyseg::Segmenter;
use otvet::{Analyzer, Lexicon, Options};
use serde::Deserialize;

#[derive(Deserialize)]
struct Suite {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    text: String,
    sents: Vec<String>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let analyzer = Analyzer::new(Lexicon::load(&Options::default())?)?;
    let mut reader = analyzer.reader();
    let plain = Segmenter::new("ru")?;
    for path in std::env::args().skip(1) {
        let suite: Suite = serde_json::from_str(&std::fs::read_to_string(&path)?)?;
        let mut exact = 0;
        let mut exact_plain = 0;
        for case in &suite.cases {
            let document = plain.segment(&case.text);
            let found: Vec<String> = (0..document.sentence_count())
                .map(|index| {
                    let tokens = &document.tokens()[document.sentence(index).tokens.clone()];
                    tokens.first().zip(tokens.last()).map_or("", |(first, last)| case.text[first.start..last.end].trim()).to_string()
                })
                .collect();
            let wanted: Vec<&str> = case.sents.iter().map(|sentence| without_mark(sentence)).collect();
            exact_plain += usize::from(found.iter().map(|sentence| without_mark(sentence)).eq(wanted.iter().copied()));
            let found: Vec<String> =
                reader.trace(&case.text).sentences.into_iter().map(|sentence| sentence.text.trim().to_string()).collect();
            if found.iter().map(|sentence| without_mark(sentence)).eq(wanted.iter().copied()) {
                exact += 1;
            } else {
                println!("{:?}\n  wanted {:?}\n  found  {found:?}", case.text, wanted);
            }
        }
        println!("{path}: {exact} of {} exact, anyseg alone {exact_plain}", suite.cases.len());
    }
    Ok(())
}

/// «4. Я присутствовал», «— Ты ей скажи» → without the mark.
fn without_mark(sentence: &str) -> &str {
    let rest = sentence.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest.strip_prefix('.').filter(|_| rest.len() < sentence.len()).or_else(|| sentence.strip_prefix(['-', '—', '–']));
    rest.filter(|rest| rest.starts_with(' ')).map_or(sentence, str::trim_start)
}
