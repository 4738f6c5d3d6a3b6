//! Workflow commands, read as the runner of GitHub Actions reads them.

use otvet::report::Severity;

use super::sample::{CYRILLIC, HOSTILE, checked, diagnostic, hostile, linted, place};
use super::{FormatName, written};
use crate::lint::format::catalogue::Catalogue;
use crate::lint::format::summary::page;
use crate::lint::model::Run;

#[derive(Debug)]
struct Command {
    name: String,
    properties: Vec<(String, String)>,
    data: String,
}

impl Command {
    /// As the class `ActionCommand` of the runner does: up to the next «::», properties at commas, escapes last.
    fn parse(line: &str) -> Self {
        let rest = line.strip_prefix("::").unwrap();
        let (head, data) = rest.split_once("::").unwrap();
        let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
        let properties = properties.split(',').filter(|property| !property.is_empty()).map(|property| {
            let (name, value) = property.split_once('=').unwrap();
            (name.to_string(), plain(&value.replace("%3A", ":").replace("%2C", ",")))
        });
        Self { name: name.into(), properties: properties.collect(), data: plain(data) }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.properties.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

fn plain(text: &str) -> String {
    text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
}

fn commands(run: &Run) -> Vec<Command> {
    written(FormatName::Github, run).lines().map(Command::parse).collect()
}

#[test]
fn commands_say_what_was_found_and_nothing_else() {
    let commands = commands(&hostile());
    let names: Vec<&str> = commands.iter().map(|command| command.name.as_str()).collect();
    assert_eq!(names, ["error", "error", "error", "warning", "warning", "warning", "warning", "notice", "notice"]);
    assert_eq!(commands[0].get("file"), Some("/битый.md"));
    assert_eq!(commands[0].data, "Файла <нет> ]]>.\nПроверьте путь: 100%, да.");
    let insult = &commands[3];
    assert_eq!(insult.get("file"), Some(CYRILLIC));
    assert_eq!((insult.get("line"), insult.get("col"), insult.get("endColumn")), (Some("2"), Some("35"), Some("72")));
    assert_eq!(insult.get("title"), Some("предупреждение · employer-negativity/insult"));
    let lines: Vec<&str> = insult.data.split('\n').collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(
        lines[0].strip_prefix("«самодур <script>alert(1)</script> ]]>» — сказано «<b>{0}</b> [x](1) ]]>»: "),
        Some("%0A::error::, да и \u{FFFD}␛[2Jвсё\u{fffe}.")
    );
    // Over two lines columns mean nothing to GitHub.
    let long = &commands[8];
    assert_eq!((long.get("line"), long.get("endLine"), long.get("col")), (Some("2"), Some("3"), None));
    // A document has no lines.
    let word = &commands[5];
    assert_eq!((word.get("file"), word.get("line")), (Some("письма/слово.docx"), None));
    assert!(word.data.starts_with("Абзац 2, знак 11: незаполненное место."), "{}", word.data);
}

#[test]
fn the_worst_come_first_and_the_rest_is_counted() {
    let text = "слово";
    let many = |count: usize, severity| std::iter::repeat_n(diagnostic("vague/test", severity, Some(place(text, text))), count);
    let all = many(40, Severity::Hint).chain(many(12, Severity::Warning)).chain(many(11, Severity::Error)).collect();
    let run = Run { files: vec![checked("a.md", linted("answer", text, all))], ..Run::default() };
    let commands = commands(&run);
    let count = |name: &str| commands.iter().filter(|command| command.name == name).count();
    assert_eq!((count("error"), count("warning"), count("notice")), (10, 10, 10));
    assert!(commands[..10].iter().all(|command| command.name == "error"));
    let last = commands.last().unwrap();
    assert!(last.data.starts_with("Не показано: 1 ошибка, 2 предупреждения, 31 подсказка."), "{}", last.data);
}

#[test]
fn the_page_of_a_job_shows_texts_as_text() {
    let page = page(&hostile(), &Catalogue::default(), 100_000);
    assert!(page.starts_with("## Otvet: 5 файлов: 1 ошибка, 4 предупреждения, 2 подсказки · 1 файл чист · 2 файла не прочитаны"), "{page}");
    for hostile in ["<script>", "<b>", "\u{202e}", "\u{1b}", "[x](1)", "\r"] {
        assert!(!page.contains(hostile), "{hostile:?}\n{page}");
    }
    // Every row of a table has its cells and no more.
    for row in page.lines().filter(|line| line.starts_with('|')) {
        let bars = row.replace("\\|", "").matches('|').count();
        assert!(bars == 5 || bars == 4, "{row}");
    }
    assert!(page.contains("| ✓\u{a0}подтверждено | опыт \\| руководства &lt;b&gt;от двух лет&lt;/b&gt; | строка 2: «самодур» |"), "{page}");
    assert!(page.contains("- [x] кодовое слово «апельсин»") && page.contains("| весь текст |"), "{page}");
}

#[test]
fn a_page_too_long_for_github_says_so() {
    let file = |number: usize| {
        let found = vec![diagnostic("placeholder/bracket", Severity::Error, Some(place(HOSTILE, "[Имя]")))];
        checked(&format!("{number}.md"), linted("answer", HOSTILE, found))
    };
    let run = Run { files: (0..100).map(file).collect(), ..Run::default() };
    let page = page(&run, &Catalogue::default(), 5_000);
    assert!(page.len() < 5_200 && page.contains("Не поместилось: 8"), "{page}");
}
