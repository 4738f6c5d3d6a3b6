//! Rules that are no patterns of the lexicons: what the report judges of the whole text, and what `lint` finds itself.

use otvet::report::structure::{self, WholeRule};

use super::{leftovers, suppress};

/// Every one of them.
pub fn built_in<'r>() -> impl Iterator<Item = &'r WholeRule> {
    structure::RULES.iter().chain(&leftovers::RULES).chain(&suppress::RULES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_every_text_is_there() {
        let mut names: Vec<&str> = built_in().map(|rule| rule.id).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), built_in().count());
        assert!(built_in().all(|rule| ![rule.message, rule.reason, rule.advice].contains(&"") && rule.id.contains('/')));
    }
}
