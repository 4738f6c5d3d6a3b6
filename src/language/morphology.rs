//! Lemma, part of speech and features of a word form, from the dictionary of `rumorph`, with a cache.
//!
//! The only module that knows `rumorph`. A repeated word form costs one hash look-up.

use std::rc::Rc;
use std::sync::OnceLock;

use rumorph::Dictionary;
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

use super::features::{self, Features};
use crate::pattern::{LiteralId, Vocabulary};

/// Readings rarer than this are noise for a rule («дам» as the genitive plural of «дама» is not: 0.24).
const LEAST_PROBABILITY: f64 = 0.04;

/// Forms kept in a cache before it is emptied: bounds memory over millions of answers (about 60 MB).
const CACHE_LIMIT: usize = 120_000;

/// One reading of a word form.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// Lower case, ё as е.
    pub lemma: Box<str>,
    pub features: Features,
    /// 0–1, without context.
    pub probability: f32,
}

/// An analysed word form, shared by all its occurrences.
#[derive(Debug)]
pub struct Word {
    /// Lower case, ё as е.
    pub form: Box<str>,
    /// Snowball stem of `form`.
    pub stem: Box<str>,
    /// The likeliest first; empty for punctuation and unreadable strings.
    pub analyses: Vec<Analysis>,
    /// The features of all readings together.
    pub features: Features,
    /// What patterns may call this word: sorted.
    pub keys: Box<[LiteralId]>,
}

impl Word {
    /// The likeliest lemma, or the form itself.
    pub fn lemma(&self) -> &str {
        self.analyses.first().map_or(&self.form, |a| &a.lemma)
    }

    /// The features of the likeliest reading.
    pub fn top(&self) -> Features {
        self.analyses.first().map_or(Features::NONE, |a| a.features)
    }

    /// Does a reading have all these features?
    pub fn can_be(&self, features: Features) -> bool {
        self.features.has(features) && self.analyses.iter().any(|a| a.features.has(features))
    }

    /// Is this what the word most probably is?
    pub fn is(&self, features: Features) -> bool {
        self.top().has(features)
    }

    /// The first reading with these features.
    pub fn reading(&self, features: Features) -> Option<&Analysis> {
        self.analyses.iter().find(|a| a.features.has(features))
    }

    /// Does a reading have this lemma?
    pub fn has_lemma(&self, lemma: &str) -> bool {
        self.analyses.iter().any(|a| &*a.lemma == lemma)
    }
}

/// The dictionary, loaded once.
pub struct Morphology {
    dictionary: Dictionary,
    /// Features by number of the dictionary's tag, read when a word first has it.
    tags: Box<[OnceLock<Features>]>,
    stemmer: Stemmer,
}

impl Morphology {
    /// Load the bundled dictionary (about 8 ms).
    ///
    /// # Errors
    /// If the bundled dictionary is damaged: the build is broken.
    pub fn load() -> Result<Self, rumorph::Error> {
        let dictionary = Dictionary::bundled()?;
        let tags = dictionary.ud_tags().map(|_| OnceLock::new()).collect();
        Ok(Self { dictionary, tags, stemmer: Stemmer::create(Algorithm::Russian) })
    }

    /// The readings of a word form, the likeliest first.
    pub fn analyses(&self, form: &str) -> Vec<Analysis> {
        let mut all: Vec<Analysis> = Vec::new();
        for found in self.dictionary.analyze(form) {
            if found.prob < LEAST_PROBABILITY && !all.is_empty() {
                continue;
            }
            let features = self.features(found.ud);
            all.push(Analysis { lemma: fold(&found.lemma).into(), features, probability: found.prob as f32 });
        }
        all
    }

    fn features(&self, tag: u16) -> Features {
        let read = || self.dictionary.ud_tag(tag).map_or(Features::NONE, features::from_tag);
        self.tags.get(usize::from(tag)).map_or(Features::NONE, |features| *features.get_or_init(read))
    }

    /// The Snowball stem of a folded form: its derivational family, roughly.
    pub fn stem(&self, folded: &str) -> Box<str> {
        self.stemmer.stem(folded).into()
    }

    /// The lemmas a word written in a pattern stands for: its own if it is a dictionary form, else those of its likely readings.
    pub fn pattern_lemmas(&self, written: &str) -> Vec<Box<str>> {
        let folded = fold(written);
        let readings = self.analyses(&folded);
        if readings.iter().any(|a| *a.lemma == *folded) {
            return vec![folded.into()];
        }
        let mut lemmas: Vec<Box<str>> = Vec::new();
        for (rank, reading) in readings.into_iter().enumerate() {
            if (rank == 0 || reading.probability >= 0.2) && !lemmas.contains(&reading.lemma) {
                lemmas.push(reading.lemma);
            }
        }
        if lemmas.is_empty() {
            lemmas.push(folded.into());
        }
        lemmas
    }

    fn word(&self, form: &str, vocabulary: &Vocabulary) -> Word {
        // Who writes е for ё must be read alike: ё is dropped for everybody.
        let analyses =
            if form.contains(['ё', 'Ё']) { self.analyses(&form.replace('ё', "е").replace('Ё', "Е")) } else { self.analyses(form) };
        let folded: Box<str> = fold(form).into();
        let stem = self.stem(&folded);
        let features = analyses.iter().fold(Features::NONE, |set, a| set | a.features);
        let keys = vocabulary.keys(&folded, &analyses);
        Word { form: folded, stem, analyses, features, keys }
    }
}

/// Word forms met so far. One for each thread; belongs to one vocabulary.
#[derive(Default)]
pub struct WordCache(FxHashMap<Box<str>, Rc<Word>>);

impl WordCache {
    /// The analysed form, from the cache or the dictionary.
    pub fn word(&mut self, form: &str, morphology: &Morphology, vocabulary: &Vocabulary) -> Rc<Word> {
        if let Some(word) = self.0.get(form) {
            return Rc::clone(word);
        }
        if self.0.len() >= CACHE_LIMIT {
            self.0.clear();
        }
        let word = Rc::new(morphology.word(form, vocabulary));
        self.0.insert(form.into(), Rc::clone(&word));
        word
    }
}

/// Lower case, ё as е: the form in which words are compared.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // Nearly all letters: the table of all alphabets need not be asked.
            'а'..='я' => folded.push(c),
            'А'..='Я' => folded.push(char::from_u32(u32::from(c) + 32).unwrap_or(c)),
            'ё' | 'Ё' => folded.push('е'),
            _ => folded.extend(c.to_lowercase()),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dictionary_knows_the_past_of_a_verb() {
        let morphology = Morphology::load().unwrap();
        let readings = morphology.analyses("сократилось");
        assert_eq!(&*readings[0].lemma, "сократиться");
        assert!(readings[0].features.has(Features::VERB | Features::PAST | Features::NEUT));
    }

    #[test]
    fn a_pattern_word_may_be_written_in_any_form() {
        let morphology = Morphology::load().unwrap();
        assert_eq!(morphology.pattern_lemmas("моя"), ["мой".into()]);
        assert_eq!(morphology.pattern_lemmas("дело"), ["дело".into()]);
    }

    #[test]
    fn odd_strings_have_no_reading_and_no_panic() {
        let morphology = Morphology::load().unwrap();
        for odd in ["", " ", "\0", "\u{200b}", "💥", "а\u{301}", "ъъъъъъъъ"] {
            let _ = morphology.analyses(odd);
        }
    }
}
