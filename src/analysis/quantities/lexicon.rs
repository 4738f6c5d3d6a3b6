//! The words of `quantities.toml`: what each of them means to a number.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use serde::Deserialize;

use crate::language::{Features, Token, TokenKind, fold};
use crate::report::Direction;

/// What a number word says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Numeral {
    /// «двадцать»
    Cardinal(f64),
    /// «сотня»: a noun that counts.
    Noun(f64),
    /// «тысяча»
    Scale(f64),
    /// «двое»
    Collective(f64),
    /// «третий»
    Ordinal(f64),
    /// «треть»
    Share(f64),
    /// «вдвое»
    Multiple(f64),
    /// «дважды»
    Repeat(f64),
    /// «полчаса»: the number holds its unit.
    Ready(f64, UnitId),
}

/// The number of a unit in [`QuantityLexicon::unit`].
pub type UnitId = u16;

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UnitKind {
    Percent,
    Point,
    Times,
    Money,
    Time,
    Score,
    Noun,
}

/// A unit of measure.
#[derive(Debug)]
pub struct Unit {
    pub id: Box<str>,
    pub kind: UnitKind,
    /// How long a unit of time is.
    pub seconds: f64,
    /// «копейка» is a hundredth of the rouble.
    pub hundredth_of: Option<UnitId>,
}

/// Everything the lexicon knows of a word.
#[derive(Debug, Clone, Copy, Default)]
pub struct Entry {
    pub numeral: Option<Numeral>,
    pub unit: Option<UnitId>,
    pub direction: Option<Direction>,
    /// «NPS»
    pub metric_name: bool,
    /// «отток»
    pub metric_noun: bool,
    /// «вместо», «против»
    pub instead: bool,
    /// «было»
    pub was: bool,
    /// «стало»
    pub became: bool,
    /// «№», «артикул»
    pub identity: bool,
    pub month: bool,
    /// «утра», «вечера»
    pub hours: bool,
    /// A word that tells how something was measured.
    pub method: bool,
    /// «норматив», «запас»: a number after it is a rule, no result.
    pub norm: bool,
    /// «По опросу 400 клиентов»: the number is of those who were asked.
    pub sample: bool,
    /// «Раньше», «на старте»: the number is what was before.
    pub baseline: bool,
    /// «Секундомер»: a number after «на» or «по» beside it is of the tries.
    pub timing: bool,
    /// «Готовились», «боялись»: the number is what was expected.
    pub expectation: bool,
    /// «Дотянуть», «набраться»: denied, the number is what was not reached.
    pub reaching: bool,
    /// «Открыться», «запуститься»: the day or hour is when it was done.
    pub launch: bool,
    /// The last word of something that may stand before a number.
    pub ends_lead: bool,
    /// A preposition.
    pub preposition: bool,
    /// The first word of a set phrase.
    pub opens_phrase: bool,
}

/// A set phrase that measures without a number.
#[derive(Debug)]
pub struct Phrase {
    pub words: Vec<Box<str>>,
    pub value: Option<f64>,
    pub unit: UnitId,
}

