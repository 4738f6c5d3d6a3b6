//! Folding a source text to the prose that analysis reads, and mapping positions in the prose back to the source.
//!
//! Folding removes what matching would trip over and a reader does not see. It changes neither words nor their order,
//! nor letter case, nor ё. Which characters belong to which class is said in `chars`.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::chars::{cyrillic_twin, is_cyrillic, is_fancy_hyphen, is_fancy_space, is_invisible, is_mark, is_rare_newline};

/// A text made ready for analysis:
///
/// - no byte order mark, soft hyphens, zero-width characters, direction controls;
/// - every space and tab is `' '`, every line break is `'\n'` (the paragraph separator two of them), the minus sign and the non-breaking hyphen are `'-'`;
/// - letters are composed (й, ё, é), and the stress marks of Cyrillic letters are gone;
/// - a Latin letter that passes for a Cyrillic one inside a Cyrillic word is that Cyrillic letter.
///
/// Positions in the prose are bytes of [`Prose::text`]; the methods map them to bytes of the source in O(log n) of the
/// number of changes made. Positions past the end mean the end; those inside a character are widened to its bounds.
#[derive(Debug, Clone)]
pub struct Prose {
    text: String,
    source_len: usize,
    edits: Vec<Edit>,
}

/// A part of the source that reads differently in the prose (nothing, if removed). What lies between edits is the same.
#[derive(Debug, Clone)]
struct Edit {
    prose: Range<usize>,
    source: Range<usize>,
}

impl Prose {
    /// Folds a text, in O(n).
    pub fn fold(source: &str) -> Self {
        let mut folder = Folder::new(source);
        let mut chars = source.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let after = at + c.len_utf8();
            if is_word_part(c) {
                let mut word = Word::default();
                word.see(c);
                let mut end = after;
                while let Some((at, c)) = chars.next_if(|&(_, c)| is_word_part(c)) {
                    word.see(c);
                    end = at + c.len_utf8();
                }
                folder.word(at..end, &word);
            } else if c == '\r' {
                let crlf = chars.next_if(|&(_, next)| next == '\n').is_some();
                folder.replace(at..after + usize::from(crlf), "\n");
            } else if c == '\u{2029}' {
                // The paragraph separator.
                folder.replace(at..after, "\n\n");
            } else if is_rare_newline(c) {
                folder.replace(at..after, "\n");
            } else if is_fancy_space(c) {
                folder.replace(at..after, " ");
            } else if is_fancy_hyphen(c) {
                folder.replace(at..after, "-");
            }
        }
        folder.finish()
    }

    /// The prose itself.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The source byte at which what stands at `byte` of the prose starts: removed characters before it are left out,
    /// a letter with its marks is taken whole.
    pub fn to_source(&self, byte: usize) -> usize {
        let byte = self.floor(byte);
        match self.edits.partition_point(|edit| edit.prose.start <= byte).checked_sub(1) {
            Some(last) if byte < self.edits[last].prose.end => self.edits[last].source.start,
            last => self.after_edit(last, byte),
        }
    }

    /// The source byte at which what stands before `byte` of the prose ends: removed characters after it are left out,
    /// a letter with its marks is taken whole.
    pub fn to_source_end(&self, byte: usize) -> usize {
        let byte = self.ceil(byte);
        let last = self.edits.partition_point(|edit| edit.prose.start < byte).checked_sub(1);
        self.after_edit(last, byte)
    }

    /// The part of the source that a part of the prose was made from. It never cuts a character; an empty range stays empty.
    pub fn to_source_range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.to_source(range.start);
        if range.is_empty() { start..start } else { start..self.to_source_end(range.end).max(start) }
    }

    /// Maps a position that is not inside edit number `last`, but may be inside what it was made of: then to its end.
    fn after_edit(&self, last: Option<usize>, byte: usize) -> usize {
        match last.and_then(|last| self.edits.get(last)) {
            Some(edit) => edit.source.end + byte.saturating_sub(edit.prose.end),
            None => byte,
        }
        .min(self.source_len)
    }

    fn floor(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        (0..=byte).rev().find(|&at| self.text.is_char_boundary(at)).unwrap_or(0)
    }

    fn ceil(&self, byte: usize) -> usize {
        (byte..self.text.len()).find(|&at| self.text.is_char_boundary(at)).unwrap_or(self.text.len())
    }
}

/// Letters, their marks, and the invisible characters that may stand among them.
fn is_word_part(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { is_cyrillic(c) || c.is_alphabetic() || is_invisible(c) || is_mark(c) }
}

/// What a word holds, to tell at once whether anything in it must change.
#[derive(Debug, Default)]
struct Word {
    cyrillic: bool,
    /// Latin letters that look Cyrillic.
    twins: bool,
    /// Letters of other scripts that do not.
    foreign: bool,
    /// Marks or invisible characters.
    dirty: bool,
}

