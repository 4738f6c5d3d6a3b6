//! The JSON Schema of `otvet.toml`, for editors.

use otvet::Lexicon;
use otvet::report::names;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::file::File;

/// The schema (draft 7: what editors' TOML plugins know), with the names of all rules for completion.
pub fn schema(lexicon: &Lexicon) -> Value {
    let mut schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<File>().to_value();
    let rules = named(lexicon);
    for owner in ["/properties/rules", "/definitions/Override/properties/rules"] {
        if let Some(Value::Object(table)) = schema.pointer_mut(owner) {
            table.insert("properties".into(), Value::Object(rules.clone()));
        }
    }
    schema
}

/// Types, then rules, each with what it is about.
fn named(lexicon: &Lexicon) -> Map<String, Value> {
    let setting = |about: String| json!({ "description": about, "allOf": [{ "$ref": "#/definitions/Setting" }] });
    let types =
        lexicon.rules().iter().map(|rule| (rule.kind.clone(), setting(format!("Все правила типа: {}", names::finding(&rule.kind)))));
    let rules = lexicon.rules().iter().map(|rule| (rule.id.clone(), setting(names::sentence(&rule.message))));
    types.chain(rules).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Value {
        let options = otvet::Options { scope: otvet::Scope::Only(Vec::new()), ..Default::default() };
        schema(&Lexicon::load(&options).expect("lexicons"))
    }

    fn valid(validator: &jsonschema::Validator, text: &str) -> bool {
        let value: Value = toml::from_str(text).expect("TOML");
        validator.is_valid(&value)
    }

    #[test]
    fn the_schema_takes_what_the_reader_takes() {
        let validator = jsonschema::validator_for(&sample()).expect("a schema");
        for good in [
            "",
            crate::lint::config::TEMPLATE,
            "min-score = 70\nfail-on = \"never\"\nexclude = [\"a\"]\n[rules]\nvague = \"off\"\n\"own/rule\" = \"error\"",
            "[[override]]\npaths = [\"a\"]\nlevel = \"senior\"\n[[allow]]\nrule = \"vague\"\nphrases = [\"a\"]\nreason = \"b\"",
        ] {
            assert!(valid(&validator, good), "{good}");
        }
        for wrong in [
            "min-scor = 1",
            "min-score = 101",
            "max-warnings = -1",
            "[rules]\nvague = \"warn\"",
            "[[override]]\nkind = \"answer\"",
            "[[allow]]\nrule = \"vague\"\nphrases = []",
            "level = \"boss\"",
        ] {
            assert!(!valid(&validator, wrong), "{wrong}");
        }
    }

    #[test]
    fn rules_are_offered() {
        let schema = sample();
        for owner in ["/properties/rules", "/definitions/Override/properties/rules"] {
            let rules = schema.pointer(owner).and_then(|rules| rules["properties"].as_object()).expect("rules");
            assert!(rules.contains_key("vague") && rules.keys().any(|name| name.starts_with("filler/")), "{owner}");
        }
    }
}
