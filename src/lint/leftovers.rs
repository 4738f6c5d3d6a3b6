//! What another letter left behind: another person greeted, another company applied to.
//!
//! Names are taken only from turns of speech that address the reader («Уважаемый Пётр», «хочу работать в «Сфере»»): a former employer or a
//! colleague may be named freely.

use std::ops::Range;
use std::sync::LazyLock;

use otvet::language::{Features, Morphology, fold};
use otvet::report::Severity;
use otvet::report::structure::WholeRule;
use regex::Regex;

/// Another reader is greeted further down.
const NAME_LEFT: WholeRule = WholeRule {
    id: "letter/other-name",
    severity: Severity::Warning,
    message: "в письме обращаются к другому адресату",
    reason: "Похоже на остаток чужого письма: читатель увидит, что писали не ему.",
    advice: "Проверьте, кому вы пишете, и оставьте одно имя.",
};
/// Another company is applied to further down, or than the vacancy names.
const COMPANY_LEFT: WholeRule = WholeRule {
    id: "letter/other-company",
    severity: Severity::Warning,
    message: "в письме просятся в другую компанию",
    reason: "Похоже на остаток чужого письма: после такого его не дочитывают.",
    advice: "Проверьте название компании во всём письме.",
};

/// Every rule of this file.
pub const RULES: [WholeRule; 2] = [NAME_LEFT, COMPANY_LEFT];

/// A name that stands against another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leftover {
    pub rule: WholeRule,
    /// Bytes of the prose.
    pub span: Range<usize>,
    /// Says more than that of the rule.
    pub message: String,
}

const NAME: &str = r"(?P<given>[А-ЯЁ][а-яё]+)(?:[ \u{a0}](?P<patronymic>[А-ЯЁ][а-яё]+(?:вич|вна|ична|ич)[а-яё]?))?";
const HELLO: &str =
    r"(?i:здравствуйте|здравствуй|приветствую|добр(?:ый|ого|ое)[ \u{a0}](?:день|дня|вечер|вечера|утро|утра)|доброго времени суток)";
const DEAR: &str = r"(?i:уважаем(?:ая|ый)|многоуважаем(?:ая|ый)|дорог(?:ая|ой))";
const FIRM: &str = r"(?i:компани[а-яё]+|банк[а-яё]*|сет[а-яё]+|групп[а-яё]+|клиник[а-яё]+|фирм[а-яё]+|холдинг[а-яё]*|ооо|оао|зао|пао|ао)";

/// A name in quotation marks, or a capitalised one after «компания».
fn company() -> String {
    format!(r#"(?:{FIRM}[ \u{{a0}}])?[«"„“](?P<company>[^«»"„“”\n]{{2,40}})[»"”“]|(?i:компани[а-яё]+)[ \u{{a0}}](?P<bare>[A-ZА-ЯЁ][\w-]+)"#)
}

fn compile(patterns: &[String]) -> Vec<Regex> {
    patterns.iter().filter_map(|pattern| Regex::new(pattern).ok()).collect()
}

static GREETINGS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    compile(&[
        format!(r"{HELLO},?[ \u{{a0}}](?:{DEAR}[ \u{{a0}}])?{NAME}"),
        format!(r"{DEAR}[ \u{{a0}}]{NAME}"),
        format!(r"(?m)^[ \t]*{NAME},[ \u{{a0}}](?:{HELLO}|(?i:спасибо|благодарю))"),
    ])
});

static TARGETS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let company = company();
    compile(&[
        format!(r"(?i:вакансию|вакансии|позицию|должность)[^.!?\n]{{0,60}}?[ \u{{a0}}]во?[ \u{{a0}}](?:{company})"),
        format!(
            r"(?i:хочу|хотел|хотела|хотелось|рад|рада|готов|готова|мечтаю|буду рад|буду рада)[^.!?\n]{{0,40}}?(?i:работать|попасть|устроиться|присоединиться|перейти|стать частью)[^.!?\n]{{0,25}}?[ \u{{a0}}](?:{company})"
        ),
        format!(r"(?i:ваш[а-яё]*)[ \u{{a0}}](?:{company})"),
        format!(r"(?i:почему|именно)[ \u{{a0}}](?:(?i:именно)[ \u{{a0}}])?(?:(?i:в|во|вы)[ \u{{a0}}])?(?:{company})"),
        format!(r"(?i:уважаем(?:ые|ая))[ \u{{a0}}](?i:коллеги|команда|сотрудники|представители)[ \u{{a0}}](?:{company})"),
    ])
});

