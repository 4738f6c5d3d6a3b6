//! Sentence → clauses: the unit that has one role in a story.
//!
//! «Я внедрил чат-бот, | что сократило ожидание на 40 %» is two clauses; «клиент, которому отказали» is one: a relative clause
//! shares the role of its noun. A piece without a predicate belongs to its neighbour.

use std::ops::Range;

use super::features::Features as F;
use super::subject::Subject;
use super::text::Sentence;
use super::token::{Token, TokenKind};

/// What stands between a clause and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Boundary {
    /// The text begins, or a new paragraph, list item or heading.
    Block,
    Sentence,
    /// «;»
    Semicolon,
    Colon,
    Dash,
    /// «, и», «, а», «, но»…
    Coordinate,
    /// «, что позволило», «, благодаря чему», «, поэтому», «, так что»: what follows from the clause before.
    Consequence,
    /// «, когда», «, если», «, потому что»…
    Subordinate,
    /// «, сократив…»
    Gerund,
    /// A comma between two predicates.
    Comma,
    /// «и», «а», «но» between two predicates without a comma.
    And,
    /// Speech without punctuation.
    Run,
}

impl Boundary {
    pub const ALL: [Boundary; 12] = [
        Boundary::Block,
        Boundary::Sentence,
        Boundary::Semicolon,
        Boundary::Colon,
        Boundary::Dash,
        Boundary::Coordinate,
        Boundary::Consequence,
        Boundary::Subordinate,
        Boundary::Gerund,
        Boundary::Comma,
        Boundary::And,
        Boundary::Run,
    ];

    /// The name in weights and traces.
    pub fn name(self) -> &'static str {
        match self {
            Boundary::Block => "block",
            Boundary::Sentence => "sentence",
            Boundary::Semicolon => "semicolon",
            Boundary::Colon => "colon",
            Boundary::Dash => "dash",
            Boundary::Coordinate => "coordinate",
            Boundary::Consequence => "consequence",
            Boundary::Subordinate => "subordinate",
            Boundary::Gerund => "gerund",
            Boundary::Comma => "comma",
            Boundary::And => "and",
            Boundary::Run => "run",
        }
    }
}

/// A clause.
#[derive(Debug, Clone)]
pub struct Clause {
    pub tokens: Range<usize>,
    pub sentence: usize,
    pub boundary: Boundary,
    /// The token of the first finite predicate.
    pub predicate: Option<usize>,
    pub subject: Subject,
}

/// Cut every sentence.
pub fn cut(tokens: &[Token], sentences: &[Sentence]) -> Vec<Clause> {
    let mut clauses = Vec::new();
    let mut block = usize::MAX;
    for (number, sentence) in sentences.iter().enumerate() {
        let opening = if sentence.block == block { Boundary::Sentence } else { Boundary::Block };
        block = sentence.block;
        let first = clauses.len();
        let mut start = sentence.tokens.start;
        let mut boundary = opening;
        for (place, kind) in Cutter::new(tokens, sentence.tokens.clone()).cuts() {
            clauses.push(clause(tokens, start..place, number, boundary));
            start = place;
            boundary = kind;
        }
        clauses.push(clause(tokens, start..sentence.tokens.end, number, boundary));
        debug_assert_eq!(clauses[first].tokens.start, sentence.tokens.start);
    }
    clauses
}

fn clause(tokens: &[Token], range: Range<usize>, sentence: usize, boundary: Boundary) -> Clause {
    let predicate = range.clone().find(|place| is_predicate(&tokens[*place]));
    Clause { tokens: range, sentence, boundary, predicate, subject: Subject::None }
}

/// A finite verb, a short participle or adjective, «нужно», «нет».
pub fn is_predicate(token: &Token) -> bool {
    if token.kind != TokenKind::Word {
        return false;
    }
    let top = token.word.top();
    top.has(F::FIN) && top.any(F::VERB | F::AUX)
        || top.has(F::SHORT) && (top.has(F::PARTICIPLE) || top.has(F::ADJ))
        || matches!(token.form(), "надо" | "можно" | "нельзя" | "нет" | "пора" | "жаль" | "нету")
}

