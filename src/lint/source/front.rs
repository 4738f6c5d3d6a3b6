//! Front matter: what a file says of itself between two lines of `---` at its head.

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
}

impl Front {
    /// Read the head of a text. Only whole lines of keys, comments and list items between two fences are front matter: a letter that
    /// begins with a rule is left alone.
    pub fn read(text: &str) -> Self {
        let mut front = Self::default();
        let mut lines = text.split_inclusive('\n');
        let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else { return Self::default() };
        let mut at = first.len();
        for line in lines {
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
            let Some((key, value)) = content.split_once(':').filter(|(key, _)| is_key(key)) else { return Self::default() };
            front.set(key.trim(), value);
        }
        Self::default()
    }

    fn set(&mut self, key: &str, value: &str) {
        let value = unquoted(value);
        let slot = match key.to_lowercase().as_str() {
            "kind" | "вид" => &mut self.kind,
            "vacancy" | "вакансия" => &mut self.vacancy,
            "question" | "question_id" | "вопрос" => &mut self.question,
            "level" | "уровень" => &mut self.level,
            _ => return,
        };
        *slot = Some(value.to_string()).filter(|value| !value.is_empty());
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
