//! The page of a job, in the Markdown of GitHub: for the file that `GITHUB_STEP_SUMMARY` names. It holds what annotations have no room
//! for. What writers wrote stays text.

use std::cmp::Reverse;
use std::fmt::Write;

use otvet::Lexicon;
use otvet::report::{Quotes, Severity, markdown, names, plural};

use super::catalogue::Catalogue;
use super::totals::{Totals, failures};
use super::{coverage, place};
use crate::lint::model::{Checked, Diagnostic, Linted, Run, Unit};

/// GitHub refuses a page over 1 MiB; what follows is counted.
const MOST_BYTES: usize = 900 * 1024;

/// The page: totals, files that could not be read, findings by file (the worst files first), vacancies.
pub fn summary_markdown(run: &Run, lexicon: &Lexicon) -> String {
    page(run, &Catalogue::of(lexicon), MOST_BYTES)
}

pub(super) fn page(run: &Run, catalogue: &Catalogue, most: usize) -> String {
    let mut page = format!("## Otvet: {}\n\n", markdown::inline(&Totals::of(run).brief()));
    let failed: Vec<_> = failures(run).collect();
    if !failed.is_empty() {
        page.push_str("### Не проверено\n\n");
        for failure in failed {
            let said = [&failure.message, &failure.hint].map(|text| names::sentence(&markdown::inline(text))).join(" ");
            let _ = writeln!(page, "- {}: {}", code(&failure.path), said.trim_end());
        }
        page.push('\n');
    }
    let mut files: Vec<(&Checked, &Linted)> = run.files.iter().filter_map(|file| Some((file, file.outcome.as_ref().ok()?))).collect();
    files.retain(|(_, linted)| !linted.diagnostics.is_empty() || linted.vacancy.is_some());
    files.sort_by_key(|(_, linted)| Reverse(weight(linted)));
    let mut left = files.len();
    for (file, linted) in files {
        let section = section(file, linted, catalogue);
        if page.len() + section.len() > most {
            let _ = writeln!(page, "Не поместилось: {}.", plural::count(left, ["файл", "файла", "файлов"]));
            break;
        }
        page.push_str(&section);
        left -= 1;
    }
    let _ = writeln!(page, "Правила {}", markdown::inline(&run.ruleset));
    page
}

/// What makes a file come before another: its errors, then its warnings, then its hints.
fn weight(linted: &Linted) -> [usize; 3] {
    [Severity::Error, Severity::Warning, Severity::Hint]
        .map(|severity| linted.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count())
}

fn section(file: &Checked, linted: &Linted, catalogue: &Catalogue) -> String {
    let mut section = format!("### {}\n\n", code(&file.path));
    let kind = markdown::inline(catalogue.kind(&linted.kind));
    let guessed = if linted.guessed { ", распознан" } else { "" };
    let (score, grade) = (linted.report.score.total, linted.report.grade);
    let _ = writeln!(section, "Вид: {kind}{guessed} · **{score} из 100**, оценка {grade}: {}\n", names::grade(grade));
    if !linted.diagnostics.is_empty() {
        section.push_str("| место | степень | что | лучше |\n|---|---|---|---|\n");
        let quotes = Quotes::new(&linted.text);
        for diagnostic in &linted.diagnostics {
            section.push_str(&row(linted, diagnostic, &quotes));
        }
        section.push('\n');
    }
    if let Some(found) = &linted.vacancy {
        section.push_str(&coverage::markdown(found, linted));
        section.push('\n');
    }
    section
}

fn row(linted: &Linted, diagnostic: &Diagnostic, quotes: &Quotes) -> String {
    let place = match (&diagnostic.place, linted.unit) {
        (Some(place), Unit::Line) => format!("{}:{}", place.line, place.column),
        (Some(place), Unit::Paragraph) => format!("абзац\u{a0}{}", place.line),
        (None, _) => "весь текст".into(),
    };
    let quote = diagnostic.place.map(|place| quotes.get(place.start, place.end)).filter(|quote| !diagnostic.message.contains(quote));
    let quote = quote.map(|quote| markdown::quoted(quote) + " — ").unwrap_or_default();
    let (message, rule) = (markdown::inline(&diagnostic.message), code(&diagnostic.rule));
    let severity = names::severity(diagnostic.severity);
    format!("| {place} | {severity} | {quote}{message} {rule} | {} |\n", markdown::inline(&diagnostic.advice))
}

/// A text as code that nothing ends before its end: in a table too.
fn code(text: &str) -> String {
    let text = place::path(text);
    if text.contains(['`', '|']) { markdown::inline(&text) } else { format!("`{text}`") }
}
