//! What the model sees of a clause: cues of the lexicon and grammar, all by readable names.

use super::model::FeatureId;
use crate::analysis::quantities::{Quantity, QuantityKind};
use crate::language::{Boundary, Clause, Features as F, Subject, Text, Token, TokenKind};
use crate::report::Direction;

/// What a text brings to the features of its clauses.
pub struct Context<'a> {
    pub text: &'a Text<'a>,
    /// The kind of question, `letter`, or `none`.
    pub kind: &'a str,
    pub quantities: &'a [Quantity],
    /// Names of cues and rule types hit in each clause.
    pub hits: &'a [Vec<&'a str>],
}

/// The verb form of a clause's predicate.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    PastPerf,
    PastImp,
    Present,
    Future,
    Conditional,
    Imperative,
    Passive,
    Short,
    Infinitive,
    Gerund,
    None,
}

impl Form {
    fn name(self) -> &'static str {
        match self {
            Form::PastPerf => "past-perf",
            Form::PastImp => "past-imp",
            Form::Present => "present",
            Form::Future => "future",
            Form::Conditional => "conditional",
            Form::Imperative => "imperative",
            Form::Passive => "passive",
            Form::Short => "short",
            Form::Infinitive => "infinitive",
            Form::Gerund => "gerund",
            Form::None => "none",
        }
    }
}

/// What is counted over the whole text first.
struct Shape {
    words: usize,
    /// `story`, `plan`, `present` or `nominal`: the prevailing form of own predicates.
    mode: &'static str,
    has_result_number: bool,
}

/// Collect the features of every clause; `number` gives the number of a feature by its name, or drops it.
pub fn collect(context: &Context, mut number: impl FnMut(&str) -> Option<FeatureId>) -> Vec<Vec<FeatureId>> {
    let text = context.text;
    let shape = shape(context);
    let mut all: Vec<Vec<FeatureId>> = Vec::with_capacity(text.clauses.len());
    let mut words_before = 0;
    let mut buffer = String::new();
    let forms: Vec<Form> = text.clauses.iter().map(|clause| form(text, clause)).collect();
    for (index, clause) in text.clauses.iter().enumerate() {
        let mut features = Vec::with_capacity(24);
        let words = text.words(clause).count();
        let mut push = |parts: &[&str]| {
            buffer.clear();
            for (place, part) in parts.iter().enumerate() {
                if place > 0 {
                    buffer.push(' ');
                }
                buffer.push_str(part);
            }
            if let Some(id) = number(&buffer) {
                features.push(id);
            }
        };
        let group = group(context.kind);
        let subject = clause.subject.name();
        let form = forms[index];
        let place = place_name(words_before, words, shape.words);
        push(&["always"]);
        push(&["group", group, shape.mode]);
        push(&["subject", subject]);
        push(&["form", form.name()]);
        push(&["who-does", subject, form.name()]);
        push(&["in", group, "who-does", subject, form.name()]);
        push(&["mode", shape.mode, "form", form.name()]);
        push(&["mode", shape.mode, "place", place]);
        push(&["in", group, "place", place]);
        push(&["after", clause.boundary.name()]);
        push(&["after", clause.boundary.name(), "form", form.name()]);
        if let Some(word) = opening_word(text, clause) {
            push(&["opens", word]);
            push(&["opens", word, "form", form.name()]);
        }
        if index > 0 {
            push(&["before-form", forms[index - 1].name(), "form", form.name()]);
            push(&["before-subject", text.clauses[index - 1].subject.name(), "subject", subject]);
        }
        if let Some(next) = forms.get(index + 1) {
            push(&["next-form", next.name()]);
            for hit in &context.hits[index + 1] {
                push(&["next", hit]);
            }
        }
        push(&["length", length_name(words)]);
        // «Ушло 11 % клиентов, и директор поставил задачу»: what a task answers is the situation.
        let task_ahead = context.hits[index + 1..].iter().take(2).flatten().any(|hit| hit.starts_with("task/"));
        if task_ahead {
            push(&["task-ahead"]);
            push(&["task-ahead", "form", form.name()]);
            push(&["task-ahead", "place", place]);
        }
        if shape.has_result_number {
            push(&["measured", "place", place]);
        }
        for feature in small_signs(text, clause) {
            push(&["sign", feature]);
        }
        for kind in quantity_kinds(context.quantities, clause) {
            push(&["quantity", kind]);
            push(&["quantity", kind, "form", form.name()]);
            push(&["quantity", kind, "subject", subject]);
            push(&["in", group, "quantity", kind]);
            if task_ahead {
                push(&["task-ahead", "quantity", kind]);
            }
        }
        if let Some(direction) = moves(context.quantities, clause) {
            push(&["moves", direction]);
            push(&["moves", direction, "who-does", subject, form.name()]);
        }
        for hit in &context.hits[index] {
            push(&[hit]);
            push(&["in", group, hit]);
        }
        if index > 0 {
            for hit in &context.hits[index - 1] {
                push(&["before", hit]);
            }
        }
        all.push(features);
        // A thanks at the end moves nothing.
        words_before += if is_courtesy(context, index) { 0 } else { words };
    }
    all
}

/// Kinds of question whose answers are told alike.
pub fn group(kind: &str) -> &'static str {
    match kind {
        "behavioral" | "none" => "stories",
        "situational" => "plans",
        "letter" => "letters",
        "knowledge" => "practice",
        _ => "self",
    }
}

/// The conjunction, particle, preposition or pronoun a clause opens with: a word of a closed class says how the thought goes on.
fn opening_word<'t>(text: &'t Text, clause: &Clause) -> Option<&'t str> {
    let first = text.words(clause).next()?;
    let closed = F::CCONJ | F::SCONJ | F::PART_OF_SPEECH | F::ADP | F::PRON | F::DET | F::ADV;
    (first.kind == TokenKind::Word && first.word.top().any(closed)).then(|| first.form())
}

