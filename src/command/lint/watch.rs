//! `--watch`: the files are looked at again whenever one of them, a config, a vacancy or a lexicon changes.
//!
//! Editors save by moving files about, so for a moment anything may be gone or half written: that is told and waited for, and never ends
//! the watch.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use notify::event::{EventKind, ModifyKind};
use notify::{Event, RecursiveMode, Watcher};

use super::{Args, Failure, Ground, note, turn};
use crate::command::console::{Console, say};
use crate::exit::Exit;
use crate::lint::config::NAME;
use crate::lint::{source, walk};

/// How long nothing must happen before files are looked at again: an editor saves in several steps.
const QUIET: Duration = Duration::from_millis(150);

/// Files that say which others are looked at, and how.
const SETTINGS: [&str; 4] = [NAME, ".gitignore", ".ignore", walk::IGNORE_FILE];

pub fn watch(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let failed = |error: notify::Error| Failure::new("не удалось следить за файлами").hint(error.to_string());
    let (sender, events) = channel();
    let mut watcher = notify::recommended_watcher(sender).map_err(failed)?;
    let mut folders = Folders::of(args);
    let mut ground: Option<Ground> = None;
    let mut first = true;
    loop {
        // Before the files are read, so that no change of them is missed.
        let heard = folders.hear(&mut watcher);
        if first {
            heard.map_err(failed)?;
        }
        match turn(args, console, &mut ground) {
            Ok(others) => others.into_iter().for_each(|folder| folders.add(folder, RecursiveMode::NonRecursive)),
            // What is wrong from the start is a mistake; nobody reads our output any more.
            Err(failure) if first || matches!(failure, Failure::Output(_)) => return Err(failure),
            Err(failure) => note("ошибка", &failure.to_string()),
        }
        // A folder that is gone for the moment is tried again the next time.
        let _ = folders.hear(&mut watcher);
        first = false;
        say("Жду изменений; закончить — Ctrl-C.\n");
        match wait(&events) {
            Some(Change::Lexicons) => ground = None,
            Some(Change::Texts) => {}
            None => return Ok(Exit::Clean),
        }
    }
}

/// The folders that are watched: a file may be replaced by another of its name, so its folder is.
#[derive(Default)]
struct Folders(BTreeMap<PathBuf, RecursiveMode>);

impl Folders {
    /// What the command line names.
    fn of(args: &Args) -> Self {
        let mut folders = Self::default();
        let here = [PathBuf::from(".")];
        for path in if args.paths.is_empty() { &here[..] } else { &args.paths } {
            match walk::base(path) {
                Some(base) => folders.add(base, RecursiveMode::Recursive),
                None if path.is_dir() => folders.add(path.clone(), RecursiveMode::Recursive),
                None => folders.add(folder_of(path), RecursiveMode::NonRecursive),
            }
        }
        let files = [&args.vacancy, &args.config].into_iter().flatten().chain(&args.sources.question_files);
        files.for_each(|file| folders.add(folder_of(file), RecursiveMode::NonRecursive));
        args.sources.lexicon_dirs.iter().for_each(|folder| folders.add(folder.clone(), RecursiveMode::Recursive));
        folders
    }

    fn add(&mut self, folder: PathBuf, mode: RecursiveMode) {
        let known = self.0.entry(folder).or_insert(mode);
        if mode == RecursiveMode::Recursive {
            *known = mode;
        }
    }

    /// Watch all of them. One that is watched already may have been replaced, so it is named again.
    fn hear(&self, watcher: &mut impl Watcher) -> notify::Result<()> {
        let mut outcome = Ok(());
        for (folder, mode) in &self.0 {
            if let Err(error) = watcher.watch(folder, *mode) {
                outcome = Err(error);
            }
        }
        outcome
    }
}

/// The folder a file stands in.
pub fn folder_of(file: &Path) -> PathBuf {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf()
}

/// What has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Change {
    /// Texts, vacancies, configs.
    Texts,
    /// Perhaps a lexicon or a question too.
    Lexicons,
}

/// Wait until something that matters has changed, and all is quiet again. `None`: nothing will ever change.
fn wait(events: &Receiver<notify::Result<Event>>) -> Option<Change> {
    let change = |event: notify::Result<Event>| match event {
        Ok(event) => change(&event),
        // The queue ran over: anything may have changed.
        Err(_) => Some(Change::Texts),
    };
    let mut seen = loop {
        if let Some(seen) = change(events.recv().ok()?) {
            break seen;
        }
    };
    while let Ok(event) = events.recv_timeout(QUIET) {
        seen = seen.max(change(event).unwrap_or(seen));
    }
    Some(seen)
}

/// Only what we read matters: our own reports must not wake us.
fn change(event: &Event) -> Option<Change> {
    if event.kind.is_access() || matches!(event.kind, EventKind::Modify(ModifyKind::Metadata(_))) {
        return None;
    }
    let moved = !matches!(event.kind, EventKind::Modify(ModifyKind::Data(_)));
    event.paths.iter().filter_map(|path| of_path(path, moved)).max()
}

/// `moved`: the path came, went or was renamed.
fn of_path(path: &Path, moved: bool) -> Option<Change> {
    let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
    if source::SourceKind::of(path).is_some() || SETTINGS.contains(&name) {
        return Some(Change::Texts);
    }
    match path.extension() {
        Some(extension) if extension == "toml" => Some(Change::Lexicons),
        // A folder with all that is in it.
        None if moved && !name.starts_with('.') && (path.is_dir() || !path.exists()) => Some(Change::Texts),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use notify::event::{AccessKind, CreateKind, DataChange, MetadataKind, RemoveKind};

    use super::*;

    #[test]
    fn only_what_is_read_matters() {
        let written = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        for (kind, path, expected) in [
            (written, "а/письмо.md", Some(Change::Texts)),
            (EventKind::Remove(RemoveKind::File), "а/письмо.md", Some(Change::Texts)),
            (written, "otvet.toml", Some(Change::Texts)),
            (written, "свои/rules.toml", Some(Change::Lexicons)),
            (written, "а/otvet.sarif", None),
            (EventKind::Create(CreateKind::File), "а/.письмо.md.swp", None),
            (written, "а/нет", None),
            (EventKind::Remove(RemoveKind::Folder), "а/нет", Some(Change::Texts)),
            (EventKind::Access(AccessKind::Read), "а/письмо.md", None),
            (EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any)), "а/письмо.md", None),
        ] {
            assert_eq!(change(&Event::new(kind).add_path(path.into())), expected, "{kind:?} {path}");
        }
    }

    #[test]
    fn the_wider_watch_holds() {
        let mut folders = Folders::default();
        folders.add("а".into(), RecursiveMode::Recursive);
        folders.add("а".into(), RecursiveMode::NonRecursive);
        assert_eq!(folders.0[Path::new("а")], RecursiveMode::Recursive);
        assert_eq!(folder_of(Path::new("письмо.md")), Path::new("."));
    }
}
