//! A letter as places of evidence: what its sentences name, and what stands behind the words.

use std::collections::HashMap;
use std::ops::Range;

use super::lexicon::{Owner, VacancyLexicon};
use super::sound;
use super::wanted::{Sought, Term, related};
use crate::analysis::quantities::{Quantity, QuantityKind};
use crate::language::{Features as F, Subject, Text, TokenKind};
use crate::pattern::Hit;

/// What a sentence holds.
#[derive(Debug, Default, Clone)]
pub struct Ground {
    /// A deed of the narrator's own.
    pub deed: bool,
    /// A figure, or a date.
    pub figure: bool,
    /// A fact of another kind: «окончила», «категория у меня с 2021 года».
    pub fact: bool,
    pub hedge: bool,
    /// A quality or readiness is named.
    pub label: bool,
    pub experience: bool,
    /// It says what the letter is for.
    pub application: bool,
}

impl Ground {
    pub fn solid(&self) -> bool {
        self.deed || self.figure || self.fact
    }
}

/// An analysed letter.
pub struct Letter<'t> {
    pub text: &'t Text<'t>,
    pub quantities: Vec<Quantity>,
    pub hits: Vec<(Owner, Hit)>,
    pub grounds: Vec<Ground>,
    /// Levels of languages with their sentences.
    pub levels: Vec<(f64, usize)>,
    /// Clauses that deny.
    pub denied: Vec<bool>,
    /// Words by the first letters of their stems, names by the first letters of their sounds.
    stems: HashMap<String, Vec<usize>>,
    sounds: HashMap<String, Vec<(usize, String)>>,
    concepts: HashMap<usize, Vec<usize>>,
}

const FIRST: usize = 3;

impl<'t> Letter<'t> {
    pub fn new(text: &'t Text<'t>, quantities: Vec<Quantity>, lexicon: &VacancyLexicon) -> Self {
        let hits = lexicon.find(text);
        let mut letter = Self {
            text,
            grounds: vec![Ground::default(); text.sentences.len()],
            denied: vec![false; text.clauses.len()],
            quantities,
            hits,
            levels: Vec::new(),
            stems: HashMap::new(),
            sounds: HashMap::new(),
            concepts: HashMap::new(),
        };
        letter.index();
        let rank =
            |(at, token): (usize, &crate::language::Token)| lexicon.levels.get(token.form()).map(|rank| (*rank, letter.sentence(at)));
        letter.levels = text.tokens.iter().enumerate().filter_map(rank).collect();
        letter.weigh(lexicon);
        letter
    }

    pub fn sentence(&self, token: usize) -> usize {
        self.text.clauses[self.text.clause_of[token]].sentence
    }

    fn index(&mut self) {
        for (at, token) in self.text.tokens.iter().enumerate() {
            if token.is_word() {
                self.stems.entry(beginning(&token.word.stem)).or_default().push(at);
                let sound = sound::key(token.form());
                self.sounds.entry(beginning(&sound)).or_default().push((at, sound));
            }
        }
        for (owner, hit) in &self.hits {
            if let Owner::Evidence(concept) = owner
                && !hit.negated
            {
                self.concepts.entry(*concept).or_default().push(hit.tokens.start);
            }
        }
    }

