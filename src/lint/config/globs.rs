//! Masks of paths, as in `.gitignore`: `архив/**`, `*.old.md`, `архив`.

use std::path::Path;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::paths;

/// Masks that were compiled, in their order.
#[derive(Debug, Clone, Default)]
pub struct Globs(GlobSet);

impl Globs {
    /// Compile masks. A mask without `/` fits at any depth; a mask that fits a folder fits all that is in it.
    ///
    /// # Errors
    /// The number of the wrong mask, with what is wrong in Russian.
    pub fn new<'m>(masks: impl IntoIterator<Item = &'m str>) -> Result<Self, (usize, String)> {
        let mut set = GlobSetBuilder::new();
        for (number, mask) in masks.into_iter().enumerate() {
            for variant in variants(mask).map_err(|message| (number, message))? {
                let glob = GlobBuilder::new(&variant).literal_separator(true).backslash_escape(true).build();
                set.add(glob.map_err(|error| (number, retell(error.kind())))?);
            }
        }
        set.build().map(Self).map_err(|error| (0, retell(error.kind())))
    }

    /// Does the path (relative to the folder of the masks, with `/`) fit? What is outside the folder never does.
    pub fn fit(&self, relative: &str) -> bool {
        !self.0.is_empty() && !relative.starts_with("../") && self.0.is_match(Path::new(relative))
    }
}

fn variants(mask: &str) -> Result<Vec<String>, String> {
    let mask = paths::composed(mask.trim());
    if mask.starts_with('!') {
        return Err("маска не может начинаться с «!»".into());
    }
    let bare = mask.strip_prefix("./").unwrap_or(&mask).trim_end_matches('/');
    if bare.is_empty() {
        return Err("маска пуста".into());
    }
    if bare.starts_with("..") {
        return Err("маска не может выходить из папки файла настроек".into());
    }
    let anchored = match bare.strip_prefix('/') {
        Some(rest) => rest.to_string(),
        None if bare.contains('/') => bare.to_string(),
        None => format!("**/{bare}"),
    };
    let inside = format!("{anchored}/**");
    // `folder/` is the folder only, and so what is in it.
    Ok(if mask.ends_with('/') || anchored.ends_with("**") {
        vec![if anchored.ends_with("**") { anchored } else { inside }]
    } else {
        vec![anchored, inside]
    })
}

fn retell(kind: &globset::ErrorKind) -> String {
    match kind {
        globset::ErrorKind::UnclosedClass => "в маске не закрыта «[»".into(),
        globset::ErrorKind::UnopenedAlternates => "в маске лишняя «}»".into(),
        globset::ErrorKind::UnclosedAlternates => "в маске не закрыта «{»".into(),
        globset::ErrorKind::InvalidRange(from, to) => format!("в маске неверный промежуток {from}-{to}"),
        globset::ErrorKind::DanglingEscape => "маска кончается знаком «\\»".into(),
        _ => "маска записана неверно".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_fit_as_in_gitignore() {
        for (mask, path, fits) in [
            ("архив/**", "архив/2024/письмо.md", true),
            ("архив/**", "новое/архив/письмо.md", false),
            ("архив", "новое/архив/письмо.md", true),
            ("архив/", "архив/письмо.md", true),
            ("архив/", "архив", false),
            ("/архив", "новое/архив/письмо.md", false),
            ("*.md", "a/b/c.md", true),
            ("*.md", "a/b/c.txt", false),
            ("a/*.md", "a/b/c.md", false),
            ("a/**/*.md", "a/b/c.md", true),
            ("a/**/*.md", "a/c.md", true),
            ("./a/*.md", "a/c.md", true),
            ("*.{md,txt}", "c.txt", true),
            ("**", "c.txt", true),
            ("и\u{306}.md", "\u{439}.md", true),
        ] {
            assert_eq!(Globs::new([mask]).expect(mask).fit(path), fits, "{mask} {path}");
        }
        assert!(!Globs::default().fit("a"));
    }

    #[test]
    fn wrong_masks_are_named() {
        assert_eq!(Globs::new(["*.md", "[a"]).unwrap_err(), (1, "в маске не закрыта «[»".to_string()));
        for mask in ["!a", "", "../a", "{a"] {
            assert!(Globs::new([mask]).is_err(), "{mask}");
        }
    }
}
