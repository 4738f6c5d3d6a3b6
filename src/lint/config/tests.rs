use std::path::{Path, PathBuf};

use otvet::report::Severity;

use super::catalogue::tests::sample;
use super::*;
use crate::lint::model::{Diagnostic, Place as Span};

const FILE: &str = "/w/otvet.toml";

fn parse(text: &str) -> Config {
    Config::parse(Path::new(FILE), text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn mistake(text: &str) -> String {
    let config = Config::parse(Path::new(FILE), text).and_then(|config| config.check(&sample()));
    config.expect_err(text).to_string()
}

fn diagnostic(rule: &str, place: Option<(usize, usize)>) -> Diagnostic {
    Diagnostic {
        rule: rule.into(),
        kind: rule.split('/').next().unwrap_or_default().into(),
        severity: Severity::Warning,
        message: String::new(),
        reason: String::new(),
        advice: String::new(),
        place: place.map(|(start, end)| Span { start, end, line: 1, column: start + 1, end_line: 1, end_column: end + 1 }),
        replacement: None,
        fingerprint: String::new(),
    }
}

#[test]
fn mistakes_are_told_with_place_and_suggestion() {
    for (text, told) in [
        ("\nmin-scor = 1", "/w/otvet.toml:2:1: неизвестный ключ «min-scor»\n  возможно, вы имели в виду min-score"),
        (
            "[rules]\nvague = \"of\"",
            "/w/otvet.toml:2:9: значение «of» не подходит\n  возможно, вы имели в виду off\n  возможны: on, off, hint, warning, error",
        ),
        (
            "[rules]\n  \"vague/self-lable\" = \"off\"",
            "/w/otvet.toml:2:3: правила «vague/self-lable» нет\n  возможно, вы имели в виду vague/self-label\n  список: otvet rules",
        ),
        (
            "[rules]\nself-label = \"off\"",
            "/w/otvet.toml:2:1: правила «self-label» нет\n  возможно, вы имели в виду vague/self-label\n  список: otvet rules",
        ),
        (
            "[[allow]]\nrule = \"fillers\"\nphrases = [\"а\"]",
            "/w/otvet.toml:2:8: правила «fillers» нет\n  возможно, вы имели в виду filler\n  список: otvet rules",
        ),
        ("[[allow]]\nphrases = [\"а\"]", "/w/otvet.toml:1:1: нет обязательного ключа «rule»\n  добавьте rule = …"),
        (
            "[[allow]]\nrule = \"vague\"\nphrases = [\"а\", \" \"]",
            "/w/otvet.toml:3:17: во фразе нет ни одного слова\n  впишите фразу или уберите её",
        ),
        ("[[override]]\npath = [\"а\"]", "/w/otvet.toml:2:1: неизвестный ключ «path»\n  возможно, вы имели в виду paths"),
        ("[[override]]\npaths = []", "/w/otvet.toml:2:9: в paths нет ни одной маски\n  например: paths = [\"архив/**\"]"),
        ("exclude = [\"ё\", \"[а\"]", "/w/otvet.toml:1:17: в маске не закрыта «[»\n  маски пишут как в .gitignore: \"архив/**\", \"*.md\""),
        ("min-score = 101", "/w/otvet.toml:1:13: число 101 не подходит\n  нужно целое число от 0 до 100"),
        ("max-warnings = -1", "/w/otvet.toml:1:16: число -1 не подходит\n  нужно целое число от 0 до 4294967295"),
        ("min-score = \"70\"", "/w/otvet.toml:1:13: здесь не подходит строка «70»\n  нужно: целое число"),
        ("exclude = \"а\"", "/w/otvet.toml:1:11: здесь не подходит строка «а»\n  нужно: список: [\"…\", \"…\"]"),
        (
            "kind = \"cover-leter\"",
            "/w/otvet.toml:1:8: вида текста «cover-leter» нет\n  возможно, вы имели в виду cover-letter\n  возможны: answer, cover-letter, resume",
        ),
        (
            "question = \"client-conflikt\"",
            "/w/otvet.toml:1:12: вопроса «client-conflikt» нет\n  возможно, вы имели в виду client-conflict\n  список: otvet questions",
        ),
        (
            "level = \"sinior\"",
            "/w/otvet.toml:1:9: значение «sinior» не подходит\n  возможно, вы имели в виду senior\n  возможны: junior, middle, senior",
        ),
        ("vacancy = \"нет.md\"", "/w/otvet.toml:1:11: файла «нет.md» нет\n  пути пишут от папки, в которой стоит файл настроек"),
        ("lexicons = [\"нет\"]", "/w/otvet.toml:1:13: папки «нет» нет\n  пути пишут от папки, в которой стоит файл настроек"),
    ] {
        assert_eq!(mistake(text), told, "{text}");
    }
    for text in
        ["min-score =", "a = b", "[rules", "min-score = 1\nmin-score = 2", "exclude = [\"a\" \"b\"]", "x", "[rules]\nvague/a = \"off\""]
    {
        let told = mistake(text);
        assert!(told.starts_with("/w/otvet.toml:"), "{told}");
        let english =
            told.lines().next().is_some_and(|line| line.contains("expected") || line.contains("invalid") || line.contains("missing"));
        assert!(!english, "{told}");
    }
}

#[test]
fn a_mark_of_the_encoding_does_no_harm() {
    assert!(parse("\u{feff}min-score = 5").min_score.is_some());
}

#[test]
fn every_value_knows_who_set_it() {
    let config = parse("\nmin-score = 70\nfail-on = \"warning\"\nlevel = \"middle\"");
    let flags = Flags { fail_on: Some(FailOn::Never), max_warnings: Some(3), ..Flags::default() };
    let settings = Settings::of(Some(&config), None, &flags);
    let min_score = settings.min_score.expect("a score");
    assert_eq!((min_score.value, min_score.origin.to_string().as_str()), (70, "/w/otvet.toml:2"));
    assert_eq!((settings.fail_on.value, settings.fail_on.origin.to_string().as_str()), (FailOn::Never, "--fail-on"));
    assert!(settings.max_warnings.is_some_and(|most| most.value == 3 && most.origin.to_string() == "--max-warnings"));
    assert!(settings.level.is_some_and(|level| level.value == otvet::Level::Middle && level.origin.to_string() == "/w/otvet.toml:4"));
    let bare = Settings::of(None, None, &Flags::default());
    assert_eq!((bare.fail_on.value, bare.fail_on.origin.to_string().as_str()), (FailOn::Error, "по умолчанию"));
    assert!(bare.min_score.is_none() && bare.kind.is_none() && bare.rules().is_empty());
}

#[test]
fn the_stronger_setting_holds() {
    let config = parse(
        "kind = \"answer\"\nquestion = \"client-conflict\"\n[rules]\nvague = \"off\"\n\"vague/self-label\" = \"error\"\nfiller = \"hint\"\n\
         [[override]]\npaths = [\"письма/**\"]\nkind = \"cover-letter\"\nrules = { vague = \"warning\" }\n\
         [[override]]\npaths = [\"*.old.md\"]\nrules = { vague = \"off\", filler = \"on\" }\n",
    );
    config.check(&sample()).expect("known names");
    let set = |path: Option<&str>, rule: &str| {
        let path = path.map(PathBuf::from);
        let flags = Flags::default();
        let settings = Settings::of(Some(&config), path.as_deref(), &flags);
        let set = settings.rule(rule, rule.split('/').next().unwrap_or_default());
        (set.value.id(), set.origin.to_string().replace("/w/otvet.toml:", ""))
    };
    let line = |id: &'static str, line: &str| (id, line.to_string());
    assert_eq!(set(None, "vague/always-tried"), line("off", "4"));
    assert_eq!(set(None, "vague/self-label"), line("error", "5"));
    assert_eq!(set(None, "cover-letter/greeting"), line("on", "по умолчанию"));
    assert_eq!(set(Some("/w/письма/a.md"), "vague/self-label"), line("warning", "10"));
    assert_eq!(set(Some("/w/письма/a.md"), "filler/as-if"), line("hint", "6"));
    assert_eq!(set(Some("/w/письма/a.old.md"), "vague/self-label"), line("off", "13"));
    assert_eq!(set(Some("/w/a.old.md"), "filler/as-if"), line("on", "13"));
    assert_eq!(set(Some("/elsewhere/a.old.md"), "filler/as-if"), line("hint", "6"));
    let kind = |path: &str| Settings::of(Some(&config), Some(Path::new(path)), &Flags::default()).kind.map(|kind| kind.value);
    assert_eq!(kind("/w/письма/a.md").as_deref(), Some("cover-letter"));
    assert_eq!(kind("/w/a.md").as_deref(), Some("answer"));
}

#[test]
fn the_named_rules_are_listed_once() {
    let config = parse("[rules]\nvague = \"off\"\nfiller = \"hint\"\n[[override]]\npaths = [\"*\"]\nrules = { vague = \"error\" }");
    let flags = Flags::default();
    let settings = Settings::of(Some(&config), Some(Path::new("/w/a")), &flags);
    let rules: Vec<(&str, &str)> = settings.rules().iter().map(|(name, set)| (*name, set.value.id())).collect();
    assert_eq!(rules, [("filler", "hint"), ("vague", "error")]);
}

#[test]
fn settings_are_put_to_findings() {
    let config = parse(
        "[rules]\nfiller = \"off\"\nstructure = \"error\"\n[[allow]]\nrule = \"vague\"\nphrases = [\"надежный партнер\", \"всё\"]\n\
         [[allow]]\nrule = \"vague/self-label\"\nphrases = [\"честный\"]",
    );
    let flags = Flags::default();
    let settings = Settings::of(Some(&config), None, &flags);
    let text = "Надёжный  партнёр, честный";
    let applied = settings.apply(
        vec![
            diagnostic("vague/always-tried", Some((0, 8))),
            diagnostic("vague/always-tried", Some((19, 26))),
            diagnostic("vague/self-label", Some((19, 26))),
            diagnostic("filler/as-if", Some((0, 8))),
            diagnostic("structure/no-result", None),
            diagnostic("vague/whole", None),
        ],
        text,
    );
    let kept: Vec<(&str, Severity)> = applied.kept.iter().map(|one| (one.rule.as_str(), one.severity)).collect();
    assert_eq!(
        kept,
        [("vague/always-tried", Severity::Warning), ("structure/no-result", Severity::Error), ("vague/whole", Severity::Warning)]
    );
}

#[test]
fn masks_exclude_files() {
    let config = parse("exclude = [\"архив\", \"*.old.md\"]");
    for (path, out) in [("/w/архив/a.md", true), ("/w/b/c.old.md", true), ("/w/b/c.md", false), ("/архив/a.md", false)] {
        assert_eq!(config.excludes(Path::new(path)), out, "{path}");
    }
}

#[test]
fn paths_are_those_of_the_file() {
    let root = tempfile::tempdir().expect("a folder");
    let folder = root.path().join("lex");
    std::fs::create_dir(&folder).expect("a folder");
    for file in ["v.md", "q.toml"] {
        std::fs::write(root.path().join(file), "").expect("a file");
    }
    let path = root.path().join("otvet.toml");
    let config =
        Config::parse(&path, "vacancy = \"v.md\"\nlexicons = [\"./lex\"]\nquestion-files = [\"lex/../q.toml\"]").expect("a config");
    assert_eq!(config.lexicons(), std::slice::from_ref(&folder));
    assert_eq!(config.question_files(), [root.path().join("q.toml")]);
    let settings = Settings::of(Some(&config), None, &Flags::default());
    assert_eq!(settings.vacancy.map(|vacancy| vacancy.value), Some(root.path().join("v.md")));
    assert_eq!(settings.lexicons.into_iter().map(|set| set.value).collect::<Vec<_>>(), [folder]);
}

#[test]
fn severities_fail_runs() {
    assert!(FailOn::Error.fails(Severity::Error) && !FailOn::Error.fails(Severity::Warning));
    assert!(FailOn::Hint.fails(Severity::Hint) && !FailOn::Never.fails(Severity::Error));
}
