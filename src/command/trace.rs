//! `otvet trace`: how a text was read, word by word, and which entries of the lexicons matched. For writers of lexicons.

use std::fmt::Write;

use otvet::report::{json, names, plural, sanitize};
use otvet::{Analyzer, Trace, TraceClause};

use super::console::Console;
use super::failure::Failure;
use super::input;
use super::sources::Sources;
use super::table::table;
use super::values::ListFormat;
use crate::exit::Exit;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_name = "ТЕКСТ", help = "Текст в кавычках; без него или с «-» — стандартный ввод")]
    text: Option<String>,
    #[arg(
        long,
        value_name = "ФОРМАТ",
        default_value = "terminal",
        hide_default_value = true,
        hide_possible_values = true,
        help = "Вид разбора: terminal (по умолчанию), json"
    )]
    format: ListFormat,
    #[command(flatten)]
    sources: Sources,
}

pub fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let analyzer = Analyzer::new(args.sources.load()?)?;
    let text = match args.text.as_deref() {
        Some(text) if text != "-" => text.to_string(),
        _ => input::read(None, None)?,
    };
    let trace = analyzer.reader().trace(&text);
    match args.format {
        ListFormat::Json => console.print(&json::pretty(&trace))?,
        ListFormat::Terminal => console.print(&show(&trace, console))?,
    }
    Ok(Exit::Clean)
}

fn show(trace: &Trace, console: &Console) -> String {
    let mut shown = String::new();
    for (number, sentence) in trace.sentences.iter().enumerate() {
        let _ = writeln!(shown, "{}", console.palette.bold(&format!("Предложение {}", number + 1)));
        for clause in &sentence.clauses {
            shown.push_str(&show_clause(clause, console));
        }
    }
    let _ = writeln!(shown, "{}", console.palette.bold("Сработало"));
    let rows: Vec<[String; 3]> = trace
        .hits
        .iter()
        .map(|hit| [hit.entry.clone(), format!("«{}»", sanitize::line(&hit.text)), flags(hit.negated, hit.quoted)])
        .collect();
    shown.push_str(&if rows.is_empty() { "  ничего\n".to_string() } else { table(&rows, 2, console.width) });
    shown
}

fn show_clause(clause: &TraceClause, console: &Console) -> String {
    let palette = console.palette;
    let label = palette.label(clause.label, &format!("{} {}", names::letter(clause.label), names::label(clause.label)));
    let text = sanitize::line(&clause.text);
    let mut shown = format!(
        "  «{text}»\n  {label} {} · начало: {} · подлежащее: {}\n",
        plural::percent(clause.confidence),
        beginning(&clause.boundary),
        subject(&clause.subject)
    );
    let words = clause.tokens.iter().map(|token| {
        let features = [token.features.as_str(), &flags(token.negated, token.quoted)].join(" ");
        [token.text.clone(), token.lemma.clone(), features]
    });
    shown.push_str(&table(&words.collect::<Vec<_>>(), 4, console.width));
    if !clause.features.is_empty() {
        let mut rows: Vec<[String; 6]> = vec![["признак", "S", "T", "A", "R", "O"].map(str::to_string)];
        for (name, weights) in &clause.features {
            let [s, t, a, r, o] = weights.map(|weight| format!("{weight:+.2}").replace('.', ","));
            rows.push([name.clone(), s, t, a, r, o]);
        }
        shown.push_str(&palette.dim(table(&rows, 4, console.width).trim_end_matches('\n')));
        shown.push('\n');
    }
    shown.push('\n');
    shown
}

fn flags(negated: bool, quoted: bool) -> String {
    match (negated, quoted) {
        (false, false) => "",
        (true, false) => "под отрицанием",
        (false, true) => "в кавычках",
        (true, true) => "под отрицанием, в кавычках",
    }
    .to_string()
}

/// What a clause begins with.
fn beginning(id: &str) -> &str {
    match id {
        "block" => "абзац",
        "sentence" => "предложение",
        "semicolon" => "точка с запятой",
        "colon" => "двоеточие",
        "dash" => "тире",
        "coordinate" => "запятая и союз",
        "consequence" => "следствие",
        "subordinate" => "придаточное",
        "gerund" => "деепричастие",
        "comma" => "запятая",
        "and" => "союз без запятой",
        "run" => "речь без знаков",
        other => other,
    }
}

/// Who does what the clause tells of.
fn subject(id: &str) -> &str {
    match id {
        "narrator" => "я",
        "we" => "мы",
        "reader" => "вы",
        "person" => "другой человек",
        "thing" => "предмет или явление",
        "they" => "неизвестно кто",
        "impersonal" => "безличное",
        "none" => "сказуемого нет",
        other => other,
    }
}
