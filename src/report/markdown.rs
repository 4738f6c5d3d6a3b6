//! A report as Markdown, for a file or a comment of a pull request. What the writer wrote is escaped: it stays text.

use std::fmt::Write;

use super::format::{Format, Page, Quotes};
use super::model::{Finding, Label, Report, Role};
use super::{names, plural, sanitize};

/// A quoted phrase is shortened to this many columns.
const QUOTE: usize = 120;

/// The Markdown format (CommonMark with the tables and task lists of GitHub).
#[derive(Debug, Clone, Copy)]
pub struct Markdown;

impl Format for Markdown {
    fn render(&self, page: &Page) -> String {
        let report = page.report;
        let quotes = Quotes::new(page.text);
        let mut shown = head(report, page.title);
        shown.push_str(&text(report, &quotes));
        shown.push_str(&checklist(report, &quotes));
        shown.push_str(&findings(report, &quotes));
        shown.push_str(&advice(report));
        shown.push_str(&score(report));
        shown
    }
}

fn head(report: &Report, title: &str) -> String {
    let mut shown = format!("## {}\n\n", line(title));
    let _ = writeln!(shown, "**{} из 100** · оценка {} из 5: {}\n", report.score.total, report.grade, names::grade(report.grade));
    let star = &report.star;
    let parts = [(Label::S, &star.s), (Label::T, &star.t), (Label::A, &star.a), (Label::R, &star.r)];
    let shares = parts.map(|(label, part)| {
        let share = if part.present { plural::percent(part.share) } else { "нет".into() };
        format!("**{}** {} {share}", names::letter(label), names::label(label))
    });
    let _ = writeln!(shown, "{}\n", shares.join(" · "));
    let words = plural::count(report.stats.words, ["слово", "слова", "слов"]);
    if report.kind == "answer" {
        let spoken = plural::duration(report.stats.speech_seconds);
        let _ = writeln!(shown, "{words}, вслух около {spoken}; {}\n", names::answer_kind(report.answer_kind));
    } else {
        let _ = writeln!(shown, "{words}\n");
    }
    shown
}

/// The text, part by part, and what is measured in it.
fn text(report: &Report, quotes: &Quotes) -> String {
    let mut shown = String::from("### Текст по частям\n\n");
    for segment in &report.segments {
        let lines: Vec<String> =
            sanitize::block(quotes.get(segment.start, segment.end)).lines().map(line).filter(|line| !line.is_empty()).collect();
        if !lines.is_empty() {
            let _ = writeln!(shown, "> **{}** {}\n>", names::letter(segment.label), lines.join("\\\n> "));
        }
    }
    if shown.ends_with("\n>\n") {
        shown.truncate(shown.len() - 2);
    }
    shown.push('\n');
    let measured: Vec<_> = report.quantities.iter().filter(|quantity| quantity.role == Role::Outcome).collect();
    if !measured.is_empty() {
        for quantity in measured {
            let _ = writeln!(shown, "- {} — {}", quoted(&quantity.text), inline(&names::measured(quantity)));
        }
        shown.push('\n');
    }
    shown
}

fn checklist(report: &Report, quotes: &Quotes) -> String {
    if report.checklist.is_empty() {
        return String::new();
    }
    let met = report.checklist.iter().filter(|result| result.met).count();
    let mut shown = format!("### Чек-лист: {met} из {}\n\n", report.checklist.len());
    for result in &report.checklist {
        let text = line(&result.text);
        if result.met {
            let evidence: Vec<String> = result.evidence.iter().take(3).map(|place| quoted(quotes.get(place.start, place.end))).collect();
            let evidence = if evidence.is_empty() { String::new() } else { format!(" — {}", evidence.join(", ")) };
            let _ = writeln!(shown, "- [x] {text}{evidence}");
        } else {
            let probe =
                result.probe.as_deref().map(|probe| format!(" *{}*", inline(&names::probe(probe, &report.kind)))).unwrap_or_default();
            let _ = writeln!(shown, "- [ ] {text}: {}.{probe}", inline(&result.why));
        }
    }
    shown.push('\n');
    shown
}

