//! Fit the weights of the sequence model to annotated answers and write `lexicons/star-weights.toml`:
//!
//! `cargo run --release --example fit -- fixtures/corpus/*.jsonl`
//!
//! With `--held-out` nothing is written: the accuracy per clause is printed with every file held out in turn.

use std::collections::BTreeSet;
use std::fmt::Write;

use otvet::analysis::star::Model;
use otvet::measure::{Example, fit, lessons, read_corpus};
use otvet::{Analyzer, Lexicon, Options};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (flags, paths): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let options = Options { lexicon_dirs: std::env::var_os("OTVET_LEXICON").map(Into::into).into_iter().collect(), ..Options::default() };
    let analyzer = Analyzer::new(Lexicon::load(&options)?)?;
    let records = read_corpus(&paths)?;
    let mut model = Model::learning();
    let examples = lessons(&analyzer, &records, &mut model)?;
    let all: Vec<&Example> = examples.iter().collect();
    if flags.iter().any(|flag| flag == "--held-out") {
        held_out(&analyzer, &records, &examples)?;
        return Ok(());
    }
    fit(&mut model, &all);
    std::fs::write("lexicons/star-weights.toml", written(&model))?;
    println!("{} texts, {} features → lexicons/star-weights.toml", examples.len(), model.len());
    Ok(())
}

/// Word-weighted figures with each file held out.
fn held_out(analyzer: &Analyzer, records: &[otvet::measure::Record], examples: &[Example]) -> Result<(), Box<dyn std::error::Error>> {
    let files: BTreeSet<&str> = examples.iter().map(|example| example.file.as_str()).collect();
    let mut whole = [[0.0; 5]; 5];
    for file in files {
        let mut model = Model::learning();
        let fresh = lessons(analyzer, records, &mut model)?;
        let others: Vec<&Example> = fresh.iter().filter(|example| example.file != file).collect();
        fit(&mut model, &others);
        let mut confusion = [[0.0; 5]; 5];
        for example in fresh.iter().filter(|example| example.file == file) {
            for ((decision, gold), words) in model.decode(&example.items).iter().zip(&example.gold).zip(&example.words) {
                confusion[*gold][decision.label] += words * words;
                whole[*gold][decision.label] += words * words;
            }
        }
        println!("{file}: {}", figures(&confusion));
    }
    println!("all: {}", figures(&whole));
    for (row, name) in whole.iter().zip("STARO".chars()) {
        println!("  {name} {row:6.0?}");
    }
    Ok(())
}

fn figures(confusion: &[[f64; 5]; 5]) -> String {
    let mut text = String::new();
    let mut sum = 0.0;
    for (index, name) in "STARO".chars().enumerate() {
        let gold: f64 = confusion[index].iter().sum();
        let found: f64 = confusion.iter().map(|row| row[index]).sum();
        let f1 = 2.0 * confusion[index][index] / (gold + found).max(1.0);
        sum += f1;
        let _ = write!(text, "{name} {f1:.3}  ");
    }
    format!("{text}macro {:.3}", sum / 5.0)
}

/// The weights as a commented table.
fn written(model: &Model) -> String {
    let table = model.table();
    let mut text = String::from(
        "# Fitted weights of the sequence model: natural-log odds for S, T, A, R, O. Do not edit: run\n\
         #   cargo run --release --example fit -- fixtures/corpus/*.jsonl\n\
         # A feature is the id of a cue, a type of findings, or what grammar says of the clause (src/analysis/star/features.rs).\n\n[features]\n",
    );
    for (name, weights) in &table.features {
        let _ = writeln!(text, "{name:?} = {weights:?}");
    }
    text.push_str("\n# How a label (row) is followed by another (column) over each kind of boundary between clauses.\n[transitions]\n");
    for (boundary, rows) in &table.transitions {
        let _ = writeln!(text, "{boundary:?} = [");
        for row in rows {
            let _ = writeln!(text, "  {row:?},");
        }
        text.push_str("]\n");
    }
    text
}
