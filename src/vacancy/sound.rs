//! How a name sounds, in Latin letters: «зендеск» is Zendesk, «джира» is Jira.

/// Rough sound of a name: Cyrillic and Latin spellings of one name come out alike.
pub fn key(name: &str) -> String {
    let name = crate::language::fold(name);
    let letters: Vec<char> = name.chars().filter(|c| c.is_alphanumeric() || matches!(c, '+' | '#')).collect();
    let mut out = String::with_capacity(name.len());
    let mut at = 0;
    while at < letters.len() {
        let next = letters.get(at + 1).copied();
        let (sound, width) = match (letters[at], next) {
            ('p', Some('h')) => ("f", 2),
            ('c', Some('k')) => ("k", 2),
            ('c', Some('h')) | ('ч', _) => ("ch", if letters[at] == 'ч' { 1 } else { 2 }),
            ('c', Some('e' | 'i' | 'y')) => ("s", 1),
            ('s', Some('h')) => ("sh", 2),
            ('o', Some('o')) => ("u", 2),
            ('e', Some('e')) => ("i", 2),
            ('c' | 'q' | 'к', _) => ("k", 1),
            ('x', _) => ("ks", 1),
            ('j', _) => ("dzh", 1),
            ('w' | 'в', _) => ("v", 1),
            ('y' | 'и' | 'й' | 'ы', _) => ("i", 1),
            ('а', _) => ("a", 1),
            ('б', _) => ("b", 1),
            ('г', _) => ("g", 1),
            ('д', _) => ("d", 1),
            ('е' | 'э', _) => ("e", 1),
            ('ж', _) => ("zh", 1),
            ('з', _) => ("z", 1),
            ('л', _) => ("l", 1),
            ('м', _) => ("m", 1),
            ('н', _) => ("n", 1),
            ('о', _) => ("o", 1),
            ('п', _) => ("p", 1),
            ('р', _) => ("r", 1),
            ('с', _) => ("s", 1),
            ('т', _) => ("t", 1),
            ('у', _) => ("u", 1),
            ('ф', _) => ("f", 1),
            ('х', _) => ("h", 1),
            ('ц', _) => ("ts", 1),
            ('ш', _) => ("sh", 1),
            ('щ', _) => ("sch", 1),
            ('ю', _) => ("iu", 1),
            ('я', _) => ("ia", 1),
            ('ь' | 'ъ', _) => ("", 1),
            (other, _) => {
                if !out.ends_with(other) || other.is_ascii_digit() {
                    out.push(other);
                }
                at += 1;
                continue;
            }
        };
        // A doubled letter sounds once.
        if sound.len() != 1 || !out.ends_with(sound) {
            out.push_str(sound);
        }
        at += width;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn one_name_in_two_alphabets() {
        for (latin, cyrillic) in
            [("Zendesk", "зендеск"), ("Jira", "джира"), ("Kotlin", "Котлин"), ("Excel", "эксель"), ("Photoshop", "фотошоп")]
        {
            assert_eq!(key(latin).get(..5), key(cyrillic).get(..5), "{latin} {cyrillic}");
        }
        assert_ne!(key("C++"), key("C#"));
    }
}
