//! `otvet lint`: letters and answers in files, treated as a compiler treats code.

mod watch;

use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use otvet::document::{Encoding, MAX_BYTES};
use otvet::report::{plural, sanitize};
use otvet::{Analyzer, Level, Lexicon, Options, Scope};

use super::console::{Console, say};
use super::failure::{Failure, reason};
use super::sources::Sources;
use super::{check, values};
use crate::batch::output::Target as Place;
use crate::exit::Exit;
use crate::lint::baseline::{self, Baseline};
use crate::lint::config::{Catalogue, Choice, Config, ConfigError, Configs, FailOn, Flags, NAME, paths};
use crate::lint::fix;
use crate::lint::format::{FormatName, HELP as FORMATS, Look, failures, format, is_tricky, of_failure, summary_markdown};
use crate::lint::gate::Objections;
use crate::lint::ignored::Ignored;
use crate::lint::model::{Failure as Unread, HiddenBy, Run};
use crate::lint::policy::Policy;
use crate::lint::run::{Given, Input, Linter, Target, Vacancies, kind_of};
use crate::lint::{source, walk};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(
        value_name = "ПУТЬ",
        help = "Файлы (.md, .txt, .docx, .html, .tex), папки и образцы «письма/*.md»; «-» — стандартный ввод; без путей — эта папка"
    )]
    paths: Vec<PathBuf>,
    #[arg(long, value_name = "ИМЯ", help = "Как называть стандартный ввод; по расширению узнаётся, что в нём")]
    stdin_filename: Option<String>,
    #[arg(
        long,
        value_name = "ВИД",
        help = "Вид всех текстов: answer, resume, cover-letter, follow-up, status-enquiry, salary-negotiation, offer-acceptance, offer-decline; иначе берётся из заголовка файла или узнаётся"
    )]
    kind: Option<String>,
    #[arg(short, long, value_name = "ВОПРОС", help = "Вопрос, на который отвечают тексты (список: otvet questions)")]
    question: Option<String>,
    #[arg(long, value_name = "УРОВЕНЬ", hide_possible_values = true, help = "Уровень должности: junior, middle, senior")]
    level: Option<Level>,
    #[arg(long, value_name = "ФАЙЛ", help = "Сравнить письма с вакансией: .md, .txt, .docx, .html, .tex")]
    vacancy: Option<PathBuf>,
    #[arg(long, value_name = "ФОРМАТ", default_value = "terminal", hide_default_value = true, hide_possible_values = true, help = FORMATS)]
    format: FormatName,
    #[arg(long = "output", value_name = "ФОРМАТ=ФАЙЛ", value_parser = output, help = "Записать отчёт ещё и в файл: --output sarif=otvet.sarif (можно несколько раз)")]
    outputs: Vec<(FormatName, PathBuf)>,
    #[arg(
        long,
        value_name = "СТЕПЕНЬ",
        hide_possible_values = true,
        help = "Код выхода 1, если есть замечания этой степени или серьёзнее: error (по умолчанию), warning, hint, never"
    )]
    fail_on: Option<FailOn>,
    #[arg(long, value_name = "БАЛЛЫ", value_parser = values::points, help = "Код выхода 1, если оценка какого-нибудь файла ниже, от 0 до 100")]
    min_score: Option<u8>,
    #[arg(long, value_name = "ЧИСЛО", value_parser = values::count, help = "Код выхода 1, если предупреждений больше")]
    max_warnings: Option<usize>,
    #[arg(long, help = "Исправить в файлах то, что можно исправить без человека")]
    fix: bool,
    #[arg(long, help = "Показать, что исправил бы --fix, и ничего не менять")]
    diff: bool,
    #[arg(long, help = "Не проверять и те названные файлы, которые исключают otvet.toml, .gitignore или .otvetignore")]
    force_exclude: bool,
    #[arg(long, value_name = "КОДИРОВКА", value_parser = values::encoding, help = "Кодировка текстов, если она узнана неверно: utf-8, windows-1251…")]
    encoding: Option<Encoding>,
    #[arg(short, long, value_name = "ЧИСЛО", value_parser = values::jobs, help = "Сколько потоков; по умолчанию — сколько ядер")]
    jobs: Option<usize>,
    #[arg(long, help = "Проверять заново, когда файлы меняются; закончить — Ctrl-C")]
    watch: bool,
    #[arg(long, value_name = "ФАЙЛ", conflicts_with = "no_config", help = "Файл настроек; без него — ближайший otvet.toml вверх от файла")]
    config: Option<PathBuf>,
    #[arg(long, help = "Не искать otvet.toml")]
    no_config: bool,
    #[arg(long, value_name = "ФАЙЛ", help = "Не показывать замечания, известные по этому файлу")]
    baseline: Option<PathBuf>,
    #[arg(long, value_name = "ФАЙЛ", help = "Записать нынешние замечания в файл как известные")]
    write_baseline: Option<PathBuf>,
    #[command(flatten)]
    sources: Sources,
    #[arg(long, value_name = "СТОЛБЦЫ", value_parser = values::columns, help = "Ширина отчёта, не меньше 40")]
    width: Option<usize>,
}

