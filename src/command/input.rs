//! Reading a text: a file or standard input, at most as many bytes as are ever analysed, in any known encoding.

use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::Path;

use otvet::document::{DecodeError, Encoding, MAX_BYTES, decode};

use super::console::say;
use super::failure::{Failure, reason};

/// How to end what is typed or pasted into a terminal.
const PROMPT: &str = if cfg!(windows) {
    "Вставьте текст. Чтобы закончить, нажмите Ctrl-Z и Enter в начале строки.\n"
} else {
    "Вставьте текст. Чтобы закончить, нажмите Ctrl-D в начале строки.\n"
};

/// Read a text from a file, or from standard input where there is no path or it is `-`.
pub fn read(path: Option<&Path>, encoding: Option<Encoding>) -> Result<String, Failure> {
    match path {
        Some(path) if path != Path::new("-") => read_file(path, encoding),
        _ => read_stdin(encoding),
    }
}

fn read_file(path: &Path, encoding: Option<Encoding>) -> Result<String, Failure> {
    let name = path.display();
    let unreadable = |error: io::Error| {
        let hint = match error.kind() {
            io::ErrorKind::NotFound => "проверьте путь; чтобы вставить текст прямо в терминал, запустите команду без файла",
            io::ErrorKind::IsADirectory => "укажите файл с ответом",
            _ => "проверьте путь и права доступа",
        };
        Failure::new(format!("не удалось прочитать «{name}»: {}", reason(&error))).hint(hint)
    };
    let file = File::open(path).map_err(unreadable)?;
    let size = file.metadata().map_or(0, |metadata| usize::try_from(metadata.len()).unwrap_or(usize::MAX));
    let error = |error: DecodeError| Failure::new(format!("«{name}»: {error}")).hint(error.hint());
    if size > MAX_BYTES {
        return Err(error(DecodeError::TooLarge { size, limit: MAX_BYTES }));
    }
    let bytes = read_limited(file).map_err(unreadable)?;
    Ok(decode(&bytes, encoding).map_err(error)?.text)
}

fn read_stdin(encoding: Option<Encoding>) -> Result<String, Failure> {
    let stdin = io::stdin().lock();
    if stdin.is_terminal() {
        say(PROMPT);
    }
    let bytes = read_limited(stdin).map_err(|error| Failure::new(format!("не удалось прочитать стандартный ввод: {}", reason(&error))))?;
    match decode(&bytes, encoding) {
        Ok(decoded) => Ok(decoded.text),
        // There is no file to add to and to save.
        Err(DecodeError::Empty) => Err(otvet::CheckError::Empty.into()),
        Err(error) => Err(error.into()),
    }
}

/// One byte over the limit is enough to know that a text is too large.
fn read_limited(source: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
