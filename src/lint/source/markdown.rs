//! Markdown (CommonMark with tables): code, addresses of links, HTML and front matter are no prose.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::mask::Mask;
use super::{Front, Source};
use crate::lint::model::Unit;
use crate::lint::suppress::{Suppressions, Syntax};

pub fn read(text: String) -> Source {
    let front = Front::read(&text);
    let mut mask = Mask::new(std::iter::once(0..front.end).collect());
    hide(&text[front.end..], front.end, &mut mask);
    let prose = mask.apply(&text);
    let suppressions = Suppressions::parse(&text, Syntax::Markdown);
    Source { text, prose, unit: Unit::Line, front, suppressions }
}

/// A link that is being read.
struct Link {
    range: Range<usize>,
    kind: LinkType,
    image: bool,
    /// What is shown of it.
    shown: Option<Range<usize>>,
}

/// Hide what is no prose in a text that begins at this byte of the file.
fn hide(text: &str, offset: usize, mask: &mut Mask) {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_GFM;
    let parser = Parser::new_ext(text, options);
    let at = |range: &Range<usize>| range.start + offset..range.end + offset;
    for (_, definition) in parser.reference_definitions().iter() {
        mask.hide(at(&definition.span));
    }
    let mut links: Vec<Link> = Vec::new();
    for (event, range) in parser.into_offset_iter() {
        if !matches!(event, Event::End(TagEnd::Link | TagEnd::Image)) {
            for link in &mut links {
                let shown = link.shown.get_or_insert(range.clone());
                *shown = shown.start.min(range.start)..shown.end.max(range.end);
            }
        }
        match event {
            Event::Code(_) | Event::InlineHtml(_) | Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                mask.hide(at(&range))
            }
            Event::Start(Tag::CodeBlock(_)) => mask.hide(at(&range)),
            Event::Start(Tag::HtmlBlock) => html(&text[range.clone()], range.start + offset, mask),
            Event::Start(Tag::Link { link_type, .. }) => links.push(Link { range, kind: link_type, image: false, shown: None }),
            Event::Start(Tag::Image { link_type, .. }) => links.push(Link { range, kind: link_type, image: true, shown: None }),
            Event::End(TagEnd::Link | TagEnd::Image) => {
                let Some(link) = links.pop() else { continue };
                match link.shown.filter(|_| !link.image && link.kind != LinkType::Autolink) {
                    Some(shown) => {
                        mask.hide(at(&(link.range.start..shown.start)));
                        mask.hide(at(&(shown.end..link.range.end)));
                    }
                    None => mask.hide(at(&link.range)),
                }
            }
            Event::Start(Tag::Table(_)) => table(&text[range.clone()], range.start + offset, mask),
            _ => {}
        }
    }
}

/// Tags and comments of a block of HTML; what stands between them is prose.
fn html(block: &str, offset: usize, mask: &mut Mask) {
    let mut at = 0;
    while let Some(open) = block[at..].find('<').map(|found| found + at) {
        let rest = &block[open..];
        let lower: String = rest.chars().take(8).collect::<String>().to_lowercase();
        let closing = if rest.starts_with("<!--") {
            "-->"
        } else if lower.starts_with("<script") {
            "</script>"
        } else if lower.starts_with("<style") {
            "</style>"
        } else {
            ">"
        };
        let end = rest.find(closing).map_or(block.len(), |found| open + found + closing.len());
        mask.hide(offset + open..offset + end);
        at = end;
    }
}

/// Bars part the cells; the line of dashes under the head is no prose.
fn table(block: &str, offset: usize, mask: &mut Mask) {
    let mut at = offset;
    for line in block.split_inclusive('\n') {
        let content = line.trim_end();
        if !content.is_empty() && content.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ')) {
            mask.hide(at..at + content.len());
        } else {
            let mut escaped = false;
            for (byte, c) in content.char_indices() {
                if c == '|' && !escaped {
                    mask.divide(at + byte);
                }
                escaped = c == '\\' && !escaped;
            }
        }
        at += line.len();
    }
}