/// `--output FORMAT=FILE`.
fn output(text: &str) -> Result<(FormatName, PathBuf), String> {
    let wrong = || "нужно ФОРМАТ=ФАЙЛ, например sarif=otvet.sarif".to_string();
    let (name, path) = text.split_once('=').filter(|(_, path)| !path.is_empty()).ok_or_else(wrong)?;
    let names = || <FormatName as clap::ValueEnum>::value_variants().iter().filter_map(clap::ValueEnum::to_possible_value);
    let name = <FormatName as clap::ValueEnum>::from_str(name, true).map_err(|_| {
        format!("формата «{name}» нет; возможны: {}", names().map(|name| name.get_name().to_string()).collect::<Vec<_>>().join(", "))
    })?;
    Ok((name, PathBuf::from(path)))
}

pub fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    if args.fix && args.diff {
        return Err(Failure::new("--fix и --diff вместе не нужны").hint("--diff показывает правки, --fix вносит их"));
    }
    if args.watch
        && (args.write_baseline.is_some() || args.stdin_filename.is_some() || args.paths.iter().any(|path| path == Path::new("-")))
    {
        return Err(Failure::new("--watch следит за файлами").hint("стандартный ввод и --write-baseline с ним не нужны"));
    }
    if args.watch { watch::watch(args, console) } else { single(args, console) }
}

/// Look once.
fn single(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let prepared = Prepared::new(args).and_then(|prepared| Ok((prepared.load(args)?, prepared)));
    let (ground, prepared) = match prepared {
        Ok(all) => all,
        Err(Trouble::Config(error)) => return broken_config(args, console, error),
        Err(Trouble::Other(failure)) => return Err(failure),
    };
    // The system takes the memory back faster than we could give it.
    let ground = ManuallyDrop::new(ground);
    let Prepared { mut policy, targets, failures, .. } = prepared;
    policy.catalogue = Catalogue::of(ground.analyzer.lexicon());
    policy.baseline = known(args)?;
    let session = Session { args, console, analyzer: &ground.analyzer, policy: &policy };
    session.report(&session.linter()?, &targets, failures)
}

/// Look once more: all is read anew but the lexicons, if they are the same. The folders of what the texts led us to.
fn turn(args: &Args, console: &Console, known_ground: &mut Option<Ground>) -> Result<BTreeSet<PathBuf>, Failure> {
    let prepared = Prepared::new(args)?;
    let same = known_ground.take().filter(|ground| ground.wanted == prepared.wanted);
    let ground = known_ground.insert(match same {
        Some(ground) => ground,
        None => prepared.load(args)?,
    });
    let Prepared { mut policy, targets, failures, configs, .. } = prepared;
    policy.catalogue = Catalogue::of(ground.analyzer.lexicon());
    configs.iter().try_for_each(|config| config.check(&policy.catalogue))?;
    policy.baseline = known(args)?;
    let session = Session { args, console, analyzer: &ground.analyzer, policy: &policy };
    let linter = session.linter()?;
    session.report(&linter, &targets, failures)?;
    let vacancies = linter.vacancies.asked().into_iter().map(|path| watch::folder_of(&path));
    Ok(vacancies.chain(configs.iter().map(|config| config.folder().to_path_buf())).collect())
}

