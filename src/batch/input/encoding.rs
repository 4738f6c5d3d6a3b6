//! Encodings of tables. Single-byte encodings keep ASCII where it is, so a table is cut into cells first and decoded cell by cell;
//! UTF-16 is turned into UTF-8 on the way in.

use std::io::{self, Read};

use encoding_rs::{Decoder, IBM866, KOI8_R, UTF_16BE, UTF_16LE, WINDOWS_1251};
use otvet::document::{DecodeError, Encoding, decode};

/// The encoding of a table, from its beginning; `whole` tells whether that is all of it.
pub fn recognise(sample: &[u8], whole: bool) -> Result<Encoding, DecodeError> {
    // A letter must not be cut.
    let end = if whole { sample.len() } else { sample.iter().rposition(|byte| *byte == b'\n').map_or(sample.len(), |at| at + 1) };
    let sample = &sample[..end];
    if std::str::from_utf8(sample).is_ok() && !sample.contains(&0) {
        return Ok(Encoding::Utf8);
    }
    match decode(sample, None) {
        Ok(decoded) => Ok(decoded.encoding),
        // A cell that is broken is that cell's trouble.
        Err(DecodeError::Malformed { encoding, .. }) => Ok(encoding),
        Err(error) => Err(error),
    }
}

/// A cell, decoded.
pub fn cell(bytes: &[u8], encoding: Encoding) -> Option<String> {
    let single = |encoding: &'static encoding_rs::Encoding| encoding.decode_without_bom_handling(bytes).0.into_owned();
    match encoding {
        Encoding::Utf8 | Encoding::Utf16Le | Encoding::Utf16Be => std::str::from_utf8(bytes).ok().map(str::to_string),
        // The one byte of windows-1251 that stands for nothing.
        Encoding::Windows1251 if bytes.contains(&0x98) => None,
        Encoding::Windows1251 => Some(single(WINDOWS_1251)),
        Encoding::Koi8R => Some(single(KOI8_R)),
        Encoding::Cp866 => Some(single(IBM866)),
    }
}

/// UTF-16 as UTF-8; anything else as it is.
pub fn transcode<'r>(source: impl Read + 'r, encoding: Encoding) -> Box<dyn Read + 'r> {
    let decoder = match encoding {
        Encoding::Utf16Le => UTF_16LE.new_decoder(),
        Encoding::Utf16Be => UTF_16BE.new_decoder(),
        _ => return Box::new(source),
    };
    Box::new(Transcoded { source, decoder, input: vec![0; 1 << 14], output: Vec::new(), at: 0, done: false })
}

struct Transcoded<R> {
    source: R,
    decoder: Decoder,
    input: Vec<u8>,
    output: Vec<u8>,
    at: usize,
    done: bool,
}

impl<R: Read> Read for Transcoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.output.len() && !self.done {
            let read = self.source.read(&mut self.input)?;
            self.done = read == 0;
            let most = self.decoder.max_utf8_buffer_length(read).unwrap_or(read * 3 + 16);
            self.output.resize(most, 0);
            let (_, _, written, _) = self.decoder.decode_to_utf8(&self.input[..read], &mut self.output, self.done);
            self.output.truncate(written);
            self.at = 0;
        }
        let count = buffer.len().min(self.output.len() - self.at);
        buffer[..count].copy_from_slice(&self.output[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_16_comes_out_as_utf_8() {
        let bytes: Vec<u8> = "\u{feff}Ответ;ё🦔\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(recognise(&bytes, true), Ok(Encoding::Utf16Le));
        let mut text = String::new();
        transcode(bytes.as_slice(), Encoding::Utf16Le).read_to_string(&mut text).unwrap();
        assert_eq!(text, "Ответ;ё🦔\r\n");
    }

    #[test]
    fn a_cut_sample_is_still_utf_8() {
        let bytes = "Ответ\nдлинный".as_bytes();
        assert_eq!(recognise(&bytes[..bytes.len() - 1], false), Ok(Encoding::Utf8));
    }

    #[test]
    fn cells() {
        assert_eq!(cell(b"\xCE\xF2\xF2\xEE\xEA", Encoding::Windows1251).as_deref(), Some("Отток"));
        assert_eq!(cell(b"\xCE\x98", Encoding::Windows1251), None);
        assert_eq!(cell(b"\xFF", Encoding::Utf8), None);
    }
}
