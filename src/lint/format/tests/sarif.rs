//! SARIF against the schema of OASIS, and against what the standard demands in words (each SHALL with its section).

use std::collections::HashSet;

use serde_json::{Value, json};

use super::sample::{CYRILLIC, hostile};
use super::{FormatName, written};
use crate::lint::model::Run;

const SCHEMA: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/schemas/sarif-schema-2.1.0.json"));

fn log(run: &Run) -> Value {
    serde_json::from_str(&written(FormatName::Sarif, run)).unwrap()
}

#[test]
fn the_log_follows_the_schema_of_oasis() {
    let validator = jsonschema::validator_for(&serde_json::from_str(SCHEMA).unwrap()).unwrap();
    for run in [hostile(), Run::default()] {
        let log = log(&run);
        let errors: Vec<String> = validator.iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path)).collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
    }
    let mut broken = log(&hostile());
    broken["runs"][0]["results"][0]["level"] = json!("fatal");
    assert!(!validator.is_valid(&broken));
}

#[test]
fn the_log_does_what_the_standard_demands() {
    for run in [hostile(), Run::default()] {
        let log = log(&run);
        assert_eq!(log["version"], "2.1.0", "3.13.2");
        let run = &log["runs"][0];
        assert!(["utf16CodeUnits", "unicodeCodePoints"].contains(&run["columnKind"].as_str().unwrap()), "3.14.17");
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        let ids: HashSet<&str> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), rules.len(), "3.19.23: rules are unique");
        for rule in rules {
            for text in [&rule["shortDescription"], &rule["fullDescription"], &rule["help"]] {
                message(text);
            }
            assert!(rule["help"]["markdown"].is_string(), "{rule:#}");
            assert!(rule.get("helpUri").is_none());
            assert!(!rule["name"].as_str().unwrap().contains(['/', '-', ' ']), "{rule:#}");
        }
        let artifacts = run["artifacts"].as_array().unwrap();
        let uris: HashSet<&str> = artifacts.iter().map(|artifact| artifact["location"]["uri"].as_str().unwrap()).collect();
        assert_eq!(uris.len(), artifacts.len(), "3.14.15: artifacts are unique");
        for (index, artifact) in artifacts.iter().enumerate() {
            location(&artifact["location"], artifacts);
            assert_eq!(artifact["location"]["index"], index, "3.24.2");
        }
        for result in run["results"].as_array().unwrap() {
            let index = result["ruleIndex"].as_u64().unwrap() as usize;
            assert_eq!(rules[index]["id"], result["ruleId"], "3.27.6");
            assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()), "3.27.10");
            message(&result["message"]);
            for place in result["locations"].as_array().unwrap() {
                let physical = &place["physicalLocation"];
                location(&physical["artifactLocation"], artifacts);
                region(&physical["region"]);
            }
            for fix in result["fixes"].as_array().into_iter().flatten() {
                for change in fix["artifactChanges"].as_array().unwrap() {
                    location(&change["artifactLocation"], artifacts);
                    change["replacements"].as_array().unwrap().iter().for_each(|replacement| region(&replacement["deletedRegion"]));
                }
            }
            assert!(result["suppressions"].is_array(), "3.27.23: of all results or of none");
            assert_eq!(result["partialFingerprints"]["otvetFingerprint/v1"].as_str().unwrap().len(), 32, "3.27.17");
        }
        let invocation = &run["invocations"][0];
        let notes = invocation["toolExecutionNotifications"].as_array().map_or(0, Vec::len);
        assert_eq!(invocation["executionSuccessful"], json!(notes == 0), "3.20.14");
    }
}

/// 3.11.5 and 3.11.6: no placeholder, no link, nothing empty.
fn message(message: &Value) {
    let text = message["text"].as_str().unwrap();
    assert!(!text.is_empty());
    for text in [text, message["markdown"].as_str().unwrap_or_default()] {
        let bare = text.replace("{{", "").replace("}}", "");
        assert!(!bare.contains(['{', '}']), "{text}");
        assert!(!text.replace("\\](", "").contains("]("), "{text}");
    }
}

