//! Twenty kills at random moments: what `otvet batch --resume` has in the end equals a run that nobody touched.
//!
//! Takes minutes, so it is run by hand: `cargo test --release --test kill -- --ignored --nocapture`

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::tempdir;

const KILLS: usize = 20;

/// Random enough to hit loading, reading, skipping and writing; the seed is printed, so a failure can be run again.
struct Random(u64);

impl Random {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most.max(1)
    }
}

/// Records of the corpus with ids of their own; here and there one that cannot be read.
fn write_answers(path: &Path, count: usize) {
    let mut texts = Vec::new();
    let mut files: Vec<_> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/corpus")).unwrap().collect();
    files.sort_by_key(|entry| entry.as_ref().unwrap().path());
    for file in files.into_iter().map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|end| end == "jsonl")) {
        for line in fs::read_to_string(file).unwrap().lines() {
            let entry: Value = serde_json::from_str(line).unwrap();
            texts.push(entry["segments"].as_array().unwrap().iter().map(|segment| segment[0].as_str().unwrap()).collect::<String>());
        }
    }
    let mut file = std::io::BufWriter::new(fs::File::create(path).unwrap());
    for number in 0..count {
        match number % 97 {
            50 => writeln!(file, "{{\"id\": {number}, \"text\": оборвано"),
            51 => writeln!(file, "{{\"id\": {number}, \"level\": \"boss\", \"text\": \"Я пересчитал кассу.\"}}"),
            _ => writeln!(
                file,
                "{}",
                serde_json::json!({"id": number, "candidate": format!("К {}", number / 9), "text": texts[number % texts.len()]})
            ),
        }
        .unwrap();
    }
    file.flush().unwrap();
}

fn size(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |data| data.len())
}

fn start(folder: &Path, output: &str, resume: bool) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_otvet"));
    command.args(["batch", "a.jsonl", "-o", output]).args(resume.then_some("--resume"));
    command.current_dir(folder).stdin(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

#[test]
#[ignore = "takes minutes"]
fn twenty_kills_change_nothing() {
    let seed = std::env::var("SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or_else(|| std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos() as u64 | 1);
    let count = std::env::var("ANSWERS").ok().and_then(|count| count.parse().ok()).unwrap_or(20_000);
    println!("SEED={seed} ANSWERS={count}");
    let mut random = Random(seed);
    let folder = tempdir().unwrap();
    write_answers(&folder.path().join("a.jsonl"), count);

    let started = Instant::now();
    let status: ExitStatus = start(folder.path(), "whole.jsonl", false).wait().unwrap();
    assert_eq!(status.code(), Some(2), "the rows that cannot be read");
    let whole = fs::read(folder.path().join("whole.jsonl")).unwrap();
    let share = started.elapsed().as_millis() as u64 / KILLS as u64;

    let path = folder.path().join("killed.jsonl");
    let (mut killed, mut torn, mut runs) = (0, 0, 0);
    while killed < KILLS {
        let mut child = start(folder.path(), "killed.jsonl", true);
        runs += 1;
        if runs % 2 == 0 {
            // While loading, passing over or writing, as it comes.
            sleep(Duration::from_millis(random.below(share * 2)));
        } else {
            // Once it has written some more, so that the kills are spread over all of the file.
            let wanted = size(&path) + random.below(whole.len() as u64 / 6);
            while size(&path) < wanted && child.try_wait().unwrap().is_none() {
                sleep(Duration::from_millis(2));
            }
            sleep(Duration::from_millis(random.below(20)));
        }
        child.kill().unwrap();
        let status = child.wait().unwrap();
        let written = fs::read(&path).unwrap_or_default();
        assert!(whole.starts_with(&written), "run {runs}: what is written is a beginning of the whole");
        if status.code().is_some() {
            // It was through before the kill came: begin again for the kills that are left.
            assert!(written == whole, "run {runs}");
            fs::remove_file(&path).unwrap();
            continue;
        }
        killed += 1;
        let cut = written.last().is_some_and(|byte| *byte != b'\n');
        torn += usize::from(cut);
        println!("kill {killed:>2}: {:>3} % written{}", written.len() * 100 / whole.len(), if cut { ", a torn line" } else { "" });
    }
    assert_eq!(start(folder.path(), "killed.jsonl", true).wait().unwrap().code(), Some(2));
    assert!(fs::read(&path).unwrap() == whole, "the result differs");
    println!("{KILLS} kills, {torn} torn lines, {runs} runs: {} bytes, the same", whole.len());
}
