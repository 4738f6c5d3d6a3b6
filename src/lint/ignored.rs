//! `--force-exclude`: would a walk through its folders have left out a file that is named? The same files are asked as in a walk:
//! `.otvetignore`, `.ignore` and `.gitignore`, from the file's folder up to the root of the repository.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::config::paths;
use super::walk::IGNORE_FILE;

/// The files of one folder that say what is left out; the first has the last word.
const FILES: [&str; 4] = [IGNORE_FILE, ".ignore", ".gitignore", ".git/info/exclude"];

/// What ignore files say; each is read once.
#[derive(Default)]
pub struct Ignored {
    known: RefCell<HashMap<PathBuf, Rc<Vec<Gitignore>>>>,
}

impl Ignored {
    /// Is the path left out, or a folder above it?
    pub fn holds(&self, path: &Path) -> bool {
        let path = paths::absolute(path);
        let root = path.ancestors().skip(1).find(|folder| folder.join(".git").exists()).unwrap_or(Path::new("/"));
        let mut below: Vec<&Path> = path.ancestors().take_while(|part| *part != root).collect();
        // A folder that is left out takes all that is in it along, whatever stands there.
        below.reverse();
        below.into_iter().any(|part| self.names(part, part != path, root))
    }

    /// Is this very path named? The nearest file that speaks of it decides.
    fn names(&self, path: &Path, is_folder: bool, root: &Path) -> bool {
        let above = path.ancestors().skip(1).take_while(|folder| folder.starts_with(root));
        for folder in above {
            for file in self.of(folder).iter() {
                match file.matched(path, is_folder) {
                    Match::Ignore(_) => return true,
                    Match::Whitelist(_) => return false,
                    Match::None => {}
                }
            }
        }
        false
    }

    fn of(&self, folder: &Path) -> Rc<Vec<Gitignore>> {
        let read = || {
            let files = FILES.iter().map(|name| folder.join(name)).filter(|file| file.is_file());
            let compile = |file: PathBuf| {
                let mut builder = GitignoreBuilder::new(folder);
                // A line that makes no sense is passed over, as git does.
                let _ = builder.add(file);
                builder.build().ok()
            };
            Rc::new(files.filter_map(compile).collect())
        };
        Rc::clone(self.known.borrow_mut().entry(folder.to_path_buf()).or_insert_with(read))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_nearest_file_decides_and_folders_take_all_along() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join(".git/info")).unwrap();
        fs::create_dir_all(root.join("а/архив/б")).unwrap();
        fs::write(root.join(".gitignore"), "архив/\n*.txt\n/один.md\n").unwrap();
        fs::write(root.join(".git/info/exclude"), "*.html\n").unwrap();
        fs::write(root.join("а/.gitignore"), "!нужный.txt\n").unwrap();
        fs::write(root.join("а/.otvetignore"), "старое.md\n").unwrap();
        fs::write(root.join("а/архив/.gitignore"), "!*\n").unwrap();
        let ignored = Ignored::default();
        for (path, expected) in [
            ("один.md", true),
            ("а/один.md", false),
            ("а/x.txt", true),
            ("а/нужный.txt", false),
            ("а/архив/x.md", true),
            ("а/архив/б/x.md", true),
            ("а/старое.md", true),
            ("а/x.html", true),
            ("а/x.md", false),
        ] {
            assert_eq!(ignored.holds(&root.join(path)), expected, "{path}");
        }
    }
}
