//! What a text shows by its lines: the names of its sections, deeds told one a line, years of work, pictures for list marks.
//!
//! A résumé and a vacancy are often typed without any mark of a list, so sentences say little of what they are.

use crate::document::Document;
use crate::language::{Features as F, Text, Token, fold};
use crate::lexicon::LineSigns;

/// What was seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lines {
    /// Sections that only a résumé has, or only a vacancy; each name once.
    pub resume_sections: usize,
    pub vacancy_sections: usize,
    /// Sections that a vacancy has, and others too.
    pub details: usize,
    /// Most lines begin with a deed.
    pub deeds: bool,
    /// Lines with years of work: «2019–2022», «03.2020 — н. в.».
    pub periods: usize,
    /// Several lines begin with a picture.
    pub pictures: bool,
    /// Somebody tells what they did or would do.
    pub narrator: bool,
}

/// So many lines, at least, make a layout.
const LEAST: usize = 3;
/// Words of a line of a résumé at most.
const SHORT: usize = 18;
/// Words of the name of a section at most.
const NAME: usize = 6;

pub fn look(document: &Document, text: &Text, signs: &LineSigns) -> Lines {
    let prose = document.text();
    let mut seen = Lines::default();
    let (mut names, mut deeds, mut others, mut pictures) = (Vec::new(), 0, 0, 0);
    let mut start = 0;
    for line in prose.split_inclusive('\n') {
        let end = start + line.len();
        let bare = line.trim().trim_start_matches(|c: char| !c.is_alphanumeric());
        let words = bare.split_whitespace().count();
        pictures += usize::from(line.trim_start().chars().next().is_some_and(is_picture));
        let within = text.tokens.partition_point(|token| token.start < start)..text.tokens.partition_point(|token| token.start < end);
        start = end;
        if words == 0 {
            continue;
        }
        // «* работал с Kafka» in a list is what is asked for as well.
        let marked = !line.trim_start().starts_with(|c: char| c.is_alphabetic() || c == '«');
        seen.narrator |= !marked && text.tokens[within.clone()].iter().any(is_own_deed);
        if let Some(name) = section(bare) {
            let ends = bare.trim_end().ends_with(['.', '!', ';', ',']);
            let name = signs.vacancy.iter().find(|known| !ends && begins(&name, known)).cloned().unwrap_or(name);
            let known = |known: &[String]| known.contains(&name);
            if [&signs.resume, &signs.vacancy, &signs.details].into_iter().any(|names| known(names)) {
                seen.resume_sections += usize::from(known(&signs.resume) && !names.contains(&name));
                seen.vacancy_sections += usize::from(known(&signs.vacancy) && !names.contains(&name));
                seen.details += usize::from(known(&signs.details) && !names.contains(&name));
                names.push(name);
                continue;
            }
        }
        if is_period(bare) {
            seen.periods += 1;
        } else if words <= SHORT && is_deed(&text.tokens[within]) {
            deeds += 1;
        } else {
            others += 1;
        }
    }
    seen.deeds = deeds >= LEAST && deeds >= others;
    seen.pictures = pictures >= LEAST;
    seen
}

/// The name that a line is, or begins with before a colon.
fn section(line: &str) -> Option<String> {
    let name = line.split(':').next().unwrap_or_default();
    let name = name.trim_end_matches(|c: char| !c.is_alphanumeric());
    (name.split_whitespace().count() <= NAME).then(|| fold(name))
}

/// Is it a longer form of this name: «что мы ждём от кандидата»? One word begins too much.
fn begins(name: &str, known: &str) -> bool {
    known.contains(' ') && name.strip_prefix(known).is_some_and(|rest| rest.starts_with(' '))
}

/// Neither a letter nor a digit nor a sign of prose.
fn is_picture(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}') && !matches!(c, '\u{2190}'..='\u{21FF}' | '\u{25A0}'..='\u{25FF}')
}

/// «Снизил», «провёл бы» of somebody who speaks of themselves.
fn is_own_deed(token: &Token) -> bool {
    let form = token.word.top();
    let told = form.has(F::VERB.with(F::PAST)) && !form.has(F::PLUR);
    !token.quoted && told && token.resolved.has(F::FIRST)
}

/// «Снизил отток на треть», «Обучение новичков»: a deed, and nobody says «я».
fn is_deed(tokens: &[Token]) -> bool {
    let mut words = tokens.iter().filter(|token| token.is_word());
    let Some(first) = words.next() else { return false };
    let told = first.word.is(F::VERB) && first.word.top().has(F::PAST) && !first.negated;
    let named = first.word.top().has(F::NOUN)
        && ["ние", "ция", "тие"].iter().any(|end| first.word.analyses.iter().any(|one| one.lemma.ends_with(end)));
    (told || named) && !words.any(|token| ["я", "мы", "мне", "нам"].iter().any(|own| token.word.has_lemma(own)))
}

/// Two years, or a year and the present, with no more than a month between them.
fn is_period(line: &str) -> bool {
    let is_year = |word: &str| word.len() == 4 && matches!(word.parse(), Ok(1960..=2050));
    // Dots divide days and months from years.
    let words: Vec<&str> =
        line.split(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | '(' | ')' | '/')).filter(|word| !word.is_empty()).collect();
    let joined = words.join(" ").replace(['–', '—', '-'], " - ");
    let words: Vec<&str> = joined.split(' ').filter(|word| !word.is_empty()).collect();
    words.iter().enumerate().filter(|(_, word)| is_year(word)).any(|(at, _)| {
        let mut rest = words[at + 1..].iter().copied().skip_while(|word| matches!(*word, "г" | "год" | "года"));
        let until = rest.next().is_some_and(|word| matches!(word, "-" | "по"));
        until
            && rest
                .take(3)
                .any(|word| is_year(word) || matches!(word.to_lowercase().as_str(), "настоящее" | "н" | "нв" | "сейчас" | "наст"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_of_work() {
        for line in [
            "2019–2022",
            "2019 — 2022, «Лето»",
            "март 2019 - май 2022",
            "03.2019 – 05.2022",
            "Мастер, 2020 г. – н. в.",
            "с 2018 по 2021",
            "2021 – по настоящее время",
        ] {
            assert!(is_period(line), "{line}");
        }
        for line in ["В 2019 году отток был 12 %, в 2020 — 8 %", "2019", "с 9 до 18", "1200–1500 заказов", "Отток 2019 года"]
        {
            assert!(!is_period(line), "{line}");
        }
    }

    #[test]
    fn names_of_sections() {
        assert_eq!(section("Опыт работы:").as_deref(), Some("опыт работы"));
        assert_eq!(section("Навыки: Excel, 1С, ведение кассы и ещё многое другое").as_deref(), Some("навыки"));
        assert_eq!(section("Опыт работы у меня такой, что рассказывать можно долго"), None);
    }
}