/// What was found out before anything is judged.
struct Prepared {
    policy: Policy,
    targets: Vec<Target>,
    failures: Vec<Unread>,
    configs: Vec<Arc<Config>>,
    options: Options,
    wanted: Wanted,
}

/// The folders of lexicons and the files of questions that texts are judged by.
type Wanted = (Vec<PathBuf>, Vec<PathBuf>);

/// What texts are judged by.
struct Ground {
    analyzer: Analyzer,
    wanted: Wanted,
}

/// Why nothing could be judged.
enum Trouble {
    Config(ConfigError),
    Other(Failure),
}

impl From<ConfigError> for Trouble {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self::Other(failure)
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Config(error) => error.into(),
            Trouble::Other(failure) => failure,
        }
    }
}

impl Prepared {
    /// Find the files, and the configs that hold for them.
    fn new(args: &Args) -> Result<Self, Trouble> {
        let choice = Choice::of(args.config.as_deref(), args.no_config);
        let policy = Policy::new(Configs::new(&choice)?, flags(args));
        let (targets, failures) = targets(args, &policy)?;
        let mut configs: Vec<Arc<Config>> = Vec::new();
        for path in targets.iter().map(Target::path).chain([None]) {
            if let Some(config) = policy.config(path)?.filter(|config| configs.iter().all(|known| !Arc::ptr_eq(known, config))) {
                configs.push(config);
            }
        }
        // Files that came while we watch may name any question.
        let scope = if args.watch { Scope::All } else { Scope::Only(questions(args, &policy, &targets)) };
        let mut options = args.sources.options(scope, None);
        Policy::add_own(&configs, &mut options);
        let wanted = (options.lexicon_dirs.clone(), options.question_files.clone());
        Ok(Self { policy, targets, failures, configs, options, wanted })
    }

    /// Load what the flags, the config files and the heads of the files ask for.
    fn load(&self, args: &Args) -> Result<Ground, Trouble> {
        let analyzer = Analyzer::load(&self.options, |lexicon: &Lexicon| know(args, lexicon))?;
        let catalogue = Catalogue::of(analyzer.lexicon());
        self.configs.iter().try_for_each(|config| config.check(&catalogue))?;
        Ok(Ground { analyzer, wanted: self.wanted.clone() })
    }
}

/// A config that is wrong: for people it is said, for programs it is a file of the run that could not be read.
fn broken_config(args: &Args, console: &Console, error: ConfigError) -> Result<Exit, Failure> {
    let for_people = matches!(args.format, FormatName::Terminal | FormatName::Concise) && args.outputs.is_empty();
    let Some(lexicon) = (!for_people).then(|| args.sources.options(Scope::Only(Vec::new()), None)).and_then(|own| Lexicon::load(&own).ok())
    else {
        return Err(error.into());
    };
    let place = error.place.as_ref();
    let named = args.config.as_deref().unwrap_or(Path::new(NAME));
    let failure = Unread {
        path: place.map_or_else(|| walk::shown(named), |place| place.file.to_string()),
        message: error.message,
        hint: error.hint.replace('\n', "; "),
        at: place.map(|place| (place.line, place.column)),
    };
    let run = Run { ruleset: lexicon.ruleset().to_string(), failures: vec![failure], ..Run::default() };
    show(args, console, &lexicon, &run)?;
    Ok(verdict(&Objections::default(), &run, is_for_people(args.format)))
}

/// The baseline that is to be read. One that this very run writes need not be there yet.
fn known(args: &Args) -> Result<Option<Baseline>, Failure> {
    let Some(path) = &args.baseline else { return Ok(None) };
    let written = args.write_baseline.as_deref().is_some_and(|other| paths::absolute(other) == paths::absolute(path));
    if written && !path.exists() { Ok(None) } else { Ok(Some(Baseline::read(path)?)) }
}

/// The flags that a config file may say too.
fn flags(args: &Args) -> Flags {
    Flags { min_score: args.min_score, fail_on: args.fail_on, max_warnings: args.max_warnings }
}

/// What is looked at, by the names that are shown.
type ByName<'t> = HashMap<&'t str, &'t Target>;

/// All that is needed to look at files.
struct Session<'a> {
    args: &'a Args,
    console: &'a Console,
    analyzer: &'a Analyzer,
    policy: &'a Policy,
}

