//! Bytes to text: which encoding they are in, and whether they are text at all. Telling windows-1251, KOI8-R and CP866
//! apart lives in `cyrillic`, the signatures of files that are no text in `signature`. Nothing is folded here.

use encoding_rs::{IBM866, KOI8_R, WINDOWS_1251};

use super::chars::is_invisible;
use super::encoding::Encoding;
use super::error::DecodeError;
use super::{cyrillic, signature};

/// The longest text that is read, in bytes: 1 MiB, some three hundred pages.
pub const MAX_BYTES: usize = 1 << 20;

/// A text and the encoding it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text after the byte order mark, if there was one; nothing else is changed.
    pub text: String,
    pub encoding: Encoding,
}

/// Reads bytes as text: by the byte order mark, else in the `forced` encoding, else in the one they look to be in.
///
/// # Errors
/// The bytes are too many, no text, empty, or make no sense in the encoding: see [`DecodeError`].
pub fn decode(bytes: &[u8], forced: Option<Encoding>) -> Result<Decoded, DecodeError> {
    if bytes.len() > MAX_BYTES {
        return Err(DecodeError::TooLarge { size: bytes.len(), limit: MAX_BYTES });
    }
    let (encoding, mark) = match by_mark(bytes) {
        Some(found) => found,
        None => {
            if let Some(what) = signature::recognise(bytes) {
                return Err(DecodeError::Binary { what: Some(what) });
            }
            (forced.map_or_else(|| recognise(bytes), Ok)?, 0)
        }
    };
    let text = strict(&bytes[mark..], encoding).map_err(|offset| DecodeError::Malformed { encoding, offset: mark + offset })?;
    check(&text)?;
    Ok(Decoded { text, encoding })
}

/// The encoding a byte order mark announces, and the length of the mark.
fn by_mark(bytes: &[u8]) -> Option<(Encoding, usize)> {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => Some((Encoding::Utf8, 3)),
        [0xFF, 0xFE, ..] => Some((Encoding::Utf16Le, 2)),
        [0xFE, 0xFF, ..] => Some((Encoding::Utf16Be, 2)),
        _ => None,
    }
}

/// The encoding of text without a byte order mark, from the text itself.
fn recognise(bytes: &[u8]) -> Result<Encoding, DecodeError> {
    if let Some(encoding) = utf16(bytes) {
        return Ok(encoding);
    }
    // Neither UTF-8 nor any single-byte encoding has a use for NUL in a text.
    if bytes.contains(&0) {
        return Err(DecodeError::Binary { what: None });
    }
    let Err(error) = std::str::from_utf8(bytes) else {
        return Ok(Encoding::Utf8);
    };
    if is_damaged_utf8(bytes) {
        return Err(DecodeError::Malformed { encoding: Encoding::Utf8, offset: error.valid_up_to() });
    }
    cyrillic::guess(bytes).ok_or_else(|| {
        if is_binary(bytes.iter().filter(|byte| byte.is_ascii()).map(|&byte| char::from(byte))) {
            DecodeError::Binary { what: None }
        } else {
            DecodeError::Unrecognized
        }
    })
}

/// UTF-16 without a mark: in nearly every unit one byte is what Russian, Latin or punctuation has for the upper one.
fn utf16(bytes: &[u8]) -> Option<Encoding> {
    let (mut little, mut big, mut units) = (0, 0, 0);
    for unit in bytes.chunks_exact(2) {
        units += 1;
        little += usize::from(is_likely_unit(unit[1], unit[0]));
        big += usize::from(is_likely_unit(unit[0], unit[1]));
    }
    let (encoding, likely) = if little >= big { (Encoding::Utf16Le, little) } else { (Encoding::Utf16Be, big) };
    (units > 0 && likely * 10 >= units * 9).then_some(encoding)
}

fn is_likely_unit(upper: u8, lower: u8) -> bool {
    match upper {
        0x00 => matches!(lower, b'\t' | b'\n' | b'\r' | b' '..=b'~' | 0xA0 | 0xAB | 0xBB),
        0x04 => matches!(lower, 0x01 | 0x10..=0x4F | 0x51),
        // – — ‘ ’ “ ” „ and №. In ASCII these lower bytes are control characters, so ASCII is not taken for UTF-16.
        0x20 => matches!(lower, 0x13 | 0x14 | 0x18..=0x1E),
        0x21 => lower == 0x16,
        _ => false,
    }
}

