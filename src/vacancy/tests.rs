//! The pairs of `fixtures/vacancies`, and mistakes in the lexicon.

use serde::Deserialize;

use super::{Comparer, Coverage, Status, compare};
use crate::{Analyzer, Lexicon, Options};

#[derive(Deserialize)]
struct Pairs {
    pair: Vec<Pair>,
}

#[derive(Deserialize)]
struct Pair {
    about: String,
    vacancy: String,
    letter: String,
    requirements: Vec<(String, String)>,
    asks: Vec<(String, bool)>,
}

fn analyzer() -> Analyzer {
    Analyzer::new(Lexicon::load(&Options::default()).unwrap()).unwrap()
}

fn status(coverage: &Coverage) -> Vec<Status> {
    coverage.requirements.iter().map(|one| one.status).collect()
}

#[test]
fn own_pairs_are_judged_as_annotated() {
    let pairs: Pairs = toml::from_str(include_str!("../../fixtures/vacancies/own.toml")).unwrap();
    let analyzer = analyzer();
    let mut wrong = Vec::new();
    for pair in pairs.pair {
        let coverage = compare(&analyzer, &pair.vacancy, &pair.letter).unwrap();
        let name = |status: &Status| serde_json::to_value(status).unwrap().as_str().unwrap_or_default().to_string();
        let found: Vec<(String, String)> = coverage.requirements.iter().map(|one| (one.text.clone(), name(&one.status))).collect();
        let fits = found.len() == pair.requirements.len()
            && found.iter().zip(&pair.requirements).all(|(found, wanted)| found.0.starts_with(&wanted.0) && found.1 == wanted.1);
        if !fits {
            wrong.push(format!("{}: {found:#?}", pair.about));
        }
        let asks: Vec<(String, bool)> = coverage.asks.iter().map(|one| (one.text.clone(), one.met)).collect();
        let fits = asks.len() == pair.asks.len()
            && asks.iter().zip(&pair.asks).all(|(found, wanted)| found.0.starts_with(&wanted.0) && found.1 == wanted.1);
        if !fits {
            wrong.push(format!("{}: {asks:#?}", pair.about));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn places_are_code_points() {
    let vacancy = "👩‍💻 Вакансия\r\n\r\nТребования:\r\n— знание «Зендеска»\r\n";
    let coverage = compare(&analyzer(), vacancy, "Здравствуйте! Очереди в зендеске перестроила, ответ стал быстрее на 40 %.").unwrap();
    let one = &coverage.requirements[0];
    let quoted: String = vacancy.chars().skip(one.start).take(one.end - one.start).collect();
    assert_eq!((one.text.as_str(), quoted.as_str()), ("знание «Зендеска»", "знание «Зендеска»"));
    assert_eq!(one.status, Status::Strong);
}

#[test]
fn an_exact_configuration_is_wanted() {
    let analyzer = analyzer();
    let coverage =
        compare(&analyzer, "Требования:\n- знание 1С:Бухгалтерия\n", "Веду учёт в 1С:Торговля, за год провела 900 накладных.").unwrap();
    assert_eq!(status(&coverage), [Status::Missing]);
    let coverage = compare(&analyzer, "Требования:\n- знание 1С:Бухгалтерия\n", "Закрываю месяц в 1С Бухгалтерии за три дня.").unwrap();
    assert_eq!(status(&coverage), [Status::Strong]);
}

#[test]
fn empty_texts_are_no_trouble() {
    let analyzer = analyzer();
    for (vacancy, letter) in [("", ""), ("Требования:", "."), ("- ;;;\n# \n**", "я"), ("Требования:\n- опыт", "")]
    {
        let coverage = compare(&analyzer, vacancy, letter).unwrap();
        assert!((0.0..=1.0).contains(&coverage.coverage));
    }
}

#[test]
fn a_mistake_in_the_lexicon_has_a_place() {
    let folder = std::env::temp_dir().join(format!("otvet-vacancy-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let shipped = include_str!("../../lexicons/vacancy.toml");
    for (good, bad) in [("[[section]]", "[[sections]]"), ("\"нет опыта\"", "\"\""), ("\"^ контакты\"", "\"^ (контакты\"")]
    {
        if !shipped.contains(good) {
            continue;
        }
        std::fs::write(folder.join("vacancy.toml"), shipped.replacen(good, bad, 1)).unwrap();
        let lexicon = Lexicon::load(&Options { lexicon_dirs: vec![folder.clone()], ..Options::default() }).unwrap();
        let analyzer = Analyzer::new(lexicon).unwrap();
        let error = Comparer::new(&analyzer).err().expect("a mistake");
        assert!(error.place.is_some_and(|place| place.line > 1 && place.file.ends_with("vacancy.toml")), "{good}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
