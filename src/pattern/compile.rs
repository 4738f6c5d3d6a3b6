//! Tree → compiled pattern: words become literals, classes are resolved, mistakes are explained.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use super::element::{Choice, Compiled, Element};
use super::parse::{self, Node, NodeKind, SyntaxError};
use super::store::Store;
use super::vocabulary::{LiteralId, Vocabulary};
use crate::language::{Features, Morphology, fold};

/// What is wrong with a pattern, where (bytes of the pattern), and how to mend it. Russian.
pub type PatternError = SyntaxError;

/// Where the classes come from.
pub enum ClassSource {
    /// Their written entries.
    Written(HashMap<String, Vec<String>>),
    /// They are those of the program, compiled when it was built.
    Shipped(&'static Store),
}

impl Default for ClassSource {
    fn default() -> Self {
        Self::Written(HashMap::new())
    }
}

impl ClassSource {
    /// Is there a class of this name?
    pub fn knows(&self, name: &str) -> bool {
        match self {
            ClassSource::Written(classes) => classes.contains_key(name),
            ClassSource::Shipped(store) => store.class(name).is_some(),
        }
    }

    /// Add a class or replace it.
    pub fn insert(&mut self, name: String, words: Vec<String>) {
        if let Self::Written(classes) = self {
            classes.insert(name, words);
        }
    }

    /// The known name most like this one.
    fn nearest(&self, name: &str) -> Option<String> {
        match self {
            Self::Written(classes) => crate::suggest::nearest(name, classes.keys().map(String::as_str)),
            Self::Shipped(store) => crate::suggest::nearest(name, store.class_names()),
        }
    }
}

/// A compiled class: one literal for its plain words, and its phrases, compiled once for all patterns.
pub(super) struct Class {
    pub(super) literal: LiteralId,
    /// How common its plain words are together.
    pub(super) cost: usize,
    pub(super) phrases: Option<Arc<Choice>>,
    /// Its words and its phrases, if it has any.
    pub(super) whole: Option<Arc<Choice>>,
}

/// Compiles patterns against one vocabulary.
pub struct Compiler<'a> {
    morphology: &'a Morphology,
    sources: &'a ClassSource,
    vocabulary: Vocabulary,
    classes: HashMap<String, Rc<Class>>,
    /// Classes being compiled right now: a class that meets itself is a circle.
    open: Vec<String>,
    lemmas: HashMap<String, Box<[LiteralId]>>,
}

impl<'a> Compiler<'a> {
    pub fn new(morphology: &'a Morphology, sources: &'a ClassSource) -> Self {
        let vocabulary = match sources {
            ClassSource::Written(_) => Vocabulary::default(),
            ClassSource::Shipped(store) => store.vocabulary(),
        };
        Self { morphology, sources, vocabulary, classes: HashMap::new(), open: Vec::new(), lemmas: HashMap::new() }
    }

    /// Compile a pattern.
    ///
    /// # Errors
    /// A mistake in the pattern, with its place, in Russian.
    pub(super) fn compile(&mut self, pattern: &str) -> Result<Compiled, PatternError> {
        if let ClassSource::Shipped(store) = self.sources
            && let Some(compiled) = store.pattern(pattern)
        {
            return Ok(compiled);
        }
        let nodes = parse::parse(pattern)?;
        let negates = negates(&nodes);
        let elements = self.sequence(&nodes)?;
        Compiled::new(elements, negates).ok_or_else(|| PatternError {
            span: 0..pattern.len(),
            message: "в шаблоне нет ни одного слова".into(),
            hint: "добавьте слово или класс: одних частей речи и пропусков мало".into(),
        })
    }

    /// A pattern of one word by its stem family, for a checklist in plain text.
    pub(super) fn stem_pattern(&mut self, word: &str) -> Option<Compiled> {
        let stem = self.morphology.stem(&fold(word));
        let key = self.vocabulary.stem(&stem);
        Compiled::new(vec![Element::Atom { keys: [key].into(), features: Features::NONE, cost: cost(word) }], false)
    }

    pub fn morphology(&self) -> &Morphology {
        self.morphology
    }

    /// The derivational family of a word, roughly.
    pub fn stem(&self, word: &str) -> Box<str> {
        self.morphology.stem(&fold(word))
    }

    /// All words of the patterns compiled so far.
    pub fn into_vocabulary(self) -> Vocabulary {
        self.vocabulary
    }

    fn sequence(&mut self, nodes: &[Node]) -> Result<Vec<Element>, PatternError> {
        nodes.iter().map(|node| self.element(node)).collect()
    }