fn findings(report: &Report, quotes: &Quotes) -> String {
    if report.findings.is_empty() {
        return String::new();
    }
    let mut findings: Vec<&Finding> = report.findings.iter().collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let mut shown = String::from("### Замечания\n\n");
    for finding in findings {
        let severity = names::severity(finding.severity);
        let place = finding
            .place
            .map(|place| format!(" {} (строка {}, столбец {})", quoted(quotes.get(place.start, place.end)), place.line, place.column));
        let _ = writeln!(
            shown,
            "- **{severity}**{}: {} `{}`\\",
            place.unwrap_or_default(),
            inline(&finding.message),
            finding.rule.replace('`', "")
        );
        let _ = writeln!(shown, "  Почему: {}\\", inline(&finding.reason));
        let _ = writeln!(shown, "  Лучше: {}", inline(&finding.advice));
    }
    shown.push('\n');
    shown
}

fn advice(report: &Report) -> String {
    if report.advice.is_empty() {
        return String::new();
    }
    let mut shown = String::from("### Что изменить сначала\n\n");
    for (index, advice) in report.advice.iter().enumerate() {
        let _ = writeln!(shown, "{}. {}", index + 1, line(advice));
    }
    shown.push('\n');
    shown
}

fn score(report: &Report) -> String {
    let mut shown = String::from("### Из чего сложилась оценка\n\n| | баллы | почему |\n|---|---|---|\n");
    for part in &report.score.parts {
        let _ = writeln!(shown, "| {} | {} из {} | {} |", inline(&part.title), part.points, part.max, inline(&part.why.join("; ")));
    }
    let _ = writeln!(shown, "\nПравила {}", inline(&report.ruleset));
    shown
}

/// A phrase of the writer in quotation marks, shortened and escaped.
pub fn quoted(text: &str) -> String {
    format!("«{}»", escape(&sanitize::short(text, QUOTE), false))
}

/// A text on a line of its own, escaped.
pub fn line(text: &str) -> String {
    escape(&sanitize::line(text), true)
}

/// A text inside a line, escaped.
pub fn inline(text: &str) -> String {
    escape(&sanitize::line(text), false)
}

/// Markdown and HTML signs as the characters they are; mentions and references to issues are broken up.
fn escape(text: &str, mut begins: bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    // A number at the beginning of a line may turn it into a list.
    let mut number = begins;
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            // GitHub makes links of these after it has read the Markdown; an empty comment parts them.
            '@' | '#' if next.is_some_and(char::is_alphanumeric) => {
                if begins && c == '#' {
                    escaped.push('\\');
                }
                escaped.push(c);
                escaped.push_str("<!-- -->");
            }
            ':' if next == Some('/') => escaped.push_str(":<!-- -->"),
            '.' if next.is_some_and(char::is_alphanumeric) && escaped.ends_with("www") => escaped.push_str("<!-- -->."),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => {
                escaped.push('\\');
                escaped.push(c);
            }
            // Only at the beginning do these make a heading, a list or a rule.
            '#' | '+' | '-' | '=' if begins => {
                escaped.push('\\');
                escaped.push(c);
            }
            '.' | ')' if number && !begins => {
                escaped.push('\\');
                escaped.push(c);
            }
            _ => escaped.push(c),
        }
        number &= c.is_ascii_digit();
        begins = false;
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        for (text, shown) in [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("[ссылка](https://пример.рф)", "\\[ссылка\\](https:<!-- -->//пример.рф)"),
            ("**важно** `код` a_b", "\\*\\*важно\\*\\* \\`код\\` a\\_b"),
            ("@ivan, см. #12", "@<!-- -->ivan, см. #<!-- -->12"),
            ("# заголовок", "\\# заголовок"),
            ("#12", "\\#<!-- -->12"),
            ("- пункт", "\\- пункт"),
            ("1. пункт", "1\\. пункт"),
            ("рост 1.5 раза - и все", "рост 1.5 раза - и все"),
            ("а | б", "а \\| б"),
            ("www.пример.рф", "www<!-- -->.пример.рф"),
            ("раз\nдва", "раз два"),
        ] {
            assert_eq!(line(text), shown);
        }
    }
}
