//! The baseline: findings that are known and not shown again, so that only new ones fail a run.
//!
//! ```json
//! {"schema": "otvet.baseline.v1", "entries": [{"path": "a/б.md", "rule": "vague/x", "fingerprint": "…", "count": 1}]}
//! ```
//!
//! Paths are relative to the folder of the baseline, so it may be kept in git and used from any folder.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use otvet::report::plural;
use serde::{Deserialize, Serialize};

use super::config::{ConfigError, paths};
use super::model::Diagnostic;
use crate::batch::output::Target;

/// The name of the format.
pub const SCHEMA: &str = "otvet.baseline.v1";

/// Known findings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    /// The folder paths are relative to, absolute.
    root: PathBuf,
    /// Path → rule and fingerprint → how many.
    known: BTreeMap<String, BTreeMap<(String, String), usize>>,
}

/// The findings of one file after the baseline.
#[derive(Debug, Clone, Default)]
pub struct Sifted {
    pub kept: Vec<Diagnostic>,
    /// How many the baseline knows, and which.
    pub known: usize,
    pub hidden: Vec<Diagnostic>,
    /// How many the baseline knows but the file has no more.
    pub outdated: usize,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    schema: String,
    entries: Vec<Entry>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: String,
    rule: String,
    fingerprint: String,
    count: usize,
}

impl Baseline {
    /// An empty one that will stand in this file.
    pub fn new(file: &Path) -> Self {
        let root = paths::absolute(file).parent().map(Path::to_path_buf).unwrap_or_default();
        Self { root, known: BTreeMap::new() }
    }

    /// Read a baseline.
    ///
    /// # Errors
    /// That it cannot be read or is no baseline, in Russian; the program ends with code 2.
    pub fn read(file: &Path) -> Result<Self, ConfigError> {
        let name = file.display();
        let text = std::fs::read_to_string(file).map_err(|error| {
            let (reason, hint) = match error.kind() {
                std::io::ErrorKind::InvalidData => ("он не в UTF-8".to_string(), "запишите его заново: otvet lint --write-baseline ФАЙЛ"),
                std::io::ErrorKind::NotFound => ("файла нет".to_string(), "сначала запишите его: otvet lint --write-baseline ФАЙЛ"),
                _ => (crate::command::reason(&error), "проверьте путь и права доступа"),
            };
            ConfigError::new(None, format!("не удалось прочитать базу известных замечаний «{name}»: {reason}"), hint)
        })?;
        Self::parse(file, &text)
    }

    /// Read the text of a baseline that stands in this file.
    ///
    /// # Errors
    /// That it is no baseline.
    pub fn parse(file: &Path, text: &str) -> Result<Self, ConfigError> {
        let corrupt = |what: String| {
            let message = format!("база известных замечаний «{}» испорчена: {what}", file.display());
            ConfigError::new(None, message, "запишите её заново: otvet lint --write-baseline ФАЙЛ")
        };
        // Whatever is newer is not corrupt, and must not be overwritten in haste.
        let schema: Option<String> =
            serde_json::from_str::<serde_json::Value>(text).ok().and_then(|value| value["schema"].as_str().map(str::to_string));
        if let Some(other) = schema.filter(|schema| schema != SCHEMA && schema.starts_with("otvet.baseline.")) {
            let message = format!("база известных замечаний «{}» записана в другом виде: {other}, а нужен {SCHEMA}", file.display());
            return Err(ConfigError::new(None, message, "обновите otvet или запишите базу заново"));
        }
        let written: Written =
            serde_json::from_str(text).map_err(|error| corrupt(format!("строка {}, столбец {}", error.line(), error.column())))?;
        if written.schema != SCHEMA {
            return Err(corrupt(format!("в ней нет \"schema\": \"{SCHEMA}\"")));
        }
        let mut baseline = Self::new(file);
        for (number, entry) in written.entries.into_iter().enumerate() {
            let hex = entry.fingerprint.len() == 32 && entry.fingerprint.bytes().all(|digit| digit.is_ascii_hexdigit());
            if !hex || entry.count == 0 {
                return Err(corrupt(format!("запись {} неверна", number + 1)));
            }
            let count = baseline.known.entry(paths::composed(&entry.path)).or_default().entry((entry.rule, entry.fingerprint)).or_default();
            *count = count.saturating_add(entry.count);
        }
        Ok(baseline)
    }

