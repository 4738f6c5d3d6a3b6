//! Which quantities measure what was achieved.

use super::{Quantity, QuantityKind};
use crate::language::Text;
use crate::report::{Label, Role};

/// Decide which quantities measure what was achieved; a plan has achieved nothing yet.
pub fn assign_roles(quantities: &mut [Quantity], text: &Text, labels: &[Label], plan: bool) {
    for index in 0..quantities.len() {
        let outcome = !plan && is_outcome(quantities, index, text, labels);
        quantities[index].role = if outcome { Role::Outcome } else { Role::Context };
    }
}

fn is_outcome(quantities: &[Quantity], index: usize, text: &Text, labels: &[Label]) -> bool {
    let quantity = &quantities[index];
    let clause = text.clause_of[quantity.tokens.start];
    if labels[clause] != Label::R {
        return false;
    }
    let first = text.tokens[quantity.tokens.start].form();
    match quantity.kind {
        QuantityKind::Date | QuantityKind::Clock => false,
        QuantityKind::Duration => !matches!(first, "за" | "через" | "спустя"),
        _ => true,
    }
}
