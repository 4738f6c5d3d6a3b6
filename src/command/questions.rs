//! `otvet questions`: the bank of questions, one question with its checklist, a check of a question of one's own.

use std::fmt::Write;
use std::path::PathBuf;

use clap::Subcommand;
use otvet::lexicon::{Criterion, Question, QuestionKind};
use otvet::report::{json, names, plural, sanitize, wrap};
use otvet::suggest::nearest;
use otvet::{Analyzer, CheckError, Lexicon, Options, Request, Scope};
use serde::Serialize;

use super::console::Console;
use super::failure::Failure;
use super::sources::Sources;
use super::table::lines;
use super::values::ListFormat;
use crate::exit::Exit;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    #[arg(long, value_name = "КОМПЕТЕНЦИЯ", help = "Только вопросы этой компетенции")]
    competency: Option<String>,
    #[arg(
        long,
        value_name = "ВИД",
        hide_possible_values = true,
        help = "Только вопросы этого вида: behavioral, situational, knowledge, motivation, biography, self-assessment, salary"
    )]
    kind: Option<QuestionKind>,
    #[arg(
        long,
        value_name = "ФОРМАТ",
        default_value = "terminal",
        hide_default_value = true,
        hide_possible_values = true,
        global = true,
        help = "Вид списка: terminal (по умолчанию), json"
    )]
    format: ListFormat,
    #[command(flatten)]
    sources: Sources,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[command(about = "Показать вопрос и его чек-лист", override_usage = "otvet questions show ВОПРОС [ПАРАМЕТРЫ]")]
    Show {
        #[arg(value_name = "ВОПРОС", help = "Имя вопроса")]
        id: String,
        #[command(flatten)]
        sources: Sources,
    },
    #[command(
        about = "Проверить файл своего вопроса: устройство, шаблоны, примеры",
        override_usage = "otvet questions check ФАЙЛ [ПАРАМЕТРЫ]"
    )]
    Check {
        #[arg(value_name = "ФАЙЛ", help = "Файл TOML с вопросом")]
        file: PathBuf,
        #[arg(long = "lexicon", value_name = "ПАПКА", help = "Папка со своими правилами и классами слов (можно несколько раз)")]
        lexicon_dirs: Vec<PathBuf>,
    },
}

pub fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    match &args.command {
        Some(Command::Show { id, sources }) => {
            let lexicon = sources.load()?;
            let question = find(&lexicon, id)?;
            match args.format {
                ListFormat::Terminal => console.print(&show(question, console))?,
                ListFormat::Json => console.print(&json::pretty(&QuestionEntry::of(question)))?,
            }
            Ok(Exit::Clean)
        }
        Some(Command::Check { file, lexicon_dirs }) => check(file.clone(), lexicon_dirs.clone(), console),
        None => list(args, console),
    }
}

fn list(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let lexicon = args.sources.load()?;
    if let Some(wanted) = &args.competency
        && lexicon.questions().iter().all(|question| question.competency != *wanted)
    {
        let known = || lexicon.questions().iter().map(|question| question.competency.as_str());
        let mut all: Vec<&str> = known().collect();
        all.sort_unstable();
        all.dedup();
        let failure = Failure::new(format!("компетенции «{wanted}» нет")).hint(suggestion(nearest(wanted, known())));
        return Err(failure.hint(format!("есть: {}", all.join(", "))));
    }
    let fits = |question: &&Question| {
        args.competency.as_ref().is_none_or(|wanted| question.competency == *wanted)
            && args.kind.is_none_or(|wanted| question.kind == wanted)
    };
    let questions: Vec<&Question> = lexicon.questions().iter().filter(fits).collect();
    match args.format {
        ListFormat::Json => {
            console.print(&json::pretty(&questions.iter().map(|question| QuestionEntry::of(question)).collect::<Vec<_>>()))?
        }
        ListFormat::Terminal => {
            let total = plural::count(questions.len(), ["вопрос", "вопроса", "вопросов"]);
            console.print(&format!("{}{total} · подробно: otvet questions show ВОПРОС\n", by_competency(questions, console)))?;
        }
    }
    Ok(Exit::Clean)
}

