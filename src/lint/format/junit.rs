//! JUnit XML for build servers: a test suite a file; a test case a STAR part, a criterion and a type of findings.
//!
//! A part or criterion that is missing fails, so do errors and warnings; hints are told in `system-out`. A file that could not be
//! checked is an error.

use std::io::{self, Write};

use otvet::report::{Part, Severity, names, sanitize};
use quick_xml::Writer;
use quick_xml::events::BytesText;

use super::catalogue::Catalogue;
use super::{Format, place, xml};
use crate::lint::model::{Diagnostic, Failure, Linted, Run};

pub struct Junit<'l> {
    pub catalogue: Catalogue<'l>,
}

type Out<'o> = Writer<&'o mut dyn Write>;

/// A test suite.
struct Suite {
    path: String,
    cases: Vec<Case>,
}

/// A test case.
struct Case {
    name: String,
    outcome: Outcome,
    /// What is worth telling though it fails nothing.
    notes: String,
}

enum Outcome {
    Passed,
    Failed { kind: String, message: String, text: String },
    Error { message: String, text: String },
}

impl Format for Junit<'_> {
    fn write(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let files = run.files.iter().map(|file| match &file.outcome {
            Ok(linted) => self.suite(&file.path, linted),
            Err(failure) => broken(failure),
        });
        let suites: Vec<Suite> = files.chain(run.failures.iter().map(broken)).collect();
        let total = |count: fn(&Suite) -> usize| suites.iter().map(count).sum::<usize>();
        xml::document(out, |out| {
            let counts = [total(Suite::tests), total(Suite::failures), total(Suite::errors)].map(|count| count.to_string());
            out.create_element("testsuites")
                .with_attribute(("name", "otvet"))
                .with_attributes(["tests", "failures", "errors"].into_iter().zip(counts.iter().map(String::as_str)))
                .write_inner_content(|out| suites.iter().try_for_each(|suite| suite.write(out)))?;
            Ok(())
        })
    }
}

impl Junit<'_> {
    fn suite(&self, path: &str, linted: &Linted) -> Suite {
        let mut cases = parts(path, linted);
        cases.extend(criteria(path, linted));
        cases.extend(self.types(path, linted));
        Suite { path: path.into(), cases }
    }

    /// A case for each type that the rules know or a finding has.
    fn types(&self, path: &str, linted: &Linted) -> Vec<Case> {
        let mut types = self.catalogue.types();
        types.extend(linted.diagnostics.iter().map(|diagnostic| diagnostic.kind.as_str()));
        types.sort_unstable();
        types.dedup();
        types.into_iter().map(|kind| type_case(path, linted, kind)).collect()
    }
}

/// The parts of a story that are there, and those whose lack is a finding: an answer that need be no story lacks none.
fn parts(path: &str, linted: &Linted) -> Vec<Case> {
    if linted.kind != "answer" {
        return Vec::new();
    }
    let star = &linted.report.star;
    let known = [
        ("S", "ситуация", &star.s, "structure/no-situation"),
        ("T", "задача", &star.t, "structure/no-task"),
        ("A", "действия", &star.a, "structure/no-action"),
        ("R", "результат", &star.r, "structure/no-result"),
    ];
    let case = |(letter, name, part, rule): (&str, &str, &Part, &str)| {
        let grave = |diagnostic: &&Diagnostic| diagnostic.rule == rule && diagnostic.severity != Severity::Hint;
        let outcome = match linted.diagnostics.iter().find(grave) {
            Some(diagnostic) => {
                Outcome::Failed { kind: rule.into(), message: diagnostic.message.clone(), text: explained(path, linted, diagnostic) }
            }
            None if part.present => Outcome::Passed,
            None => return None,
        };
        Some(Case { name: format!("часть {letter}: {name}"), outcome, notes: String::new() })
    };
    known.into_iter().filter_map(case).collect()
}

fn criteria(path: &str, linted: &Linted) -> Vec<Case> {
    let case = |result: &otvet::report::CriterionResult| {
        let outcome = if result.met {
            Outcome::Passed
        } else {
            let probe = result.probe.as_ref().map(|probe| format!("\nСпросят: «{probe}»")).unwrap_or_default();
            let text = format!("{}: {}{probe}", place::path(path), names::sentence(&result.why));
            Outcome::Failed { kind: format!("criterion/{}", result.id), message: format!("не найдено: {}", result.text), text }
        };
        Case { name: format!("критерий: {}", result.text), outcome, notes: String::new() }
    };
    linted.report.checklist.iter().map(case).collect()
}

