//! Lines of a stream, with a limit on their length, so that no input can fill the memory.

use std::io::{self, BufRead, BufReader, Read};

use super::{Stopped, Trouble};

/// A line that was read.
#[derive(Debug, PartialEq, Eq)]
pub enum Line {
    /// The line is in the buffer, without its line break.
    Read,
    /// The line was longer than the limit and is lost.
    TooLong,
    End,
}

/// Read a line into `line`. `idle` runs before each read that may have to wait: the time to hand out what is done.
pub fn read_line<R: Read>(
    source: &mut BufReader<R>,
    line: &mut Vec<u8>,
    most: usize,
    mut idle: impl FnMut() -> Result<(), Stopped>,
) -> Result<Line, Trouble> {
    line.clear();
    let mut length = 0_usize;
    loop {
        if source.buffer().is_empty() {
            idle()?;
        }
        let chunk = match source.fill_buf() {
            Ok(chunk) => chunk,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(Trouble::Io(error)),
        };
        if chunk.is_empty() && length == 0 {
            return Ok(Line::End);
        }
        let newline = chunk.iter().position(|byte| *byte == b'\n');
        let part = &chunk[..newline.unwrap_or(chunk.len())];
        // A line break is a byte of the line too: an empty line is not the end.
        length += part.len() + usize::from(newline.is_some());
        if length <= most {
            line.extend_from_slice(part);
        }
        let used = part.len() + usize::from(newline.is_some());
        let last = newline.is_some() || chunk.is_empty();
        source.consume(used);
        if last {
            return Ok(if length <= most { Line::Read } else { Line::TooLong });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, capacity: usize, most: usize) -> Vec<Option<String>> {
        let mut source = BufReader::with_capacity(capacity, text.as_bytes());
        let mut line = Vec::new();
        let mut lines = Vec::new();
        loop {
            match read_line(&mut source, &mut line, most, || Ok(())).unwrap() {
                Line::Read => lines.push(Some(String::from_utf8(line.clone()).unwrap())),
                Line::TooLong => lines.push(None),
                Line::End => return lines,
            }
        }
    }

    #[test]
    fn lines_are_whole_whatever_the_buffer() {
        for capacity in 1..12 {
            assert_eq!(lines("ab\n\ncdefgh\ni", capacity, 100), ["ab", "", "cdefgh", "i"].map(|line| Some(line.to_string())));
        }
        assert_eq!(lines("", 8, 100), []);
    }

    #[test]
    fn a_line_over_the_limit_is_skipped_and_the_next_is_read() {
        for capacity in 1..12 {
            assert_eq!(lines("ab\ncdefgh\ni", capacity, 4), [Some("ab".into()), None, Some("i".into())]);
        }
    }

    #[test]
    fn idle_is_told_before_a_wait() {
        let mut source = BufReader::with_capacity(64, "a\nb\n".as_bytes());
        let mut waits = Vec::new();
        let mut line = Vec::new();
        for expected in [Line::Read, Line::Read, Line::End] {
            let mut waited = 0;
            let idle = || {
                waited += 1;
                Ok(())
            };
            assert_eq!(read_line(&mut source, &mut line, 10, idle).unwrap(), expected);
            waits.push(waited);
        }
        assert_eq!(waits, [1, 0, 1]);
    }
}
