//! `otvet init`: a commented `otvet.toml` to begin with.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use super::console::Console;
use super::failure::{Failure, reason};
use crate::exit::Exit;
use crate::lint::config::{NAME, TEMPLATE};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_name = "ПАПКА", help = "Куда записать otvet.toml; без неё — в текущую папку")]
    folder: Option<PathBuf>,
    #[arg(long, help = "Записать поверх имеющегося файла")]
    force: bool,
}

pub fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let file = args.folder.clone().unwrap_or_default().join(NAME);
    let name = file.display();
    let mut options = OpenOptions::new();
    if args.force {
        options.write(true).create(true).truncate(true);
    } else {
        // One step: nobody can write the file between a look and our writing.
        options.write(true).create_new(true);
    }
    let written = options.open(&file).and_then(|mut file| file.write_all(TEMPLATE.as_bytes()));
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Failure::new(format!("файл «{name}» уже есть")).hint("чтобы записать поверх, добавьте --force"),
        ErrorKind::NotFound => Failure::new(format!("не удалось записать «{name}»: папки нет")).hint("создайте папку или укажите другую"),
        _ => Failure::new(format!("не удалось записать «{name}»: {}", reason(&error))).hint("проверьте путь и права доступа"),
    })?;
    console.print(&format!("Записан {name}: откройте его и уберите «#: » у нужных строк.\nЧто действует: otvet config\n"))?;
    Ok(Exit::Clean)
}
