//! `otvet lint` where files change: what it writes, what it leaves alone, what it waits for. What it only says is in `tests/cases/lint`.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde_json::Value;
use tempfile::{TempDir, tempdir};

const LETTER: &str = "Здравствуйте, Ольга Петровна!\n\nОткликаюсь на вакансию руководителя поддержки в «Сфере». Если честно, я веду линию пять лет.\n\n\
                      Я ввёл напоминания, и доля повторных обращений упала с 19 до 11 %. У прежнего работодателя начальник был самодур.\n\n\
                      Готов рассказать подробнее. С уважением, Пётр Ким, +7 900 440-12-12\n";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempdir().unwrap();
    for (name, text) in files {
        write(folder.path(), name, text);
    }
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_otvet"));
    command.arg("lint").args(arguments).current_dir(folder);
    command
}

fn lint(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).stdin(Stdio::null()).output().unwrap()
}

fn typed(folder: &Path, arguments: &[&str], text: &str) -> Output {
    let mut child = command(folder, arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn said(output: &Output) -> (String, String) {
    (String::from_utf8(output.stdout.clone()).unwrap(), String::from_utf8(output.stderr.clone()).unwrap())
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn the_config_of_a_typed_text_is_that_of_its_path() {
    let folder = folder(&[
        ("otvet.toml", "[rules]\nfiller = \"error\"\n\n[[override]]\npaths = [\"старые/**\"]\nrules = { filler = \"off\" }\n"),
        ("другие/otvet.toml", "[rules]\nfiller = \"warning\"\n"),
    ]);
    let severity = |name: &str| {
        let output = typed(folder.path(), &["-", "--stdin-filename", name, "--format", "json"], LETTER);
        let page = json(&output);
        let found = page["files"][0]["diagnostics"].as_array().unwrap();
        found.iter().find(|one| one["rule"] == "filler/frankly").map(|one| one["severity"].as_str().unwrap().to_string())
    };
    assert_eq!(severity("новые/письмо.md").as_deref(), Some("error"));
    assert_eq!(severity("старые/письмо.md"), None);
    assert_eq!(severity("другие/письмо.md").as_deref(), Some("warning"));
}

#[test]
fn a_baseline_begins_is_kept_and_survives_a_failed_run() {
    let folder = folder(&[("а.md", LETTER), ("б.md", LETTER)]);
    let base = folder.path().join("base.json");
    let both = ["--baseline", "base.json", "--write-baseline", "./base.json"];
    // The first run of both flags: there is nothing to read yet.
    let output = lint(folder.path(), &[&["а.md", "б.md"], both.as_slice()].concat());
    assert_eq!(output.status.code(), Some(0), "{:?}", said(&output));
    let first = fs::read_to_string(&base).unwrap();
    assert!(first.contains("а.md") && first.contains("б.md"));
    assert_eq!(lint(folder.path(), &["--baseline", "base.json", "--fail-on", "hint"]).status.code(), Some(0));
    // Of a part of the files: the rest stays known.
    assert_eq!(lint(folder.path(), &[&["а.md"], both.as_slice()].concat()).status.code(), Some(0));
    assert_eq!(fs::read_to_string(&base).unwrap(), first);
    // Another file that is to be read must be there.
    let output = lint(folder.path(), &["а.md", "--baseline", "нет.json", "--write-baseline", "base.json"]);
    assert_eq!(output.status.code(), Some(2));
    // What could not be checked would be forgotten.
    fs::write(folder.path().join("б.md"), b"\xD0\x9F\xD1\x80\xFF\xFE\x00").unwrap();
    let output = lint(folder.path(), &["а.md", "б.md", "--write-baseline", "base.json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).1.contains("база не записана"), "{:?}", said(&output));
    assert_eq!(fs::read_to_string(&base).unwrap(), first);
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link() {
    let folder = folder(&[("письма/настоящее.md", LETTER)]);
    let link = folder.path().join("ссылка.md");
    std::os::unix::fs::symlink("письма/настоящее.md", &link).unwrap();
    let output = lint(folder.path(), &["ссылка.md", "--fix"]);
    assert!(said(&output).1.contains("исправлено: 1 место"), "{:?}", said(&output));
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    let text = fs::read_to_string(folder.path().join("письма/настоящее.md")).unwrap();
    assert_eq!(text, LETTER.replace("Если честно, я", "Я"));
}

#[test]
fn named_files_are_excluded_if_that_is_asked_for() {
    let folder = folder(&[
        ("otvet.toml", "exclude = [\"архив/**\"]\n"),
        (".gitignore", "черновик.md\n"),
        ("архив/старое.md", LETTER),
        ("черновик.md", LETTER),
        ("письмо.md", LETTER),
    ]);
    let files = |arguments: &[&str]| {
        let page = json(&lint(folder.path(), &[arguments, &["--format", "json"]].concat()));
        page["files"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap().to_string()).collect::<Vec<_>>()
    };
    let all = ["архив/старое.md", "письмо.md", "черновик.md"];
    assert_eq!(files(&all), all);
    assert_eq!(files(&[&all[..], &["--force-exclude"]].concat()), ["письмо.md"]);
    let output = lint(folder.path(), &["архив/старое.md", "архив", "--force-exclude"]);
    assert_eq!((output.status.code(), said(&output).1.trim()), (Some(0), "всё названное исключено: проверять нечего"));
    let output = typed(folder.path(), &["-", "--stdin-filename", "архив/новое.md", "--force-exclude"], LETTER);
    assert_eq!(output.status.code(), Some(0));
    // What is not there is no file that is excluded.
    assert_eq!(lint(folder.path(), &["архив/нет.md", "--force-exclude"]).status.code(), Some(2));
}

#[test]
fn the_place_of_a_failure_is_told_to_programs() {
    let folder = folder(&[("голова.md", "---\nkind: cover-letter\nvacansy: нет.md\n---\nДа.\n")]);
    fs::write(
        folder.path().join("битое.txt"),
        "Я вёл смену.\nИ цех ".bytes().chain([0xD0]).chain("и ещё склад\n".bytes()).collect::<Vec<_>>(),
    )
    .unwrap();
    let schema = Command::new(env!("CARGO_BIN_EXE_otvet")).args(["schema", "lint"]).output().unwrap();
    let schema = jsonschema::validator_for(&serde_json::from_slice(&schema.stdout).unwrap()).unwrap();
    let output = lint(folder.path(), &["голова.md", "битое.txt", "нет.md", "--format", "json"]);
    assert_eq!(output.status.code(), Some(2));
    let page = json(&output);
    assert!(schema.is_valid(&page), "{page:#}");
    let places: Vec<(String, Option<u64>, Option<u64>)> = page["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| {
            let number = |key: &str| file["error"][key].as_u64();
            (file["path"].as_str().unwrap().to_string(), number("line"), number("column"))
        })
        .collect();
    let place = |path: &str, line: Option<u64>, column| (path.to_string(), line, column);
    assert_eq!(places, [place("битое.txt", Some(2), Some(7)), place("голова.md", Some(3), Some(1)), place("нет.md", None, None)]);
    // A config is a file of the run, in every format for programs.
    write(folder.path(), "otvet.toml", "fail-on = \"warning\"\nmin-score = 1000\n");
    let output = lint(folder.path(), &["голова.md", "--format", "json"]);
    assert_eq!(output.status.code(), Some(2));
    let page = json(&output);
    assert!(schema.is_valid(&page), "{page:#}");
    assert_eq!(page["files"].as_array().unwrap().len(), 1);
    let error = &page["files"][0]["error"];
    assert_eq!((&page["files"][0]["path"], &error["line"], &error["column"]), (&"otvet.toml".into(), &2.into(), &13.into()));
    assert!(error["message"].as_str().unwrap().contains("1000"), "{error}");
    let output = lint(folder.path(), &["голова.md", "--format", "github"]);
    assert!(said(&output).0.starts_with("::error file=otvet.toml,line=2,col=13,"), "{:?}", said(&output));
}

/// A run that watches, with what it says line by line.
struct Watch {
    child: Child,
    out: Receiver<String>,
    err: Receiver<String>,
}

impl Watch {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = command(folder, &[arguments, &["--watch", "--format", "concise"]].concat())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        fn lines(stream: impl std::io::Read + Send + 'static) -> Receiver<String> {
            let (sender, receiver) = channel();
            thread::spawn(move || BufReader::new(stream).lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
            receiver
        }
        let (out, err) = (lines(child.stdout.take().unwrap()), lines(child.stderr.take().unwrap()));
        let watch = Self { child, out, err };
        watch.look();
        watch
    }

    /// What the next look says.
    fn look(&self) -> String {
        let mut told = String::new();
        loop {
            let line = self.err.recv_timeout(Duration::from_secs(60)).expect("it looks again");
            if line.starts_with("Жду изменений") {
                break;
            }
            told.push_str(&format!("{line}\n"));
        }
        // What it found comes by another pipe.
        thread::sleep(Duration::from_millis(200));
        self.out.try_iter().for_each(|line| told.push_str(&format!("{line}\n")));
        told
    }

    /// Wait for a look that says this. What was done in several steps may be looked at several times.
    fn hear(&self, wanted: &str) -> String {
        let mut looks = Vec::new();
        loop {
            let told = self.look();
            if told.contains(wanted) {
                return told;
            }
            looks.push(told);
            assert!(looks.len() < 5, "«{wanted}» is not in {looks:#?}");
        }
    }

    /// End it; it must still be there.
    fn end(mut self) {
        assert!(self.child.try_wait().unwrap().is_none(), "it has ended by itself");
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[test]
fn a_watch_outlives_what_editors_do() {
    let folder = folder(&[("письма/а.md", LETTER), ("otvet.toml", "[rules]\nfiller = \"off\"\n")]);
    let path = folder.path().join("письма/а.md");
    let watch = Watch::start(folder.path(), &["письма/а.md"]);
    // A config that changes.
    write(folder.path(), "otvet.toml", "[rules]\nfiller = \"error\"\n");
    watch.hear("ошибка[filler/frankly]");
    // One that is broken for a moment.
    write(folder.path(), "otvet.toml", "[rules\n");
    watch.hear("ошибка: otvet.toml:1:");
    write(folder.path(), "otvet.toml", "[rules]\nfiller = \"warning\"\n");
    watch.hear("предупреждение[filler/frankly]");
    // A file that is gone for a while, and comes back under its name.
    fs::remove_file(&path).unwrap();
    watch.hear("файла нет");
    write(folder.path(), "письма/новое.tmp", &LETTER.replace("Если честно, я", "Я"));
    fs::rename(folder.path().join("письма/новое.tmp"), &path).unwrap();
    let told = watch.hear("employer-negativity");
    assert!(!told.contains("filler/frankly"), "{told}");
    watch.end();
}

#[test]
fn a_watch_sees_vacancies() {
    let vacancy = "# Оператор\n\nТребования:\n\n- опыт работы с 1С от года\n";
    let letter = format!("---\nkind: cover-letter\nvacancy: ../вакансии/оператор.md\n---\n\n{LETTER}");
    let folder = folder(&[("письма/а.md", &letter), ("вакансии/оператор.md", vacancy)]);
    let watch = Watch::start(folder.path(), &["письма"]);
    fs::remove_file(folder.path().join("вакансии/оператор.md")).unwrap();
    watch.hear("вакансия из этого письма не найдена");
    write(folder.path(), "вакансии/оператор.md", vacancy);
    watch.hear("employer-negativity");
    watch.end();
}

#[test]
fn a_watch_that_cannot_begin_ends() {
    let folder = folder(&[("а.md", LETTER), ("otvet.toml", "min-score = 1000\n")]);
    assert_eq!(lint(folder.path(), &["а.md", "--watch"]).status.code(), Some(2));
}