fn is_gerund(token: &Token) -> bool {
    token.kind == TokenKind::Word && token.word.is(F::CONV)
}

const COORDINATORS: [&str; 8] = ["и", "а", "но", "или", "зато", "однако", "да", "либо"];
const SUBORDINATORS: [&str; 15] =
    ["когда", "если", "пока", "хотя", "поскольку", "ибо", "раз", "потому", "так", "едва", "прежде", "после", "чтобы", "чтоб", "где"];
const CONSEQUENCES: [&str; 6] = ["поэтому", "благодаря", "вследствие", "отчего", "почему", "следовательно"];
/// Words that open a new thought in speech without punctuation.
const MARKERS: [&str; 22] = [
    "потом",
    "затем",
    "дальше",
    "далее",
    "значит",
    "короче",
    "сначала",
    "ну",
    "вот",
    "оказалось",
    "теперь",
    "итог",
    "поэтому",
    "тогда",
    "плюс",
    "параллельно",
    "сейчас",
    "щас",
    "выяснилось",
    "зато",
    "причем",
    "правда",
];
/// Whom a task is given to, at the head of a clause without a subject.
const AT_TASK: [&str; 4] = ["мне", "нам", "меня", "нас"];
/// What a clause hangs on: «то, чем | никто не пользуется» is one.
const RELATIVES: [&str; 12] = ["чем", "что", "чего", "чему", "кто", "кого", "кому", "кем", "куда", "как", "сколько", "насколько"];
/// What tells a task without a subject.
const NEEDS: [&str; 6] = ["надо", "нужно", "необходимо", "пришлось", "предстояло", "требовалось"];
/// Nouns by which a clause begins with its time: «через месяц», «к октябрю», «с тех пор».
const TIMES: [&str; 31] = [
    "месяц",
    "неделя",
    "год",
    "день",
    "час",
    "минута",
    "полгода",
    "квартал",
    "сезон",
    "пора",
    "итог",
    "результат",
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
    "зима",
    "весна",
    "лето",
    "осень",
    "вечер",
    "утро",
    "понедельник",
];
/// Words between two places where a person who writes without punctuation would have put some.
const UNPUNCTUATED: usize = 22;

struct Cutter<'t> {
    tokens: &'t [Token],
    sentence: Range<usize>,
    predicates: Count,
    finite: Count,
    gerunds: Count,
    infinitives: Count,
    /// Words that bring a subject of their own into a clause.
    openings: Count,
    /// For each token of the sentence the last finite verb before it.
    verb_before: Vec<Option<usize>>,
    /// For each token of the sentence the words around it without a punctuation mark between.
    run: Vec<usize>,
}

/// How many tokens of a kind stand before each token of a sentence: a sentence without end costs no more for each word than a short one.
struct Count {
    start: usize,
    before: Vec<u32>,
}

impl Count {
    fn new(tokens: &[Token], sentence: &Range<usize>, is: impl Fn(&Token) -> bool) -> Self {
        let mut count = 0;
        let mut before = Vec::with_capacity(sentence.len() + 1);
        before.push(count);
        for token in &tokens[sentence.clone()] {
            count += u32::from(is(token));
            before.push(count);
        }
        Self { start: sentence.start, before }
    }

    /// Is there one among these tokens of the sentence?
    fn any(&self, range: Range<usize>) -> bool {
        !range.is_empty() && self.before[range.end - self.start] > self.before[range.start - self.start]
    }
}