/// 3.4.3, 3.4.4 and RFC 3986.
fn location(location: &Value, artifacts: &[Value]) {
    let uri = location["uri"].as_str().unwrap();
    let mut chars = uri.chars();
    while let Some(c) = chars.next() {
        match c {
            '%' => {
                let code: String = chars.by_ref().take(2).collect();
                assert!(code.len() == 2 && code.chars().all(|c| c.is_ascii_hexdigit()), "{uri}");
            }
            _ => assert!(c.is_ascii_alphanumeric() || "-._~:/".contains(c), "{uri}"),
        }
    }
    let scheme = uri.split('/').next().is_some_and(|first| first.contains(':'));
    assert_eq!(scheme, uri.starts_with("file:///"), "{uri}");
    assert_eq!(location["uriBaseId"].as_str(), (!scheme).then_some("%SRCROOT%"), "{uri}");
    assert!(!uri.starts_with('/') && !uri.starts_with("./"), "{uri}");
    let index = location["index"].as_u64().unwrap() as usize;
    assert_eq!(artifacts[index]["location"]["uri"], uri, "3.4.5");
}

/// 3.30: from 1 on, the end not before the start.
fn region(region: &Value) {
    if region.is_null() {
        return;
    }
    let number = |key: &str| region[key].as_u64();
    let line = number("startLine").unwrap();
    assert!(line > 0 && number("startColumn") != Some(0));
    let end = number("endLine").unwrap_or(line);
    assert!(end >= line);
    if let (true, Some(start), Some(end)) = (end == line, number("startColumn"), number("endColumn")) {
        assert!(end >= start);
    }
}

#[test]
fn places_fixes_and_failures_are_told() {
    let log = log(&hostile());
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 9);
    let place = &results[1]["locations"][0]["physicalLocation"];
    let written: Vec<u8> = {
        let uri = place["artifactLocation"]["uri"].as_str().unwrap().as_bytes();
        let mut bytes = Vec::new();
        let mut at = 0;
        while at < uri.len() {
            let code = (uri[at] == b'%').then(|| u8::from_str_radix(std::str::from_utf8(&uri[at + 1..at + 3]).unwrap(), 16).unwrap());
            bytes.push(code.unwrap_or(uri[at]));
            at += if code.is_some() { 3 } else { 1 };
        }
        bytes
    };
    assert_eq!(String::from_utf8(written).unwrap(), CYRILLIC);
    assert_eq!(
        place["region"],
        json!({
            "startLine": 2, "startColumn": 35, "endLine": 2, "endColumn": 72,
            "snippet": { "text": "самодур <script>alert(1)</script> ]]>" }
        })
    );
    let text = results[1]["message"]["text"].as_str().unwrap();
    assert!(text.starts_with("Сказано «<b>{{0}}</b> [x] (1) ]]>»: %0A::error::, да и "), "{text}");
    let fix = &results[3]["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!((&fix["deletedRegion"]["endLine"], &fix["insertedContent"]["text"]), (&json!(3), &json!("{финал}")));
    // The whole text, a paragraph, a rule no lexicon knows.
    assert_eq!(results[4]["locations"][0]["physicalLocation"]["region"], json!({ "startLine": 1 }));
    assert!(results[7]["locations"][0]["physicalLocation"].get("region").is_none());
    assert_eq!(results[7]["locations"][0]["logicalLocations"][0]["fullyQualifiedName"], "абзац 2, знак 11");
    assert_eq!(results[7]["ruleId"], "suppression/unused");
    assert_eq!(results[4]["suppressions"], json!([]));
    assert_eq!(results[5]["suppressions"], json!([{ "kind": "inSource", "status": "accepted" }]));
    assert_eq!(results[6]["suppressions"][0]["kind"], "external");
    let notes = run["invocations"][0]["toolExecutionNotifications"].as_array().unwrap();
    assert_eq!(notes.len(), 2);
    assert_eq!(notes[1]["message"]["text"], "Файла <нет> ]]>. Проверьте путь: 100%, да.");
    assert_eq!(notes[1]["locations"][0]["physicalLocation"]["artifactLocation"]["index"], 4);
    assert_eq!(run["properties"], json!({ "ruleset": "2026.1", "suppressed": 2, "known": 1 }));
}
