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
    /// Neither a point of the checklist shows nor a word of the question: an answer to another one. Of the corpus's answers of
    /// grade 3 and better so are 0.5 % under their own question, of all answers under a question of others 22 %.
    pub off: bool,
}

/// The share of the checklist that must show for a story to be worth all its points: 90 % of the good answers of the corpus show
/// more, 70 % of answers under another's question less.
const ENOUGH: f64 = 0.4;
/// What a story is worth of which nothing on the checklist shows.
const LEAST: f64 = 0.5;
/// And what is left of that where the words of the question are missing too.
const SILENT: f64 = 0.6;

impl Relevance {
    /// It is about what was asked, or nobody can tell.
    pub const ON: Self = Self { worth: 1.0, off: false };

    pub fn of(target: &Target, judgement: &Judgement, substance: &Substance, lexicon: &Lexicon) -> Self {
        let asked = matches!(target, Target::Question(_)) && lexicon.checklist.is_empty() && !judgement.verdicts.is_empty();
        if !asked || substance.words.iter().sum::<usize>() < LEAST_WORDS {
            return Self::ON;
        }
        // What is met because something is absent shows nothing.
        let shown = judgement.verdicts.iter().filter(|verdict| verdict.met && !verdict.evidence.is_empty()).count();
        let share = (shown as f64 / judgement.verdicts.len() as f64 / ENOUGH).min(1.0);
        let silent = if judgement.on_topic || share >= 1.0 { 1.0 } else { SILENT };
        Self { worth: (LEAST + (1.0 - LEAST) * share) * silent, off: shown == 0 && !judgement.on_topic }
    }
}