/// A table with the competencies as headings.
fn by_competency(mut questions: Vec<&Question>, console: &Console) -> String {
    questions.sort_by(|one, other| (&one.competency, &one.id).cmp(&(&other.competency, &other.id)));
    let rows: Vec<[String; 3]> =
        questions.iter().map(|question| [question.id.clone(), question.kind.to_string(), question.question.clone()]).collect();
    let mut shown = String::new();
    let mut heading = None;
    for (question, line) in questions.iter().zip(lines(&rows, 2, console.width)) {
        if heading.replace(&question.competency) != Some(&question.competency) {
            let gap = if shown.is_empty() { "" } else { "\n" };
            let _ = writeln!(shown, "{gap}{}", console.palette.bold(&sanitize::line(&question.competency)));
        }
        shown.push_str(&line);
    }
    if !shown.is_empty() {
        shown.push('\n');
    }
    shown
}

/// The question with this id.
pub fn find<'l>(lexicon: &'l Lexicon, id: &str) -> Result<&'l Question, Failure> {
    lexicon.questions().iter().find(|question| question.id == id).ok_or_else(|| {
        let suggestion = nearest(id, lexicon.questions().iter().map(|question| question.id.as_str()));
        CheckError::UnknownQuestion { id: id.to_string(), suggestion }.into()
    })
}

/// «возможно, вы имели в виду …», or nothing.
pub fn suggestion(near: Option<String>) -> String {
    near.map(|near| format!("возможно, вы имели в виду {near}")).unwrap_or_default()
}

/// A question with its checklist.
pub fn show(question: &Question, console: &Console) -> String {
    let palette = console.palette;
    let mut shown = String::new();
    for line in wrap::paragraph(&question.question, console.width) {
        let _ = writeln!(shown, "{}", palette.bold(&line));
    }
    let _ = writeln!(shown, "{} · {} · {}\n", sanitize::line(&question.id), question.kind, sanitize::line(&question.competency));
    let _ = writeln!(shown, "Ждут {}.\n\n{}", expected(question.kind), palette.bold("Чек-лист"));
    for criterion in &question.criteria {
        let levels: Vec<String> = criterion.levels.iter().map(|level| format!("{level:?}").to_lowercase()).collect();
        let levels = if levels.is_empty() { String::new() } else { format!(" (только {})", levels.join(", ")) };
        let _ = writeln!(shown, "{}", wrap::hanging("  • ", &format!("{}{levels} [{}]", criterion.text, criterion.id), console.width));
        if let Some(probe) = &criterion.probe {
            let _ = writeln!(shown, "{}", wrap::hanging("    Спросят: ", &format!("«{probe}»"), console.width));
        }
    }
    let _ = writeln!(shown, "\nПроверить ответ: otvet check -q {} ответ.txt", sanitize::line(&question.id));
    shown
}

/// What kind of answer a kind of question asks for.
fn expected(kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::Behavioral => "случай из прошлого: ситуация, задача, ваши действия, измеренный результат",
        QuestionKind::Situational => "план для воображаемого случая: шаги по порядку и то, по чему вы узнаете об успехе",
        QuestionKind::Knowledge => "ваши инструменты и приёмы с примерами из дела",
        QuestionKind::Motivation => "ваши причины, связанные с этой работой, и факты за ними",
        QuestionKind::Biography => "краткий рассказ об опыте: места, обязанности, достижения",
        QuestionKind::SelfAssessment => "честную оценку себя: пример и то, что вы с этим делаете",
        QuestionKind::Salary => "сумму и доводы: ценность, опыт, рынок",
    }
}

