//! Front matter: what a file says of itself between two lines of `---` at its head.

use otvet::suggest::nearest;

/// What is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Front {
    pub kind: Option<String>,
    /// A path, from the folder of the file.
    pub vacancy: Option<String>,
    pub question: Option<String>,
    pub level: Option<String>,
    /// Where it ends, in bytes; 0: there is none.
    pub end: usize,
    /// What is wrong with it.
    pub mistake: Option<Mistake>,
    /// Where the values stand.
    places: Vec<(&'static str, Spot)>,
}

/// Line and column from 1; the column in code points.
pub type Spot = (usize, usize);

/// What is wrong, in Russian.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    pub message: String,
    pub hint: String,
    pub at: Spot,
}

/// The keys with their names.
const KEYS: [(&str, &[&str]); 4] = [
    ("kind", &["kind", "вид"]),
    ("vacancy", &["vacancy", "вакансия"]),
    ("question", &["question", "question_id", "вопрос"]),
    ("level", &["level", "уровень"]),
];

impl Front {
    /// Read the head of a text. Only whole lines of keys, comments and list items between two fences are front matter: a letter that
    /// begins with a rule is left alone.
    pub fn read(text: &str) -> Self {
        let mut front = Self::default();
        let mut lines = text.split_inclusive('\n');
        let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else { return Self::default() };
        let mut at = first.len();
        for (number, line) in (2..).zip(lines) {
            at += line.len();
            let content = line.trim_end();
            if matches!(content, "---" | "...") {
                front.end = at;
                return front;
            }
            let bare = content.trim_start();
            let inner = bare.len() < content.len();
            if bare.is_empty() || bare.starts_with('#') || inner || bare.starts_with("- ") {
                continue;
            }
            let Some((key, value)) = content.split_once(':').filter(|(key, _)| is_key(key)) else { break };
            front.set(key.trim(), value, (number, key.chars().count() + 2));
        }
        // Only a key we know tells front matter from prose.
        let mistake = (!front.places.is_empty()).then(|| Mistake {
            message: "заголовок файла не закрыт".into(),
            hint: "поставьте после него строку «---»; если это не заголовок, уберите «---» из первой строки".into(),
            at: (1, 1),
        });
        Self { mistake, ..Self::default() }
    }

    /// Where the value of a key stands.
    pub fn at(&self, key: &str) -> Option<Spot> {
        self.places.iter().rev().find(|(known, _)| *known == key).map(|(_, spot)| *spot)
    }

    /// `spot`: where what follows the colon begins.
    fn set(&mut self, name: &str, text: &str, (line, column): Spot) {
        let wanted = name.to_lowercase();
        let Some((key, _)) = KEYS.iter().find(|(_, names)| names.contains(&wanted.as_str())) else {
            // A slip of the keyboard is a mistake; «title», «date», «tags» are somebody else's.
            if let Some(near) = nearest(&wanted, KEYS.iter().flat_map(|(_, names)| names.iter().copied())) {
                self.mistake.get_or_insert_with(|| unknown(name, &near, line));
            }
            return;
        };
        let value = unquoted(text);
        let before = text.find(value).unwrap_or_default();
        self.places.push((key, (line, column + text[..before].chars().count())));
        let slot = match *key {
            "kind" => &mut self.kind,
            "vacancy" => &mut self.vacancy,
            "question" => &mut self.question,
            _ => &mut self.level,
        };
        *slot = Some(value.to_string()).filter(|value| !value.is_empty());
    }
}

fn unknown(name: &str, near: &str, line: usize) -> Mistake {
    Mistake {
        message: format!("в заголовке файла неизвестный ключ «{name}»"),
        hint: format!("возможно, вы имели в виду {near}"),
        at: (line, 1),
    }
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' '))
}

/// A value without its quotes or the comment behind it.
fn unquoted(value: &str) -> &str {
    let value = value.trim();
    for quote in ['"', '\''] {
        if let Some(end) = value.strip_prefix(quote).and_then(|rest| rest.find(quote)) {
            return &value[1..=end];
        }
    }
    value.split(" #").next().unwrap_or_default().trim()
}
