//! Text of a pattern → tree. Knows the syntax only; words are resolved in `compile`.

use std::ops::Range;

/// An element of a pattern with its place in the text (bytes).
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    pub kind: NodeKind,
    pub span: Range<usize>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum NodeKind {
    /// `задача`, `задача[Ins]`, `VERB[Past]`, `WORD`.
    Word { text: String, features: Vec<(String, Range<usize>)> },
    /// `=итоге`
    Form { text: String, features: Vec<(String, Range<usize>)> },
    /// `~мотив`
    Prefix { text: String, features: Vec<(String, Range<usize>)> },
    /// `@employer`
    Class { name: String, features: Vec<(String, Range<usize>)> },
    /// `(a|b c)`
    Any(Vec<Vec<Node>>),
    /// `x?`
    Optional(Box<Node>),
    /// `...` or `...5`
    Gap(usize),
    /// `!x`
    Not(Box<Node>),
    /// `,`
    Pause,
    /// `^`
    Start,
    /// `$`
    End,
}

/// What is wrong with a pattern, where, and how to mend it.
#[derive(Debug, Clone, PartialEq)]
pub struct SyntaxError {
    pub span: Range<usize>,
    pub message: String,
    pub hint: String,
}

/// Words a gap lets through when the pattern does not say.
const GAP: usize = 3;
/// The widest gap a pattern may ask for: matching stays linear.
const WIDEST_GAP: usize = 12;

