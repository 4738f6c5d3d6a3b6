//! How a letter answers its vacancy: the table of the terminal and of Markdown.

use std::fmt::Write;

use otvet::report::{Quotes, Severity, markdown, plural, wrap};
use otvet::vacancy::{Coverage, Evidence, Status};

use super::Look;
use super::snippet::{Source, phrase};
use crate::lint::model::{Linted, Unit};

/// Quoted evidence is shortened to this many columns.
const QUOTE: usize = 70;
/// How many pieces of evidence are quoted.
const QUOTES: usize = 2;
/// Columns of the longest status.
const NAME: usize = 12;
const HEAD: &str = "Вакансия: ";

/// What a requirement's status is called.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Strong => "подтверждено",
        Status::Weak => "слабо",
        Status::Missing => "нет",
    }
}

/// «требования закрыты на 62 % (из 5: подтверждено — 3, слабо — 1, нет — 1)».
fn overview(found: &Coverage) -> String {
    let count = |wanted: Status| found.requirements.iter().filter(|requirement| requirement.status == wanted).count();
    let counts =
        [Status::Strong, Status::Weak, Status::Missing].map(|kind| (count(kind), kind)).into_iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, kind)| format!("{} — {count}", status(kind))).collect();
    if counts.is_empty() {
        return "требований в тексте вакансии не найдено".into();
    }
    format!("требования закрыты на {} (из {}: {})", plural::percent(found.coverage), found.requirements.len(), counts.join(", "))
}

/// For the terminal: each requirement with its status, the evidence below it.
pub fn table(found: &Coverage, linted: &Linted, source: &Source, look: Look) -> String {
    let palette = look.palette;
    let quotes = Quotes::new(&linted.text);
    let mut shown =
        wrap::hanging(HEAD, &overview(found), look.width).replacen(HEAD, &format!("{} ", palette.bold(HEAD.trim_end())), 1) + "\n";
    for requirement in &found.requirements {
        let paint = |text: &str| match requirement.status {
            Status::Strong => palette.good(text),
            Status::Weak => palette.severity(Severity::Warning, text),
            Status::Missing => palette.bad(text),
        };
        shown.push_str(&entry(sign(requirement.status), status(requirement.status), &requirement.text, look, paint));
        for place in requirement.evidence.iter().take(QUOTES) {
            let said = wrap::hanging(&" ".repeat(4 + NAME + 2), &said(place, linted, source, &quotes), look.width);
            shown.extend(said.lines().map(|line| palette.dim(line) + "\n"));
        }
    }
    if !found.asks.is_empty() {
        let _ = writeln!(shown, "{}", palette.bold("Вакансия просит написать:"));
        for ask in &found.asks {
            let paint = |text: &str| if ask.met { palette.good(text) } else { palette.bad(text) };
            shown.push_str(&entry(if ask.met { "✓" } else { "✗" }, met(ask.met), &ask.text, look, paint));
        }
    }
    shown
}

/// A sign, a name and what they are about.
fn entry(sign: &str, name: &str, text: &str, look: Look, paint: impl Fn(&str) -> String) -> String {
    let head = format!("{sign} {}", wrap::pad(name, NAME));
    let said = wrap::hanging(&format!("  {head}  "), text, look.width);
    said.replacen(&head, &paint(&head), 1) + "\n"
}

/// For Markdown: a table, and the list of what the vacancy asks for.
pub fn markdown(found: &Coverage, linted: &Linted) -> String {
    let source = Source::new(&linted.text);
    let quotes = Quotes::new(&linted.text);
    let mut shown = format!("Вакансия: {}\n\n", markdown::inline(&overview(found)));
    if !found.requirements.is_empty() {
        shown.push_str("| | требование | где в письме |\n|---|---|---|\n");
    }
    for requirement in &found.requirements {
        let evidence = requirement.evidence.iter().take(QUOTES);
        let evidence: Vec<String> = evidence.map(|place| markdown::inline(&said(place, linted, &source, &quotes))).collect();
        let status = format!("{}\u{a0}{}", sign(requirement.status), status(requirement.status));
        let _ = writeln!(shown, "| {status} | {} | {} |", markdown::inline(&requirement.text), evidence.join("<br>"));
    }
    if !found.asks.is_empty() {
        shown.push_str("\nВакансия просит написать:\n\n");
        for ask in &found.asks {
            let _ = writeln!(shown, "- [{}] {}", if ask.met { "x" } else { " " }, markdown::line(&ask.text));
        }
    }
    shown
}

fn met(met: bool) -> &'static str {
    if met { "есть" } else { "нет" }
}

fn sign(status: Status) -> &'static str {
    match status {
        Status::Strong => "✓",
        Status::Weak => "~",
        Status::Missing => "✗",
    }
}

/// «строка 5: «…»».
fn said(place: &Evidence, linted: &Linted, source: &Source, quotes: &Quotes) -> String {
    let unit = match linted.unit {
        Unit::Line => "строка",
        Unit::Paragraph => "абзац",
    };
    format!("{unit} {}: {}", source.line(place.start), phrase(quotes.get(place.start, place.end), QUOTE))
}
