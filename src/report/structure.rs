//! What the whole text lacks: a part of the story, a measured result, a fitting length.

use super::build::Assessment;
use super::model::{AnswerKind, Finding, Severity};
use crate::analysis::target::Target;
use crate::lexicon::Fact;

/// Spoken longer than this, an answer tires (PRACTICE: 1.5–2.5 minutes is comfortable).
const LONGEST_SPEECH_WORDS: usize = 375;
/// A sentence longer than this is hard to follow by ear.
const LONGEST_SENTENCE: usize = 45;

/// A rule about the whole text: judged here, not by patterns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WholeRule {
    /// `type/name`.
    pub id: &'static str,
    pub severity: Severity,
    pub message: &'static str,
    pub reason: &'static str,
    pub advice: &'static str,
}

impl WholeRule {
    /// The type of its findings.
    pub fn kind(&self) -> &'static str {
        self.id.split('/').next().unwrap_or_default()
    }

    fn finding(&self) -> Finding {
        Finding {
            rule: self.id.into(),
            kind: self.kind().into(),
            severity: self.severity,
            place: None,
            message: self.message.into(),
            reason: self.reason.into(),
            advice: self.advice.into(),
        }
    }
}

const fn rule(id: &'static str, severity: Severity, message: &'static str, reason: &'static str, advice: &'static str) -> WholeRule {
    WholeRule { id, severity, message, reason, advice }
}

/// An answer that is no story where a story was asked for.
const fn told(id: &'static str, message: &'static str) -> WholeRule {
    rule(
        id,
        Severity::Warning,
        message,
        "Интервьюер судит о будущем по тому, что вы уже сделали.",
        "Вспомните один случай: когда и где это было, что поручили вам, что вы сделали, чем кончилось.",
    )
}

const PLAN: WholeRule = told("structure/plan-for-story", "рассказан план, а спрашивали о том, что было");
const HABIT: WholeRule = told("structure/habit-for-story", "рассказано, как вы делаете обычно, а спрашивали об одном случае");
const OPINION: WholeRule = told("structure/opinion-for-story", "высказано мнение, а спрашивали о случае");
const LABELS: WholeRule = told("structure/labels-for-story", "названы качества, а спрашивали о случае");
const OFF_TOPIC: WholeRule = rule(
    "structure/off-topic",
    Severity::Warning,
    "похоже, это ответ на другой вопрос",
    "Нет слов вопроса, а из его чек-листа видно слишком мало: хорошую историю не засчитают, если спросили о другом.",
    "Перечитайте вопрос и начните ответ с его слов; если история всё же о нём, скажите прямо, чем.",
);
const NO_SITUATION: WholeRule = rule(
    "structure/no-situation",
    Severity::Warning,
    "нет ситуации",
    "Без неё непонятно, насколько трудно было.",
    "Ответьте на вопрос: где и когда это было, что шло не так?",
);
const NO_TASK: WholeRule = rule(
    "structure/no-task",
    Severity::Warning,
    "нет задачи",
    "Не видно, чего ждали лично от вас.",
    "Ответьте на вопрос: за что отвечали и чего должны были добиться лично вы?",
);
const NO_ACTION: WholeRule = rule(
    "structure/no-action",
    Severity::Warning,
    "нет ваших действий",
    "Именно по ним оценивают кандидата.",
    "Ответьте на вопрос: что сделали именно вы и почему так?",
);
const NO_RESULT: WholeRule = rule(
    "structure/no-result",
    Severity::Warning,
    "нет результата",
    "История без конца не убеждает.",
    "Ответьте на вопрос: чем закончилось и как вы это измерили?",
);
const NO_FIGURE: WholeRule = rule(
    "structure/result-without-figure",
    Severity::Warning,
    "результат не измерен",
    "Без числа не понять, много это или мало.",
    "Добавьте, что изменилось, с какого значения до какого и за какой срок.",
);
const NO_METHOD: WholeRule = rule(
    "structure/figure-without-method",
    Severity::Hint,
    "не сказано, как измеряли",
    "Числу верят, когда известно, откуда оно.",
    "Добавьте источник: отчёт, опрос, журнал, сравнение до и после.",
);
const TOO_LONG: WholeRule = rule(
    "length/too-long",
    Severity::Hint,
    "вслух это больше трёх минут",
    "Слушатель теряет нить после двух с половиной минут.",
    "Оставьте один случай и сократите предысторию.",
);
const LONG_SENTENCE: WholeRule = rule(
    "length/long-sentence",
    Severity::Hint,
    "есть очень длинное предложение",
    "На слух такое предложение не удержать.",
    "Разделите его: одно предложение — одна мысль.",
);

/// Every rule about the whole text.
pub const RULES: [WholeRule; 13] =
    [OFF_TOPIC, PLAN, HABIT, OPINION, LABELS, NO_SITUATION, NO_TASK, NO_ACTION, NO_RESULT, NO_FIGURE, NO_METHOD, TOO_LONG, LONG_SENTENCE];

/// The findings about the whole text.
pub(super) fn findings(target: &Target, assessment: &Assessment) -> Vec<Finding> {
    let mut found = Vec::new();
    if assessment.relevance.off {
        found.push(OFF_TOPIC);
    }
    if target.wants_story() {
        story(assessment, &mut found);
    }
    length(assessment, &mut found);
    found.iter().map(WholeRule::finding).collect()
}

fn story(assessment: &Assessment, found: &mut Vec<WholeRule>) {
    let substance = &assessment.substance;
    found.extend(match substance.answer_kind {
        AnswerKind::Plan => Some(PLAN),
        AnswerKind::PseudoStory => Some(HABIT),
        AnswerKind::Opinion => Some(OPINION),
        AnswerKind::SelfDescription => Some(LABELS),
        AnswerKind::Story | AnswerKind::Facts => None,
    });
    let parts = [(Fact::Situation, NO_SITUATION), (Fact::Task, NO_TASK), (Fact::OwnAction, NO_ACTION), (Fact::Result, NO_RESULT)];
    found.extend(parts.into_iter().filter(|(fact, _)| !substance.has(*fact)).map(|(_, rule)| rule));
    if substance.has(Fact::Result) && !substance.has(Fact::Outcome) {
        found.push(NO_FIGURE);
    }
    if substance.asks_method && !substance.has(Fact::Method) {
        found.push(NO_METHOD);
    }
}

fn length(assessment: &Assessment, found: &mut Vec<WholeRule>) {
    let text = assessment.text;
    if text.word_count() > LONGEST_SPEECH_WORDS {
        found.push(TOO_LONG);
    }
    let longest =
        text.sentences.iter().map(|sentence| text.tokens[sentence.tokens.clone()].iter().filter(|token| token.is_word()).count()).max();
    if longest.is_some_and(|words| words > LONGEST_SENTENCE) {
        found.push(LONG_SENTENCE);
    }
}