impl<'t> Cutter<'t> {
    fn new(tokens: &'t [Token], sentence: Range<usize>) -> Self {
        let own = &tokens[sentence.clone()];
        let mut last = None;
        let mut verb_before = Vec::with_capacity(own.len());
        for (place, token) in sentence.clone().zip(own) {
            verb_before.push(last);
            if token.word.is(F::VERB.with(F::FIN)) {
                last = Some(place);
            }
        }
        let mut run = vec![0; own.len()];
        let mut from = 0;
        for piece in own.chunk_by(|one, other| one.is_word() && other.is_word()) {
            let words = if piece[0].is_word() { piece.len() } else { 0 };
            run[from..from + piece.len()].fill(words);
            from += piece.len();
        }
        Self {
            tokens,
            predicates: Count::new(tokens, &sentence, is_predicate),
            finite: Count::new(tokens, &sentence, |token| token.word.is(F::VERB.with(F::FIN))),
            gerunds: Count::new(tokens, &sentence, is_gerund),
            infinitives: Count::new(tokens, &sentence, |token| token.word.is(F::INF)),
            openings: Count::new(tokens, &sentence, |token| {
                token.word.is(F::PRON.with(F::NOM))
                    || SUBORDINATORS.contains(&token.form())
                    || token.word.has_lemma("который")
                    || token.form() == "что"
            }),
            verb_before,
            run,
            sentence,
        }
    }

    /// First tokens of the clauses after the first, with what stands before them.
    fn cuts(&self) -> Vec<(usize, Boundary)> {
        let mut candidates: Vec<(usize, Boundary)> = Vec::new();
        let mut last = self.sentence.start;
        for place in self.sentence.start + 1..self.sentence.end {
            if let Some(boundary) = self.candidate(place, last) {
                candidates.push((place, boundary));
                last = place;
            }
        }
        self.merge(candidates)
    }

    /// Could a clause begin at this token?
    fn candidate(&self, place: usize, clause_start: usize) -> Option<Boundary> {
        let token = &self.tokens[place];
        let before = &self.tokens[place - 1];
        if token.quoted && before.quoted || !token.is_word() && !token.is_transparent() {
            return None;
        }
        if before.kind == TokenKind::Punct {
            return match before.form() {
                ";" => Some(Boundary::Semicolon),
                ":" => Some(Boundary::Colon),
                "—" | "–" | "-" => Some(Boundary::Dash),
                "," => self.after_comma(place),
                _ => None,
            };
        }
        if COORDINATORS.contains(&token.form()) && self.joins_predicates(place, clause_start) {
            return Some(Boundary::And);
        }
        self.runs_on(place, clause_start).then_some(Boundary::Run)
    }

    fn form(&self, place: usize) -> &str {
        self.tokens.get(place).filter(|_| place < self.sentence.end).map_or("", Token::form)
    }

    fn after_comma(&self, place: usize) -> Option<Boundary> {
        let form = self.form(place);
        let next = self.form(place + 1);
        if self.tokens[place].word.has_lemma("который")
            || matches!(next, "которого" | "которой" | "которых" | "котором" | "которую" | "которому")
            || self.second_has_relative(place)
        {
            return None;
        }
        if form == "что" {
            let complement = self.tokens[..place - 1].last().is_some_and(takes_complement);
            return (!complement).then_some(Boundary::Consequence);
        }
        if form == "как" || matches!(form, "чтобы" | "чтоб") || form == "ли" {
            return None;
        }
        if matches!(form, "из-за" | "после" | "в" | "за" | "благодаря") && matches!(next, "чего" | "чему" | "итоге" | "результате")
            || form == "так" && next == "что"
            || CONSEQUENCES.contains(&form)
        {
            return Some(Boundary::Consequence);
        }
        if COORDINATORS.contains(&form) {
            return Some(Boundary::Coordinate);
        }
        if SUBORDINATORS.contains(&form) {
            return Some(Boundary::Subordinate);
        }
        let gerund = (place..(place + 3).min(self.sentence.end)).any(|at| is_gerund(&self.tokens[at]));
        Some(if gerund { Boundary::Gerund } else { Boundary::Comma })
    }

