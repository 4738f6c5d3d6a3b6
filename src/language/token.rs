//! A word, number or sign of the text with its place.

use std::ops::Range;
use std::rc::Rc;

use super::features::Features;
use super::morphology::Word;

/// A token of the prose.
#[derive(Debug, Clone)]
pub struct Token {
    /// Byte offsets in the prose.
    pub start: usize,
    pub end: usize,
    pub kind: TokenKind,
    pub word: Rc<Word>,
    /// Under «не», «ни», «нет», «без».
    pub negated: bool,
    /// Inside quotation marks.
    pub quoted: bool,
    /// What the sentence adds to the dictionary's features: the person of a past tense, the conditional of a form under «бы».
    pub resolved: Features,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    Word,
    Number,
    /// E-mail, URL: no word of the language.
    Other,
    Punct,
}

impl Token {
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// The token as written.
    pub fn text<'t>(&self, prose: &'t str) -> &'t str {
        &prose[self.start..self.end]
    }

    /// Lower case, ё as е.
    pub fn form(&self) -> &str {
        &self.word.form
    }

    pub fn is_word(&self) -> bool {
        self.kind != TokenKind::Punct
    }

    /// A noun, adjective, verb or adverb that stands for something of its own.
    pub fn has_meaning(&self) -> bool {
        let top = self.word.top();
        self.kind == TokenKind::Word
            && top.any(Features::NOUN | Features::ADJ | Features::VERB | Features::ADV)
            && !top.any(Features::PRON | Features::AUX | Features::DET)
    }

    /// Does a reading, together with what the sentence resolved, have all these features?
    pub fn can_be(&self, features: Features) -> bool {
        let wanted = features.without(self.resolved);
        self.word.can_be(wanted)
    }

    /// Punctuation a pattern looks through: quotation marks, brackets, dashes.
    pub fn is_transparent(&self) -> bool {
        self.kind == TokenKind::Punct
            && matches!(self.form(), "«" | "»" | "\"" | "„" | "“" | "”" | "(" | ")" | "[" | "]" | "—" | "–" | "-" | "*" | "'")
    }

    /// Punctuation that the element `,` of a pattern stands for.
    pub fn is_pause(&self) -> bool {
        self.kind == TokenKind::Punct && matches!(self.form(), "," | ";" | ":" | "—" | "–" | "-")
    }
}
