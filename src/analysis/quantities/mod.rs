//! Expressions of quantity: what was counted, in which unit, which way it moved, and whether it measures what was achieved.

use std::ops::Range;

use crate::language::Text;
use crate::report::{Direction, Label, Role};

/// What an expression of quantity says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuantityKind {
    /// «с 12 % до 3 %», «31 → 47».
    FromTo,
    /// «на 12 %», «вдвое», «на треть».
    Change,
    /// «94 %».
    Percent,
    /// «1,5 млн ₽».
    Money,
    /// «за два месяца».
    Duration,
    /// «12 операторов».
    Count,
    /// «четыре из пяти», «каждый второй».
    Share,
    /// «ни одной жалобы».
    Zero,
    /// «в 2023 году».
    Date,
    /// «к 9:30».
    Clock,
    /// A number without a unit.
    Bare,
}

impl QuantityKind {
    /// The name in weights and traces.
    pub fn name(self) -> &'static str {
        match self {
            QuantityKind::FromTo => "from-to",
            QuantityKind::Change => "change",
            QuantityKind::Percent => "percent",
            QuantityKind::Money => "money",
            QuantityKind::Duration => "duration",
            QuantityKind::Count => "count",
            QuantityKind::Share => "share",
            QuantityKind::Zero => "zero",
            QuantityKind::Date => "date",
            QuantityKind::Clock => "clock",
            QuantityKind::Bare => "bare",
        }
    }
}

/// An expression of quantity.
#[derive(Debug, Clone)]
pub struct Quantity {
    /// Tokens of the text.
    pub tokens: Range<usize>,
    /// Bytes of the prose.
    pub span: Range<usize>,
    pub kind: QuantityKind,
    pub role: Role,
    pub value: Option<f64>,
    pub from: Option<f64>,
    pub unit: Option<String>,
    pub direction: Option<Direction>,
    pub metric: Option<String>,
    pub period: Option<String>,
}

/// Units, number words, directions.
pub struct QuantityLexicon;

impl QuantityLexicon {
    /// Read `quantities.toml`.
    ///
    /// # Errors
    /// What is wrong with it, Russian.
    pub fn parse(_text: &str) -> Result<Self, String> {
        Ok(Self)
    }
}

/// All quantities of a text, in order; all are context until [`assign_roles`].
pub fn extract(_text: &Text, _lexicon: &QuantityLexicon) -> Vec<Quantity> {
    Vec::new()
}

/// Decide which quantities measure what was achieved.
pub fn assign_roles(_quantities: &mut [Quantity], _text: &Text, _labels: &[Label], _plan: bool) {}
