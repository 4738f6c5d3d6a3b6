//! Word documents: the paragraphs of `word/document.xml`, one a line; cells of tables and points of lists are paragraphs too.

use std::io::{BufReader, Cursor, Read};

use otvet::document::MAX_BYTES;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use zip::ZipArchive;

use super::{Source, paragraphs};

/// The most a document may unpack to, in bytes.
const MOST_UNPACKED: u64 = 32 << 20;
/// Paragraphs inside paragraphs (frames, drawings): deeper than this is no letter.
const DEEPEST: usize = 64;

/// Why a document cannot be read.
pub struct Trouble {
    pub message: String,
    pub hint: &'static str,
}

impl Trouble {
    fn new(message: impl Into<String>, hint: &'static str) -> Self {
        Self { message: message.into(), hint }
    }

    fn broken() -> Self {
        Self::new("документ повреждён: это не файл Word", "откройте его в Word или LibreOffice и сохраните заново как .docx")
    }

    fn too_large() -> Self {
        Self::new(format!("документ распаковывается больше чем в {} МБ", MOST_UNPACKED >> 20), "скопируйте текст письма в новый документ")
    }
}

pub fn read(bytes: &[u8]) -> Result<Source, Trouble> {
    if bytes.is_empty() {
        return Err(Trouble::new("файл пуст", "добавьте текст и сохраните файл"));
    }
    // An encrypted document is a compound file, not an archive.
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(Trouble::new("документ защищён паролем или сохранён старым Word", "снимите пароль и сохраните как .docx"));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Trouble::broken())?;
    let entry = archive.by_name("word/document.xml").map_err(|_| Trouble::broken())?;
    if entry.size() > MOST_UNPACKED {
        return Err(Trouble::too_large());
    }
    // What the archive says of its own sizes is not believed.
    let limited = Limited { source: entry, left: MOST_UNPACKED };
    let mut reading = Reading::default();
    let mut reader = Reader::from_reader(BufReader::new(limited));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Eof) => break,
            Ok(event) => reading.take(&event)?,
            Err(quick_xml::Error::Io(error)) if error.kind() == std::io::ErrorKind::FileTooLarge => return Err(Trouble::too_large()),
            Err(_) => return Err(Trouble::broken()),
        }
    }
    if !reading.open.is_empty() || reading.skipping > 0 {
        return Err(Trouble::broken());
    }
    Ok(paragraphs(&reading.lines, &[]))
}

struct Limited<R> {
    source: R,
    left: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| std::io::Error::from(std::io::ErrorKind::FileTooLarge))?;
        Ok(read)
    }
}

/// What has been read so far.
#[derive(Default)]
struct Reading {
    lines: Vec<String>,
    size: usize,
    /// The paragraphs that are open, the innermost last.
    open: Vec<String>,
    in_text: bool,
    /// How deep in what is not shown.
    skipping: usize,
}

/// Removed or repeated text.
fn is_hidden(name: &str) -> bool {
    matches!(name, "del" | "moveFrom" | "Fallback" | "instrText")
}

impl Reading {
    fn take(&mut self, event: &Event) -> Result<(), Trouble> {
        match event {
            Event::Start(tag) if self.skipping > 0 || is_hidden(tag.local_name().as_ref()) => self.skipping += 1,
            Event::End(_) if self.skipping > 0 => self.skipping -= 1,
            _ if self.skipping > 0 => {}
            Event::Start(tag) => self.start(tag)?,
            Event::Empty(tag) => self.empty(tag),
            Event::End(tag) => match tag.local_name().as_ref() {
                "p" => self.end_paragraph()?,
                "t" => self.in_text = false,
                _ => {}
            },
            Event::Text(text) if self.in_text => self.push(text),
            Event::CData(text) if self.in_text => self.push(text),
            Event::GeneralRef(reference) if self.in_text => self.reference(reference)?,
            // Entities of the document's own can grow without end; Word writes none.
            Event::DocType(_) => return Err(Trouble::broken()),
            _ => {}
        }
        Ok(())
    }

    fn start(&mut self, tag: &BytesStart) -> Result<(), Trouble> {
        match tag.local_name().as_ref() {
            "p" if self.open.len() >= DEEPEST => return Err(Trouble::broken()),
            "p" => self.open.push(String::new()),
            "t" => self.in_text = true,
            _ => self.empty(tag),
        }
        Ok(())
    }

    fn empty(&mut self, tag: &BytesStart) {
        match tag.local_name().as_ref() {
            "tab" => self.push("\t"),
            "br" | "cr" => self.push("\u{2028}"),
            "noBreakHyphen" => self.push("\u{2011}"),
            // A point of a list; what marks it in Word depends on the style.
            "numPr" => {
                if let Some(line) = self.open.last_mut().filter(|line| line.is_empty()) {
                    line.push_str("- ");
                }
            }
            _ => {}
        }
    }

    fn reference(&mut self, reference: &BytesRef) -> Result<(), Trouble> {
        if let Some(c) = reference.resolve_char_ref().map_err(|_| Trouble::broken())? {
            self.push(c.encode_utf8(&mut [0; 4]));
            return Ok(());
        }
        self.push(quick_xml::escape::resolve_predefined_entity(reference).ok_or_else(Trouble::broken)?);
        Ok(())
    }

    fn push(&mut self, text: &str) {
        if let Some(line) = self.open.last_mut() {
            // A line of ours is a paragraph, whatever stands in it.
            line.extend(text.chars().map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c }));
        }
    }

    fn end_paragraph(&mut self) -> Result<(), Trouble> {
        let line = self.open.pop().ok_or_else(Trouble::broken)?;
        self.size += line.len() + 1;
        if self.size > MAX_BYTES {
            return Err(Trouble::new("в документе больше 1 МБ текста", "разделите текст: один ответ или одно письмо — один файл"));
        }
        if line.chars().any(|c| !c.is_whitespace()) && line != "- " {
            self.lines.push(line);
        }
        Ok(())
    }
}
