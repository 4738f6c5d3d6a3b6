//! Parts of a text by code points.

pub struct Slices<'t> {
    text: &'t str,
    /// The byte each code point begins at.
    starts: Vec<usize>,
}

impl<'t> Slices<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, starts: text.char_indices().map(|(byte, _)| byte).collect() }
    }

    /// From one code point to another (exclusive); what lies outside the text is left out.
    pub fn get(&self, start: usize, end: usize) -> &'t str {
        let byte = |at: usize| self.starts.get(at).copied().unwrap_or(self.text.len());
        self.text.get(byte(start)..byte(end)).unwrap_or_default()
    }
}
