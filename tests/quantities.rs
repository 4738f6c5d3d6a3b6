//! What `analysis::quantities` reads in a phrase, one test for each decision of grammar.

use otvet::analysis::quantities::{self, Quantity, QuantityKind, QuantityLexicon};
use otvet::document::Document;
use otvet::language::{Language, WordCache};
use otvet::pattern::Vocabulary;
use otvet::report::{Direction, Label, Role};

/// A quantity with its phrase.
struct Seen {
    phrase: String,
    quantity: Quantity,
}

fn lexicon() -> QuantityLexicon {
    QuantityLexicon::parse(include_str!("../lexicons/quantities.toml")).unwrap()
}

/// The quantities of a text all of whose clauses have one label.
fn read_as(source: &str, label: Label, plan: bool) -> Vec<Seen> {
    thread_local!(static LANGUAGE: Language = Language::load().unwrap());
    LANGUAGE.with(|language| {
        let document = Document::new(source.to_string());
        let text = language.read(&document, &Vocabulary::default(), &mut WordCache::default());
        let mut found = quantities::extract(&text, &lexicon());
        quantities::assign_roles(&mut found, &text, &vec![label; text.clauses.len()], plan);
        found.into_iter().map(|quantity| Seen { phrase: text.prose[quantity.span.clone()].to_string(), quantity }).collect()
    })
}

fn read(source: &str) -> Vec<Seen> {
    read_as(source, Label::R, false)
}

fn only(source: &str) -> Seen {
    let mut found = read(source);
    assert_eq!(found.len(), 1, "{source}: {:?}", found.iter().map(|seen| &seen.phrase).collect::<Vec<_>>());
    found.remove(0)
}

fn phrases(source: &str) -> Vec<String> {
    read(source).into_iter().map(|seen| seen.phrase).collect()
}

/// Phrase, kind, value, from, unit.
#[track_caller]
fn check(source: &str, phrase: &str, kind: QuantityKind, value: f64, from: Option<f64>, unit: &str) {
    let seen = only(source);
    let got = &seen.quantity;
    assert_eq!(seen.phrase, phrase);
    assert_eq!((got.kind, got.value, got.from, got.unit.as_deref()), (kind, Some(value), from, Some(unit)), "{source}");
}

#[test]
fn percents_and_points() {
    check("Отток снизился на 14 %", "на 14 %", QuantityKind::Change, 14.0, None, "percent");
    check("Довольны 91% клиентов", "91% клиентов", QuantityKind::Percent, 91.0, None, "percent");
    check("Выросло процентов на семь", "процентов на семь", QuantityKind::Change, 7.0, None, "percent");
    check("Доля прибавила 6 п. п. за год", "6 п. п.", QuantityKind::Count, 6.0, None, "point");
    check("Упало на полтора пункта", "на полтора пункта", QuantityKind::Change, 1.5, None, "point");
}

#[test]
fn number_words_are_sums() {
    check("Приняли сто двадцать семь звонков", "сто двадцать семь звонков", QuantityKind::Count, 127.0, None, "count");
    check("Подписали две тысячи триста договоров", "две тысячи триста договоров", QuantityKind::Count, 2300.0, None, "count");
    check("Заработали три с половиной миллиона рублей", "три с половиной миллиона рублей", QuantityKind::Money, 3.5e6, None, "rub");
    check("Проверила полсотни писем", "полсотни писем", QuantityKind::Count, 50.0, None, "count");
}

#[test]
fn thousands_and_decimals() {
    check("Обработали 12 400 обращений", "12 400 обращений", QuantityKind::Count, 12_400.0, None, "count");
    check("Оценка 4,6 балла", "4,6 балла", QuantityKind::Count, 4.6, None, "score");
}

#[test]
fn money_in_its_many_spellings() {
    for (source, value, unit) in [
        ("Сберегли 2,4 млн ₽", 2.4e6, "rub"),
        ("Сберегли 180 тыс. руб.", 180_000.0, "rub"),
        ("Сберегли 85 т.р.", 85_000.0, "rub"),
        ("Сберегли $15,000", 15_000.0, "usd"),
        ("Сберегли €700", 700.0, "eur"),
        ("Сберегли 70 рублей 50 копеек", 70.5, "rub"),
    ] {
        let seen = only(source);
        assert_eq!(
            (seen.quantity.kind, seen.quantity.value, seen.quantity.unit.as_deref()),
            (QuantityKind::Money, Some(value), Some(unit)),
            "{source}"
        );
    }
    assert_eq!(only("Прошу 150к на руки").quantity.value, Some(150_000.0));
}

