//! Guessing which single-byte encoding a Russian text is in. Only windows-1251, KOI8-R and CP866 are told apart here;
//! byte order marks, UTF-8 and UTF-16 are recognised in `decode` before it comes to this.
//!
//! Every encoding puts Russian letters in other places, so the bytes are read in each and the reading that looks most like
//! Russian wins: its letters follow each other as they do in Russian, capitals stand where capitals stand, and there are
//! no frames, control characters or Serbian letters.

use encoding_rs::{IBM866, KOI8_R, WINDOWS_1251};

use super::encoding::Encoding;

/// The encodings told apart, the most likely one first: it wins a draw.
const CANDIDATES: [(Encoding, &encoding_rs::Encoding); 3] =
    [(Encoding::Windows1251, WINDOWS_1251), (Encoding::Cp866, IBM866), (Encoding::Koi8R, KOI8_R)];

/// A head start for windows-1251: among files that people still have, it is met about eight times as often.
const HEAD_START: i64 = 3;

/// How often one letter follows another: the row is the first, the column the second; number 0 is the edge of a word,
/// then а to я without ё. A digit is 5 + log2 of the pair's frequency against all pairs being equally frequent, rounded and
/// held within 0..=9. Counted over 185,000 pairs of the answers in `fixtures/corpus`.
const PAIRS: [&[u8; LETTERS]; LETTERS] = [
    b"077978658808789898987455750000626", // ·
    b"906756567347877056782344554000065", // а
    b"341000602503503706305010004360013", // б
    b"880202803604545825655011221070004", // в
    b"450005300401502805003000000000000", // г
    b"570603830703526725326024110053003", // д
    b"924567556166878248781353554000021", // е
    b"252006600503005000004000000000000", // ж
    b"683634210503335403004000100041003", // з
    b"944635736556767335770365542000056", // и
    b"800003000002023000340000310000000", // й
    b"780300500600603805466002000000000", // к
    b"780030730803402700435000200047065", // л
    b"870000800701235640206000000053003", // м
    b"690234822805006801466203200075036", // н
    b"907878565477777368882334651000224", // о
    b"260000700602501838034000000030004", // п
    b"680543840703045820357020130064035", // р
    b"762503700606655765584121410046007", // с
    b"880615802705225937515000400068004", // т
    b"824445254035543055560040542000050", // у
    b"130000300400100403001100000000000", // ф
    b"730210100200003602002020000000000", // х
    b"450000500500000100003000000020000", // ц
    b"460000700604005000064000030002000", // ч
    b"250000600503504201024000000002000", // ш
    b"040000500400000000002000000000000", // щ
    b"000000200000000000000000000000002", // ъ
    b"703532501063553024540050240000001", // ы
    b"800021302004046000430001050000032", // ь
    b"000000000002000000060100000000000", // э
    b"703004000000011002340000203000000", // ю
    b"802404313000544000360024401000030", // я
];

/// The letters а to я without ё, and the edge of a word.
const LETTERS: usize = 33;

/// What a digit of [`PAIRS`] stands for when the pair is as frequent as any.
const AVERAGE_PAIR: i64 = 5;

/// Added for a character that Russian prose has no use for: a frame, a control character, «Ђ».
const ALIEN: i64 = -6;
/// Added where a capital follows a small letter.
const CAPITAL_INSIDE: i64 = -4;
/// Added where a capital follows a capital: possible, but less likely than small letters.
const CAPITALS: i64 = -1;
/// Added where a Russian and a Latin letter touch: a sign of «für» or «città» read as Russian.
const MIXED: i64 = -9;

/// The score, per letter, under which a text is not Russian. Odd but real words («ГИБКИЙ ГРАФИК») stay above it.
const PLAUSIBLE: i64 = -2;

/// The encoding in which the text is most likely Russian, or `None` when it is plausible in none.
pub(super) fn guess(bytes: &[u8]) -> Option<Encoding> {
    let readings = CANDIDATES.map(|(encoding, table)| (encoding, Reading::of(bytes, &classes(table))));
    let rank = |encoding, score| score + if encoding == Encoding::Windows1251 { HEAD_START } else { 0 };
    // The first of the best.
    let (encoding, best) = readings.into_iter().rev().max_by_key(|(encoding, reading)| rank(*encoding, reading.score))?;
    (best.score >= PLAUSIBLE * best.letters).then_some(encoding)
}

/// What a byte is in one of the encodings.
#[derive(Clone, Copy)]
enum Class {
    /// A Russian letter: its number in [`PAIRS`] and its case.
    Letter {
        number: usize,
        capital: bool,
    },
    Latin,
    /// The sign №, which does not touch a Latin letter either: in CP866 it is where Western encodings have «ü».
    Number,
    /// A space, a digit, a sign that prose uses.
    Sign,
    Alien,
}

