//! The arguments of the command line into inputs: files as they are, folders file by file in the order of their names.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Format, Input};

/// Folders deeper than this are no folders of answers.
const DEEPEST: usize = 32;

/// Why an argument is no input.
#[derive(Debug)]
pub enum NoInput {
    Io(PathBuf, io::Error),
    /// The extension says nothing of the format.
    Unknown(PathBuf),
    /// No file of a known format in the folder.
    Empty(PathBuf),
}

/// The inputs the arguments stand for, and how many files of folders were passed over.
pub fn gather(paths: &[PathBuf], forced: Option<Format>) -> Result<(Vec<Input>, usize), NoInput> {
    let mut inputs = Vec::new();
    let mut passed_over = 0;
    for path in paths {
        if path == Path::new("-") {
            inputs.push(Input { path: None, format: forced.unwrap_or(Format::Jsonl), stem: "stdin".into() });
            continue;
        }
        let data = fs::metadata(path).map_err(|error| NoInput::Io(path.clone(), error))?;
        if data.is_dir() {
            let before = inputs.len();
            walk(path, path, 0, &mut inputs, &mut passed_over)?;
            if inputs.len() == before {
                return Err(NoInput::Empty(path.clone()));
            }
        } else {
            let format = forced.or_else(|| Format::of(path)).ok_or_else(|| NoInput::Unknown(path.clone()))?;
            let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            inputs.push(Input { path: Some(path.clone()), format, stem });
        }
    }
    Ok((inputs, passed_over))
}

fn walk(root: &Path, folder: &Path, depth: usize, inputs: &mut Vec<Input>, passed_over: &mut usize) -> Result<(), NoInput> {
    let broken = |error| NoInput::Io(folder.to_path_buf(), error);
    let mut entries = fs::read_dir(folder).map_err(broken)?.collect::<Result<Vec<_>, _>>().map_err(broken)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        // Hidden files are nobody's answers; «~$» is what Excel leaves beside an open file.
        let name = entry.file_name();
        if name.to_string_lossy().starts_with(['.', '~']) {
            continue;
        }
        let path = entry.path();
        let kind = entry.file_type().map_err(broken)?;
        if kind.is_dir() && depth < DEEPEST {
            walk(root, &path, depth + 1, inputs, passed_over)?;
        } else if kind.is_file() {
            match Format::of(&path) {
                Some(format) => {
                    let below = path.strip_prefix(root).unwrap_or(&path).with_extension("");
                    inputs.push(Input { stem: below.to_string_lossy().replace('\\', "/"), path: Some(path), format });
                }
                None => *passed_over += 1,
            }
        }
    }
    Ok(())
}
