//! Puts the lexicons into the program: every file as it is written and as it is parsed (see `src/lexicon/shipped.rs`).

use std::fmt::Write as _;
use std::path::Path;

use crate::sieves;
use crate::tree;

/// A list of the files of a folder, as Rust, beside their parsed forms.
///
/// # Errors
/// A file that cannot be read or written. A mistake in its TOML stops nothing: it is explained when the program starts.
pub fn list(lexicons: &Path, out: &Path) -> Result<(), String> {
    let mut files = String::new();
    for (number, path) in crate::paths(lexicons)?.iter().enumerate() {
        let relative = path.strip_prefix(lexicons).unwrap_or(path).components();
        let name = relative.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        entry(&mut files, &name, path, &out.join(format!("{number}.tree")))?;
    }
    let sieves = out.join("sieves.toml");
    write(&sieves, sieves::toml(&crate::tables(lexicons)?).as_bytes())?;
    let mut sieve = String::new();
    entry(&mut sieve, "sieves.toml", &sieves, &out.join("sieves.tree"))?;
    let list = format!("static FILES: &[Shipped] = &[\n{files}];\nstatic SIEVES: Shipped = {};\n", sieve.trim_end_matches(",\n"));
    write(&out.join("shipped.rs"), list.as_bytes())
}

/// One file of the list; its parsed form goes to `tree`.
fn entry(list: &mut String, name: &str, path: &Path, tree: &Path) -> Result<(), String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    write(tree, &tree::parse(&text).unwrap_or_default())?;
    let _ = writeln!(list, "Shipped {{ path: {name:?}, text: include_str!({path:?}), tree: include_bytes!({tree:?}) }},");
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    std::fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}
