//! Puts the shipped lexicons into the program: their files (see `src/lexicon/shipped.rs`) and, compiled, their patterns (see `src/pattern/store.rs`).
//!
//! The words of a pattern are looked up in the dictionary; to do so for all of them takes longer than to check an answer.
//! A mistake in a pattern stops nothing here: what could not be compiled is compiled, and the mistake explained, when the program starts.

// What the program does with patterns besides compiling them is not needed here.
#![allow(dead_code, unused_imports)]

#[path = "language.rs"]
mod language;
#[path = "pattern.rs"]
mod pattern;
#[path = "shipped.rs"]
mod shipped;
#[path = "sieves.rs"]
mod sieves;
#[path = "../src/suggest.rs"]
mod suggest;
#[path = "tree.rs"]
mod tree;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use pattern::{ClassSource, Compiler};

/// Keys of the lexicons under which patterns stand. One that is missing here costs time at the start, nothing else.
#[rustfmt::skip]
const PATTERNS: [&str; 20] = [
    "patterns", "unless", "when", "evidence", "topic", "signs",
    // vacancy.toml
    "headings", "cues", "heads", "similar", "wanted", "met", "imperative", "hedge", "denial", "no_denial", "label", "fact",
    "experience", "no_experience",
];

fn main() {
    for watched in [
        "build",
        "lexicons",
        "src/pattern",
        "src/language",
        "src/suggest.rs",
        "src/analysis/ranges.rs",
        "src/analysis/sieve.rs",
        "src/analysis/stretch.rs",
        "src/lexicon/tree",
    ] {
        println!("cargo::rerun-if-changed={watched}");
    }
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the folder of the package"));
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo names the folder of what is built"));
    let lexicons = root.join("lexicons");
    shipped::list(&lexicons, &out).expect("the lexicons can be read");
    let bytes = compile(&lexicons).unwrap_or_else(|mistake| {
        println!("cargo::warning=the shipped patterns are not compiled: {mistake}");
        vec![0]
    });
    std::fs::write(out.join("patterns.bin"), bytes).expect("the folder of what is built can be written to");
}

/// The store of everything in these lexicons.
fn compile(lexicons: &Path) -> Result<Vec<u8>, String> {
    let mut classes = ClassSource::default();
    let mut names = BTreeSet::new();
    for table in tables(&lexicons.join("classes"))? {
        for (name, class) in table {
            let words = class.get("words").and_then(toml::Value::as_array).into_iter().flatten();
            classes.insert(name.clone(), words.filter_map(toml::Value::as_str).map(str::to_string).collect());
            if !names.insert(name.clone()) {
                return Err(format!("class @{name} stands in two files"));
            }
        }
    }
    let mut patterns = BTreeSet::new();
    for table in tables(lexicons)? {
        gather(&toml::Value::Table(table), &PATTERNS, &mut patterns);
    }
    let morphology = language::Morphology::load().map_err(|error| error.to_string())?;
    pattern::write::store(Compiler::new(&morphology, &classes), &names, &patterns)
}

/// What the TOML files of a folder and its folders hold.
fn tables(folder: &Path) -> Result<Vec<toml::Table>, String> {
    let read = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        text.parse().map_err(|error| format!("{}: {error}", path.display()))
    };
    paths(folder)?.iter().map(read).collect()
}

/// The TOML files of a folder and its folders, in the order of the program: where two define a class, the later one counts.
fn paths(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let entries = std::fs::read_dir(folder).map_err(failed)?;
    let mut paths = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>().map_err(failed)?;
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(self::paths(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    Ok(files)
}

/// Everything that stands in a list under one of these keys.
fn gather(value: &toml::Value, keys: &[&str], found: &mut BTreeSet<String>) {
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                match value.as_array() {
                    Some(list) if keys.contains(&key.as_str()) => {
                        found.extend(list.iter().filter_map(toml::Value::as_str).map(str::to_string));
                    }
                    _ => gather(value, keys, found),
                }
            }
        }
        toml::Value::Array(list) => list.iter().for_each(|value| gather(value, keys, found)),
        _ => {}
    }
}
