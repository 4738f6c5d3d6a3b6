//! Grammatical features of one reading of a word, as a set of bits.
//!
//! Names are those of Universal Dependencies, shortened to what a pattern writes in brackets (`VERB[Past,Perf,1]`).

use std::fmt;
use std::ops::BitOr;

/// A set of grammatical features; a part of speech is a feature too.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Features(u64);

macro_rules! features {
    ($($name:ident = $bit:literal $text:literal),+ $(,)?) => {
        impl Features {
            $(pub const $name: Features = Features(1 << $bit);)+
        }
        const NAMES: &[(&str, Features)] = &[$(($text, Features::$name)),+];
    };
}

features! {
    VERB = 0 "VERB", AUX = 1 "AUX", NOUN = 2 "NOUN", PROPN = 3 "PROPN", ADJ = 4 "ADJ", ADV = 5 "ADV",
    PRON = 6 "PRON", DET = 7 "DET", NUM = 8 "NUM", ADP = 9 "ADP", PART_OF_SPEECH = 10 "PART", CCONJ = 11 "CCONJ",
    SCONJ = 12 "SCONJ", INTJ = 13 "INTJ", SYM = 14 "SYM", PUNCT = 15 "PUNCT", X = 16 "X",
    PAST = 17 "Past", PRES = 18 "Pres", FUT = 19 "Fut", PERF = 20 "Perf", IMP = 21 "Imp",
    IMPERATIVE = 22 "Imperative", CND = 23 "Cnd", INF = 24 "Inf", FIN = 25 "Fin", PARTICIPLE = 26 "Participle", CONV = 27 "Conv",
    ACT = 28 "Act", PASS = 29 "Pass", MID = 30 "Mid", SHORT = 31 "Short", CMP = 32 "Cmp",
    SING = 33 "Sing", PLUR = 34 "Plur", MASC = 35 "Masc", FEM = 36 "Fem", NEUT = 37 "Neut",
    NOM = 38 "Nom", GEN = 39 "Gen", DAT = 40 "Dat", ACC = 41 "Acc", INS = 42 "Ins", LOC = 43 "Loc",
    FIRST = 44 "1", SECOND = 45 "2", THIRD = 46 "3", ANIM = 47 "Anim", INAN = 48 "Inan",
    NAME = 49 "Name", REL = 50 "Rel", ORD = 51 "Ord", TRAN = 52 "Tran", SURNAME = 53 "Surname", GIVEN = 54 "Given", PATRONYMIC = 55 "Patronymic",
    QUAL = 56 "Qual", SUBX = 57 "Subx",
}

impl Features {
    /// No feature at all: contained in every set.
    pub const NONE: Features = Features(0);

    /// The feature a pattern names; `Part` inside brackets is the participle.
    pub fn named(name: &str) -> Option<Features> {
        if name == "Part" {
            return Some(Features::PARTICIPLE);
        }
        NAMES.iter().find(|(text, _)| *text == name).map(|(_, feature)| *feature)
    }

    /// The part of speech a pattern names.
    pub fn part_of_speech(name: &str) -> Option<Features> {
        NAMES[..17].iter().find(|(text, _)| *text == name).map(|(_, feature)| *feature)
    }

    /// Every name a pattern may use in brackets.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(text, _)| *text)
    }

    /// The set as a number, for the store of compiled patterns.
    pub const fn bits(self) -> u64 {
        self.0
    }

    pub const fn from_bits(bits: u64) -> Features {
        Features(bits)
    }

    /// Are all of `other` here?
    pub const fn has(self, other: Features) -> bool {
        self.0 & other.0 == other.0
    }

    /// Is any of `other` here?
    pub const fn any(self, other: Features) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets together, usable in constants.
    pub const fn with(self, other: Features) -> Features {
        Features(self.0 | other.0)
    }

    /// This set without `other`.
    pub const fn without(self, other: Features) -> Features {
        Features(self.0 & !other.0)
    }

    /// Is nothing set?
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl BitOr for Features {
    type Output = Features;
    fn bitor(self, other: Features) -> Features {
        self.with(other)
    }
}

impl fmt::Display for Features {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut first = true;
        for (name, feature) in NAMES {
            if self.has(*feature) {
                if !first {
                    f.write_str(",")?;
                }
                f.write_str(name)?;
                first = false;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Features {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{self}]")
    }
}

/// The features of a tag of the dictionary.
pub fn from_tag(tag: rumorph::UdTag<'_>) -> Features {
    let mut set = Features::part_of_speech(tag.pos()).unwrap_or(Features::NONE);
    for (name, value) in tag.feats() {
        set = set | feature(name, value);
    }
    if tag.has_label("tran") {
        set = set | Features::TRAN;
    }
    if tag.has_label("Qual") {
        set = set | Features::QUAL;
    }
    if tag.has_label("Subx") {
        set = set | Features::SUBX;
    }
    set
}

fn feature(name: &str, value: &str) -> Features {
    match (name, value) {
        ("Mood", "Imp") => Features::IMPERATIVE,
        ("VerbForm", "Part") => Features::PARTICIPLE,
        ("Variant", "Short") => Features::SHORT,
        ("Degree", "Cmp") => Features::CMP,
        ("PronType", "Rel") => Features::REL,
        ("NumType", "Ord") => Features::ORD,
        ("NameType", "Sur") => Features::NAME | Features::SURNAME,
        ("NameType", "Giv") => Features::NAME | Features::GIVEN,
        ("NameType", "Pat") => Features::NAME | Features::PATRONYMIC,
        ("Tense" | "Aspect" | "VerbForm" | "Voice" | "Number" | "Gender" | "Case" | "Person" | "Animacy", _) => {
            NAMES[17..].iter().find(|(text, _)| *text == value).map_or(Features::NONE, |(_, feature)| *feature)
        }
        _ => Features::NONE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_contains_its_parts() {
        let set = Features::VERB | Features::PAST | Features::PERF;
        assert!(set.has(Features::VERB | Features::PERF));
        assert!(!set.has(Features::INF));
        assert_eq!(set.to_string(), "VERB,Past,Perf");
    }

    #[test]
    fn names_in_brackets_are_found() {
        assert_eq!(Features::named("Part"), Some(Features::PARTICIPLE));
        assert_eq!(Features::part_of_speech("PART"), Some(Features::PART_OF_SPEECH));
        assert_eq!(Features::named("Nope"), None);
    }
}
