//! The distribution of scores as a drawing.

use crate::batch::totals::Scores;

/// Height of the tallest column, in units of the drawing.
const HEIGHT: usize = 120;
/// From column to column.
const STEP: usize = 58;

pub struct Histogram {
    pub columns: Vec<Column>,
}

pub struct Column {
    pub x: usize,
    pub y: usize,
    pub height: usize,
    pub middle: usize,
    pub count: usize,
    pub label: String,
    /// Above the column.
    pub count_y: usize,
}

impl Histogram {
    pub fn new(scores: &Scores) -> Self {
        let tens = scores.tens();
        let most = tens.iter().copied().max().unwrap_or(0).max(1);
        let columns = tens.iter().enumerate().map(|(ten, count)| {
            // A column with a single answer among thousands is still seen.
            let height = if *count == 0 { 0 } else { (count * HEIGHT / most).max(2) };
            let (x, y) = (10 + ten * STEP, 20 + HEIGHT - height);
            let label = if ten == 9 { "90–100".into() } else { format!("{}–{}", ten * 10, ten * 10 + 9) };
            Column { x, y, height, middle: x + 24, count: *count, label, count_y: y - 5 }
        });
        Self { columns: columns.collect() }
    }
}
