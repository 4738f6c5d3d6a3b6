//! What a batch says of questions that were put in other words than the bank's, once a wording.

use std::collections::HashMap;

use otvet::Report;
use otvet::report::{plural, sanitize};

use crate::bank::Bank;

/// So many wordings are named.
const NAMED: usize = 12;
/// Memory for wordings is bounded: a column of comments taken for questions has no end of them.
const KEPT: usize = 1_000;

/// Wordings in the order of their appearance.
#[derive(Debug, Default)]
pub struct Wordings {
    known: HashMap<String, usize>,
    all: Vec<Wording>,
}

#[derive(Debug)]
struct Wording {
    asked: String,
    /// The question it was taken for.
    question: Option<String>,
    first_row: usize,
    count: usize,
}

impl Wordings {
    pub fn add(&mut self, report: &Report, row: usize) {
        let Some(asked) = &report.asked else { return };
        match self.known.get(asked) {
            Some(at) => self.all[*at].count += 1,
            None if self.all.len() < KEPT => {
                self.known.insert(asked.clone(), self.all.len());
                let question = report.question_id.clone();
                self.all.push(Wording { asked: asked.clone(), question, first_row: row, count: 1 });
            }
            None => {}
        }
    }

    /// What to tell, those without a checklist first.
    pub fn notes(&self, bank: &Bank) -> Vec<String> {
        let unknown = self.all.iter().filter(|wording| wording.question.is_none());
        let taken = self.all.iter().filter(|wording| wording.question.is_some());
        let (unknown, left) = (unknown.clone().map(|wording| wording.unknown(bank)), unknown.count());
        let mut notes: Vec<String> = unknown.take(NAMED).collect();
        if left > NAMED {
            notes.push(format!("и ещё {} без чек-листа", plural::count(left - NAMED, ["вопрос", "вопроса", "вопросов"])));
        }
        if left > 0 {
            notes.push("чтобы проверить и по чек-листу, поставьте в столбец вопроса его id (список: otvet questions) или добавьте свой вопрос через --question-file".into());
        }
        notes.extend(taken.take(NAMED).map(|wording| wording.taken(bank)));
        notes
    }
}

impl Wording {
    fn unknown(&self, bank: &Bank) -> String {
        let near = bank.nearest(&self.asked).map(|near| format!("; возможно, вы имели в виду {}", near.id)).unwrap_or_default();
        format!("вопроса «{}» нет в банке: {} без чек-листа{near}", sanitize::short(&self.asked, 70), self.answers())
    }

    fn taken(&self, bank: &Bank) -> String {
        let id = self.question.as_deref().unwrap_or_default();
        let question = bank.question(id).unwrap_or_default();
        format!("вопрос «{}» понят как {id} («{}»): {}", sanitize::short(&self.asked, 70), sanitize::short(question, 60), self.rows())
    }

    /// «ответ в строке 5 проверен».
    fn answers(&self) -> String {
        format!("{} {}", self.rows(), plural::form(self.count, ["проверен", "проверены", "проверено"]))
    }

    fn rows(&self) -> String {
        match self.count {
            1 => format!("ответ в строке {}", self.first_row),
            count => format!("{} начиная со строки {}", plural::count(count, ["ответ", "ответа", "ответов"]), self.first_row),
        }
    }
}
