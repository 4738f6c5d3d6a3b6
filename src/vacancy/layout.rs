//! Where a vacancy says what it wants: sections by their headings, items by list marks, semicolons and sentences.
//!
//! Works on the source, so that places need no way back. What a phrase says is asked of [`Look`].

use std::ops::Range;

use super::lexicon::{Owner, SectionKind};

/// What the lexicon sees in a piece of text. Bytes of the piece.
#[derive(Default)]
pub struct Look {
    pub hits: Vec<(Owner, Range<usize>)>,
    pub sentences: Vec<Range<usize>>,
}

impl Look {
    fn section(&self) -> Option<SectionKind> {
        let kinds = self.hits.iter().filter_map(|(owner, _)| match owner {
            Owner::Heading(kind) => Some(*kind),
            _ => None,
        });
        kinds.min()
    }

    pub fn has(&self, owner: Owner) -> bool {
        self.hits.iter().any(|(other, _)| *other == owner)
    }

    fn starts(&self, owner: Owner) -> impl Iterator<Item = usize> {
        self.hits.iter().filter(move |(other, _)| *other == owner).map(|(_, range)| range.start)
    }
}

/// What the vacancy asks: bytes of the source.
#[derive(Default, Debug)]
pub struct Demands {
    pub requirements: Vec<Range<usize>>,
    pub asks: Vec<Range<usize>>,
}

/// Words of a heading at most.
const HEADING: usize = 8;
/// Within so many bytes of a line its first words begin: «хорошее знание …».
const OPENING: usize = 24;

/// Read a vacancy.
pub fn read(source: &str, look: &mut dyn FnMut(&str) -> Look) -> Demands {
    let mut reader = Reader {
        source,
        look,
        demands: Demands::default(),
        prose: Vec::new(),
        group: Group::default(),
        section: None,
        listed: false,
        blank: false,
        bare: false,
    };
    for line in lines(source) {
        reader.line(line);
    }
    reader.finish()
}

struct Reader<'s, 'l> {
    source: &'s str,
    look: &'l mut dyn FnMut(&str) -> Look,
    demands: Demands,
    /// Pieces outside of the lists of requirements, and whether they tell how to answer.
    prose: Vec<(Range<usize>, Option<SectionKind>)>,
    group: Group,
    section: Option<SectionKind>,
    /// The section has had items with marks.
    listed: bool,
    /// A blank line stood before.
    blank: bool,
    /// The section holds only its own paragraph: «Требования: …; ….»
    bare: bool,
}

/// Lines that begin with one picture and stand under no heading: «✅ опыт от года».
#[derive(Default)]
struct Group {
    picture: Option<char>,
    lines: Vec<Range<usize>>,
}

impl Reader<'_, '_> {
    fn line(&mut self, line: Range<usize>) {
        let body = trim(self.source, line.clone(), &[]);
        if body.is_empty() {
            self.blank = true;
            self.close_group();
            return;
        }
        let text = &self.source[body.clone()];
        let (marked, pictured, inner) = marker(text);
        let inner = body.start + inner..body.end;
        let hashed = text.starts_with('#');
        let content = trim(self.source, inner, &['*', '_', '#']);
        if content.is_empty() {
            return;
        }
        let bold = !hashed && (text.starts_with("**") || text.starts_with("__"));
        let picture = text.chars().next().filter(|_| pictured);
        if self.group.picture != picture {
            self.close_group();
        }
        if !self.heading(&content, marked && !pictured, hashed, bold) {
            let loose = matches!(self.section, None | Some(SectionKind::About));
            match picture.filter(|_| loose) {
                Some(_) => {
                    self.group.picture = picture;
                    self.group.lines.push(content);
                }
                None => self.content(content, marked),
            }
        }
        self.blank = false;
    }

