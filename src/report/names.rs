//! The Russian names of what the report calls by ids.

use super::model::{AnswerKind, Direction, Label, QuantityEntry, Severity};
use crate::lexicon::ANSWER;

/// «ситуация», «задача»…
pub fn label(label: Label) -> &'static str {
    match label {
        Label::S => "ситуация",
        Label::T => "задача",
        Label::A => "действия",
        Label::R => "результат",
        Label::O => "прочее",
    }
}

/// The letter of the margin.
pub fn letter(label: Label) -> &'static str {
    match label {
        Label::S => "S",
        Label::T => "T",
        Label::A => "A",
        Label::R => "R",
        Label::O => "O",
    }
}

/// What brings a point of the checklist out: a question that will be asked (of a letter, that it must answer), or what to do.
pub fn probe(probe: &str, kind: &str) -> String {
    match (probe.ends_with('?'), kind) {
        (true, ANSWER) => format!("Спросят: «{probe}»"),
        (true, _) => format!("Ответьте в тексте: «{probe}»"),
        (false, _) => probe.to_string(),
    }
}

pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ошибка",
        Severity::Warning => "предупреждение",
        Severity::Hint => "подсказка",
    }
}

/// The forms after 1, 2 and 5.
pub fn severity_forms(severity: Severity) -> [&'static str; 3] {
    match severity {
        Severity::Error => ["ошибка", "ошибки", "ошибок"],
        Severity::Warning => ["предупреждение", "предупреждения", "предупреждений"],
        Severity::Hint => ["подсказка", "подсказки", "подсказок"],
    }
}

/// What one phrase of a type is: the caption under it.
pub fn finding(kind: &str) -> &'static str {
    match kind {
        "vague" => "общая фраза",
        "employer-negativity" => "негатив о работодателе",
        "other-negativity" => "негатив о людях",
        "filler" => "лишнее слово",
        "confidential" => "чужие или секретные данные",
        "personal-need" => "личная нужда как довод",
        "no-agency" => "не видно, что сделали вы",
        "placeholder" => "незаполненное место",
        "structure" => "строение ответа",
        "length" => "длина",
        "letter" => "письмо",
        _ => "замечание",
    }
}

pub fn answer_kind(kind: AnswerKind) -> &'static str {
    match kind {
        AnswerKind::Story => "случай из практики",
        AnswerKind::PseudoStory => "как бывает обычно, без отдельного случая",
        AnswerKind::Plan => "план: что было бы или будет сделано",
        AnswerKind::Opinion => "мнение",
        AnswerKind::SelfDescription => "рассказ о своих качествах",
        AnswerKind::Facts => "факты",
    }
}

/// What a grade from 1 to 5 means.
pub fn grade(grade: u8) -> &'static str {
    match grade {
        0 | 1 => "ответа нет или он вредит",
        2 => "слабо",
        3 => "приемлемо, есть пробелы",
        4 => "хорошо",
        _ => "отлично",
    }
}

/// What a measured result measures: «измерено: опоздания, снижение, за месяц».
pub fn measured(quantity: &QuantityEntry) -> String {
    let direction = quantity.direction.map(|direction| match direction {
        Direction::Up => "рост",
        Direction::Down => "снижение",
    });
    // The period may stand inside the phrase itself.
    let period = quantity.period.as_deref().filter(|period| !quantity.text.contains(period)).map(str::to_lowercase);
    // «Отток», «NPS»: the first word of a sentence is written small, an acronym is not.
    let acronym = |metric: &&str| metric.chars().nth(1).is_some_and(char::is_uppercase);
    let metric = quantity.metric.as_deref().map(|metric| if acronym(&metric) { metric.to_string() } else { lower_first(metric) });
    let known: Vec<&str> = [metric.as_deref(), direction, period.as_deref()].into_iter().flatten().collect();
    if known.is_empty() { "измерено".into() } else { format!("измерено: {}", known.join(", ")) }
}

/// The share of the first word alone: how a criterion, a rule or a message begins a sentence.
pub fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    let text = format!("{first}{}", chars.as_str());
    if text.ends_with(['.', '!', '?', '…']) || text.is_empty() { text } else { format!("{text}.") }
}

/// With a small first letter: how a criterion goes on inside a sentence.
pub fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
