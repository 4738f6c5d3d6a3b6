//! Suppressions: what the writer switched off in the file itself.
//!
//! ```text
//! <!-- otvet-disable-next-line vague/self-label, filler -- цитата -->
//! <!-- otvet-disable-line RULE -->   <!-- otvet-disable-file RULE -->
//! <!-- otvet-disable RULE -->  …  <!-- otvet-enable RULE -->
//! ```
//!
//! In plain text a line that begins with `# otvet-…`, `// otvet-…` or `% otvet-…` does the same. A rule is named by its id
//! or by its type; without a name every rule is meant. The reason stands after ` -- ` (a dash will do).
//!
//! The order of use: [`Suppressions::parse`] → blank [`Suppressions::ranges`] where the reader of the format does not drop
//! comments itself → check → [`Suppressions::apply`] → the settings of the config (so that a rule the config switches off is
//! not called an unused suppression).

use std::ops::Range;

use otvet::document::{ByteOffset, LineIndex};
use otvet::report::structure::{self, WholeRule};
use otvet::report::{Severity, names};
use otvet::suggest::nearest;

use super::config::{Catalogue, belongs};
use super::fingerprint::fingerprints;
use super::model::{Diagnostic, Place};
use super::source::tex_comment;

/// A suppression names what does not exist.
const UNKNOWN: WholeRule = WholeRule {
    id: "suppression/unknown",
    severity: Severity::Warning,
    message: "пометка otvet-… называет правило или команду, которых нет",
    reason: "Такая пометка ничего не отключает.",
    advice: "Проверьте имя; список правил: otvet rules.",
};
/// A suppression has nothing to suppress.
const UNUSED: WholeRule = WholeRule {
    id: "suppression/unused",
    severity: Severity::Hint,
    message: "пометке otvet-… нечего отключать",
    reason: "Лишняя пометка скроет замечание, которое появится здесь потом.",
    advice: "Уберите пометку или имя правила из неё.",
};

/// Every rule of this file.
pub const RULES: [WholeRule; 2] = [UNKNOWN, UNUSED];

/// What every directive begins with.
const MARK: &str = "otvet-";

/// How comments are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// `<!-- … -->`, not inside code: Markdown and HTML.
    Markdown,
    /// Lines beginning with `#`, `//` or `%`, and `<!-- … -->`.
    Text,
    /// `%` to the end of the line: LaTeX.
    Tex,
}

/// A comment that may hold a directive. For formats whose places do not point into the raw text: the reader finds the
/// comments itself and says where each stands in the text the diagnostics speak of.
#[derive(Debug, Clone, Copy)]
pub struct Comment<'c> {
    /// What stands between the marks of the comment.
    pub body: &'c str,
    /// Where the comment stands. Of an HTML document: `line` and `end_line` are the paragraph it stands in, or the last before it.
    pub place: Place,
    /// The line after it.
    pub next: usize,
}

/// The directives of one text.
#[derive(Debug, Clone, Default)]
pub struct Suppressions {
    directives: Vec<Directive>,
    ranges: Vec<Range<usize>>,
}

#[derive(Debug, Clone)]
struct Directive {
    action: Action,
    /// Empty: every rule.
    rules: Vec<(String, Place)>,
    place: Place,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Action {
    NextLine {
        /// The line it is about; 0 if nothing follows.
        line: usize,
    },
    Line,
    File,
    Disable,
    Enable,
    /// A mistyped one.
    Unknown(String),
}

const ACTIONS: [&str; 5] = ["otvet-disable-next-line", "otvet-disable-line", "otvet-disable-file", "otvet-disable", "otvet-enable"];

/// What is left after the suppressions.
#[derive(Debug, Clone, Default)]
pub struct Suppressed {
    pub kept: Vec<Diagnostic>,
    /// What was switched off; its number is `Linted::suppressed` once the settings were applied to it.
    pub suppressed: Vec<Diagnostic>,
    /// Of the suppressions themselves: unknown names, nothing to suppress. To be put among `kept`.
    pub notes: Vec<Diagnostic>,
}

impl Suppressions {
    /// Read the directives of a text.
    pub fn parse(text: &str, syntax: Syntax) -> Self {
        // Most texts have none.
        if !text.contains(MARK) {
            return Self::default();
        }
        let lines = LineIndex::new(text);
        let mut found = if syntax == Syntax::Tex { tex_comments(text, &lines) } else { html_comments(text, syntax) };
        if syntax == Syntax::Text {
            found.extend(comment_lines(text, &lines));
            found.sort_by_key(|(whole, _)| whole.start);
        }
        let mut suppressions = Self::default();
        let mut done = 0;
        for (whole, body) in found {
            // A comment in a comment line, or the other way round: the outer one decides.
            if whole.start < done {
                continue;
            }
            done = whole.end;
            if let Some(directive) = directive(&text[body.clone()], place(&lines, &whole), |inner| {
                place(&lines, &(body.start + inner.start..body.start + inner.end))
            }) {
                suppressions.directives.push(directive);
                suppressions.ranges.push(whole);
            }
        }
        suppressions.find_next_lines(text, &lines);
        suppressions
    }