    /// Is the line, or its beginning, a heading? Then the section changes.
    fn heading(&mut self, content: &Range<usize>, marked: bool, hashed: bool, bold: bool) -> bool {
        let text = &self.source[content.clone()];
        let plain = text.trim_end_matches(['*', '_', ' ']);
        let name = plain.trim_end_matches([':', '*', '_', ' ', '.', '?', '!', '—', '–']);
        let colon = plain.ends_with(':');
        let short = words(name) <= HEADING;
        let shouted = name.chars().any(char::is_alphabetic) && !name.chars().any(char::is_lowercase);
        // The marks before are cut off, those behind are not: «**Условия:** офис» is bold at its beginning only.
        let whole_bold =
            bold && ["**", "__", "**:", "__:"].iter().any(|end| text.ends_with(end)) && text.matches("**").count() <= 1 && short;
        let open = !plain.ends_with(['.', ';', ',']) && short;
        if hashed
            || whole_bold
            || (colon && !plain[..plain.len() - 1].contains(['.', ';']) && words(name) <= 12)
            || (open && !marked)
            || (shouted && short)
        {
            let look = (self.look)(name);
            if look.has(Owner::Imperative) {
                // «Ответьте на вопрос:» is an ask, not a heading.
                return false;
            }
            let kind = look.section();
            // A list mark before a heading is a rare thing: only a known one with a colon.
            let sure = (hashed || whole_bold || colon) && !marked;
            if kind.is_some() && (!marked || colon) || sure {
                // A plain line that begins small is an item of a list without marks.
                let small = name.chars().next().is_some_and(char::is_lowercase);
                let fits = hashed || whole_bold || colon || shouted || words(name) <= 6 && !small;
                if fits {
                    self.enter(kind, false);
                    return true;
                }
            }
        }
        if marked {
            return false;
        }
        // «Требования: …», «**Плюсом:** …», «Обязанности. …»
        let cut = |sign: &str, most: usize| text.find(sign).filter(|at| words(&text[..*at]) <= most && !text[..*at].contains(['.', ';']));
        let colon = cut(":", 6).map(|at| (at, at + 1));
        let point = cut(". ", 4).map(|at| (at, at + 1));
        for (at, rest) in [colon, point].into_iter().flatten() {
            let look = (self.look)(text[..at].trim_matches(['*', '_', ' ']));
            let known = look.section().filter(|_| !look.has(Owner::Imperative));
            if known.is_some() || bold && !look.has(Owner::Imperative) {
                self.enter(known, true);
                let rest = trim(self.source, content.start + rest..content.end, &['*', '_']);
                if !rest.is_empty() {
                    self.content(rest, false);
                }
                return true;
            }
        }
        false
    }

    /// Is what stands under one picture what is required? So it is if a line begins as requirements do; what is offered is left out.
    fn close_group(&mut self) {
        let lines = std::mem::take(&mut self.group).lines;
        let looks: Vec<Look> = lines.iter().map(|line| (self.look)(&self.source[line.clone()])).collect();
        let begins = |look: &Look| look.starts(Owner::Head).any(|at| at <= OPENING);
        let required = lines.len() > 1 && looks.iter().any(begins);
        for (line, look) in lines.into_iter().zip(looks) {
            let other = look.has(Owner::Imperative) || matches!(look.section(), Some(SectionKind::Conditions | SectionKind::Respond));
            if required && !other { self.items(&line, false) } else { self.content(line, true) }
        }
    }

    fn enter(&mut self, kind: Option<SectionKind>, bare: bool) {
        self.section = kind.or(Some(SectionKind::About));
        self.listed = false;
        self.blank = false;
        self.bare = bare;
    }

    fn content(&mut self, content: Range<usize>, marked: bool) {
        let wanted = matches!(self.section, Some(SectionKind::Requirements | SectionKind::Pluses));
        if self.blank && !marked && (self.listed || self.bare) {
            // A paragraph after the list belongs to no section.
            self.section = None;
        } else if wanted {
            if marked {
                self.listed = true;
                self.items(&content, false);
            } else if self.listed && self.continues(&content) {
                if let Some(last) = self.demands.requirements.last_mut() {
                    last.end = tidy(self.source, content.clone()).end;
                }
            } else {
                self.items(&content, true);
            }
            return;
        }
        self.listed |= marked;
        let section = self.section;
        self.prose.push((content, section));
    }

    /// Does the line go on with the item before?
    fn continues(&self, content: &Range<usize>) -> bool {
        let lower = self.source[content.clone()].chars().next().is_some_and(char::is_lowercase);
        let Some(last) = self.demands.requirements.last() else { return false };
        let between = self.source[last.end..content.start].trim();
        lower && between.is_empty()
    }

    /// Items of a line of a list, or of a paragraph.
    fn items(&mut self, content: &Range<usize>, paragraph: bool) {
        let text = &self.source[content.clone()];
        let pieces = split(text, ';');
        if pieces.len() > 1 || !paragraph {
            for piece in pieces {
                self.require(content.start + piece.start..content.start + piece.end);
            }
            return;
        }
        let look = (self.look)(text);
        for sentence in &look.sentences {
            // An ask in the middle of the requirements is no requirement.
            let inside = |range: &Range<usize>| sentence.start <= range.start && range.end <= sentence.end;
            if look.hits.iter().any(|(owner, range)| *owner == Owner::Imperative && inside(range)) {
                self.prose.push((content.start + sentence.start..content.start + sentence.end, self.section));
                continue;
            }
            let cues = look.hits.iter().filter(|(owner, range)| matches!(owner, Owner::Cue(_)) && inside(range));
            let letters = |end: &usize| text[*end..sentence.end].chars().filter(|c| c.is_alphabetic()).count() >= 3;
            let from = cues.map(|(_, range)| range.end).min().filter(letters).unwrap_or(sentence.start);
            // Short sentences are items themselves.
            let whole = from..sentence.end;
            let pieces = if look.sentences.len() > 2 { vec![whole] } else { heads(text, &look, whole) };
            for piece in pieces {
                self.require(content.start + piece.start..content.start + piece.end);
            }
        }
    }

