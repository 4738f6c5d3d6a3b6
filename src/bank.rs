//! Which question of the bank a wording means, and which kind of texts a name: a heading of a form's column, a cell of a sheet, a heading of a
//! text, what `--question` says.

use std::collections::{BTreeMap, BTreeSet};

use otvet::Lexicon;
use rust_stemmers::{Algorithm, Stemmer};

/// Likeness (shared stems, 0–1) from which two wordings are one question…
const LIKE: f64 = 0.7;
/// …if no other question comes so near.
const MARGIN: f64 = 0.15;
/// Likeness from which a question is worth naming as the one that may be meant.
const NEAR: f64 = 0.3;
/// A stem of so many letters stands for longer ones.
const LEAST_STEM: usize = 5;
/// A heading cut off by a form is recognised from so many letters on.
const LEAST_PREFIX: usize = 24;

/// The questions and kinds of texts that are known.
#[derive(Debug, Default)]
pub struct Bank {
    questions: Vec<Known>,
    /// Everyday names of kinds with their ids.
    kinds: BTreeMap<String, String>,
}

#[derive(Debug)]
struct Known {
    id: String,
    /// As the bank puts it.
    question: String,
    wording: String,
    stems: BTreeSet<String>,
    asked: Vec<Asked>,
}

/// Words by which people ask the question: all of them must be there, and none of the others.
#[derive(Debug)]
struct Asked {
    stems: Vec<String>,
    but: Vec<String>,
}

/// What a record says of its question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meant {
    /// The id of the question; also what looks like an id and is none: that is a mistake, and is told so.
    pub id: Option<String>,
    /// The wording, where the bank has another one or none.
    pub asked: Option<String>,
}

/// The question a wording means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found<'b> {
    pub id: &'b str,
    /// As the bank puts it.
    pub question: &'b str,
    /// It was asked in other words.
    pub paraphrased: bool,
}

impl Bank {
    pub fn new(lexicon: &Lexicon) -> Self {
        Self {
            questions: lexicon.questions().iter().map(|question| Known::new(&question.id, &question.question, &question.asked)).collect(),
            kinds: lexicon.kind_names().map(|(name, id)| (name, id.to_string())).collect(),
        }
    }

    /// The id of a kind of texts by an everyday name; what is no such name stays as it is.
    pub fn kind(&self, name: String) -> String {
        self.kinds.get(&name.trim().to_lowercase()).cloned().unwrap_or(name)
    }

    /// The question, by id or wording.
    pub fn find(&self, wording: &str) -> Option<Found<'_>> {
        let trimmed = wording.trim();
        let plain = plain(trimmed);
        let one = |sought: &dyn Fn(&Known) -> bool| self.questions.iter().find(|known| sought(known));
        let exact = one(&|known| known.id.eq_ignore_ascii_case(trimmed))
            // «Вопрос 3 [client-conflict]».
            .or_else(|| one(&|known| bracketed(trimmed, &known.id)))
            .or_else(|| one(&|known| !plain.is_empty() && known.wording == plain))
            .or_else(|| self.begun(&plain));
        if let Some(known) = exact {
            return Some(known.found(false));
        }
        let stems = stems(trimmed);
        self.alike(&stems).or_else(|| self.asked(&stems)).map(|known| known.found(true))
    }

    /// What a record means by its question. A wording the bank has not is no mistake: the answer is read without a checklist.
    pub fn mean(&self, wording: &str) -> Meant {
        let said = || Some(wording.trim().to_string());
        match self.find(wording) {
            Some(found) => Meant { id: Some(found.id.to_string()), asked: said().filter(|_| found.paraphrased) },
            None if looks_like_id(wording.trim()) => Meant { id: said(), asked: None },
            None => Meant { id: None, asked: said() },
        }
    }

    /// The question a wording that means none comes nearest to.
    pub fn nearest(&self, wording: &str) -> Option<Found<'_>> {
        let stems = stems(wording);
        let ranked = self.questions.iter().map(|known| (likeness(&stems, &known.stems), known));
        let (like, known) = ranked.max_by(|one, other| one.0.total_cmp(&other.0))?;
        (like >= NEAR).then(|| known.found(true))
    }

    /// The wording of a question.
    pub fn question(&self, id: &str) -> Option<&str> {
        self.questions.iter().find(|known| known.id == id).map(|known| known.question.as_str())
    }

    /// A heading that a form has cut off.
    fn begun(&self, plain: &str) -> Option<&Known> {
        let mut begun = self.questions.iter().filter(|known| known.wording.starts_with(plain));
        begun.next().filter(|_| plain.chars().count() >= LEAST_PREFIX && begun.next().is_none())
    }

    fn alike(&self, stems: &BTreeSet<String>) -> Option<&Known> {
        let mut ranked: Vec<(f64, &Known)> = self.questions.iter().map(|known| (likeness(stems, &known.stems), known)).collect();
        ranked.sort_by(|one, other| other.0.total_cmp(&one.0));
        let best = *ranked.first()?;
        let next = ranked.get(1).map_or(0.0, |next| next.0);
        (best.0 >= LIKE && best.0 - next >= MARGIN).then_some(best.1)
    }

    /// The question whose words of everyday are all there; of several, the one with more words. Two as good are none.
    fn asked(&self, stems: &BTreeSet<String>) -> Option<&Known> {
        let words = |known: &Known| known.asked.iter().filter(|asked| asked.fits(stems)).map(|asked| asked.stems.len()).max().unwrap_or(0);
        let mut ranked: Vec<(usize, &Known)> = self.questions.iter().map(|known| (words(known), known)).collect();
        ranked.sort_by_key(|(words, _)| std::cmp::Reverse(*words));
        let best = *ranked.first()?;
        let next = ranked.get(1).map_or(0, |next| next.0);
        (best.0 > next).then_some(best.1)
    }
}

