//! Runs made by hand.

use otvet::document::{ByteOffset, LineIndex};
use otvet::report::{AnswerKind, CriterionResult, Part, Report, SCHEMA, Score, Severity, Star, Stats};
use otvet::vacancy::{Ask, Coverage, Evidence, Requirement, Status};

use crate::lint::model::{Checked, Diagnostic, Failure, Hidden, HiddenBy, Linted, Place, Run, Unit};

/// The text of the letter with everything in it that formats must escape.
pub const HOSTILE: &str = "Здравствуйте, [Имя]!\r\n\tУ прежнего 👨\u{200d}👩\u{200d}👧 за\u{301}мначальника: самодур <script>alert(1)</script> ]]> \
     %0A::error::x {0} [x](1) конец.\r\nС уважением,\u{202e} \u{1b}[31mИван\u{fffe}\r\n";

/// What the rules of hostile lexicons say.
pub const MESSAGE: &str = "сказано «<b>{0}</b> [x](1) ]]>»: %0A::error::, да\r\nи \u{202e}\u{1b}[2Jвсё\u{fffe}";

/// Two paths that nobody should use.
pub const CYRILLIC: &str = "письма/моя  сфера.md";
pub const WINDOWS: &str = "a\\b%0A,c:d.md";

/// The place of the first of such phrases.
pub fn place(text: &str, phrase: &str) -> Place {
    let index = LineIndex::new(text);
    let byte = text.find(phrase).unwrap();
    let end = byte + phrase.len();
    let (from, to) = (index.line_column(ByteOffset(byte)), index.line_column(ByteOffset(end)));
    Place {
        start: index.char_offset(ByteOffset(byte)).0,
        end: index.char_offset(ByteOffset(end)).0,
        line: from.line,
        column: from.column,
        end_line: to.line,
        end_column: to.column,
    }
}

pub fn diagnostic(rule: &str, severity: Severity, place: Option<Place>) -> Diagnostic {
    Diagnostic {
        rule: rule.into(),
        kind: rule.split('/').next().unwrap().into(),
        severity,
        message: "незаполненное место".into(),
        reason: "письмо выглядит чужим".into(),
        advice: "впишите имя".into(),
        place,
        replacement: None,
        fingerprint: format!("{:032x}", rule.len()),
    }
}

pub fn report(kind: &str) -> Report {
    let criterion = |id: &str, met| CriterionResult {
        id: id.into(),
        text: format!("критерий <{id}>"),
        met,
        why: "не видно ]]> случая".into(),
        evidence: Vec::new(),
        probe: Some("А что было?".into()),
    };
    Report {
        schema: SCHEMA,
        ruleset: "тест".into(),
        candidate: None,
        asked: None,
        source: None,
        id: None,
        kind: kind.into(),
        question_id: None,
        question: None,
        level: None,
        answer_kind: AnswerKind::Story,
        score: Score { total: 74, parts: Vec::new() },
        grade: 4,
        star: Star { s: Part { present: true, share: 1.0 }, ..Star::default() },
        segments: Vec::new(),
        quantities: Vec::new(),
        findings: Vec::new(),
        checklist: vec![criterion("one", true), criterion("two", false)],
        advice: Vec::new(),
        stats: Stats { words: 10, sentences: 1, speech_seconds: 5 },
    }
}

pub fn linted(kind: &str, text: &str, diagnostics: Vec<Diagnostic>) -> Linted {
    Linted {
        kind: kind.into(),
        guessed: true,
        text: text.into(),
        unit: Unit::Line,
        fail_on: Some(Severity::Warning),
        report: report(kind),
        diagnostics,
        vacancy: None,
        suppressed: 0,
        known: 0,
        outdated: 0,
        hidden: Vec::new(),
    }
}

pub fn checked(path: &str, linted: Linted) -> Checked {
    Checked { path: path.into(), outcome: Ok(linted) }
}

fn failure(path: &str) -> Failure {
    Failure {
        path: path.into(), message: "файла <нет> ]]>".into(), hint: "проверьте путь: 100%, да".into(), at: None
    }
}

fn coverage(text: &str) -> Coverage {
    let quote = place(text, "самодур");
    let requirement = |text: &str, status, evidence| Requirement { text: text.into(), start: 0, end: 5, status, evidence };
    let evidence = vec![Evidence { start: quote.start, end: quote.end }];
    Coverage {
        coverage: 0.5,
        requirements: vec![
            requirement("опыт | руководства <b>от двух лет</b>", Status::Strong, evidence.clone()),
            requirement("Zendesk", Status::Weak, evidence),
            requirement("английский язык", Status::Missing, Vec::new()),
        ],
        asks: vec![
            Ask { text: "кодовое слово «апельсин»".into(), start: 6, end: 9, met: true },
            Ask { text: "ожидания по зарплате".into(), start: 10, end: 12, met: false },
        ],
    }
}

/// Everything at once: an error, a warning and a hint with replacement, a finding about the whole text, a document of paragraphs, a
/// vacancy, a file that could not be read and one that was not there.
pub fn hostile() -> Run {
    let insult = Diagnostic {
        message: MESSAGE.into(),
        reason: MESSAGE.into(),
        advice: MESSAGE.into(),
        ..diagnostic("employer-negativity/insult", Severity::Warning, Some(place(HOSTILE, "самодур <script>alert(1)</script> ]]>")))
    };
    let cut = |phrase: &str, replacement: &str| Diagnostic {
        replacement: Some(replacement.into()),
        ..diagnostic("filler/word", Severity::Hint, Some(place(HOSTILE, phrase)))
    };
    let mut letter = linted(
        "cover-letter",
        HOSTILE,
        vec![
            diagnostic("placeholder/bracket", Severity::Error, Some(place(HOSTILE, "[Имя]"))),
            insult,
            cut("%0A", ""),
            cut("конец.\r\nС уважением", "{финал}"),
            diagnostic("structure/no-result", Severity::Warning, None),
        ],
    );
    letter.vacancy = Some(coverage(HOSTILE));
    letter.suppressed = 2;
    letter.known = 1;
    letter.hidden = vec![
        Hidden { diagnostic: diagnostic("vague/hidden", Severity::Warning, Some(place(HOSTILE, "[x](1)"))), by: HiddenBy::Suppression },
        Hidden { diagnostic: diagnostic("filler/word", Severity::Hint, None), by: HiddenBy::Baseline },
    ];
    let text = "Раз\nУ нас был самодур\n";
    let mut word = linted("answer", text, vec![diagnostic("suppression/unused", Severity::Warning, Some(place(text, "самодур")))]);
    word.unit = Unit::Paragraph;
    word.diagnostics.push(diagnostic("structure/no-task", Severity::Warning, None));
    word.guessed = false;
    Run {
        files: vec![
            checked(CYRILLIC, letter),
            checked(WINDOWS, linted("resume", "Вёл смену.", Vec::new())),
            checked("./письма/слово.docx", word),
            Checked { path: "/битый.md".into(), outcome: Err(failure("/битый.md")) },
        ],
        ruleset: "2026.1".into(),
        failures: vec![failure("нет такого.md")],
    }
}
