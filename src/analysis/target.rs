//! What a text is checked against: a question of the bank, a kind of letter, or nothing.

use super::findings::Setting;
use crate::analyzer::{CheckError, LONGEST_TEXT, Request};
use crate::lexicon::{ANSWER, Criterion, Letter, Lexicon, Question, QuestionKind, RESUME, Shares};
use crate::suggest::nearest;

/// What a text is checked against.
#[derive(Clone, Copy)]
pub enum Target<'l> {
    Question(&'l Question),
    Letter(&'l Letter),
    /// An answer to a question that nobody named.
    Bare,
    /// The points of a résumé.
    Resume,
}

impl<'l> Target<'l> {
    /// The target a request names.
    ///
    /// # Errors
    /// A name that the lexicon does not hold; a text without words or too large.
    pub fn of(request: &Request, lexicon: &'l Lexicon) -> Result<Self, CheckError> {
        if request.text.len() > LONGEST_TEXT {
            return Err(CheckError::TooLarge { size: request.text.len(), limit: LONGEST_TEXT });
        }
        if !request.text.contains(char::is_alphanumeric) {
            return Err(CheckError::Empty);
        }
        if let Some(id) = request.question_id {
            return match lexicon.questions().iter().find(|question| question.id == id) {
                Some(question) => Ok(Target::Question(question)),
                None => Err(CheckError::UnknownQuestion {
                    id: id.into(),
                    suggestion: nearest(id, lexicon.question_ids().iter().map(String::as_str)),
                }),
            };
        }
        if request.kind.is_empty() {
            return Ok(Target::Bare);
        }
        let kind = lexicon.kind_named(request.kind);
        let letter = || lexicon.letters().iter().find(|letter| Some(letter.id.as_str()) == kind).map(Target::Letter);
        match kind {
            Some(ANSWER) => Ok(Target::Bare),
            Some(RESUME) => Ok(Target::Resume),
            _ => letter().ok_or_else(|| CheckError::unknown_kind(request.kind, lexicon)),
        }
    }

    /// The id of the question or letter; empty if there is none.
    pub fn id(&self) -> &'l str {
        match self {
            Target::Question(question) => &question.id,
            Target::Letter(letter) => &letter.id,
            Target::Bare | Target::Resume => "",
        }
    }

    /// The kind of the question, `letter` or `none`.
    pub fn kind_id(&self) -> &'static str {
        match self {
            Target::Question(question) => question.kind.id(),
            Target::Letter(_) => "letter",
            Target::Bare => "none",
            Target::Resume => "resume",
        }
    }

    pub fn question_kind(&self) -> Option<QuestionKind> {
        match self {
            Target::Question(question) => Some(question.kind),
            _ => None,
        }
    }

    /// Is a past story expected? Of an answer without a question it is.
    pub fn wants_story(&self) -> bool {
        matches!(self, Target::Bare) || self.question_kind() == Some(QuestionKind::Behavioral)
    }

    /// What is asked of the text: a checklist of the user's own takes the place of the bank's.
    pub fn criteria(&self, lexicon: &'l Lexicon) -> &'l [Criterion] {
        match self {
            _ if !lexicon.checklist.is_empty() => &lexicon.checklist,
            Target::Question(question) => &question.criteria,
            Target::Letter(letter) => &letter.criteria,
            Target::Bare | Target::Resume => &[],
        }
    }

    /// The most points of each part of the score.
    pub fn shares(&self, lexicon: &Lexicon) -> Shares {
        let own = matches!(self, Target::Bare) && !lexicon.checklist.is_empty();
        let kinds = &lexicon.score.kinds;
        let kind = if own { "own" } else { self.kind_id() };
        // A kind of letter may have a row of its own.
        let letter = if let Target::Letter(letter) = self { kinds.get(&letter.id) } else { None };
        letter.or_else(|| kinds.get(kind)).or_else(|| kinds.get("other")).copied().unwrap_or(Shares {
            star: 45,
            measure: 25,
            checklist: 0,
            wording: 30,
        })
    }

    /// The same for the conditions of rules.
    pub fn setting(&self) -> Setting<'l> {
        let kind = match self {
            Target::Letter(letter) => letter.id.as_str(),
            Target::Resume => RESUME,
            _ => ANSWER,
        };
        let question_id = match self {
            Target::Question(question) => Some(question.id.as_str()),
            _ => None,
        };
        Setting { kind, question_id, question_kind: self.question_kind().map(QuestionKind::id) }
    }
}