    fn second_has_relative(&self, place: usize) -> bool {
        self.tokens.get(place + 1).is_some_and(|token| place + 1 < self.sentence.end && token.word.has_lemma("который"))
    }

    /// Is there a finite predicate on both sides of a conjunction without a comma?
    fn joins_predicates(&self, place: usize, clause_start: usize) -> bool {
        let left = self.predicates.any(clause_start..place);
        let right = (place + 1..self.sentence.end)
            .take_while(|at| {
                let form = self.form(*at);
                self.tokens[*at].kind != TokenKind::Punct && !COORDINATORS.contains(&form) && !MARKERS.contains(&form)
            })
            .take(9)
            .any(|at| is_predicate(&self.tokens[at]));
        left && right
    }

    /// Speech without punctuation: a new thought begins where a word that opens one, or a subject with its verb, follows a complete clause.
    fn runs_on(&self, place: usize, clause_start: usize) -> bool {
        let token = &self.tokens[place];
        if token.kind != TokenKind::Word
            || !self.is_unpunctuated(place)
            || place < clause_start + if self.is_pronoun_of_teller(place) { 1 } else { 2 }
        {
            return false;
        }
        if !self.predicates.any(clause_start..place) {
            return false;
        }
        let ahead = |width: usize| {
            (place..self.sentence.end)
                .take(width)
                .take_while(|at| self.tokens[*at].kind != TokenKind::Punct)
                .any(|at| is_predicate(&self.tokens[at]))
        };
        let opener = COORDINATORS.contains(&token.form())
            || MARKERS.contains(&token.form())
            || SUBORDINATORS.contains(&token.form()) && (token.form() != "так" || self.form(place + 1) == "что");
        if opener {
            return ahead(8) && !COORDINATORS.contains(&self.form(place - 1)) && !MARKERS.contains(&self.form(place - 1));
        }
        let subject = token.word.is(F::PRON.with(F::NOM)) && !token.word.top().has(F::REL)
            || token.word.is(F::NOUN.with(F::NOM)) && !self.tokens[place - 1].word.top().any(F::ADP | F::ADJ | F::DET | F::NUM);
        let previous = self.form(place - 1);
        let joined = COORDINATORS.contains(&previous) || MARKERS.contains(&previous) || SUBORDINATORS.contains(&previous);
        let relative = RELATIVES.contains(&previous);
        // «выезжают в семь | я прикинула»: nothing before «я» belongs to it.
        let narrator = matches!(token.form(), "я" | "мы");
        if narrator && !joined && !relative && !self.tokens[place - 1].word.is(F::PRON.with(F::NOM)) && previous != "не" {
            return self.finite_within(place + 1, 5);
        }
        if subject && !joined && !relative && !self.tokens[place - 1].word.top().any(F::ADJ | F::DET | F::NUM | F::ADP | F::PRON) {
            return self.finite_within(place + 1, 3) && !self.is_object(place);
        }
        // «… | надо было довезти до утра».
        if NEEDS.contains(&token.form()) {
            return !joined && previous != "не" && !self.tokens[place - 1].word.top().any(F::PRON | F::ADV | F::PART_OF_SPEECH | F::AUX);
        }
        // «… | мне надо было решить быстро»: a task told without a subject.
        if AT_TASK.contains(&token.form()) && !self.governs_dative(place - 1) {
            return (place + 1..self.sentence.end).take(2).any(|at| is_predicate(&self.tokens[at]));
        }
        if !joined && (self.tells_when(place) || self.is_having(place)) {
            return true;
        }
        // A second finite verb with nothing between: «собрал их в чат | скинул фото».
        token.word.is(F::VERB.with(F::FIN))
            && token.word.top().any(F::PAST | F::FUT | F::FIRST)
            && !COORDINATORS.contains(&previous)
            && previous != "не"
            && self.finite.any(clause_start..place)
            && self.no_subject_between(clause_start, place)
    }

