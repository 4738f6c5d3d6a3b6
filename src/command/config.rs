//! `otvet config`: what is in force for a file, and who said so.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use otvet::report::{json, sanitize};
use otvet::{Level, Lexicon, Options, Scope};
use serde_json::{Value, json};

use super::console::Console;
use super::failure::Failure;
use super::table::table;
use super::values::ListFormat;
use crate::exit::Exit;
use crate::lint::config::{Catalogue, Choice, Config, Configs, Flags, Origin, Set, Settings, paths};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_name = "ПУТЬ", help = "Файл или папка, для которых показать настройки; без пути — текущая папка")]
    path: Option<PathBuf>,
    #[arg(long, value_name = "ФАЙЛ", help = "Взять настройки из этого файла, а не из ближайшего otvet.toml")]
    config: Option<PathBuf>,
    #[arg(long, conflicts_with = "config", help = "Не читать otvet.toml")]
    no_config: bool,
    #[arg(
        long,
        value_name = "ФОРМАТ",
        default_value = "terminal",
        hide_default_value = true,
        hide_possible_values = true,
        help = "Вид списка: terminal (по умолчанию), json"
    )]
    format: ListFormat,
}

pub fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let configs = Configs::new(&Choice::of(args.config.as_deref(), args.no_config))?;
    let path = args.path.as_deref();
    let config = match path {
        Some(folder) if folder.is_dir() => configs.for_folder(folder)?,
        path => configs.for_file(path)?,
    };
    if let Some(config) = &config {
        // A mistake in a name is worth more than a list with it.
        let options = Options {
            lexicon_dirs: config.lexicons(),
            question_files: config.question_files(),
            checklist: None,
            scope: Scope::Only(Vec::new()),
        };
        config.check(&Catalogue::of(&Lexicon::load(&options)?))?;
    }
    let flags = Flags::default();
    let shown = Shown { config: config.as_deref(), path, settings: Settings::of(config.as_deref(), path, &flags) };
    match args.format {
        ListFormat::Json => console.print(&json::pretty(&shown.json()))?,
        ListFormat::Terminal => console.print(&shown.text(console))?,
    }
    Ok(Exit::Clean)
}

struct Shown<'s> {
    config: Option<&'s Config>,
    path: Option<&'s Path>,
    settings: Settings<'s>,
}

/// A row: the key, its value, who set it.
type Row = [String; 3];