impl Word {
    fn see(&mut self, c: char) {
        if is_cyrillic(c) {
            self.cyrillic = true;
        } else if is_invisible(c) || is_mark(c) {
            self.dirty = true;
        } else if cyrillic_twin(c).is_some() {
            self.twins = true;
        } else {
            self.foreign = true;
        }
    }

    /// A Cyrillic word with Latin letters in disguise. A word with any letter that could not be Cyrillic is left alone
    /// («HR-ы», «PRщик»), and so is a Latin abbreviation with a Russian ending («CEOшный»).
    fn is_disguised(&self, word: &str) -> bool {
        self.cyrillic && self.twins && !self.foreign && !is_abbreviation_with_ending(word)
    }
}

/// Two or more Latin capitals, then Cyrillic small letters only.
fn is_abbreviation_with_ending(word: &str) -> bool {
    let ending = word.trim_start_matches(|c: char| c.is_ascii_uppercase());
    word.len() - ending.len() >= 2 && ending.chars().all(|c| is_cyrillic(c) && c.is_lowercase())
}

/// Builds the prose from left to right, copying what does not change in long runs.
struct Folder<'s> {
    source: &'s str,
    text: String,
    edits: Vec<Edit>,
    /// How much of the source is in `text` or was replaced.
    done: usize,
}

impl<'s> Folder<'s> {
    fn new(source: &'s str) -> Self {
        Self { source, text: String::with_capacity(source.len()), edits: Vec::new(), done: 0 }
    }

    /// Puts `with` in the place of a part of the source; parts come in order.
    fn replace(&mut self, part: Range<usize>, with: &str) {
        self.text.push_str(&self.source[self.done..part.start]);
        let start = self.text.len();
        self.text.push_str(with);
        self.done = part.end;
        self.edits.push(Edit { prose: start..self.text.len(), source: part });
    }

    fn word(&mut self, part: Range<usize>, word: &Word) {
        let disguised = word.is_disguised(&self.source[part.clone()]);
        if !word.dirty && !disguised {
            return;
        }
        let mut rest = part.start;
        while let Some(base) = self.source[rest..part.end].chars().next() {
            let after = rest + base.len_utf8();
            let end = if is_invisible(base) { after } else { end_of_marks(self.source, after..part.end) };
            self.cluster(rest..end, base, disguised);
            rest = end;
        }
    }

    /// Folds one letter with its marks, or one invisible character.
    fn cluster(&mut self, part: Range<usize>, base: char, disguised: bool) {
        if is_invisible(base) {
            return self.replace(part, "");
        }
        let letter = if disguised { cyrillic_twin(base).unwrap_or(base) } else { base };
        let marks = &self.source[part.start + base.len_utf8()..part.end];
        let mut buffer = [0; 4];
        if !marks.is_empty() {
            let is_dropped = |c: char| is_invisible(c) || is_cyrillic(letter) && is_stress(c);
            let composed: String = std::iter::once(letter).chain(marks.chars()).nfd().filter(|&c| !is_dropped(c)).nfc().collect();
            if composed != self.source[part.clone()] {
                self.replace(part, &composed);
            }
        } else if letter != base {
            self.replace(part, letter.encode_utf8(&mut buffer));
        }
    }

    fn finish(mut self) -> Prose {
        self.text.push_str(&self.source[self.done..]);
        Prose { text: self.text, source_len: self.source.len(), edits: self.edits }
    }
}

/// Where the marks at the start of a part end; invisible characters among them are passed over.
fn end_of_marks(source: &str, part: Range<usize>) -> usize {
    let mut end = part.start;
    for (at, c) in source[part.clone()].char_indices() {
        if is_mark(c) {
            end = part.start + at + c.len_utf8();
        } else if !is_invisible(c) {
            break;
        }
    }
    end
}