    fn weigh(&mut self, lexicon: &VacancyLexicon) {
        let text = self.text;
        for (number, clause) in text.clauses.iter().enumerate() {
            let Some(predicate) = clause.predicate else { continue };
            let token = &text.tokens[predicate];
            self.denied[number] = token.negated;
            let idle = token.word.analyses.iter().take(1).any(|one| lexicon.idle.contains(&*one.lemma));
            let own = matches!(clause.subject, Subject::Narrator | Subject::We);
            let unreal = token.resolved.has(F::CND) || token.word.is(F::FUT) || token.word.is(F::IMPERATIVE);
            if own && !idle && !unreal && !token.negated {
                self.grounds[clause.sentence].deed = true;
            }
        }
        for quantity in &self.quantities {
            if !matches!(quantity.kind, QuantityKind::Clock | QuantityKind::Bare) {
                let sentence = self.sentence(quantity.tokens.start);
                self.grounds[sentence].figure = true;
            }
        }
        for (owner, hit) in &self.hits {
            let clause = text.clause_of[hit.tokens.start];
            let ground = &mut self.grounds[text.clauses[clause].sentence];
            match owner {
                Owner::Hedge => ground.hedge = true,
                Owner::Label => ground.label = true,
                Owner::Fact => ground.fact |= !hit.negated,
                Owner::Experience => ground.experience = true,
                Owner::Application => ground.application = true,
                _ => {}
            }
        }
        for (owner, hit) in &self.hits {
            if *owner == Owner::Denial {
                let clause = text.clause_of[hit.tokens.start];
                self.denied[clause] = true;
                // «Бот запускал соседний отдел, я отношения не имела»: the clause before is denied too.
                let sentence = text.clauses[clause].sentence;
                if !self.grounds[sentence].deed {
                    for (number, other) in text.clauses.iter().enumerate().take(clause) {
                        self.denied[number] |=
                            other.sentence == sentence && matches!(other.subject, Subject::Person | Subject::Thing | Subject::They);
                    }
                }
            }
        }
        // «не только», «не раз»: no denial.
        for (owner, hit) in &self.hits {
            if *owner == Owner::NoDenial {
                self.denied[text.clause_of[hit.tokens.start]] = false;
            }
        }
    }

    /// Where the letter speaks of a term.
    pub fn places(&self, term: &Term) -> Vec<usize> {
        let mut places = Vec::new();
        for option in &term.options {
            match option {
                Sought::Concept(number) => places.extend(self.concepts.get(number).into_iter().flatten()),
                Sought::Word { lemmas, stem } => {
                    let Some(candidates) = self.stems.get(&beginning(stem)) else { continue };
                    places.extend(candidates.iter().filter(|at| {
                        let word = &self.text.tokens[**at].word;
                        related(&word.stem, stem) || word.analyses.iter().any(|one| lemmas.contains(&one.lemma))
                    }));
                }
                Sought::Name { sounds, tail } => {
                    for sound in sounds {
                        let Some(candidates) = self.sounds.get(&beginning(sound)) else { continue };
                        places.extend(
                            candidates.iter().filter(|(at, heard)| self.named(*at, heard, sound, tail.as_deref())).map(|(at, _)| *at),
                        );
                    }
                }
            }
        }
        places.sort_unstable();
        places.dedup();
        places
    }

    /// Is this the name? A Russian ending may follow, and the words of the name may be several.
    fn named(&self, at: usize, heard: &str, sound: &str, tail: Option<&str>) -> bool {
        let mut whole = heard.to_string();
        let mut last = at;
        while whole.len() < sound.len() && sound.starts_with(&whole) {
            let Some(next) = self.text.tokens.get(last + 1) else { break };
            if next.kind == TokenKind::Punct && !matches!(next.form(), "-" | "+" | "#" | "++") {
                break;
            }
            whole.push_str(&sound::key(next.form()));
            last += 1;
        }
        // «джава», «джаве»: the last vowel is an ending.
        let core = sound.strip_suffix(['a', 'e', 'i', 'o', 'u']).filter(|core| core.len() >= 4).unwrap_or(sound);
        let Some(rest) = whole.strip_prefix(sound).or_else(|| whole.strip_prefix(core)) else { return false };
        let cyrillic = !self.text.tokens[last].form().is_ascii();
        let alike = rest.is_empty() || cyrillic && rest.len() <= 3 && sound.len() >= 3 && !rest.starts_with(|c: char| c.is_ascii_digit());
        let Some(tail) = tail else { return alike };
        let follows = |at: &usize| self.text.tokens.get(*at).is_some_and(|token| token.is_word() && related(&token.word.stem, tail));
        alike && (last + 1..last + 4).any(|at| follows(&at))
    }

    /// The bytes of the prose of a sentence.
    pub fn span(&self, sentence: usize) -> Range<usize> {
        self.text.span(self.text.sentences[sentence].tokens.clone())
    }
}

fn beginning(text: &str) -> String {
    text.chars().take(FIRST).collect()
}
