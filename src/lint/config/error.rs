//! A mistake in a file of the user's settings, in Russian: where it is and how to mend it.

use std::fmt;
use std::sync::Arc;

use otvet::lexicon::Place;
use otvet::suggest::nearest;

use crate::command::Failure;

/// A mistake; the program ends with code 2.
#[derive(Debug, Clone)]
pub struct ConfigError {
    pub place: Option<Place>,
    pub message: String,
    /// The next step; may be empty.
    pub hint: String,
}

impl ConfigError {
    pub fn new(place: Option<Place>, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { place, message: message.into(), hint: hint.into() }
    }

    /// What is wrong with the TOML.
    pub fn toml(file: &Arc<str>, text: &str, error: &toml::de::Error) -> Self {
        let place = Place::of(file, text, error.span().map_or(0, |span| span.start));
        let message = error.message().lines().next().unwrap_or_default();
        let (message, hint) = retell(message);
        Self::new(Some(place), message, hint)
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        f.write_str(&self.message)?;
        self.hint.lines().filter(|line| !line.is_empty()).try_for_each(|line| write!(f, "\n  {line}"))
    }
}

impl std::error::Error for ConfigError {}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        // The hints are in the text already, each on its line.
        Self::new(error.to_string())
    }
}

/// «возможно, вы имели в виду …», or nothing.
pub fn suggestion<'k>(name: &str, known: impl Iterator<Item = &'k str>) -> String {
    nearest(name, known).map(|near| format!("возможно, вы имели в виду {near}")).unwrap_or_default()
}

/// The message of the parser in Russian, and what to do.
fn retell(message: &str) -> (String, String) {
    let names: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let choices = || names.get(1..).unwrap_or_default();
    let or_list = |name: &str, said: &str| {
        let near = suggestion(name, choices().iter().copied());
        if near.is_empty() && !choices().is_empty() { format!("{said}: {}", choices().join(", ")) } else { near }
    };
    if let (true, Some(name)) = (message.starts_with("unknown field"), names.first()) {
        return (format!("неизвестный ключ «{name}»"), or_list(name, "возможны"));
    }
    if let (true, Some(name)) = (message.starts_with("unknown variant"), names.first()) {
        let choices = format!("возможны: {}", choices().join(", "));
        let near = suggestion(name, names.iter().skip(1).copied());
        return (format!("значение «{name}» не подходит"), format!("{near}\n{choices}"));
    }
    if let (true, Some(name)) = (message.starts_with("missing field"), names.first()) {
        return (format!("нет обязательного ключа «{name}»"), format!("добавьте {name} = …"));
    }
    if let Some(rest) = message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: ")) {
        let (found, wanted) = rest.split_once(", expected ").unwrap_or((rest, ""));
        return (format!("здесь не подходит {}", found_type(found)), wanted_type(wanted));
    }
    let hint = "проверьте запись: строки — в кавычках, списки — в [ ], разделы — с новой строки";
    (format!("не удалось разобрать TOML: {}", syntax(message)), hint.into())
}

/// What was found: «число», «строка»…
fn found_type(english: &str) -> String {
    let value = english.split_once(' ').map_or("", |(_, value)| value).trim_matches(['`', '"']);
    let quoted = |name: &str| if value.is_empty() { name.to_string() } else { format!("{name} «{value}»") };
    match english.split([' ', ':']).next().unwrap_or_default() {
        "integer" | "floating" => quoted("число").replace("point ", "").replace('`', ""),
        "string" => quoted("строка"),
        "boolean" => quoted("значение"),
        "sequence" => "список".into(),
        "map" => "раздел".into(),
        "datetime" => "дата".into(),
        _ => english.to_string(),
    }
}

fn wanted_type(english: &str) -> String {
    let wanted = match english {
        "a string" => "строка в кавычках",
        "a sequence" => "список: [\"…\", \"…\"]",
        "a map" => "раздел или { … }",
        "a boolean" => "true или false",
        _ if english.starts_with(['i', 'u']) && english[1..].starts_with(|c: char| c.is_ascii_digit()) => "целое число",
        _ if english.contains("string") || english.contains("variant") || english.contains("enum") => "строка в кавычках",
        _ if english.starts_with("struct") => "раздел или { … }",
        _ => return String::new(),
    };
    format!("нужно: {wanted}")
}

/// Mistakes of syntax that people make most often; the rest stay as the parser says them.
fn syntax(message: &str) -> String {
    let (what, expected) = message.split_once(", expected ").unwrap_or((message, ""));
    let said = match what {
        "duplicate key" => "ключ повторён",
        "string values must be quoted" => "строка должна стоять в кавычках",
        "missing value" | "missing value for key" => "нет значения",
        "missing assignment between key-value pairs" | "key with no value" => "после ключа нужен знак «=»",
        "missing comma between array elements" => "между значениями списка нужна запятая",
        "missing comma between key-value pairs" => "между парами нужна запятая",
        "missing opening quote" => "нет открывающей кавычки",
        "invalid basic string" | "invalid literal string" => "строка не закрыта кавычкой",
        "unclosed array" => "список не закрыт знаком «]»",
        "unclosed table" | "unclosed array table" => "название раздела не закрыто скобкой",
        "unclosed inline table" => "нет закрывающей «}»",
        "unquoted keys cannot be empty" => "имя ключа пусто",
        "invalid unquoted key" => "ключ с кириллицей, «/» или пробелом возьмите в кавычки",
        "unexpected content" | "unexpected key or value" => "здесь лишний текст",
        "unexpected content between comment and newline" => "лишний текст в конце строки",
        "unexpected leading zero" => "число не может начинаться с нуля",
        _ => return message.to_string(),
    };
    if expected.contains('`') && !said.contains('«') { format!("{said} (ожидалось {expected})") } else { said.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_names_its_place_and_the_next_step() {
        let file: Arc<str> = "otvet.toml".into();
        let place = Place::of(&file, "a\nб = 1", 2);
        let error = ConfigError::new(Some(place), "неизвестный ключ «б»", "возможно, вы имели в виду a");
        assert_eq!(error.to_string(), "otvet.toml:2:1: неизвестный ключ «б»\n  возможно, вы имели в виду a");
        assert_eq!(ConfigError::new(None, "нет файла", "").to_string(), "нет файла");
    }

    #[test]
    fn the_parser_is_retold() {
        for (english, message, hint) in [
            (
                "unknown field `min-scor`, expected one of `min-score`, `rules`",
                "неизвестный ключ «min-scor»",
                "возможно, вы имели в виду min-score",
            ),
            ("unknown field `цвет`, expected one of `rule`, `phrases`", "неизвестный ключ «цвет»", "возможны: rule, phrases"),
            ("unknown field `цвет`, expected `rule`", "неизвестный ключ «цвет»", "возможны: rule"),
            (
                "unknown variant `warn`, expected one of `on`, `warning`",
                "значение «warn» не подходит",
                "возможно, вы имели в виду warning\nвозможны: on, warning",
            ),
            ("missing field `rule`", "нет обязательного ключа «rule»", "добавьте rule = …"),
            ("invalid type: integer `5`, expected a string", "здесь не подходит число «5»", "нужно: строка в кавычках"),
            ("invalid type: string \"5\", expected i64", "здесь не подходит строка «5»", "нужно: целое число"),
            ("invalid type: string \"5\", expected a sequence", "здесь не подходит строка «5»", "нужно: список: [\"…\", \"…\"]"),
        ] {
            assert_eq!(retell(english), (message.to_string(), hint.to_string()), "{english}");
        }
    }
}
