//! Works out what a text must have for the regular expressions of the rules to match (see `src/analysis/sieve.rs`).

#[path = "../src/analysis/ranges.rs"]
mod ranges;
#[path = "../src/analysis/sieve.rs"]
mod sieve;
#[path = "../src/analysis/stretch.rs"]
mod stretch;

use std::collections::{BTreeMap, BTreeSet};

use sieve::Sieve;

/// The conditions by their expressions, as TOML. An expression with a mistake has none: the mistake is explained when the program starts.
pub fn toml(tables: &[toml::Table]) -> String {
    let mut expressions = BTreeSet::new();
    tables.iter().for_each(|table| crate::gather(&toml::Value::Table(table.clone()), &["regex"], &mut expressions));
    let sieves: BTreeMap<&str, Sieve> =
        expressions.iter().filter_map(|expression| Some((expression.as_str(), Sieve::needed(expression)?))).collect();
    toml::to_string(&sieves).unwrap_or_default()
}