impl<'a> Session<'a> {
    fn linter(&self) -> Result<Linter<'a, 'a>, Failure> {
        let args = self.args;
        let vacancies = Vacancies::default();
        if let Some(path) = &args.vacancy {
            // Every letter needs it: said once, not once a letter.
            vacancies
                .read(path, self.analyzer)
                .map_err(|unread| Failure::new(format!("вакансия «{}»: {}", unread.path, unread.message)).hint(unread.hint))?;
        }
        Ok(Linter {
            analyzer: self.analyzer,
            given: Given { kind: args.kind.clone(), question: args.question.clone(), level: args.level, vacancy: args.vacancy.clone() },
            encoding: args.encoding,
            jobs: args.jobs.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from)),
            vacancies,
            policy: self.policy,
        })
    }

    fn report(&self, linter: &Linter, targets: &[Target], failures: Vec<Unread>) -> Result<Exit, Failure> {
        let args = self.args;
        let mut run = ManuallyDrop::new(linter.run(targets, failures));
        // By name: what the run leaves out (a vacancy that a letter answers) has no place in it.
        let targets: ByName = targets.iter().map(|target| (target.name.as_str(), target)).collect();
        if let Some(path) = &args.write_baseline {
            return write_baseline(path, &run, &targets, self.policy.baseline.as_ref());
        }
        if args.diff {
            return show_diff(&run, &targets, self.console);
        }
        if args.fix {
            mend(&mut run, linter, &targets);
        }
        show(args, self.console, self.analyzer.lexicon(), &run)?;
        let gone: usize = run.files.iter().filter_map(|file| Some(file.outcome.as_ref().ok()?.outdated)).sum();
        if let Some(outdated) = baseline::outdated(gone + self.policy.baseline.as_ref().map_or(0, Baseline::vanished)) {
            say(&format!("{outdated}\n"));
        }
        let gate = |name: &str| self.policy.gate(targets.get(name).and_then(|target| target.path()));
        let objections = Objections::of(&run, &self.policy.gate(None), &gate);
        Ok(verdict(&objections, &run, is_for_people(args.format)))
    }
}

/// Does the format say what fails in words?
fn is_for_people(format: FormatName) -> bool {
    matches!(format, FormatName::Terminal | FormatName::Concise | FormatName::Github)
}

/// What is to be looked at, in the order of names, and what could not be found.
fn targets(args: &Args, policy: &Policy) -> Result<(Vec<Target>, Vec<Unread>), Failure> {
    let stdin = Path::new("-");
    let here = [PathBuf::from(".")];
    let paths: Vec<PathBuf> = args.paths.iter().filter(|path| *path != stdin).cloned().collect();
    let asked = args.paths.len() > paths.len() || args.paths.is_empty() && args.stdin_filename.is_some();
    let wanted = |name: &str| {
        let path = Path::new(name);
        !policy.config(Some(path)).unwrap_or_default().is_some_and(|config| config.excludes(path))
    };
    let walked = walk::gather(if paths.is_empty() && !asked { &here } else { &paths }, &wanted, args.force_exclude);
    let mut excluded = walked.excluded;
    let mut targets: Vec<Target> = walked.files.into_iter().map(|(name, path)| Target { name, input: Input::File(path) }).collect();
    if asked {
        let mut bytes = Vec::new();
        let limit = (MAX_BYTES as u64 + 1) * 8;
        io::stdin()
            .lock()
            .take(limit)
            .read_to_end(&mut bytes)
            .map_err(|error| Failure::new(format!("не удалось прочитать стандартный ввод: {}", reason(&error))))?;
        let name = args.stdin_filename.as_deref().map_or_else(|| "stdin".into(), |name| walk::shown(Path::new(name)));
        let named = args.stdin_filename.is_some();
        // What is typed stands for the file of that name.
        targets.retain(|one| one.name != name);
        if args.force_exclude && named && (!wanted(&name) || Ignored::default().holds(Path::new(&name))) {
            excluded += 1;
        } else {
            targets.push(Target { name, input: Input::Bytes(bytes, named) });
            targets.sort_by(|one, other| one.name.cmp(&other.name));
        }
    }
    if excluded > 0 && targets.is_empty() && walked.failures.is_empty() {
        say("всё названное исключено: проверять нечего\n");
    }
    Ok((targets, walked.failures))
}