    /// «написали отзыв | я извинился»: a noun before a pronoun with its verb is what the verb before acts on.
    fn is_object(&self, place: usize) -> bool {
        let noun = self.tokens[place].word.is(F::NOUN);
        noun && (place + 1..self.sentence.end)
            .take(3)
            .take_while(|at| !self.tokens[*at].word.is(F::VERB.with(F::FIN)))
            .any(|at| self.tokens[at].word.is(F::PRON.with(F::NOM)))
    }

    /// «… минимум | у меня двадцать человек»: having needs no verb.
    fn is_having(&self, place: usize) -> bool {
        self.form(place) == "у"
            && matches!(self.form(place + 1), "меня" | "нас")
            && !self.tokens[place - 1].word.top().any(F::NOUN | F::ADP | F::PRON)
    }

    /// «… на перекур | через месяц заработали»: a time before its verb, after a clause that has all it needs.
    fn tells_when(&self, place: usize) -> bool {
        if !self.tokens[place].word.top().has(F::ADP) {
            return false;
        }
        let time = (place + 1..self.sentence.end)
            .take(3)
            .take_while(|at| self.tokens[*at].is_word())
            .find(|at| TIMES.iter().any(|lemma| self.tokens[*at].word.has_lemma(lemma)));
        // «не пользуется | через месяц стало тридцать», but «уволился через месяц нашёл другую».
        let became = |at: usize| at + 1 < self.sentence.end && self.tokens[at + 1].word.has_lemma("стать");
        let after_verb = self.verb_before[place - self.sentence.start] == Some(place - 1);
        time.is_some_and(|at| if after_verb { became(at) } else { self.finite_within(at + 1, 3) })
    }

    /// «сказал мне», «ко мне».
    fn governs_dative(&self, place: usize) -> bool {
        let token = &self.tokens[place];
        token.word.top().any(F::ADP | F::ADJ)
            || token.word.is(F::VERB.with(F::FIN))
            || COORDINATORS.contains(&token.form())
            || MARKERS.contains(&token.form())
            || SUBORDINATORS.contains(&token.form())
    }

    fn is_pronoun_of_teller(&self, place: usize) -> bool {
        matches!(self.form(place), "я" | "мы") || AT_TASK.contains(&self.form(place))
    }

    fn finite_within(&self, from: usize, width: usize) -> bool {
        (from..self.sentence.end).take(width).any(|at| self.tokens[at].word.is(F::VERB.with(F::FIN)))
    }

    fn no_subject_between(&self, start: usize, place: usize) -> bool {
        let verb = self.verb_before[place - self.sentence.start].filter(|verb| *verb >= start).unwrap_or(start);
        !self.openings.any(verb + 1..place)
    }

    /// Asked of words only.
    fn is_unpunctuated(&self, place: usize) -> bool {
        self.run[place - self.sentence.start] >= UNPUNCTUATED
    }

    /// Keep the candidates that part two predicates.
    fn merge(&self, candidates: Vec<(usize, Boundary)>) -> Vec<(usize, Boundary)> {
        let mut kept: Vec<(usize, Boundary)> = Vec::new();
        let mut start = self.sentence.start;
        for (index, &(place, boundary)) in candidates.iter().enumerate() {
            let end = candidates.get(index + 1).map_or(self.sentence.end, |next| next.0);
            let left = self.has_predicate(start..place, boundary);
            let right = self.has_predicate(place..end, boundary) || boundary == Boundary::Run && self.is_having(place);
            if left && right {
                kept.push((place, boundary));
                start = place;
            }
        }
        kept
    }

    fn has_predicate(&self, range: Range<usize>, boundary: Boundary) -> bool {
        let strong = matches!(boundary, Boundary::Semicolon | Boundary::Dash | Boundary::Colon);
        self.predicates.any(range.clone())
            || boundary == Boundary::Gerund && self.gerunds.any(range.clone())
            || strong && self.infinitives.any(range.clone())
            || boundary == Boundary::Semicolon && range.len() > 2
    }
}