    fn require(&mut self, range: Range<usize>) {
        let range = tidy(self.source, range);
        if self.source[range.clone()].chars().filter(|c| c.is_alphabetic()).count() > 1 {
            self.demands.requirements.push(range);
        }
    }

    fn finish(mut self) -> Demands {
        self.close_group();
        self.prose.sort_by_key(|(range, _)| range.start);
        let unlisted = self.demands.requirements.is_empty();
        for (range, section) in std::mem::take(&mut self.prose) {
            let text = &self.source[range.clone()];
            let look = (self.look)(text);
            for sentence in look.sentences.clone() {
                let open = matches!(section, None | Some(SectionKind::Respond | SectionKind::About | SectionKind::Conditions));
                if open && self.asks(&range, &sentence, &look) {
                    continue;
                }
                if !matches!(section, Some(SectionKind::Duties | SectionKind::Respond)) {
                    self.prose_requirement(&range, &sentence, &look, unlisted);
                }
            }
        }
        self.demands.requirements.sort_by_key(|range| range.start);
        self.demands
    }

    /// «Важно, чтобы вы умели…»: what follows the cue. With lists in the vacancy, only a plus is looked for in its prose.
    fn prose_requirement(&mut self, range: &Range<usize>, sentence: &Range<usize>, look: &Look, unlisted: bool) {
        let cue = look.hits.iter().find(|(owner, place)| {
            let counts = match owner {
                Owner::Cue(SectionKind::Requirements) => unlisted,
                Owner::Cue(_) => true,
                _ => false,
            };
            counts && sentence.start <= place.start && place.end <= sentence.end
        });
        let Some((_, cue)) = cue else { return };
        let text = &self.source[range.clone()];
        // «Английский будет плюсом»: the cue stands behind.
        let after = text[cue.end..sentence.end].chars().filter(|c| c.is_alphabetic()).count();
        let wanted = if after >= 3 { cue.end..sentence.end } else { sentence.start..cue.start };
        for piece in heads(text, look, wanted) {
            self.require(range.start + piece.start..range.start + piece.end);
        }
    }

    /// Cut what a sentence tells to write at its imperatives.
    fn asks(&mut self, range: &Range<usize>, sentence: &Range<usize>, look: &Look) -> bool {
        let inside = |at: &usize| sentence.start <= *at && *at < sentence.end;
        let mut starts: Vec<usize> = look.starts(Owner::Imperative).filter(inside).collect();
        starts.sort_unstable();
        starts.dedup();
        let text = &self.source[range.clone()];
        // «Кодовое слово … поставьте …» is one ask: a second begins after a comma or «и».
        let mut last = None;
        starts.retain(|start| {
            let before = last.map(|from: usize| text[from..*start].trim_end());
            let apart = before.is_none_or(|before| before.ends_with([',', ';']) || before.ends_with(" и") || before.ends_with(" а также"));
            if apart {
                last = Some(*start);
            }
            apart
        });
        let mut found = false;
        for (number, start) in starts.iter().enumerate() {
            let from = if number == 0 { sentence.start } else { *start };
            let to = starts.get(number + 1).copied().unwrap_or(sentence.end);
            let cancelled = look.hits.iter().any(|(owner, place)| *owner == Owner::NoAsk && from <= place.start && place.start < to);
            let topical =
                look.hits.iter().any(|(owner, place)| matches!(owner, Owner::Topic(_)) && from <= place.start && place.start < to);
            if cancelled && !topical {
                continue;
            }
            found = true;
            let mut piece = range.start + from..range.start + to;
            // What explains the ask is no part of it.
            let first = start - from;
            if let Some(colon) = text[from..to].find(": ").filter(|at| *at > first && !text[from + at..to].contains('?')) {
                piece.end = piece.start + colon;
            }
            let piece = tidy(self.source, piece);
            let trimmed = self.source[piece.clone()].trim_end_matches([',', ' ']).trim_end_matches(" и").trim_end_matches([',', ' ']).len();
            self.demands.asks.push(piece.start..piece.start + trimmed);
        }
        found
    }
}

/// A coordination of requirements, cut where each begins: «с образованием … и стажем …».
fn heads(text: &str, look: &Look, range: Range<usize>) -> Vec<Range<usize>> {
    let mut cuts: Vec<usize> = look.starts(Owner::Head).filter(|at| range.start < *at && *at < range.end).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut pieces = Vec::new();
    let mut start = range.start;
    for cut in cuts {
        let before = text[start..cut].trim_end();
        let joined = before.ends_with([',', ';']) || before.ends_with(" и") || before.ends_with(" а также");
        if joined && before.chars().filter(|c| c.is_alphabetic()).count() > 6 && depth(&text[range.start..cut]) == 0 {
            let before = before.trim_end_matches(" а также").trim_end_matches(" и").trim_end_matches([',', ';', ' ']);
            pieces.push(start..start + before.len());
            start = cut;
        }
    }
    pieces.push(start..range.end);
    pieces
}