    /// Read directives from comments a reader of a format has found, in their order.
    pub fn of_comments<'c>(comments: impl IntoIterator<Item = Comment<'c>>) -> Self {
        let directives = comments.into_iter().filter_map(|comment| {
            let mut one = directive(comment.body, comment.place, |_| comment.place)?;
            if let Action::NextLine { line } = &mut one.action {
                *line = comment.next;
            }
            Some(one)
        });
        Self { directives: directives.collect(), ranges: Vec::new() }
    }

    /// The bytes of the directives, in their order: of a line the whole line without its break, of a comment all of it.
    pub fn ranges(&self) -> &[Range<usize>] {
        &self.ranges
    }

    pub fn is_empty(&self) -> bool {
        self.directives.is_empty()
    }

    /// Take out what is switched off. `text` is what the places point into.
    pub fn apply(&self, diagnostics: Vec<Diagnostic>, text: &str, catalogue: &Catalogue) -> Suppressed {
        let mut outcome = Suppressed::default();
        if self.is_empty() {
            outcome.kept = diagnostics;
            return outcome;
        }
        let scopes: Vec<Scope<'_>> = self.scopes(catalogue);
        let mut used = vec![false; scopes.len()];
        // Findings about the whole text that a narrower directive was perhaps meant for.
        let mut missed = vec![false; scopes.len()];
        for diagnostic in diagnostics {
            let mut off = false;
            for (number, scope) in scopes.iter().enumerate().filter(|(_, scope)| scope.names(&diagnostic)) {
                if scope.covers(&diagnostic) {
                    used[number] = true;
                    off = true;
                } else if diagnostic.place.is_none() {
                    missed[number] = true;
                }
            }
            if off { outcome.suppressed.push(diagnostic) } else { outcome.kept.push(diagnostic) }
        }
        let idle = scopes.iter().zip(used.iter().zip(&missed)).filter(|(_, (used, _))| !**used);
        outcome.notes.extend(idle.map(|(scope, (_, missed))| unused(scope, *missed)));
        outcome.notes.extend(self.unknown(catalogue));
        outcome.notes.sort_by_key(|note| note.place.map(|place| place.start));
        let prints = fingerprints(text, outcome.notes.iter().map(|note| (note.rule.as_str(), note.place)));
        for (note, print) in outcome.notes.iter_mut().zip(prints) {
            note.fingerprint = print;
        }
        outcome
    }

    /// The line each `next-line` is about: the next that is neither blank nor a directive.
    fn find_next_lines(&mut self, text: &str, lines: &LineIndex) {
        let ranges = &self.ranges;
        let is_prose = |line: &Range<usize>| {
            let blank = |range: Range<usize>| text.get(range).is_none_or(|part| part.trim().is_empty());
            let mut start = line.start;
            for range in ranges.iter().filter(|range| range.start < line.end && range.end > line.start) {
                if !blank(start..range.start.max(start)) {
                    return true;
                }
                start = range.end.min(line.end).max(start);
            }
            !blank(start..line.end)
        };
        for directive in &mut self.directives {
            if let Action::NextLine { line } = &mut directive.action {
                let after = directive.place.end_line + 1..=lines.line_count();
                *line = after.into_iter().find(|number| lines.line_range(*number).as_ref().is_some_and(is_prose)).unwrap_or(0);
            }
        }
    }

