//! Where paragraphs and items of lists end: what one says is not said by the next.

/// Does a paragraph, an item or a heading end with the line break at this byte?
pub fn ends(text: &str, line_break: usize) -> bool {
    let next = text[line_break + 1..].trim_start_matches([' ', '\t', '\r']);
    let number = next.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = number.len() < next.len() && number.strip_prefix(['.', ')']).is_some_and(|rest| rest.starts_with([' ', '\t']));
    next.is_empty() || numbered || next.starts_with(['\n', '-', '*', '+', '#', '•', '>', '|'])
}

/// The part of a phrase before the end of the paragraph or item it begins in.
pub fn first(phrase: &str) -> &str {
    let end = phrase.match_indices('\n').map(|(at, _)| at).find(|at| ends(phrase, *at)).unwrap_or(phrase.len());
    let part = phrase[..end].trim_end();
    if part.trim().is_empty() { phrase } else { part }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_ends_with_its_item() {
        for (phrase, part) in [
            ("вёл смену\n- снизил", "вёл смену"),
            ("вёл смену\r\n  2. снизил", "вёл смену"),
            ("вёл смену  \n\nснизил", "вёл смену"),
            ("вёл смену\nи снизил", "вёл смену\nи снизил"),
            ("вёл смену\n2 года", "вёл смену\n2 года"),
            ("\n- снизил", "\n- снизил"),
        ] {
            assert_eq!(first(phrase), part, "{phrase:?}");
        }
    }
}