    /// Take findings of a file in.
    pub fn add<'d>(&mut self, path: &Path, diagnostics: impl IntoIterator<Item = &'d Diagnostic>) {
        let path = self.key(path);
        for diagnostic in diagnostics {
            let known = self.known.entry(path.clone()).or_default();
            *known.entry((diagnostic.rule.clone(), diagnostic.fingerprint.clone())).or_default() += 1;
        }
    }

    /// Take over what another baseline knows of files that were not checked.
    pub fn keep_others(&mut self, other: &Self, checked: &[&Path]) {
        let checked: BTreeSet<String> = checked.iter().map(|path| self.key(path)).collect();
        for (path, known) in &other.known {
            let key = self.key(&other.root.join(path));
            if !checked.contains(&key) {
                self.known.entry(key).or_insert_with(|| known.clone());
            }
        }
    }

    /// Write it, whole or not at all.
    ///
    /// # Errors
    /// Why it could not be written.
    pub fn write(&self, file: &Path) -> Result<(), ConfigError> {
        let failed = |error: std::io::Error| {
            let reason = crate::command::reason(&error);
            let message = format!("не удалось записать базу известных замечаний «{}»: {reason}", file.display());
            ConfigError::new(None, message, "проверьте путь и права доступа")
        };
        let (target, mut out) = Target::whole(file).map_err(failed)?;
        out.write_all(self.to_json().as_bytes()).map_err(failed)?;
        drop(out);
        target.commit().map_err(failed)
    }

    /// As it is written: sorted, an entry a line, so that diffs are short.
    pub fn to_json(&self) -> String {
        let entries = self.known.iter().flat_map(|(path, known)| {
            known.iter().map(move |((rule, fingerprint), count)| Entry {
                path: path.clone(),
                rule: rule.clone(),
                fingerprint: fingerprint.clone(),
                count: *count,
            })
        });
        let lines: Vec<String> = entries.filter_map(|entry| serde_json::to_string(&entry).ok()).collect();
        if lines.is_empty() {
            return format!("{{\n\"schema\": \"{SCHEMA}\",\n\"entries\": []\n}}\n");
        }
        format!("{{\n\"schema\": \"{SCHEMA}\",\n\"entries\": [\n{}\n]\n}}\n", lines.join(",\n"))
    }

    /// How many findings it knows.
    pub fn len(&self) -> usize {
        self.known.values().flat_map(BTreeMap::values).sum()
    }

    /// Take the known findings of a file out. Each file is to be sifted once; files may be sifted side by side.
    pub fn sift(&self, path: &Path, diagnostics: Vec<Diagnostic>) -> Sifted {
        let mut sifted = Sifted::default();
        let mut left = self.known.get(&self.key(path)).cloned().unwrap_or_default();
        for diagnostic in diagnostics {
            match left.get_mut(&(diagnostic.rule.clone(), diagnostic.fingerprint.clone())) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    sifted.known += 1;
                    sifted.hidden.push(diagnostic);
                }
                _ => sifted.kept.push(diagnostic),
            }
        }
        sifted.outdated = left.values().sum();
        sifted
    }

    /// How many known findings are of files that do not exist any more.
    pub fn vanished(&self) -> usize {
        self.known.iter().filter(|(path, _)| !self.root.join(path).exists()).flat_map(|(_, known)| known.values()).sum()
    }

    /// The path as it stands in the file.
    fn key(&self, path: &Path) -> String {
        paths::relative(&paths::absolute(path), &self.root)
    }
}

/// What to say of known findings that are there no more; nothing if there are none.
pub fn outdated(count: usize) -> Option<String> {
    let entries = plural::count(count, ["запись", "записи", "записей"]);
    let gone = plural::form(count, ["устарела", "устарели", "устарели"]);
    (count > 0).then(|| format!("в базе известных замечаний {gone} {entries}: обновите её через --write-baseline"))
}

#[cfg(test)]
mod tests {
    use otvet::report::Severity;

    use super::*;

    fn diagnostic(rule: &str, fingerprint: &str) -> Diagnostic {
        Diagnostic {
            rule: rule.into(),
            kind: "vague".into(),
            severity: Severity::Warning,
            message: String::new(),
            reason: String::new(),
            advice: String::new(),
            place: None,
            replacement: None,
            fingerprint: fingerprint.into(),
        }
    }

    fn print(digit: char) -> String {
        std::iter::repeat_n(digit, 32).collect()
    }