/// A word after which «что» opens what was said, seen or decided, not what came of it.
fn takes_complement(head: &Token) -> bool {
    let top = head.word.top();
    top.any(F::VERB | F::AUX | F::PARTICIPLE | F::CONV) && !matches!(head.form(), "быть")
        || top.has(F::SHORT)
        || matches!(
            head.form(),
            "то" | "тем"
                | "того"
                | "тому"
                | "том"
                | "потому"
                | "затем"
                | "оттого"
                | "так"
                | "такой"
                | "настолько"
                | "себе"
                | "мне"
                | "им"
                | "ему"
                | "ей"
                | "нам"
                | "вам"
        )
        || matches!(
            head.word.lemma(),
            "вывод"
                | "мысль"
                | "факт"
                | "уверенность"
                | "правило"
                | "принцип"
                | "урок"
                | "дело"
                | "жалоба"
                | "ответ"
                | "понимание"
                | "всё"
        )
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::language::{Language, WordCache};
    use crate::pattern::Vocabulary;

    /// The text with «|» before each clause but the first.
    fn cut(language: &Language, source: &str) -> String {
        let document = Document::new(source.to_string());
        let text = language.read(&document, &Vocabulary::default(), &mut WordCache::default());
        let starts = text.clauses.iter().map(|clause| text.span(clause.tokens.clone()).start).skip(1);
        let mut cut = String::new();
        let mut from = 0;
        for start in starts {
            cut.push_str(&text.prose[from..start]);
            cut.push('|');
            from = start;
        }
        cut + &text.prose[from..]
    }

    #[test]
    fn cuts_stand_where_the_role_may_change() {
        let language = Language::load().unwrap();
        for expected in [
            // A result clause, a cause.
            "Мы ввели запись, |что сократило очередь вдвое.",
            "Я обучил смену, |благодаря чему жалобы прекратились.",
            "Поток вырос, |поэтому я пересобрал график.",
            // «что» after a word of speech or thought is no clause of its own.
            "Клиент сказал, что уходит.",
            // A relative clause stays with its noun.
            "Я позвонил клиенту, который ушёл в мае.",
            // Predicates of one subject.
            "Я собрал жалобы |и разложил их по темам.",
            "Купил хлеб и молоко.",
            // A gerund tells how; a purpose stays with its deed.
            "Я вышла в зал, |представившись управляющей.",
            "Я снял отчёт, чтобы найти причину.",
            // Several sentences, a semicolon, a dash between two predicates.
            "Было тяжело. |Мы справились; |никто не ушёл.",
        ] {
            assert_eq!(cut(&language, &expected.replace('|', "")), expected);
        }
    }

    #[test]
    fn speech_without_marks_is_cut_by_its_verbs_and_subjects() {
        let language = Language::load().unwrap();
        for expected in [
            "ну приехала семья с бронью а комплектов их размера не оказалось потому что напарник выдал их другим людям |мне надо было быстро решить чтобы они не ушли и не написали отзыв |я извинился |отправил парня за комплектами",
            "каждую пятницу мы всей сменой садились за стол в подсобке и выкидывали из базы знаний всё то чем никто не пользуется |через три месяца стало сорок обращений за смену",
            "она была вся вразнобой и никто толком не знал где в ней что лежит кроме двух самых опытных девочек которые сидели вдвоём |у меня двадцать человек в смене",
        ] {
            let cuts = cut(&language, &expected.replace('|', ""));
            for piece in expected.split('|').skip(1) {
                let head: String = piece.split(' ').take(3).collect::<Vec<_>>().join(" ");
                assert!(cuts.contains(&format!("|{head}")), "нет разреза перед «{head}»: {cuts}");
            }
            assert!(!cuts.contains("|никто не пользуется") && !cuts.contains("|отзыв"), "{cuts}");
        }
    }
}
