//! The text that `otvet check` was given, and what its file says of it.

use std::path::Path;

use otvet::document::Encoding;

use super::failure::Failure;
use super::input;
use crate::lint::model;
use crate::lint::source::{self, Front, SourceKind};

/// A text and its front matter.
pub struct Given {
    /// What is no prose is blanked, so places point into the file; of Word and HTML it is the paragraphs, one a line.
    pub text: String,
    pub front: Front,
}

/// Read a file by its kind, or standard input as plain text where there is no file or it is `-`.
///
/// # Errors
/// Why it cannot be read, and what to do.
pub fn read(file: Option<&Path>, encoding: Option<Encoding>) -> Result<Given, Failure> {
    let path = file.filter(|path| *path != Path::new("-"));
    match path.and_then(SourceKind::of) {
        None | Some(SourceKind::Text) => {
            let text = input::read(path, encoding)?;
            let front = Front::read(&text);
            let head = text[..front.end].chars().map(|c| if c == '\n' { c } else { ' ' });
            let prose = head.chain(text[front.end..].chars()).collect();
            let name = path.map_or_else(|| "стандартный ввод".to_string(), |path| path.display().to_string());
            match &front.mistake {
                Some(mistake) => Err(refusal(&name, Some(mistake.at), &mistake.message, &mistake.hint)),
                None => Ok(Given { text: prose, front }.asked()),
            }
        }
        Some(_) => {
            let path = path.unwrap_or(Path::new(""));
            let source = source::read(path, &path.display().to_string(), encoding).map_err(|failure| {
                let model::Failure { path, message, hint, at } = failure;
                refusal(&path, at, &message, &hint)
            })?;
            Ok(Given { text: source.prose, front: source.front })
        }
    }
}

impl Given {
    /// «Вопрос: … Ответ: …»: what is copied with its question names it, and the question is no part of the answer.
    fn asked(mut self) -> Self {
        let Some((question, head)) = question_above(&self.text) else { return self };
        if self.front.question.is_none() && self.front.kind.is_none() {
            self.front.question = Some(question);
        }
        let blank = self.text[..head].chars().map(|c| if c == '\n' { c } else { ' ' });
        self.text = blank.chain(self.text[head..].chars()).collect();
        self
    }
}

/// The question that stands above an answer, and the bytes up to the answer.
fn question_above(text: &str) -> Option<(String, usize)> {
    let start = text.len() - text.trim_start().len();
    let rest = &text[start..];
    let named = WORDS_FOR_QUESTION.iter().find_map(|word| rest.strip_prefix(word))?;
    let (number, wording) = named.split_once(':')?;
    if number.chars().any(|c| !c.is_ascii_digit() && !matches!(c, ' ' | '№')) {
        return None;
    }
    let from = text.len() - wording.len();
    let answer = WORDS_FOR_ANSWER.iter().find_map(|word| wording.find(word).map(|at| (at, at + word.len())));
    let line = wording.find('\n').map(|at| (at, at + 1));
    // The answer may be named on the same line, or some lines below.
    let (end, next) = answer.filter(|(at, _)| wording[..*at].lines().count() <= LONGEST_QUESTION).or(line)?;
    let question = wording[..end].split_whitespace().collect::<Vec<_>>().join(" ");
    (!question.is_empty()).then_some((question, from + next))
}

const WORDS_FOR_QUESTION: [&str; 2] = ["Вопрос", "ВОПРОС"];
const WORDS_FOR_ANSWER: [&str; 3] = ["Ответ:", "ОТВЕТ:", "Ответ кандидата:"];
/// Lines of the longest question that stands above an answer.
const LONGEST_QUESTION: usize = 4;

fn refusal(name: &str, at: Option<(usize, usize)>, message: &str, hint: &str) -> Failure {
    let place = at.map_or_else(|| format!("«{name}»"), |(line, column)| format!("{name}:{line}:{column}"));
    Failure::new(format!("{place}: {message}")).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::question_above;

    #[test]
    fn a_question_above_the_answer_is_found() {
        for (text, question, answer) in [
            ("Вопрос: Какие у вас слабые стороны?\nОтвет: Я тороплюсь.", "Какие у вас слабые стороны?", " Я тороплюсь."),
            ("\nВопрос 3: Почему вы ушли?\n\nПереезд.", "Почему вы ушли?", "\nПереезд."),
            ("Вопрос: Ваши слабости? Ответ: Тороплюсь.", "Ваши слабости?", " Тороплюсь."),
        ] {
            let (found, head) = question_above(text).unwrap();
            assert_eq!((found.as_str(), &text[head..]), (question, answer));
        }
        for text in ["Вопрос был трудный: как удержать клиента.\nЯ позвонил.", "Вопросов не было: все знали.", "Вопрос: один без ответа"]
        {
            assert_eq!(question_above(text), None, "{text}");
        }
    }
}
