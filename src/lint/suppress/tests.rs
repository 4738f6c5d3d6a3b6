use super::*;
use crate::lint::config::Catalogue;

fn catalogue() -> Catalogue {
    Catalogue::default().with(["vague/always-tried", "vague/self-label", "filler/as-if", "structure/no-result"].map(str::to_string))
}

/// Findings of `vague/self-label` at every «хам», of `filler/as-if` at every «как бы», and one about the whole text.
fn findings(text: &str) -> Vec<Diagnostic> {
    let lines = LineIndex::new(text);
    let at = |phrase: &'static str, rule: &'static str| {
        let lines = &lines;
        text.match_indices(phrase).map(move |(byte, found)| (rule, Some(place(lines, &(byte..byte + found.len())))))
    };
    let all = at("хам", "vague/self-label").chain(at("как бы", "filler/as-if")).chain([("structure/no-result", None)]);
    all.map(|(rule, place)| Diagnostic {
        rule: rule.into(),
        kind: rule.split('/').next().unwrap_or_default().into(),
        severity: Severity::Warning,
        message: String::new(),
        reason: String::new(),
        advice: String::new(),
        place,
        replacement: None,
        fingerprint: String::new(),
    })
    .collect()
}

/// What is left, as `rule@line`, and the notes as `rule@line:column message`.
fn left(text: &str, syntax: Syntax) -> (Vec<String>, Vec<String>) {
    let outcome = Suppressions::parse(text, syntax).apply(findings(text), text, &catalogue());
    let name = |one: &Diagnostic| format!("{}@{}", one.rule, one.place.map_or(0, |place| place.line));
    let note = |one: &Diagnostic| {
        let place = one.place.expect("a place");
        format!("{}@{}:{} {}", one.rule, place.line, place.column, one.message)
    };
    assert!(outcome.notes.iter().all(|note| note.fingerprint.len() == 32 && !note.advice.is_empty()));
    (outcome.kept.iter().map(name).collect(), outcome.notes.iter().map(note).collect())
}

fn kept(text: &str) -> Vec<String> {
    let (kept, notes) = left(text, Syntax::Markdown);
    assert_eq!(notes, Vec::<String>::new(), "{text}");
    kept.into_iter().filter(|one| !one.starts_with("structure")).collect()
}

#[test]
fn nothing_is_switched_off_by_itself() {
    assert_eq!(left("хам\nкак бы", Syntax::Markdown).0, ["vague/self-label@1", "filler/as-if@2", "structure/no-result@0"]);
    assert!(Suppressions::parse("<!-- о чём угодно -->", Syntax::Markdown).is_empty());
}

#[test]
fn the_next_line() {
    let none: [&str; 0] = [];
    assert_eq!(kept("<!-- otvet-disable-next-line vague/self-label -->\nхам\nхам"), ["vague/self-label@3"]);
    // Blank lines and other directives are stepped over; a type names all its rules; CRLF.
    assert_eq!(kept("<!-- otvet-disable-next-line vague -->\r\n\r\n<!-- otvet-disable-next-line filler -->\r\n\r\nхам как бы"), none);
    assert_eq!(kept("> <!-- otvet-disable-next-line -- цитата -->\nхам как бы"), none);
    assert_eq!(kept("<!--\n  otvet-disable-next-line\n  vague,filler\n  -- причина\n-->\nхам как бы"), none);
}

#[test]
fn this_line() {
    assert_eq!(kept("хам <!-- otvet-disable-line vague -->\nхам"), ["vague/self-label@2"]);
}

