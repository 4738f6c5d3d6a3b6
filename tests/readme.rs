//! README.md and README.ru.md tell the truth: what they show is what the program prints today.
//!
//! | in the README | what follows it |
//! |---|---|
//! | `<!-- output: otvet … -->` | a fenced block with the output. `< FILE`, `2>&1`, `\| head -N`, `\| tail -N`, `\| cut -N` (columns) may end the command |
//! | `<!-- table: score -->` | the table of points, from `lexicons/score.toml` |
//! | `<!-- value: grades -->` … `<!-- end -->` | the thresholds of the grade, on the same line |
//!
//! `UPDATE_README=1 cargo test --release --test readme` writes all of them anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const READMES: [&str; 2] = ["README.md", "README.ru.md"];

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

// ---------------------------------------------------------------------------------------------------------------------------------
// Running

/// What a command prints, and how it ends.
struct Outcome {
    stdout: String,
    stderr: String,
    status: Option<i32>,
}

/// Run `otvet ARGUMENTS [< FILE] [> FILE]` in the folder of the project; nothing is written.
fn run(command: &str) -> Outcome {
    let mut words = words(command).into_iter();
    assert_eq!(words.next().as_deref(), Some("otvet"), "{command}");
    let mut process = Command::new(env!("CARGO_BIN_EXE_otvet"));
    process.current_dir(path("")).stdin(Stdio::null());
    for variable in ["NO_COLOR", "CLICOLOR_FORCE", "COLUMNS"] {
        process.env_remove(variable);
    }
    while let Some(word) = words.next() {
        match word.as_str() {
            "<" => {
                let file = words.next().unwrap_or_else(|| panic!("{command}: < what?"));
                process.stdin(fs::File::open(path(&file)).unwrap_or_else(|error| panic!("{file}: {error}")));
            }
            ">" => drop(words.next()),
            _ => drop(process.arg(word)),
        }
    }
    let output = process.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap_or_else(|error| panic!("{command}: {error}"));
    Outcome { stdout: text(output.stdout), stderr: text(output.stderr), status: output.status.code() }
}

/// Split at spaces; "quotes" keep words together.
fn words(line: &str) -> Vec<String> {
    let quoted = line.split('"').enumerate().flat_map(|(index, part)| match index % 2 {
        1 => vec![part.to_string()],
        _ => part.split_whitespace().map(str::to_string).collect(),
    });
    quoted.collect()
}

/// The output of a command with what follows it.
fn output(command: &str) -> String {
    let mut stages = command.split(" | ");
    let first = stages.next().unwrap_or_default();
    let outcome = match first.strip_suffix(" 2>&1") {
        Some(command) => {
            let outcome = run(command);
            outcome.stdout + &outcome.stderr
        }
        None => run(first).stdout,
    };
    let mut lines: Vec<String> = outcome.lines().map(|line| line.trim_end().to_string()).collect();
    for stage in stages {
        let (name, count) = stage.split_once(" -").unwrap_or_else(|| panic!("{stage}: what is that?"));
        let count: usize = count.parse().unwrap_or_else(|error| panic!("{stage}: {error}"));
        match name {
            "head" => lines.truncate(count),
            "tail" => drop(lines.drain(..lines.len().saturating_sub(count))),
            "cut" => lines.iter_mut().for_each(|line| {
                if line.chars().count() > count {
                    *line = line.chars().take(count).chain(['…']).collect();
                }
            }),
            _ => panic!("{stage}: what is that?"),
        }
    }
    if command.contains("| head") {
        lines.push("…".into());
    }
    lines.join("\n").trim_matches('\n').to_string()
}

// ---------------------------------------------------------------------------------------------------------------------------------
// Tables

fn score() -> toml::Table {
    read("lexicons/score.toml").parse().unwrap_or_else(|error| panic!("{error}"))
}

/// Points a part may bring, by the kind of the question.
fn score_table(readme: &str) -> String {
    let head = if readme.contains(".ru.") {
        "| вид | части | измеримость | чек-лист | изложение |"
    } else {
        "| kind | parts | measurability | checklist | wording |"
    };
    let mut lines = vec![head.to_string(), "|---|--:|--:|--:|--:|".to_string()];
    let table = score();
    let kinds = table["kinds"].as_table().unwrap();
    let order = ["behavioral", "situational", "knowledge", "motivation", "biography", "self-assessment", "salary", "letter", "other"];
    let rest = kinds.keys().map(String::as_str).filter(|kind| !order.contains(kind));
    for kind in order.into_iter().chain(rest) {
        let points = |part: &str| kinds[kind][part].as_integer().unwrap();
        let row = ["star", "measure", "checklist", "wording"].map(|part| format!("{}", points(part)));
        lines.push(format!("| `{kind}` | {} |", row.join(" | ")));
    }
    lines.join("\n")
}