fn shape(context: &Context) -> Shape {
    let text = context.text;
    let (mut past, mut plan, mut present) = (0, 0, 0);
    for clause in &text.clauses {
        if !matches!(clause.subject, Subject::Narrator | Subject::We) {
            continue;
        }
        match form(text, clause) {
            Form::PastPerf => past += 2,
            Form::PastImp => past += 1,
            Form::Future | Form::Conditional => plan += 2,
            Form::Present => present += 1,
            _ => {}
        }
    }
    let mode = if past + plan + present == 0 {
        "nominal"
    } else if plan > past {
        "plan"
    } else if past >= present {
        "story"
    } else {
        "present"
    };
    let words =
        text.clauses.iter().enumerate().filter(|(index, _)| !is_courtesy(context, *index)).map(|(_, clause)| text.words(clause).count());
    let words = words.sum::<usize>().max(1);
    let has_result_number = context.quantities.iter().any(|q| matches!(q.kind, QuantityKind::FromTo | QuantityKind::Change));
    Shape { words, mode, has_result_number }
}

fn is_courtesy(context: &Context, index: usize) -> bool {
    context.hits[index].contains(&"other/greeting")
}

fn form(text: &Text, clause: &Clause) -> Form {
    let tokens = &text.tokens[clause.tokens.clone()];
    let Some(predicate) = clause.predicate else {
        return if tokens.iter().any(|token| token.word.is(F::CONV)) {
            Form::Gerund
        } else if tokens.iter().any(|token| token.word.is(F::INF)) {
            Form::Infinitive
        } else {
            Form::None
        };
    };
    let token = &text.tokens[predicate];
    if clause.boundary == Boundary::Gerund
        && tokens.iter().take_while(|other| other.start < token.start).any(|other| other.word.is(F::CONV))
    {
        return Form::Gerund;
    }
    verb_form(token)
}

fn verb_form(token: &Token) -> Form {
    let top = token.word.top();
    if token.resolved.has(F::CND) {
        Form::Conditional
    } else if top.has(F::IMPERATIVE) {
        Form::Imperative
    } else if top.has(F::PARTICIPLE) {
        Form::Passive
    } else if top.has(F::SHORT) || !top.has(F::FIN) {
        Form::Short
    } else if top.has(F::PAST) {
        if top.has(F::PERF) { Form::PastPerf } else { Form::PastImp }
    } else if top.has(F::FUT) || token.word.has_lemma("быть") && top.has(F::FIRST) {
        Form::Future
    } else {
        Form::Present
    }
}

fn place_name(before: usize, words: usize, total: usize) -> &'static str {
    if before == 0 {
        return "start";
    }
    if before + words >= total {
        return "end";
    }
    match (before * 2 + words) * 50 / total {
        0..15 => "15",
        15..30 => "30",
        30..50 => "50",
        50..70 => "70",
        70..85 => "85",
        _ => "100",
    }
}

fn length_name(words: usize) -> &'static str {
    match words {
        0..=2 => "1-2",
        3..=5 => "3-5",
        6..=10 => "6-10",
        _ => "11+",
    }
}

/// Small words and marks that colour a clause.
fn small_signs(text: &Text, clause: &Clause) -> Vec<&'static str> {
    let mut signs = Vec::new();
    let mut add = |sign| {
        if !signs.contains(&sign) {
            signs.push(sign);
        }
    };
    for token in &text.tokens[clause.tokens.clone()] {
        match token.form() {
            "?" => add("?"),
            "!" => add("!"),
            "вы" | "вас" | "вам" | "вами" => add("you"),
            "мне" | "меня" | "мной" => add("me"),
            "нас" | "нам" | "нами" => add("us"),
            "я" => add("i"),
            "не" => add("not"),
            "чтобы" => add("in-order-to"),
            "что" => add("that"),
            "если" => add("if"),
            "когда" => add("when"),
            "потому" | "поскольку" => add("because"),
            "но" => add("but"),
            _ => {}
        }
        if token.kind == TokenKind::Word {
            let top = token.word.top();
            match token.word.lemma() {
                "ваш" => add("you"),
                "мой" => add("my"),
                "наш" => add("us"),
                _ => {}
            }
            if top.has(F::NAME) {
                add("name");
            }
            if top.has(F::INF) {
                add("infinitive");
            }
            if top.has(F::CMP) {
                add("comparative");
            }
            if token.quoted {
                add("quoted");
            }
        }
    }
    let first = text.words(clause).next();
    if first.is_some_and(|token| token.word.is(F::INF)) {
        add("opens-with-infinitive");
    }
    if first.is_some_and(|token| token.word.is(F::VERB.with(F::FIN))) {
        add("opens-with-verb");
    }
    if clause.predicate.is_some_and(|place| text.tokens[place].negated) {
        add("denied");
    }
    signs
}

/// Which way a number of the clause moves.
fn moves(quantities: &[Quantity], clause: &Clause) -> Option<&'static str> {
    let inside = quantities.iter().filter(|quantity| clause.tokens.contains(&quantity.tokens.start));
    inside.filter_map(|quantity| quantity.direction).next().map(|direction| match direction {
        Direction::Up => "up",
        Direction::Down => "down",
    })
}

fn quantity_kinds(quantities: &[Quantity], clause: &Clause) -> Vec<&'static str> {
    let mut kinds: Vec<&'static str> = Vec::new();
    for quantity in quantities.iter().filter(|quantity| clause.tokens.contains(&quantity.tokens.start)) {
        let name = quantity.kind.name();
        if !kinds.contains(&name) {
            kinds.push(name);
        }
    }
    kinds
}