#[test]
fn blocks() {
    let text = "хам\n<!-- otvet-disable vague/self-label -->\nхам как бы\n<!-- otvet-enable vague/self-label -->\nхам";
    assert_eq!(kept(text), ["vague/self-label@1", "vague/self-label@5", "filler/as-if@3"]);
    // Without an end: to the end of the text. `enable` without a name ends all; the type ends its rule.
    assert_eq!(kept("хам\n<!-- otvet-disable vague -->\nхам\n\nхам"), ["vague/self-label@1"]);
    assert_eq!(kept("<!-- otvet-disable vague -->\nхам\n<!-- otvet-enable -->\nхам"), ["vague/self-label@4"]);
    assert_eq!(kept("<!-- otvet-disable vague/self-label -->\nхам\n<!-- otvet-enable vague -->\nхам"), ["vague/self-label@4"]);
    assert_eq!(kept("<!-- otvet-disable vague -->\nхам\n<!-- otvet-enable vague/self-label -->\nхам"), ["vague/self-label@4"]);
    assert_eq!(kept("<!-- otvet-disable -->\nхам\n<!-- otvet-enable -->\nхам"), ["vague/self-label@4"]);
}

#[test]
fn the_file() {
    let (kept, notes) = left("хам\n<!-- otvet-disable-file vague, structure/no-result -- черновик -->\nхам как бы", Syntax::Markdown);
    assert_eq!((kept, notes), (vec!["filler/as-if@3".to_string()], Vec::new()));
    assert!(left("<!-- otvet-disable-file -->\nхам как бы", Syntax::Markdown).0.is_empty());
}

#[test]
fn plain_text_has_lines() {
    for mark in ["#", "//", "%", "\u{feff}# ", "  #"] {
        let text = format!("{mark} otvet-disable-next-line vague -- цитата\nхам\nхам");
        assert_eq!(left(&text, Syntax::Text).0[0], "vague/self-label@3", "{mark}");
        assert_eq!(left(&text, Syntax::Text).0.len(), 2, "{mark}");
    }
    assert_eq!(left("<!-- otvet-disable-file vague -->\nхам", Syntax::Text).0, ["structure/no-result@0"]);
    // In Markdown such a line is a heading or prose; words alone are no directive.
    assert_eq!(left("# otvet-disable-next-line vague\nхам", Syntax::Markdown).0.len(), 2);
    assert_eq!(left("otvet-disable-file vague\nхам", Syntax::Text).0.len(), 2);
}

#[test]
fn code_holds_no_directives() {
    for text in [
        "```html\n<!-- otvet-disable-file vague -->\n```\nхам",
        "~~~~\n~~~\n<!-- otvet-disable-file vague -->\n~~~~\nхам",
        "пишут `<!-- otvet-disable-file vague -->` так\nхам",
    ] {
        assert_eq!(kept(text).len(), 1, "{text}");
    }
    assert_eq!(kept("```\nкод\n```\n<!-- otvet-disable-file vague -->\nхам").len(), 0);
}

#[test]
fn unknown_names_are_said_with_what_was_meant() {
    let text = "<!-- otvet-disable-next-line vage, vague/self-lable -->\nхам\n<!-- otvet-disabel-line vague -->";
    let (kept, notes) = left(text, Syntax::Markdown);
    assert_eq!(kept.len(), 2);
    assert_eq!(
        notes,
        [
            "suppression/unknown@1:30 правила «vage» нет",
            "suppression/unknown@1:36 правила «vague/self-lable» нет",
            "suppression/unknown@3:1 команды «otvet-disabel-line» нет",
        ]
    );
    let outcome = Suppressions::parse(text, Syntax::Markdown).apply(Vec::new(), text, &catalogue());
    let advice: Vec<&str> = outcome.notes.iter().map(|note| note.advice.as_str()).collect();
    assert_eq!(
        advice,
        [
            "Возможно, вы имели в виду vague.",
            "Возможно, вы имели в виду vague/self-label.",
            "Возможно, вы имели в виду otvet-disable-line."
        ]
    );
    assert!(outcome.notes.iter().all(|note| note.severity == Severity::Warning && note.kind == "suppression"));
}