/// The questions that the flags, the files and their configs name: reading all costs time.
fn questions(args: &Args, policy: &Policy, targets: &[Target]) -> Vec<String> {
    let mut questions: BTreeSet<String> = args.question.iter().cloned().collect();
    if args.question.is_none() {
        questions.extend(targets.iter().filter_map(|target| match &target.input {
            Input::File(path) => source::peek_question(path),
            Input::Bytes(bytes, _) => source::question_of(bytes),
            Input::Open(text, ..) => source::question_of(text.as_bytes()),
        }));
        questions.extend(targets.iter().filter_map(|target| policy.given(target.path()).ok()?.question));
    }
    questions.into_iter().collect()
}

/// A mistyped name is said before anything is read.
fn know(args: &Args, lexicon: &Lexicon) -> Result<(), Failure> {
    let kind = args.kind.as_deref().map(|kind| kind_of(kind, lexicon)).transpose()?;
    if args.question.is_some() && kind.as_deref().is_some_and(|kind| kind != "answer") {
        return Err(Failure::new("--question и --kind вместе не нужны").hint("вопрос указывают для ответа, вид — для письма"));
    }
    Ok(check::know(lexicon, args.question.as_deref(), "answer")?)
}

fn show(args: &Args, console: &Console, lexicon: &Lexicon, run: &Run) -> Result<(), Failure> {
    let look = Look { width: args.width.unwrap_or(console.width), palette: console.palette };
    let mut out = io::BufWriter::new(io::stdout().lock());
    format(args.format, lexicon, look).write(run, &mut out)?;
    out.flush()?;
    for (name, path) in &args.outputs {
        let failed = |error: io::Error| {
            // The file is new: only its folder can be missing.
            let reason = if error.kind() == io::ErrorKind::NotFound { "папки нет".into() } else { reason(&error) };
            Failure::new(format!("не удалось записать «{}»: {reason}", path.display())).hint("проверьте путь и права доступа")
        };
        let (target, writer) = Place::whole(path).map_err(failed)?;
        let mut writer = io::BufWriter::new(writer);
        format(*name, lexicon, Look::PLAIN).write(run, &mut writer).and_then(|()| writer.flush()).map_err(failed)?;
        drop(writer);
        target.commit().map_err(failed)?;
    }
    if let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| args.format == FormatName::Github && !path.is_empty()) {
        let failed = |error: io::Error| Failure::new(format!("не удалось записать сводку задания: {}", reason(&error)));
        let mut page = File::options().append(true).create(true).open(path).map_err(failed)?;
        page.write_all(summary_markdown(run, lexicon).as_bytes()).map_err(failed)?;
    }
    Ok(())
}

/// The exit code, and on the error stream what the report does not say. A file that could not be checked never looks clean.
fn verdict(objections: &Objections, run: &Run, told: bool) -> Exit {
    let unread: Vec<&Unread> = failures(run).collect();
    if !told {
        for failure in unread.iter().take(NAMED) {
            note("ошибка", &format!("{}: {}\n  {}", of_failure(failure), failure.message, failure.hint));
        }
        if unread.len() > NAMED {
            note("ошибка", &format!("не проверено ещё {}", plural::count(unread.len() - NAMED, ["файл", "файла", "файлов"])));
        }
    }
    let told = objections.findings.as_ref().filter(|_| !told);
    let said: Vec<&str> = told.into_iter().chain(objections.others.iter().take(NAMED)).map(String::as_str).collect();
    if !said.is_empty() {
        note("не пройдено", &said.join("; "));
    }
    match (unread.is_empty(), objections.is_empty()) {
        (false, _) => Exit::Failure,
        (true, false) => Exit::Findings,
        (true, true) => Exit::Clean,
    }
}

/// How many things of one sort are named on the error stream.
const NAMED: usize = 10;

/// Why a file is not mended: the same for `--fix` and for `--diff`.
fn not_utf8(name: &str) {
    note("не исправлено", &format!("{name}: файл не в UTF-8; сохраните его как UTF-8"));
}

