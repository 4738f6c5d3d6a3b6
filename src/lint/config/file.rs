//! `otvet.toml` as it is written. Every value knows its place.

use std::collections::BTreeMap;

use otvet::report::{Level, Severity};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

/// What a rule is set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(description = "off — не проверять; on — проверять со своей степенью; hint, warning, error — проверять с этой степенью")]
pub enum Setting {
    /// As the rule itself says.
    On,
    Off,
    Hint,
    Warning,
    Error,
}

impl Setting {
    /// The severity a finding of this severity gets; `None` if it is dropped.
    pub fn apply(self, own: Severity) -> Option<Severity> {
        match self {
            Self::On => Some(own),
            Self::Off => None,
            Self::Hint => Some(Severity::Hint),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }

    /// As it is written in the file.
    pub fn id(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off => "off",
            Self::Hint => "hint",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// The least severity that makes the exit code 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
#[schemars(description = "С какой степени замечание даёт код выхода 1; never — ни с какой")]
pub enum FailOn {
    Error,
    Warning,
    Hint,
    Never,
}

impl FailOn {
    /// Does something of this severity fail the run?
    pub fn fails(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity >= Severity::Error,
            Self::Warning => severity >= Severity::Warning,
            Self::Hint => true,
            Self::Never => false,
        }
    }

    /// As it is written in the file and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
            Self::Never => "never",
        }
    }
}

/// Names of rules or of whole types with what they are set to.
pub type Rules = BTreeMap<Spanned<String>, Spanned<Setting>>;

/// The whole file.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[schemars(title = "otvet.toml", description = "Настройки otvet lint")]
pub struct File {
    #[schemars(description = "Вид текстов: answer, resume или вид письма. Без этого вид узнаётся по тексту", with = "Option<String>")]
    pub kind: Option<Spanned<String>>,
    #[schemars(description = "Вопрос, на который отвечают тексты (список: otvet questions)", with = "Option<String>")]
    pub question: Option<Spanned<String>>,
    #[schemars(description = "Уровень должности", with = "Option<Level>")]
    pub level: Option<Spanned<Level>>,
    #[schemars(description = "Файл вакансии, с которой сравниваются письма; путь — от папки этого файла", with = "Option<String>")]
    pub vacancy: Option<Spanned<String>>,
    #[schemars(description = "Оценка ниже этой даёт код выхода 1, от 0 до 100", with = "Option<u8>", range(min = 0, max = 100))]
    pub min_score: Option<Spanned<i64>>,
    #[schemars(with = "Option<FailOn>")]
    pub fail_on: Option<Spanned<FailOn>>,
    #[schemars(description = "Предупреждений больше этого числа — код выхода 1", with = "Option<u32>", range(min = 0))]
    pub max_warnings: Option<Spanned<i64>>,
    #[schemars(description = "Маски путей, которые не проверять: \"архив/**\", \"*.old.md\"", with = "Vec<String>")]
    pub exclude: Vec<Spanned<String>>,
    #[schemars(description = "Папки со своими правилами и вопросами; пути — от папки этого файла", with = "Vec<String>")]
    pub lexicons: Vec<Spanned<String>>,
    #[schemars(description = "Файлы со своими вопросами; пути — от папки этого файла", with = "Vec<String>")]
    pub question_files: Vec<Spanned<String>>,
    #[schemars(description = "Правила и целые типы правил: имя = степень", with = "BTreeMap<String, Setting>")]
    pub rules: Rules,
    #[serde(rename = "override")]
    #[schemars(description = "Другие настройки для части файлов; из подходящих решает последний раздел")]
    pub overrides: Vec<Override>,
    #[schemars(description = "Словарь допустимых фраз")]
    pub allow: Vec<Allow>,
}

/// Other settings for some of the files.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(description = "Настройки для файлов, чьи пути подходят под маски")]
pub struct Override {
    #[schemars(description = "Маски путей от папки этого файла: \"архив/**\", \"*.md\"", with = "Vec<String>", length(min = 1))]
    pub paths: Spanned<Vec<Spanned<String>>>,
    #[serde(default)]
    #[schemars(description = "Правила и целые типы правил: имя = степень", with = "BTreeMap<String, Setting>")]
    pub rules: Rules,
    #[schemars(description = "Вид текстов: answer, resume или вид письма", with = "Option<String>")]
    pub kind: Option<Spanned<String>>,
    #[schemars(description = "Вопрос, на который отвечают тексты", with = "Option<String>")]
    pub question: Option<Spanned<String>>,
    #[schemars(description = "Уровень должности", with = "Option<Level>")]
    pub level: Option<Spanned<Level>>,
    #[schemars(description = "Файл вакансии; путь — от папки этого файла", with = "Option<String>")]
    pub vacancy: Option<Spanned<String>>,
}

/// Phrases that one rule must let pass.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(description = "Фразы, на которые правило не жалуется")]
pub struct Allow {
    #[schemars(description = "Правило или целый тип правил", with = "String")]
    pub rule: Spanned<String>,
    #[schemars(description = "Фразы; регистр, ё и число пробелов не важны", with = "Vec<String>", length(min = 1))]
    pub phrases: Spanned<Vec<Spanned<String>>>,
    #[schemars(description = "Почему так можно: для людей")]
    pub reason: Option<String>,
}