/// The acute and the grave: over a Cyrillic letter they show the stress («сло́во») and no other letter.
fn is_stress(mark: char) -> bool {
    matches!(mark, '\u{300}' | '\u{301}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold(source: &str) -> String {
        Prose::fold(source).text().to_owned()
    }

    /// What the source says where the prose says `part`.
    fn source_of<'s>(source: &'s str, part: &str) -> &'s str {
        let prose = Prose::fold(source);
        let start = prose.text().find(part).unwrap();
        &source[prose.to_source_range(start..start + part.len())]
    }

    #[test]
    fn ordinary_text_stays_as_it_is() {
        for text in ["", "Снизил отток на 12 % — с 8 до 7 %.", "«Ёлка», ivan_petrov@mail.ru, 24/7, №5, 1С"] {
            let prose = Prose::fold(text);
            assert_eq!(prose.text(), text);
            assert!(prose.edits.is_empty(), "nothing to map");
        }
    }

    #[test]
    fn invisible_characters_vanish() {
        assert_eq!(fold("\u{FEFF}кли\u{AD}ент"), "клиент");
        assert_eq!(fold("за\u{200B}да\u{2060}ча\u{202E}"), "задача");
        assert_eq!(source_of("с кли\u{AD}ентом\u{AD} я", "клиентом"), "кли\u{AD}ентом");
        assert_eq!(source_of("\u{FEFF}Я сделал", "Я"), "Я");
    }

    #[test]
    fn spaces_line_breaks_and_hyphens_are_plain() {
        assert_eq!(fold("на\u{A0}12\u{202F}%\tв\u{2009}месяц"), "на 12 % в месяц");
        assert_eq!(fold("раз\r\nдва\rтри\u{2028}четыре\u{2029}пять\u{B}"), "раз\nдва\nтри\nчетыре\n\nпять\n");
        assert_eq!(fold("раз\r\r\n\nдва"), "раз\n\n\nдва");
        assert_eq!(fold("кол\u{2011}центр, \u{2212}5 %"), "кол-центр, -5 %");
        assert_eq!(fold("дела — 5–7 дел"), "дела — 5–7 дел", "dashes stay dashes");
        assert_eq!(source_of("раз\r\nдва", "\n"), "\r\n");
    }

    #[test]
    fn letters_are_composed() {
        assert_eq!(fold("мои\u{306} и И\u{306}од"), "мой и Йод");
        assert_eq!(fold("е\u{308}лка и Е\u{308}лка"), "ёлка и Ёлка");
        assert_eq!(fold("re\u{301}sume\u{301}"), "résumé");
        assert_eq!(source_of("мои\u{306} опыт", "мой"), "мои\u{306}");
        assert_eq!(source_of("мои\u{306} опыт", "мо"), "мо");
        assert_eq!(source_of("мои\u{306} опыт", "й"), "и\u{306}");
    }

    #[test]
    fn stress_marks_are_dropped_and_ё_is_kept() {
        assert_eq!(fold("за\u{301}мок, замо\u{301}к, ещё\u{301}"), "замок, замок, ещё");
        assert_eq!(source_of("моё окно\u{301}.", "окно"), "окно\u{301}", "the mark belongs to its letter");
    }

    #[test]
    fn latin_letters_in_cyrillic_words_are_unmasked() {
        assert_eq!(fold("Cдeлaл oтчёт"), "Сделал отчёт");
        assert_eq!(fold("ещë"), "ещё");
        assert_eq!(fold("зáмок, зa\u{301}мок"), "замок, замок");
        assert_eq!(source_of("я Cдeлaл это", "Сделал"), "Cдeлaл");
        assert!(fold("CTPЕСС").chars().all(is_cyrillic));
    }

    #[test]
    fn foreign_words_are_left_alone() {
        for text in ["CRM и KPI", "CRMка, HRы, PRщик", "CEOшный", "team", "IT-отдел", "C++", "1C", "Exсel"] {
            assert_eq!(fold(text), text);
        }
    }

    #[test]
    fn odd_positions_have_answers() {
        let prose = Prose::fold("кли\u{AD}ент");
        assert_eq!(prose.to_source(1), 0, "inside a character");
        assert_eq!(prose.to_source_end(1), 2);
        assert_eq!(prose.to_source_end(999), 14);
        assert_eq!(prose.to_source_range(6..6), 8..8, "an empty range stays empty");
        assert_eq!(Prose::fold("\u{AD}\u{AD}").to_source_range(0..0), 4..4);
    }

    #[test]
    fn hostile_text_maps_to_whole_characters() {
        let pieces = [
            "я",
            "и",
            "е",
            "Е",
            "o",
            "ë",
            "R",
            "\u{306}",
            "\u{308}",
            "\u{301}",
            "\u{AD}",
            "\u{200D}",
            "\u{FEFF}",
            "\r",
            "\n",
            "\t",
            "\u{A0}",
            "\u{2212}",
            " ",
            "5",
            "😀",
            "\u{1F3FD}",
            "\u{336}",
            "\u{FE0F}",
            "\u{345}",
            "ﷺ",
            "한",
            "\0",
        ];
        let mut random = 2026_u64;
        for _ in 0..20_000 {
            let mut source = String::new();
            for _ in 0..12 {
                random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                source.push_str(pieces[(random >> 33) as usize % pieces.len()]);
            }
            let prose = Prose::fold(&source);
            let text = prose.text();
            assert_eq!(fold(text), text, "folding twice changes nothing: {source:?}");
            let boundaries: Vec<usize> = (0..=text.len()).filter(|&at| text.is_char_boundary(at)).collect();
            let mut covered = 0;
            for (number, &start) in boundaries.iter().enumerate() {
                for &end in &boundaries[number..] {
                    let range = prose.to_source_range(start..end);
                    let part = source.get(range.clone());
                    assert!(part.is_some(), "{source:?} {start}..{end} {range:?}");
                    assert_eq!(range.is_empty(), start == end, "{source:?} {start}..{end} {range:?}");
                }
                assert!(prose.to_source(start) >= covered, "positions keep their order: {source:?}");
                covered = prose.to_source(start);
            }
            if prose.edits.is_empty() {
                assert_eq!(text, source);
            }
        }
    }
}
