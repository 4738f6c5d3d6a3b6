//! SARIF 2.1.0 (OASIS Standard, 27 March 2020) for code scanning, editors and viewers of findings.
//!
//! Sections of the standard are named where a choice follows from one.

use std::io::{self, Write};

use otvet::report::{Quotes, Severity, json, names, sanitize};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::catalogue::{Catalogue, RuleCard};
use super::totals::{failures, findings};
use super::{Format, place};
use crate::lint::model::{Checked, Diagnostic, Failure, HiddenBy, Linted, Place, Run, Unit};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// Paths are relative to the root of the sources; whoever reads the log knows where that is (§3.14.14).
const ROOT: &str = "%SRCROOT%";
/// How many examples of a rule its help shows.
const EXAMPLES: usize = 3;

pub struct Sarif<'l> {
    pub catalogue: Catalogue<'l>,
}

impl Format for Sarif<'_> {
    fn write(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let hidden = run.files.iter().filter_map(|file| file.outcome.as_ref().ok()).flat_map(|linted| &linted.hidden);
        let all = findings(run).map(|(_, _, diagnostic)| diagnostic).chain(hidden.map(|hidden| &hidden.diagnostic));
        let rules = self.catalogue.with(all);
        let log = Log { schema: SCHEMA, version: "2.1.0", runs: [RunObject::of(run, &rules)] };
        out.write_all(json::pretty(&log).as_bytes())
    }
}

#[derive(Serialize)]
struct Log<'r> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [RunObject<'r>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RunObject<'r> {
    tool: Tool<'r>,
    language: &'static str,
    /// §3.14.17: what columns count.
    column_kind: &'static str,
    default_encoding: &'static str,
    invocations: [Invocation; 1],
    artifacts: Vec<Artifact>,
    results: Vec<ResultObject<'r>>,
    properties: Value,
}

#[derive(Serialize)]
struct Tool<'r> {
    driver: Driver<'r>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'r> {
    name: &'static str,
    full_name: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    language: &'static str,
    short_description: Message,
    rules: Vec<Rule<'r>>,
}

/// §3.49.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'r> {
    id: &'r str,
    name: String,
    short_description: Message,
    full_description: Message,
    help: Message,
    default_configuration: Configuration,
    properties: Tags<'r>,
}

#[derive(Serialize)]
struct Tags<'r> {
    tags: [&'r str; 1],
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Message {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    markdown: Option<String>,
}

/// §3.20.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Message,
    locations: [Location; 1],
}

/// §3.24.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    location: ArtifactLocation,
    roles: [&'static str; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Value>,
}

#[derive(Serialize, Clone)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
    index: usize,
}

/// §3.27.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResultObject<'r> {
    rule_id: &'r str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
    partial_fingerprints: Map<String, Value>,
    /// §3.27.23: empty for what is shown, so that readers know what is not hidden.
    suppressions: Vec<Suppression>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix>,
}

/// §3.35.
#[derive(Serialize)]
struct Suppression {
    kind: &'static str,
    status: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<LogicalLocation>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

/// §3.30: lines and columns from 1, the end column exclusive.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Content>,
}

#[derive(Serialize)]
struct Content {
    text: String,
}

/// §3.33: a place of a document that has no lines.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation {
    name: String,
    fully_qualified_name: String,
    kind: &'static str,
}

