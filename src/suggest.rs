//! «Возможно, вы имели в виду…»: the known name nearest to a mistyped one.

/// Names less alike than this are not worth suggesting (Jaro–Winkler, 0–1).
const LEAST_LIKENESS: f64 = 0.8;

/// The known name most like `name`, if any is like it at all.
pub fn nearest<'k>(name: &str, known: impl Iterator<Item = &'k str>) -> Option<String> {
    let wanted = name.to_lowercase();
    known
        .map(|other| (strsim::jaro_winkler(&wanted, &other.to_lowercase()), other))
        .filter(|(likeness, _)| *likeness >= LEAST_LIKENESS)
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, other)| other.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_keyboard_is_understood() {
        let known = ["client-conflict", "team-conflict", "nps-plan"];
        assert_eq!(nearest("client-conflikt", known.into_iter()).as_deref(), Some("client-conflict"));
        assert_eq!(nearest("погода", known.into_iter()), None);
    }
}
