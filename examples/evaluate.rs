//! Measure Otvet on annotated answers:
//!
//! `cargo run --release --example evaluate -- [--held-out] [--cuts] [--entries] [--errors KIND] [--by file|question|style] fixtures/corpus/*.jsonl`
//!
//! `--entries` lists the entries of the lexicons by how many texts and files they fire in and how often they are right.
//! KIND is a part of the name of a disagreement: `segment`, `outcome`, `vague missed`, `checklist`, `grade`…

use std::collections::BTreeMap;

use otvet::measure::{MAIN_FIGURES, Record, ceiling, entries, evaluate, read_corpus, reports, reports_held_out};
use otvet::{Analyzer, Lexicon, Options, Report};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut errors = None;
    let mut by = None;
    let mut held_out = false;
    let mut cuts = false;
    let mut by_entry = false;
    let mut paths = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--errors" => errors = arguments.next(),
            "--by" => by = arguments.next(),
            "--held-out" => held_out = true,
            "--cuts" => cuts = true,
            "--entries" => by_entry = true,
            _ => paths.push(argument),
        }
    }
    let options = Options { lexicon_dirs: std::env::var_os("OTVET_LEXICON").map(Into::into).into_iter().collect(), ..Options::default() };
    let mut analyzer = Analyzer::new(Lexicon::load(&options)?)?;
    let records = read_corpus(&paths)?;
    if cuts {
        return ceiling_table(&analyzer, &records);
    }
    let reports = if held_out { reports_held_out(&mut analyzer, &records)? } else { reports(&analyzer, &records)? };
    if by_entry {
        return entry_table(&analyzer, &records, &reports);
    }
    let all: Vec<&Record> = records.iter().collect();
    let figures = evaluate(&all, &reports);
    if let Some(kind) = errors {
        for one in figures.disagreements.iter().filter(|one| one.kind.contains(&kind)) {
            println!("{} | {} | {}", one.kind, one.record, one.detail);
        }
        return Ok(());
    }
    if let Some(by) = by {
        return groups(&by, &records, &reports);
    }
    for (name, value) in &figures.values {
        println!("{name:36} {value:.3}");
    }
    println!("\nwords: annotated (row), found (column)\n        S      T      A      R      O");
    for (row, name) in figures.confusion.iter().zip("STARO".chars()) {
        println!("  {name} {}", row.map(|count| format!("{count:6}")).join(" "));
    }
    Ok(())
}

/// The rarest entries first: they are the likeliest to have been written for one text.
fn entry_table(analyzer: &Analyzer, records: &[Record], reports: &[Report]) -> Result<(), Box<dyn std::error::Error>> {
    let mut uses: Vec<_> = entries(analyzer, records, reports)?.into_iter().collect();
    uses.sort_by_key(|(id, entry)| (entry.texts.len(), id.clone()));
    println!("{:44} {:>6} {:>6} {:>6} {:>6}", "entry", "texts", "files", "fired", "right");
    for (id, entry) in &uses {
        println!(
            "{id:44} {:6} {:6} {:6} {:5.0}%",
            entry.texts.len(),
            entry.files.len(),
            entry.fired,
            100.0 * entry.right as f64 / entry.fired as f64
        );
    }
    let silent: Vec<&str> =
        analyzer.lexicon().rules().iter().map(|rule| rule.id.as_str()).filter(|id| !uses.iter().any(|(known, _)| known == id)).collect();
    println!("\nrules that never fired: {}", silent.join(", "));
    Ok(())
}

/// What the best labelling of Otvet's clauses would reach: the loss that lies in the cuts.
fn ceiling_table(analyzer: &Analyzer, records: &[Record]) -> Result<(), Box<dyn std::error::Error>> {
    let confusion = ceiling(analyzer, records)?;
    let mut sum = 0.0;
    for (label, name) in "STARO".chars().enumerate() {
        let gold: usize = confusion[label].iter().sum();
        let found: usize = confusion.iter().map(|row| row[label]).sum();
        let f1 = 2.0 * confusion[label][label] as f64 / (gold + found).max(1) as f64;
        sum += f1;
        println!("{name} {f1:.3}");
    }
    println!("macro {:.3}", sum / 5.0);
    Ok(())
}

/// The main figures of each group of records.
fn groups(by: &str, records: &[Record], reports: &[Report]) -> Result<(), Box<dyn std::error::Error>> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, record) in records.iter().enumerate() {
        let key = match by {
            "file" => record.file.clone(),
            "question" => record.question_id.clone().unwrap_or_else(|| record.kind.clone()),
            "style" => record.style.clone(),
            _ => return Err("--by file|question|style".into()),
        };
        groups.entry(key).or_default().push(index);
    }
    println!(
        "{:26} {:>5} {}",
        by,
        "texts",
        MAIN_FIGURES.map(|name| format!("{:>12}", name.split('.').next_back().unwrap_or(name))).join("")
    );
    for (key, indices) in groups {
        let gold: Vec<&Record> = indices.iter().map(|index| &records[*index]).collect();
        let found: Vec<Report> = indices.iter().map(|index| reports[*index].clone()).collect();
        let figures = evaluate(&gold, &found);
        println!("{key:26} {:>5} {}", indices.len(), MAIN_FIGURES.map(|name| format!("{:12.3}", figures.get(name))).join(""));
    }
    Ok(())
}
