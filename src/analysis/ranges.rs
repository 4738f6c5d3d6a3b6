//! A set of characters, written down as the first and the last character of each of its ranges.

use regex_syntax::hir::ClassUnicode;
use serde::{Deserialize, Serialize};

/// Ranges in the order of their characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Ranges(Box<[(char, char)]>);

impl Ranges {
    pub fn of(class: &ClassUnicode) -> Self {
        Self(class.ranges().iter().map(|range| (range.start(), range.end())).collect())
    }

    pub fn holds(&self, c: char) -> bool {
        let next = self.0.partition_point(|(_, last)| *last < c);
        self.0.get(next).is_some_and(|(first, _)| *first <= c)
    }

    /// Is one of these sorted characters in the set?
    pub fn meets(&self, chars: &[char]) -> bool {
        self.0.iter().any(|(first, last)| {
            let next = chars.partition_point(|c| c < first);
            chars.get(next).is_some_and(|c| c <= last)
        })
    }
}

impl From<String> for Ranges {
    fn from(text: String) -> Self {
        let mut chars = text.chars();
        Self(std::iter::from_fn(|| Some((chars.next()?, chars.next()?))).collect())
    }
}

impl From<Ranges> for String {
    fn from(ranges: Ranges) -> Self {
        ranges.0.iter().flat_map(|(first, last)| [*first, *last]).collect()
    }
}
