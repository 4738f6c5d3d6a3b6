//! The encodings a text may come in and the names people give them. How bytes are decoded lives in `decode`.

use std::fmt;
use std::str::FromStr;

/// An encoding Russian texts are met in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Windows1251,
    Koi8R,
    Cp866,
}

impl Encoding {
    /// Every encoding, in the order a list of them is shown.
    pub const ALL: [Self; 6] = [Self::Utf8, Self::Utf16Le, Self::Utf16Be, Self::Windows1251, Self::Koi8R, Self::Cp866];

    /// The canonical name, which `FromStr` reads back: `utf-8`, `utf-16le`, `utf-16be`, `windows-1251`, `koi8-r`, `cp866`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Windows1251 => "windows-1251",
            Self::Koi8R => "koi8-r",
            Self::Cp866 => "cp866",
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Encoding {
    type Err = UnknownEncoding;

    /// Reads the names users type; case, hyphens, underscores and spaces do not matter.
    /// Plain `utf-16` is little-endian, as on the web; a byte order mark in the text overrules it.
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let plain: String = name.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).map(|c| c.to_ascii_lowercase()).collect();
        match plain.as_str() {
            "utf8" | "utf8bom" | "utf8sig" => Ok(Self::Utf8),
            "utf16" | "utf16le" => Ok(Self::Utf16Le),
            "utf16be" => Ok(Self::Utf16Be),
            "windows1251" | "win1251" | "cp1251" | "1251" | "ansi" => Ok(Self::Windows1251),
            "koi8r" | "koi8" => Ok(Self::Koi8R),
            "cp866" | "ibm866" | "866" | "dos866" | "dos" | "oem866" | "oem" => Ok(Self::Cp866),
            _ => Err(UnknownEncoding { name: name.to_owned() }),
        }
    }
}

/// The name given for an encoding is none that Otvet knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownEncoding {
    /// The name as it was typed.
    pub name: String,
}

impl UnknownEncoding {
    /// What the user can do about it, in Russian.
    pub fn hint(&self) -> &'static str {
        "известны utf-8, utf-16le, utf-16be, windows-1251, koi8-r, cp866"
    }
}

impl fmt::Display for UnknownEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "неизвестная кодировка «{}»", self.name)
    }
}

impl std::error::Error for UnknownEncoding {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_users_type() {
        for (encoding, names) in [
            (Encoding::Utf8, &["utf-8", "utf8", "UTF_8", "utf-8-sig"][..]),
            (Encoding::Utf16Le, &["utf-16", "UTF-16LE", "utf16le"]),
            (Encoding::Utf16Be, &["utf-16be"]),
            (Encoding::Windows1251, &["cp1251", "windows-1251", "win1251", "Windows 1251", "CP-1251", "ansi"]),
            (Encoding::Koi8R, &["koi8-r", "KOI8R", "koi8"]),
            (Encoding::Cp866, &["cp866", "ibm866", "IBM-866", "866", "dos"]),
        ] {
            for name in names {
                assert_eq!(name.parse(), Ok(encoding), "{name}");
            }
        }
    }

    #[test]
    fn every_encoding_reads_its_own_name_back() {
        for encoding in Encoding::ALL {
            assert_eq!(encoding.to_string().parse(), Ok(encoding));
        }
    }

    #[test]
    fn an_unknown_name_is_quoted_and_the_known_ones_are_listed() {
        let error = "latin-1".parse::<Encoding>().unwrap_err();
        assert_eq!(error.to_string(), "неизвестная кодировка «latin-1»");
        for encoding in Encoding::ALL {
            assert!(error.hint().contains(encoding.name()), "{encoding}");
        }
    }
}