/// What each byte is in an encoding.
fn classes(encoding: &'static encoding_rs::Encoding) -> [Class; 256] {
    let bytes: Vec<u8> = (0..=u8::MAX).collect();
    let mut classes = [Class::Alien; 256];
    let decoded = encoding.decode_without_bom_handling(&bytes).0;
    for (class, c) in classes.iter_mut().zip(decoded.chars()) {
        *class = classify(c);
    }
    classes
}

fn classify(c: char) -> Class {
    match c {
        'а'..='я' => Class::Letter { number: c as usize - 'а' as usize + 1, capital: false },
        'А'..='Я' => Class::Letter { number: c as usize - 'А' as usize + 1, capital: true },
        'ё' => Class::Letter { number: E, capital: false },
        'Ё' => Class::Letter { number: E, capital: true },
        'a'..='z' | 'A'..='Z' => Class::Latin,
        '№' => Class::Number,
        '\t' | '\n' | '\r' | ' '..='~' => Class::Sign,
        '\u{A0}' | '«' | '»' | '—' | '–' | '…' | '“' | '”' | '„' | '‘' | '’' | '•' | '§' | '©' | '±' | '€' => {
            Class::Sign
        }
        _ => Class::Alien,
    }
}

/// The number of the letter е, which ё is counted as.
const E: usize = 6;

/// The bytes read in one of the encodings.
#[derive(Clone, Copy)]
struct Reading {
    /// How much it looks like Russian.
    score: i64,
    /// How many Russian letters there are.
    letters: i64,
}

impl Reading {
    fn of(bytes: &[u8], classes: &[Class; 256]) -> Self {
        let (mut score, mut letters) = (0, 0);
        let mut previous = Class::Sign;
        for &byte in bytes {
            let class = classes[usize::from(byte)];
            score += follow(previous, class);
            letters += i64::from(matches!(class, Class::Letter { .. }));
            previous = class;
        }
        Self { score, letters }
    }
}

/// What a byte adds to the score after another.
fn follow(previous: Class, class: Class) -> i64 {
    match (previous, class) {
        (_, Class::Alien) => ALIEN,
        (Class::Letter { .. } | Class::Number, Class::Latin) | (Class::Latin, Class::Letter { .. } | Class::Number) => MIXED,
        (Class::Letter { number: first, capital: was }, Class::Letter { number: second, capital: is }) => {
            pair(first, second)
                + match (was, is) {
                    (false, true) => CAPITAL_INSIDE,
                    (true, true) => CAPITALS,
                    (_, false) => 0,
                }
        }
        (Class::Letter { number, .. }, Class::Sign | Class::Number) => pair(number, 0),
        (Class::Sign | Class::Number, Class::Letter { number, .. }) => pair(0, number),
        _ => 0,
    }
}

fn pair(first: usize, second: usize) -> i64 {
    i64::from(PAIRS[first][second] - b'0') - AVERAGE_PAIR
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess_of(text: &str) -> [Option<Encoding>; 3] {
        CANDIDATES.map(|(_, table)| guess(&table.encode(text).0))
    }

    #[test]
    fn a_few_words_are_enough() {
        for text in [
            "Снизил отток на 12 %.",
            "Привет!",
            "да",
            "ЗАДАЧА: УДЕРЖАТЬ КОНТРАКТ",
            "Ещё объём подъёма",
            "CRM и KPI: рост на 5",
            "1. Внедрил чат-бот\r\n2. Обучил команду\r\n",
        ] {
            assert_eq!(guess_of(text), CANDIDATES.map(|(encoding, _)| Some(encoding)), "{text}");
        }
    }

    #[test]
    fn signs_alone_speak_for_windows() {
        assert_eq!(guess(b"Sales grew \x97 12 % \xABnet\xBB"), Some(Encoding::Windows1251));
    }

    #[test]
    fn other_languages_are_not_taken_for_russian() {
        for bytes in [
            &b"f\xFCr die Gr\xF6\xDFe"[..],
            b"caf\xE9 d\xE9j\xE0 vu",
            b"citt\xE0 e libert\xE0",
            b"\x82\xB1\x82\xF1\x82\xC9\x82\xBF\x82\xCD",
            b"\x01\x02\x80\x81\x90\xFF",
        ] {
            assert_eq!(guess(bytes), None, "{bytes:?}");
        }
    }

    #[test]
    fn the_table_of_pairs_holds_digits() {
        assert!(PAIRS.iter().all(|row| row.iter().all(u8::is_ascii_digit)));
    }
}
