//! The score: points for the parts of the story, for measure, for the checklist and for the wording, each with its reasons.

use super::checklist::Verdict;
use super::relevance::Relevance;
use super::substance::Substance;
use super::target::Target;
use crate::lexicon::{Fact, Lexicon, Shares};
use crate::report::{AnswerKind, Score, ScorePart};

/// Points a finding of each type costs, of the 100 of the wording part; the first costs whole, further ones half.
const COSTS: [(&str, f64); 8] = [
    ("employer-negativity", 60.0),
    ("confidential", 50.0),
    ("placeholder", 60.0),
    ("personal-need", 40.0),
    ("other-negativity", 35.0),
    ("vague", 22.0),
    ("no-agency", 25.0),
    ("filler", 10.0),
];

/// Fewer words than this earn only a part of the points for wording: silence is no style.
const ENOUGH_WORDS: f64 = 20.0;

/// A text whose matter is worth no more points than this has only to say what the checklist names.
const FORMAL: u8 = 5;

/// A score with its grade.
pub struct Scored {
    pub score: Score,
    pub grade: u8,
}

/// Score an answer.
pub fn score(substance: &Substance, verdicts: &[Verdict], relevance: Relevance, target: &Target, lexicon: &Lexicon) -> Scored {
    let table = &lexicon.score;
    let shares = target.shares(lexicon);
    let parts = vec![
        apart(star_part(substance, target, lexicon, shares.star), relevance),
        apart(measure_part(substance, target, shares.measure), relevance),
        checklist_part(substance, verdicts, shares),
        wording_part(substance, shares.wording),
    ];
    let parts: Vec<ScorePart> = parts.into_iter().filter(|part| part.max > 0).collect();
    let total: u8 = parts.iter().map(|part| part.points).sum();
    let grade = 1 + table.grades.iter().filter(|least| total >= **least).count() as u8;
    Scored { score: Score { total, parts }, grade }
}

/// A story that was not asked for is worth a part of its points.
fn apart(mut part: ScorePart, relevance: Relevance) -> ScorePart {
    part.points = (f64::from(part.points) * relevance.worth).round() as u8;
    if relevance.worth < 1.0 {
        part.why.push(
            if relevance.off {
                "− история не о том, о чём спросили"
            } else {
                "− из чек-листа показано мало, и история засчитана не вся"
            }
            .into(),
        );
    }
    part
}

fn part(id: &str, title: &str, share: f64, max: u8, why: Vec<String>) -> ScorePart {
    let points = (share.clamp(0.0, 1.0) * f64::from(max)).round() as u8;
    ScorePart { id: id.into(), title: title.into(), points, max, why }
}

fn star_part(substance: &Substance, target: &Target, lexicon: &Lexicon, max: u8) -> ScorePart {
    let mut why = Vec::new();
    if !target.wants_story() {
        let share = substance.weight;
        why.push(if share > 0.8 {
            "+ ответ состоит из дел и фактов".to_string()
        } else if share <= 0.4 {
            "− почти нет дел и фактов".to_string()
        } else if substance.empty_talk.is_empty() {
            "− дел и фактов немного: ответ короткий".to_string()
        } else {
            "− дел и фактов немного: часть ответа — общие слова".to_string()
        });
        return part("star", "содержание", share, max, why);
    }
    let shares = lexicon.score.star;
    let mut share = 0.0;
    let mut add = |have: bool, worth: f64, yes: &str, no: &str| {
        share += if have { worth } else { 0.0 };
        why.push(format!("{} {}", if have { "+" } else { "−" }, if have { yes } else { no }));
    };
    add(substance.has(Fact::Situation), shares.s, "есть ситуация", "нет ситуации");
    add(substance.has(Fact::Task), shares.t, "есть задача", "нет задачи");
    add(substance.has(Fact::OwnAction), shares.a * 0.4, "есть действия", "нет ваших действий");
    add(substance.has(Fact::Steps), shares.a * 0.6, "названы три шага и больше", "шагов меньше трёх");
    add(substance.has(Fact::Result), shares.r, "есть результат", "нет результата");
    if matches!(substance.answer_kind, AnswerKind::Plan | AnswerKind::PseudoStory | AnswerKind::SelfDescription | AnswerKind::Opinion) {
        share *= 0.5;
        why.push("− ждали случай из прошлого, а рассказан план, привычка или мнение".into());
    }
    share *= 0.4 + 0.6 * substance.weight;
    if substance.weight < 0.7 {
        why.push("− мало конкретного: дел, фактов, имён, чисел".into());
    } else if substance.weight < 1.0 {
        why.push("− рассказано коротко".into());
    }
    part("star", "части", share, max, why)
}

