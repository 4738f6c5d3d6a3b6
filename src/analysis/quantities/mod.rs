//! Expressions of quantity: what was counted, in which unit, which way it moved, and whether it measures what was achieved.

mod aside;
mod compare;
mod context;
mod dates;
mod draft;
mod extract;
mod lead;
mod lexicon;
mod measure;
mod numbers;
mod plain;
mod roles;
mod single;

use std::ops::Range;

pub use extract::extract;
pub use lexicon::QuantityLexicon;
pub use roles::assign_roles;

use crate::report::{Direction, Role};

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
    /// A share or a change: worth what the way it was measured is worth.
    pub fn is_relative(self) -> bool {
        matches!(self, Self::FromTo | Self::Change | Self::Percent | Self::Share)
    }

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
    /// Says how, how often or on whom something was measured: never a result itself.
    pub aside: bool,
    /// Says what was before: «раньше уходило сорок минут».
    pub baseline: bool,
    /// A day or an hour at which something was finished: «открылись 14 ноября».
    pub launch: bool,
}
