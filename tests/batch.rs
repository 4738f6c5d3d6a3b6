//! `otvet batch` as people and scripts use it: every format, any number of threads, interruptions, bad input.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::Duration;

use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};

fn otvet(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).stdin(Stdio::null()).output().unwrap()
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_otvet"));
    command.arg("batch").args(arguments).current_dir(folder);
    command
}

fn jsonl(folder: &Path, arguments: &[&str]) -> String {
    let output = otvet(folder, &[arguments, &["--format", "jsonl"]].concat());
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Answers of the corpus, with all fields a record can have.
fn answers(count: usize) -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let known: Vec<String> = fs::read_dir(folder.join("lexicons/questions"))
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    let mut files: Vec<PathBuf> = fs::read_dir(folder.join("fixtures/corpus")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut answers = Vec::new();
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "jsonl")) {
        for line in fs::read_to_string(file).unwrap().lines() {
            let entry: Value = serde_json::from_str(line).unwrap();
            let Some(question) = entry["question_id"].as_str().filter(|id| known.iter().any(|known| known == id)) else { continue };
            let text: String = entry["segments"].as_array().unwrap().iter().map(|segment| segment[0].as_str().unwrap()).collect();
            let number = answers.len();
            // Lines of `=` and front matter would be layout in a text file.
            answers.push(json!({
                "id": format!("a-{number}"),
                "kind": "answer",
                "question_id": question,
                "level": (["junior", "middle", "senior"][number % 3]),
                "candidate": format!("Кандидат {}", number % 7),
                "text": text.trim(),
            }));
            if answers.len() == count {
                return answers;
            }
        }
    }
    // The corpus may be smaller than the test wants.
    let own = answers.len();
    assert!(own > 50, "the corpus is gone");
    for number in own..count {
        let mut again = answers[number % own].clone();
        again["id"] = json!(format!("a-{number}"));
        answers.push(again);
    }
    answers
}

const FIELDS: [&str; 6] = ["id", "kind", "question_id", "level", "candidate", "text"];

fn field<'a>(answer: &'a Value, name: &str) -> &'a str {
    answer[name].as_str().unwrap()
}

fn write_jsonl(path: &Path, answers: &[Value]) {
    fs::write(path, answers.iter().map(|answer| format!("{answer}\n")).collect::<String>()).unwrap();
}

fn table(answers: &[Value], headings: [&str; 6], delimiter: char) -> String {
    let mut table = headings.join(&delimiter.to_string()) + "\r\n";
    for answer in answers {
        let cells: Vec<String> = FIELDS.iter().map(|name| format!("\"{}\"", field(answer, name).replace('"', "\"\""))).collect();
        table.push_str(&(cells.join(&delimiter.to_string()) + "\r\n"));
    }
    table
}

const RUSSIAN: [&str; 6] = ["id", "Вид", "Вопрос", "Уровень", "Кандидат", "Ответ"];

