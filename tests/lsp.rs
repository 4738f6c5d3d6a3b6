//! `otvet lsp` as an editor meets it: JSON-RPC over the standard streams, framed by hand.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

/// An editor.
struct Editor {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    next: i64,
    /// Notifications that came while an answer was waited for.
    heard: Vec<Value>,
}

impl Editor {
    fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_otvet"));
        let mut child = command.arg("lsp").args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (input, output) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        Self { child, input, output, next: 0, heard: Vec::new() }
    }

    /// One that has said hello.
    fn greeted(arguments: &[&str], capabilities: Value) -> (Self, Value) {
        let mut editor = Self::start(arguments);
        let answer = editor.ask("initialize", json!({ "processId": null, "rootUri": null, "capabilities": capabilities }));
        editor.say("initialized", json!({}));
        (editor, answer["result"]["capabilities"].clone())
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        let input = self.input.as_mut().unwrap();
        write!(input, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        input.flush().unwrap();
    }

    fn say(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn receive(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.output.read_line(&mut line).unwrap() > 0, "the server is gone");
            match line.trim_end().split_once(": ") {
                Some(("Content-Length", value)) => length = value.parse().unwrap(),
                Some(_) => {}
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.receive();
            if message["id"] == json!(id) {
                return message;
            }
            self.heard.push(message);
        }
    }

    fn hear(&mut self, method: &str) -> Value {
        loop {
            let known = self.heard.iter().position(|message| message["method"] == method);
            if let Some(known) = known {
                return self.heard.remove(known)["params"].clone();
            }
            let message = self.receive();
            self.heard.push(message);
        }
    }

    fn open(&mut self, uri: &str, language: &str, text: &str) -> Vec<Value> {
        self.say("textDocument/didOpen", json!({ "textDocument": { "uri": uri, "languageId": language, "version": 1, "text": text } }));
        self.diagnostics(uri)
    }

    fn change(&mut self, uri: &str, version: i32, text: &str) -> Vec<Value> {
        let document = json!({ "uri": uri, "version": version });
        self.say("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [{ "text": text }] }));
        self.diagnostics(uri)
    }

    fn diagnostics(&mut self, uri: &str) -> Vec<Value> {
        let params = self.hear("textDocument/publishDiagnostics");
        assert_eq!(params["uri"], uri);
        params["diagnostics"].as_array().unwrap().clone()
    }

    fn actions(&mut self, uri: &str, range: &Value) -> Vec<Value> {
        let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": { "diagnostics": [] } });
        self.ask("textDocument/codeAction", params)["result"].as_array().unwrap().clone()
    }

    /// Leave politely, and see with what code the server ends.
    fn leave(mut self) -> Option<i32> {
        assert_eq!(self.ask("shutdown", Value::Null).get("result"), Some(&Value::Null));
        assert_eq!(self.ask("textDocument/hover", json!({}))["error"]["code"], -32600);
        self.say("exit", Value::Null);
        self.child.wait().unwrap().code()
    }
}

fn range(line: u32, start: u32, end: u32) -> Value {
    json!({ "start": { "line": line, "character": start }, "end": { "line": line, "character": end } })
}

fn find<'d>(diagnostics: &'d [Value], rule: &str) -> &'d Value {
    diagnostics.iter().find(|one| one["code"] == rule).unwrap_or_else(|| panic!("no {rule} in {diagnostics:#?}"))
}

/// The text after the only edit of an action; columns in UTF-16.
fn edited(text: &str, action: &Value, uri: &str) -> String {
    let edits = action["edit"]["changes"][uri].as_array().unwrap();
    assert_eq!(edits.len(), 1);
    let units: Vec<u16> = text.encode_utf16().collect();
    let at = |position: &Value| {
        let line = position["line"].as_u64().unwrap() as usize;
        let mut starts = vec![0];
        starts.extend(units.iter().enumerate().filter(|(_, unit)| **unit == u16::from(b'\n')).map(|(at, _)| at + 1));
        starts[line] + position["character"].as_u64().unwrap() as usize
    };
    let (from, to) = (at(&edits[0]["range"]["start"]), at(&edits[0]["range"]["end"]));
    let text = |units: &[u16]| String::from_utf16(units).unwrap();
    format!("{}{}{}", text(&units[..from]), edits[0]["newText"].as_str().unwrap(), text(&units[to..]))
}

fn titled<'a>(actions: &'a [Value], title: &str) -> &'a Value {
    actions.iter().find(|action| action["title"] == title).unwrap_or_else(|| panic!("no «{title}» in {actions:#?}"))
}

const URI: &str = "file:///nowhere/%D0%BE%D1%82%D0%B2%D0%B5%D1%82.md";

/// An emoji of five code points, a combining mark and a safe replacement.
const ANSWER: &str = "---\nkind: answer\n---\n\nКлиент грозил уйти. 👩‍💻 За\u{301}мок не работал. Если честно, отчёты я не любил.\n\n\
                      Мне поручили его удержать. Я пересчитал маршруты. Опоздания упали с 12 % до 3 %.\n";

