//! JSON for programs and for GitLab.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::sample::{CYRILLIC, HOSTILE, WINDOWS, hostile};
use super::{FormatName, written};
use crate::lint::format::json::schema;
use crate::lint::model::Run;

fn parsed(name: FormatName, run: &Run) -> Value {
    serde_json::from_str(&written(name, run)).unwrap()
}

#[test]
fn the_output_follows_the_published_schema() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    for run in [hostile(), Run::default()] {
        let page = parsed(FormatName::Json, &run);
        let errors: Vec<String> = validator.iter_errors(&page).map(|error| format!("{}: {error}", error.instance_path)).collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
    }
    let mut page = parsed(FormatName::Json, &hostile());
    page["files"][0]["score"] = json!("семьдесят");
    assert!(!validator.is_valid(&page));
    page = parsed(FormatName::Json, &hostile());
    page["schema"] = json!("otvet.lint.v2");
    assert!(!validator.is_valid(&page));
}

#[test]
fn every_field_of_the_schema_is_explained() {
    fn walk(schema: &Value, at: &str, bare: &mut Vec<String>) {
        if let Some(fields) = schema["properties"].as_object() {
            for (name, field) in fields {
                let told = field["description"].is_string() || field["$ref"].is_string() || name == "summary";
                // Of counts and places the names say it all.
                let plain = field["type"] == "integer" || ["const", "format"].iter().any(|key| field.get(key).is_some());
                if !told && !plain {
                    bare.push(format!("{at}/{name}"));
                }
            }
        }
        match schema {
            Value::Object(map) => map.iter().for_each(|(key, value)| walk(value, &format!("{at}/{key}"), bare)),
            Value::Array(list) => list.iter().for_each(|value| walk(value, at, bare)),
            _ => {}
        }
    }
    let mut own = schema();
    // The shapes of the vacancy are the library's.
    own["$defs"].as_object_mut().unwrap().retain(|name, _| !["Ask", "Coverage", "Evidence", "Requirement"].contains(&name.as_str()));
    let mut bare = Vec::new();
    walk(&own, "", &mut bare);
    assert_eq!(bare, Vec::<String>::new());
}

#[test]
fn places_quote_the_text() {
    let page = parsed(FormatName::Json, &hostile());
    let letters: Vec<char> = HOSTILE.chars().collect();
    let quotes: Vec<String> = page["files"][0]["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|diagnostic| diagnostic.get("start").is_some())
        .map(|diagnostic| {
            let at = |key: &str| diagnostic[key].as_u64().unwrap() as usize;
            letters[at("start")..at("end")].iter().collect()
        })
        .collect();
    assert_eq!(quotes, ["[Имя]", "самодур <script>alert(1)</script> ]]>", "%0A", "конец.\r\nС уважением"]);
    let whole = &page["files"][0]["diagnostics"][4];
    assert_eq!(whole["type"], "structure");
    for key in ["line", "column", "end_line", "end_column", "start", "end", "replacement"] {
        assert!(whole.get(key).is_none(), "{key}");
    }
}

#[test]
fn files_vacancies_and_failures_are_all_there() {
    let page = parsed(FormatName::Json, &hostile());
    let paths: Vec<&str> = page["files"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap()).collect();
    assert_eq!(paths, [CYRILLIC, WINDOWS, "./письма/слово.docx", "/битый.md", "нет такого.md"]);
    let letter = &page["files"][0];
    assert_eq!(
        (&letter["kind"], &letter["guessed"], &letter["score"], &letter["grade"]),
        (&json!("cover-letter"), &json!(true), &json!(74), &json!(4))
    );
    assert_eq!((&letter["suppressed"], &letter["known"], &letter["unit"]), (&json!(2), &json!(1), &json!("line")));
    assert_eq!(letter["vacancy"]["requirements"][2]["status"], "missing");
    assert_eq!(letter["vacancy"]["asks"][0]["met"], true);
    assert_eq!(page["files"][2]["unit"], "paragraph");
    assert_eq!(page["files"][4]["error"], json!({ "message": "файла <нет> ]]>", "hint": "проверьте путь: 100%, да" }));
    assert_eq!(
        page["summary"],
        json!({ "files": 5, "clean": 1, "failed": 2, "errors": 1, "warnings": 4, "hints": 2, "suppressed": 2, "known": 1 })
    );
}

#[test]
fn gitlab_gets_what_its_schema_demands() {
    let schema = json!({
        "type": "array",
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "properties": {
                "description": { "type": "string", "minLength": 1 },
                "check_name": { "type": "string", "minLength": 1 },
                "fingerprint": { "type": "string", "pattern": "^[0-9a-f]{32}$" },
                "severity": { "enum": ["info", "minor", "major", "critical", "blocker"] },
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "properties": {
                        "path": { "type": "string", "pattern": "^(?!\\./)" },
                        "lines": { "type": "object", "required": ["begin"], "properties": { "begin": { "type": "integer", "minimum": 1 } } }
                    }
                }
            }
        }
    });
    let mut run = hostile();
    // The same file twice: no issue may be lost for it.
    run.files.push(run.files[0].clone());
    let issues = parsed(FormatName::Gitlab, &run);
    assert!(jsonschema::is_valid(&schema, &issues), "{issues:#}");
    let issues = issues.as_array().unwrap();
    let fingerprints: HashSet<&str> = issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
    assert_eq!((issues.len(), fingerprints.len()), (14, 14));
    assert_eq!(issues[0]["severity"], "blocker");
    assert_eq!(issues[2]["location"]["path"], CYRILLIC);
    assert_eq!(parsed(FormatName::Gitlab, &Run::default()), json!([]));
}

#[test]
fn gitlab_fingerprints_do_not_hang_on_other_files() {
    let all = parsed(FormatName::Gitlab, &hostile());
    let mut run = hostile();
    run.files.remove(0);
    let fewer = parsed(FormatName::Gitlab, &run);
    assert_eq!(all[7]["fingerprint"], fewer[2]["fingerprint"]);
    assert_eq!(all[7]["check_name"], "suppression/unused");
}
