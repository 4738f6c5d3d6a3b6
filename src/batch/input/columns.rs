//! Which column holds what, by its heading.

use std::collections::HashMap;

use crate::bank::Bank;
use crate::batch::ask::Ask;
use crate::batch::record::Refusal;

/// What a column can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    Id,
    Kind,
    Question,
    Level,
    Candidate,
    Text,
}

/// The headings people use, in lower case, ё as е, without signs.
const HEADINGS: [(Role, &[&str]); 6] = [
    (
        Role::Text,
        &[
            "ответ",
            "текст",
            "текст ответа",
            "ответ кандидата",
            "ответ респондента",
            "письмо",
            "текст письма",
            "answer",
            "text",
            "response",
            "reply",
            "answer text",
            "letter",
        ],
    ),
    (Role::Question, &["question id", "id вопроса", "код вопроса", "вопрос", "question", "текст вопроса", "question text"]),
    (Role::Level, &["уровень", "уровень кандидата", "уровень должности", "грейд", "level", "seniority"]),
    (
        Role::Candidate,
        &[
            "кандидат",
            "фио",
            "фио кандидата",
            "имя кандидата",
            "соискатель",
            "респондент",
            "участник",
            "имя",
            "ваше имя",
            "ваше имя и фамилия",
            "имя и фамилия",
            "фамилия и имя",
            "ваше фио",
            "candidate",
            "candidate name",
            "respondent",
            "applicant",
            "name",
            "full name",
        ],
    ),
    (Role::Id, &["id", "ид", "идентификатор", "код", "номер", "№", "id ответа", "answer id", "record id", "response id"]),
    (Role::Kind, &["вид", "вид текста", "тип", "тип текста", "kind", "type"]),
];

/// Columns of forms that are nobody's answer: nothing needs to be said of them.
const SERVICE: [&str; 20] = [
    "почта",
    "email",
    "e mail",
    "электронная почта",
    "адрес электронной почты",
    "ваш email",
    "телефон",
    "номер телефона",
    "отметка времени",
    "время создания",
    "время",
    "дата",
    "timestamp",
    "баллы",
    "score",
    "дата и время",
    "создано",
    "время начала",
    "время окончания",
    "ключ",
];

/// Words by which a heading of one's own is known: beginnings of which one must be there, and of which none may be.
const SIGNS: [(Role, &[&str], &[&str]); 7] = [
    (
        Role::Text,
        &["ответ", "текст", "answer", "response"],
        &["вопрос", "question", "id", "дата", "время", "длина", "балл", "оценк", "верн"],
    ),
    (Role::Question, &["вопрос", "question"], &["ответ", "answer", "комментар", "категор", "тип", "номер", "балл"]),
    (Role::Level, &["уровень", "грейд", "level", "grade"], &["вопрос", "балл", "дохода", "зарплат"]),
    (
        Role::Candidate,
        &["фио", "имя", "фамили", "зовут", "кандидат", "соискател", "респондент"],
        &["ответ", "вопрос", "балл", "оценк", "комментар", "уровень", "файл", "пользовател"],
    ),
    // Where no name is asked for, the address tells one person from another.
    (Role::Candidate, &["почт", "email", "mail", "username", "пользовател"], &["ответ", "вопрос", "балл"]),
    (Role::Id, &["№", "id", "номер", "n"], &["вопрос", "телефон", "question", "паспорт"]),
    (Role::Kind, &["вид", "kind"], &["вопрос", "деятельност"]),
];

/// A heading of more words is a question.
const LONGEST_HEADING: usize = 5;

/// What the columns of a table are.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Columns {
    pub roles: HashMap<Role, usize>,
    /// Columns of a form whose headings are questions, with the questions' ids.
    pub questions: Vec<(usize, String)>,
    /// Headings that mean nothing here.
    pub unknown: Vec<String>,
}

impl Columns {
    pub fn get(&self, role: Role) -> Option<usize> {
        self.roles.get(&role).copied()
    }

    /// Does a column hold texts?
    pub fn is_wide(&self) -> bool {
        !self.questions.is_empty()
    }
}

/// What the columns are; `None` if no column holds answers.
///
/// # Errors
/// A column the user named is not there.
pub fn recognise(headings: &[String], ask: &Ask) -> Result<Option<Columns>, Refusal> {
    let mut columns = Columns::default();
    let named = &ask.columns;
    let wanted = [
        (Role::Text, &named.text, "--text-column"),
        (Role::Question, &named.question, "--question-column"),
        (Role::Level, &named.level, "--level-column"),
        (Role::Candidate, &named.candidate, "--candidate-column"),
        (Role::Id, &named.id, "--id-column"),
        (Role::Kind, &named.kind, "--kind-column"),
    ];
    for (role, name, flag) in wanted {
        if let Some(name) = name {
            let column = find(headings, name)
                .ok_or_else(|| Refusal::new("no-column", format!("столбца «{name}» ({flag}) нет; есть: {}", listed(headings))))?;
            columns.roles.insert(role, column);
        }
    }
    let folded: Vec<String> = headings.iter().map(|heading| fold(heading)).collect();
    for (role, names) in HEADINGS {
        if columns.roles.contains_key(&role) {
            continue;
        }
        // The likeliest name first, not the leftmost column.
        let taken: Vec<usize> = columns.roles.values().copied().collect();
        let found =
            names.iter().find_map(|name| folded.iter().enumerate().position(|(at, heading)| heading == name && !taken.contains(&at)));
        if let Some(column) = found {
            columns.roles.insert(role, column);
        }
    }
    for (role, one_of, none_of) in SIGNS {
        if columns.roles.contains_key(&role) {
            continue;
        }
        let taken: Vec<usize> = columns.roles.values().copied().collect();
        let fits = |heading: &String| signed(heading, one_of, none_of);
        let free = |at: &usize| !taken.contains(at) && ask.bank.find(&headings[*at]).is_none();
        if let Some(column) = folded.iter().enumerate().position(|(at, heading)| fits(heading) && free(&at)) {
            columns.roles.insert(role, column);
        }
    }
    wide(headings, &folded, &ask.bank, &mut columns);
    if columns.get(Role::Text).is_some() && (named.text.is_some() || columns.questions.len() < 2) {
        columns.questions.clear();
        columns.unknown.clear();
    }
    Ok((columns.is_wide() || columns.get(Role::Text).is_some()).then_some(columns))
}

