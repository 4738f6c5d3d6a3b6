//! Every rule fires in its bad examples and stays silent in its good ones; every criterion is met by its good examples and not by its bad ones.

use otvet::{Analyzer, Lexicon, Options, Request};

fn analyzer() -> Analyzer {
    let dirs = std::env::var_os("OTVET_LEXICON").map(Into::into).into_iter().collect();
    let lexicon = Lexicon::load(&Options { lexicon_dirs: dirs, ..Options::default() }).unwrap_or_else(|error| panic!("{error}"));
    Analyzer::new(lexicon).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn rules_keep_their_promises() {
    let analyzer = analyzer();
    let mut reader = analyzer.reader();
    let mut broken = Vec::new();
    for rule in analyzer.lexicon().rules() {
        let kind = rule.kinds.first().map_or("answer", String::as_str);
        let mut fires = |text: &str| {
            let request = Request { kind, text, ..Request::default() };
            reader.fired_rules(&request).unwrap_or_else(|error| panic!("{}: {error}", rule.id)).contains(&rule.id)
        };
        broken.extend(rule.bad.iter().filter(|text| !fires(text)).map(|text| format!("{} молчит: {text}", rule.id)));
        broken.extend(rule.good.iter().filter(|text| fires(text)).map(|text| format!("{} срабатывает зря: {text}", rule.id)));
    }
    assert!(broken.is_empty(), "{} примеров не сошлись:\n{}", broken.len(), broken.join("\n"));
}

#[test]
fn criteria_keep_their_promises() {
    let analyzer = analyzer();
    let mut reader = analyzer.reader();
    let mut broken = Vec::new();
    for question in analyzer.lexicon().questions() {
        for criterion in &question.criteria {
            let mut met = |text: &str| {
                let level = criterion.levels.first().copied();
                let request = Request { kind: "answer", question_id: Some(&question.id), level, text, ..Request::default() };
                let report = reader.check(&request).unwrap_or_else(|error| panic!("{}: {error}", question.id));
                report.checklist.iter().any(|result| result.id == criterion.id && result.met)
            };
            let name = format!("{}/{}", question.id, criterion.id);
            broken.extend(criterion.good.iter().filter(|text| !met(text)).map(|text| format!("{name} не зачтён: {text}")));
            broken.extend(criterion.bad.iter().filter(|text| met(text)).map(|text| format!("{name} зачтён зря: {text}")));
        }
    }
    assert!(broken.is_empty(), "{} примеров не сошлись:\n{}", broken.len(), broken.join("\n"));
}
