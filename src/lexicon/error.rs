//! A mistake in a lexicon: where it is and how to mend it.

use std::fmt;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

/// A place in a lexicon file.
#[derive(Debug, Clone)]
pub struct Place {
    pub file: Arc<str>,
    /// 1-based.
    pub line: usize,
    /// 1-based, in code points.
    pub column: usize,
}

impl Place {
    /// The place of a byte of a file.
    pub fn of(file: &Arc<str>, text: &str, byte: usize) -> Self {
        let before = text.get(..byte).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Self { file: Arc::clone(file), line, column }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// A mistake in a lexicon. Its text is Russian and names file, line, column, the pattern and the next step.
#[derive(Debug)]
pub struct LexiconError {
    pub place: Option<Place>,
    pub message: String,
    /// The pattern and the bytes of it that are wrong.
    pub pattern: Option<(String, Range<usize>)>,
    pub hint: String,
}

impl LexiconError {
    pub fn new(place: Option<Place>, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { place, message: message.into(), pattern: None, hint: hint.into() }
    }

    /// A mistake inside a pattern; `place` is where the pattern begins.
    pub fn in_pattern(place: &Place, pattern: &str, error: crate::pattern::PatternError) -> Self {
        let skipped = pattern.get(..error.span.start).map_or(0, |before| before.chars().count());
        // One more for the quotation mark that opens the string.
        let place = Place { column: place.column + skipped + 1, ..place.clone() };
        Self { place: Some(place), message: error.message, pattern: Some((pattern.to_string(), error.span)), hint: error.hint }
    }

    /// What is wrong with the TOML itself.
    pub fn toml(file: &Arc<str>, text: &str, error: &toml::de::Error) -> Self {
        let place = error.span().map(|span| Place::of(file, text, span.start));
        let place = place.or_else(|| Some(Place { file: Arc::clone(file), line: 1, column: 1 }));
        Self::new(
            place,
            format!("не удалось разобрать TOML: {}", toml_message(error.message())),
            "устройство файлов описано в docs/lexicons.md",
        )
    }
}

/// The parser speaks English; the mistakes people make most often are put in Russian.
fn toml_message(message: &str) -> Rc<str> {
    let translated = [
        ("unknown field", "неизвестный ключ"),
        ("missing field", "нет обязательного ключа"),
        ("expected one of", "возможны"),
        ("expected", "ожидалось"),
        ("invalid type:", "неверный тип:"),
        ("unknown variant", "неизвестное значение"),
        ("duplicate key", "ключ повторён"),
    ];
    let mut text = message.lines().next().unwrap_or_default().to_string();
    for (english, russian) in translated {
        text = text.replace(english, russian);
    }
    text.into()
}

impl fmt::Display for LexiconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        f.write_str(&self.message)?;
        if let Some((pattern, span)) = &self.pattern {
            let before = pattern.get(..span.start).map_or(0, |text| text.chars().count());
            let width = pattern.get(span.clone()).map_or(1, |text| text.chars().count().max(1));
            write!(f, "\n  {pattern}\n  {}{}", " ".repeat(before), "^".repeat(width))?;
        }
        write!(f, "\n  {}", self.hint)
    }
}

impl std::error::Error for LexiconError {}
