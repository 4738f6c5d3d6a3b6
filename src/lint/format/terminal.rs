//! For a person at a terminal: each finding with its place, the line with the phrase underlined, why it hurts and what to write instead.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::{self, Write};

use otvet::report::{Severity, names, sanitize, wrap};

use super::catalogue::Catalogue;
use super::snippet::{Frame, Source};
use super::totals::{Totals, aside};
use super::{Format, Look, coverage, place};
use crate::lint::model::{Diagnostic, Failure, Linted, Run};

/// In a run of more files those without findings are only counted.
const MOST_CLEAN: usize = 20;

pub struct Terminal<'l> {
    pub look: Look,
    pub catalogue: Catalogue<'l>,
}

impl Format for Terminal<'_> {
    fn write(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let few = run.files.len() <= MOST_CLEAN;
        let mut last = None;
        for file in &run.files {
            let (block, clean) = match &file.outcome {
                Ok(linted) if linted.diagnostics.is_empty() && linted.vacancy.is_none() => {
                    if !few {
                        continue;
                    }
                    (self.head(&file.path, linted), true)
                }
                Ok(linted) => (self.file(&file.path, linted), false),
                Err(failure) => (self.failure(failure), false),
            };
            // Files without findings come one after another, all else has air around it.
            let air = last.is_some_and(|last| !(last && clean));
            writeln!(out, "{}{}", if air { "\n" } else { "" }, block.trim_end())?;
            last = Some(clean);
        }
        for failure in &run.failures {
            writeln!(out, "{}{}", if last.is_some() { "\n" } else { "" }, self.failure(failure).trim_end())?;
            last = Some(false);
        }
        if last.is_some() {
            writeln!(out)?;
        }
        let brief = wrap::paragraph(&Totals::of(run).brief(), self.look.width).join("\n");
        writeln!(out, "{}", self.look.palette.bold(&brief))
    }
}

impl Terminal<'_> {
    /// All there is to say of a file.
    fn file(&self, path: &str, linted: &Linted) -> String {
        let source = Source::new(&linted.text);
        let mut blocks = vec![self.head(path, linted)];
        // A reason is read once; the next finding of the same rule needs only its place.
        let mut said = HashSet::new();
        for diagnostic in &linted.diagnostics {
            let first = said.insert((&diagnostic.rule, &diagnostic.reason, &diagnostic.advice));
            blocks.push(self.diagnostic(path, linted, &source, diagnostic, first));
        }
        if let Some(found) = &linted.vacancy {
            blocks.push(coverage::table(found, linted, &source, self.look));
        }
        blocks.join("\n")
    }

    /// What the file was taken for, and its score.
    fn head(&self, path: &str, linted: &Linted) -> String {
        let palette = self.look.palette;
        let path = place::path(path);
        let kind = sanitize::line(self.catalogue.kind(&linted.kind));
        let guessed = if linted.guessed { ", распознан" } else { "" };
        let score = format!("{} из 100, оценка {}: {}", linted.report.score.total, linted.report.grade, names::grade(linted.report.grade));
        let mut said = vec![format!("вид: {kind}{guessed}"), score];
        if linted.diagnostics.is_empty() {
            said.push("замечаний нет".into());
        }
        said.extend(aside(linted.suppressed, linted.known));
        let said = said.join(" · ");
        // A path is never broken: it is there to be copied.
        if sanitize::width(&path) + 3 + sanitize::width(&said) <= self.look.width {
            format!("{} · {said}\n", palette.bold(&path))
        } else {
            format!("{}\n{}\n", palette.bold(&path), wrap::hanging("  ", &said, self.look.width))
        }
    }

    fn diagnostic(&self, path: &str, linted: &Linted, source: &Source, diagnostic: &Diagnostic, first: bool) -> String {
        let palette = self.look.palette;
        let tag = format!("{}[{}]", names::severity(diagnostic.severity), sanitize::line(&diagnostic.rule));
        let mut shown = self.title(&tag, diagnostic.severity, &diagnostic.message);
        let gutter = diagnostic.place.map_or(1, |place| place.end_line.max(place.line).to_string().len());
        let arrow = palette.dim(&format!("{}-->", " ".repeat(gutter + 1)));
        let _ = writeln!(shown, "{arrow} {}", place::pointer(path, linted.unit, diagnostic.place.as_ref()));
        if let Some(place) = &diagnostic.place {
            let name = names::finding(&diagnostic.kind);
            // What the message says already, or what says nothing, is left out.
            let idle = name == names::finding("") || diagnostic.message.to_lowercase().starts_with(name);
            let caption = if idle { "" } else { name };
            let frame = Frame {
                width: self.look.width,
                caption,
                mark: &|text| palette.severity(diagnostic.severity, text),
                dim: &|text| palette.dim(text),
            };
            shown.push_str(&source.show(place, gutter, &frame));
        }
        let (reason, advice) = if first { (&*diagnostic.reason, &*diagnostic.advice) } else { ("", "") };
        let replacement = diagnostic.replacement.as_ref().map(|text| match text.trim() {
            "" => "убрать".to_string(),
            text => format!("«{text}»"),
        });
        for (name, said) in [("почему", reason), ("лучше", advice), ("замена", replacement.as_deref().unwrap_or_default())]
        {
            shown.push_str(&self.note(gutter, name, said));
        }
        shown
    }

    fn failure(&self, failure: &Failure) -> String {
        let mut shown = self.title("ошибка", Severity::Error, &failure.message);
        let _ = writeln!(shown, "{} {}", self.look.palette.dim("  -->"), place::of_failure(failure));
        shown + &self.note(1, "что делать", &failure.hint)
    }

    /// «предупреждение[rule]: message».
    fn title(&self, tag: &str, severity: Severity, message: &str) -> String {
        let palette = self.look.palette;
        let said = format!("{tag}: {}", sanitize::line(message));
        let mut lines = wrap::paragraph(&said, self.look.width.saturating_sub(2)).into_iter();
        let head = lines.next().unwrap_or_default();
        let mut shown = match head.strip_prefix(tag) {
            Some(rest) => format!("{}{}\n", palette.severity(severity, tag), palette.bold(rest)),
            None => format!("{head}\n"),
        };
        lines.for_each(|line| {
            let _ = writeln!(shown, "  {}", palette.bold(&line));
        });
        shown
    }

    /// «   = почему: …».
    fn note(&self, gutter: usize, name: &str, said: &str) -> String {
        if said.is_empty() {
            return String::new();
        }
        wrap::hanging(&format!("{} = {name}: ", " ".repeat(gutter + 1)), said, self.look.width) + "\n"
    }
}
