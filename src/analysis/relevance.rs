//! Is it an answer to the question that was asked? A good story told in the wrong place is worth little.

use super::checklist::Judgement;
use super::substance::Substance;
use super::target::Target;
use crate::lexicon::Lexicon;

/// Of fewer words nothing can be said.
const LEAST_WORDS: usize = 25;

/// How far an answer is about what was asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Relevance {
    /// 0–1: what part of the points for the story and for its figures is left.
    pub worth: f64,
    /// Neither enough of the checklist shows nor a word of the question: an answer to another one. Of the corpus's answers of
    /// grade 3 and better so are 0.2 % under their own question, of all answers under a question of others 25 %.
    pub off: bool,
}

/// The share of the checklist that must show for a story to be worth all its points: 90 % of the good answers of the corpus show
/// more, 70 % of answers under another's question less.
const ENOUGH: f64 = 0.4;
/// The share that shows an answer to be about the question although it has no word of it. What else is met without a word of the
/// question is met by chance: any story has some example, some deed, some figure.
const ENOUGH_SILENT: f64 = 0.6;
/// What a story is worth of which nothing on the checklist shows.
const LEAST: f64 = 0.5;
/// And what is left of that where the words of the question are missing too.
const SILENT: f64 = 0.6;

impl Relevance {
    /// It is about what was asked, or nobody can tell.
    pub const ON: Self = Self { worth: 1.0, off: false };

    /// Weigh how far it is about the question; an answer to another one meets no criterion.
    pub fn of(target: &Target, judgement: &mut Judgement, substance: &Substance, lexicon: &Lexicon) -> Self {
        let asked = matches!(target, Target::Question(_)) && lexicon.checklist.is_empty() && !judgement.verdicts.is_empty();
        if !asked || substance.words.iter().sum::<usize>() < LEAST_WORDS {
            return Self::ON;
        }
        // What is met because something is absent shows nothing.
        let shown = judgement.verdicts.iter().filter(|verdict| verdict.met && !verdict.evidence.is_empty()).count();
        let share = shown as f64 / judgement.verdicts.len() as f64;
        if !judgement.on_topic && share < ENOUGH_SILENT {
            for verdict in judgement.verdicts.iter_mut().filter(|verdict| verdict.met) {
                verdict.met = false;
                verdict.why = "ни слова о том, о чём спросили".into();
            }
            return Self { worth: LEAST * SILENT, off: true };
        }
        Self { worth: LEAST + (1.0 - LEAST) * (share / ENOUGH).min(1.0), off: false }
    }
}
