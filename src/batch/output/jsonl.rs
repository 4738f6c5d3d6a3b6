//! JSON lines: a report or an error for every item, written as it goes.

use std::io::{self, BufWriter, Write};

use super::{Output, Writer};
use crate::batch::item::Answered;
use crate::batch::totals::Totals;

pub struct Jsonl {
    to: BufWriter<Writer>,
}

impl Jsonl {
    pub fn new(to: Writer) -> Self {
        Self { to: BufWriter::with_capacity(1 << 16, to) }
    }
}

impl Output for Jsonl {
    fn answer(&mut self, answered: &Answered) -> io::Result<()> {
        self.to.write_all(answered.line.as_bytes())
    }

    fn idle(&mut self) -> io::Result<()> {
        self.to.flush()
    }

    fn finish(mut self: Box<Self>, _totals: &Totals) -> io::Result<()> {
        self.to.flush()
    }
}