fn depth(text: &str) -> usize {
    text.matches(['(', '«']).count().saturating_sub(text.matches([')', '»']).count())
}

/// Pieces between a sign, outside of brackets and quotation marks.
fn split(text: &str, sign: char) -> Vec<Range<usize>> {
    let (mut pieces, mut start, mut open) = (Vec::new(), 0, 0usize);
    for (at, letter) in text.char_indices() {
        match letter {
            '(' | '«' => open += 1,
            ')' | '»' => open = open.saturating_sub(1),
            _ if letter == sign && open == 0 => {
                pieces.push(start..at);
                start = at + letter.len_utf8();
            }
            _ => {}
        }
    }
    pieces.push(start..text.len());
    pieces.retain(|piece| !text[piece.clone()].trim().is_empty());
    pieces
}

/// Without spaces and the signs that end an item.
fn tidy(source: &str, range: Range<usize>) -> Range<usize> {
    let text = &source[range.clone()];
    let signs = [' ', '\t', ';', ',', '.', ':', '*', '_', '—', '–', '\u{A0}', '\n', '\r'];
    let kept = text.trim_start_matches(signs);
    let start = range.start + text.len() - kept.len();
    start..start + kept.trim_end_matches(signs).len()
}

fn trim(source: &str, range: Range<usize>, signs: &[char]) -> Range<usize> {
    let text = &source[range.clone()];
    let strip = |c: char| c.is_whitespace() || signs.contains(&c);
    let kept = text.trim_start_matches(strip);
    let start = range.start + text.len() - kept.len();
    // The signs of emphasis behind stay with the line: they tell bold from plain.
    start..start + kept.trim_end().len()
}

fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// The frame of a key.
const KEY: char = '\u{20E3}';
/// What follows a sign to say how it is drawn.
const DRESS: [char; 3] = ['\u{FE0E}', '\u{FE0F}', KEY];

/// Does the line begin with a list mark, is it a picture, and where does the content begin?
fn marker(text: &str) -> (bool, bool, usize) {
    let mut letters = text.char_indices();
    let Some((_, first)) = letters.next() else { return (false, false, 0) };
    if matches!(
        first,
        '-' | '*'
            | '+'
            | '–'
            | '—'
            | '•'
            | '·'
            | '●'
            | '○'
            | '▪'
            | '▫'
            | '■'
            | '□'
            | '‣'
            | '◦'
            | '→'
            | '►'
            | '▶'
            | '›'
            | '»'
            | '~'
    ) {
        let after = text[first.len_utf8()..].trim_start_matches(DRESS);
        let spaced = after.starts_with(char::is_whitespace) || !first.is_ascii() && !after.is_empty();
        if !spaced {
            return (false, false, 0);
        }
        let inner = text.len() - after.trim_start().len();
        // «- [ ] …»
        let boxed = ["[ ]", "[x]", "[X]"].iter().find(|sign| text[inner..].starts_with(**sign)).map_or(0, |sign| sign.len());
        return (true, false, inner + boxed);
    }
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    // «1️⃣»: a number in a key.
    let key = text[digits..].trim_start_matches(DRESS);
    if digits > 0 && text[digits..].contains(KEY) && text[digits..text.len() - key.len()].contains(KEY) {
        return (true, false, text.len() - key.trim_start().len());
    }
    let (width, short) = if digits > 0 { (digits, digits <= 2) } else { (first.len_utf8(), first.is_alphabetic()) };
    let after = &text[width..];
    if short && (digits > 0 && after.starts_with(['.', ')']) || digits == 0 && after.starts_with(')')) {
        let tail = &after[1..];
        if tail.starts_with(char::is_whitespace) || digits > 0 && tail.starts_with(char::is_alphabetic) {
            return (true, false, text.len() - tail.trim_start().len());
        }
    }
    // A picture: neither letter nor digit nor punctuation of prose.
    if !first.is_ascii() && !first.is_alphanumeric() && !matches!(first, '«' | '„' | '“' | '…' | '№' | '§') {
        let inner = text.find(|c: char| c.is_alphanumeric() || matches!(c, '«' | '(' | '*' | '_')).unwrap_or(text.len());
        return (true, true, inner);
    }
    (false, false, 0)
}

fn lines(source: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    source.split('\n').map(move |line| {
        let range = start..start + line.len();
        start = range.end + 1;
        range
    })
}