#[test]
fn multiples_and_fractions() {
    check("Очередь сократилась вдвое", "вдвое", QuantityKind::Change, 2.0, None, "times");
    check("Выросло в 3 раза", "в 3 раза", QuantityKind::Change, 3.0, None, "times");
    check("Выросло раза в полтора", "раза в полтора", QuantityKind::Change, 1.5, None, "times");
    check("Скорость x3", "x3", QuantityKind::Change, 3.0, None, "times");
    check("Жалоб стало меньше на треть", "на треть", QuantityKind::Change, 0.333, None, "share");
    check("Уходил каждый пятый клиент", "каждый пятый", QuantityKind::Share, 0.2, None, "share");
    assert!(read("Выросло в разы").is_empty());
}

#[test]
fn from_one_to_another() {
    check("Возвраты снизились с 9 % до 4 %", "с 9 % до 4 %", QuantityKind::FromTo, 4.0, Some(9.0), "percent");
    check("Ждали не 12, а 5 минут", "не 12, а 5 минут", QuantityKind::FromTo, 5.0, Some(12.0), "minute");
    check("Отвечаем за 4 минуты вместо девяти", "за 4 минуты вместо девяти", QuantityKind::FromTo, 4.0, Some(9.0), "minute");
    check("Было 14 жалоб, стало 3", "Было 14 жалоб, стало 3", QuantityKind::FromTo, 3.0, Some(14.0), "count");
    check("Ответ сократили с двух дней до шести часов", "с двух дней до шести часов", QuantityKind::FromTo, 6.0, Some(48.0), "hour");
    check(
        "Поток вырос с пяти до двенадцати тысяч звонков",
        "с пяти до двенадцати тысяч звонков",
        QuantityKind::FromTo,
        12_000.0,
        Some(5000.0),
        "count",
    );
    let arrow = only("NPS 28 → 41");
    assert_eq!((arrow.phrase.as_str(), arrow.quantity.direction), ("NPS 28 → 41", Some(Direction::Up)));
    assert_eq!(only("CSAT 81 -> 92").quantity.from, Some(81.0));
}

#[test]
fn shares_of_a_whole_are_one_span() {
    check("Довольны четверо из пяти", "четверо из пяти", QuantityKind::Share, 4.0, Some(5.0), "share");
    check("Сдали двести три из двухсот десяти", "двести три из двухсот десяти", QuantityKind::Share, 203.0, Some(210.0), "share");
    check("Закрыли 96 заявок из 100", "96 заявок из 100", QuantityKind::Share, 96.0, Some(100.0), "share");
}

#[test]
fn nothing_is_a_number_too() {
    check("За сезон ни одной жалобы", "ни одной жалобы", QuantityKind::Zero, 0.0, None, "count");
    check("Сдали без единой ошибки", "без единой ошибки", QuantityKind::Zero, 0.0, None, "count");
    check("Возвратов ноль", "Возвратов ноль", QuantityKind::Zero, 0.0, None, "count");
    assert!(read("Начинали с нуля").is_empty());
}

#[test]
fn limits_belong_to_the_span() {
    assert_eq!(only("Держим не меньше 85%").phrase, "не меньше 85%");
    assert_eq!(only("Занимает почти 20 минут").phrase, "почти 20 минут");
    assert_eq!(only("Приезжает в течение сорока минут").phrase, "в течение сорока минут");
}

#[test]
fn rough_numbers_stand_after_their_unit() {
    check("Ждали минут пятнадцать", "минут пятнадцать", QuantityKind::Duration, 15.0, None, "minute");
    check("Пришло человек восемь", "человек восемь", QuantityKind::Count, 8.0, None, "person");
    check("Ждали минуту двадцать", "минуту двадцать", QuantityKind::Duration, 1.333333, None, "minute");
}

#[test]
fn ranges() {
    check("Отвечаем за 10–15 минут", "за 10–15 минут", QuantityKind::Duration, 15.0, Some(10.0), "minute");
    check("Приходит от 6 до 8 клиентов", "от 6 до 8 клиентов", QuantityKind::Count, 8.0, Some(6.0), "person");
    check("Платят 1,5–2 млн рублей", "1,5–2 млн рублей", QuantityKind::Money, 2e6, Some(1.5e6), "rub");
}

#[test]
fn dates_and_hours_are_no_counts() {
    for (source, kind) in [
        ("Пришла в 2019 году", QuantityKind::Date),
        ("Сдали 12 июня 2023 года", QuantityKind::Date),
        ("Работал с 2017-го по 2021-й", QuantityKind::Date),
        ("С двадцать пятого мая работаю", QuantityKind::Date),
        ("Начали в 9:40", QuantityKind::Clock),
        ("Начали в семь утра", QuantityKind::Clock),
        ("Начали в восемь тридцать", QuantityKind::Clock),
    ] {
        let seen = only(source);
        assert_eq!(seen.quantity.kind, kind, "{source}");
        assert_eq!(seen.quantity.role, Role::Context, "{source}");
    }
}