#[test]
fn an_editor_sees_findings_and_mends_them() {
    let (mut editor, can) = Editor::greeted(&["--no-config"], json!({}));
    assert_eq!(can["positionEncoding"], "utf-16");
    assert_eq!(can["textDocumentSync"]["change"], 1);
    assert_eq!(can["inlayHintProvider"], true);

    let found = editor.open(URI, "markdown", ANSWER);
    let frankly = find(&found, "filler/frankly");
    let line = ANSWER.lines().nth(4).unwrap();
    let start = line[..line.find("Если").unwrap()].encode_utf16().count() as u32;
    assert_eq!(frankly["range"], range(4, start, start + 11));
    assert_eq!((&frankly["source"], &frankly["severity"]), (&json!("otvet"), &json!(3)));
    // What concerns the whole text stands at its first line.
    for whole in found.iter().filter(|one| one["code"].as_str().is_some_and(|rule| rule.starts_with("structure/"))) {
        assert_eq!(whole["range"]["start"], json!({ "line": 0, "character": 0 }));
    }

    let place = json!({ "textDocument": { "uri": URI }, "position": { "line": 4, "character": start + 2 } });
    let hover = editor.ask("textDocument/hover", place)["result"].clone();
    assert_eq!(hover["range"], frankly["range"]);
    assert_eq!(hover["contents"]["kind"], "markdown");
    let said = hover["contents"]["value"].as_str().unwrap();
    for part in ["`filler/frankly`", "Почему: ", "Что сделать: Скажите сам факт"] {
        assert!(said.contains(part), "{part} is not in {said}");
    }
    let nothing = json!({ "textDocument": { "uri": URI }, "position": { "line": 4, "character": 2 } });
    assert_eq!(editor.ask("textDocument/hover", nothing)["result"], Value::Null);

    let actions = editor.actions(URI, &frankly["range"]);
    let fixed = edited(ANSWER, titled(&actions, "Исправить (filler/frankly)"), URI);
    assert_eq!(fixed, ANSWER.replace("Если честно, отчёты", "Отчёты"));
    assert_eq!(titled(&actions, "Исправить (filler/frankly)")["isPreferred"], true);
    let line_off = edited(ANSWER, titled(&actions, "Отключить filler/frankly в этой строке"), URI);
    assert_eq!(line_off, ANSWER.replace("Клиент", "<!-- otvet-disable-next-line filler/frankly -->\nКлиент"));
    let file_off = edited(ANSWER, titled(&actions, "Отключить filler/frankly во всём файле"), URI);
    assert_eq!(file_off, ANSWER.replace("answer\n---\n", "answer\n---\n<!-- otvet-disable-file filler/frankly -->\n"));

    // Each of them does what it says.
    for (version, text) in (2..).zip([&fixed, &line_off, &file_off]) {
        let left = editor.change(URI, version, text);
        assert!(left.iter().all(|one| one["code"] != "filler/frankly" && one["code"] != "suppression/unused"), "{left:#?}");
    }

    editor.say("textDocument/didClose", json!({ "textDocument": { "uri": URI } }));
    assert_eq!(editor.diagnostics(URI), Vec::<Value>::new());
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn parts_are_shown_where_they_begin() {
    let (mut editor, _) = Editor::greeted(&["--no-config"], json!({}));
    editor.open(URI, "markdown", ANSWER);
    let params = json!({ "textDocument": { "uri": URI }, "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } } });
    let hints = editor.ask("textDocument/inlayHint", params)["result"].as_array().unwrap().clone();
    let at = |label: &str| hints.iter().find(|hint| hint["label"] == label).map(|hint| hint["position"].clone());
    assert_eq!(at("S"), Some(json!({ "line": 4, "character": 0 })), "{hints:#?}");
    assert_eq!(at("T"), Some(json!({ "line": 6, "character": 0 })), "{hints:#?}");
    assert!(at("A").is_some() && at("R").is_some(), "{hints:#?}");
    let above = json!({ "textDocument": { "uri": URI }, "range": range(0, 0, 3) });
    assert_eq!(editor.ask("textDocument/inlayHint", above)["result"], json!([]));
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn plain_text_has_its_own_suppressions_and_utf8_is_spoken() {
    let (mut editor, can) = Editor::greeted(&["--no-config"], json!({ "general": { "positionEncodings": ["utf-8", "utf-16"] } }));
    assert_eq!(can["positionEncoding"], "utf-8");
    let uri = "untitled:Untitled-1";
    let text = "Ёж 🦔.\r\nЕсли честно, отчёты я не любил.\r\n";
    let found = editor.open(uri, "plaintext", text);
    let frankly = find(&found, "filler/frankly");
    assert_eq!(frankly["range"], range(1, 0, "Если честно".len() as u32));
    let actions = editor.actions(uri, &frankly["range"]);
    let edit = &titled(&actions, "Отключить filler/frankly в этой строке")["edit"]["changes"][uri][0];
    assert_eq!(*edit, json!({ "range": range(1, 0, 0), "newText": "# otvet-disable-next-line filler/frankly\r\n" }));
    assert_eq!(editor.open("file:///a/code.rs", "rust", "// Если честно, отчёты я не любил."), Vec::<Value>::new());
    assert_eq!(editor.leave(), Some(0));
}

fn uri_of(path: &Path) -> String {
    format!("file://{}", path.display())
}

#[test]
fn configs_vacancies_and_mistakes() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("otvet.toml");
    fs::write(&config, "[rules]\n\"filler/frankly\" = \"off\"\n").unwrap();
    fs::write(folder.path().join("vacancy.md"), "# Оператор\n\nТребования:\n\n- опыт работы с 1С от года\n- английский B2\n").unwrap();
    let uri = uri_of(&folder.path().join("letter.md"));
    let (mut editor, _) = Editor::greeted(&[], json!({}));
    let text = "Если честно, отчёты я не любил.\n";
    let off = editor.open(&uri, "markdown", text);
    assert!(off.iter().all(|one| one["code"] != "filler/frankly"), "{off:#?}");

    // A saved file may be a config.
    fs::write(&config, "[rules]\n\"filler/frankly\" = \"error\"\n").unwrap();
    editor.say("textDocument/didSave", json!({ "textDocument": { "uri": uri } }));
    assert_eq!(find(&editor.diagnostics(&uri), "filler/frankly")["severity"], 1);

    let letter =
        "---\nkind: cover-letter\nvacancy: vacancy.md\n---\n\nЗдравствуйте! Откликаюсь на вакансию оператора. Три года веду склад в 1С.\n";
    let found = editor.change(&uri, 2, letter);
    let missing = find(&found, "vacancy/coverage")["message"].as_str().unwrap();
    assert!(missing.contains("«английский B2»"), "{missing}");

    // What could not be checked never looks clean.
    let found = editor.change(&uri, 3, &letter.replace("vacancy.md", "нет.md"));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["severity"], 1);
    assert!(found[0]["message"].as_str().unwrap().contains("нет.md"));
    assert_eq!(found[0]["range"], range(2, 9, 15));

    fs::write(&config, "[rules]\n\"filler/frankli\" = \"error\"\n").unwrap();
    editor.say("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri_of(&config), "type": 2 }] }));
    let told = editor.hear("window/showMessage");
    assert!(told["message"].as_str().unwrap().contains("filler/frankly"), "{told}");
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn what_is_remembered_changes_nothing() {
    let letter = "Здравствуйте! Если честно, отчёты я не любил. С уважением, Пётр Ким\n";
    let fresh = |uri: &str, text: &str| {
        let (mut editor, _) = Editor::greeted(&["--no-config"], json!({}));
        let found = editor.open(uri, "markdown", text);
        assert_eq!(editor.leave(), Some(0));
        found
    };
    let (mut editor, _) = Editor::greeted(&["--no-config"], json!({}));
    editor.open(URI, "markdown", "Да.");
    for (version, text) in (2..).zip([ANSWER, letter, ANSWER, &letter.repeat(3), letter]) {
        assert_eq!(editor.change(URI, version, text), fresh(URI, text));
        if version == 3 {
            editor.say("textDocument/didSave", json!({ "textDocument": { "uri": URI } }));
            assert_eq!(editor.diagnostics(URI), fresh(URI, text));
        }
    }
    // LaTeX is what its name says, or the editor.
    let found = editor.open("untitled:Untitled-2", "latex", "\\section{Ответ}\n\nЕсли честно, отчёты я не любил. % да\n");
    assert_eq!(find(&found, "filler/frankly")["range"], range(2, 0, 11));
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn nonsense_is_answered() {
    let mut editor = Editor::start(&["--stdio"]);
    assert_eq!(editor.ask("textDocument/hover", json!({}))["error"]["code"], -32002);
    editor.ask("initialize", json!({ "capabilities": {} }));
    assert_eq!(editor.ask("textDocument/rename", json!({}))["error"]["code"], -32601);
    assert_eq!(editor.ask("textDocument/hover", json!({ "position": 1 }))["error"]["code"], -32602);
    assert_eq!(editor.ask("initialize", json!({ "capabilities": {} }))["error"]["code"], -32600);
    editor.say("textDocument/didOpen", json!([]));
    editor.say("$/cancelRequest", json!({ "id": 1 }));
    let place = json!({ "textDocument": { "uri": "file:///none.md" }, "position": { "line": 9, "character": 9 } });
    assert_eq!(editor.ask("textDocument/hover", place)["result"], Value::Null);
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn an_editor_that_leaves_without_a_word() {
    let (mut editor, _) = Editor::greeted(&[], json!({}));
    editor.say("exit", Value::Null);
    assert_eq!(editor.child.wait().unwrap().code(), Some(1));

    let (mut editor, _) = Editor::greeted(&[], json!({}));
    editor.input = None;
    assert_eq!(editor.child.wait().unwrap().code(), Some(1));
}
