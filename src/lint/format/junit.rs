//! JUnit XML for build servers: a test suite a file; a test case a STAR part, a criterion and a type of findings.
//!
//! What fails the run by its severity fails its case; other findings are told in `system-out`, each once. A file that could not be checked
//! is an error.

use std::cmp::Reverse;
use std::io::{self, Write};

use otvet::report::{CriterionResult, Part, names, sanitize};
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
        let mut left: Vec<&Diagnostic> = linted.diagnostics.iter().collect();
        let mut cases = parts(path, linted, &mut left);
        cases.extend(criteria(path, linted, &mut left));
        // A case for each type that the rules know or a finding has.
        let mut types = self.catalogue.types();
        types.extend(left.iter().map(|diagnostic| diagnostic.kind.as_str()));
        types.sort_unstable();
        types.dedup();
        for kind in types {
            let found = take(&mut left, |diagnostic| diagnostic.kind == kind);
            cases.push(case(format!("нет замечаний: {} ({kind})", names::finding(kind)), path, linted, &found));
        }
        Suite { path: path.into(), cases }
    }
}

/// Take out what a case tells, so that no other tells it again.
fn take<'d>(left: &mut Vec<&'d Diagnostic>, wanted: impl Fn(&Diagnostic) -> bool) -> Vec<&'d Diagnostic> {
    let (taken, rest) = std::mem::take(left).into_iter().partition(|diagnostic| wanted(diagnostic));
    *left = rest;
    taken
}

/// The parts of a story that are there, and those whose lack is a finding: an answer that need be no story lacks none.
fn parts(path: &str, linted: &Linted, left: &mut Vec<&Diagnostic>) -> Vec<Case> {
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
        let found = take(left, |diagnostic| diagnostic.rule == rule);
        (part.present || !found.is_empty()).then(|| case(format!("часть {letter}: {name}"), path, linted, &found))
    };
    known.into_iter().filter_map(case).collect()
}

/// The criteria that are met, and those whose lack is a finding: it may be switched off.
fn criteria(path: &str, linted: &Linted, left: &mut Vec<&Diagnostic>) -> Vec<Case> {
    let case = |result: &CriterionResult| {
        let about = |diagnostic: &Diagnostic| {
            matches!(diagnostic.kind.as_str(), "letter" | "checklist")
                && diagnostic.rule.split_once('/').is_some_and(|(_, criterion)| criterion == result.id)
        };
        let found = if result.met { Vec::new() } else { take(left, about) };
        (result.met || !found.is_empty()).then(|| case(format!("критерий: {}", result.text), path, linted, &found))
    };
    linted.report.checklist.iter().filter_map(case).collect()
}

/// A case that fails if one of its findings fails the run; the others are told only.
fn case(name: String, path: &str, linted: &Linted, found: &[&Diagnostic]) -> Case {
    let fails = |diagnostic: &&Diagnostic| linted.fail_on.is_some_and(|least| diagnostic.severity >= least);
    let (grave, light): (Vec<&Diagnostic>, Vec<&Diagnostic>) = found.iter().copied().partition(fails);
    let told = |found: &[&Diagnostic]| found.iter().map(|diagnostic| explained(path, linted, diagnostic)).collect::<Vec<_>>().join("\n");
    let worst = grave.iter().max_by_key(|diagnostic| (diagnostic.severity, Reverse(diagnostic.place.map(|place| place.start))));
    let outcome = worst.map_or(Outcome::Passed, |worst| {
        let more = if grave.len() > 1 { format!(" (всего таких замечаний: {})", grave.len()) } else { String::new() };
        Outcome::Failed { kind: worst.rule.clone(), message: format!("{}{more}", place::quoted(linted, worst)), text: told(&grave) }
    });
    Case { name, outcome, notes: told(&light) }
}

/// A finding on lines of its own.
fn explained(path: &str, linted: &Linted, diagnostic: &Diagnostic) -> String {
    let pointer = place::pointer(path, linted.unit, diagnostic.place.as_ref());
    let severity = names::severity(diagnostic.severity);
    let mut said = format!("{pointer}: {severity}[{}] {}", diagnostic.rule, place::quoted(linted, diagnostic));
    for (name, text) in [("почему", &diagnostic.reason), ("лучше", &diagnostic.advice)] {
        if !text.is_empty() {
            said.push_str(&format!("\n  {name}: {}", sanitize::line(text)));
        }
    }
    said
}

fn broken(failure: &Failure) -> Suite {
    let text = format!("{}: {}\n{}", place::of_failure(failure), failure.message, failure.hint);
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
