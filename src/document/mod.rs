//! Bytes in, prose with positions out.
//!
//! A [`Document`] holds a text as it was given (the source), the same text made ready for analysis (the prose), its layout
//! and the way back from a place in the prose to a place in the source. Nothing here knows Russian grammar, and nothing
//! here reads files.
//!
//! | step | file |
//! |---|---|
//! | bytes → source | `decode`, with `encoding`, `cyrillic`, `signature`, `error` |
//! | source → prose, and positions back | `fold`, with `chars` |
//! | prose → layout | `blocks`, with `emphasis` |
//! | source bytes → code points, lines, columns | `position` |

mod blocks;
mod chars;
mod cyrillic;
mod decode;
mod emphasis;
mod encoding;
mod error;
mod fold;
mod position;
mod signature;

use std::ops::Range;

pub use blocks::{Block, BlockKind, Layout};
pub use decode::{Decoded, MAX_BYTES, decode};
pub use encoding::{Encoding, UnknownEncoding};
pub use error::DecodeError;
pub use fold::Prose;
pub use position::{ByteOffset, CharOffset, LineColumn, LineIndex};

/// A text read once: every analysis works on [`Document::text`] and reports places by [`Document::locate`].
#[derive(Debug, Clone)]
pub struct Document {
    source: String,
    prose: Prose,
    layout: Layout,
    lines: LineIndex,
}

impl Document {
    /// Takes a text that is decoded already, of any length, even empty.
    pub fn new(source: String) -> Self {
        let prose = Prose::fold(&source);
        let layout = Layout::read(prose.text());
        let lines = LineIndex::new(&source);
        Self { source, prose, layout, lines }
    }

    /// Decodes a text, in the `forced` encoding or the one it looks to be in; see [`decode()`].
    ///
    /// # Errors
    /// The bytes are no text, empty, damaged, or more than [`MAX_BYTES`].
    pub fn from_bytes(bytes: &[u8], forced: Option<Encoding>) -> Result<Self, DecodeError> {
        decode(bytes, forced).map(|decoded| Self::new(decoded.text))
    }

    /// The text as it was given, decoded and without a byte order mark.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The prose: what analysis reads. Ranges of it are what [`Document::locate`] takes.
    pub fn text(&self) -> &str {
        self.prose.text()
    }

    /// The prose with its way back to the source.
    pub fn prose(&self) -> &Prose {
        &self.prose
    }

    /// Paragraphs, headings and list items, in order; spans are bytes of the prose.
    pub fn blocks(&self) -> &[Block] {
        &self.layout.blocks
    }

    /// Emphasis markers that are no part of the prose's wording, in bytes of the prose, in order.
    pub fn emphasis(&self) -> &[Range<usize>] {
        &self.layout.emphasis
    }

    /// Stretches of bold text without their markers, in bytes of the prose, in order.
    pub fn bold(&self) -> &[Range<usize>] {
        &self.layout.bold
    }

    /// The lines of the source.
    pub fn lines(&self) -> &LineIndex {
        &self.lines
    }

    /// Which bytes of the source a part of the prose (in bytes) comes from; whole characters always.
    pub fn source_range(&self, prose: Range<usize>) -> Range<usize> {
        self.prose.to_source_range(prose)
    }

    /// Where in the source a part of the prose (in bytes) comes from. The one way from analysis to a report.
    pub fn locate(&self, prose: Range<usize>) -> Location {
        let Range { start, end } = self.source_range(prose);
        let (start, end) = (ByteOffset(start), ByteOffset(end));
        Location {
            bytes: start..end,
            chars: self.lines.char_offset(start)..self.lines.char_offset(end),
            start: self.lines.line_column(start),
            end: self.lines.line_column(end),
        }
    }

    /// What the source says where the prose has `prose` (in bytes): for quoting.
    pub fn quote(&self, prose: Range<usize>) -> &str {
        self.source.get(self.source_range(prose)).unwrap_or_default()
    }
}

/// A part of the source in every unit a report needs. Ends are exclusive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    pub bytes: Range<ByteOffset>,
    pub chars: Range<CharOffset>,
    pub start: LineColumn,
    /// The place after the last character.
    pub end: LineColumn,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(document: &Document, part: &str) -> Range<usize> {
        let start = document.text().find(part).unwrap();
        start..start + part.len()
    }

    #[test]
    fn from_bytes_to_a_place_on_the_screen() {
        let bytes = b"\xCE\xF2\xF2\xEE\xEA \xF0\xEE\xF1.\r\n- \xD1\xED\xE8\xE7\xE8\xEB \xE5\xE3\xEE \xED\xE0\xA012 %.";
        let document = Document::from_bytes(bytes, None).unwrap();
        assert_eq!(document.source(), "Отток рос.\r\n- Снизил его на\u{A0}12 %.");
        assert_eq!(document.text(), "Отток рос.\n- Снизил его на 12 %.");
        assert_eq!(document.blocks().len(), 2);

        let part = find(&document, "на 12 %");
        assert_eq!(document.quote(part.clone()), "на\u{A0}12 %");
        let place = document.locate(part);
        assert_eq!(place.chars, CharOffset(25)..CharOffset(32));
        assert_eq!(place.start, LineColumn { line: 2, column: 14 });
        assert_eq!(place.end, LineColumn { line: 2, column: 21 });
    }

    #[test]
    fn what_the_reader_sees_is_what_is_quoted() {
        let document = Document::new("Cдeлaл за\u{301}мок\u{AD} и мои\u{306} отчёт".to_owned());
        assert_eq!(document.text(), "Сделал замок и мой отчёт");
        assert_eq!(document.quote(find(&document, "замок")), "за\u{301}мок");
        assert_eq!(document.quote(find(&document, "мой")), "мои\u{306}");
        assert_eq!(document.quote(0..usize::MAX), document.source());
    }

    #[test]
    fn an_empty_text_is_a_document() {
        let document = Document::new(String::new());
        assert!(document.blocks().is_empty());
        assert_eq!(document.locate(0..0).start, LineColumn { line: 1, column: 1 });
    }

    #[test]
    fn any_bytes_make_a_document_or_an_error() {
        let mut random = 866_u64;
        for round in 0..5_000 {
            let mut bytes = Vec::new();
            for _ in 0..round % 80 {
                random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                bytes.push((random >> 56) as u8);
            }
            let document = Document::new(String::from_utf8_lossy(&bytes).into_owned());
            for block in document.blocks() {
                let place = document.locate(block.span.clone());
                assert!(place.chars.start < place.chars.end && place.start < place.end, "{bytes:?}");
                assert!(!document.quote(block.span.clone()).is_empty(), "{bytes:?}");
            }
            // An answer either way; what it is does not matter.
            let _ = Document::from_bytes(&bytes, None);
        }
    }
}
