//! How many findings there are of each severity.

use super::{Severity, names, plural};

/// Counts of findings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts([usize; 3]);

impl Counts {
    pub fn add(&mut self, severity: Severity) {
        self.0[severity as usize] += 1;
    }

    pub fn of(&self, severity: Severity) -> usize {
        self.0[severity as usize]
    }

    /// «1 ошибка, 2 предупреждения», the gravest first; nothing where there is nothing.
    pub fn said(&self) -> String {
        let counted = [Severity::Error, Severity::Warning, Severity::Hint].map(|severity| (severity, self.of(severity)));
        let there = counted.into_iter().filter(|(_, count)| *count > 0);
        there.map(|(severity, count)| plural::count(count, names::severity_forms(severity))).collect::<Vec<_>>().join(", ")
    }
}

impl FromIterator<Severity> for Counts {
    fn from_iter<I: IntoIterator<Item = Severity>>(severities: I) -> Self {
        let mut counts = Self::default();
        severities.into_iter().for_each(|severity| counts.add(severity));
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gravest_are_said_first() {
        let counts: Counts = [Severity::Hint, Severity::Error, Severity::Hint].into_iter().collect();
        assert_eq!(counts.said(), "1 ошибка, 2 подсказки");
        assert_eq!((counts.of(Severity::Hint), counts.of(Severity::Warning)), (2, 0));
        assert_eq!(Counts::default().said(), "");
    }
}
