//! `.xlsx` and `.ods`: every sheet with headings that are understood, or the one that was named.

use std::fs::File;
use std::io::BufReader;

use calamine::{Data, DataRef, Dimensions, Ods, Reader, Xlsx};

use super::table::{Cell, Table};
use super::{Feed, Format, Trouble, refused, unpack};
use crate::batch::ask::Ask;
use crate::batch::item::Place;
use crate::batch::record::Refusal;

/// A column beyond this is no column of a table that people made.
const MOST_COLUMNS: usize = 2_000;

pub fn read(file: File, format: Format, place: &Place, ask: &Ask, feed: &mut dyn Feed) -> Result<(), Trouble> {
    unpack::check(&file, format)?;
    let size = file.metadata().map_or(0, |data| data.len());
    let source = BufReader::new(file);
    let broken = |_| Trouble::refused("bad-sheet", "файл повреждён: это не таблица Excel или LibreOffice");
    let mut book = match format {
        Format::Ods => Book::Ods(Ods::new(source).map_err(broken)?),
        _ => Book::Xlsx(Box::new(Xlsx::new(source).map_err(|_| Trouble::refused("bad-sheet", "файл повреждён: это не таблица Excel"))?)),
    };
    let names = book.names();
    let chosen: Vec<&String> = match &ask.sheet {
        Some(name) => vec![
            names
                .iter()
                .find(|sheet| *sheet == name)
                .ok_or_else(|| Trouble::refused("no-sheet", format!("листа «{name}» нет; есть: {}", names.join(", "))))?,
        ],
        None => names.iter().collect(),
    };
    let mut complaints = Vec::new();
    let mut recognised = false;
    for name in chosen {
        let mut table = Table::new(ask, place, (names.len() > 1).then_some(name));
        match book.rows(name, &mut table, feed) {
            Err(Trouble::Refused(row, refusal)) => {
                feed.item(refused(place, row, refusal))?;
                recognised = true;
            }
            other => other?,
        }
        recognised |= table.is_recognised();
        complaints.extend(table.complaint().map(|complaint| (name.clone(), complaint)));
    }
    feed.passed(size);
    if recognised || complaints.is_empty() {
        for (name, _) in complaints {
            feed.note(format!(
                "{}: лист «{name}» пропущен: в нём нет столбца с ответами",
                place.file.as_deref().unwrap_or("стандартный ввод")
            ));
        }
        return Ok(());
    }
    let (_, (row, refusal)) = complaints.swap_remove(0);
    Err(Trouble::Refused(row, refusal))
}

enum Book {
    Xlsx(Box<Xlsx<BufReader<File>>>),
    Ods(Ods<BufReader<File>>),
}

impl Book {
    fn names(&self) -> Vec<String> {
        match self {
            Self::Xlsx(book) => book.sheet_names(),
            Self::Ods(book) => book.sheet_names(),
        }
    }

    fn rows(&mut self, name: &str, table: &mut Table, feed: &mut dyn Feed) -> Result<(), Trouble> {
        match self {
            Self::Xlsx(book) => stream(book, name, table, feed),
            Self::Ods(book) => {
                let range = book.worksheet_range(name).map_err(|error| damaged(name, 0, &error))?;
                let (first, left) = range.start().map_or((0, 0), |(row, column)| (row as usize, column as usize));
                for (index, row) in range.rows().enumerate() {
                    let cells = std::iter::repeat_n(Ok(String::new()), left).chain(row.iter().map(owned)).collect();
                    table.row(first + index + 1, cells, feed)?;
                }
                Ok(())
            }
        }
    }
}

/// Cell by cell: a sheet is never in memory as a whole.
fn stream(book: &mut Xlsx<BufReader<File>>, name: &str, table: &mut Table, feed: &mut dyn Feed) -> Result<(), Trouble> {
    let mut reader = book.worksheet_cells_reader(name).map_err(|error| damaged(name, 0, &error))?;
    let Dimensions { .. } = reader.dimensions();
    let mut row = 0;
    let mut cells: Vec<Cell> = Vec::new();
    loop {
        let cell = match reader.next_cell() {
            Ok(Some(cell)) => cell,
            Ok(None) => break,
            Err(error) => {
                table.row(row + 1, std::mem::take(&mut cells), feed)?;
                return Err(damaged(name, row + 2, &error));
            }
        };
        let (at, column) = cell.get_position();
        if at as usize != row {
            table.row(row + 1, std::mem::take(&mut cells), feed)?;
            if table.has_given_up() {
                return Ok(());
            }
            row = at as usize;
        }
        let column = column as usize;
        if column >= MOST_COLUMNS {
            if matches!(cell.get_value(), DataRef::Empty) {
                continue;
            }
            return Err(Trouble::Refused(row + 1, Refusal::new("too-large", format!("на листе «{name}» больше {MOST_COLUMNS} столбцов"))));
        }
        if cells.len() <= column {
            cells.resize(column + 1, Ok(String::new()));
        }
        cells[column] = borrowed(cell.get_value());
    }
    Ok(table.row(row + 1, cells, feed)?)
}

fn damaged(name: &str, row: usize, error: &dyn std::fmt::Display) -> Trouble {
    Trouble::Refused(row, Refusal::new("bad-sheet", format!("лист «{name}» повреждён: {error}")))
}

fn borrowed(value: &DataRef) -> Cell {
    match value {
        DataRef::SharedString(text) => Ok((*text).to_string()),
        DataRef::String(text) => Ok(text.clone()),
        other => owned(&Data::from(other.clone())),
    }
}

/// A cell as people see it.
fn owned(value: &Data) -> Cell {
    Ok(match value {
        Data::Error(error) => return Err(format!("в ячейке ошибка {error}")),
        Data::Bool(true) => "да".into(),
        Data::Bool(false) => "нет".into(),
        Data::Empty => String::new(),
        other => other.to_string(),
    })
}