    fn element(&mut self, node: &Node) -> Result<Element, PatternError> {
        Ok(match &node.kind {
            NodeKind::Word { text, features } => {
                let wanted = feature_set(features)?;
                if text == "WORD" {
                    Element::Atom { keys: [].into(), features: wanted, cost: 0 }
                } else if let Some(part) = Features::part_of_speech(text) {
                    Element::Atom { keys: [].into(), features: wanted | part, cost: 0 }
                } else if text.chars().all(|c| c.is_ascii_uppercase()) && text.len() > 1 && near_feature(text) {
                    return Err(unknown_feature(text, node.span.clone()));
                } else {
                    Element::Atom { keys: self.word(text), features: wanted, cost: cost(text) }
                }
            }
            NodeKind::Form { text, features } => {
                Element::Atom { keys: [self.vocabulary.form(&fold(text))].into(), features: feature_set(features)?, cost: cost(text) }
            }
            NodeKind::Prefix { text, features } => {
                Element::Atom { keys: [self.vocabulary.prefix(&fold(text))].into(), features: feature_set(features)?, cost: 9 }
            }
            NodeKind::Class { name, features } => self.class_element(name, feature_set(features)?, node.span.clone())?,
            NodeKind::Any(alternatives) => {
                let mut sequences = Vec::new();
                let mut plain: Vec<LiteralId> = Vec::new();
                let mut plain_cost = 0;
                for alternative in alternatives {
                    let sequence = self.sequence(alternative)?;
                    if let [Element::Atom { keys, features, cost }] = sequence.as_slice()
                        && features.is_empty()
                        && !keys.is_empty()
                    {
                        plain.extend(keys.iter());
                        plain_cost += cost;
                    } else {
                        sequences.push(sequence);
                    }
                }
                if !plain.is_empty() {
                    plain.sort_unstable();
                    plain.dedup();
                    sequences.insert(0, vec![Element::Atom { keys: plain.into(), features: Features::NONE, cost: plain_cost }]);
                }
                Element::Any(Arc::new(Choice::new(sequences)))
            }
            NodeKind::Optional(inner) => Element::Optional(vec![self.element(inner)?]),
            NodeKind::Gap(width) => Element::Gap(*width),
            NodeKind::Not(inner) => Element::Not(Box::new(self.element(inner)?)),
            NodeKind::Pause => Element::Pause,
            NodeKind::Start => Element::Start,
            NodeKind::End => Element::End,
        })
    }

    /// Literals of the lemmas a written word stands for.
    fn word(&mut self, written: &str) -> Box<[LiteralId]> {
        if let Some(keys) = self.lemmas.get(written) {
            return keys.clone();
        }
        let mut keys: Vec<LiteralId> = self.morphology.pattern_lemmas(written).iter().map(|lemma| self.vocabulary.lemma(lemma)).collect();
        keys.sort_unstable();
        let keys: Box<[LiteralId]> = keys.into();
        self.lemmas.insert(written.to_string(), keys.clone());
        keys
    }

    fn class_element(&mut self, name: &str, features: Features, span: Range<usize>) -> Result<Element, PatternError> {
        let class = self.class(name, span)?;
        let own = Element::Atom { keys: [class.literal].into(), features, cost: class.cost };
        Ok(match (&class.whole, &class.phrases) {
            (Some(whole), _) if features.is_empty() => Element::Any(Arc::clone(whole)),
            (_, None) => own,
            (_, Some(phrases)) => Element::Any(Arc::new(Choice::new(vec![vec![own], vec![Element::Any(Arc::clone(phrases))]]))),
        })
    }

    pub(super) fn class(&mut self, name: &str, span: Range<usize>) -> Result<Rc<Class>, PatternError> {
        if let Some(class) = self.classes.get(name) {
            return Ok(Rc::clone(class));
        }
        let class = match self.sources {
            ClassSource::Written(classes) => match classes.get(name) {
                Some(words) => Some(self.compile_class(name, words, span.clone())?),
                None => None,
            },
            ClassSource::Shipped(store) => {
                let stored = store.class(name);
                stored.map(|class| Class {
                    literal: class.literal,
                    cost: class.cost,
                    phrases: store.phrases(class),
                    whole: store.whole(class),
                })
            }
        };
        let Some(class) = class.map(Rc::new) else {
            let hint = match self.sources.nearest(name) {
                Some(near) => format!("возможно, вы имели в виду @{near}"),
                None => "классы перечислены в lexicons/classes/".to_string(),
            };
            return Err(PatternError { span, message: format!("класса @{name} нет"), hint });
        };
        self.classes.insert(name.to_string(), Rc::clone(&class));
        Ok(class)
    }