impl Known {
    fn new(id: &str, question: &str, asked: &[String]) -> Self {
        let asked = asked.iter().map(|words| Asked::new(words)).collect();
        Self { id: id.into(), question: question.into(), wording: plain(question), stems: stems(question), asked }
    }

    fn found(&self, paraphrased: bool) -> Found<'_> {
        Found { id: &self.id, question: &self.question, paraphrased }
    }
}

impl Asked {
    /// «слабые стороны !сильные».
    fn new(words: &str) -> Self {
        let (but, with): (Vec<&str>, Vec<&str>) = words.split_whitespace().partition(|word| word.starts_with('!'));
        let stems = |words: Vec<&str>| words.into_iter().map(|word| stem(word.trim_start_matches('!'))).collect();
        Self { stems: stems(with), but: stems(but) }
    }

    fn fits(&self, stems: &BTreeSet<String>) -> bool {
        let there = |sought: &String| stems.iter().any(|stem| belongs(stem, sought));
        self.stems.iter().all(there) && !self.but.iter().any(there)
    }
}

/// «конфликтн(ый)» belongs to «конфликт»; a short stem must be the same.
fn belongs(stem: &str, sought: &str) -> bool {
    stem == sought || sought.chars().count() >= LEAST_STEM && stem.starts_with(sought)
}

/// «client-conflict», «Q7»: no wording of a question.
fn looks_like_id(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'))
}

fn bracketed(text: &str, id: &str) -> bool {
    text.match_indices(id).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + id.len()..].chars().next();
        matches!((before, after), (Some('['), Some(']')) | (Some('('), Some(')')))
    })
}

/// Words in lower case without signs, ё as е, and without the number a form puts before a question.
fn plain(text: &str) -> String {
    let words = words(text);
    let numbered = words.first().is_some_and(|word| word.chars().all(|c| c.is_ascii_digit())) && words.len() > 1;
    let called = words.first().is_some_and(|word| word == "вопрос") && words.len() > 2;
    let skipped = if called && words[1].chars().all(|c| c.is_ascii_digit()) { 2 } else { usize::from(numbered || called) };
    words[skipped..].join(" ")
}

fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace('ё', "е");
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_string).collect()
}

fn stems(text: &str) -> BTreeSet<String> {
    plain(text).split(' ').filter(|word| word.chars().count() > 2).map(stem).collect()
}

