//! The parallel run: one thread reads, some analyse, the caller's writes, in the order of the input.
//!
//! Items travel in chunks. Every chunk takes a ticket in a queue of bounded length, and its answers come back by that ticket; so the
//! output is in order whatever thread is faster, and no more than a queue of chunks is ever in memory.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, TryRecvError, bounded};
use otvet::report::json;
use otvet::{Analyzer, Reader};

use super::ask::Ask;
use super::earlier::Earlier;
use super::input::{Feed, Input, Stopped};
use super::item::{Answered, Item, Payload, Place};
use super::record::{Record, Refusal};

/// Items and bytes of a chunk: enough to be worth a message, few enough to be answered soon.
const CHUNK_ITEMS: usize = 32;
const CHUNK_BYTES: usize = 1 << 18;
/// Chunks under way for each thread.
const CHUNKS_A_JOB: usize = 4;
/// After Ctrl-C an input that gives nothing is left alone.
const PATIENCE: Duration = Duration::from_millis(150);
/// A reader remembers the words it has met; after so many texts it begins anew, lest rare words fill the memory.
const TEXTS_A_READER: usize = 50_000;

/// What is to be done.
pub struct Plan {
    /// Inputs that cannot even be opened; they are owed an answer before all others.
    pub unreadable: Vec<(Place, Refusal)>,
    pub inputs: Vec<Input>,
    pub ask: Ask,
    pub analyzer: Arc<Analyzer>,
    pub jobs: usize,
    /// Is the JSON line of each answer wanted, is its text?
    pub lines: bool,
    pub texts: bool,
    /// Do the reports say where their records stand?
    pub sources: bool,
    /// What comes before the first row, where the input is a part of something larger.
    pub rows_before: usize,
    /// What an earlier run has answered: as many items are passed over.
    pub earlier: Option<Answers>,
}

/// The answers of an earlier run, in order.
pub type Answers = Box<dyn Iterator<Item = io::Result<Earlier>> + Send>;

/// The input is not the one an earlier run has begun with.
#[derive(Debug, Clone)]
pub enum Mismatch {
    /// The record of this number is another one; how it differs.
    Record(u64, String),
    /// The earlier run has answered more than there is: only so many.
    Short(u64),
    /// What the earlier run has written cannot be read any more.
    Unreadable(String),
}

/// What the threads tell each other, and the terminal.
#[derive(Default)]
pub struct Shared {
    /// No more items are wanted.
    pub stop: AtomicBool,
    /// Bytes of the inputs: read, and in all (0: unknown).
    pub read: AtomicU64,
    pub total: AtomicU64,
    notes: Mutex<Vec<String>>,
    mismatch: Mutex<Option<Mismatch>>,
}

