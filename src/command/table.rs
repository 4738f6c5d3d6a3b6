//! Tables for people: columns aligned by what is seen, the last one wrapped.

use otvet::report::sanitize::{line, width};
use otvet::report::wrap::{hanging, pad};

/// Columns between two columns.
const GAP: usize = 2;

/// Lay out rows as one text.
pub fn table<const N: usize>(rows: &[[String; N]], indent: usize, most: usize) -> String {
    lines(rows, indent, most).concat()
}

/// Lay out rows, each with the line break at its end.
pub fn lines<const N: usize>(rows: &[[String; N]], indent: usize, most: usize) -> Vec<String> {
    let rows: Vec<[String; N]> = rows.iter().map(|row| row.each_ref().map(|cell| line(cell))).collect();
    let columns: Vec<usize> = (0..N).map(|column| rows.iter().map(|row| width(&row[column])).max().unwrap_or_default()).collect();
    let lay = |row: &[String; N]| {
        let mut prefix = " ".repeat(indent);
        for column in 0..N.saturating_sub(1) {
            prefix.push_str(&pad(&row[column], columns[column] + GAP));
        }
        let last = row.last().map_or("", String::as_str);
        // Too narrow for the last column to stand beside the others: below them.
        let mut shown = if last.is_empty() {
            prefix.trim_end().to_string()
        } else if width(&prefix) + 20 > most {
            format!("{}\n{}", prefix.trim_end(), hanging(&" ".repeat(indent + GAP), last, most))
        } else {
            hanging(&prefix, last, most)
        };
        shown.push('\n');
        shown
    };
    rows.iter().map(lay).collect()
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn columns_stand_under_each_other() {
        let rows = [["ё".into(), "первый".into(), "раз два".into()], ["эмодзи 🦔".into(), "2".into(), "три".into()]];
        assert_eq!(table(&rows, 1, 80), " ё          первый  раз два\n эмодзи 🦔  2       три\n");
    }
}