fn type_case(path: &str, linted: &Linted, kind: &str) -> Case {
    let found = || linted.diagnostics.iter().filter(|diagnostic| diagnostic.kind == kind);
    let (hints, grave): (Vec<&Diagnostic>, Vec<&Diagnostic>) = found().partition(|diagnostic| diagnostic.severity == Severity::Hint);
    let told = |found: &[&Diagnostic]| found.iter().map(|diagnostic| explained(path, linted, diagnostic)).collect::<Vec<_>>().join("\n");
    let worst = grave.iter().max_by_key(|diagnostic| (diagnostic.severity, std::cmp::Reverse(diagnostic.place.map(|place| place.start))));
    let outcome = worst.map_or(Outcome::Passed, |worst| {
        let more = if grave.len() > 1 { format!(" (всего таких замечаний: {})", grave.len()) } else { String::new() };
        Outcome::Failed { kind: worst.rule.clone(), message: format!("{}{more}", worst.message), text: told(&grave) }
    });
    Case { name: format!("нет замечаний: {} ({kind})", names::finding(kind)), outcome, notes: told(&hints) }
}

/// A finding on lines of its own.
fn explained(path: &str, linted: &Linted, diagnostic: &Diagnostic) -> String {
    let pointer = place::pointer(path, linted.unit, diagnostic.place.as_ref());
    let severity = names::severity(diagnostic.severity);
    let mut said = format!("{pointer}: {severity}[{}] {}", diagnostic.rule, sanitize::line(&diagnostic.message));
    for (name, text) in [("почему", &diagnostic.reason), ("лучше", &diagnostic.advice)] {
        if !text.is_empty() {
            said.push_str(&format!("\n  {name}: {}", sanitize::line(text)));
        }
    }
    said
}

fn broken(failure: &Failure) -> Suite {
    let text = format!("{}: {}\n{}", place::path(&failure.path), failure.message, failure.hint);
    let outcome = Outcome::Error { message: failure.message.clone(), text };
    Suite { path: failure.path.clone(), cases: vec![Case { name: "файл прочитан".into(), outcome, notes: String::new() }] }
}

impl Suite {
    fn tests(&self) -> usize {
        self.cases.len()
    }

    fn failures(&self) -> usize {
        self.cases.iter().filter(|case| matches!(case.outcome, Outcome::Failed { .. })).count()
    }

    fn errors(&self) -> usize {
        self.cases.iter().filter(|case| matches!(case.outcome, Outcome::Error { .. })).count()
    }

    fn write(&self, out: &mut Out) -> io::Result<()> {
        let name = xml::text(&place::path(&self.path));
        let counts = [self.tests(), self.failures(), self.errors()].map(|count| count.to_string());
        out.create_element("testsuite")
            .with_attribute(("name", name.as_str()))
            .with_attributes(["tests", "failures", "errors"].into_iter().zip(counts.iter().map(String::as_str)))
            .write_inner_content(|out| self.cases.iter().try_for_each(|case| case.write(out, &name)))?;
        Ok(())
    }
}

impl Case {
    fn write(&self, out: &mut Out, path: &str) -> io::Result<()> {
        let name = xml::text(&sanitize::line(&self.name));
        // Build servers split the class at its last dot: a file name keeps its own.
        let class = path.replace('.', "_");
        let element = out.create_element("testcase").with_attributes([
            ("name", name.as_str()),
            ("classname", class.as_str()),
            ("file", path),
            ("time", "0"),
        ]);
        if matches!(self.outcome, Outcome::Passed) && self.notes.is_empty() {
            element.write_empty()?;
            return Ok(());
        }
        element.write_inner_content(|out| {
            match &self.outcome {
                Outcome::Passed => {}
                Outcome::Failed { kind, message, text } => problem(out, "failure", kind, message, text)?,
                Outcome::Error { message, text } => problem(out, "error", "unreadable", message, text)?,
            }
            if !self.notes.is_empty() {
                out.create_element("system-out").write_text_content(BytesText::new(&xml::text(&self.notes)))?;
            }
            Ok(())
        })?;
        Ok(())
    }
}

fn problem(out: &mut Out, element: &str, kind: &str, message: &str, text: &str) -> io::Result<()> {
    let (kind, message) = (xml::text(&sanitize::line(kind)), xml::text(&sanitize::line(message)));
    out.create_element(element)
        .with_attributes([("message", message.as_str()), ("type", kind.as_str())])
        .write_text_content(BytesText::new(&xml::text(text)))?;
    Ok(())
}
