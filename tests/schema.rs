//! What is printed as JSON follows the published schema.

use otvet::report::schema;
use otvet::{Analyzer, Lexicon, Options, Request};
use serde_json::{Value, json};

const TEXTS: [&str; 4] = [
    "Ситуация: клиент грозил уйти. Задача: за месяц удержать контракт. Действия: я пересчитал маршруты и каждый день звонил клиенту. \
     Результат: опоздания сократились с 12 % до 3 %.",
    "Короче, я очень ответственный человек, а начальник у нас был самодур.",
    "Здравствуйте! Меня зовут [Имя].",
    "1",
];

#[test]
fn reports_follow_the_schema() {
    let analyzer = Analyzer::new(Lexicon::load(&Options::default()).unwrap()).unwrap();
    let report_schema = jsonschema::validator_for(&schema::report()).unwrap();
    let line_schema = jsonschema::validator_for(&schema::line()).unwrap();
    let mut reader = analyzer.reader();
    let questions: Vec<Option<&str>> =
        [None].into_iter().chain(analyzer.lexicon().question_ids().iter().map(|id| Some(id.as_str()))).collect();
    for text in TEXTS {
        for question_id in &questions {
            let request = Request { id: Some("7".into()), kind: "answer", question_id: *question_id, text, ..Request::default() };
            let report = serde_json::to_value(reader.check(&request).unwrap()).unwrap();
            let errors: Vec<String> = report_schema.iter_errors(&report).map(|error| format!("{}: {error}", error.instance_path)).collect();
            assert!(errors.is_empty(), "{question_id:?} {text}\n{}", errors.join("\n"));
            assert!(line_schema.is_valid(&report));
        }
    }
}

#[test]
fn error_records_follow_the_schema() {
    let validator = jsonschema::validator_for(&schema::line()).unwrap();
    assert!(validator.is_valid(&json!({"id": "a", "row": 3, "error": {"code": "no-text", "message": "нет поля «text»"}})));
    assert!(validator.is_valid(&json!({"row": 3, "error": {"code": "bad-json", "message": "…"}})));
    assert!(!validator.is_valid(&json!({"row": "3", "error": {"code": "bad-json", "message": "…"}})));
    assert!(!validator.is_valid(&Value::Null));
}