    /// Every pair of a directive and a known rule, with what it covers.
    fn scopes(&self, catalogue: &Catalogue) -> Vec<Scope<'_>> {
        let mut scopes = Vec::new();
        for (number, directive) in self.directives.iter().enumerate() {
            let names = directive.rules.iter().filter(|(rule, _)| catalogue.knows(rule)).map(|(rule, place)| (Some(rule.as_str()), *place));
            let all = directive.rules.is_empty().then_some((None, directive.place));
            for (rule, place) in names.chain(all) {
                let extent = match directive.action {
                    Action::NextLine { line } => Extent::Lines(line, line),
                    Action::Line => Extent::Lines(directive.place.line, directive.place.end_line),
                    Action::File => Extent::File,
                    Action::Disable => Extent::From(directive.place.start, &self.directives[number + 1..]),
                    Action::Enable if self.disabled_before(number, rule) => continue,
                    Action::Enable => Extent::Nothing,
                    Action::Unknown(_) => continue,
                };
                scopes.push(Scope { rule, place, extent });
            }
        }
        scopes
    }

    /// Is there a `disable` before that this `enable` ends, at least for a part of its rules?
    fn disabled_before(&self, number: usize, rule: Option<&str>) -> bool {
        let begins = |other: &Directive| {
            let same = |name: &str| rule.is_none_or(|rule| belongs(name, "", rule) || belongs(rule, "", name));
            other.action == Action::Disable && (other.rules.is_empty() || other.rules.iter().any(|(name, _)| same(name)))
        };
        self.directives[..number].iter().any(begins)
    }

    /// Mistyped directives and rules that do not exist.
    fn unknown<'s>(&'s self, catalogue: &'s Catalogue) -> impl Iterator<Item = Diagnostic> + 's {
        self.directives.iter().flat_map(move |directive| {
            let mut notes = Vec::new();
            if let Action::Unknown(name) = &directive.action {
                let near = nearest(name, ACTIONS.into_iter());
                let message = format!("команды «{name}» нет");
                notes.push(unknown(message, directive.place, near, &format!("есть: {}", ACTIONS.join(", "))));
            } else {
                for (rule, place) in directive.rules.iter().filter(|(rule, _)| !catalogue.knows(rule)) {
                    notes.push(unknown(format!("правила «{rule}» нет"), *place, catalogue.near(rule), "список правил: otvet rules"));
                }
            }
            notes
        })
    }
}

/// What one rule of one directive covers.
struct Scope<'s> {
    /// `None`: every rule.
    rule: Option<&'s str>,
    place: Place,
    extent: Extent<'s>,
}

#[derive(Debug, Clone, Copy)]
enum Extent<'s> {
    /// First and last.
    Lines(usize, usize),
    /// From this code point to the first `enable` of what follows that names the finding.
    From(usize, &'s [Directive]),
    File,
    Nothing,
}

impl Scope<'_> {
    fn names(&self, diagnostic: &Diagnostic) -> bool {
        self.rule.is_none_or(|rule| belongs(&diagnostic.rule, &diagnostic.kind, rule))
    }

    fn covers(&self, diagnostic: &Diagnostic) -> bool {
        match (self.extent, diagnostic.place) {
            (Extent::File, _) => true,
            (Extent::Lines(first, last), Some(place)) => place.line <= last && place.end_line >= first,
            (Extent::From(start, after), Some(place)) => {
                let before = after.iter().take_while(|other| other.place.start <= place.start);
                place.start >= start && !before.into_iter().any(|other| other.enables(diagnostic))
            }
            _ => false,
        }
    }
}

impl Directive {
    fn enables(&self, diagnostic: &Diagnostic) -> bool {
        let names = |name: &str| belongs(&diagnostic.rule, &diagnostic.kind, name);
        self.action == Action::Enable && (self.rules.is_empty() || self.rules.iter().any(|(name, _)| names(name)))
    }
}

fn unknown(message: String, place: Place, near: Option<String>, list: &str) -> Diagnostic {
    let advice = names::sentence(&near.map_or_else(|| list.to_string(), |near| format!("возможно, вы имели в виду {near}")));
    note(&UNKNOWN, message, UNKNOWN.reason, advice, place)
}

/// Why a directive does nothing. `missed`: there is such a finding, but about the whole text.
fn unused(scope: &Scope<'_>, missed: bool) -> Diagnostic {
    let rule = scope.rule.unwrap_or_default();
    let what = if rule.is_empty() {
        "здесь нет замечаний".to_string()
    } else {
        format!("замечаний {rule} здесь нет")
    };
    match scope.extent {
        Extent::Nothing => note(
            &UNUSED,
            "включать нечего: выше ничего не отключено".to_string(),
            "Пометка otvet-enable сама ничего не скрывает и без otvet-disable выше ничего не меняет.",
            "Уберите пометку otvet-enable.".to_string(),
            scope.place,
        ),
        Extent::Lines(..) | Extent::From(..) if missed && !rule.is_empty() || is_whole(rule) => {
            let message = format!("пометка не отключает {rule}: нужна otvet-disable-file");
            let advice = format!("Замечание ко всему тексту отключает <!-- otvet-disable-file {rule} -->.");
            note(&UNUSED, message, WHOLE_REASON, advice, scope.place)
        }
        _ => note(&UNUSED, format!("отключать нечего: {what}"), UNUSED.reason, UNUSED.advice.to_string(), scope.place),
    }
}

const WHOLE_REASON: &str = "Пометка действует на свои строки, а это замечание — ко всему тексту.";

/// Is every finding of this rule or type about the whole text?
fn is_whole(name: &str) -> bool {
    structure::RULES.iter().any(|rule| belongs(rule.id, rule.kind(), name))
}

fn note(rule: &WholeRule, message: String, reason: &str, advice: String, place: Place) -> Diagnostic {
    Diagnostic {
        rule: rule.id.to_string(),
        kind: rule.kind().to_string(),
        severity: rule.severity,
        message,
        reason: reason.to_string(),
        advice,
        place: Some(place),
        replacement: None,
        fingerprint: String::new(),
    }
}

