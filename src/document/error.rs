//! Why bytes could not be read as a text, said to the user. The name of the file is added by the caller.

use std::fmt;

use super::encoding::Encoding;

/// What stands between bytes and a text. `Display` is a Russian sentence without a capital, a full stop or a file name;
/// [`DecodeError::hint`] says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecodeError {
    /// There is nothing to read but spaces, if that.
    Empty,
    /// Longer than the limit; both in bytes.
    TooLarge { size: usize, limit: usize },
    /// No text at all. `what` names the kind of file in Russian («документ PDF»), where it is known.
    Binary { what: Option<&'static str> },
    /// The encoding was given, or is beyond doubt, but the byte at `offset` (from 0) has no place in it.
    Malformed { encoding: Encoding, offset: usize },
    /// Text perhaps, but not Russian in any encoding that Otvet knows.
    Unrecognized,
}

impl DecodeError {
    /// What the user can do about it, in Russian.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Empty => "добавьте текст ответа и сохраните файл",
            Self::TooLarge { .. } => "разделите текст: один ответ или одно письмо — один файл",
            Self::Binary { what: Some(_) } => "скопируйте текст в файл .txt и проверьте его",
            Self::Binary { what: None } => "нужен обычный текст: сохраните его в файл .txt в кодировке UTF-8",
            Self::Malformed { .. } => "сохраните файл как UTF-8 или укажите верную кодировку: --encoding windows-1251",
            Self::Unrecognized => "сохраните файл как UTF-8 или укажите --encoding",
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("текст пуст"),
            Self::TooLarge { size, limit } => {
                write!(f, "текст слишком велик: {}, а предел — {}", Megabytes(*size), Megabytes(*limit))
            }
            Self::Binary { what: Some(what) } => write!(f, "это не текст, а {what}"),
            Self::Binary { what: None } => f.write_str("это не текст, а двоичные данные"),
            Self::Malformed { encoding, offset } => {
                write!(f, "текст повреждён: по смещению {offset} стоит байт, невозможный в кодировке {encoding}")
            }
            Self::Unrecognized => f.write_str("не удалось узнать кодировку текста"),
        }
    }
}

impl std::error::Error for DecodeError {}

/// A size in bytes, shown in megabytes of 1024² and rounded up to a tenth: «1 МБ», «2,4 МБ».
struct Megabytes(usize);

impl fmt::Display for Megabytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MEGABYTE: u128 = 1024 * 1024;
        let tenths = (self.0 as u128 * 10).div_ceil(MEGABYTE);
        match (tenths / 10, tenths % 10) {
            (whole, 0) => write!(f, "{whole} МБ"),
            (whole, tenth) => write!(f, "{whole},{tenth} МБ"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_error_says_what_is_wrong() {
        for (error, message) in [
            (DecodeError::Empty, "текст пуст"),
            (DecodeError::TooLarge { size: 2_500_000, limit: 1 << 20 }, "текст слишком велик: 2,4 МБ, а предел — 1 МБ"),
            (DecodeError::TooLarge { size: (1 << 20) + 1, limit: 1 << 20 }, "текст слишком велик: 1,1 МБ, а предел — 1 МБ"),
            (DecodeError::Binary { what: Some("документ PDF") }, "это не текст, а документ PDF"),
            (DecodeError::Binary { what: None }, "это не текст, а двоичные данные"),
            (
                DecodeError::Malformed { encoding: Encoding::Utf8, offset: 17 },
                "текст повреждён: по смещению 17 стоит байт, невозможный в кодировке utf-8",
            ),
            (DecodeError::Unrecognized, "не удалось узнать кодировку текста"),
        ] {
            assert_eq!(error.to_string(), message);
            assert!(!error.hint().is_empty());
        }
    }
}