#[test]
fn every_format_gives_the_same_reports() {
    let folder = tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let answers = answers(200);
    write_jsonl(&path("a.jsonl"), &answers);
    let wanted = jsonl(folder.path(), &["a.jsonl"]);
    assert_eq!(wanted.lines().count(), 200);

    fs::write(path("a.json"), serde_json::to_string_pretty(&answers).unwrap()).unwrap();
    fs::write(path("a.csv"), table(&answers, RUSSIAN, ';')).unwrap();
    fs::write(path("a.tsv"), table(&answers, FIELDS, '\t')).unwrap();
    let utf_16: Vec<u8> = format!("\u{feff}{}", table(&answers, RUSSIAN, ';')).encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(path("utf16.csv"), utf_16).unwrap();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(RUSSIAN) {
        sheet.write_string(0, column, heading).unwrap();
    }
    for (row, answer) in (1..).zip(&answers) {
        for (column, name) in (0..).zip(FIELDS) {
            sheet.write_string(row, column, field(answer, name)).unwrap();
        }
    }
    book.save(path("a.xlsx")).unwrap();
    ods(&path("a.ods"), &answers);
    let mut text = String::new();
    fs::create_dir(path("texts")).unwrap();
    for (number, answer) in answers.iter().enumerate() {
        let section = format!(
            "---\nid: {}\nquestion: {}\nlevel: {}\ncandidate: {}\n---\n{}\n",
            field(answer, "id"),
            field(answer, "question_id"),
            field(answer, "level"),
            field(answer, "candidate"),
            field(answer, "text")
        );
        fs::write(path(&format!("texts/{number:03}.txt")), &section).unwrap();
        text.push_str(&section);
    }
    fs::write(path("a.md"), text).unwrap();

    for name in ["a.json", "a.csv", "a.tsv", "utf16.csv", "a.xlsx", "a.ods", "texts", "a.md"] {
        let found = jsonl(folder.path(), &[name]);
        for (number, (found, wanted)) in found.lines().zip(wanted.lines()).enumerate() {
            assert_eq!(found, wanted, "{name}, {number}");
        }
        assert_eq!(found.len(), wanted.len(), "{name}");
    }
    let both = jsonl(folder.path(), &["a.csv", "a.xlsx"]);
    assert_eq!(both, format!("{wanted}{wanted}"));
}

/// A spreadsheet as LibreOffice writes it, filler included.
fn ods(path: &Path, answers: &[Value]) {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let cell = |text: &str| {
        let paragraphs: String = text.split('\n').map(|line| format!("<text:p>{}</text:p>", escape(line))).collect();
        format!("<table:table-cell office:value-type=\"string\">{paragraphs}</table:table-cell>")
    };
    let mut rows = format!("<table:table-row>{}</table:table-row>", RUSSIAN.map(cell).concat());
    for answer in answers {
        let cells: String = FIELDS.iter().map(|name| cell(field(answer, name))).collect();
        rows.push_str(&format!("<table:table-row>{cells}<table:table-cell table:number-columns-repeated=\"16378\"/></table:table-row>"));
    }
    rows.push_str("<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>");
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"Лист1\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    zip(
        path,
        &[
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            (
                "META-INF/manifest.xml",
                "<?xml version=\"1.0\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>",
            ),
            ("content.xml", &content),
        ],
    );
}

