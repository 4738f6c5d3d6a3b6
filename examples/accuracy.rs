//! Measure everything and write the tables into `docs/accuracy.md`:
//!
//! `cargo run --release --example accuracy -- fixtures/corpus/*.jsonl`
//!
//! Only what stands between `<!-- figures -->` and `<!-- /figures -->` is replaced.

use std::collections::BTreeSet;
use std::fmt::Write;

use otvet::measure::{Figures, MAIN_FIGURES, Record, evaluate, read_corpus, reports, reports_held_out};
use otvet::{Analyzer, Lexicon, Options, Report};

const DOCUMENT: &str = "docs/accuracy.md";
const BEGIN: &str = "<!-- figures -->\n";
const END: &str = "<!-- /figures -->";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let records = read_corpus(&paths)?;
    if records.is_empty() {
        return Err("usage: accuracy fixtures/corpus/*.jsonl".into());
    }
    let mut analyzer = Analyzer::new(Lexicon::load(&Options::default())?)?;
    let ruleset = analyzer.lexicon().ruleset().to_string();
    let shipped = reports(&analyzer, &records)?;
    let held_out = reports_held_out(&mut analyzer, &records)?;
    let tables = tables(&ruleset, &records, &shipped, &held_out)?;

    let document = std::fs::read_to_string(DOCUMENT)?;
    let (before, rest) = document.split_once(BEGIN).ok_or(format!("{DOCUMENT}: no line {BEGIN:?}"))?;
    let (_, after) = rest.split_once(END).ok_or(format!("{DOCUMENT}: no {END:?}"))?;
    std::fs::write(DOCUMENT, format!("{before}{BEGIN}{tables}{END}{after}"))?;
    println!("{} texts → {DOCUMENT}", records.len());
    Ok(())
}

fn tables(ruleset: &str, records: &[Record], shipped: &[Report], held_out: &[Report]) -> Result<String, std::fmt::Error> {
    let all = |reports: &[Report]| evaluate(&records.iter().collect::<Vec<_>>(), reports);
    let (trained, honest) = (all(shipped), all(held_out));
    let mut text = String::new();
    let files: BTreeSet<&str> = records.iter().map(|record| record.file.as_str()).collect();
    writeln!(text, "Measured on {}, ruleset {ruleset}, on {} annotated texts in {} files.\n", today(), records.len(), files.len())?;
    writeln!(text, "| figure | shipped | held out |\n|---|---|---|")?;
    for (name, value) in &trained.values {
        writeln!(text, "| `{name}` | {value:.3} | {:.3} |", honest.get(name))?;
    }
    writeln!(text, "\nBy file, held out:\n")?;
    writeln!(text, "| file | texts | {} |", MAIN_FIGURES.map(|name| format!("`{name}`")).join(" | "))?;
    writeln!(text, "|---|---|{}", "---|".repeat(MAIN_FIGURES.len()))?;
    for file in files {
        let (count, figures) = of_file(file, records, held_out);
        writeln!(text, "| {file} | {count} | {} |", MAIN_FIGURES.map(|name| format!("{:.3}", figures.get(name))).join(" | "))?;
    }
    writeln!(text, "\nWords by annotated label (row) and found label (column), held out:\n")?;
    writeln!(text, "| | S | T | A | R | O |\n|---|---|---|---|---|---|")?;
    for (row, name) in honest.confusion.iter().zip("STARO".chars()) {
        writeln!(text, "| **{name}** | {} |", row.map(|count| count.to_string()).join(" | "))?;
    }
    Ok(text)
}

fn of_file(file: &str, records: &[Record], reports: &[Report]) -> (usize, Figures) {
    let (gold, found): (Vec<&Record>, Vec<Report>) =
        records.iter().zip(reports).filter(|(record, _)| record.file == file).map(|(record, report)| (record, report.clone())).unzip();
    (gold.len(), evaluate(&gold, &found))
}

/// The date in UTC.
fn today() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%d").to_string()
}
