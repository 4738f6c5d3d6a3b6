//! The grammar of the command line, and its help in Russian.

use std::ffi::OsString;

use clap::builder::styling::{Effects, Styles};
use clap::error::ErrorKind;
use clap::{ArgAction, CommandFactory, FromArgMatches, Parser, Subcommand};

use super::console::{Color, Console};
use super::failure::Failure;
use super::{batch, check, completions, config, explain, help, init, lint, lsp, man, questions, rules, schema, trace, usage};
use crate::exit::Exit;

/// Help without a word of English: headings stand here, not in clap.
const TEMPLATE: &str = "\
{about}

Использование: {usage}

{all-args}{after-help}";

const STYLES: Styles = Styles::plain().header(clap::builder::styling::Style::new().effects(Effects::BOLD));

/// Otvet's command line.
#[derive(Debug, Parser)]
#[command(
    name = "otvet",
    version,
    about = "Анализатор ответов на собеседовании: части рассказа (STAR), измеримость, вредные фразы, чек-лист вопроса.\nРаботает без сети: ответы не покидают компьютер.",
    override_usage = "otvet КОМАНДА [ПАРАМЕТРЫ]",
    after_help = "\
Примеры:
  otvet check -q client-conflict ответ.txt
  otvet questions
  otvet batch --format jsonl ответы.jsonl > отчёты.jsonl
  otvet lint письма/

Коды выхода: 0 — готово; 1 — есть замечания, о которых просили --fail-on и --min-score; 2 — ошибка."
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    #[arg(
        long,
        value_name = "КОГДА",
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true,
        global = true,
        display_order = 900,
        help = "Раскрашивать вывод: auto (по умолчанию), always, never"
    )]
    color: Color,
    #[arg(short, long, action = ArgAction::Help, global = true, display_order = 901, help = "Показать эту справку")]
    help: Option<bool>,
    #[arg(short = 'V', long, action = ArgAction::Version, display_order = 902, help = "Показать версию")]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[command(
        about = "Проверить один ответ или письмо",
        override_usage = "otvet check [ФАЙЛ] [ПАРАМЕТРЫ]",
        after_help = "\
Примеры:
  otvet check -q client-conflict ответ.txt
  otvet check -q team-conflict --level senior --explain < ответ.txt
  otvet check --kind cover-letter письмо.txt --format markdown
  otvet check -q nps-plan ответ.txt --min-score 60 --fail-on error"
    )]
    Check(Box<check::Args>),
    #[command(
        about = "Проверить много ответов: таблицы, выгрузки форм, папки, JSONL",
        override_usage = "otvet batch [ФАЙЛ]... [ПАРАМЕТРЫ]",
        after_help = "\
Примеры:
  otvet batch ответы.xlsx
  otvet batch ответы.csv -o отчёт.html
  otvet batch папка/ -o отчёты.jsonl --resume
  otvet batch --format jsonl ответы.jsonl > отчёты.jsonl
  echo '{\"id\": 1, \"question_id\": \"client-conflict\", \"text\": \"…\"}' | otvet batch --format jsonl -"
    )]
    Batch(Box<batch::Args>),
    #[command(
        about = "Проверить файлы с письмами и ответами: папки, Git, CI",
        override_usage = "otvet lint [ПУТЬ]... [ПАРАМЕТРЫ]",
        after_help = "\
Примеры:
  otvet lint письма/
  otvet lint письмо.docx --vacancy вакансия.md
  otvet lint \"письма/**/*.md\" --fail-on warning --min-score 60
  otvet lint письма/ --format github --output sarif=otvet.sarif
  cat письмо.md | otvet lint - --stdin-filename письмо.md

Коды выхода: 0 — чисто; 1 — есть замечания степени --fail-on, низкая оценка или лишние предупреждения; 2 — что-то не удалось проверить."
    )]
    Lint(Box<lint::Args>),
    #[command(
        about = "Проверять письма и ответы прямо в редакторе (языковой сервер)",
        override_usage = "otvet lsp [ПАРАМЕТРЫ]",
        after_help = "\
Команду запускает редактор; как её назвать в VS Code, Neovim и Helix, сказано в docs/lint.md.
Настройки берутся из ближайшего otvet.toml вверх от файла, как в otvet lint.