/// Units, number words, directions.
pub struct QuantityLexicon {
    words: HashMap<Box<str>, Entry, Quick>,
    units: Vec<Unit>,
    /// Letters written to digits: «к», «М».
    suffixes: HashMap<Box<str>, f64>,
    /// Phrases before a number by their last word, the longest first.
    leads: HashMap<Box<str>, Vec<Vec<Box<str>>>>,
    phrases: Vec<Phrase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    numbers: NumbersTable,
    #[serde(rename = "unit")]
    units: Vec<UnitTable>,
    metrics: MetricsTable,
    direction: DirectionTable,
    before: BeforeTable,
    compare: CompareTable,
    identity: IdentityTable,
    method: MethodTable,
    #[serde(rename = "phrase", default)]
    phrases: Vec<PhraseTable>,
    dates: DatesTable,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NumbersTable {
    cardinal: HashMap<String, f64>,
    noun: HashMap<String, f64>,
    scale: HashMap<String, f64>,
    suffix: HashMap<String, f64>,
    collective: HashMap<String, f64>,
    ordinal: HashMap<String, f64>,
    share: HashMap<String, f64>,
    multiple: HashMap<String, f64>,
    repeat: HashMap<String, f64>,
    ready: Vec<ReadyTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadyTable {
    words: Vec<String>,
    value: f64,
    unit: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitTable {
    id: String,
    kind: UnitKind,
    #[serde(default)]
    seconds: f64,
    hundredth_of: Option<String>,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MetricsTable {
    names: Vec<String>,
    nouns: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DirectionTable {
    up: Vec<String>,
    down: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BeforeTable {
    prepositions: Vec<String>,
    limits: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CompareTable {
    instead: Vec<String>,
    was: Vec<String>,
    became: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IdentityTable {
    before: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MethodTable {
    words: Vec<String>,
    norms: Vec<String>,
    samples: Vec<String>,
    baselines: Vec<String>,
    timing: Vec<String>,
    expectations: Vec<String>,
    reaching: Vec<String>,
    launches: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhraseTable {
    words: Vec<String>,
    value: Option<f64>,
    unit: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DatesTable {
    months: Vec<String>,
    hours: Vec<String>,
}

impl QuantityLexicon {
    /// Read `quantities.toml`.
    ///
    /// # Errors
    /// What is wrong with it, Russian.
    pub fn parse(text: &str) -> Result<Self, String> {
        Self::of(toml::from_str(text).map_err(|error| mistake(text, &error))?)
    }

    /// Read the file of a lexicon.
    pub(crate) fn read(file: &crate::lexicon::File) -> Result<Self, String> {
        file.parsed().map_or_else(|| Self::parse(&file.text), Self::of)
    }

    fn of(file: File) -> Result<Self, String> {
        let mut lexicon =
            Self { words: HashMap::default(), units: Vec::new(), suffixes: HashMap::new(), leads: HashMap::new(), phrases: Vec::new() };
        lexicon.add_units(file.units)?;
        lexicon.add_numbers(file.numbers)?;
        lexicon.mark(&file.metrics.names, |entry| entry.metric_name = true)?;
        lexicon.mark(&file.metrics.nouns, |entry| entry.metric_noun = true)?;
        lexicon.mark(&file.direction.up, |entry| entry.direction = Some(Direction::Up))?;
        lexicon.mark(&file.direction.down, |entry| entry.direction = Some(Direction::Down))?;
        lexicon.mark(&file.before.prepositions, |entry| entry.preposition = true)?;
        lexicon.mark(&file.compare.instead, |entry| entry.instead = true)?;
        lexicon.mark(&file.compare.was, |entry| entry.was = true)?;
        lexicon.mark(&file.compare.became, |entry| entry.became = true)?;
        lexicon.mark(&file.identity.before, |entry| entry.identity = true)?;
        lexicon.mark(&file.method.words, |entry| entry.method = true)?;
        lexicon.mark(&file.method.norms, |entry| entry.norm = true)?;
        lexicon.mark(&file.method.samples, |entry| entry.sample = true)?;
        lexicon.mark(&file.method.baselines, |entry| entry.baseline = true)?;
        lexicon.mark(&file.method.timing, |entry| entry.timing = true)?;
        lexicon.mark(&file.method.expectations, |entry| entry.expectation = true)?;
        lexicon.mark(&file.method.reaching, |entry| entry.reaching = true)?;
        lexicon.mark(&file.method.launches, |entry| entry.launch = true)?;
        lexicon.mark(&file.dates.months, |entry| entry.month = true)?;
        lexicon.mark(&file.dates.hours, |entry| entry.hours = true)?;
        for phrase in file.before.prepositions.iter().chain(&file.before.limits) {
            lexicon.add_lead(phrase)?;
        }
        for leads in lexicon.leads.values_mut() {
            leads.sort_by_key(|words| std::cmp::Reverse(words.len()));
        }
        for table in file.phrases {
            let unit = lexicon.unit_named(&table.unit)?;
            for written in &table.words {
                let words = split(written);
                let first = words.first().ok_or("[[phrase]]: пустая строка в words")?;
                lexicon.entry(first)?.opens_phrase = true;
                lexicon.phrases.push(Phrase { words, value: table.value, unit });
            }
        }
        Ok(lexicon)
    }

    /// What the lexicon knows of a token: by its form, else by the lemma of a reading.
    pub fn look_up(&self, token: &Token) -> Entry {
        if token.kind == TokenKind::Punct || token.kind == TokenKind::Number {
            return Entry::default();
        }
        let form = token.form();
        if let Some(entry) = self.words.get(form) {
            return *entry;
        }
        if let Some(entry) = form.strip_suffix('.').and_then(|bare| self.words.get(bare)) {
            return *entry;
        }
        let mut before = form;
        for analysis in &token.word.analyses {
            if *analysis.lemma != *before {
                if let Some(entry) = self.words.get(&analysis.lemma) {
                    // «семью»: the family before the seven.
                    if entry.numeral.is_some() && token.word.is(Features::NOUN) && analysis.features.has(Features::NUM) {
                        continue;
                    }
                    return *entry;
                }
                before = &analysis.lemma;
            }
        }
        Entry::default()
    }

    pub fn unit(&self, id: UnitId) -> &Unit {
        &self.units[usize::from(id)]
    }

    /// The unit of a word written to digits: «10мин», «20RUB».
    pub fn unit_of(&self, letters: &str) -> Option<UnitId> {
        self.words.get(fold(letters).trim_end_matches('.')).and_then(|entry| entry.unit)
    }

    /// What a word written in two means: «пол часа».
    pub fn joined(&self, first: &str, second: &str) -> Option<Numeral> {
        self.words.get([first, second].concat().as_str()).and_then(|entry| entry.numeral)
    }

    /// The scale of letters written to digits: «200к».
    pub fn suffix(&self, letters: &str) -> Option<f64> {
        self.suffixes.get(letters).copied()
    }

    /// Phrases before a number that end with this word, the longest first.
    pub fn leads(&self, last: &str) -> &[Vec<Box<str>>] {
        self.leads.get(last).map_or(&[], Vec::as_slice)
    }

    /// Set phrases that begin with this word.
    pub fn phrases<'l>(&'l self, first: &'l str) -> impl Iterator<Item = &'l Phrase> {
        self.phrases.iter().filter(move |phrase| *phrase.words[0] == *first)
    }

    fn entry(&mut self, word: &str) -> Result<&mut Entry, String> {
        if word.trim().is_empty() {
            return Err("пустое слово в списке".into());
        }
        Ok(self.words.entry(fold(word).into()).or_default())
    }

    fn mark(&mut self, words: &[String], set: impl Fn(&mut Entry)) -> Result<(), String> {
        for word in words {
            set(self.entry(word)?);
        }
        Ok(())
    }

    fn add_units(&mut self, tables: Vec<UnitTable>) -> Result<(), String> {
        for table in tables {
            if self.units.iter().any(|unit| *unit.id == *table.id) {
                return Err(format!("единица «{}» описана дважды", table.id));
            }
            if table.kind == UnitKind::Time && table.seconds <= 0.0 {
                return Err(format!("единице времени «{}» нужен ключ seconds больше нуля", table.id));
            }
            let id = UnitId::try_from(self.units.len()).map_err(|_| "слишком много единиц".to_string())?;
            let hundredth_of = table.hundredth_of.as_deref().map(|whole| self.unit_named(whole)).transpose()?;
            self.units.push(Unit { id: table.id.into(), kind: table.kind, seconds: table.seconds, hundredth_of });
            for word in &table.words {
                let entry = self.entry(word)?;
                if let Some(known) = entry.unit {
                    let known = self.units[usize::from(known)].id.clone();
                    return Err(format!("слово «{word}» названо и единицей «{known}»"));
                }
                entry.unit = Some(id);
            }
        }
        Ok(())
    }

    fn add_numbers(&mut self, table: NumbersTable) -> Result<(), String> {
        self.add_numerals(&table.cardinal, Numeral::Cardinal)?;
        self.add_numerals(&table.noun, Numeral::Noun)?;
        self.add_numerals(&table.scale, Numeral::Scale)?;
        self.add_numerals(&table.collective, Numeral::Collective)?;
        self.add_numerals(&table.ordinal, Numeral::Ordinal)?;
        self.add_numerals(&table.share, Numeral::Share)?;
        self.add_numerals(&table.multiple, Numeral::Multiple)?;
        self.add_numerals(&table.repeat, Numeral::Repeat)?;
        for ready in table.ready {
            let unit = self.unit_named(&ready.unit)?;
            for word in &ready.words {
                self.add_numeral(word, Numeral::Ready(ready.value, unit))?;
            }
        }
        self.suffixes = table.suffix.into_iter().map(|(letters, scale)| (letters.into_boxed_str(), scale)).collect();
        Ok(())
    }

    fn add_numerals(&mut self, table: &HashMap<String, f64>, numeral: fn(f64) -> Numeral) -> Result<(), String> {
        table.iter().try_for_each(|(word, value)| self.add_numeral(word, numeral(*value)))
    }

    fn add_numeral(&mut self, word: &str, numeral: Numeral) -> Result<(), String> {
        let entry = self.entry(word)?;
        if entry.numeral.is_some() {
            return Err(format!("число «{word}» описано дважды"));
        }
        entry.numeral = Some(numeral);
        Ok(())
    }

    fn unit_named(&self, id: &str) -> Result<UnitId, String> {
        let place = self.units.iter().position(|unit| *unit.id == *id).ok_or_else(|| format!("единицы «{id}» нет среди [[unit]]"))?;
        UnitId::try_from(place).map_err(|_| "слишком много единиц".to_string())
    }

    fn add_lead(&mut self, phrase: &str) -> Result<(), String> {
        let words = split(phrase);
        let last = words.last().ok_or("[before]: пустая строка")?.clone();
        self.entry(&last)?.ends_lead = true;
        self.leads.entry(last).or_default().push(words);
        Ok(())
    }
}

/// Every word of a text is looked up: a hash of eight bytes a step costs a third of the standard one. The keys are the lexicon's own, so
/// no text can fill the table with collisions.
type Quick = BuildHasherDefault<QuickHasher>;

#[derive(Default)]
struct QuickHasher(u64);

impl QuickHasher {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for QuickHasher {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.add(u64::from_le_bytes(word));
        }
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
}

fn split(phrase: &str) -> Vec<Box<str>> {
    phrase.split_whitespace().map(|word| fold(word).into()).collect()
}

/// The parser speaks English; what people get wrong most often is said in Russian, with the line.
fn mistake(text: &str, error: &toml::de::Error) -> String {
    let line = error.span().and_then(|span| text.get(..span.start)).map_or(1, |before| before.matches('\n').count() + 1);
    let mut message = error.message().lines().next().unwrap_or_default().to_string();
    for (english, russian) in [
        ("unknown field", "неизвестный ключ"),
        ("missing field", "нет обязательного ключа"),
        ("unknown variant", "неизвестное значение"),
        ("duplicate key", "ключ повторён"),
        ("invalid type:", "неверный тип:"),
        ("expected one of", "возможны"),
        ("expected", "ожидалось"),
    ] {
        message = message.replace(english, russian);
    }
    format!("строка {line}: {message}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../../../lexicons/quantities.toml");

    #[test]
    fn the_shipped_file_is_read() {
        let lexicon = QuantityLexicon::parse(SHIPPED).unwrap();
        assert_eq!(lexicon.suffix("к"), Some(1000.0));
        assert_eq!(&*lexicon.unit(lexicon.unit_of("Мин.").unwrap()).id, "minute");
    }

    #[test]
    fn mistakes_are_told_in_russian() {
        let unknown = format!("{SHIPPED}\nlater = []\n");
        assert!(QuantityLexicon::parse(&unknown).err().unwrap().contains("неизвестный ключ"));
        let twice = SHIPPED.replacen("words = [\"тонна\"]", "words = [\"килограмм\"]", 1);
        assert!(QuantityLexicon::parse(&twice).err().unwrap().contains("kilogram"));
        let lost = SHIPPED.replacen("unit = \"minute\"", "unit = \"moment\"", 1);
        assert!(QuantityLexicon::parse(&lost).err().unwrap().contains("moment"));
    }
}
