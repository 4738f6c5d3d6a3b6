//! Colours of the terminal. A colour never says anything that a word or a sign does not say too.

use colored::{Color, Colorize};

use super::model::{Label, Severity};

/// Paints, or leaves as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    on: bool,
}

impl Palette {
    /// With `on` false nothing is ever painted. With `on` true `colored` has the last word: whoever wants colours calls
    /// `colored::control::set_override` too.
    pub const fn new(on: bool) -> Self {
        Self { on }
    }

    pub const PLAIN: Self = Self::new(false);

    pub fn label(self, label: Label, text: &str) -> String {
        match label_color(label) {
            Some(color) => self.color(color, text),
            None => self.dim(text),
        }
    }

    /// The letter of the margin.
    pub fn letter(self, label: Label, text: &str) -> String {
        match label_color(label) {
            Some(color) if self.paints(text) => text.color(color).bold().to_string(),
            _ => self.bold(text),
        }
    }

    pub fn severity(self, severity: Severity, text: &str) -> String {
        self.color(severity_color(severity), text)
    }

    pub fn good(self, text: &str) -> String {
        self.color(Color::Green, text)
    }

    pub fn bad(self, text: &str) -> String {
        self.color(Color::Red, text)
    }

    pub fn bold(self, text: &str) -> String {
        if self.paints(text) { text.bold().to_string() } else { text.to_string() }
    }

    pub fn dim(self, text: &str) -> String {
        if self.paints(text) { text.dimmed().to_string() } else { text.to_string() }
    }

    fn color(self, color: Color, text: &str) -> String {
        if self.paints(text) { text.color(color).to_string() } else { text.to_string() }
    }

    /// Spaces have no colour.
    fn paints(self, text: &str) -> bool {
        self.on && text.contains(|c| c != ' ')
    }
}

fn label_color(label: Label) -> Option<Color> {
    match label {
        Label::S => Some(Color::Cyan),
        Label::T => Some(Color::Yellow),
        Label::A => Some(Color::Green),
        Label::R => Some(Color::Magenta),
        Label::O => None,
    }
}

fn severity_color(severity: Severity) -> Color {
    match severity {
        Severity::Error => Color::Red,
        Severity::Warning => Color::Yellow,
        Severity::Hint => Color::Blue,
    }
}
