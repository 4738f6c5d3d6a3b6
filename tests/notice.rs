//! NOTICE names every library the program is linked with, and its licence. `UPDATE_NOTICE=1 cargo test --release --test notice` writes the
//! table anew (it may have to download the libraries of other systems).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

const HEAD: &str = "| library | licence | source |\n|---|---|---|\n";

#[test]
fn every_library_is_named() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("NOTICE");
    let notice = fs::read_to_string(&path).unwrap();
    let (text, table) = notice.split_once(HEAD).expect("NOTICE has lost its table");
    if std::env::var_os("UPDATE_NOTICE").is_some() {
        let rows: String = libraries(&[]).into_iter().map(|row| row + "\n").collect();
        fs::write(&path, format!("{text}{HEAD}{rows}")).unwrap();
        return;
    }
    // Only this system's libraries are sure to be on this computer.
    let known: BTreeSet<&str> = table.lines().collect();
    let missing: Vec<String> =
        libraries(&["--offline", "--filter-platform", &host()]).into_iter().filter(|row| !known.contains(row.as_str())).collect();
    assert!(missing.is_empty(), "not in NOTICE:\n{}\nto add: UPDATE_NOTICE=1 cargo test --release --test notice", missing.join("\n"));
}

/// A row for each library that the program itself, not its tests or its build, depends on.
fn libraries(options: &[&str]) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .args(options)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let by_id = |list: &'static str| -> BTreeMap<&str, &Value> {
        let entries = if list == "nodes" { &metadata["resolve"]["nodes"] } else { &metadata[list] };
        entries.as_array().unwrap().iter().map(|entry| (entry["id"].as_str().unwrap(), entry)).collect()
    };
    let (packages, nodes) = (by_id("packages"), by_id("nodes"));
    let root = metadata["resolve"]["root"].as_str().unwrap();

    let mut linked = BTreeSet::new();
    let mut left = vec![root];
    while let Some(id) = left.pop() {
        if linked.insert(id) {
            let needs = nodes[id]["deps"].as_array().unwrap().iter();
            // The kind of an ordinary dependency is null.
            let ordinary = needs.filter(|need| need["dep_kinds"].as_array().unwrap().iter().any(|kind| kind["kind"].is_null()));
            left.extend(ordinary.map(|need| need["pkg"].as_str().unwrap()));
        }
    }
    linked.remove(root);
    let rows = linked.into_iter().map(|id| {
        let text = |key: &str| packages[id][key].as_str().unwrap_or("see its source").trim_end_matches('/');
        format!("| {} | {} | {} |", text("name"), text("license"), text("repository"))
    });
    rows.collect::<BTreeSet<_>>().into_iter().collect()
}

/// The system that tests run on, as `rustc` names it.
fn host() -> String {
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".into());
    let output = Command::new(rustc).arg("-vV").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host").to_string()
}