Коды выхода: 0 — редактор попрощался; 1 — связь оборвалась; 2 — ошибка."
    )]
    Lsp(Box<lsp::Args>),
    #[command(
        about = "Банк вопросов: список, один вопрос, проверка своего",
        override_usage = "otvet questions [ПАРАМЕТРЫ]\n               otvet questions show ВОПРОС\n               otvet questions check ФАЙЛ",
        args_conflicts_with_subcommands = true
    )]
    Questions(questions::Args),
    #[command(about = "Список правил", override_usage = "otvet rules [ПАРАМЕТРЫ]")]
    Rules(rules::Args),
    #[command(
        about = "Объяснить правило или критерий",
        override_usage = "otvet explain ПРАВИЛО [ПАРАМЕТРЫ]",
        after_help = "\
Примеры:
  otvet explain vague/self-label
  otvet explain client-conflict/empathy"
    )]
    Explain(explain::Args),
    #[command(about = "Показать разбор текста: слова, части, сработавшие правила", override_usage = "otvet trace [ТЕКСТ] [ПАРАМЕТРЫ]")]
    Trace(trace::Args),
    #[command(
        about = "Показать настройки otvet lint и откуда взято каждое значение",
        override_usage = "otvet config [ПУТЬ] [ПАРАМЕТРЫ]",
        after_help = "\
Примеры:
  otvet config
  otvet config отклики/письмо.md --format json"
    )]
    Config(config::Args),
    #[command(about = "Записать otvet.toml с пояснениями", override_usage = "otvet init [ПАПКА] [ПАРАМЕТРЫ]")]
    Init(init::Args),
    #[command(about = "Схема JSON для отчётов и otvet.toml", override_usage = "otvet schema [ЧТО]")]
    Schema(schema::Args),
    #[command(
        about = "Дополнение команд по Tab для вашей оболочки",
        override_usage = "otvet completions ОБОЛОЧКА",
        after_help = "\
Примеры:
  otvet completions bash > ~/.local/share/bash-completion/completions/otvet
  otvet completions fish > ~/.config/fish/completions/otvet.fish"
    )]
    Completions(completions::Args),
    #[command(
        about = "Страница руководства для man",
        override_usage = "otvet man [КОМАНДА]",
        after_help = "\
Примеры:
  otvet man | man -l -
  otvet man lint > otvet-lint.1"
    )]
    Man(man::Args),
    #[command(about = "Справка о команде", override_usage = "otvet help [КОМАНДА]")]
    Help(help::Args),
}

impl Cli {
    /// Read the command line.
    ///
    /// # Errors
    /// `Err(Ok(_))` is help or a version to print; `Err(Err(_))` a mistake of the user.
    pub fn read(arguments: impl Iterator<Item = OsString>) -> Result<Self, Result<String, Failure>> {
        let arguments: Vec<OsString> = arguments.collect();
        let matches = command().try_get_matches_from(&arguments);
        matches.and_then(|matches| Self::from_arg_matches(&matches)).map_err(|error| match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Ok(error.render().to_string()),
            ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
                Err(Failure::new("не указана команда").hint("список команд: otvet --help"))
            }
            _ => Err(usage::explain(&error, &arguments)),
        })
    }

    pub fn color(&self) -> Color {
        self.color
    }

    /// Do what was asked.
    ///
    /// # Errors
    /// Why it could not be done.
    pub fn run(&self) -> Result<Exit, Failure> {
        let console = Console::new(self.color);
        match &self.command {
            Command::Check(args) => check::run(args, &console),
            Command::Batch(args) => batch::run(args, &console),
            Command::Lint(args) => lint::run(args, &console),
            Command::Lsp(args) => lsp::run(args),
            Command::Questions(args) => questions::run(args, &console),
            Command::Rules(args) => rules::run(args, &console),
            Command::Explain(args) => explain::run(args, &console),
            Command::Trace(args) => trace::run(args, &console),
            Command::Config(args) => config::run(args, &console),
            Command::Init(args) => init::run(args, &console),
            Command::Schema(args) => schema::run(args, &console),
            Command::Completions(args) => completions::run(args, &console),
            Command::Man(args) => man::run(args, &console),
            Command::Help(args) => help::run(args, &console),
        }
    }
}

/// The grammar with Russian headings.
pub fn command() -> clap::Command {
    localize(
        Cli::command().disable_help_flag(true).disable_version_flag(true).disable_help_subcommand(true).styles(STYLES).max_term_width(100),
    )
}

fn localize(command: clap::Command) -> clap::Command {
    command
        .help_template(TEMPLATE)
        .subcommand_help_heading("Команды")
        .mut_args(|arg| {
            let heading = if arg.is_positional() { "Аргументы" } else { "Параметры" };
            arg.help_heading(heading)
        })
        .mut_subcommands(localize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grammar_is_sound() {
        command().debug_assert();
    }

    #[test]
    fn help_is_russian() {
        fn visit(mut command: clap::Command, path: &str) {
            let help = command.render_long_help().to_string();
            for word in
                ["Usage", "Options", "Arguments", "Commands", "Print", "possible values", "default", "OPTIONS", "COMMAND", "aliases"]
            {
                assert!(!help.contains(word), "{path}: «{word}» in\n{help}");
            }
            for inner in command.get_subcommands() {
                visit(inner.clone(), &format!("{path} {}", inner.get_name()));
            }
        }
        let mut command = command();
        command.build();
        visit(command, "otvet");
    }
}
