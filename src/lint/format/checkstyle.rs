//! The XML of Checkstyle, which build servers and review bots read: a `file` each, an `error` a finding.

use std::io::{self, Write};

use otvet::report::{Severity, names};
use quick_xml::Writer;

use super::{Format, place, xml};
use crate::lint::model::{Diagnostic, Failure, Linted, Run};

/// The version of the layout, as Checkstyle 8 and later write it.
const VERSION: &str = "8.0";

pub struct Checkstyle;

type Out<'o> = Writer<&'o mut dyn Write>;

impl Format for Checkstyle {
    fn write(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        xml::document(out, |out| {
            out.create_element("checkstyle").with_attribute(("version", VERSION)).write_inner_content(|out| {
                for file in &run.files {
                    match &file.outcome {
                        Ok(linted) => element(out, &file.path, |out| {
                            linted.diagnostics.iter().try_for_each(|diagnostic| finding(out, linted, diagnostic))
                        })?,
                        Err(failure) => failed(out, failure)?,
                    }
                }
                run.failures.iter().try_for_each(|failure| failed(out, failure))
            })?;
            Ok(())
        })
    }
}

fn element(out: &mut Out, path: &str, body: impl FnOnce(&mut Out) -> io::Result<()>) -> io::Result<()> {
    let path = xml::text(&place::path(path));
    out.create_element("file").with_attribute(("name", path.as_str())).write_inner_content(body)?;
    Ok(())
}

fn finding(out: &mut Out, linted: &Linted, diagnostic: &Diagnostic) -> io::Result<()> {
    let (line, column) = diagnostic.place.map_or((1, 1), |place| (place.line, place.column));
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "info",
    };
    let message = names::sentence(&place::with_paragraph(&place::quoted(linted, diagnostic), linted.unit, diagnostic.place.as_ref()));
    error(out, (line, column), severity, &format!("{message} {}", names::sentence(&diagnostic.advice)), &diagnostic.rule)
}

fn failed(out: &mut Out, failure: &Failure) -> io::Result<()> {
    let said = format!("{} {}", names::sentence(&failure.message), names::sentence(&failure.hint));
    element(out, &failure.path, |out| error(out, failure.at.unwrap_or((1, 1)), "error", &said, "unreadable"))
}

fn error(out: &mut Out, (line, column): (usize, usize), severity: &str, message: &str, rule: &str) -> io::Result<()> {
    let (line, column) = (line.to_string(), column.to_string());
    let (message, source) = (xml::text(&otvet::report::sanitize::line(message)), xml::text(&format!("otvet.{rule}")));
    let attributes = [
        ("line", line.as_str()),
        ("column", column.as_str()),
        ("severity", severity),
        ("message", message.as_str()),
        ("source", source.as_str()),
    ];
    out.create_element("error").with_attributes(attributes).write_empty()?;
    Ok(())
}
