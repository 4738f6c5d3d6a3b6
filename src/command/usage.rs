//! Mistakes on the command line, in Russian: what clap found, retold.

use std::error::Error as _;
use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use otvet::suggest::nearest;

use super::cli;
use super::failure::Failure;
use super::questions::suggestion;

/// Retell an error of clap.
pub fn explain(error: &clap::Error, arguments: &[OsString]) -> Failure {
    let argument = || flag(&text(error, ContextKind::InvalidArg));
    let value = text(error, ContextKind::InvalidValue);
    let failure = match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => Failure::new(format!("после {} нужно значение", argument())).hint(choices(error)),
        ErrorKind::InvalidValue => Failure::new(format!("значение «{value}» не подходит для {}", argument()))
            .hint(suggestion(
                near(error, ContextKind::SuggestedValue)
                    .or_else(|| nearest(&value, list(error, ContextKind::ValidValue).iter().map(String::as_str))),
            ))
            .hint(choices(error)),
        ErrorKind::ValueValidation => {
            let reason = error.source().map(ToString::to_string).unwrap_or_default();
            Failure::new(format!("значение «{value}» не подходит для {}", argument())).hint(reason)
        }
        ErrorKind::UnknownArgument => unknown_argument(error),
        ErrorKind::InvalidSubcommand => Failure::new(format!("команды «{}» нет", text(error, ContextKind::InvalidSubcommand)))
            .hint(suggestion(near(error, ContextKind::SuggestedSubcommand))),
        ErrorKind::MissingRequiredArgument => {
            let missing: Vec<String> = list(error, ContextKind::InvalidArg).iter().map(|argument| bare(argument)).collect();
            Failure::new(format!("не указано: {}", missing.join(", ")))
        }
        ErrorKind::ArgumentConflict => {
            let others: Vec<String> = list(error, ContextKind::PriorArg).iter().map(|argument| flag(argument)).collect();
            let one = argument();
            let others = others.join(", ");
            if others.is_empty() || others == one {
                Failure::new(format!("{one} указано больше одного раза"))
            } else {
                Failure::new(format!("{one} нельзя указать вместе с {others}"))
            }
        }
        ErrorKind::NoEquals => Failure::new(format!("после {} нужен знак «=»", argument())),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => Failure::new(format!("мало значений для {}", argument())),
        ErrorKind::TooManyValues => Failure::new(format!("лишнее значение «{value}» для {}", argument())),
        ErrorKind::InvalidUtf8 => Failure::new("аргумент не в UTF-8").hint("проверьте кодировку терминала"),
        _ => Failure::new("команда записана неверно"),
    };
    failure.hint(format!("справка: {} --help", asked(arguments)))
}

fn unknown_argument(error: &clap::Error) -> Failure {
    let argument = text(error, ContextKind::InvalidArg);
    if !argument.starts_with('-') {
        let hint = match std::path::Path::new(&argument).exists() {
            true => "несколько файлов проверяет otvet batch ФАЙЛ…",
            false => "текст из нескольких слов возьмите в кавычки",
        };
        return Failure::new(format!("лишний аргумент «{argument}»")).hint(hint);
    }
    Failure::new(format!("параметра «{argument}» нет")).hint(suggestion(near(error, ContextKind::SuggestedArg).map(|near| flag(&near))))
}

/// The command the user was after: «otvet check».
fn asked(arguments: &[OsString]) -> String {
    let command = cli::command();
    let names = arguments.iter().skip(1).filter_map(|argument| argument.to_str());
    let known = names.into_iter().find(|name| command.get_subcommands().any(|known| known.get_name() == *name));
    known.map_or_else(|| "otvet".to_string(), |name| format!("otvet {name}"))
}

/// «возможны: a, b, c».
fn choices(error: &clap::Error) -> String {
    let choices = list(error, ContextKind::ValidValue);
    if choices.is_empty() { String::new() } else { format!("возможны: {}", choices.join(", ")) }
}

fn text(error: &clap::Error, kind: ContextKind) -> String {
    list(error, kind).into_iter().next().unwrap_or_default()
}

/// clap lists the likeliest name last.
fn near(error: &clap::Error, kind: ContextKind) -> Option<String> {
    list(error, kind).pop()
}

fn list(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}

/// «--level <УРОВЕНЬ>» is called «--level».
fn flag(argument: &str) -> String {
    argument.split_whitespace().next().map(bare).unwrap_or_default()
}

/// «<ФАЙЛ>» is called «ФАЙЛ».
fn bare(argument: &str) -> String {
    argument.trim_end_matches("...").trim_matches(['<', '>', '[', ']']).to_string()
}
