//! Prose → tokens and sentences: `anyseg`, corrected where interview answers need it.
//!
//! A line of a chat or a list is a sentence of its own even without a full stop.

use std::ops::Range;
use std::rc::Rc;

use anyseg::Segmenter;

use super::corrections;
use super::features::Features;
use super::morphology::Word;
use super::text::Sentence;
use super::token::{Token, TokenKind};

/// A line longer than this may be one that an editor wrapped: the sentence can go on in the next.
const WRAPPED_LINE: usize = 65;

/// Abbreviations of service and HR talk that the segmenter does not know.
const ABBREVIATIONS: [&str; 7] = ["мин", "сек", "чел", "доб", "обр", "зп", "пгт"];
/// Strings that are one token each.
const WHOLE: [&str; 3] = ["C++", "C#", "1С"];

/// The segmenter with our abbreviations.
pub struct Sentences {
    segmenter: Segmenter,
}

/// A block of the prose to cut.
pub struct Piece<'d> {
    pub span: Range<usize>,
    /// Marks of emphasis: no tokens.
    pub skip: &'d [Range<usize>],
    /// The number of the block.
    pub number: usize,
}

impl Sentences {
    /// `None` if the segmenter was built without Russian: the build is broken.
    pub fn new() -> Option<Self> {
        let segmenter = Segmenter::new("ru").ok()?.with_abbreviations(ABBREVIATIONS).ok()?.with_tokens(WHOLE).ok()?;
        Some(Self { segmenter })
    }

    /// Cut the prose of one block and append what was found.
    pub fn cut(
        &self,
        prose: &str,
        block: &Piece,
        mut word: impl FnMut(&str) -> Rc<Word>,
        tokens: &mut Vec<Token>,
        sentences: &mut Vec<Sentence>,
    ) {
        let Piece { span: block, skip, number } = block;
        for line in logical_lines(&prose[block.clone()]) {
            let offset = block.start + line.start;
            let piece = &prose[offset..block.start + line.end];
            let document = self.segmenter.segment(piece);
            for index in 0..document.sentence_count() {
                let first = tokens.len();
                for span in &document.tokens()[document.sentence(index).tokens.clone()] {
                    let (start, end) = (offset + span.start, offset + span.end);
                    let mark = skip.partition_point(|mark| mark.end < end);
                    if skip.get(mark).is_some_and(|mark| mark.start <= start) {
                        continue;
                    }
                    push(prose, start..end, &mut word, tokens);
                }
                if tokens.len() > first {
                    add(prose, first, *number, tokens, sentences, index > 0);
                }
            }
        }
    }
}

/// Append the sentence of the tokens from `first` on; `follows` says that the one before stands on the same line.
fn add(prose: &str, first: usize, block: usize, tokens: &[Token], sentences: &mut Vec<Sentence>, follows: bool) {
    let last = sentences.last_mut().filter(|last| follows && last.block == block && last.tokens.end == first);
    if let Some(last) = last.filter(|last| corrections::joins(prose, &tokens[last.tokens.clone()], &tokens[first..])) {
        last.tokens.end = tokens.len();
        return;
    }
    let mut start = first;
    for cut in corrections::cuts(prose, &tokens[first..]) {
        sentences.push(Sentence { tokens: start..first + cut, block });
        start = first + cut;
    }
    sentences.push(Sentence { tokens: start..tokens.len(), block });
}

fn push(prose: &str, range: Range<usize>, word: &mut impl FnMut(&str) -> Rc<Word>, tokens: &mut Vec<Token>) {
    let text = &prose[range.clone()];
    let word = word(text);
    let kind = kind(text, &word);
    tokens.push(Token { start: range.start, end: range.end, kind, word, negated: false, quoted: false, resolved: Features::NONE });
}

fn kind(text: &str, word: &Word) -> TokenKind {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        TokenKind::Number
    } else if text.contains(':') && text.contains("://") || text.contains('@') && text.len() > 3 {
        TokenKind::Other
    } else if text.contains(is_letter_or_digit) {
        TokenKind::Word
    } else if word.is(Features::SYM) && text != "-" {
        TokenKind::Other
    } else {
        TokenKind::Punct
    }
}

/// The table of all alphabets is asked only of what is neither Russian nor English.
fn is_letter_or_digit(c: char) -> bool {
    matches!(c, 'а'..='я' | 'А'..='Я' | 'a'..='z' | 'A'..='Z' | '0'..='9') || !c.is_ascii() && c.is_alphanumeric()
}

/// Lines that are sentences or more; a line that an editor wrapped is joined with the next.
fn logical_lines(block: &str) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for piece in block.split_inclusive('\n') {
        let end = start + piece.len();
        let joins = lines.last().is_some_and(|last| wraps(&block[last.clone()], piece));
        match lines.last_mut() {
            Some(last) if joins => last.end = end,
            _ => lines.push(start..end),
        }
        start = end;
    }
    lines
}

fn wraps(before: &str, next: &str) -> bool {
    let last_line = before.trim_end().rsplit('\n').next().unwrap_or_default();
    last_line.chars().count() >= WRAPPED_LINE
        && !last_line.ends_with(['.', '!', '?', '…', ';', ':'])
        && next.trim_start().starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || c == '(' || c == '«')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(block: &str) -> Vec<&str> {
        logical_lines(block).into_iter().map(|range| block[range].trim()).collect()
    }

    #[test]
    fn a_line_of_a_chat_is_a_sentence() {
        assert_eq!(lines("битрикс24, года 4\nплюс: всё в одном месте"), ["битрикс24, года 4", "плюс: всё в одном месте"]);
    }

    #[test]
    fn a_wrapped_line_goes_on() {
        let text = "Осенью крупный клиент пожаловался на сроки, и мне поручили во что бы то ни\nстало удержать контракт.";
        assert_eq!(lines(text).len(), 1);
    }
}