/// Check a file: it must load, and its examples must be judged as they say.
fn check(file: PathBuf, lexicon_dirs: Vec<PathBuf>, console: &Console) -> Result<Exit, Failure> {
    let options = Options { lexicon_dirs, question_files: vec![file], scope: Scope::Only(Vec::new()), checklist: None };
    let analyzer = Analyzer::new(Lexicon::load(&options)?)?;
    let question = analyzer.lexicon().questions().last().ok_or_else(|| Failure::new("в файле нет вопроса"))?;
    let mut reader = analyzer.reader();
    let (mut examples, mut wrong) = (0, String::new());
    for criterion in &question.criteria {
        let good = criterion.good.iter().map(|text| (text, true));
        for (text, wanted) in good.chain(criterion.bad.iter().map(|text| (text, false))) {
            examples += 1;
            let level = criterion.levels.first().copied();
            let report = reader.check(&Request { kind: "answer", question_id: Some(&question.id), level, text, ..Request::default() })?;
            let result = report.checklist.iter().find(|result| result.id == criterion.id);
            if result.is_none_or(|result| result.met != wanted) {
                let kind = if wanted { "good не засчитан" } else { "bad засчитан" };
                let said = format!("{}: пример {kind}: «{}»", criterion.id, sanitize::short(text, 200));
                let _ = writeln!(wrong, "{}", wrap::hanging("  ", &said, console.width));
            }
        }
    }
    let criteria = plural::count(question.criteria.len(), ["критерий", "критерия", "критериев"]);
    let examples_count = plural::count(examples, ["пример", "примера", "примеров"]);
    let id = sanitize::line(&question.id);
    if !wrong.is_empty() {
        console.print(&format!("Вопрос «{id}»: {criteria}, {examples_count}. Примеры, о которых правила судят иначе:\n{wrong}"))?;
        return Ok(Exit::Findings);
    }
    let warning = if examples == 0 {
        "\nДобавьте критериям примеры good и bad: по ним видно, работает ли проверка."
    } else {
        ""
    };
    console.print(&format!("Вопрос «{id}» в порядке: {criteria}, {examples_count}.{warning}\n"))?;
    Ok(Exit::Clean)
}

/// A question as JSON.
#[derive(Serialize)]
struct QuestionEntry<'q> {
    id: &'q str,
    competency: &'q str,
    kind: QuestionKind,
    question: &'q str,
    criteria: Vec<CriterionEntry<'q>>,
}

#[derive(Serialize)]
struct CriterionEntry<'q> {
    id: &'q str,
    text: &'q str,
    #[serde(skip_serializing_if = "Option::is_none")]
    probe: Option<&'q str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    levels: &'q [otvet::Level],
}

impl<'q> QuestionEntry<'q> {
    fn of(question: &'q Question) -> Self {
        let entry = |criterion: &'q Criterion| CriterionEntry {
            id: &criterion.id,
            text: &criterion.text,
            probe: criterion.probe.as_deref(),
            levels: &criterion.levels,
        };
        Self {
            id: &question.id,
            competency: &question.competency,
            kind: question.kind,
            question: &question.question,
            criteria: question.criteria.iter().map(entry).collect(),
        }
    }
}

/// What a criterion wants, with its examples.
pub fn show_criterion(owner: &str, criterion: &Criterion, console: &Console) -> String {
    let mut shown = format!("{}\n", console.palette.bold(&sanitize::line(&format!("{owner}/{}", criterion.id))));
    let _ = writeln!(shown, "{}\n", wrap::hanging("", &names::sentence(&criterion.text), console.width));
    if let Some(probe) = &criterion.probe {
        let _ = writeln!(shown, "{}\n", wrap::hanging("Если этого нет, спросят: ", &format!("«{probe}»"), console.width));
    }
    shown.push_str(&examples("Засчитывается", &criterion.good, true, console));
    shown.push_str(&examples("Не засчитывается", &criterion.bad, false, console));
    shown
}

/// Examples under a heading, each with its sign.
pub fn examples(heading: &str, examples: &[String], good: bool, console: &Console) -> String {
    if examples.is_empty() {
        return String::new();
    }
    let palette = console.palette;
    let mut shown = format!("{}\n", palette.bold(heading));
    for example in examples {
        let text = wrap::hanging("    ", example, console.width);
        let sign = if good { palette.good("✓") } else { palette.bad("✗") };
        let _ = writeln!(shown, "  {sign} {}", text.trim_start());
    }
    shown.push('\n');
    shown
}