    fn compile_class(&mut self, name: &str, words: &[String], span: Range<usize>) -> Result<Class, PatternError> {
        if self.open.iter().any(|open| open == name) {
            let circle = format!("{} → {name}", self.open.join(" → "));
            return Err(PatternError {
                span,
                message: format!("класс @{name} содержит сам себя"),
                hint: format!("разорвите круг: {circle}"),
            });
        }
        self.open.push(name.to_string());
        let literal = self.vocabulary.class();
        let (mut phrases, mut plain) = (Vec::new(), 0);
        for written in words {
            let inside = |error: PatternError| PatternError {
                span: span.clone(),
                message: format!("в классе @{name}, «{written}»: {}", error.message),
                hint: error.hint,
            };
            let nodes = parse::parse(written).map_err(inside)?;
            let sequence = self.sequence(&nodes).map_err(inside)?;
            match sequence.as_slice() {
                [Element::Atom { keys, features, cost }] if features.is_empty() && !keys.is_empty() => {
                    plain += cost;
                    for key in keys {
                        self.vocabulary.add_member(literal, *key);
                    }
                }
                _ => phrases.push(sequence),
            }
        }
        self.open.pop();
        let phrases = (!phrases.is_empty()).then(|| Arc::new(Choice::new(phrases)));
        let whole = phrases.as_ref().map(|phrases| Choice::of_class(literal, plain, Arc::clone(phrases)));
        Ok(Class { literal, cost: plain, phrases, whole })
    }
}

/// How often a word is met, roughly: good enough to choose what to look for. Short words are common, and so are those of these lists.
fn cost(written: &str) -> usize {
    match written {
        "я" | "в" | "и" | "не" | "на" | "с" | "что" | "по" | "мы" | "быть" => 400,
        "за" | "для" | "к" | "от" | "из" | "о" | "у" | "до" | "как" | "а" | "но" | "это" | "этот" | "тот" | "свой" | "мой" | "наш"
        | "он" | "они" | "она" | "все" | "весь" | "который" | "клиент" | "работа" | "один" | "так" => {
            120
        }
        "мочь"
        | "стать"
        | "сделать"
        | "делать"
        | "чтобы"
        | "если"
        | "когда"
        | "после"
        | "время"
        | "год"
        | "месяц"
        | "день"
        | "человек"
        | "сотрудник"
        | "команда"
        | "компания"
        | "отдел"
        | "работать"
        | "вопрос"
        | "проблема"
        | "задача"
        | "новый"
        | "только"
        | "каждый"
        | "очень"
        | "себя"
        | "такой"
        | "другой"
        | "раз"
        | "или"
        | "еще"
        | "уже"
        | "можно"
        | "нужно"
        | "без"
        | "при"
        | "кто"
        | "вы"
        | "ваш"
        | "решить"
        | "решение"
        | "опыт"
        | "руководитель"
        | "звонок"
        | "заявка"
        | "система"
        | "есть"
        | "процесс"
        | "результат" => 40,
        _ => match written.chars().count() {
            0..=2 => 40,
            3 => 12,
            4 => 5,
            _ => 3,
        },
    }
}

/// Does the pattern itself speak of a negation? Then «не» in the text is what it looks for.
fn negates(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match &node.kind {
        NodeKind::Word { text, .. } | NodeKind::Form { text, .. } => {
            matches!(
                fold(text).as_str(),
                "не" | "ни"
                    | "нет"
                    | "без"
                    | "никто"
                    | "ничто"
                    | "ничего"
                    | "никогда"
                    | "никакой"
                    | "нельзя"
                    | "некого"
                    | "незачем"
            )
        }
        NodeKind::Any(alternatives) => alternatives.iter().any(|a| negates(a)),
        NodeKind::Optional(inner) => negates(std::slice::from_ref(inner)),
        _ => false,
    })
}

fn feature_set(names: &[(String, Range<usize>)]) -> Result<Features, PatternError> {
    let mut set = Features::NONE;
    for (name, span) in names {
        set = set | Features::named(name).ok_or_else(|| unknown_feature(name, span.clone()))?;
    }
    Ok(set)
}

fn near_feature(name: &str) -> bool {
    crate::suggest::nearest(name, Features::names()).is_some()
}

fn unknown_feature(name: &str, span: Range<usize>) -> PatternError {
    let hint = match crate::suggest::nearest(name, Features::names()) {
        Some(near) => format!("возможно, вы имели в виду {near}"),
        None => "признаки перечислены в docs/lexicons.md".to_string(),
    };
    PatternError { span, message: format!("признака «{name}» нет"), hint }
}
