//! What people wrote stays text, and the page needs nothing from outside.

use std::sync::Arc;

use otvet::{Analyzer, Lexicon, Options};

use super::*;
use crate::batch::item::Place;
use crate::batch::record::{Record, Refusal};

const HOSTILE: &str =
    "<script>alert('x')</script> \"Я\" & 'мы' </span> \u{202e}пересчитал кассу --> {{ 7*7 }} ]]> <img src=x onerror=alert(1)>";

fn page() -> String {
    let analyzer = Analyzer::new(Lexicon::load(&Options::default()).unwrap()).unwrap();
    let mut totals = Totals::new(analyzer.lexicon(), true);
    let mut html = Html::new(Box::new(std::io::sink()));
    let mut reader = analyzer.reader();
    for text in [HOSTILE, "Отток снизился с 12 % до 3 % за месяц. Я всегда старался держать слово."]
    {
        let record = Record { id: Some(HOSTILE.into()), kind: "answer".into(), text: text.into(), ..Record::default() };
        let mut report = reader.check(&record.request()).unwrap();
        report.candidate = Some(HOSTILE.into());
        let answered = Answered {
            place: Place { file: Some(Arc::from(HOSTILE)), row: 1 },
            text: text.into(),
            outcome: Ok(report),
            line: String::new(),
        };
        totals.add(&answered);
        html.answer(&answered).unwrap();
    }
    let refused = Answered {
        place: Place { file: Some(Arc::from(HOSTILE)), row: 3 },
        text: String::new(),
        outcome: Err(Refusal::of(Some(HOSTILE.into()), "bad-json", HOSTILE)),
        line: String::new(),
    };
    totals.add(&refused);
    html.answer(&refused).unwrap();
    Page::new(&totals, &html.answers, 0, &html.candidates).render().unwrap()
}

#[test]
fn a_hostile_answer_stays_text() {
    let page = page();
    assert_eq!(page.matches("<script").count(), 1, "only our own script");
    assert!(!page.contains("<img"));
    assert!(!page.contains("alert('x')"));
    assert!(!page.contains('\u{202e}'));
    assert!(page.contains("&#60;script&#62;alert"));
    // Quotes cannot end an attribute.
    assert!(!page.contains("\"Я\""));
}

#[test]
fn the_page_is_self_contained() {
    let page = page();
    for outside in ["http://", "https://", "src=", "@import", "url("] {
        let found = page.replace("http://www.w3.org/2000/svg", "").replace("src=x", "");
        assert!(!found.contains(outside), "{outside}");
    }
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn the_page_can_be_used_without_seeing_colours() {
    let page = page();
    assert!(page.contains("lang=\"ru\""));
    assert_eq!(page.matches("<h1").count(), 1);
    assert!(page.contains("tabindex=\"0\""), "findings take the focus");
    assert!(page.contains("aria-live"));
    for (open, close) in
        [("<article", "</article>"), ("<section", "</section>"), ("<details", "</details>"), ("<span", "</span>"), ("<table", "</table>")]
    {
        assert_eq!(page.matches(open).count(), page.matches(close).count(), "{open}");
    }
}
