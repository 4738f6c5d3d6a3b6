//! Classes of characters that the layers of a document agree on. What is done with them is decided in `fold` and `decode`.

use unicode_normalization::char::is_combining_mark;

/// Characters that show nothing and only get in the way of matching: the soft hyphen, zero-width characters,
/// the byte order mark, invisible operators and the controls of writing direction.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'
    )
}

/// Spaces of any width, and the tab, that stand for one ordinary space.
pub(super) fn is_fancy_space(c: char) -> bool {
    matches!(c, '\t' | '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}')
}

/// Characters other than `\n` and `\r` that end a line of prose: vertical tab (a line break in Word), form feed, NEL,
/// the line and the paragraph separator.
pub(super) fn is_rare_newline(c: char) -> bool {
    matches!(c, '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Hyphens and minuses that stand for `-`: the hyphen proper, the non-breaking hyphen, the minus sign. Dashes do not.
pub(super) fn is_fancy_hyphen(c: char) -> bool {
    matches!(c, '\u{2010}' | '\u{2011}' | '\u{2212}')
}

/// Letters of the Cyrillic block and its supplement.
pub(super) fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{481}' | '\u{48A}'..='\u{52F}')
}

/// Marks that join the letter before them.
pub(super) fn is_mark(c: char) -> bool {
    c >= '\u{300}' && !is_cyrillic(c) && is_combining_mark(c)
}

/// The Cyrillic letter a Latin one passes for, by shape; `None` when it looks like none.
pub(super) fn cyrillic_twin(c: char) -> Option<char> {
    let twin = match c {
        'a' | 'á' => 'а',
        'b' => 'ь',
        'c' => 'с',
        'e' | 'é' => 'е',
        'ë' => 'ё',
        'h' => 'н',
        'k' => 'к',
        'm' => 'м',
        'o' | 'ó' => 'о',
        'p' => 'р',
        't' => 'т',
        'x' => 'х',
        'y' | 'ý' => 'у',
        'A' | 'Á' => 'А',
        'B' => 'В',
        'C' => 'С',
        'E' | 'É' => 'Е',
        'Ë' => 'Ё',
        'H' => 'Н',
        'K' => 'К',
        'M' => 'М',
        'O' | 'Ó' => 'О',
        'P' => 'Р',
        'T' => 'Т',
        'X' => 'Х',
        'Y' | 'Ý' => 'У',
        _ => return None,
    };
    Some(twin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_twin_is_cyrillic_of_the_same_case() {
        for latin in (0..0x250).filter_map(char::from_u32) {
            if let Some(twin) = cyrillic_twin(latin) {
                assert!(!is_cyrillic(latin) && is_cyrillic(twin), "{latin}");
                assert_eq!(latin.is_uppercase(), twin.is_uppercase(), "{latin}");
            }
        }
    }

    #[test]
    fn a_character_has_one_class() {
        for c in '\0'..=char::MAX {
            let classes = [
                is_invisible(c),
                is_fancy_space(c),
                is_rare_newline(c),
                is_fancy_hyphen(c),
                c.is_alphanumeric() && !is_mark(c),
                is_mark(c),
            ];
            assert!(classes.iter().filter(|&&is| is).count() <= 1, "{c:?} {classes:?}");
        }
    }
}
