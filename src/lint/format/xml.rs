//! What both XML formats share: a writer that lets nothing through that XML 1.0 forbids.

use std::io::{self, Write};

use otvet::report::sanitize;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

/// A text without the characters that XML has no way to write, and without those that play tricks.
pub fn text(text: &str) -> String {
    sanitize::block(text).chars().map(|c| if is_allowed(c) { c } else { '\u{FFFD}' }).collect()
}

/// XML 1.0, production 2. The sanitiser has removed the controls already.
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Write a document with its declaration and a line break at its end.
pub fn document(out: &mut dyn Write, body: impl FnOnce(&mut Writer<&mut dyn Write>) -> io::Result<()>) -> io::Result<()> {
    let mut writer = Writer::new_with_indent(out, b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    body(&mut writer)?;
    writer.write_event(Event::Text(BytesText::new("\n")))
}