/// «Ответ кандидата», «№ п/п», «Ваши имя и фамилия»: a short heading with a word that tells.
fn signed(heading: &str, one_of: &[&str], none_of: &[&str]) -> bool {
    let words: Vec<&str> = heading.split(' ').collect();
    // A short beginning is a whole word: «id», «№», «вид», not «видео».
    let begins = |sign: &&str| words.iter().any(|word| if sign.chars().count() <= 3 { word == sign } else { word.starts_with(*sign) });
    words.len() <= LONGEST_HEADING && one_of.iter().any(begins) && !none_of.iter().any(begins)
}

fn wide(headings: &[String], folded: &[String], bank: &Bank, columns: &mut Columns) {
    for (column, heading) in headings.iter().enumerate() {
        if columns.roles.values().any(|taken| *taken == column) || folded[column].is_empty() {
            continue;
        }
        match bank.find(heading) {
            Some(found) => columns.questions.push((column, found.id.to_string())),
            None if SERVICE.contains(&folded[column].as_str()) => {}
            None => columns.unknown.push(heading.trim().to_string()),
        }
    }
}

/// A column by its heading or number.
fn find(headings: &[String], name: &str) -> Option<usize> {
    let exact = headings.iter().position(|heading| heading.trim() == name.trim());
    let folded = || headings.iter().position(|heading| fold(heading) == fold(name));
    let number = || name.trim().parse::<usize>().ok().filter(|number| (1..=headings.len()).contains(number)).map(|number| number - 1);
    exact.or_else(folded).or_else(number)
}

pub fn listed(headings: &[String]) -> String {
    let names: Vec<String> =
        headings.iter().filter(|heading| !heading.trim().is_empty()).take(12).map(|heading| format!("«{}»", shortened(heading))).collect();
    if names.is_empty() { "заголовков нет".into() } else { names.join(", ") }
}

/// A heading is said on one line.
pub fn shortened(heading: &str) -> String {
    otvet::report::sanitize::short(heading, 60)
}

fn fold(heading: &str) -> String {
    let heading = heading.to_lowercase().replace('ё', "е");
    let words: Vec<&str> = heading.split(|c: char| !c.is_alphanumeric() && c != '№').filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::tests::bank;

    fn columns(headings: &[&str], ask: &Ask) -> Option<Columns> {
        let headings: Vec<String> = headings.iter().map(|heading| (*heading).to_string()).collect();
        recognise(&headings, ask).unwrap()
    }

    #[test]
    fn usual_headings_are_known() {
        let found = columns(&["№", "Кандидат", "Вопрос", "question_id", "Уровень", " Текст ответа: "], &Ask::default()).unwrap();
        for (role, column) in [(Role::Id, 0), (Role::Candidate, 1), (Role::Question, 3), (Role::Level, 4), (Role::Text, 5)] {
            assert_eq!(found.get(role), Some(column), "{role:?}");
        }
        assert_eq!(columns(&["a", "b"], &Ask::default()), None);
    }

    #[test]
    fn headings_of_ones_own_are_known_by_their_words() {
        let headings =
            ["№ п/п", "ФИО кандидата", "Вакансия", "Вопрос интервью", "Ответ кандидата (полностью)", "Комментарий HR", "Номер телефона"];
        let found = columns(&headings, &Ask::default()).unwrap();
        for (role, column) in [(Role::Id, 0), (Role::Candidate, 1), (Role::Question, 3), (Role::Text, 4)] {
            assert_eq!(found.get(role), Some(column), "{role:?}");
        }
        assert_eq!((found.get(Role::Level), found.get(Role::Kind)), (None, None));
        let found =
            columns(&["Ваши имя и фамилия", "Как вас зовут?", "Грейд кандидата", "Дата ответа", "Ваш ответ"], &Ask::default()).unwrap();
        for (role, column) in [(Role::Candidate, 0), (Role::Level, 2), (Role::Text, 4)] {
            assert_eq!(found.get(role), Some(column), "{role:?}");
        }
    }

    #[test]
    fn a_form_has_a_question_a_column() {
        let ask = Ask { bank: bank(), ..Ask::default() };
        let found = columns(&["Отметка времени", "Ваше имя", "Какие у вас слабые стороны?", "Любимый цвет"], &ask).unwrap();
        assert_eq!(found.questions, [(2, "weaknesses".to_string())]);
        assert_eq!(found.get(Role::Candidate), Some(1));
        assert_eq!(found.unknown, ["Любимый цвет"]);
    }

    #[test]
    fn the_user_has_the_last_word() {
        let named = crate::batch::ask::Columns { text: Some("2".into()), ..Default::default() };
        let ask = Ask { columns: named, ..Ask::default() };
        assert_eq!(columns(&["Ответ", "Разное"], &ask).unwrap().get(Role::Text), Some(1));
        assert_eq!(recognise(&["Ответ".into()], &ask).unwrap_err().code, "no-column");
    }
}
