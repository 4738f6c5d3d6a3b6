//! Makes `fixtures/batch/answers.xlsx`, the sheet that README and `docs/batch.md` try `otvet batch` on: answers of the corpus under
//! invented names, one empty answer and one unknown level. Run it again after the corpus or the bank has changed:
//! `cargo run --example sample_sheet`.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use otvet::{Lexicon, Options};
use rust_xlsxwriter::{Format, Workbook};
use serde_json::Value;

const NAMES: [&str; 10] = [
    "Анна Ветрова",
    "Борис Ким",
    "Вера Соколова",
    "Глеб Тихонов",
    "Дарья Лапина",
    "Егор Мартынов",
    "Жанна Исаева",
    "Захар Орлов",
    "Инна Белова",
    "Кирилл Панин",
];
const ANSWERS: usize = 60;

fn main() -> Result<(), Box<dyn Error>> {
    let lexicon = Lexicon::load(&Options::default())?;
    let mut files: Vec<PathBuf> = fs::read_dir("fixtures/corpus")?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Ответы")?;
    let bold = Format::new().set_bold();
    for (column, (heading, width)) in (0..).zip([("№", 6.0), ("Кандидат", 18.0), ("Уровень", 10.0), ("Вопрос", 50.0), ("Ответ", 100.0)])
    {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, heading, &bold)?;
    }
    let mut row = 0;
    'files: for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "jsonl")) {
        for line in fs::read_to_string(file)?.lines() {
            let entry: Value = serde_json::from_str(line)?;
            let id = entry["question_id"].as_str().unwrap_or_default();
            let Some(question) = lexicon.questions().iter().find(|question| question.id == id) else { continue };
            let segments = entry["segments"].as_array().map(Vec::as_slice).unwrap_or_default();
            let text: String = segments.iter().filter_map(|segment| segment[0].as_str()).collect();
            row += 1;
            sheet.write_number(row, 0, f64::from(row))?;
            sheet.write_string(row, 1, NAMES[row as usize % NAMES.len()])?;
            let level = if row == 23 { "директор" } else { ["junior", "middle", "senior"][row as usize % 3] };
            sheet.write_string(row, 2, level)?;
            sheet.write_string(row, 3, &question.question)?;
            sheet.write_string(row, 4, if row == 41 { "" } else { text.trim() })?;
            if row as usize == ANSWERS {
                break 'files;
            }
        }
    }
    fs::create_dir_all("fixtures/batch")?;
    book.save(Path::new("fixtures/batch/answers.xlsx"))?;
    Ok(())
}