impl Shown<'_> {
    fn text(&self, console: &Console) -> String {
        let palette = console.palette;
        let mut text = String::new();
        let name = self.config.map_or_else(|| "нет, всё по умолчанию".to_string(), |config| sanitize::line(config.name()));
        let _ = writeln!(text, "Файл настроек: {name}");
        if let Some(path) = self.path {
            let excluded = self.config.is_some_and(|config| config.excludes(path));
            let note = if excluded { " — не проверяется (exclude)" } else { "" };
            let _ = writeln!(text, "Для: {}{note}", sanitize::line(&path.display().to_string()));
        }
        for (title, rows) in [("Значения", self.values()), ("Правила", self.rules()), ("Допустимые фразы", self.allowed())]
        {
            if !rows.is_empty() {
                let _ = write!(text, "\n{}\n{}", palette.bold(title), table(&rows, 2, console.width));
            }
        }
        text
    }

    fn values(&self) -> Vec<Row> {
        let settings = &self.settings;
        let mut rows = vec![
            row("kind", settings.kind.as_ref(), "по тексту", String::clone),
            row("question", settings.question.as_ref(), "—", String::clone),
            row("level", settings.level.as_ref(), "—", |level| level_id(*level).to_string()),
            row("vacancy", settings.vacancy.as_ref(), "—", |path| paths::shown(path)),
            row("fail-on", Some(&settings.fail_on), "", |level| level.id().to_string()),
            row("min-score", settings.min_score.as_ref(), "—", u8::to_string),
            row("max-warnings", settings.max_warnings.as_ref(), "—", usize::to_string),
        ];
        rows.extend(settings.exclude.iter().map(|mask| row("exclude", Some(mask), "", String::clone)));
        rows.extend(settings.lexicons.iter().map(|path| row("lexicons", Some(path), "", |path| paths::shown(path))));
        rows.extend(settings.question_files.iter().map(|path| row("question-files", Some(path), "", |path| paths::shown(path))));
        rows
    }

    fn rules(&self) -> Vec<Row> {
        self.settings.rules().iter().map(|(name, set)| row(name, Some(set), "", |setting| setting.id().to_string())).collect()
    }

    fn allowed(&self) -> Vec<Row> {
        let shown = |(rule, phrase, reason): (&str, Set<String>, Option<&str>)| {
            let reason = reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
            row(rule, Some(&phrase), "", |phrase| format!("«{phrase}»{reason}"))
        };
        self.settings.allowed().map(shown).collect()
    }

    fn json(&self) -> Value {
        let settings = &self.settings;
        let path = |path: &PathBuf| json!(paths::shown(path));
        json!({
            "schema": "otvet.config.v1",
            "config": self.config.map(Config::name),
            "path": self.path.map(|path| path.display().to_string()),
            "excluded": self.path.is_some_and(|path| self.config.is_some_and(|config| config.excludes(path))),
            "kind": settings.kind.as_ref().map(|set| entry(set, |kind| json!(kind))),
            "question": settings.question.as_ref().map(|set| entry(set, |question| json!(question))),
            "level": settings.level.as_ref().map(|set| entry(set, |level| json!(level))),
            "vacancy": settings.vacancy.as_ref().map(|set| entry(set, path)),
            "fail-on": entry(&settings.fail_on, |level| json!(level)),
            "min-score": settings.min_score.as_ref().map(|set| entry(set, |score| json!(score))),
            "max-warnings": settings.max_warnings.as_ref().map(|set| entry(set, |most| json!(most))),
            "exclude": settings.exclude.iter().map(|set| entry(set, |mask| json!(mask))).collect::<Vec<_>>(),
            "lexicons": settings.lexicons.iter().map(|set| entry(set, path)).collect::<Vec<_>>(),
            "question-files": settings.question_files.iter().map(|set| entry(set, path)).collect::<Vec<_>>(),
            "rules": settings.rules().iter()
                .map(|(name, set)| ((*name).to_string(), entry(set, |setting| json!(setting))))
                .collect::<serde_json::Map<_, _>>(),
            "allow": settings.allowed()
                .map(|(rule, phrase, reason)| json!({
                    "rule": rule,
                    "phrase": phrase.value,
                    "reason": reason,
                    "origin": origin(&phrase.origin),
                }))
                .collect::<Vec<_>>(),
        })
    }
}

/// A row of a value, or of its absence.
fn row<T>(key: &str, set: Option<&Set<T>>, absent: &str, show: impl Fn(&T) -> String) -> Row {
    match set {
        Some(set) => [key.to_string(), show(&set.value), set.origin.to_string()],
        None => [key.to_string(), absent.to_string(), Origin::Default.to_string()],
    }
}

fn entry<T>(set: &Set<T>, show: impl Fn(&T) -> Value) -> Value {
    json!({ "value": show(&set.value), "origin": origin(&set.origin) })
}

fn origin(origin: &Origin) -> Value {
    match origin {
        Origin::Default => json!({ "from": "default" }),
        Origin::File(place) => json!({ "from": "file", "file": &*place.file, "line": place.line, "column": place.column }),
        Origin::Flag(flag) => json!({ "from": "flag", "flag": flag }),
    }
}

/// As it is written in the file.
fn level_id(level: Level) -> &'static str {
    match level {
        Level::Junior => "junior",
        Level::Middle => "middle",
        Level::Senior => "senior",
    }
}