#[test]
fn names_and_numbers_of_things_are_no_quantities() {
    for source in [
        "Вёл базу в 1С",
        "Поддержка работала 24/7",
        "Настроил Битрикс24",
        "Знаю 152-ФЗ",
        "Звоните +7 (900) 123-45-67",
        "Звоните 8 800 123-45-67",
        "Заказ № 45-1170 задержали",
        "Стоял Windows 10",
        "Карта 2200123412341234",
        "Поднял семью",
        "Одна из причин известна",
    ] {
        assert!(read(source).is_empty(), "{source}: {:?}", phrases(source));
    }
}

#[test]
fn the_clause_says_direction_metric_and_period() {
    let seen = read("За квартал время ответа сократилось на 30%");
    let last = &seen.last().unwrap().quantity;
    assert_eq!(last.direction, Some(Direction::Down));
    assert_eq!(last.metric.as_deref(), Some("время ответа"));
    assert_eq!(last.period.as_deref(), Some("За квартал"));
    let seen = read("За два месяца конверсия выросла с 4 до 7 %");
    assert_eq!(seen[1].quantity.period.as_deref(), Some("За два месяца"));
    assert_eq!(seen[1].quantity.metric.as_deref(), Some("конверсия"));
}

fn roles(source: &str, label: Label, plan: bool) -> Vec<Role> {
    read_as(source, label, plan).into_iter().map(|seen| seen.quantity.role).collect()
}

#[test]
fn only_a_told_result_is_an_outcome() {
    let source = "Отток снизился на 14 %";
    assert_eq!(roles(source, Label::R, false), [Role::Outcome]);
    for label in [Label::S, Label::T, Label::A, Label::O] {
        assert_eq!(roles(source, label, false), [Role::Context], "{label:?}");
    }
}

#[test]
fn a_plan_has_achieved_nothing() {
    assert_eq!(roles("Отток снизится на 14 %", Label::R, true), [Role::Context]);
    assert_eq!(roles("Отток снизился бы на 14 %", Label::R, false), [Role::Context]);
    // A finished story inside the plan.
    assert_eq!(roles("На прошлом месте отток снизился на 14 %", Label::R, true), [Role::Outcome]);
}

#[test]
fn a_duration_is_a_result_only_where_it_is_all_the_clause_measures() {
    assert_eq!(roles("Заявку закрыли за шесть часов", Label::R, false), [Role::Outcome]);
    assert_eq!(roles("За шесть месяцев отток упал на 5 %", Label::R, false), [Role::Context, Role::Outcome]);
    assert_eq!(roles("Выплату провели за сутки", Label::R, false), [Role::Outcome]);
}

#[test]
fn a_date_is_a_result_only_as_a_deadline_met() {
    assert_eq!(roles("Переехали к 25 мая", Label::R, false), [Role::Outcome]);
    assert_eq!(roles("Магазин открыли в 2020 году", Label::R, false), [Role::Context]);
}

#[test]
fn a_sample_is_no_result() {
    assert_eq!(roles("Проверяли на 300 клиентах", Label::R, false), [Role::Context]);
    assert_eq!(roles("Раз в неделю сверяем", Label::R, false), [Role::Context]);
}

/// Told inside a result, these say what it is compared with, on what it was measured, or what it fell short of.
#[test]
fn what_stands_beside_a_result_is_no_result() {
    use Role::{Context, Outcome};
    for (source, expected) in [
        ("Раньше на приёмку уходило сорок минут, теперь хватает двенадцати", vec![Context, Outcome]),
        ("Год назад очередь была за тридцать человек", vec![Context]),
        ("В прошлый сбой жалоб было шестьдесят", vec![Context]),
        ("Вернулись к прежним шести минутам", vec![Outcome]),
        ("Отгрузили 412 заказов при плане 300", vec![Outcome, Context]),
        ("Готовились к сотне звонков, пришло одиннадцать", vec![Context, Outcome]),
        ("До сорока не дотянули", vec![Context]),
        ("Жалоб на тысячу посещений стало втрое меньше", vec![Context, Outcome]),
        ("Приём заказа занял 40 секунд, секундомером на двадцати гостях", vec![Outcome, Context]),
        ("Теперь проверяю новое на одной смене", vec![Context]),
        ("Открылись минута в минуту", vec![Outcome]),
        ("Открылись четырнадцатого ноября", vec![Outcome]),
        ("Связь вернулась в 23:40", vec![Outcome]),
        ("Годом раньше ушли трое", vec![Context]),
    ] {
        assert_eq!(roles(source, Label::R, false), expected, "{source}");
    }
    assert!(read("Уроки: 1) спрашивать, 2) записывать").is_empty());
}

#[test]
fn odd_texts_do_not_break_it() {
    for source in [
        "",
        "%",
        "— 5",
        "с до",
        "с 5 до",
        "5 из",
        "+",
        "1,2,3,4",
        "...5...",
        "два два два два",
        "тысяча тысяч",
        "пол",
        "x",
        "-",
        "на на на 5",
        "9999999999999999999999 раз",
    ] {
        let _ = read(source);
    }
}
