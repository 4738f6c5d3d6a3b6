//! `otvet rules`: every rule by type.

use otvet::report::{Severity, json, names, plural};
use otvet::suggest::nearest;
use serde::Serialize;

use super::console::Console;
use super::failure::Failure;
use super::questions::suggestion;
use super::sources::Sources;
use super::table::table;
use super::values::ListFormat;
use crate::exit::Exit;
use crate::lint::format::RuleCard;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(long = "type", value_name = "ТИП", help = "Только правила этого типа, например vague или filler")]
    kind: Option<String>,
    #[arg(
        long,
        value_name = "ФОРМАТ",
        default_value = "terminal",
        hide_default_value = true,
        hide_possible_values = true,
        help = "Вид списка: terminal (по умолчанию), json"
    )]
    format: ListFormat,
    #[command(flatten)]
    sources: Sources,
}

pub fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let lexicon = args.sources.load()?;
    let all: Vec<RuleCard<'_>> = RuleCard::all(&lexicon).collect();
    let mut kinds: Vec<&str> = all.iter().map(|rule| &*rule.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    if let Some(wanted) = args.kind.as_deref()
        && !kinds.contains(&wanted)
    {
        let failure = Failure::new(format!("правил типа «{wanted}» нет")).hint(suggestion(nearest(wanted, kinds.iter().copied())));
        return Err(failure.hint(if kinds.is_empty() { String::new() } else { format!("есть: {}", kinds.join(", ")) }));
    }
    let fits = |rule: &&RuleCard<'_>| args.kind.as_ref().is_none_or(|wanted| rule.kind == *wanted);
    let rules: Vec<&RuleCard<'_>> = all.iter().filter(fits).collect();
    match args.format {
        ListFormat::Json => console.print(&json::pretty(&rules.iter().map(|rule| RuleEntry::of(rule)).collect::<Vec<_>>()))?,
        ListFormat::Terminal => {
            let row = |rule: &&RuleCard<'_>| [rule.id.to_string(), names::severity(rule.severity).to_string(), rule.message.to_string()];
            let rows: Vec<[String; 3]> = rules.iter().map(row).collect();
            let total = plural::count(rows.len(), ["правило", "правила", "правил"]);
            console.print(&format!("{}\n{total} · подробно: otvet explain ПРАВИЛО\n", table(&rows, 0, console.width)))?;
        }
    }
    Ok(Exit::Clean)
}

/// A rule as JSON.
#[derive(Serialize)]
struct RuleEntry<'r> {
    id: &'r str,
    #[serde(rename = "type")]
    kind: &'r str,
    severity: Severity,
    message: &'r str,
    reason: &'r str,
    advice: &'r str,
    patterns: &'r [String],
    bad: &'r [String],
    good: &'r [String],
}

impl<'r> RuleEntry<'r> {
    fn of(rule: &'r RuleCard<'_>) -> Self {
        Self {
            id: &*rule.id,
            kind: &*rule.kind,
            severity: rule.severity,
            message: &*rule.message,
            reason: &*rule.reason,
            advice: &*rule.advice,
            patterns: rule.patterns,
            bad: rule.bad,
            good: rule.good,
        }
    }
}
