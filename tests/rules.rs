//! `docs/rules.md` lists the rules of today: `UPDATE_README=1 cargo test --release --test rules` writes it anew.

use std::fmt::Write;
use std::path::Path;

use otvet::lexicon::Rule;
use otvet::report::{Severity, structure};
use otvet::{Lexicon, Options};

const FILE: &str = "docs/rules.md";

/// The types in the order in which the READMEs name them.
const TYPES: [(&str, &str); 9] = [
    ("vague", "Штамп или утверждение без факта"),
    ("employer-negativity", "Упрёк работодателю"),
    ("other-negativity", "Упрёк клиентам, коллегам, подчинённым"),
    ("filler", "Слова-паразиты, увёртки, небрежный тон"),
    ("confidential", "Чужие личные или секретные данные"),
    ("personal-need", "Личная нужда как довод"),
    ("no-agency", "Не видно, что сделал сам кандидат"),
    ("placeholder", "Незаполненное место"),
    ("letter", "Письмо и резюме"),
];

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ошибка",
        Severity::Warning => "предупреждение",
        Severity::Hint => "подсказка",
    }
}

fn page(lexicon: &Lexicon) -> String {
    let mut page = String::from(
        "# Правила\n\n\
         Составлено по `lexicons/rules/`; в тесте сверено с программой. Подробно о каждом правиле, с шаблонами: `otvet explain ПРАВИЛО`.\n\
         Выключить правило или сменить его степень: [lint-config.md](lint-config.md). Написать своё: [lexicons.md](lexicons.md).\n",
    );
    for (kind, title) in TYPES {
        let rules: Vec<&Rule> = lexicon.rules().iter().filter(|rule| rule.kind == kind).collect();
        let _ = write!(
            page,
            "\n## {title} (`{kind}`)\n\n| правило | степень | что не так | так — плохо | так — хорошо |\n|---|---|---|---|---|\n"
        );
        for rule in rules {
            let cell = |text: &str| text.replace('|', "\\|").replace('\n', " ").replace('<', "&lt;");
            let first = |examples: &[String]| examples.first().map_or(String::new(), |text| cell(text));
            let _ = writeln!(
                page,
                "| `{}` | {} | {} | {} | {} |",
                rule.id,
                severity(rule.severity),
                cell(&rule.message),
                first(&rule.bad),
                first(&rule.good)
            );
        }
    }
    page += "\n## Текст целиком (`structure`, `length`)\n\n| правило | степень | что не так |\n|---|---|---|\n";
    for rule in structure::RULES {
        let _ = writeln!(page, "| `{}` | {} | {} |", rule.id, severity(rule.severity), rule.message);
    }
    page
}

#[test]
fn the_page_of_rules_is_current() {
    let lexicon = Lexicon::load(&Options::default()).unwrap_or_else(|error| panic!("{error}"));
    let untold: Vec<&str> =
        lexicon.rules().iter().filter(|rule| !TYPES.iter().any(|(kind, _)| *kind == rule.kind)).map(|rule| rule.id.as_str()).collect();
    assert!(untold.is_empty(), "of no type that the page has: {untold:?}");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    let page = page(&lexicon);
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = written.lines().zip(page.lines()).position(|(written, page)| written != page);
    assert!(written == page, "{FILE}:{} is old: UPDATE_README=1 cargo test --release --test rules", differs.map_or(0, |line| line + 1));
}
