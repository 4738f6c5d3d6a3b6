use std::io::{Cursor, Write};

use super::*;

fn read(kind: SourceKind, text: &str) -> Source {
    parse(kind, text.as_bytes(), "письмо", None).unwrap()
}

/// Lines as long as before, code points where they were.
fn check_positions(source: &Source) {
    let lines = |text: &str| text.split('\n').map(|line| line.chars().count()).collect::<Vec<_>>();
    assert_eq!(lines(&source.text), lines(&source.prose.replace('\u{2029}', if source.unit == Unit::Line { "|" } else { "\n" })));
}

#[test]
fn markdown_hides_what_is_no_prose() {
    let source = read(
        SourceKind::Markdown,
        "---\nkind: cover-letter # вид\nвакансия: \"../вакансия.md\"\n---\n# Письмо\r\n\r\nВёл `код` и [сайт](https://пример.рф \"имя\"), ![фото](я.png).\n\n<!-- заметка -->\n<div>Текст</div>\n\n```\nслово\n```\n\n- [ ] пункт [Имя]\n\n[ref]: https://x.y\n",
    );
    check_positions(&source);
    assert_eq!(source.front.kind.as_deref(), Some("cover-letter"));
    assert_eq!(source.front.vacancy.as_deref(), Some("../вакансия.md"));
    let words: Vec<&str> = source.prose.split_whitespace().collect();
    assert_eq!(words, ["#", "Письмо", "Вёл", "и", "сайт", ",", ".", "Текст", "-", "пункт", "[Имя]"]);
    let word = source.text.find("сайт").unwrap();
    assert_eq!(source.text[..word].chars().count(), source.prose[..source.prose.find("сайт").unwrap()].chars().count());
}

#[test]
fn tables_are_read_cell_by_cell() {
    let source = read(SourceKind::Markdown, "| Требование | Опыт |\n|---|:--|\n| отчёты | веду 3 года |\n");
    check_positions(&source);
    assert!(source.prose.contains("веду 3 года"));
    assert!(!source.prose.contains('|') && !source.prose.contains("---"));
}

#[test]
fn emoji_and_marks_keep_their_places() {
    let source = read(SourceKind::Markdown, "👩‍💻 `😀` за\u{301}мок\t`x` конец\r\nдва");
    check_positions(&source);
    assert!(source.prose.ends_with("конец\r\nдва"));
}

#[test]
fn a_rule_at_the_head_is_no_front_matter() {
    let source = read(SourceKind::Text, "---\nЗдравствуйте, Ольга!\n---\nПишу вам.");
    assert_eq!(source.front, Front::default());
    assert!(source.prose.contains("Ольга"));
    let front = read(SourceKind::Text, "---\nвид:  'ответ'\n# уровень\nlevel: x\n---\nДа").front;
    assert_eq!((front.at("kind"), front.at("level"), front.at("vacancy")), (Some((2, 8)), Some((4, 8)), None));
    assert_eq!(read(SourceKind::Text, "---\nвид: ответ\nуровень: 'senior'\n---\nДа").front.level.as_deref(), Some("senior"));
}

#[test]
fn mistakes_of_front_matter_are_said_with_their_line() {
    for (text, said, at) in [
        ("---\nkind: answer\nvacansy: а.md\n---\nДа", "неизвестный ключ «vacansy»: возможно, вы имели в виду vacancy", (3, 1)),
        ("---\nvacansy: Да\n---\nДа", "неизвестный ключ «vacansy»: возможно, вы имели в виду vacancy", (2, 1)),
        ("---\nвид: ответ\n\nДа, вёл смену.", "заголовок файла не закрыт: поставьте", (1, 1)),
    ] {
        let failure = parse(SourceKind::Markdown, text.as_bytes(), "письмо", None).unwrap_err();
        let told = format!("{}: {}", failure.message, failure.hint);
        assert!(told.contains(said) && failure.at == Some(at), "{told} {:?}", failure.at);
    }
}

#[test]
fn html_is_read_by_block() {
    let source = read(
        SourceKind::Html,
        "<!doctype html><html><head><title>Имя</title><style>p{}</style></head><body><p>Здравствуйте, <b>Оль</b>га&nbsp;П.!<br>Пишу\n вам.</p><script>var a = '<p>';</script><ul><li>один<li>два</ul><table><tr><td>а<td>б</table></body>",
    );
    assert_eq!(source.text, "Здравствуйте, Ольга\u{a0}П.!\u{2028}Пишу вам.\n- один\n- два\nа\nб");
    assert_eq!(source.unit, Unit::Paragraph);
    check_positions(&source);
}

fn docx(body: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    archive.start_file("word/document.xml", options).unwrap();
    let head = "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>";
    archive.write_all(format!("{head}{body}</w:body></w:document>").as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}

#[test]
fn word_paragraphs_lists_and_tables() {
    let bytes = docx(concat!(
        "<w:p><w:r><w:t>Добрый </w:t></w:r><w:r><w:t xml:space=\"preserve\">день &amp; &#x41;</w:t><w:br/><w:t>да</w:t></w:r></w:p><w:p/>",
        "<w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>пункт</w:t></w:r><w:del><w:r><w:delText>нет</w:delText></w:r></w:del></w:p>",
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>а</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>б</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    ));
    let source = parse(SourceKind::Docx, &bytes, "x", None).unwrap();
    assert_eq!(source.text, "Добрый день & A\u{2028}да\n- пункт\nа\nб");
}

#[test]
fn bombs_and_wrecks_are_refused() {
    let bomb = docx(&"<w:p><w:r><w:t>бум</w:t></w:r></w:p>".repeat(1 << 20));
    assert!(bomb.len() < 1 << 20);
    for bytes in [
        bomb.as_slice(),
        b"",
        b"PK\x03\x04",
        b"text",
        &docx("<w:p><w:r>"),
        &docx("<w:p><w:t>a</w:t></w:p></w:p>"),
        &docx(&"<w:p>".repeat(200)),
    ] {
        assert!(parse(SourceKind::Docx, bytes, "x", None).is_err());
    }
    assert!(parse(SourceKind::Markdown, "```\nкод\n```".as_bytes(), "x", None).is_err());
    assert!(parse(SourceKind::Text, b"", "x", None).is_err());
}
