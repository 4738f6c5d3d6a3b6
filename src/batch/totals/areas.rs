//! The areas in which a customer-service manager is measured by themselves and others: what is covered, where the gaps are, what to train.

use std::collections::BTreeMap;

use otvet::report::Report;

use super::scores::Scores;

/// A mean score below this is a gap.
pub const ENOUGH: f64 = 60.0;

/// An area of self-assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Area {
    ServiceBasics,
    TeamManagement,
    CrmSystems,
    Analytics,
}

pub const AREAS: [Area; 4] = [Area::ServiceBasics, Area::TeamManagement, Area::CrmSystems, Area::Analytics];

impl Area {
    pub fn title(self) -> &'static str {
        match self {
            Self::ServiceBasics => "основы сервиса",
            Self::TeamManagement => "управление командой",
            Self::CrmSystems => "CRM и инструменты",
            Self::Analytics => "аналитика и показатели",
        }
    }
}

/// The area a question belongs to; questions about motives and money belong to none.
pub fn of(question: &str, competency: &str) -> Option<Area> {
    if question.contains("crm") {
        return Some(Area::CrmSystems);
    }
    Some(match competency {
        "conflict-resolution"
        | "communication"
        | "service-principles"
        | "crisis-management"
        | "coordination"
        | "problem-solving"
        | "role-understanding" => Area::ServiceBasics,
        "team-management" | "people-issues" | "teamwork" | "leadership" | "change-management" => Area::TeamManagement,
        "tools" | "learning" => Area::CrmSystems,
        "analytics" | "results" | "strategy" => Area::Analytics,
        _ => return None,
    })
}

/// What people call a competency of the bank; one of the user's own is called as they call it.
pub fn competency_name(id: &str) -> &str {
    match id {
        "analytics" => "аналитика",
        "change-management" => "управление изменениями",
        "communication" => "общение и убеждение",
        "conflict-resolution" => "разрешение конфликтов",
        "coordination" => "работа с другими отделами",
        "crisis-management" => "действия в кризис",
        "experience" => "опыт",
        "leadership" => "лидерство",
        "learning" => "готовность учиться",
        "motivation" => "мотивация",
        "negotiation" => "переговоры",
        "people-issues" => "трудности в команде",
        "problem-solving" => "решение проблем",
        "results" => "результаты",
        "role-understanding" => "понимание роли",
        "self-awareness" => "самооценка",
        "service-principles" => "принципы сервиса",
        "strategy" => "стратегия",
        "team-management" => "управление командой",
        "teamwork" => "работа в команде",
        "tools" => "инструменты",
        other => other,
    }
}

/// The answers of an area.
#[derive(Debug, Clone, Default)]
pub struct AreaTotals {
    pub scores: Scores,
    /// Text of a criterion, answers that lack it.
    missed: BTreeMap<String, usize>,
}

/// How an area stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// No answer.
    Unknown,
    Weak,
    Covered,
}

impl AreaTotals {
    pub fn add(&mut self, report: &Report) {
        self.scores.add(report.score.total);
        for result in report.checklist.iter().filter(|result| !result.met) {
            *self.missed.entry(result.text.clone()).or_default() += 1;
        }
    }

    pub fn gap(&self) -> Gap {
        match self.scores.count() {
            0 => Gap::Unknown,
            _ if self.scores.mean() < ENOUGH => Gap::Weak,
            _ => Gap::Covered,
        }
    }

    /// What to train: the points missed most often.
    pub fn to_train(&self, most: usize) -> Vec<&str> {
        let mut missed: Vec<_> = self.missed.iter().collect();
        missed.sort_by(|one, other| other.1.cmp(one.1).then_with(|| one.0.cmp(other.0)));
        missed.into_iter().take(most).map(|(text, _)| text.as_str()).collect()
    }
}

impl Gap {
    pub fn title(self) -> &'static str {
        match self {
            Self::Unknown => "нет ответов",
            Self::Weak => "пробел",
            Self::Covered => "есть",
        }
    }
}
