//! What the whole text lacks: a part of the story, a measured result, a fitting length.

use super::build::Assessment;
use super::model::{AnswerKind, Finding, Severity};
use crate::analysis::target::Target;
use crate::lexicon::Fact;

/// Spoken longer than this, an answer tires (PRACTICE: 1.5–2.5 minutes is comfortable).
const LONGEST_SPEECH_WORDS: usize = 375;
/// A sentence longer than this is hard to follow by ear.
const LONGEST_SENTENCE: usize = 45;

fn finding(rule: &str, severity: Severity, message: &str, reason: &str, advice: &str) -> Finding {
    let kind = rule.split('/').next().unwrap_or_default().to_string();
    Finding { rule: rule.into(), kind, severity, place: None, message: message.into(), reason: reason.into(), advice: advice.into() }
}

/// The findings about the whole text.
pub fn findings(target: &Target, assessment: &Assessment) -> Vec<Finding> {
    let mut findings = Vec::new();
    if target.wants_story() {
        story(assessment, &mut findings);
    }
    length(assessment, &mut findings);
    findings
}

fn story(assessment: &Assessment, findings: &mut Vec<Finding>) {
    let substance = &assessment.substance;
    let told = match substance.answer_kind {
        AnswerKind::Plan => Some(("structure/plan-for-story", "рассказан план, а спрашивали о том, что было")),
        AnswerKind::PseudoStory => Some(("structure/habit-for-story", "рассказано, как вы делаете обычно, а спрашивали об одном случае")),
        AnswerKind::Opinion => Some(("structure/opinion-for-story", "высказано мнение, а спрашивали о случае")),
        AnswerKind::SelfDescription => Some(("structure/labels-for-story", "названы качества, а спрашивали о случае")),
        AnswerKind::Story | AnswerKind::Facts => None,
    };
    if let Some((rule, message)) = told {
        findings.push(finding(
            rule,
            Severity::Warning,
            message,
            "Интервьюер судит о будущем по тому, что вы уже сделали.",
            "Вспомните один случай: когда и где это было, что поручили вам, что вы сделали, чем кончилось.",
        ));
    }
    let missing = [
        (
            Fact::Situation,
            "structure/no-situation",
            "нет ситуации",
            "Без неё непонятно, насколько трудно было.",
            "Ответьте на вопрос: где и когда это было, что шло не так?",
        ),
        (
            Fact::Task,
            "structure/no-task",
            "нет задачи",
            "Не видно, чего ждали лично от вас.",
            "Ответьте на вопрос: что поручили вам и к какому сроку?",
        ),
        (
            Fact::OwnAction,
            "structure/no-action",
            "нет ваших действий",
            "Именно по ним оценивают кандидата.",
            "Ответьте на вопрос: что сделали именно вы и почему так?",
        ),
        (
            Fact::Result,
            "structure/no-result",
            "нет результата",
            "История без конца не убеждает.",
            "Ответьте на вопрос: чем закончилось и как вы это измерили?",
        ),
    ];
    for (fact, rule, message, reason, advice) in missing {
        if !substance.has(fact) {
            findings.push(finding(rule, Severity::Warning, message, reason, advice));
        }
    }
    if substance.has(Fact::Result) && !substance.has(Fact::Outcome) {
        findings.push(finding(
            "structure/result-without-figure",
            Severity::Warning,
            "результат не измерен",
            "Без числа не понять, много это или мало.",
            "Добавьте, что изменилось, с какого значения до какого и за какой срок.",
        ));
    }
    if substance.has(Fact::Outcome) && !substance.has(Fact::Method) {
        findings.push(finding(
            "structure/figure-without-method",
            Severity::Hint,
            "не сказано, как измеряли",
            "Числу верят, когда известно, откуда оно.",
            "Добавьте источник: отчёт, опрос, журнал, сравнение до и после.",
        ));
    }
}

fn length(assessment: &Assessment, findings: &mut Vec<Finding>) {
    let text = assessment.text;
    if text.word_count() > LONGEST_SPEECH_WORDS {
        findings.push(finding(
            "length/too-long",
            Severity::Hint,
            "вслух это больше трёх минут",
            "Слушатель теряет нить после двух с половиной минут.",
            "Оставьте один случай и сократите предысторию.",
        ));
    }
    let longest =
        text.sentences.iter().map(|sentence| text.tokens[sentence.tokens.clone()].iter().filter(|token| token.is_word()).count()).max();
    if longest.is_some_and(|words| words > LONGEST_SENTENCE) {
        findings.push(finding(
            "length/long-sentence",
            Severity::Hint,
            "есть очень длинное предложение",
            "На слух такое предложение не удержать.",
            "Разделите его: одно предложение — одна мысль.",
        ));
    }
}