fn stem(word: &str) -> String {
    Stemmer::create(Algorithm::Russian).stem(&word.to_lowercase().replace('ё', "е")).into_owned()
}

/// Dice's coefficient.
fn likeness(one: &BTreeSet<String>, other: &BTreeSet<String>) -> f64 {
    let all = one.len() + other.len();
    if all == 0 { 0.0 } else { 2.0 * one.intersection(other).count() as f64 / all as f64 }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    pub fn bank() -> Bank {
        let known = |id: &str, wording: &str| Known::new(id, wording, &[]);
        Bank {
            kinds: BTreeMap::new(),
            questions: vec![
                known("client-conflict", "Какой конфликт с клиентом был для вас самым трудным? Что вы сделали и какой урок вынесли?"),
                known("team-conflict", "Двое ваших ключевых сотрудников постоянно спорят, и это вредит работе. Что вы сделаете?"),
                known("weaknesses", "Какие у вас слабые стороны?"),
            ],
        }
    }

    #[test]
    fn a_question_is_known_by_id_and_wording() {
        let bank = bank();
        for wording in [
            "client-conflict",
            "Вопрос 1 [client-conflict]",
            "1. Какой конфликт с клиентом был для вас самым трудным? Что вы сделали и какой урок вынесли? *",
            "Какой конфликт с клиентом был для вас самым",
            "какой конфликт с клиентами был для вас самым трудным, что вы сделали, какой урок вынесли",
        ] {
            assert_eq!(bank.find(wording).map(|found| found.id), Some("client-conflict"), "{wording}");
        }
        assert_eq!(bank.find("Какие у Вас слабые стороны").map(|found| (found.id, found.paraphrased)), Some(("weaknesses", false)));
        for wording in ["", "Отметка времени", "Какие у вас сильные и яркие увлечения?", "Что вы сделаете?", "3"]
        {
            assert_eq!(bank.find(wording), None, "{wording}");
        }
    }

    /// How people put the questions of the bank, and questions it has not.
    const WORDINGS: [(&str, Option<&str>); 77] = [
        ("Расскажите, как вы разбирались с конфликтным клиентом", Some("client-conflict")),
        ("Был ли у вас скандальный клиент? Чем всё закончилось?", Some("client-conflict")),
        ("Опишите самого трудного клиента в вашей практике", Some("client-conflict")),
        ("Почему уволились с прошлого места?", Some("why-left")),
        ("Назовите причину ухода с последнего места работы", Some("why-left")),
        ("Почему Вы решили сменить работу?", Some("why-left")),
        ("Почему ушли от предыдущего работодателя", Some("why-left")),
        ("Какую зарплату хотите?", Some("salary-expectations")),
        ("Ваши финансовые ожидания", Some("salary-expectations")),
        ("Желаемый уровень дохода", Some("salary-expectations")),
        ("Сколько хотите зарабатывать?", Some("salary-expectations")),
        ("Ваши недостатки", Some("weaknesses")),
        ("Назовите три ваши слабости", Some("weaknesses")),
        ("Над чем вам нужно работать в себе?", Some("weaknesses")),
        ("Ваше главное профессиональное достижение", Some("biggest-achievement")),
        ("Чем вы гордитесь в своей работе?", Some("biggest-achievement")),
        ("Как вы внедряли новую технологию на прошлой работе?", Some("change-adoption")),
        ("Что для вас важно в работе с клиентами?", Some("client-work-values")),
        ("Ваши принципы работы с клиентами", Some("client-work-values")),
        ("Как подготовить команду к новой CRM?", Some("crm-adaptation")),
        ("Компания переходит на новую систему. Ваши действия?", Some("crm-adaptation")),
        ("Расскажите об опыте внедрения CRM-системы", Some("crm-implementation")),
        ("Вы когда-нибудь внедряли CRM?", Some("crm-implementation")),
        ("Как вы выстраиваете взаимодействие с другими отделами?", Some("cross-department")),
        ("Какие метрики вы отслеживаете и зачем?", Some("data-analytics")),
        ("Как вы используете данные и аналитику в работе?", Some("data-analytics")),
        ("Как вы руководили людьми с разными характерами?", Some("diverse-team")),
        ("На вашего сотрудника поступили жалобы. Что сделаете?", Some("employee-complaints")),
        ("Расскажите о вашем опыте работы", Some("experience-overview")),
        ("Расскажите о себе", Some("experience-overview")),
        ("Как вы вели команду к сложной цели?", Some("hard-goal")),
        ("Как вы улучшили показатели своего отдела?", Some("improve-metrics")),
        ("Как вы мотивируете сотрудников?", Some("motivation-methods")),
        ("Какие методы мотивации персонала применяете?", Some("motivation-methods")),
        ("Как бы вы повысили NPS?", Some("nps-plan")),
        ("Случился массовый сбой. План действий?", Some("outage-plan")),
        ("Как вы переубедили клиента?", Some("persuade-client")),
        ("Роль руководителя и ваши первые 90 дней", Some("role-vision")),
        ("Что сделаете в первые три месяца работы?", Some("role-vision")),
        ("Как вы улучшите качество обслуживания у нас?", Some("service-improvement-plan")),
        ("Два ваших сотрудника постоянно ссорятся. Что будете делать?", Some("team-conflict")),
        ("Как вы решаете конфликты в коллективе?", Some("team-conflict")),
        ("Расскажите, как мотивировали команду при высокой нагрузке", Some("team-motivation")),
        ("Как вы повысили эффективность команды?", Some("team-productivity")),
        ("Расскажите о сложном проекте в команде", Some("team-project")),
        ("С какими CRM-системами вы работали?", Some("tools-crm")),
        ("Какими программами вы владеете? С какими CRM работали?", Some("tools-crm")),
        ("Как вы принимали решение в условиях неопределённости?", Some("uncertainty-decision")),
        ("Вы знаете HubSpot?", Some("unknown-technology")),
        ("Почему вы хотите стать руководителем?", Some("why-service-head")),
        ("Почему вы хотите работать именно у нас?", Some("why-this-job")),
        ("Чем вас заинтересовала наша вакансия?", Some("why-this-job")),
        ("Сильные и слабые стороны", None),
        ("Ваши сильные стороны", None),
        ("Готовы ли вы к ночным сменам?", None),
        ("Какие книги вы читаете?", None),
        ("Когда вы можете выйти на работу?", None),
        ("Расскажите анекдот про продавца", None),
        ("Кем вы видите себя через пять лет?", None),
        ("Есть ли у вас водительские права?", None),
        ("Как вы относитесь к переработкам?", None),
        ("Какой у вас уровень английского языка?", None),
        ("Комментарий рекрутера", None),
        ("Откуда вы узнали о вакансии?", None),
        ("Есть ли у вас вопросы к нам?", None),
        ("Какие у вас увлечения?", None),
        ("Как вы планируете свой рабочий день?", None),
        ("Вы курите?", None),
        ("Почему клиенты уходят от вас к конкурентам?", None),
        ("Как часто вы увольняли сотрудников и почему?", None),
        ("Ключевой сотрудник собрался уволиться. Ваши действия?", None),
        ("Какие слабые стороны у наших конкурентов?", None),
        ("Почему вы хотите работать удалённо?", None),
        ("Чем вы гордитесь в жизни кроме работы?", None),
        ("Как вы выбираете CRM?", None),
        ("Как вы считаете метрики?", None),
        ("Как вы будете переводить отдел на новую CRM?", Some("crm-adaptation")),
    ];

    /// Nine of ten paraphrases are understood, and nothing is taken for a question that it is not.
    #[test]
    fn everyday_wordings_are_understood() {
        let lexicon = otvet::Lexicon::load(&otvet::Options::default()).unwrap();
        let bank = Bank::new(&lexicon);
        let (mut right, mut all, mut missed) = (0, 0, Vec::new());
        for (wording, meant) in WORDINGS {
            let found = bank.find(wording).map(|found| found.id);
            assert!(found.is_none() || found == meant, "«{wording}» понято как {found:?}");
            all += usize::from(meant.is_some());
            right += usize::from(meant.is_some() && found == meant);
            if found != meant {
                missed.push(wording);
            }
        }
        assert!(right * 10 >= all * 9, "{right} из {all}; не поняты: {missed:#?}");
    }
}