/// §3.55.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix {
    description: Message,
    artifact_changes: [Change; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    artifact_location: ArtifactLocation,
    replacements: [Replacement; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Content,
}

impl<'r> RunObject<'r> {
    fn of(run: &'r Run, rules: &'r [RuleCard]) -> Self {
        let paths = run.files.iter().map(|file| file.path.as_str());
        let paths: Vec<&str> = paths.chain(run.failures.iter().map(|failure| failure.path.as_str())).collect();
        let artifacts = paths.iter().enumerate().map(|(index, path)| Artifact {
            location: artifact(path, index),
            roles: ["analysisTarget"],
            properties: run.files.get(index).and_then(|file| Some(about(file.outcome.as_ref().ok()?))),
        });
        let places = run.files.iter().enumerate();
        let results = places.clone().filter_map(|(index, file)| Some((index, file, file.outcome.as_ref().ok()?))).flat_map(
            |(index, file, linted)| {
                let quotes = Quotes::new(&linted.text);
                let shown = linted.diagnostics.iter().map(|diagnostic| (diagnostic, None));
                let hidden = linted.hidden.iter().map(|hidden| (&hidden.diagnostic, Some(hidden.by)));
                let all = shown.chain(hidden).map(|(diagnostic, by)| ResultObject {
                    suppressions: by.map(Suppression::of).into_iter().collect(),
                    ..result(file, index, linted, &quotes, diagnostic, rules)
                });
                all.collect::<Vec<_>>()
            },
        );
        let broken = places.filter_map(|(index, file)| Some((index, file.outcome.as_ref().err()?)));
        let missing = run.failures.iter().enumerate().map(|(index, failure)| (run.files.len() + index, failure));
        let totals = super::Totals::of(run);
        Self {
            tool: Tool { driver: Driver::of(rules) },
            language: "ru",
            column_kind: "unicodeCodePoints",
            default_encoding: "UTF-8",
            invocations: [Invocation {
                execution_successful: failures(run).next().is_none(),
                tool_execution_notifications: broken.chain(missing).map(|(index, failure)| notification(index, failure)).collect(),
            }],
            artifacts: artifacts.collect(),
            results: results.collect(),
            properties: json!({ "ruleset": run.ruleset, "suppressed": totals.suppressed, "known": totals.known }),
        }
    }
}

impl<'r> Driver<'r> {
    fn of(rules: &'r [RuleCard]) -> Self {
        Self {
            name: "Otvet",
            full_name: concat!("Otvet ", env!("CARGO_PKG_VERSION")),
            version: env!("CARGO_PKG_VERSION"),
            semantic_version: env!("CARGO_PKG_VERSION"),
            language: "ru",
            short_description: Message::of("Проверка ответов на собеседовании, писем и резюме на русском языке."),
            rules: rules.iter().map(Rule::of).collect(),
        }
    }
}

impl<'r> Rule<'r> {
    fn of(rule: &'r RuleCard) -> Self {
        Self {
            id: &rule.id,
            name: pascal(&rule.id),
            short_description: Message::of(&names::sentence(&rule.message)),
            full_description: Message::of(&names::sentence(&rule.reason)),
            help: help(rule),
            default_configuration: Configuration { level: level(rule.severity) },
            properties: Tags { tags: [&rule.kind] },
        }
    }
}

/// §3.49.7: «EmployerNegativityInsult» of «employer-negativity/insult».
fn pascal(id: &str) -> String {
    id.split(|c: char| !c.is_alphanumeric())
        .flat_map(|word| {
            let mut chars = word.chars();
            chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect::<Vec<_>>()
        })
        .collect()
}

/// Why, what instead, and examples.
fn help(rule: &RuleCard) -> Message {
    let mut text = format!("Почему: {} Лучше: {}", names::sentence(&rule.reason), names::sentence(&rule.advice));
    let (reason, advice) = (names::sentence(&rule.reason), names::sentence(&rule.advice));
    let mut page = format!("**Почему:** {}\n\n**Лучше:** {}\n", marked(&reason), marked(&advice));
    for (name, examples) in [("Сработает", rule.bad), ("Не сработает", rule.good)] {
        if !examples.is_empty() {
            let examples: Vec<String> = examples.iter().take(EXAMPLES).map(|example| sanitize::line(example)).collect();
            text.push_str(&format!(" {name}: «{}».", examples.join("», «")));
            page.push_str(&format!("\n{name}:\n\n"));
            examples.iter().for_each(|example| page.push_str(&format!("- «{}»\n", marked(example))));
        }
    }
    Message { markdown: Some(braces(&page)), ..Message::of(&text) }
}

fn marked(text: &str) -> String {
    otvet::report::markdown::inline(text)
}

impl Message {
    /// Plain text. What only looks like a placeholder (§3.11.5) or a link (§3.11.6) stays text.
    fn of(text: &str) -> Self {
        Self { text: braces(&sanitize::line(text)).replace("](", "] ("), markdown: None }
    }
}

/// §3.11.5: a brace that begins no placeholder is written twice.
fn braces(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// What is known of a file as a whole.
fn about(linted: &Linted) -> Value {
    let mut about = json!({
        "kind": linted.kind,
        "guessed": linted.guessed,
        "score": linted.report.score.total,
        "grade": linted.report.grade,
    });
    if let (Some(vacancy), Some(about)) = (&linted.vacancy, about.as_object_mut()) {
        about.insert("coverage".into(), json!(vacancy.coverage));
    }
    about
}

fn result<'r>(
    file: &Checked,
    index: usize,
    linted: &Linted,
    quotes: &Quotes,
    diagnostic: &'r Diagnostic,
    rules: &[RuleCard],
) -> ResultObject<'r> {
    let location = artifact(&file.path, index);
    let said = [&diagnostic.message, &diagnostic.reason, &diagnostic.advice].map(|text| names::sentence(text));
    let said: Vec<&str> = said.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    let (region, logical_locations) = match (&diagnostic.place, linted.unit) {
        // Readers that want a line are shown the first.
        (None, Unit::Line) => (Some(Region::line(1)), Vec::new()),
        (None, Unit::Paragraph) => (None, Vec::new()),
        (Some(place), Unit::Line) => {
            let snippet = quotes.get(place.start, place.end);
            let snippet = (!snippet.is_empty()).then(|| Content { text: snippet.into() });
            (Some(Region { snippet, ..Region::of(place) }), Vec::new())
        }
        (Some(place), Unit::Paragraph) => (None, vec![LogicalLocation::of(place)]),
    };
    ResultObject {
        rule_id: &diagnostic.rule,
        rule_index: rules.binary_search_by(|rule| (*rule.id).cmp(&diagnostic.rule)).unwrap_or_default(),
        level: level(diagnostic.severity),
        message: Message::of(&said.join(" ")),
        fixes: fix(&location, linted.unit, diagnostic).into_iter().collect(),
        locations: [Location { physical_location: PhysicalLocation { artifact_location: location, region }, logical_locations }],
        partial_fingerprints: [("otvetFingerprint/v1".to_string(), json!(diagnostic.fingerprint))].into_iter().collect(),
        suppressions: Vec::new(),
    }
}

