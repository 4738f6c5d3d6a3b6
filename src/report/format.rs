//! What every output format takes.

use super::model::Report;

/// A report and the text it speaks of.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    pub report: &'a Report,
    /// The text that was checked: the positions of the report are its code points.
    pub text: &'a str,
    /// What the text answers, for the head of the page.
    pub title: &'a str,
}

/// A way to show a report.
pub trait Format {
    /// The page, with a line break at its end.
    fn render(&self, page: &Page) -> String;
}

/// Finds parts of a text by their code points.
pub struct Quotes<'t> {
    text: &'t str,
    /// The byte each code point begins at.
    starts: Vec<usize>,
}

impl<'t> Quotes<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, starts: text.char_indices().map(|(byte, _)| byte).collect() }
    }

    /// The part from one code point to another (exclusive); what lies outside the text is left out.
    pub fn get(&self, start: usize, end: usize) -> &'t str {
        let byte = |at: usize| self.starts.get(at).copied().unwrap_or(self.text.len());
        self.text.get(byte(start)..byte(end)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_counts_code_points() {
        let quotes = Quotes::new("ёж 🦔 и уж");
        assert_eq!(quotes.get(3, 4), "🦔");
        assert_eq!(quotes.get(7, 99), "уж");
        assert_eq!(quotes.get(5, 2), "");
    }
}
