//! Progress on the error stream, when it is a terminal.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use otvet::report::plural;

use super::run::Shared;

/// A bar of thousandths where the size of the input is known, a spinner where it is not.
pub struct Progress {
    bar: ProgressBar,
    started: Instant,
    shown: Instant,
}

impl Progress {
    pub fn new(shared: &Shared, visible: bool) -> Self {
        let bar = if !visible {
            ProgressBar::hidden()
        } else if shared.total.load(Ordering::Relaxed) > 0 {
            let style = ProgressStyle::with_template("{bar:24} {percent:>3} %  {msg}").map(|style| style.progress_chars("█▌░"));
            ProgressBar::with_draw_target(Some(1000), ProgressDrawTarget::stderr())
                .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        } else {
            let style = ProgressStyle::with_template("{spinner} {msg}").unwrap_or_else(|_| ProgressStyle::default_spinner());
            ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()).with_style(style)
        };
        let started = Instant::now();
        Self { bar, started, shown: started }
    }

    /// Show how far things are, ten times a second at most.
    pub fn show(&mut self, done: usize, failed: usize, shared: &Shared) {
        if self.bar.is_hidden() || self.shown.elapsed() < Duration::from_millis(100) {
            return;
        }
        self.shown = Instant::now();
        let seconds = self.started.elapsed().as_secs_f64().max(0.001);
        let mut message = format!(
            "{}   {} отв./с",
            plural::count(done, ["ответ", "ответа", "ответов"]),
            plural::grouped((done as f64 / seconds) as usize)
        );
        let (read, total) = (shared.read.load(Ordering::Relaxed), shared.total.load(Ordering::Relaxed));
        if total > 0 {
            let share = (read as f64 / total as f64).min(1.0);
            self.bar.set_position((share * 1000.0) as u64);
            if share > 0.0 && seconds > 1.0 {
                message.push_str(&format!("   осталось {}", left(seconds / share - seconds)));
            }
        }
        if failed > 0 {
            message.push_str(&format!("   ошибок {}", plural::grouped(failed)));
        }
        self.bar.set_message(message);
    }

    pub fn started(&self) -> Instant {
        self.started
    }

    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

fn left(seconds: f64) -> String {
    let seconds = seconds.max(0.0).round() as usize;
    if seconds < 60 { format!("{seconds} с") } else { format!("{} мин {} с", seconds / 60, seconds % 60) }
}