impl Suppression {
    fn of(by: HiddenBy) -> Self {
        let kind = match by {
            HiddenBy::Suppression => "inSource",
            HiddenBy::Baseline => "external",
        };
        Self { kind, status: "accepted" }
    }
}

/// What the rule offers instead.
fn fix(location: &ArtifactLocation, unit: Unit, diagnostic: &Diagnostic) -> Option<Fix> {
    let (Some(place), Some(text), Unit::Line) = (&diagnostic.place, &diagnostic.replacement, unit) else { return None };
    let said = if text.trim().is_empty() { "Убрать.".into() } else { format!("Заменить на «{text}».") };
    Some(Fix {
        description: Message::of(&said),
        artifact_changes: [Change {
            artifact_location: location.clone(),
            replacements: [Replacement { deleted_region: Region::of(place), inserted_content: Content { text: text.clone() } }],
        }],
    })
}

fn notification(index: usize, failure: &Failure) -> Notification {
    let said = format!("{} {}", names::sentence(&failure.message), names::sentence(&failure.hint));
    let physical_location = PhysicalLocation { artifact_location: artifact(&failure.path, index), region: failure.at.map(Region::begins) };
    Notification { level: "error", message: Message::of(&said), locations: [Location { physical_location, logical_locations: Vec::new() }] }
}

fn artifact(path: &str, index: usize) -> ArtifactLocation {
    let (uri, relative) = place::uri(path);
    ArtifactLocation { uri, uri_base_id: relative.then_some(ROOT), index }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}

impl Region {
    /// Where something is wrong, who knows how far.
    fn begins((line, column): (usize, usize)) -> Self {
        Self { start_line: line, start_column: Some(column), end_line: None, end_column: None, snippet: None }
    }

    fn line(line: usize) -> Self {
        Self { start_line: line, start_column: None, end_line: None, end_column: None, snippet: None }
    }

    fn of(place: &Place) -> Self {
        Self {
            start_column: Some(place.column),
            end_line: Some(place.end_line),
            end_column: Some(place.end_column),
            ..Self::line(place.line)
        }
    }
}

impl LogicalLocation {
    fn of(place: &Place) -> Self {
        Self {
            name: format!("абзац {}", place.line),
            fully_qualified_name: format!("абзац {}, знак {}", place.line, place.column),
            kind: "paragraph",
        }
    }
}