/// UTF-8 with some broken bytes, as when it was cut in the middle of a letter: more letters than broken bytes.
/// A single-byte text makes a valid UTF-8 letter only by a rare accident.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut letters, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += chunk.invalid().len();
    }
    letters > broken
}

/// Decodes without replacing anything; the error is the offset of the first byte that has no meaning.
fn strict(bytes: &[u8], encoding: Encoding) -> Result<String, usize> {
    match encoding {
        Encoding::Utf8 => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => Err(error.valid_up_to()),
        },
        Encoding::Utf16Le => strict_utf16(bytes, u16::from_le_bytes),
        Encoding::Utf16Be => strict_utf16(bytes, u16::from_be_bytes),
        // The one byte of windows-1251 that stands for nothing.
        Encoding::Windows1251 => match bytes.iter().position(|&byte| byte == 0x98) {
            Some(offset) => Err(offset),
            None => Ok(single_byte(bytes, WINDOWS_1251)),
        },
        Encoding::Koi8R => Ok(single_byte(bytes, KOI8_R)),
        Encoding::Cp866 => Ok(single_byte(bytes, IBM866)),
    }
}

fn single_byte(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

fn strict_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, usize> {
    let (pairs, rest) = bytes.as_chunks();
    let mut text = String::with_capacity(bytes.len());
    let mut offset = 0;
    for c in char::decode_utf16(pairs.iter().map(|&pair| unit(pair))) {
        let c = c.map_err(|_| offset)?;
        offset += 2 * c.len_utf16();
        text.push(c);
    }
    if rest.is_empty() { Ok(text) } else { Err(offset) }
}

/// Whether the decoded characters are a text with something in it.
fn check(text: &str) -> Result<(), DecodeError> {
    if is_binary(text.chars()) {
        Err(DecodeError::Binary { what: None })
    } else if text.chars().all(|c| c.is_whitespace() || c.is_control() || is_invisible(c)) {
        Err(DecodeError::Empty)
    } else {
        Ok(())
    }
}

/// Data, not text: a NUL, or more control characters than one in twenty, a stray one forgiven.
fn is_binary(chars: impl Iterator<Item = char>) -> bool {
    let (mut controls, mut all) = (0, 0);
    for c in chars {
        if c == '\0' {
            return true;
        }
        // Ctrl-Z ended a text in DOS.
        controls += usize::from(c.is_control() && !c.is_whitespace() && c != '\u{1A}');
        all += 1;
    }
    controls > 1 + all / 20
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWER: &str = "Ситуация: отток рос.\r\nЗадача — удержать «Сферу» (№ 1).\r\nСнизил отток с 8 до 5 %, ещё и подъём NPS.\r\n";

    fn utf16_of(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    /// The text in an encoding, without a mark; `None` where the encoding has no place for it.
    fn encoded(text: &str, encoding: Encoding) -> Option<Vec<u8>> {
        let single = |encoding: &'static encoding_rs::Encoding| {
            let (bytes, _, lossy) = encoding.encode(text);
            (!lossy).then(|| bytes.into_owned())
        };
        match encoding {
            Encoding::Utf8 => Some(text.as_bytes().to_vec()),
            Encoding::Utf16Le => Some(utf16_of(text, u16::to_le_bytes)),
            Encoding::Utf16Be => Some(utf16_of(text, u16::to_be_bytes)),
            Encoding::Windows1251 => single(WINDOWS_1251),
            Encoding::Koi8R => single(KOI8_R),
            Encoding::Cp866 => single(IBM866),
        }
    }

    fn decoded(text: &str, encoding: Encoding) -> Result<Decoded, DecodeError> {
        Ok(Decoded { text: text.to_owned(), encoding })
    }

    fn with_mark(mark: &[u8], text: Vec<u8>) -> Vec<u8> {
        [mark, &text].concat()
    }

    #[test]
    fn every_encoding_is_recognised() {
        for text in [ANSWER, "Снизил отток на 12 %.", "Привет"] {
            for encoding in Encoding::ALL {
                if let Some(bytes) = encoded(text, encoding) {
                    assert_eq!(decode(&bytes, None), decoded(text, encoding));
                    assert_eq!(decode(&bytes, Some(encoding)), decoded(text, encoding));
                }
            }
        }
    }

    #[test]
    fn a_mark_decides_and_is_taken_off() {
        let texts = [
            (Encoding::Utf8, with_mark(b"\xEF\xBB\xBF", "Да".into())),
            (Encoding::Utf16Le, with_mark(b"\xFF\xFE", utf16_of("Да", u16::to_le_bytes))),
            (Encoding::Utf16Be, with_mark(b"\xFE\xFF", utf16_of("Да", u16::to_be_bytes))),
        ];
        for (encoding, bytes) in texts {
            assert_eq!(decode(&bytes, None), decoded("Да", encoding));
            assert_eq!(decode(&bytes, Some(Encoding::Windows1251)), decoded("Да", encoding), "even when forced");
        }
    }

    #[test]
    fn ascii_is_utf8() {
        assert_eq!(decode(b"\" \" \" \" TODO", None), decoded("\" \" \" \" TODO", Encoding::Utf8));
    }

    #[test]
    fn no_text() {
        for blank in ["", " \r\n\t\u{A0}", "\u{FEFF}\u{200B}\n", "\u{1A}"] {
            assert_eq!(decode(blank.as_bytes(), None), Err(DecodeError::Empty), "{blank:?}");
        }
        let binary = |what| Err(DecodeError::Binary { what });
        assert_eq!(decode(b"%PDF-1.7\n...", None), binary(Some("документ PDF")));
        assert_eq!(decode(b"%PDF-1.7\n...", Some(Encoding::Cp866)), binary(Some("документ PDF")), "even when forced");
        assert_eq!(decode("Да\0".as_bytes(), None), binary(None));
        assert_eq!(decode(&[0; 64], None), binary(None));
        assert_eq!(decode(b"\x01\x02\x03\x04\x05\x06", None), binary(None));
        assert_eq!(decode(b"\x90\x01\x80\x02\x03\x04\xFF\x05", None), binary(None));
    }

    #[test]
    fn a_stray_control_character_is_forgiven() {
        for text in ["Да\u{7}", "Снизил отток.\u{1A}"] {
            assert_eq!(decode(text.as_bytes(), None), decoded(text, Encoding::Utf8));
        }
    }

    #[test]
    fn damaged_text_says_where() {
        let malformed = |encoding, offset| Err(DecodeError::Malformed { encoding, offset });
        let cut = &"Привет".as_bytes()[..11];
        assert_eq!(decode(cut, None), malformed(Encoding::Utf8, 10), "cut in the middle of a letter");
        assert_eq!(decode(&with_mark(b"\xEF\xBB\xBF", cut.to_vec()), None), malformed(Encoding::Utf8, 13));
        assert_eq!(decode(b"\xCF\xF0\xE8", Some(Encoding::Utf8)), malformed(Encoding::Utf8, 0));
        assert_eq!(decode(b"\xFF\xFE\x14\x04\x30", None), malformed(Encoding::Utf16Le, 4));
        assert_eq!(decode(b"\x14\x04\x00\xD8\x30\x04", Some(Encoding::Utf16Le)), malformed(Encoding::Utf16Le, 2));
        assert_eq!(decode(b"\xC4\xE0\x98", Some(Encoding::Windows1251)), malformed(Encoding::Windows1251, 2));
    }

    #[test]
    fn other_languages_are_not_read_as_russian() {
        assert_eq!(decode(b"f\xFCr die Gr\xF6\xDFe", None), Err(DecodeError::Unrecognized));
    }

    #[test]
    fn a_text_may_be_a_mebibyte_long() {
        assert!(decode(&vec![b'a'; MAX_BYTES], None).is_ok());
        let error = DecodeError::TooLarge { size: MAX_BYTES + 1, limit: MAX_BYTES };
        assert_eq!(decode(&vec![b'a'; MAX_BYTES + 1], None), Err(error));
    }

    #[test]
    fn any_bytes_have_an_answer() {
        let mut random = 1251_u64;
        for round in 0..20_000_usize {
            let bytes: Vec<u8> = (0..round % 64)
                .map(|_| {
                    random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    // Half of the rounds stay among Cyrillic bytes, where mistakes would hide.
                    (random >> 56) as u8 | if round % 2 == 0 { 0xC0 } else { 0 }
                })
                .collect();
            for forced in Encoding::ALL.map(Some).into_iter().chain([None]) {
                if let Err(DecodeError::Malformed { offset, .. }) = decode(&bytes, forced) {
                    assert!(offset < bytes.len(), "{bytes:?}");
                }
            }
        }
    }
}
