//! The lexicons that are built into the program.

use serde::Deserialize;

use super::tree;

/// A file, as it is written and as it was parsed when the program was built.
pub struct Shipped {
    /// Relative to the folder of lexicons.
    pub path: &'static str,
    pub text: &'static str,
    /// Empty if there is a mistake in the file.
    tree: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/shipped.rs"));

/// All files.
pub fn files() -> &'static [Shipped] {
    FILES
}

/// What a text must have for the regular expressions of the rules to match, by expression: no file of the lexicons, but made of them.
pub fn sieves<T: Deserialize<'static>>() -> Option<T> {
    SIEVES.read()
}

impl Shipped {
    /// What the file holds. `None` if that is something else: the parser of TOML then says what is wrong, and where.
    pub fn read<T: Deserialize<'static>>(&self) -> Option<T> {
        tree::read(self.tree, self.text)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_file_parsed_at_the_build_holds_what_its_toml_holds() {
        for file in super::files() {
            let parsed: toml::Value = file.read().unwrap_or_else(|| panic!("{}", file.path));
            assert_eq!(parsed, toml::from_str::<toml::Value>(file.text).unwrap(), "{}", file.path);
        }
    }
}