fn measure_part(substance: &Substance, target: &Target, max: u8) -> ScorePart {
    let mut why = Vec::new();
    let share = if target.wants_story() {
        let mut share = 0.0;
        if substance.has(Fact::Outcome) {
            share += 0.65;
            why.push("+ результат измерен".into());
        } else {
            share += if substance.has(Fact::Number) { 0.15 } else { 0.0 };
            why.push("− результат не измерен".into());
        }
        let outcome = substance.has(Fact::Outcome);
        let mut add = |have: bool, worth: f64, yes: &str, no: &str| {
            share += if have { worth } else { 0.0 };
            if have {
                why.push(format!("+ {yes}"));
            } else if outcome {
                why.push(format!("− {no}"));
            }
        };
        add(substance.has(Fact::Compared), 0.2, "видно, с чем сравнивать", "не видно, с чем сравнивать");
        add(substance.has(Fact::Method), 0.15, "сказано, как измеряли", "не сказано, как измеряли");
        share
    } else if substance.has(Fact::Outcome) {
        why.push("+ есть измеренный результат".into());
        1.0
    } else if substance.has(Fact::Number) {
        why.push("+ есть числа".into());
        why.push("− ни одно не говорит, чего вы добились".into());
        0.7
    } else {
        why.push("− нет ни одного числа".into());
        0.0
    };
    part("measure", "измеримость", share, max, why)
}

fn checklist_part(substance: &Substance, verdicts: &[Verdict], shares: Shares) -> ScorePart {
    let max = shares.checklist;
    if verdicts.is_empty() {
        return part("checklist", "чек-лист", 0.0, max, Vec::new());
    }
    let met = verdicts.iter().filter(|verdict| verdict.met).count();
    // A consent or a refusal has no deeds to stand behind it.
    let behind = if shares.star > FORMAL { 0.5 + 0.5 * substance.weight } else { 1.0 };
    let share = met as f64 / verdicts.len() as f64 * behind;
    let mut why = vec![format!("выполнено {met} из {}", verdicts.len())];
    if met > 0 && behind < 1.0 {
        why.push("− за словами мало дел и фактов".into());
    }
    part("checklist", "чек-лист", share, max, why)
}

fn wording_part(substance: &Substance, max: u8) -> ScorePart {
    let mut lost = 0.0;
    let mut why = Vec::new();
    for (kind, cost) in COSTS {
        let count = substance.count(kind);
        if count > 0 {
            lost += cost * (1.0 + 0.5 * (count - 1) as f64);
            why.push(format!("− {}: {count}", title(kind)));
        }
    }
    if why.is_empty() {
        why.push("+ нечего убирать".into());
    }
    let words: usize = substance.words.iter().sum();
    let said = (words as f64 / ENOUGH_WORDS).min(1.0);
    if said < 1.0 {
        why.push("− сказано слишком мало".into());
    }
    part("wording", "изложение", said * (1.0 - lost / 100.0), max, why)
}

/// What one finding of a type costs, of the 100 of the wording part.
fn cost(kind: &str) -> f64 {
    COSTS.iter().find(|(known, _)| *known == kind).map_or(0.0, |(_, cost)| *cost)
}

/// The part of the points lost on wording that one finding of a type stands for, 0–1.
pub fn share_of_loss(substance: &Substance, kind: &str) -> f64 {
    let whole = |kind: &str| cost(kind) * (1.0 + 0.5 * substance.count(kind).saturating_sub(1) as f64);
    let lost: f64 = COSTS.iter().filter(|(kind, _)| substance.count(kind) > 0).map(|(kind, _)| whole(kind)).sum();
    if lost > 0.0 { whole(kind) / substance.count(kind).max(1) as f64 / lost } else { 0.0 }
}

/// The Russian name of a type of findings.
pub fn title(kind: &str) -> &'static str {
    match kind {
        "vague" => "общие фразы",
        "employer-negativity" => "негатив о работодателе",
        "other-negativity" => "негатив о людях",
        "filler" => "слова-паразиты и оговорки",
        "confidential" => "личные и секретные данные",
        "personal-need" => "личные нужды как довод",
        "no-agency" => "не видно, что сделали вы",
        "placeholder" => "незаполненные места",
        "structure" => "строение ответа",
        "length" => "длина",
        "letter" => "письмо",
        _ => "прочее",
    }
}