fn note(what: &str, text: &str) {
    say(&format!("{what}: {}\n", sanitize::block(text).trim_end()));
}

fn show_diff(run: &Run, targets: &ByName, console: &Console) -> Result<Exit, Failure> {
    let mut text = String::new();
    for file in &run.files {
        let Ok(linted) = &file.outcome else { continue };
        let Some(fixed) = fix::fix(linted) else { continue };
        // What --fix would refuse is no patch.
        if let Some(Target { input: Input::File(path), .. }) = targets.get(file.path.as_str())
            && fix::is_mendable(path, &linted.text).is_ok_and(|mendable| !mendable)
        {
            not_utf8(&file.path);
            continue;
        }
        text.push_str(&fix::diff(&file.path, &linted.text, &fixed.text));
    }
    if text.is_empty() {
        say("исправлять нечего\n");
    }
    // A patch must apply, so only a terminal is spared what could play tricks on it.
    console.print(&if io::stdout().is_terminal() { harmless(&text) } else { text.clone() })?;
    Ok(match verdict(&Objections::default(), run, false) {
        Exit::Clean if !text.is_empty() => Exit::Findings,
        exit => exit,
    })
}

/// A text without signs that a terminal takes for commands or for another direction of writing; its spaces and tabs stay.
fn harmless(text: &str) -> String {
    text.chars().map(|c| if is_tricky(c) && !matches!(c, '\n' | '\r' | '\t') { '\u{FFFD}' } else { c }).collect()
}

/// Remember the findings as known.
fn write_baseline(path: &Path, run: &Run, targets: &ByName, read: Option<&Baseline>) -> Result<Exit, Failure> {
    let verdict = verdict(&Objections::default(), run, false);
    if run.files.iter().any(|file| file.outcome.is_err()) || !run.failures.is_empty() {
        // Findings of what could not be read would be forgotten.
        note("база не записана", &format!("{}: не все файлы удалось проверить", path.display()));
        return Ok(verdict);
    }
    let mut baseline = Baseline::new(path);
    let mut checked = Vec::new();
    for file in &run.files {
        let Ok(linted) = &file.outcome else { continue };
        let place = targets.get(file.path.as_str()).and_then(|target| target.path()).unwrap_or(Path::new(&file.path));
        // What the baseline that was read hides is known still.
        let hidden = linted.hidden.iter().filter(|hidden| hidden.by == HiddenBy::Baseline).map(|hidden| &hidden.diagnostic);
        baseline.add(place, linted.diagnostics.iter().chain(hidden));
        checked.push(place);
    }
    if let Some(read) = read {
        baseline.keep_others(read, &checked);
    }
    baseline.write(path)?;
    say(&format!(
        "{}: {}\n",
        path.display(),
        plural::count(baseline.len(), ["известное замечание", "известных замечания", "известных замечаний"])
    ));
    Ok(verdict)
}

/// Write what can be mended, and look at those files again.
fn mend(run: &mut Run, linter: &Linter, targets: &ByName) {
    let (mut places, mut files, mut refused) = (0, 0, false);
    for file in &mut run.files {
        let Some(&target) = targets.get(file.path.as_str()) else { continue };
        let (Input::File(path), Ok(linted)) = (&target.input, &file.outcome) else { continue };
        let Some(fixed) = fix::fix(linted) else { continue };
        match fix::write(path, &linted.text, &fixed.text) {
            Ok(()) => {
                (places, files) = (places + fixed.count, files + 1);
                if let Some(again) = linter.run(std::slice::from_ref(target), Vec::new()).files.pop() {
                    *file = again;
                }
            }
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                refused = true;
                not_utf8(&file.path);
            }
            Err(error) => {
                refused = true;
                let message = format!("не удалось записать правки: {}", reason(&error));
                file.outcome =
                    Err(Unread { path: file.path.clone(), message, hint: "проверьте права доступа".into(), at: None });
            }
        }
    }
    if files == 0 {
        // Why something was not mended is said already.
        if !refused {
            say("исправлять нечего\n");
        }
        return;
    }
    let places = plural::count(places, ["место", "места", "мест"]);
    note("исправлено", &format!("{places} ({})", plural::count(files, ["файл", "файла", "файлов"])));
}