fn grades(readme: &str) -> String {
    let table = score();
    let thresholds: Vec<i64> = table["grades"].as_array().unwrap().iter().map(|points| points.as_integer().unwrap()).collect();
    let from = if readme.contains(".ru.") { "от" } else { "from" };
    let steps: Vec<String> = thresholds.iter().enumerate().map(|(index, points)| format!("{} {from} {points}", index + 2)).collect();
    steps.join(", ")
}

// ---------------------------------------------------------------------------------------------------------------------------------
// Rendering

/// The README with everything that is printed or computed put in anew.
fn rendered(name: &str, text: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(command) = marker(line, "output") {
            out.push(line.to_string());
            if lines.peek().is_some_and(|next| next.starts_with("```")) {
                lines.next();
                while lines.next().is_some_and(|next| next != "```") {}
            }
            let language = if command.contains("--format json ") { "json" } else { "text" };
            out.push(format!("```{language}\n{}\n```", output(command)));
        } else if marker(line, "table") == Some("score") {
            out.push(line.to_string());
            while lines.next_if(|next| next.starts_with('|')).is_some() {}
            out.push(score_table(name));
        } else if let Some((before, rest)) = line.split_once("<!-- value: grades -->") {
            let (_, after) = rest.split_once("<!-- end -->").unwrap_or_else(|| panic!("{name}: no end on the line {line}"));
            out.push(format!("{before}<!-- value: grades -->{}<!-- end -->{after}", grades(name)));
        } else {
            out.push(line.to_string());
        }
    }
    out.join("\n") + "\n"
}

fn marker<'t>(line: &'t str, kind: &str) -> Option<&'t str> {
    line.strip_prefix("<!-- ")?.strip_prefix(kind)?.strip_prefix(": ")?.strip_suffix(" -->")
}

#[test]
fn the_readmes_show_what_is_printed() {
    let mut stale = Vec::new();
    for name in READMES {
        let written = read(name);
        let printed = rendered(name, &written);
        if std::env::var_os("UPDATE_README").is_some() {
            fs::write(path(name), &printed).unwrap();
        } else if let Some((number, (written, printed))) =
            written.lines().chain([""]).zip(printed.lines().chain([""])).enumerate().find(|(_, (written, printed))| written != printed)
        {
            stale.push(format!("{name}:{}\n  says   {written}\n  should {printed}", number + 1));
        }
    }
    assert!(stale.is_empty(), "{}\nto write them anew: UPDATE_README=1 cargo test --release --test readme", stale.join("\n"));
}

// ---------------------------------------------------------------------------------------------------------------------------------
// Commands

/// The lines of ```` ```sh ```` blocks and the commands of the markers, in order.
fn commands(text: &str) -> Vec<String> {
    let mut commands = Vec::new();
    let mut in_shell = false;
    for line in text.lines() {
        match line {
            "```sh" => in_shell = true,
            "```" => in_shell = false,
            _ if in_shell => commands.push(line.to_string()),
            _ => commands.extend(marker(line, "output").map(str::to_string)),
        }
    }
    commands
}

#[test]
fn both_readmes_have_the_same_commands() {
    let [english, russian] = READMES.map(|name| commands(&read(name)));
    assert_eq!(english, russian);
    assert!(english.len() > 10);
}

#[test]
fn every_command_shown_runs() {
    for command in commands(&read(READMES[0])).iter().filter(|command| command.starts_with("otvet ") && !command.contains(" | ")) {
        let outcome = run(command);
        // A batch with a broken record is not quite done, and says so.
        let allowed = if command.starts_with("otvet batch") { 2 } else { 1 };
        assert!(outcome.status.is_some_and(|status| status <= allowed), "{command}\n{}", outcome.stderr);
        assert!(!outcome.stdout.is_empty(), "{command} prints nothing");
    }
}

// ---------------------------------------------------------------------------------------------------------------------------------
// Completeness

/// Names in `code` anywhere in a text.
fn code(text: &str) -> BTreeSet<String> {
    text.split('`').skip(1).step_by(2).flat_map(|code| code.split_whitespace()).map(|word| word.trim_matches(',').to_string()).collect()
}

fn assert_named(what: &str, names: impl IntoIterator<Item = String>) {
    let names: Vec<String> = names.into_iter().collect();
    assert!(!names.is_empty(), "no {what} at all?");
    for readme in READMES {
        let known = code(&read(readme));
        let missing: Vec<&String> = names.iter().filter(|name| !known.contains(*name)).collect();
        assert!(missing.is_empty(), "{readme} does not name {what}: {missing:?}");
    }
}

