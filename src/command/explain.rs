//! `otvet explain`: what a rule or a criterion looks for, why, and with which examples.

use std::fmt::Write;

use otvet::Lexicon;
use otvet::lexicon::Criterion;
use otvet::report::{names, sanitize, wrap};
use otvet::suggest::nearest;

use super::console::Console;
use super::failure::Failure;
use super::questions::{self, examples, suggestion};
use super::sources::Sources;
use crate::exit::Exit;
use crate::lint::format::RuleCard;
use crate::lint::rules::built_in;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_name = "ПРАВИЛО", help = "Имя правила («vague/self-label») или критерия («client-conflict/empathy»)")]
    name: String,
    #[command(flatten)]
    sources: Sources,
}

pub fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let lexicon = args.sources.load()?;
    let name = args.name.as_str();
    let shown = if let Some(rule) = RuleCard::all(&lexicon).find(|rule| rule.id == name) {
        show_rule(&rule, console)
    } else if let Some((owner, criterion)) = criteria(&lexicon).find(|(owner, criterion)| same(name, owner, criterion)) {
        questions::show_criterion(owner, criterion, console)
    } else if let Some(question) = lexicon.questions().iter().find(|question| question.id == name) {
        questions::show(question, console)
    } else {
        return Err(unknown(name, &lexicon));
    };
    console.print(&format!("{}\n", shown.trim_end()))?;
    Ok(Exit::Clean)
}

/// Criteria with the questions and letters they belong to.
fn criteria(lexicon: &Lexicon) -> impl Iterator<Item = (&str, &Criterion)> {
    let questions =
        lexicon.questions().iter().flat_map(|question| question.criteria.iter().map(|criterion| (question.id.as_str(), criterion)));
    questions.chain(lexicon.letters().iter().flat_map(|letter| letter.criteria.iter().map(|criterion| (letter.id.as_str(), criterion))))
}

fn same(name: &str, owner: &str, criterion: &Criterion) -> bool {
    name.strip_prefix(owner).and_then(|rest| rest.strip_prefix('/')) == Some(&criterion.id)
}

fn unknown(name: &str, lexicon: &Lexicon) -> Failure {
    let names: Vec<String> = criteria(lexicon).map(|(owner, criterion)| format!("{owner}/{}", criterion.id)).collect();
    let known =
        lexicon.rules().iter().map(|rule| rule.id.as_str()).chain(built_in().map(|rule| rule.id)).chain(names.iter().map(String::as_str));
    let near = nearest(name, known.chain(lexicon.questions().iter().map(|question| question.id.as_str())));
    Failure::new(format!("правила или критерия «{name}» нет")).hint(suggestion(near)).hint("списки: otvet rules, otvet questions")
}

fn show_rule(rule: &RuleCard<'_>, console: &Console) -> String {
    let palette = console.palette;
    let mut shown =
        format!("{} · {}\n", palette.bold(&sanitize::line(&rule.id)), palette.severity(rule.severity, names::severity(rule.severity)));
    let _ = writeln!(shown, "{}\n", wrap::hanging("", &names::sentence(&rule.message), console.width));
    for (name, said) in [("Почему: ", &rule.reason), ("Лучше: ", &rule.advice)] {
        let _ = writeln!(shown, "{}", wrap::hanging(name, said, console.width));
    }
    shown.push('\n');
    shown.push_str(&examples("Сработает", rule.bad, false, console));
    shown.push_str(&examples("Не сработает", rule.good, true, console));
    if !rule.patterns.is_empty() {
        let _ = writeln!(shown, "{}", palette.bold("Шаблоны"));
        for pattern in rule.patterns {
            let _ = writeln!(shown, "{}", wrap::hanging("  ", pattern, console.width));
        }
    }
    shown
}