static FIRMS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    compile(&[
        format!(r#"{FIRM}[ \u{{a0}}][«"„“](?P<company>[^«»"„“”\n]{{2,40}})[»"”“]"#),
        r#"(?m)^[ \t#*]*(?i:компания|работодатель|организация)[*]*[:—–-][* ]*[«"„“]?(?P<company>[^«»"„“”\n.,*]{2,40})"#.to_string(),
        r#"(?m)^[ \t#*]*[«"„“]?(?P<company>[A-ZА-ЯЁ][^«»"„“”\n.,:]{1,40}?)[»"”“]?[ \u{a0}](?:[—–-][^\n]{0,80})?(?i:ищет|приглашает)"#
            .to_string(),
    ])
});

/// Who a vacancy says it is from.
#[derive(Debug, Clone)]
pub struct Employer {
    /// The companies that are named as such.
    firms: Vec<String>,
    /// The whole vacancy, folded.
    words: String,
}

impl Employer {
    pub fn of(vacancy: &str) -> Self {
        let named = FIRMS.iter().flat_map(|firm| firm.captures_iter(vacancy)).filter_map(|captures| captures.name("company"));
        Self { firms: named.map(|name| name.as_str().trim().to_string()).collect(), words: fold(vacancy) }
    }

    fn is_strange(&self, company: &str) -> bool {
        !self.firms.iter().any(|firm| is_same_company(company, firm)) && !self.words.contains(&stem(company))
    }
}

/// Look for names that do not go together in a letter, or with the vacancy it answers.
pub fn find(prose: &str, employer: Option<&Employer>, morphology: &Morphology) -> Vec<Leftover> {
    let mut found = people(prose, morphology);
    found.extend(companies(prose, employer));
    found.sort_by_key(|leftover| leftover.span.start);
    found
}

struct Person<'t> {
    given: String,
    patronymic: Option<String>,
    shown: &'t str,
    span: Range<usize>,
}

fn people(prose: &str, morphology: &Morphology) -> Vec<Leftover> {
    let mut greeted: Vec<Person> = Vec::new();
    for captures in GREETINGS.iter().flat_map(|greeting| greeting.captures_iter(prose)) {
        let Some(given) = captures.name("given") else { continue };
        let Some(lemma) = given_name(given.as_str(), morphology) else { continue };
        let patronymic = captures.name("patronymic");
        let span = given.start()..patronymic.map_or(given.end(), |patronymic| patronymic.end());
        if is_quoted(prose, span.start) || greeted.iter().any(|other| other.span.start == span.start) {
            continue;
        }
        greeted.push(Person {
            given: lemma,
            patronymic: patronymic.map(|patronymic| stem(patronymic.as_str())),
            shown: &prose[span.clone()],
            span,
        });
    }
    greeted.sort_by_key(|person| person.span.start);
    let Some((first, others)) = greeted.split_first() else { return Vec::new() };
    let another = |person: &&Person| {
        let patronymics = matches!((&first.patronymic, &person.patronymic), (Some(one), Some(other)) if one != other);
        patronymics || !is_same_name(&first.given, &person.given)
    };
    let leftover = |person: &Person| Leftover {
        rule: NAME_LEFT,
        span: person.span.clone(),
        message: format!("другой адресат: письмо начато обращением «{}»", first.shown),
    };
    others.iter().filter(another).map(leftover).collect()
}

/// The lemma of a given name; nothing if the word is none («Уважаемый Работодатель»).
fn given_name(word: &str, morphology: &Morphology) -> Option<String> {
    let name = Features::GIVEN;
    morphology
        .analyses(&word.to_lowercase())
        .into_iter()
        .find(|reading| reading.features.has(name))
        .map(|reading| reading.lemma.to_string())
}

/// Short names that share too little with the full ones.
const SHORT: [(&str, &[&str]); 30] = [
    ("саша", &["александр", "александра"]),
    ("шура", &["александр", "александра"]),
    ("алекс", &["александр", "алексей", "александра"]),
    ("леша", &["алексей"]),
    ("леха", &["алексей"]),
    ("дима", &["дмитрий"]),
    ("митя", &["дмитрий"]),
    ("коля", &["николай"]),
    ("ваня", &["иван"]),
    ("женя", &["евгений", "евгения"]),
    ("катя", &["екатерина"]),
    ("лиза", &["елизавета"]),
    ("лена", &["елена"]),
    ("настя", &["анастасия"]),
    ("аня", &["анна"]),
    ("ася", &["анна", "анастасия"]),
    ("гоша", &["георгий", "егор", "игорь"]),
    ("жора", &["георгий"]),
    ("юра", &["юрий"]),
    ("толя", &["анатолий"]),
    ("слава", &["вячеслав", "владислав", "станислав", "ярослав"]),
    ("вова", &["владимир"]),
    ("володя", &["владимир"]),
    ("рита", &["маргарита"]),
    ("соня", &["софья", "софия"]),
    ("ксюша", &["ксения", "оксана"]),
    ("тема", &["артем"]),
    ("тоня", &["антонина"]),
    ("поля", &["полина"]),
    ("даша", &["дарья"]),
];