#[test]
fn every_option_is_named() {
    for command in ["check", "batch", "lint"] {
        let help = run(&format!("otvet {command} --help")).stdout;
        let options = help.split_whitespace().map(|word| word.trim_end_matches(',')).filter(|word| word.starts_with('-') && word.len() > 1);
        let options = options.filter(|word| word.chars().all(|c| c == '-' || c.is_ascii_lowercase()) && word.contains(|c: char| c != '-'));
        assert_named(&format!("options of {command}"), options.map(str::to_string));
    }
}

#[test]
fn every_command_is_named() {
    let help = run("otvet --help").stdout;
    let section = help.split("Команды:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).unwrap_or_default();
    assert_named("commands", section.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_string));
}

#[test]
fn every_type_of_rules_is_named() {
    let contract = read("docs/lexicons.md");
    let line = contract.lines().find(|line| line.starts_with("type = \"")).unwrap_or_else(|| panic!("docs/lexicons.md lists no types"));
    let documented: BTreeSet<String> = line.split('#').nth(1).unwrap_or_default().split_whitespace().map(str::to_string).collect();
    assert_named("types of rules", documented.clone());

    let rules: serde_json::Value = serde_json::from_str(&run("otvet rules --format json").stdout).unwrap();
    let list = rules.as_array().or_else(|| rules["rules"].as_array()).unwrap_or_else(|| panic!("otvet rules --format json is no list"));
    for rule in list {
        let kind = rule["type"].as_str().unwrap_or_default();
        // What is said of the marks that switch findings off is no rule of the lexicons.
        assert!(documented.contains(kind) || kind == "suppression", "the type {kind} is not in docs/lexicons.md");
    }
}

#[test]
fn every_kind_of_text_is_named() {
    let letters = fs::read_dir(path("lexicons/letters")).unwrap().map(|entry| entry.unwrap().path());
    assert_named("kinds of letters", letters.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()));
}

#[test]
fn every_exit_code_is_named() {
    // The table in the documentation of the type is the source.
    let source = read("src/exit.rs");
    let codes: Vec<&str> = source
        .lines()
        .filter_map(|line| line.strip_prefix("/// | ")?.split(" |").next())
        .filter(|code| code.parse::<u8>().is_ok())
        .collect();
    assert_eq!(codes, ["0", "1", "2", "130"]);
    for readme in READMES {
        let text = read(readme);
        let section = text.split("\n## ").find(|section| section.starts_with("Exit codes") || section.starts_with("Коды выхода"));
        let section = section.unwrap_or_else(|| panic!("{readme} has no section on exit codes"));
        assert!(codes.iter().all(|code| section.contains(&format!("\n| {code} | "))), "{readme}");
    }
}

#[test]
fn every_answer_to_try_is_described_and_read() {
    let folder = "fixtures/answers";
    let readme = read("fixtures/answers/README.md");
    let rows: Vec<Vec<String>> = readme
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| line.split('|').map(|cell| cell.trim().replace('`', "")).collect())
        .collect();
    for entry in fs::read_dir(path(folder)).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(name == "README.md" || rows.iter().any(|row| row[1] == name), "{name} is not described");
    }
    for row in rows.iter().filter(|row| row[2].starts_with('-')) {
        let outcome = run(&format!("otvet check {} {folder}/{}", row[2], row[1]));
        assert_eq!(outcome.status, Some(0), "{}: {}", row[1], outcome.stderr);
    }
}

#[test]
fn the_rule_of_the_example_works() {
    for readme in READMES {
        let text = read(readme);
        let rule =
            text.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap_or_else(|| panic!("{readme} shows no rule"));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(readme);
        fs::create_dir_all(folder.join("rules")).unwrap();
        fs::write(folder.join("rules/customer.toml"), rule).unwrap();
        let table: toml::Table = rule.parse().unwrap_or_else(|error| panic!("{readme}: {error}"));
        let entry = &table["rule"][0];
        for (example, fires) in [("bad", true), ("good", false)] {
            let answer = folder.join("answer.txt");
            fs::write(&answer, entry[example][0].as_str().unwrap()).unwrap();
            let outcome = run(&format!("otvet check --format json --lexicon \"{}\" \"{}\"", folder.display(), answer.display()));
            assert_eq!(outcome.status, Some(0), "{readme}: {}", outcome.stderr);
            assert_eq!(outcome.stdout.contains(entry["id"].as_str().unwrap()), fires, "{readme}: {example}");
        }
    }
}

#[test]
fn links_lead_somewhere() {
    for readme in READMES.into_iter().chain(["CONTRIBUTING.md", "CHANGELOG.md"]) {
        let text = read(readme);
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()).filter(|link| !link.contains("://")) {
            let file = link.split('#').next().unwrap_or_default();
            assert!(file.is_empty() || path(file).exists(), "{readme} links to {link}");
        }
    }
}
