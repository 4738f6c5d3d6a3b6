//! What kind of text this is: an answer, the points of a résumé, or one of the letters.

use super::book::compile;
use super::lines;
use crate::document::{BlockKind, Document};
use crate::language::Text;
use crate::lexicon::{ANSWER, KindPosition, Lexicon, LexiconError, LineSigns, RESUME};
use crate::pattern::{Compiler, PatternSet};

/// What a letter answers: no text of a candidate.
pub const VACANCY: &str = "vacancy";
/// In `kinds.toml`: every kind of letter.
const LETTER: &str = "letter";

/// The number of the first letter among the names of kinds.
const FIRST_LETTER: usize = 3;

/// How many words from either end of the text are its start and its end.
const EDGE: usize = 25;
/// A résumé has at least so many list items …
const LEAST_ITEMS: usize = 3;
/// … and they are at least this share of its paragraphs.
const LIST_SHARE: f64 = 0.6;

/// The compiled signs of the kinds.
pub struct Kinds {
    set: PatternSet,
    /// For each pattern: its sign.
    owners: Vec<usize>,
    signs: Vec<Sign>,
    lines: LineSigns,
    /// `answer`, `resume`, `vacancy`, then the letters.
    names: Vec<String>,
    answer: f64,
    unaddressed: f64,
    list: f64,
    most_own: usize,
}

struct Sign {
    /// Numbers in `Kinds::names`.
    kinds: Vec<usize>,
    weight: f64,
    position: Option<KindPosition>,
    /// A sign of the letter's own file: only so many of them count.
    own: bool,
    /// Somebody is greeted, or signs.
    address: bool,
}

impl Kinds {
    /// Compile the signs of a lexicon.
    ///
    /// # Errors
    /// The first mistake in a pattern, with its place.
    pub fn compile(lexicon: &Lexicon, compiler: &mut Compiler) -> Result<Self, LexiconError> {
        let source = lexicon.kinds();
        let letters = lexicon.letters().iter().map(|letter| letter.id.clone());
        let names: Vec<String> = [ANSWER, RESUME, VACANCY].map(str::to_string).into_iter().chain(letters).collect();
        let mut kinds = Self {
            set: PatternSet::default(),
            owners: Vec::new(),
            signs: Vec::new(),
            answer: source.answer,
            unaddressed: source.unaddressed,
            list: source.list,
            most_own: source.most_own,
            lines: source.lines.clone(),
            names,
        };
        for sign in &source.signs {
            let meant = |number: &usize| {
                let letter = *number >= FIRST_LETTER;
                sign.kinds.iter().any(|kind| *kind == kinds.names[*number] || letter && kind == LETTER)
            };
            let address = sign.position.is_some() && sign.kinds.iter().any(|kind| kind == LETTER);
            let numbers = (0..kinds.names.len()).filter(meant).collect();
            for written in &sign.patterns {
                compile(compiler, &mut kinds.set, written)?;
                kinds.owners.push(kinds.signs.len());
            }
            kinds.signs.push(Sign { kinds: numbers, weight: sign.weight, position: sign.position, own: false, address });
        }
        for (number, letter) in lexicon.letters().iter().enumerate() {
            for written in &letter.signs {
                compile(compiler, &mut kinds.set, written)?;
                kinds.owners.push(kinds.signs.len());
                kinds.signs.push(Sign {
                    kinds: vec![number + FIRST_LETTER],
                    weight: source.own,
                    position: None,
                    own: true,
                    address: false,
                });
            }
        }
        Ok(kinds)
    }

    /// The likeliest kind of a text.
    pub fn recognise(&self, document: &Document, text: &Text) -> &str {
        &self.names[self.weigh(document, text).best]
    }

    /// The kind of a letter in which somebody is greeted or signs; `None` for all else.
    pub fn letter(&self, document: &Document, text: &Text) -> Option<&str> {
        let Weighed { best, addressed } = self.weigh(document, text);
        (addressed && best >= FIRST_LETTER).then(|| self.names[best].as_str())
    }

    fn weigh(&self, document: &Document, text: &Text) -> Weighed {
        let mut seen = vec![false; self.signs.len()];
        for hit in self.set.find(text) {
            let sign = self.owners[hit.pattern];
            let counts = match self.signs[sign].position {
                None => true,
                Some(KindPosition::Start) => hit.tokens.start < EDGE,
                Some(KindPosition::End) => hit.tokens.end + EDGE > text.tokens.len(),
            };
            seen[sign] |= counts && !hit.quoted;
        }
        let mut points = vec![0.0; self.names.len()];
        let mut own = vec![0; self.names.len()];
        points[0] = self.answer;
        let lines = lines::look(document, text, &self.lines);
        // A list is told from lines of deeds only by its marks.
        let listed = if is_list(document) {
            self.list
        } else if lines.deeds {
            self.lines.deeds
        } else {
            0.0
        };
        let sections = |number: usize| number.min(self.lines.most_sections) as f64;
        points[1] = listed + sections(lines.resume_sections) * self.lines.resume_section + lines.periods.min(2) as f64 * self.lines.period;
        points[2] = sections(lines.vacancy_sections) * self.lines.vacancy_section
            + sections(lines.details) * self.lines.vacancy_detail
            + if lines.pictures { self.lines.pictures } else { 0.0 }
            - if lines.narrator { self.lines.narrator } else { 0.0 };
        let addressed = self.signs.iter().zip(&seen).any(|(sign, seen)| *seen && sign.address);
        for sign in self.signs.iter().zip(&seen).filter(|(_, seen)| **seen).map(|(sign, _)| sign) {
            for kind in &sign.kinds {
                if sign.own {
                    own[*kind] += 1;
                    if own[*kind] > self.most_own {
                        continue;
                    }
                }
                let letter = *kind >= FIRST_LETTER;
                points[*kind] += if letter && !addressed { sign.weight * self.unaddressed } else { sign.weight };
            }
        }
        // The first of equals: an answer rather than a letter.
        let best = (0..points.len()).rev().max_by(|one, other| points[*one].total_cmp(&points[*other])).unwrap_or(0);
        Weighed { best, addressed }
    }
}

/// What the signs of a text come to.
struct Weighed {
    /// The number of the likeliest kind.
    best: usize,
    /// Somebody is greeted, or signs.
    addressed: bool,
}

/// Is the text mostly a list?
fn is_list(document: &Document) -> bool {
    let blocks = document.blocks().iter().filter(|block| !matches!(block.kind, BlockKind::Heading { .. }));
    let all = blocks.clone().count();
    // Numbered points are steps of a plan.
    let numbered = |line: &str| line.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let items = blocks.filter(|block| block.kind == BlockKind::Item && !numbered(&document.text()[block.line.clone()])).count();
    items >= LEAST_ITEMS && items as f64 >= all as f64 * LIST_SHARE
}