fn is_same_name(one: &str, other: &str) -> bool {
    let short = |short: &str, full: &str| SHORT.iter().any(|(name, fulls)| *name == short && fulls.contains(&full));
    // «Миша» and «Михаил», «Наталья» and «Наталия».
    let shared = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    one == other
        || short(one, other)
        || short(other, one)
        || shared >= 3
        || shared == 2 && one.chars().count().min(other.chars().count()) <= 5
}

fn companies(prose: &str, employer: Option<&Employer>) -> Vec<Leftover> {
    let mut named: Vec<(&str, Range<usize>)> = Vec::new();
    for captures in TARGETS.iter().flat_map(|target| target.captures_iter(prose)) {
        let Some(name) = captures.name("company").or_else(|| captures.name("bare")) else { continue };
        if !named.iter().any(|(_, span)| span.start == name.start()) {
            named.push((name.as_str(), name.range()));
        }
    }
    named.sort_by_key(|(_, span)| span.start);
    let leftover = |span: &Range<usize>, message: String| Leftover { rule: COMPANY_LEFT, span: span.clone(), message };
    if let Some((employer, first)) = employer.and_then(|employer| Some((employer, employer.firms.first()?))) {
        let strange = named.iter().filter(|(name, _)| employer.is_strange(name));
        return strange.map(|(_, span)| leftover(span, format!("другая компания: в вакансии названа «{first}»"))).collect();
    }
    let Some(((first, _), others)) = named.split_first() else { return Vec::new() };
    let others = others.iter().filter(|(name, _)| !is_same_company(first, name));
    others.map(|(_, span)| leftover(span, format!("другая компания: выше названа «{first}»"))).collect()
}

/// «Сфера» and «Сферу», «Сфера» and «Сфера Плюс».
fn is_same_company(one: &str, other: &str) -> bool {
    let (one, other) = (stem(one), stem(other));
    one.starts_with(&other) || other.starts_with(&one)
}

/// A name without case endings.
fn stem(name: &str) -> String {
    let folded = fold(name.trim());
    let length = folded.chars().count();
    folded.chars().take(if length > 5 { length - 2 } else { length.saturating_sub(1).max(2) }).collect()
}

/// A line of another letter that is quoted in this one.
fn is_quoted(prose: &str, byte: usize) -> bool {
    let start = prose[..byte].rfind(['\n', '\u{2029}', '\u{2028}']).map_or(0, |end| end + 1);
    prose.get(start..).is_some_and(|line| line.trim_start().starts_with('>'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(prose: &str, vacancy: Option<&str>) -> Vec<String> {
        let morphology = Morphology::load().unwrap();
        let employer = vacancy.map(Employer::of);
        find(prose, employer.as_ref(), &morphology)
            .into_iter()
            .map(|leftover| format!("{} {}", leftover.rule.id, &prose[leftover.span]))
            .collect()
    }

    #[test]
    fn every_expression_is_sound() {
        assert_eq!((GREETINGS.len(), TARGETS.len(), FIRMS.len()), (3, 5, 3));
    }

    #[test]
    fn another_reader() {
        assert_eq!(rules("Здравствуйте, Ольга!\nПишу вам.\nУважаемый Пётр Ильич, жду ответа.", None), ["letter/other-name Пётр Ильич"]);
        assert_eq!(rules("Добрый день, Ольга Петровна!\nСпасибо, уважаемая Ольга Сергеевна!", None), ["letter/other-name Ольга Сергеевна"]);
        for same in [
            "Здравствуйте, Александр!\nДобрый день, Саша!",
            "Здравствуйте, Наталья!\nУважаемая Наталия!",
            "Здравствуйте, Ольга!\nЯ работала с Петром. С уважением, Анна",
            "Уважаемый Работодатель!\nУважаемая Ольга!",
            "Здравствуйте, Ольга!\n> Здравствуйте, Пётр!",
            "Здравствуйте! Меня зовут Пётр. Добрый день, Ольга!",
        ] {
            assert!(rules(same, None).is_empty(), "{same}");
        }
    }

    #[test]
    fn another_company() {
        let letter = "Откликаюсь на вакансию логиста в компанию «Сфера».\nХочу работать в «Вектор», потому что вы растёте.";
        assert_eq!(rules(letter, None), ["letter/other-company Вектор"]);
        let vacancy = "Компания «Вектор» ищет логиста.";
        assert_eq!(rules(letter, Some(vacancy)), ["letter/other-company Сфера"]);
        for same in [
            "Откликаюсь на вакансию логиста в «Сферу». Хочу работать в «Сфере». Ваша компания «Сфера Плюс» растёт.",
            "Откликаюсь на вакансию логиста в «Сфера». Три года работал в «Вектор» и вырос до старшего.",
        ] {
            assert!(rules(same, None).is_empty(), "{same}");
        }
    }
}
