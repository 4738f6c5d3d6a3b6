//! The kind of a text is recognised: on the annotated corpus and on the clean texts.

use std::fs;
use std::path::Path;

use otvet::{Analyzer, CheckError, Lexicon, Options, Reader, Request, Scope};
use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn analyzer() -> Analyzer {
    let options = Options { scope: Scope::Only(Vec::new()), ..Options::default() };
    Analyzer::new(Lexicon::load(&options).unwrap()).unwrap()
}

fn recognised(reader: &mut Reader, text: &str) -> String {
    reader.check_unknown(&Request { text, ..Request::default() }).unwrap().kind
}

#[test]
fn kinds_of_the_corpus() {
    let analyzer = analyzer();
    let mut reader = analyzer.reader();
    let (mut all, mut right, mut letters, mut right_letters) = (0, 0, 0, 0);
    let mut wrong = Vec::new();
    for file in fs::read_dir(root().join("fixtures/corpus")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "jsonl") {
            continue;
        }
        for line in fs::read_to_string(&path).unwrap().lines() {
            let record: Value = serde_json::from_str(line).unwrap();
            let text: String = record["segments"].as_array().unwrap().iter().filter_map(|segment| segment[0].as_str()).collect();
            let kind = recognised(&mut reader, &text);
            let letter = record["kind"] != "answer";
            let hit = record["kind"] == kind.as_str();
            (all, right) = (all + 1, right + usize::from(hit));
            (letters, right_letters) = (letters + usize::from(letter), right_letters + usize::from(letter && hit));
            if !hit {
                wrong.push(format!("{} {} → {kind}", record["id"], record["kind"]));
            }
        }
    }
    assert!(all > 400 && letters > 80);
    let share = |right: usize, all: usize| right as f64 / all as f64;
    assert!(
        share(right, all) >= 0.95 && share(right_letters, letters) >= 0.95,
        "{right} of {all}, letters {right_letters} of {letters}: {wrong:#?}"
    );
}

#[test]
fn kinds_of_the_clean_texts() {
    let analyzer = analyzer();
    let mut reader = analyzer.reader();
    let folder = root().join("fixtures/clean");
    let index: toml::Table = fs::read_to_string(folder.join("index.toml")).unwrap().parse().unwrap();
    let texts = index["text"].as_array().unwrap();
    let wrong: Vec<String> = texts
        .iter()
        .filter_map(|text| {
            let (file, kind) = (text["file"].as_str().unwrap(), text["kind"].as_str().unwrap());
            let seen = recognised(&mut reader, &fs::read_to_string(folder.join(file)).unwrap());
            (seen != kind).then(|| format!("{file}: {kind} → {seen}"))
        })
        .collect();
    assert!(wrong.len() * 20 <= texts.len(), "{wrong:#?}");
}

#[test]
fn points_of_a_resume() {
    let analyzer = analyzer();
    let mut reader = analyzer.reader();
    for text in [
        "# Опыт работы\n\n- Руководил сменой из 12 операторов\n- Снизил повторные обращения с 19 до 11 %\n- Обучил 8 новичков\n",
        "Старший администратор, «Лето», 2019 — по настоящее время\n- Ввела напоминания, неявки упали на треть\n- Составляла графики двух точек\n- Вела кассу\n",
    ] {
        assert_eq!(recognised(&mut reader, text), "resume", "{text}");
    }
    assert_eq!(recognised(&mut reader, "- Вёл кассу\n- Обучил 8 новичков\n- Снизил недостачи на 40 %"), "resume");
    let plan = "План на квартал:\n1. Я бы собрал жалобы за три месяца.\n2. Потом выбрал бы две темы и договорился с командой.\n3. Через месяц сравнил бы NPS.";
    assert_eq!(recognised(&mut reader, plan), "answer");
}

#[test]
fn a_resume_without_list_marks() {
    let analyzer = analyzer();
    let mut reader = analyzer.reader();
    for text in [
        "Иванова Мария\nАдминистратор\n\nОпыт работы\n2019–2022, салон «Лето», старший администратор\nВвела напоминания, неявки упали на треть\n\
         Обучила пятерых новичков\nСоставляла графики двух точек\n\nНавыки\nYCLIENTS, 1С, Excel\n\nОбразование\n2014–2018, ТГУ",
        "Руководитель службы поддержки\n\n03.2020 — н. в. ООО «Карго Плюс», руководитель смены\nСнизил повторные обращения с 19 до 11 %\n\
         Разработал регламент эскалации\nОбучил 8 операторов\n\n06.2017 — 02.2020 «Связь-Сервис», оператор\nВедение базы знаний\nПодготовка отчётов",
        "Магазин «Дом», заведующий, 2018 - 2023\nУправление командой из 14 человек\nСокращение списаний с 4 до 1,5 %\nОрганизация инвентаризаций\n\
         Ключевые навыки: Excel, 1С:Розница, подбор персонала",
    ] {
        assert_eq!(recognised(&mut reader, text), "resume", "{text}");
    }
    // A story told line by line is an answer.
    let story = "Клиент грозил уйти\nПересчитал маршруты\nДоговорился со складом\nПозвонил клиенту сам\nОпоздания упали с 12 до 3 %, клиент остался";
    assert_eq!(recognised(&mut reader, story), "answer");
    let years =
        "В 2019 году отток был 12 %, в 2020 — 8 %. Снизил его так: пересчитал маршруты, обучил смену. С 2020 по 2022 год держал 8 %.";
    assert_eq!(recognised(&mut reader, years), "answer");
}

#[test]
fn a_vacancy_is_no_letter() {
    let analyzer = analyzer();
    let mut reader = analyzer.reader();
    let pairs: toml::Table = fs::read_to_string(root().join("fixtures/vacancies/own.toml")).unwrap().parse().unwrap();
    let mut wrong = Vec::new();
    for pair in pairs["pair"].as_array().unwrap() {
        let (vacancy, letter) = (pair["vacancy"].as_str().unwrap(), pair["letter"].as_str().unwrap());
        let request = |text| Request { text, ..Request::default() };
        if !matches!(reader.check_unknown(&request(vacancy)), Err(CheckError::Vacancy)) {
            wrong.push(format!("no vacancy: {vacancy}"));
        }
        if matches!(reader.check_unknown(&request(letter)), Err(CheckError::Vacancy)) {
            wrong.push(format!("no letter: {letter}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (text, kind) in [
        (
            "Добрый день!\n\nОтвечаю на вашу вакансию по пунктам.\n\nТребования:\n✅ опыт от года — три года в чате банка\n✅ Zendesk — настроил 40 макросов\n          ✅ грамотная речь — пишу статьи базы\n\nУсловия:\nГрафик 2/2 подходит.\n\nС уважением, Пётр Ким",
            "cover-letter",
        ),
        ("Идеальная работа для меня:\nГрафик: 5/2\nЗарплата: от 90 000\nУсловия: оформление по ТК\nКоманда, где можно спросить.", "answer"),
        ("Как провёл бы подбор. Разместил бы вакансию: ищем оператора, требования — опыт от года, мы предлагаем обучение и ДМС.", "answer"),
    ] {
        assert_eq!(recognised(&mut reader, text), kind, "{text}");
    }
    for text in [
        "Почему эта вакансия? В требованиях у вас опыт от года и грамотная речь, а я три года веду чат. Мы снизили время ответа с 9 до 4 минут.",
        "Задача: удержать клиента.\nДействия: пересчитал маршруты.\nРезультат: опоздания упали с 12 до 3 %.",
    ] {
        assert_eq!(recognised(&mut reader, text), "answer", "{text}");
    }
}
