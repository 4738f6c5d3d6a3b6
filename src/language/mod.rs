//! Russian: tokens, sentences, clauses, morphology and what grammar says of them.
//!
//! [`Language::read`] turns prose into a [`Text`]; every analysis reads that and nothing tokenises twice.

mod clauses;
mod corrections;
mod features;
mod grammar;
mod morphology;
mod sentences;
mod subject;
mod text;
mod token;

pub use clauses::{Boundary, Clause};
pub use features::Features;
pub use morphology::{Analysis, Morphology, Word, WordCache, fold};
pub use subject::Subject;
pub use text::{Sentence, Text, Unit};
pub use token::{Token, TokenKind};

use crate::document::Document;
use crate::pattern::Vocabulary;

/// The dictionary and the segmenter, loaded once for all texts.
pub struct Language {
    morphology: Morphology,
    segmenter: sentences::Sentences,
}

impl Language {
    /// # Errors
    /// If the bundled dictionary or the segmenter is damaged: the build is broken.
    pub fn load() -> Result<Self, LoadError> {
        let morphology = Morphology::load().map_err(|_| LoadError("словарь"))?;
        let segmenter = sentences::Sentences::new().ok_or(LoadError("сегментатор"))?;
        Ok(Self { morphology, segmenter })
    }

    pub fn morphology(&self) -> &Morphology {
        &self.morphology
    }

    /// Analyse the prose of a document.
    pub fn read<'t>(&self, document: &'t Document, vocabulary: &Vocabulary, cache: &mut WordCache) -> Text<'t> {
        let prose = document.text();
        let mut tokens = Vec::new();
        let mut sentences = Vec::new();
        for (number, block) in document.blocks().iter().enumerate() {
            let piece = sentences::Piece { span: block.span.clone(), skip: document.emphasis(), number };
            self.segmenter.cut(prose, &piece, |form| cache.word(form, &self.morphology, vocabulary), &mut tokens, &mut sentences);
        }
        grammar::mark_quotes(&mut tokens, &sentences);
        let mut clauses = clauses::cut(&tokens, &sentences);
        grammar::mark_negation(&mut tokens, &clauses);
        grammar::mark_conditional(&mut tokens, &clauses);
        subject::resolve_subjects(&mut tokens, &mut clauses);
        Text::new(prose, tokens, sentences, clauses)
    }
}

/// A part of the program that cannot be loaded: the build is broken.
#[derive(Debug)]
pub struct LoadError(&'static str);

impl std::fmt::Display for LoadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "встроенный {} повреждён: соберите программу заново", self.0)
    }
}

impl std::error::Error for LoadError {}