/// Read a pattern.
pub fn parse(text: &str) -> Result<Vec<Node>, SyntaxError> {
    let mut parser = Parser { text, at: 0, depth: 0 };
    let nodes = parser.sequence()?;
    if parser.at < text.len() {
        return Err(parser.error(
            parser.at..parser.at + 1,
            "лишняя закрывающая скобка или «|»",
            "каждой «)» нужна своя «(»; «|» пишется внутри скобок",
        ));
    }
    if nodes.is_empty() {
        return Err(parser.error(0..text.len(), "пустой шаблон", "напишите хотя бы одно слово"));
    }
    Ok(nodes)
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn error(&self, span: Range<usize>, message: &str, hint: &str) -> SyntaxError {
        SyntaxError { span, message: message.into(), hint: hint.into() }
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn skip_spaces(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn sequence(&mut self) -> Result<Vec<Node>, SyntaxError> {
        let mut nodes = Vec::new();
        loop {
            self.skip_spaces();
            if self.rest().is_empty() || self.rest().starts_with([')', '|']) {
                return Ok(nodes);
            }
            let node = self.element()?;
            nodes.push(node);
        }
    }

    fn element(&mut self) -> Result<Node, SyntaxError> {
        let start = self.at;
        let mut node = self.atom()?;
        if self.rest().starts_with('?') {
            self.at += 1;
            if matches!(node.kind, NodeKind::Gap(_) | NodeKind::Not(_) | NodeKind::Start | NodeKind::End) {
                return Err(self.error(start..self.at, "«?» здесь лишний", "необязательным бывает слово, класс или скобки"));
            }
            node = Node { kind: NodeKind::Optional(Box::new(node)), span: start..self.at };
        }
        Ok(node)
    }

    fn atom(&mut self) -> Result<Node, SyntaxError> {
        let start = self.at;
        let rest = self.rest();
        let kind = if rest.starts_with("...") {
            self.at += 3;
            self.gap(start)?
        } else if rest.starts_with('!') {
            self.at += 1;
            NodeKind::Not(Box::new(self.atom()?))
        } else if rest.starts_with('(') {
            self.group(start)?
        } else if rest.starts_with(',') {
            self.at += 1;
            NodeKind::Pause
        } else if rest.starts_with('^') {
            self.at += 1;
            NodeKind::Start
        } else if rest.starts_with('$') {
            self.at += 1;
            NodeKind::End
        } else {
            self.word(start)?
        };
        Ok(Node { kind, span: start..self.at })
    }

    fn gap(&mut self, start: usize) -> Result<NodeKind, SyntaxError> {
        let digits: String = self.rest().chars().take_while(char::is_ascii_digit).collect();
        self.at += digits.len();
        let width = if digits.is_empty() { GAP } else { digits.parse().unwrap_or(usize::MAX) };
        if width == 0 || width > WIDEST_GAP {
            return Err(self.error(start..self.at, "пропуск слишком широкий", &format!("пишите от ...1 до ...{WIDEST_GAP}")));
        }
        Ok(NodeKind::Gap(width))
    }

    fn group(&mut self, start: usize) -> Result<NodeKind, SyntaxError> {
        self.at += 1;
        self.depth += 1;
        if self.depth > 8 {
            return Err(self.error(start..self.at, "скобки вложены слишком глубоко", "вынесите часть в класс"));
        }
        let mut alternatives = Vec::new();
        loop {
            let sequence = self.sequence()?;
            if sequence.is_empty() {
                return Err(self.error(
                    start..self.at,
                    "пустой вариант в скобках",
                    "необязательную часть отмечайте знаком «?» после скобок",
                ));
            }
            alternatives.push(sequence);
            if self.rest().starts_with('|') {
                self.at += 1;
            } else if self.rest().starts_with(')') {
                self.at += 1;
                self.depth -= 1;
                if self.rest().starts_with('[') {
                    let features = self.features()?;
                    for first in alternatives.iter_mut().filter_map(|alternative| alternative.first_mut()) {
                        require(first, &features);
                    }
                }
                return Ok(NodeKind::Any(alternatives));
            } else {
                return Err(self.error(start..self.text.len(), "скобка не закрыта", "добавьте «)»"));
            }
        }
    }

    fn word(&mut self, start: usize) -> Result<NodeKind, SyntaxError> {
        let sign = self.rest().chars().next().filter(|c| matches!(c, '=' | '~' | '@'));
        self.at += sign.map_or(0, char::len_utf8);
        let from = self.at;
        let length = self.rest().find(|c: char| c.is_whitespace() || "()|?[],!^$=~@".contains(c)).unwrap_or(self.rest().len());
        self.at += length;
        let text = self.text[from..self.at].to_string();
        if text.is_empty() {
            let end = self.at + self.rest().chars().next().map_or(0, char::len_utf8);
            return Err(self.error(start..end.max(start + 1), "непонятный знак", "язык шаблонов описан в docs/lexicons.md"));
        }
        let features = if self.rest().starts_with('[') { self.features()? } else { Vec::new() };
        Ok(match sign {
            Some('=') => NodeKind::Form { text, features },
            Some('~') => NodeKind::Prefix { text, features },
            Some('@') => NodeKind::Class { name: text, features },
            _ => NodeKind::Word { text, features },
        })
    }

    fn features(&mut self) -> Result<Vec<(String, Range<usize>)>, SyntaxError> {
        let start = self.at;
        let Some(length) = self.rest().find(']') else {
            return Err(self.error(start..self.text.len(), "квадратная скобка не закрыта", "добавьте «]»"));
        };
        let inside = self.at + 1..self.at + length;
        let mut place = inside.start;
        let mut features = Vec::new();
        for name in self.text[inside].split(',') {
            let trimmed = name.trim();
            features.push((trimmed.to_string(), place..place + name.len()));
            place += name.len() + 1;
        }
        self.at += length + 1;
        Ok(features)
    }
}

/// `(a|b)[Nom]`: the features hold for the first word of each alternative.
fn require(node: &mut Node, wanted: &[(String, Range<usize>)]) {
    match &mut node.kind {
        NodeKind::Word { features, .. }
        | NodeKind::Form { features, .. }
        | NodeKind::Prefix { features, .. }
        | NodeKind::Class { features, .. } => {
            features.extend(wanted.iter().cloned());
        }
        NodeKind::Any(alternatives) => alternatives.iter_mut().filter_map(|a| a.first_mut()).for_each(|first| require(first, wanted)),
        NodeKind::Optional(inner) => require(inner, wanted),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<NodeKind> {
        parse(text).unwrap().into_iter().map(|n| n.kind).collect()
    }

    #[test]
    fn words_forms_and_classes() {
        let found = kinds("моя =итоге ~мотив @employer");
        assert!(matches!(&found[0], NodeKind::Word { text, .. } if text == "моя"));
        assert!(matches!(&found[1], NodeKind::Form { text, .. } if text == "итоге"));
        assert!(matches!(&found[2], NodeKind::Prefix { text, .. } if text == "мотив"));
        assert!(matches!(&found[3], NodeKind::Class { name, .. } if name == "employer"));
    }

    #[test]
    fn groups_options_gaps_and_negation() {
        let found = kinds("(нужно|было бы) быть? ...5 !не удаться");
        assert!(matches!(&found[0], NodeKind::Any(a) if a.len() == 2 && a[1].len() == 2));
        assert!(matches!(&found[1], NodeKind::Optional(_)));
        assert_eq!(found[2], NodeKind::Gap(5));
        assert!(matches!(&found[3], NodeKind::Not(_)));
    }

    #[test]
    fn features_keep_their_places() {
        let nodes = parse("VERB[Past,1]").unwrap();
        let NodeKind::Word { text, features } = &nodes[0].kind else { panic!("a word") };
        assert_eq!(text, "VERB");
        assert_eq!(features[1], ("1".to_string(), 10..11));
    }

    #[test]
    fn mistakes_are_explained() {
        for (wrong, part) in
            [("(a|b", "не закрыта"), ("a)", "лишняя"), ("", "пустой"), ("a[Past", "не закрыта"), ("...99", "широкий"), ("()", "пустой")]
        {
            let error = parse(wrong).unwrap_err();
            assert!(error.message.contains(part), "{wrong}: {}", error.message);
        }
    }
}