fn zip(path: &Path, entries: &[(&str, &str)]) {
    let mut archive = zip::ZipWriter::new(fs::File::create(path).unwrap());
    for (name, content) in entries {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap();
}

#[test]
fn a_form_has_a_question_a_column() {
    let folder = tempdir().unwrap();
    let form = "Отметка времени,Ваше имя,1. Какие у вас слабые стороны? *,Чем вас привлекла эта вакансия?,Любимый цвет\n\
        01.02.2026,Анна,Я медленно вхожу в новое дело.,Я семь лет веду поддержку.,синий\n\
        02.02.2026,Борис,,Мне близок ваш продукт.,\n";
    fs::write(folder.path().join("form.csv"), form).unwrap();
    let output = otvet(folder.path(), &["form.csv", "--format", "jsonl"]);
    assert!(output.status.success());
    let reports: Vec<Value> = String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let ids: Vec<&str> = reports.iter().map(|report| report["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["Анна/weaknesses", "Анна/why-this-job", "Борис/why-this-job"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("«Любимый цвет»"));
}

#[test]
fn output_does_not_depend_on_the_number_of_threads() {
    let folder = tempdir().unwrap();
    let answers = answers(150);
    write_jsonl(&folder.path().join("a.jsonl"), &answers);
    for name in ["out.jsonl", "out.csv", "out.html", "out.md"] {
        let written = |jobs: &str| {
            assert!(otvet(folder.path(), &["a.jsonl", "-o", name, "--jobs", jobs]).status.success());
            fs::read(folder.path().join(name)).unwrap()
        };
        let one = written("1");
        assert!(one == written("2") && one == written("7"), "{name}");
    }
    assert!(otvet(folder.path(), &["a.jsonl", "-o", "out.xlsx"]).status.success());
    let left: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .filter(|name| name.to_string_lossy().starts_with('.'))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_killed_run_is_resumed() {
    let folder = tempdir().unwrap();
    let mut answers = answers(400);
    answers[7]["level"] = json!("boss");
    write_jsonl(&folder.path().join("a.jsonl"), &answers);
    let whole = otvet(folder.path(), &["a.jsonl", "--format", "jsonl"]);
    assert_eq!(whole.status.code(), Some(2));
    let arguments = ["a.jsonl", "-o", "out.jsonl", "--resume"];
    let mut torn = 0;
    let size = || fs::metadata(folder.path().join("out.jsonl")).map_or(0, |data| data.len());
    for round in 0..6_u64 {
        let before = size();
        let mut child = command(folder.path(), &arguments).stdin(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // Killed once it has written something, at one moment or another.
        for _ in 0..2000 {
            sleep(Duration::from_millis(5));
            if size() > before || child.try_wait().unwrap().is_some() {
                break;
            }
        }
        sleep(Duration::from_millis(round * 7));
        let _ = child.kill();
        child.wait().unwrap();
        let written = fs::read(folder.path().join("out.jsonl")).unwrap_or_default();
        torn += usize::from(written.last().is_some_and(|byte| *byte != b'\n'));
        assert!(whole.stdout.starts_with(&written), "round {round}");
    }
    // Whatever the kills happened to hit, a torn line is tried.
    let written = fs::read(folder.path().join("out.jsonl")).unwrap();
    fs::write(folder.path().join("out.jsonl"), &written[..written.len().saturating_sub(11)]).unwrap();
    let output = otvet(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(2), "the bad row counts although an earlier run met it (torn: {torn})");
    assert!(fs::read(folder.path().join("out.jsonl")).unwrap() == whole.stdout);
    let again = otvet(folder.path(), &arguments);
    assert_eq!(again.status.code(), Some(2));
    assert!(fs::read(folder.path().join("out.jsonl")).unwrap() == whole.stdout);
}

#[test]
fn another_input_is_not_gone_on_with() {
    let folder = tempdir().unwrap();
    let answers = answers(12);
    write_jsonl(&folder.path().join("a.jsonl"), &answers);
    let arguments = ["a.jsonl", "-o", "out.jsonl", "--resume"];
    assert!(otvet(folder.path(), &arguments).status.success());
    let out = folder.path().join("out.jsonl");
    let whole = fs::read_to_string(&out).unwrap();
    let part: String = whole.split_inclusive('\n').take(8).collect();
    let refused = |answers: &[Value], options: &[&str], wanted: &str| {
        write_jsonl(&folder.path().join("a.jsonl"), answers);
        fs::write(&out, &part).unwrap();
        let output = otvet(folder.path(), &[&arguments, options].concat());
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains("продолжить нельзя") && told.contains(wanted), "{told}");
        assert_eq!(fs::read_to_string(&out).unwrap(), part, "what was written stays");
    };
    let changed = |change: &dyn Fn(&mut Vec<Value>)| {
        let mut changed = answers.clone();
        change(&mut changed);
        changed
    };
    refused(&changed(&|answers| answers[3]["id"] = json!("b-3")), &[], "в записи 4 файла «out.jsonl» id «a-3», а во входе «b-3»");
    refused(&changed(&|answers| drop(answers.remove(5))), &[], "id «a-5», а во входе «a-6»");
    refused(&changed(&|answers| answers[6]["text"] = json!("Я пересчитал кассу.")), &[], "знаков в тексте");
    refused(&changed(&|answers| answers.truncate(7)), &[], "в нём 7 записей");
    refused(&changed(&|answers| drop(answers[0]["text"].take())), &[], "не читается");
    refused(&answers, &["--candidate-column", "name"], "кандидат «Кандидат 0», а во входе нет");
    // With the records it has begun with it goes on.
    write_jsonl(&folder.path().join("a.jsonl"), &answers);
    fs::write(&out, format!("{part}{{\"schema\":\"otv")).unwrap();
    assert!(otvet(folder.path(), &arguments).status.success());
    assert_eq!(fs::read_to_string(&out).unwrap(), whole);
    // A file of something else is left alone.
    fs::copy(folder.path().join("a.jsonl"), &out).unwrap();
    let output = otvet(folder.path(), &["a.jsonl", "-o", "out.jsonl", "--resume"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("не запись otvet batch"));
    assert_eq!(fs::read(&out).unwrap(), fs::read(folder.path().join("a.jsonl")).unwrap());
}

#[test]
fn an_input_that_is_not_there_is_answered_once() {
    let folder = tempdir().unwrap();
    write_jsonl(&folder.path().join("a.jsonl"), &answers(5));
    let arguments = ["нет.csv", "a.jsonl", "-o", "out.jsonl", "--resume"];
    assert_eq!(otvet(folder.path(), &arguments).status.code(), Some(2));
    let out = folder.path().join("out.jsonl");
    let whole = fs::read_to_string(&out).unwrap();
    assert_eq!(whole.lines().count(), 6);
    for kept in 0..6 {
        fs::write(&out, whole.split_inclusive('\n').take(kept).collect::<String>()).unwrap();
        assert_eq!(otvet(folder.path(), &arguments).status.code(), Some(2));
        assert_eq!(fs::read_to_string(&out).unwrap(), whole, "{kept} kept");
    }
}

#[test]
fn a_line_tells_its_candidate_and_if_asked_its_source() {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("a.csv"), "Кандидат;Ответ\nАнна;Я пересчитал кассу.\n;Я нашёл ошибку.\nБорис;\n").unwrap();
    let lines = |arguments: &[&str]| -> Vec<Value> {
        let output = otvet(folder.path(), &[&["a.csv", "--format", "jsonl"], arguments].concat());
        String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let plain = lines(&[]);
    assert_eq!([&plain[0]["candidate"], &plain[1]["candidate"]], [&json!("Анна"), &Value::Null]);
    assert!(plain.iter().all(|line| line.get("source").is_none()));
    let full = lines(&["--with-source", "--first-row", "101"]);
    assert_eq!([&full[0]["source"], &full[1]["source"]], [&json!({"file": "a.csv", "row": 102}), &json!({"file": "a.csv", "row": 103})]);
    assert_eq!(full[2]["row"], json!(104));
    let schema = jsonschema::validator_for(&otvet::report::schema::line()).unwrap();
    assert!(full.iter().all(|line| schema.is_valid(line)));
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_in_order() {
    let folder = tempdir().unwrap();
    let answers = answers(100);
    write_jsonl(&folder.path().join("a.jsonl"), &answers);
    // An input that never ends.
    let mut child = command(folder.path(), &["-", "-o", "out.jsonl"]).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(&fs::read(folder.path().join("a.jsonl")).unwrap()).unwrap();
    for _ in 0..200 {
        sleep(Duration::from_millis(100));
        if fs::read_to_string(folder.path().join("out.jsonl")).unwrap_or_default().lines().count() == 100 {
            break;
        }
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    drop(input);
    assert_eq!(output.status.code(), Some(130));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--resume"));
    let wanted = jsonl(folder.path(), &["a.jsonl"]);
    assert!(fs::read_to_string(folder.path().join("out.jsonl")).unwrap() == wanted);
}

#[test]
fn an_answer_comes_before_the_next_question_is_asked() {
    use std::io::{BufRead, BufReader};
    let folder = tempdir().unwrap();
    let mut child = command(folder.path(), &["--format", "jsonl", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    for number in 0..3 {
        writeln!(input, "{{\"id\": {number}, \"text\": \"Я пересчитал кассу.\"}}").unwrap();
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        assert!(line.contains(&format!("\"id\":\"{number}\"")));
    }
    drop(input);
    assert!(child.wait().unwrap().success());
}

fn errors(folder: &TempDir, arguments: &[&str]) -> (Option<i32>, Vec<(String, u64)>) {
    let output = otvet(folder.path(), &[arguments, &["--format", "jsonl"]].concat());
    let lines = String::from_utf8(output.stdout).unwrap();
    let errors = lines.lines().filter_map(|line| {
        let line: Value = serde_json::from_str(line).unwrap();
        Some((line["error"]["code"].as_str()?.to_string(), line["row"].as_u64()?))
    });
    (output.status.code(), errors.collect())
}

#[test]
fn bad_input_costs_only_itself() {
    let folder = tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("good.jsonl"), "{\"text\": \"Я пересчитал кассу.\"}\n").unwrap();
    fs::write(path("bad.csv"), "id;Ответ\n1;Я пересчитал кассу.\n2;\n3;Я нашёл ошибку.;лишнее\n4;Я исправил её.\n").unwrap();
    fs::write(path("headless.csv"), "a;b\n1;2\n").unwrap();
    fs::write(path("broken.xlsx"), "это не таблица").unwrap();
    let (status, found) = errors(&folder, &["bad.csv", "нет.csv", "headless.csv", "broken.xlsx", "good.jsonl"]);
    assert_eq!(status, Some(2));
    let wanted = [("unreadable", 0), ("empty-text", 3), ("bad-row", 4), ("no-column", 1), ("bad-sheet", 0)]
        .map(|(code, row)| (code.to_string(), row));
    assert_eq!(found, wanted);
    let (status, found) = errors(&folder, &["bad.csv", "good.jsonl", "--strict"]);
    assert_eq!((status, found.len()), (Some(2), 1));
    // A report that would lack answers does not appear.
    assert_eq!(otvet(folder.path(), &["bad.csv", "--strict", "-o", "out.html"]).status.code(), Some(2));
    assert!(!path("out.html").exists());
    assert_eq!(otvet(folder.path(), &["bad.csv", "-o", "out.html"]).status.code(), Some(2));
    assert!(fs::read_to_string(path("out.html")).unwrap().contains("id=\"refused\""));
}

#[test]
fn a_bomb_is_refused() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("bomb.xlsx");
    let mut archive = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    archive.start_file("xl/worksheets/sheet1.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..600 {
        archive.write_all(&zeros).unwrap();
    }
    archive.finish().unwrap();
    assert_eq!(errors(&folder, &["bomb.xlsx"]), (Some(2), vec![("too-large".into(), 0)]));
}

#[test]
fn gates_set_the_exit_code() {
    let folder = tempdir().unwrap();
    write_jsonl(&folder.path().join("a.jsonl"), &answers(20));
    for (arguments, status) in [(["--min-score", "100"], 1), (["--min-score", "0"], 0), (["--fail-on", "hint"], 1)] {
        let output = otvet(folder.path(), &[&["a.jsonl", "-o", "a.html"], arguments.as_slice()].concat());
        assert_eq!(output.status.code(), Some(status), "{arguments:?}");
    }
}

#[test]
fn a_csv_holds_no_formula() {
    let folder = tempdir().unwrap();
    fs::write(
        folder.path().join("a.jsonl"),
        json!({"id": "=1+1", "candidate": "@СУММ(1)", "text": "=HYPERLINK(\"x\") Я пересчитал кассу."}).to_string(),
    )
    .unwrap();
    assert!(otvet(folder.path(), &["a.jsonl", "-o", "a.csv"]).status.success());
    let bytes = fs::read(folder.path().join("a.csv")).unwrap();
    assert!(bytes.starts_with(b"\xEF\xBB\xBF"));
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(bytes.as_slice());
    for row in reader.records() {
        assert!(row.unwrap().iter().all(|cell| !cell.starts_with(['=', '@', '+', '-'])));
    }
}