    #[test]
    fn what_is_written_is_read() {
        let root = tempfile::tempdir().expect("a folder");
        let file = root.path().join("sub/base.json");
        std::fs::create_dir(root.path().join("sub")).expect("a folder");
        let mut baseline = Baseline::new(&file);
        let one = [diagnostic("vague/b", &print('1')), diagnostic("vague/a", &print('2')), diagnostic("vague/a", &print('2'))];
        baseline.add(&root.path().join("я.md"), &one);
        baseline.add(&root.path().join("sub/a/b.md"), [&diagnostic("filler/x", &print('3'))]);
        baseline.write(&file).expect("written");
        let text = std::fs::read_to_string(&file).expect("a file");
        let expected = format!(
            "{{\n\"schema\": \"{SCHEMA}\",\n\"entries\": [\n{}\n]\n}}\n",
            [
                format!("{{\"path\":\"../я.md\",\"rule\":\"vague/a\",\"fingerprint\":\"{}\",\"count\":2}}", print('2')),
                format!("{{\"path\":\"../я.md\",\"rule\":\"vague/b\",\"fingerprint\":\"{}\",\"count\":1}}", print('1')),
                format!("{{\"path\":\"a/b.md\",\"rule\":\"filler/x\",\"fingerprint\":\"{}\",\"count\":1}}", print('3')),
            ]
            .join(",\n")
        );
        assert_eq!(text, expected);
        let read = Baseline::read(&file).expect("a baseline");
        assert_eq!((read.len(), &read), (4, &baseline));
    }

    #[test]
    fn known_findings_are_taken_out_as_often_as_they_are_known() {
        let root = tempfile::tempdir().expect("a folder");
        let file = root.path().join("base.json");
        let mut baseline = Baseline::new(&file);
        let path = root.path().join("a.md");
        std::fs::write(&path, "").expect("a file");
        baseline.add(&path, [&diagnostic("vague/a", &print('1')), &diagnostic("vague/a", &print('2'))]);
        let found = vec![diagnostic("vague/a", &print('1')), diagnostic("vague/a", &print('1')), diagnostic("vague/b", &print('2'))];
        let sifted = baseline.sift(&path, found);
        assert_eq!((sifted.kept.len(), sifted.known, sifted.outdated), (2, 1, 1));
        let other = baseline.sift(&root.path().join("b.md"), vec![diagnostic("vague/a", &print('1'))]);
        assert_eq!((other.kept.len(), other.known, other.outdated), (1, 0, 0));
        assert_eq!(baseline.vanished(), 0);
        std::fs::remove_file(&path).expect("removed");
        assert_eq!(baseline.vanished(), 2);
    }

    #[test]
    fn what_is_no_baseline_is_refused() {
        let file = Path::new("base.json");
        let entry = |print: &str, count: usize| {
            format!(
                "{{\"schema\": \"{SCHEMA}\", \"entries\": [{{\"path\": \"a\", \"rule\": \"b/c\", \"fingerprint\": \"{print}\", \"count\": {count}}}]}}"
            )
        };
        assert!(Baseline::parse(file, &entry(&print('a'), 1)).is_ok());
        for (text, said) in [
            (String::new(), "испорчена: строка 1"),
            ("{\"schema\": ".into(), "испорчена: строка 1"),
            ("[]".into(), "испорчена"),
            ("{\"schema\": \"x\", \"entries\": []}".into(), "в ней нет \"schema\""),
            ("{\"schema\": \"otvet.baseline.v9\", \"new\": []}".into(), "в другом виде: otvet.baseline.v9"),
            (entry("abc", 1), "запись 1 неверна"),
            (entry(&print('z'), 1), "запись 1 неверна"),
            (entry(&print('a'), 0), "запись 1 неверна"),
        ] {
            let error = Baseline::parse(file, &text).unwrap_err().to_string();
            assert!(error.contains(said), "{error}");
        }
        let missing = Baseline::read(Path::new("/нет/base.json")).unwrap_err().to_string();
        assert!(missing.contains("файла нет") && missing.contains("--write-baseline"), "{missing}");
    }

    #[test]
    fn the_empty_one_is_valid() {
        let file = Path::new("base.json");
        assert_eq!(Baseline::parse(file, &Baseline::new(file).to_json()).expect("a baseline").len(), 0);
    }

    #[test]
    fn outdated_entries_are_said() {
        assert_eq!(outdated(0), None);
        assert_eq!(outdated(1).as_deref(), Some("в базе известных замечаний устарела 1 запись: обновите её через --write-baseline"));
        assert_eq!(outdated(3).as_deref(), Some("в базе известных замечаний устарели 3 записи: обновите её через --write-baseline"));
    }

    #[test]
    fn files_outside_the_run_are_not_forgotten() {
        let mut old = Baseline::new(Path::new("/п/base.json"));
        let one = "0".repeat(32);
        old.add(Path::new("/п/а.md"), [&diagnostic("vague/x", &one)]);
        old.add(Path::new("/п/б.md"), [&diagnostic("vague/x", &one)]);
        let mut new = Baseline::new(Path::new("/п/к/base.json"));
        new.keep_others(&old, &[Path::new("/п/а.md")]);
        assert_eq!(new.known.keys().collect::<Vec<_>>(), ["../б.md"]);
    }
}
