//! The command line, case by case: `tests/cases/<command>/<case>/` holds
//!
//! | file | what |
//! |---|---|
//! | `args` | the arguments as typed after `otvet`; "quotes" keep words together |
//! | `stdin` | optional |
//! | `stdout`, `stderr` | what must come; none: nothing. `[..]` stands for any characters of a line, `...` for any lines |
//! | `status` | the exit code; none: 0 |
//!
//! Other files are the case's own: the program runs in its folder. `SNAPSHOTS=overwrite cargo test --test cli` writes what came.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use snapbox::assert::DEFAULT_ACTION_ENV;
use snapbox::data::DataFormat;
use snapbox::{Assert, Data};

#[test]
fn cases() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut cases = Vec::new();
    gather(&root, &mut cases);
    assert!(cases.len() > 20, "the cases are gone");
    let failures: Vec<String> =
        cases.iter().filter_map(|case| run(case).err().map(|failure| format!("── {}\n{failure}", case.display()))).collect();
    assert!(failures.is_empty(), "{} of {} cases failed\n{}", failures.len(), cases.len(), failures.join("\n"));
}

fn gather(folder: &Path, cases: &mut Vec<PathBuf>) {
    if folder.join("args").is_file() {
        cases.push(folder.to_path_buf());
        return;
    }
    let mut folders: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders.iter().for_each(|inner| gather(inner, cases));
}

fn run(case: &Path) -> Result<(), String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_otvet"));
    command.args(arguments(&fs::read_to_string(case.join("args")).unwrap()));
    command.current_dir(case).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    for variable in ["NO_COLOR", "CLICOLOR_FORCE", "COLUMNS"] {
        command.env_remove(variable);
    }
    let mut child = command.spawn().unwrap();
    // The program may end without having read its input.
    let _ = child.stdin.take().unwrap().write_all(&fs::read(case.join("stdin")).unwrap_or_default());
    let output = child.wait_with_output().unwrap();

    let status = format!("{}\n", output.status.code().map_or("killed".to_string(), |code| code.to_string()));
    let seen = [("stdout", output.stdout, ""), ("stderr", output.stderr, ""), ("status", status.into_bytes(), "0\n")];
    let failures: Vec<String> =
        seen.into_iter().filter_map(|(name, actual, default)| compare(&case.join(name), name, actual, default).err()).collect();
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n")) }
}

fn compare(path: &Path, name: &str, actual: Vec<u8>, default: &str) -> Result<(), String> {
    let actual = String::from_utf8(actual).map_err(|_| format!("{name} is not UTF-8"))?;
    if !path.is_file() && actual == default {
        return Ok(());
    }
    if !path.is_file() && std::env::var(DEFAULT_ACTION_ENV).is_ok_and(|action| action == "overwrite") {
        return fs::write(path, actual).map_err(|error| error.to_string());
    }
    let expected = if path.is_file() { Data::read_from(path, Some(DataFormat::Text)) } else { Data::text(default) };
    let assert = Assert::new().action_env(DEFAULT_ACTION_ENV).normalize_paths(false);
    assert.try_eq(Some(&name), Data::text(actual), expected).map_err(|error| error.to_string())
}

/// Split a line at spaces; "quotes" keep words together.
fn arguments(line: &str) -> Vec<String> {
    let mut arguments = Vec::new();
    for (index, part) in line.trim().split('"').enumerate() {
        if index % 2 == 1 {
            arguments.push(part.to_string());
        } else {
            arguments.extend(part.split_whitespace().map(str::to_string));
        }
    }
    arguments
}