impl Shared {
    pub fn notes(&self) -> Vec<String> {
        std::mem::take(&mut self.notes.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Why an earlier run cannot be continued.
    pub fn mismatch(&self) -> Option<Mismatch> {
        self.mismatch.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn differ(&self, mismatch: Mismatch) {
        *self.mismatch.lock().unwrap_or_else(PoisonError::into_inner) = Some(mismatch);
        self.stop.store(true, Ordering::Relaxed);
    }

    pub fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    AtTheEnd,
    /// The sink or Ctrl-C stopped it.
    Early,
}

/// Does the sink want more?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    More,
    Enough,
}

/// What receives the answers, in order.
pub trait Sink {
    type Error;
    fn answer(&mut self, answer: Answered) -> Result<Flow, Self::Error>;
    /// Nothing to do at the moment: the time to hand out what is written.
    fn idle(&mut self) -> Result<(), Self::Error>;
}

type Ticket = Receiver<Vec<Answered>>;

/// Run a plan. Threads that wait for an input which never comes are left behind when this returns early.
pub fn run<S: Sink>(plan: Plan, shared: &Arc<Shared>, sink: &mut S) -> Result<Ended, S::Error> {
    let jobs = plan.jobs.max(1);
    let (work, chunks) = bounded::<(Vec<Item>, Sender<Vec<Answered>>)>(jobs * CHUNKS_A_JOB);
    let (queue, tickets) = bounded::<Ticket>(jobs * CHUNKS_A_JOB);
    let ask = Arc::new(plan.ask);
    for _ in 0..jobs {
        let worker =
            Worker { analyzer: plan.analyzer.clone(), ask: ask.clone(), lines: plan.lines, texts: plan.texts, sources: plan.sources };
        let chunks = chunks.clone();
        thread::spawn(move || worker.run(&chunks));
    }
    drop(chunks);
    let mut cutter = Cutter {
        chunk: Vec::new(),
        bytes: 0,
        rows_before: plan.rows_before,
        earlier: plan.earlier,
        passed_over: 0,
        ask: ask.clone(),
        work,
        queue,
        shared: shared.clone(),
    };
    let (unreadable, inputs) = (plan.unreadable, plan.inputs);
    thread::spawn(move || {
        let mut refused = unreadable.into_iter().map(|(place, refusal)| Item { place, payload: Payload::Refused(refusal) });
        let cut =
            refused.try_for_each(|item| cutter.item(item)).and_then(|()| inputs.iter().try_for_each(|input| input.read(&ask, &mut cutter)));
        if cut.is_ok() {
            cutter.end();
        }
        let _ = cutter.pause();
    });
    let outcome = collect(&tickets, shared, sink);
    if !matches!(outcome, Ok(Ended::AtTheEnd)) {
        shared.stop.store(true, Ordering::Relaxed);
    }
    outcome
}

fn collect<S: Sink>(tickets: &Receiver<Ticket>, shared: &Shared, sink: &mut S) -> Result<Ended, S::Error> {
    loop {
        let ticket = match tickets.try_recv() {
            Ok(ticket) => ticket,
            Err(TryRecvError::Disconnected) => break,
            Err(TryRecvError::Empty) => {
                sink.idle()?;
                match tickets.recv_timeout(PATIENCE) {
                    Ok(ticket) => ticket,
                    Err(RecvTimeoutError::Disconnected) => break,
                    Err(RecvTimeoutError::Timeout) if shared.stopped() => break,
                    Err(RecvTimeoutError::Timeout) => continue,
                }
            }
        };
        let Ok(answers) = ticket.recv() else { break };
        for answer in answers {
            if sink.answer(answer)? == Flow::Enough {
                return Ok(Ended::Early);
            }
        }
    }
    sink.idle()?;
    Ok(if shared.stopped() { Ended::Early } else { Ended::AtTheEnd })
}

/// Cuts the stream of items into chunks.
struct Cutter {
    chunk: Vec<Item>,
    bytes: usize,
    rows_before: usize,
    earlier: Option<Answers>,
    /// Items an earlier run has answered.
    passed_over: u64,
    ask: Arc<Ask>,
    work: Sender<(Vec<Item>, Sender<Vec<Answered>>)>,
    queue: Sender<Ticket>,
    shared: Arc<Shared>,
}

impl Cutter {
    /// The next answer of an earlier run, if it has one more.
    fn answered(&mut self) -> Result<Option<Earlier>, Stopped> {
        match self.earlier.as_mut().and_then(Iterator::next).transpose() {
            Ok(answer) => {
                self.passed_over += u64::from(answer.is_some());
                Ok(answer)
            }
            Err(error) => {
                self.shared.differ(Mismatch::Unreadable(crate::command::reason(&error)));
                Err(Stopped)
            }
        }
    }

    /// All items were here. Has an earlier run answered more of them?
    fn end(&mut self) {
        let items = self.passed_over;
        if !self.shared.stopped() && matches!(self.answered(), Ok(Some(_))) {
            self.shared.differ(Mismatch::Short(items));
        }
    }
}

impl Feed for Cutter {
    fn item(&mut self, mut item: Item) -> Result<(), Stopped> {
        if self.shared.stopped() {
            return Err(Stopped);
        }
        // Row 0 is the whole of a file.
        if item.place.row > 0 {
            item.place.row += self.rows_before;
        }
        if let Some(earlier) = self.answered()? {
            return match earlier.differs(item, &self.ask) {
                None => Ok(()),
                Some(how) => {
                    self.shared.differ(Mismatch::Record(self.passed_over, how));
                    Err(Stopped)
                }
            };
        }
        self.bytes += match &item.payload {
            Payload::Json(line) => line.len(),
            Payload::Record(record) => record.text.len(),
            Payload::Refused(_) => 0,
        };
        self.chunk.push(item);
        if self.chunk.len() >= CHUNK_ITEMS || self.bytes >= CHUNK_BYTES { self.pause() } else { Ok(()) }
    }

    fn pause(&mut self) -> Result<(), Stopped> {
        self.bytes = 0;
        let chunk = std::mem::take(&mut self.chunk);
        if chunk.is_empty() {
            return Ok(());
        }
        let (answers, ticket) = bounded(1);
        // The ticket first: a full queue holds up the reader.
        self.queue.send(ticket).map_err(|_| Stopped)?;
        self.work.send((chunk, answers)).map_err(|_| Stopped)
    }

    fn passed(&mut self, bytes: u64) {
        self.shared.read.fetch_add(bytes, Ordering::Relaxed);
    }

    fn note(&mut self, text: String) {
        self.shared.notes.lock().unwrap_or_else(PoisonError::into_inner).push(text);
    }
}

struct Worker {
    analyzer: Arc<Analyzer>,
    ask: Arc<Ask>,
    lines: bool,
    texts: bool,
    sources: bool,
}

impl Worker {
    fn run(&self, chunks: &Receiver<(Vec<Item>, Sender<Vec<Answered>>)>) {
        let mut reader = self.analyzer.reader();
        let mut read = 0;
        for (chunk, answers) in chunks {
            read += chunk.len();
            if read > TEXTS_A_READER {
                (reader, read) = (self.analyzer.reader(), 0);
            }
            let answered = chunk.into_iter().map(|item| self.answer(item, &mut reader)).collect();
            // Nobody waits for it any more: the next chunk will tell.
            let _ = answers.send(answered);
        }
    }

    fn answer<'a>(&'a self, item: Item, reader: &mut Reader<'a>) -> Answered {
        let record = match item.payload {
            Payload::Json(line) => Record::parse(&line, &self.ask),
            Payload::Record(record) => Ok(*record),
            Payload::Refused(refusal) => Err(refusal),
        };
        let mut answered = Answered { place: item.place, text: String::new(), outcome: Err(Refusal::new("", "")), line: String::new() };
        answered.outcome = record.and_then(|mut record| {
            if let (true, None, Some(asked)) = (self.ask.strict, &record.question_id, &record.asked) {
                return Err(record.refused("unknown-question", format!("вопроса «{asked}» нет в банке")));
            }
            // A fault of ours in one text must not cost the others.
            let checked = catch_unwind(AssertUnwindSafe(|| reader.check(&record.request()))).map_err(|_| {
                *reader = self.analyzer.reader();
                record.refused("internal", "сбой анализа этого текста; сообщите о нём разработчикам")
            })?;
            let mut report = checked.map_err(|error| record.refuse(&error))?;
            report.candidate = record.candidate.take();
            if report.question.is_none() {
                report.question.clone_from(&record.asked);
            }
            report.asked = record.asked.take();
            report.source = self.sources.then(|| answered.place.source());
            if self.texts {
                answered.text = record.text;
            }
            Ok(report)
        });
        if self.lines {
            answered.line = match &answered.outcome {
                Ok(report) => json::line(report),
                Err(refusal) => json::line(&answered.place.error(refusal)),
            };
        }
        answered
    }
}