/// The comment's directive, if it is one. `locate` finds the place of some bytes of the body.
fn directive(body: &str, place: Place, locate: impl Fn(Range<usize>) -> Place) -> Option<Directive> {
    let start = body.len() - body.trim_start().len();
    if !body[start..].starts_with(MARK) {
        return None;
    }
    let said = &body[..reason_start(body)];
    let mut words = words(said);
    let name = words.next()?;
    let action = match &said[name.clone()] {
        "otvet-disable-next-line" => Action::NextLine { line: 0 },
        "otvet-disable-line" => Action::Line,
        "otvet-disable-file" => Action::File,
        "otvet-disable" => Action::Disable,
        "otvet-enable" => Action::Enable,
        other => Action::Unknown(other.to_string()),
    };
    let rules = words.map(|word| (said[word.clone()].to_string(), locate(word))).collect();
    Some(Directive { action, rules, place })
}

/// Where the reason begins: at `--` or a dash that stands alone.
fn reason_start(body: &str) -> usize {
    let dash = |word: &Range<usize>| matches!(&body[word.clone()], "--" | "—" | "–" | "---");
    words(body).find(dash).map_or(body.len(), |word| word.start)
}

/// Words between spaces and commas.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let base = text.as_ptr() as usize;
    text.split(|sign: char| sign.is_whitespace() || sign == ',').filter(|word| !word.is_empty()).map(move |word| {
        let start = word.as_ptr() as usize - base;
        start..start + word.len()
    })
}

/// Comments with their bodies.
fn html_comments(text: &str, syntax: Syntax) -> Vec<(Range<usize>, Range<usize>)> {
    let code = if syntax == Syntax::Markdown { fences(text) } else { Vec::new() };
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find("<!--").map(|at| from + at) {
        let body = start + 4;
        let Some(length) = text[body..].find("-->") else { break };
        let end = body + length + 3;
        from = end;
        let in_code = code.iter().any(|range| range.contains(&start)) || in_span(text, start, syntax);
        if in_code {
            from = body;
        } else {
            found.push((start..end, body..body + length));
        }
    }
    found
}

/// Does the comment stand in a code span of its line: after an odd number of backticks?
fn in_span(text: &str, start: usize, syntax: Syntax) -> bool {
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    syntax == Syntax::Markdown && !text[line..start].matches('`').count().is_multiple_of(2)
}

/// Fenced code of Markdown.
fn fences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char, usize)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start_matches([' ', '>', '\t']);
        let sign = bare.chars().next().filter(|sign| matches!(sign, '`' | '~'));
        let length = sign.map_or(0, |sign| bare.chars().take_while(|other| *other == sign).count());
        match (open, sign) {
            (None, Some(sign)) if length >= 3 => open = Some((at, sign, length)),
            (Some((start, fence, least)), Some(sign)) if sign == fence && length >= least && bare.trim_end().chars().all(|c| c == sign) => {
                found.push(start..at + line.len());
                open = None;
            }
            _ => {}
        }
        at += line.len();
    }
    found.extend(open.map(|(start, ..)| start..text.len()));
    found
}

/// Lines of plain text that are comments with a directive.
fn comment_lines(text: &str, lines: &LineIndex) -> Vec<(Range<usize>, Range<usize>)> {
    (1..=lines.line_count())
        .filter_map(|number| lines.line_range(number))
        .filter_map(|range| {
            let line = &text[range.clone()];
            let bare = line.trim_start_matches(['\u{feff}', ' ', '\t']);
            let body = ["#", "//", "%"].iter().find_map(|mark| bare.strip_prefix(mark))?;
            body.trim_start().starts_with(MARK).then(|| (range.clone(), range.end - body.len()..range.end))
        })
        .collect()
}

/// The comments of LaTeX.
fn tex_comments(text: &str, lines: &LineIndex) -> Vec<(Range<usize>, Range<usize>)> {
    let comment = |range: Range<usize>| {
        let comment = tex_comment(&text[range.clone()])?;
        Some((range.start + comment.start..range.end, range.start + comment.start + 1..range.end))
    };
    (1..=lines.line_count()).filter_map(|number| lines.line_range(number)).filter_map(comment).collect()
}

fn place(lines: &LineIndex, range: &Range<usize>) -> Place {
    let (start, end) = (ByteOffset(range.start), ByteOffset(range.end));
    let (from, to) = (lines.line_column(start), lines.line_column(end));
    Place {
        start: lines.char_offset(start).0,
        end: lines.char_offset(end).0,
        line: from.line,
        column: from.column,
        end_line: to.line,
        end_column: to.column,
    }
}

#[cfg(test)]
mod tests;
