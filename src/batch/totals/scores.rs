//! Scores from 0 to 100, counted: mean and median of any number of answers in the same memory.

#[derive(Debug, Clone)]
pub struct Scores {
    counts: [u32; 101],
    sum: u64,
    count: usize,
}

impl Default for Scores {
    fn default() -> Self {
        Self { counts: [0; 101], sum: 0, count: 0 }
    }
}

impl Scores {
    pub fn add(&mut self, score: u8) {
        let score = score.min(100);
        self.counts[usize::from(score)] += 1;
        self.sum += u64::from(score);
        self.count += 1;
    }

    pub fn count(&self) -> usize {
        self.count
    }

    pub fn mean(&self) -> f64 {
        if self.count == 0 { 0.0 } else { self.sum as f64 / self.count as f64 }
    }

    /// Of an even number of scores, the mean of the two in the middle.
    pub fn median(&self) -> f64 {
        if self.count == 0 {
            return 0.0;
        }
        let (low, high) = (self.at((self.count - 1) / 2), self.at(self.count / 2));
        (low + high) as f64 / 2.0
    }

    /// The score of this rank from below.
    fn at(&self, rank: usize) -> usize {
        let mut below = 0;
        for (score, count) in self.counts.iter().enumerate() {
            below += *count as usize;
            if below > rank {
                return score;
            }
        }
        100
    }

    /// Scores by tens: 0–9, 10–19 … 90–100.
    pub fn tens(&self) -> [usize; 10] {
        let mut tens = [0; 10];
        for (score, count) in self.counts.iter().enumerate() {
            tens[(score / 10).min(9)] += *count as usize;
        }
        tens
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mean_and_median() {
        let mut scores = Scores::default();
        assert_eq!((scores.mean(), scores.median()), (0.0, 0.0));
        for score in [10, 100, 21, 20] {
            scores.add(score);
        }
        assert_eq!((scores.mean(), scores.median()), (37.75, 20.5));
        assert_eq!(scores.tens(), [0, 1, 2, 0, 0, 0, 0, 0, 0, 1]);
    }
}
