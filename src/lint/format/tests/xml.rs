//! JUnit and Checkstyle, read by another XML parser.

use otvet::report::Severity;
use roxmltree::{Document, Node};

use super::sample::{CYRILLIC, WINDOWS, diagnostic, hostile};
use super::{FormatName, written};
use crate::lint::model::{Diagnostic, Run};

fn elements<'a, 'i>(node: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(Node::is_element)
}

fn names<'a>(node: Node<'a, '_>) -> Vec<&'a str> {
    node.attributes().map(|attribute| attribute.name()).collect()
}

#[test]
fn checkstyle_has_the_layout_of_checkstyle() {
    for run in [hostile(), Run::default()] {
        let text = written(FormatName::Checkstyle, &run);
        assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"), "{text}");
        let document = Document::parse(&text).unwrap();
        let root = document.root_element();
        assert_eq!((root.tag_name().name(), names(root)), ("checkstyle", vec!["version"]));
        for file in elements(root) {
            assert_eq!((file.tag_name().name(), names(file)), ("file", vec!["name"]));
            for error in elements(file) {
                assert_eq!(error.tag_name().name(), "error");
                assert_eq!(names(error), ["line", "column", "severity", "message", "source"]);
                for number in ["line", "column"] {
                    assert!(error.attribute(number).unwrap().parse::<usize>().unwrap() > 0);
                }
                assert!(["error", "warning", "info"].contains(&error.attribute("severity").unwrap()));
                assert!(error.attribute("source").unwrap().starts_with("otvet."));
                assert!(elements(error).next().is_none());
            }
        }
    }
    let text = written(FormatName::Checkstyle, &hostile());
    let document = Document::parse(&text).unwrap();
    let files: Vec<Node> = elements(document.root_element()).collect();
    let paths: Vec<&str> = files.iter().map(|file| file.attribute("name").unwrap()).collect();
    assert_eq!(paths, [CYRILLIC, WINDOWS, "./письма/слово.docx", "/битый.md", "нет такого.md"]);
    let counts: Vec<usize> = files.iter().map(|file| elements(*file).count()).collect();
    assert_eq!(counts, [5, 0, 2, 1, 1]);
    let insult = elements(files[0]).nth(1).unwrap();
    assert_eq!((insult.attribute("line"), insult.attribute("column")), (Some("2"), Some("35")));
    let message = insult.attribute("message").unwrap();
    assert!(
        message.starts_with(
            "«самодур <script>alert(1)</script> ]]>» — сказано «<b>{0}</b> [x](1) ]]>»: %0A::error::, да и \u{FFFD}␛[2Jвсё\u{FFFD}."
        ),
        "{message}"
    );
    let paragraph = elements(files[2]).next().unwrap().attribute("message").unwrap();
    assert!(paragraph.starts_with("Абзац 2, знак 11: незаполненное место. "), "{paragraph}");
}

#[test]
fn junit_has_the_layout_that_build_servers_read() {
    for run in [hostile(), Run::default()] {
        let text = written(FormatName::Junit, &run);
        let document = Document::parse(&text).unwrap();
        let root = document.root_element();
        assert_eq!((root.tag_name().name(), names(root)), ("testsuites", vec!["name", "tests", "failures", "errors"]));
        counted(root);
        for suite in elements(root) {
            assert_eq!((suite.tag_name().name(), names(suite)), ("testsuite", vec!["name", "tests", "failures", "errors"]));
            counted(suite);
            for case in elements(suite) {
                assert_eq!((case.tag_name().name(), names(case)), ("testcase", vec!["name", "classname", "file", "time"]));
                let inside: Vec<&str> = elements(case).map(|node| node.tag_name().name()).collect();
                assert!(matches!(inside.as_slice(), [] | ["failure" | "error" | "system-out"] | ["failure", "system-out"]), "{inside:?}");
                for problem in elements(case).filter(|node| node.tag_name().name() != "system-out") {
                    assert_eq!(names(problem), ["message", "type"]);
                    assert!(!problem.text().unwrap().trim().is_empty());
                }
            }
        }
    }
}

/// The numbers an element gives are those of what it holds.
fn counted(node: Node) {
    for (attribute, element) in [("tests", "testcase"), ("failures", "failure"), ("errors", "error")] {
        let count = node.descendants().filter(|inner| inner.has_tag_name(element)).count();
        assert_eq!(node.attribute(attribute).unwrap(), count.to_string(), "{attribute}");
    }
}

#[test]
fn junit_has_a_case_for_each_part_criterion_and_type() {
    let mut run = hostile();
    if let Ok(letter) = &mut run.files[0].outcome {
        letter.diagnostics.push(Diagnostic { kind: "letter".into(), ..diagnostic("cover-letter/two", Severity::Hint, None) });
    }
    let text = written(FormatName::Junit, &run);
    let document = Document::parse(&text).unwrap();
    let suites: Vec<Node> = elements(document.root_element()).collect();
    let outcome = |suite: usize, name: &str| {
        let case = elements(suites[suite]).find(|case| case.attribute("name").unwrap().contains(name));
        case.map(|case| elements(case).map(|node| node.tag_name().name().to_string()).collect::<Vec<_>>())
    };
    assert_eq!(outcome(0, "критерий <one>"), Some(vec![]));
    assert_eq!(outcome(0, "критерий <two>"), Some(vec!["system-out".into()]));
    // What is switched off has no case.
    assert_eq!(outcome(2, "критерий <two>"), None);
    assert_eq!(outcome(0, "(placeholder)"), Some(vec!["failure".into()]));
    assert_eq!(outcome(0, "(filler)"), Some(vec!["system-out".into()]));
    assert_eq!(outcome(0, "(vague)"), Some(vec![]));
    // A letter has no parts; an answer has those it needs.
    assert_eq!(outcome(0, "часть S"), None);
    assert_eq!(outcome(2, "часть S"), Some(vec![]));
    assert_eq!(outcome(2, "часть T"), Some(vec!["failure".into()]));
    assert_eq!(outcome(2, "часть A"), None);
    assert_eq!(outcome(3, "файл прочитан"), Some(vec!["error".into()]));
    let insult = document.descendants().find(|node| node.attribute("type") == Some("employer-negativity/insult")).unwrap();
    let told = insult.text().unwrap();
    assert!(told.starts_with("письма/моя  сфера.md:2:35: предупреждение[employer-negativity/insult] «самодур <script>alert(1)</script> ]]>» — сказано «<b>{0}</b>"), "{told}");
}
