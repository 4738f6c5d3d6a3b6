//! Where the segmenter's sentences are joined or cut anew.

use super::features::Features;
use super::token::{Token, TokenKind};

/// Do two neighbouring pieces belong to one sentence?
pub fn joins(prose: &str, before: &[Token], after: &[Token]) -> bool {
    speech_goes_on(prose, before, after) || only_a_date(prose, before) || only_a_number(prose, before)
}

/// Where a piece must be cut: before the second and further points of «…; 2) …».
pub fn cuts(prose: &str, tokens: &[Token]) -> Vec<usize> {
    let point = |window: &[Token]| {
        window[0].text(prose) == ";"
            && window[1].kind == TokenKind::Number
            && window[2].text(prose) == ")"
            && window[1].end == window[2].start
    };
    tokens.windows(3).enumerate().filter(|(_, window)| point(window)).map(|(place, _)| place + 1).collect()
}

/// How far back an open quotation mark is looked for: a quotation is shorter, and a text must not cost the square of its length.
const LONGEST_SPEECH: usize = 200;
/// The most tokens of «В 2010–2012 гг.».
const LONGEST_DATE: usize = 10;

/// «К чему готовитесь? – спросил клиент. – Завтра выходной»: quotation marks that are still open hold the speech together.
fn speech_goes_on(prose: &str, before: &[Token], after: &[Token]) -> bool {
    let dash = after.first().is_some_and(|token| matches!(token.text(prose), "–" | "—" | "-"));
    // Marks that are never closed must not swallow the rest of the text.
    if !dash || !after.iter().take(LONGEST_SPEECH).any(|token| token.text(prose) == "»") {
        return false;
    }
    let near = &before[before.len().saturating_sub(LONGEST_SPEECH)..];
    let open = near.iter().fold(0_i32, |depth, token| match token.text(prose) {
        "«" => depth + 1,
        "»" => depth - 1,
        _ => depth,
    });
    open > 0
}

/// «В 2010–2012 гг.»: a preposition with a number and its abbreviated unit say nothing yet.
fn only_a_date(prose: &str, before: &[Token]) -> bool {
    if before.len() > LONGEST_DATE {
        return false;
    }
    let mut words = before.iter().filter(|token| token.kind != TokenKind::Punct);
    let Some(first) = words.next() else { return false };
    let rest: Vec<&Token> = words.collect();
    first.word.is(Features::ADP)
        && (2..=4).contains(&rest.len())
        && rest[0].kind == TokenKind::Number
        && rest
            .iter()
            .skip(1)
            .all(|token| token.kind == TokenKind::Number || token.text(prose).ends_with('.') || token.text(prose).chars().count() <= 3)
        && before.last().is_some_and(|token| token.text(prose).ends_with('.'))
}

/// «§2.», «№ 4.»: the number of what follows.
fn only_a_number(prose: &str, before: &[Token]) -> bool {
    let mut texts = before.iter().map(|token| token.text(prose));
    let sign = texts.next().is_some_and(|text| text.starts_with('§') || text.starts_with('№'));
    sign && texts.all(|text| text.chars().all(|c| c.is_ascii_digit() || c == '.'))
}

#[cfg(test)]
mod tests {
    use crate::{Analyzer, Lexicon, Options};

    fn sentences(text: &str) -> Vec<String> {
        let analyzer = Analyzer::new(Lexicon::load(&Options::default()).unwrap()).unwrap();
        analyzer.reader().trace(text).sentences.into_iter().map(|sentence| sentence.text).collect()
    }

    #[test]
    fn speech_inside_open_marks_is_one_sentence() {
        assert_eq!(sentences("«Когда вернёте деньги? – спросил гость. – Завтра я улетаю».").len(), 1);
        // Nobody closes the marks: the text goes on by sentences.
        assert_eq!(sentences("Он сказал: «Верните деньги! – и ушёл. – Потом вернулся.").len(), 2);
    }

    #[test]
    fn a_date_alone_is_no_sentence() {
        assert_eq!(sentences("В 2019–2021 гг. Марина вела склад."), ["В 2019–2021 гг. Марина вела склад."]);
        assert_eq!(sentences("Открыли в 2019 г. Марина вела склад.").len(), 2);
    }

    #[test]
    fn points_in_a_line_are_sentences() {
        assert_eq!(
            sentences("Что сделал: 1) собрал жалобы; 2) позвонил каждому."),
            ["Что сделал: 1) собрал жалобы;", "2) позвонил каждому."]
        );
    }
}
