//! What `otvet init` writes.

/// A config in which every key is shown and explained, and none is in force.
pub const TEMPLATE: &str = include_str!("template.toml");

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::TEMPLATE;
    use crate::lint::config::{Catalogue, Config};

    #[test]
    fn the_template_changes_nothing_and_is_right_when_uncommented() {
        let root = tempfile::tempdir().expect("a folder");
        for folder in ["мои-правила", "вакансии", "вопросы"] {
            std::fs::create_dir(root.path().join(folder)).expect("a folder");
        }
        for file in ["вакансии/руководитель.md", "вопросы/мой-вопрос.toml"] {
            std::fs::write(root.path().join(file), "").expect("a file");
        }
        let path = root.path().join("otvet.toml");
        let uncommented: String = TEMPLATE
            .lines()
            .map(|line| line.strip_prefix("#: ").or_else(|| line.strip_prefix("#:")).unwrap_or(line))
            .fold(String::new(), |text, line| text + line + "\n");
        assert_ne!(uncommented, TEMPLATE);
        let options = otvet::Options { scope: otvet::Scope::Only(Vec::new()), ..Default::default() };
        let catalogue = Catalogue::of(&otvet::Lexicon::load(&options).expect("lexicons"));
        for text in [TEMPLATE, uncommented.as_str()] {
            let config = Config::parse(&path, text).unwrap_or_else(|error| panic!("{error}\n{text}"));
            config.check(&catalogue).unwrap_or_else(|error| panic!("{error}"));
        }
        let plain: toml::Table = toml::from_str(TEMPLATE).expect("TOML");
        assert!(plain.is_empty());
        // Every key is shown.
        let schema = super::super::schema(&otvet::Lexicon::load(&options).expect("lexicons"));
        let shown: toml::Table = toml::from_str(&uncommented).expect("TOML");
        for key in schema["properties"].as_object().expect("keys").keys() {
            assert!(shown.contains_key(key), "{key}");
        }
        assert!(Path::new(&path).is_absolute());
    }
}