#[test]
fn unused_ones_are_said() {
    let notes = |text: &str| left(text, Syntax::Markdown).1;
    assert_eq!(
        notes("<!-- otvet-disable-next-line vague, filler -->\nхам"),
        ["suppression/unused@1:37 отключать нечего: замечаний filler здесь нет"]
    );
    assert_eq!(notes("<!-- otvet-disable-line -->\nхам"), ["suppression/unused@1:1 отключать нечего: здесь нет замечаний"]);
    assert_eq!(
        notes("хам\n<!-- otvet-disable-next-line vague -->"),
        ["suppression/unused@2:30 отключать нечего: замечаний vague здесь нет"]
    );
    assert_eq!(
        notes("хам\n<!-- otvet-disable structure -->"),
        ["suppression/unused@2:20 пометка не отключает structure: нужна otvet-disable-file"]
    );
    assert_eq!(notes("хам\n<!-- otvet-enable vague -->"), ["suppression/unused@2:19 включать нечего: выше ничего не отключено"]);
}

#[test]
fn the_whole_text_needs_the_file_form() {
    let text = "<!-- otvet-disable-next-line structure -->\nтекст";
    let outcome = Suppressions::parse(text, Syntax::Markdown).apply(findings(text), text, &catalogue());
    assert_eq!(outcome.kept.len(), 1);
    assert_eq!(outcome.notes[0].advice, "Замечание ко всему тексту отключает <!-- otvet-disable-file structure -->.");
}

#[test]
fn directives_know_their_bytes() {
    let text = "хам\n# otvet-disable-file vague -- как бы\nещё <!-- otvet-enable -->!\r\n";
    let suppressions = Suppressions::parse(text, Syntax::Text);
    let parts: Vec<&str> = suppressions.ranges().iter().map(|range| &text[range.clone()]).collect();
    assert_eq!(parts, ["# otvet-disable-file vague -- как бы", "<!-- otvet-enable -->"]);
}

#[test]
fn other_formats_bring_their_comments() {
    let place = |line: usize, start: usize| Place { start, end: start, line, column: 1, end_line: line, end_column: 1 };
    let text = "хам\nхам\nхам";
    let comments = [
        Comment { body: " otvet-disable-next-line vague -- x ", place: place(1, 3), next: 2 },
        Comment { body: " прочее ", place: place(2, 7), next: 3 },
    ];
    let outcome = Suppressions::of_comments(comments).apply(findings(text), text, &catalogue());
    let lines: Vec<usize> = outcome.kept.iter().filter_map(|one| one.place).map(|place| place.line).collect();
    assert_eq!((lines, outcome.suppressed.len(), outcome.notes.len()), (vec![1, 3], 1, 0));
}

#[test]
fn broken_comments_do_no_harm() {
    for text in [
        "<!-- otvet-disable-file",
        "<!--otvet--->",
        "<!-->otvet-",
        "<!-- otvet- -->",
        "<!-- otvet-disable-file -- -->",
        "# otvet-",
        "`<!-- otvet-",
    ] {
        for syntax in [Syntax::Markdown, Syntax::Text] {
            let _ = Suppressions::parse(text, syntax).apply(findings(text), text, &catalogue());
        }
    }
    // No space before the marks.
    assert!(left("<!--otvet-disable-file vague-->\nхам", Syntax::Markdown).0.len() == 1);
}

proptest::proptest! {
    #[test]
    fn any_text_can_be_read(parts in proptest::collection::vec(proptest::sample::select(vec![
        "<!--", "-->", " otvet-disable", "-next-line", "-file", " vague", ",", " -- ", "\n", "\r", "`", "```", "# ", "ё", "🦔", " хам ", "otvet-enable",
    ]), 0..40)) {
        let text: String = parts.concat();
        for syntax in [Syntax::Markdown, Syntax::Text] {
            let suppressions = Suppressions::parse(&text, syntax);
            // Each is a piece of the text, one after another.
            proptest::prop_assert!(suppressions.ranges().iter().all(|range| text.get(range.clone()).is_some()));
            proptest::prop_assert!(suppressions.ranges().is_sorted_by(|one, other| one.end <= other.start));
            let all = findings(&text);
            let outcome = suppressions.apply(all.clone(), &text, &catalogue());
            proptest::prop_assert_eq!(outcome.kept.len() + outcome.suppressed.len(), all.len());
        }
    }
}
