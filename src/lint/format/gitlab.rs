//! GitLab Code Quality: a JSON array of issues (the subset of the Code Climate format that GitLab reads).

use std::collections::HashMap;
use std::io::{self, Write};

use otvet::report::{Severity, json, names, sanitize};
use serde::Serialize;

use super::totals::failures;
use super::{Format, place};
use crate::lint::model::Run;

pub struct Gitlab;

#[derive(Serialize)]
struct Issue<'r> {
    description: String,
    check_name: &'r str,
    /// GitLab takes two issues of one fingerprint for one.
    fingerprint: String,
    severity: &'static str,
    location: Location<'r>,
}

#[derive(Serialize)]
struct Location<'r> {
    path: &'r str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

impl Format for Gitlab {
    fn write(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let mut fingerprints = Fingerprints::default();
        let mut issues = Vec::new();
        for failure in failures(run) {
            let said = [&failure.message, &failure.hint].map(|text| names::sentence(&sanitize::line(text))).join(" ");
            issues.push(Issue {
                description: said.trim_end().into(),
                check_name: "otvet/unreadable",
                fingerprint: fingerprints.unique(&failure.path, "unreadable"),
                severity: "blocker",
                location: failure.at.map_or_else(|| location(&failure.path, 1, 1), |(line, _)| location(&failure.path, line, line)),
            });
        }
        for (file, linted, diagnostic) in super::totals::findings(run) {
            let (begin, end) = diagnostic.place.map_or((1, 1), |place| (place.line, place.end_line.max(place.line)));
            let message =
                names::sentence(&place::with_paragraph(&place::quoted(linted, diagnostic), linted.unit, diagnostic.place.as_ref()));
            issues.push(Issue {
                description: format!("{message} {}", names::sentence(&sanitize::line(&diagnostic.advice))).trim_end().into(),
                check_name: &diagnostic.rule,
                fingerprint: fingerprints.unique(&file.path, &diagnostic.fingerprint),
                severity: match diagnostic.severity {
                    Severity::Error => "critical",
                    Severity::Warning => "major",
                    Severity::Hint => "info",
                },
                location: location(&file.path, begin, end),
            });
        }
        out.write_all(json::pretty(&issues).as_bytes())
    }
}

/// GitLab wants paths from the root of the repository, without «./».
fn location(path: &str, begin: usize, end: usize) -> Location<'_> {
    Location { path: place::relative(path), lines: Lines { begin, end } }
}

/// Fingerprints of which no two are the same: a phrase may stand in two files, or twice in one.
#[derive(Default)]
struct Fingerprints<'r>(HashMap<(&'r str, &'r str), usize>);

impl<'r> Fingerprints<'r> {
    fn unique(&mut self, path: &'r str, fingerprint: &'r str) -> String {
        let times = self.0.entry((path, fingerprint)).or_default();
        *times += 1;
        format!("{:032x}", fnv(&format!("{path}\0{fingerprint}\0{times}")))
    }
}

/// FNV-1a of 128 bits: the same on every machine and in every version.
fn fnv(text: &str) -> u128 {
    text.bytes().fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d, |hash, byte| {
        (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        // Of the reference vectors of the authors of FNV.
        assert_eq!(fnv(""), 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
        assert_eq!(fnv("a"), 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964);
    }
}
