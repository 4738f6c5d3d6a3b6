//! What people read.

use otvet::report::{Palette, Severity, sanitize};
use otvet::vacancy::{Coverage, Requirement, Status};

use super::sample::{checked, diagnostic, hostile, linted, place};
use super::{FormatName, written};
use crate::lint::format::{Catalogue, Format, Look, terminal::Terminal};
use crate::lint::model::{Diagnostic, Failure, Run};

fn insult(text: &str) -> Diagnostic {
    Diagnostic {
        message: "оскорбительная оценка прежнего руководителя".into(),
        reason: "рекрутер услышит, как вы скажете о нём самом".into(),
        advice: "«ищу команду, где решения обсуждают»".into(),
        ..diagnostic("employer-negativity/insult", Severity::Warning, Some(place(text, "начальник был самодур")))
    }
}

#[test]
fn a_finding_shows_its_place_its_reason_and_a_way_out() {
    let text = "Здравствуйте!\r\n\r\nУ прежнего работодателя начальник был самодур, поэтому ищу новое место.\r\nВаш [Имя]\r\n";
    let blank = diagnostic("placeholder/bracket", Severity::Error, Some(place(text, "[Имя]")));
    let files = vec![
        checked("letters/chisto.md", linted("cover-letter", "Здравствуйте!", Vec::new())),
        checked("letters/sfera.md", linted("cover-letter", text, vec![insult(text), blank])),
    ];
    let missing =
        Failure { path: "net.md".into(), message: "файла нет".into(), hint: "проверьте путь".into(), at: None };
    let run = Run { files, failures: vec![missing], ..Run::default() };
    assert_eq!(
        written(FormatName::Terminal, &run),
        "\
letters/chisto.md
  вид: сопроводительное письмо, распознан · 74 из 100, оценка 4: хорошо · замечаний нет

letters/sfera.md · вид: сопроводительное письмо, распознан · 74 из 100, оценка 4: хорошо

предупреждение[employer-negativity/insult]: оскорбительная оценка прежнего руководителя
  --> letters/sfera.md:3:25
   |
 3 | У прежнего работодателя начальник был самодур, поэтому ищу новое место.
   |                         ^^^^^^^^^^^^^^^^^^^^^ негатив о работодателе
   = почему: рекрутер услышит, как вы скажете о нём самом
   = лучше: «ищу команду, где решения обсуждают»

ошибка[placeholder/bracket]: незаполненное место
  --> letters/sfera.md:4:5
   |
 4 | Ваш [Имя]
   |     ^^^^^
   = почему: письмо выглядит чужим
   = лучше: впишите имя

ошибка: файла нет
  --> net.md
   = что делать: проверьте путь

3 файла: 1 ошибка, 1 предупреждение · 1 файл чист · 1 файл не прочитан
"
    );
}

#[test]
fn a_reason_is_said_once_in_a_file() {
    let text = "начальник был самодур";
    let run = Run { files: vec![checked("a.md", linted("answer", text, vec![insult(text), insult(text)]))], ..Run::default() };
    let shown = written(FormatName::Terminal, &run);
    assert_eq!((shown.matches("= почему").count(), shown.matches("^ негатив").count()), (1, 2), "{shown}");
}

#[test]
fn many_clean_files_are_only_counted() {
    let file = |number| checked(&format!("{number}.md"), linted("answer", "Да.", Vec::new()));
    let run = Run { files: (0..22).map(file).collect(), ..Run::default() };
    assert_eq!(written(FormatName::Terminal, &run).trim(), "22 файла: замечаний нет");
    let run = Run { files: (0..2).map(file).collect(), ..Run::default() };
    assert_eq!(written(FormatName::Terminal, &run).lines().count(), 4);
}

#[test]
fn a_vacancy_is_a_table() {
    let mut letter = linted("cover-letter", "Вёл смену из 14 человек.", Vec::new());
    let requirement = |text: &str, status, evidence| Requirement { text: text.into(), start: 0, end: 1, status, evidence };
    letter.vacancy = Some(Coverage {
        coverage: 0.5,
        requirements: vec![
            requirement("опыт руководства", Status::Strong, vec![otvet::vacancy::Evidence { start: 0, end: 23 }]),
            requirement("английский язык", Status::Missing, Vec::new()),
        ],
        asks: vec![otvet::vacancy::Ask { text: "кодовое слово".into(), start: 2, end: 3, met: false }],
    });
    let shown = written(FormatName::Terminal, &Run { files: vec![checked("a.md", letter)], ..Run::default() });
    let table = &shown[shown.find("Вакансия").unwrap()..];
    assert_eq!(
        table,
        "\
Вакансия: требования закрыты на 50 % (из 2: подтверждено — 1, нет — 1)
  ✓ подтверждено  опыт руководства
                  строка 1: «Вёл смену из 14 человек»
  ✗ нет           английский язык
Вакансия просит написать:
  ✗ нет           кодовое слово

1 файл: замечаний нет
"
    );
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for width in [40, 60, 100] {
        let mut out = Vec::new();
        let terminal = Terminal { look: Look { width, palette: Palette::PLAIN }, catalogue: Catalogue::default() };
        terminal.write(&hostile(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        for line in text.lines().filter(|line| !line.contains("-->")) {
            assert!(sanitize::width(line) <= width, "{width} {line}\n{text}");
            assert_eq!(line, line.trim_end());
        }
    }
}

#[test]
fn concise_has_a_line_a_finding() {
    let shown = written(FormatName::Concise, &hostile());
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines.len(), 9, "{shown}");
    assert_eq!(lines[0], "письма/моя  сфера.md:1:15: ошибка[placeholder/bracket] «[Имя]» — незаполненное место");
    assert_eq!(lines[4], "письма/моя  сфера.md:1:1: предупреждение[structure/no-result] незаполненное место");
    assert_eq!(lines[7], "/битый.md:1:1: ошибка: файла <нет> ]]>; проверьте путь: 100%, да");
}

#[test]
fn numbers_have_their_endings() {
    let file =
        |severity, number: usize| checked(&format!("{number}.md"), linted("answer", "а", vec![diagnostic("vague/a", severity, None)]));
    let run = Run { files: (0..5).map(|number| file(Severity::Hint, number)).collect(), ..Run::default() };
    assert!(written(FormatName::Terminal, &run).ends_with("\n5 файлов: 5 подсказок\n"));
    assert_eq!(written(FormatName::Terminal, &Run::default()), "файлов для проверки нет\n");
}
