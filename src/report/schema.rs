//! The JSON Schema of what is printed as JSON.

use serde_json::{Value, json};

use super::model::{ErrorRecord, Report, SCHEMA};

/// The schema of a report (JSON Schema 2020-12).
pub fn report() -> Value {
    let mut schema = schemars::schema_for!(Report).to_value();
    if let Some(name) = schema.pointer_mut("/properties/schema") {
        name["const"] = json!(SCHEMA);
    }
    name(schema, SCHEMA)
}

/// The schema of a line of a batch: a report, or what stands in place of one.
pub fn line() -> Value {
    let mut report = report();
    let mut error = schemars::schema_for!(ErrorRecord).to_value();
    let mut definitions = serde_json::Map::new();
    for schema in [&mut report, &mut error] {
        if let Some(Value::Object(own)) = schema.as_object_mut().and_then(|schema| schema.remove("$defs")) {
            definitions.extend(own);
        }
        schema.as_object_mut().and_then(|schema| schema.remove("$schema"));
    }
    definitions.insert("Report".into(), report);
    definitions.insert("ErrorRecord".into(), error);
    let schema = json!({
        "anyOf": [{ "$ref": "#/$defs/Report" }, { "$ref": "#/$defs/ErrorRecord" }],
        "$defs": definitions,
    });
    name(schema, &format!("{SCHEMA}.line"))
}

/// What a reader looks for comes first.
fn name(schema: Value, id: &str) -> Value {
    let mut named = json!({ "$schema": "https://json-schema.org/draft/2020-12/schema", "title": id });
    if let (Some(named), Value::Object(schema)) = (named.as_object_mut(), schema) {
        named.extend(schema.into_iter().filter(|(key, _)| key != "$schema" && key != "title"));
    }
    named
}
