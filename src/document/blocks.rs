//! The layout of a text: paragraphs, headings and list items, in plain text and light Markdown. Emphasis inside a block
//! lives in `emphasis`; sentences are no business of this module.

use std::ops::Range;

use super::emphasis::emphasis;

/// How a text is laid out. All ranges are bytes of the prose, in order, and do not overlap.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    pub blocks: Vec<Block>,
    /// Emphasis markers inside the blocks (`**`, `_`, backticks), to be skipped.
    pub emphasis: Vec<Range<usize>>,
    /// Stretches of bold text inside the blocks, without their markers: «**Результат**» often stands for a heading.
    pub bold: Vec<Range<usize>>,
}

/// A piece of the layout. Sentences do not cross its bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub kind: BlockKind,
    /// The content, without `#`, the list marker and spaces around, in bytes of the prose. Line breaks inside are kept.
    pub span: Range<usize>,
    /// The whole lines the block stands on, without the last line break, in bytes of the prose.
    pub line: Range<usize>,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// Lines up to a blank line or another block.
    Paragraph,
    /// A line that starts with one to six `#` and a space; `level` is their number.
    Heading { level: u8 },
    /// A line with a list marker, and the lines that continue it. So is a line of dialogue that starts with a dash.
    Item,
}

impl Layout {
    /// Cuts folded text into blocks, in O(n). Blank lines, rules (`---`, `***`) and code fences belong to no block; what
    /// stands between fences is read as prose.
    pub fn read(text: &str) -> Self {
        let mut builder = Builder { text, layout: Self::default(), open: None };
        let mut lines = lines(text).peekable();
        while let Some(line) = lines.next() {
            builder.line(line, lines.peek().cloned());
        }
        builder.close();
        builder.layout
    }
}

/// Where each line is, without its line break.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split('\n').map(move |line| {
        let range = start..start + line.len();
        start = range.end + 1;
        range
    })
}

/// A block that may still get lines.
struct Open {
    kind: BlockKind,
    /// The marker of an item.
    marker: Option<Marker>,
    span: Range<usize>,
    line: Range<usize>,
    /// The last of its lines.
    last: Range<usize>,
}

struct Builder<'t> {
    text: &'t str,
    layout: Layout,
    open: Option<Open>,
}

impl Builder<'_> {
    fn line(&mut self, line: Range<usize>, next: Option<Range<usize>>) {
        let content = &self.text[line.clone()];
        if is_divider(content) {
            return self.close();
        }
        if let Some((level, before)) = heading(content) {
            self.start(BlockKind::Heading { level }, None, before, line);
            return self.close();
        }
        if let Some((marker, before)) = Marker::read(content) {
            let next = next.and_then(|next| Marker::read(&self.text[next]));
            if self.starts_item(marker, next.map(|(marker, _)| marker)) {
                return self.start(BlockKind::Item, Some(marker), before, line);
            }
        }
        match &mut self.open {
            Some(open) if open.marker.is_none() || continues_item(content) => {
                open.span.end = line.end;
                open.line.end = line.end;
                open.last = line;
            }
            _ => self.start(BlockKind::Paragraph, None, 0, line),
        }
    }

    /// Whether a marker at the start of a line is meant as one. In the middle of a paragraph a dash or a number may as
    /// well have got to the start of the line by wrapping: «снизил отток до | 12. Потом…», «результат | — рост».
    fn starts_item(&self, marker: Marker, next: Option<Marker>) -> bool {
        let Some(open) = &self.open else { return true };
        marker.is_plain()
            || open.marker.is_some_and(|previous| previous.is_of_one_list(marker))
            || next.is_some_and(|next| marker.is_followed_by(next))
            || ends_sentence(&self.text[open.last.clone()])
    }

    /// Opens a block whose content starts `before` bytes into the line.
    fn start(&mut self, kind: BlockKind, marker: Option<Marker>, before: usize, line: Range<usize>) {
        self.close();
        self.open = Some(Open { kind, marker, span: line.start + before..line.end, line: line.clone(), last: line });
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let mut content = self.text[open.span.clone()].trim();
        if matches!(open.kind, BlockKind::Heading { .. }) {
            content = without_closing_hashes(content);
        }
        if content.is_empty() {
            return;
        }
        let indent = self.text[open.span.clone()].len() - self.text[open.span.clone()].trim_start().len();
        let start = open.span.start + indent;
        let span = start..start + content.len();
        emphasis(self.text, span.clone(), &mut self.layout);
        self.layout.blocks.push(Block { kind: open.kind, span, line: open.line });
    }
}

/// What a list item starts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marker {
    Bullet(char),
    /// `1.` or `1)`.
    Number(u16, char),
}

impl Marker {
    /// The marker at the start of a line, and how many bytes come before the content.
    fn read(line: &str) -> Option<(Self, usize)> {
        let trimmed = line.trim_start();
        let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
        let sign = trimmed[digits..].chars().next()?;
        let marker = match (digits, sign) {
            (0, '-' | '–' | '—' | '*' | '•' | '·' | '●' | '○' | '◦' | '▪' | '■' | '‣') => Self::Bullet(sign),
            // More digits are a year or a count.
            (1..=3, '.' | ')') => Self::Number(trimmed[..digits].parse().ok()?, sign),
            _ => return None,
        };
        let content = trimmed[digits + sign.len_utf8()..].strip_prefix(' ')?.trim_start();
        (!content.is_empty()).then(|| (marker, line.len() - content.len()))
    }

    /// A sign that does nothing else at the start of a line.
    fn is_plain(self) -> bool {
        matches!(self, Self::Bullet(sign) if !matches!(sign, '-' | '–' | '—'))
    }

    fn is_of_one_list(self, other: Self) -> bool {
        match (self, other) {
            (Self::Bullet(one), Self::Bullet(another)) => one == another,
            (Self::Number(_, one), Self::Number(_, another)) => one == another,
            _ => false,
        }
    }

    fn is_followed_by(self, next: Self) -> bool {
        match (self, next) {
            (Self::Number(number, _), Self::Number(following, _)) => self.is_of_one_list(next) && number.checked_add(1) == Some(following),
            _ => self.is_of_one_list(next),
        }
    }
}

/// The level of an ATX heading, and how many bytes come before its content.
fn heading(line: &str) -> Option<(u8, usize)> {
    let trimmed = line.trim_start();
    let content = trimmed.trim_start_matches('#');
    let level = u8::try_from(trimmed.len() - content.len()).ok().filter(|level| (1..=6).contains(level))?;
    (content.is_empty() || content.starts_with(' ')).then(|| (level, line.len() - content.len()))
}

/// `## Задача ##` is «Задача», but «C#» stays «C#».
fn without_closing_hashes(content: &str) -> &str {
    let open = content.trim_end_matches('#');
    if open.is_empty() || open.ends_with(' ') { open.trim_end() } else { content }
}

/// A line that is in no block: a blank one, a rule, a code fence. A line of underscores is a blank to fill in, so text.
fn is_divider(line: &str) -> bool {
    let line = line.trim();
    let is_rule = |sign: char| line.chars().all(|c| c == sign || c == ' ') && line.matches(sign).count() >= 3;
    let is_fence = |fence: &str| {
        line.strip_prefix(fence).is_some_and(|info| info.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == fence.as_bytes()[0]))
    };
    match line.chars().next() {
        None => true,
        Some(sign @ ('-' | '*' | '=' | '–' | '—')) => is_rule(sign),
        Some('`') => is_fence("```"),
        Some('~') => is_fence("~~~"),
        Some(_) => false,
    }
}

/// Whether a line without a marker goes on with the item above: it is indented, or does not start like a new paragraph.
fn continues_item(line: &str) -> bool {
    line.starts_with(' ') || !line.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase)
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches([' ', '»', '"', '”', '“', ')', ']', '*', '_', '`']).ends_with(['.', '!', '?', '…', ':', ';'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use BlockKind::{Heading, Item, Paragraph};

    fn outline(text: &str) -> Vec<(BlockKind, &str)> {
        Layout::read(text).blocks.into_iter().map(|block| (block.kind, &text[block.span])).collect()
    }

    #[test]
    fn a_blank_line_ends_a_paragraph_and_a_line_break_does_not() {
        assert_eq!(
            outline("Отток рос.\nМне поручили его снизить.\n \n\nСнизил на 12 %.\n"),
            [(Paragraph, "Отток рос.\nМне поручили его снизить."), (Paragraph, "Снизил на 12 %.")]
        );
    }

    #[test]
    fn nothing_has_no_blocks() {
        for text in ["", "\n", " \n ", "---", "#", "## ##", "```\n```"] {
            assert_eq!(Layout::read(text), Layout::default(), "{text:?}");
        }
    }

    #[test]
    fn headings() {
        assert_eq!(
            outline("# Ситуация\nОтток рос.\n## Задача ##\nУдержать.\n###### Знаю C#"),
            [
                (Heading { level: 1 }, "Ситуация"),
                (Paragraph, "Отток рос."),
                (Heading { level: 2 }, "Задача"),
                (Paragraph, "Удержать."),
                (Heading { level: 6 }, "Знаю C#"),
            ]
        );
        assert_eq!(outline("#1 в рейтинге"), [(Paragraph, "#1 в рейтинге")]);
        assert_eq!(outline("####### семь"), [(Paragraph, "####### семь")]);
    }

    #[test]
    fn lists() {
        assert_eq!(
            outline("Что я сделал:\n- собрал данные\n- обучил команду:\n    – операторов\n    – логистов\n* и всё\n• правда"),
            [
                (Paragraph, "Что я сделал:"),
                (Item, "собрал данные"),
                (Item, "обучил команду:"),
                (Item, "операторов"),
                (Item, "логистов"),
                (Item, "и всё"),
                (Item, "правда"),
            ]
        );
        assert_eq!(outline("1. Ситуация\n2. Задача\n\n10) Итог"), [(Item, "Ситуация"), (Item, "Задача"), (Item, "Итог")]);
        assert_eq!(
            outline("Я сделал три вещи\n— собрал данные,\n— обучил команду"),
            [(Paragraph, "Я сделал три вещи"), (Item, "собрал данные,"), (Item, "обучил команду")],
            "two such lines in a row are a list"
        );
    }

    #[test]
    fn a_dash_or_a_number_brought_by_wrapping_is_no_marker() {
        for text in [
            "Главный результат\n— рост продаж на 5 %",
            "Снизил отток до\n12. Потом ушёл",
            "Это было в\n2019. Год трудный",
            "-12 % к оттоку",
            "12.05.2024 пришёл клиент",
            "1.5 года работал",
        ] {
            assert_eq!(outline(text), [(Paragraph, text)]);
        }
    }

    #[test]
    fn dialogue_is_cut_like_a_list() {
        assert_eq!(
            outline("Клиент спросил:\n— Сколько ждать?\n— Час, — сказал я."),
            [(Paragraph, "Клиент спросил:"), (Item, "Сколько ждать?"), (Item, "Час, — сказал я.")]
        );
    }

    #[test]
    fn an_item_goes_on_until_a_new_paragraph() {
        assert_eq!(
            outline("- собрал данные\nза три месяца\n  Из CRM\n- обучил\nПосле этого отток упал."),
            [(Item, "собрал данные\nза три месяца\n  Из CRM"), (Item, "обучил"), (Paragraph, "После этого отток упал.")]
        );
    }

    #[test]
    fn rules_and_fences_divide_but_a_blank_to_fill_in_is_text() {
        assert_eq!(outline("Раз\n---\nДва\n* * *\nТри"), [(Paragraph, "Раз"), (Paragraph, "Два"), (Paragraph, "Три")]);
        assert_eq!(outline("```text\nСнизил отток.\n```"), [(Paragraph, "Снизил отток.")]);
        assert_eq!(outline("```Снизил отток```"), [(Paragraph, "```Снизил отток```")]);
        assert_eq!(outline("Имя:\n_____"), [(Paragraph, "Имя:\n_____")]);
    }

    #[test]
    fn emphasis_does_not_cross_blocks() {
        let text = "## **Результат**\n- *отток* упал *\n- на* 5 %";
        let layout = Layout::read(text);
        let quote = |ranges: Vec<Range<usize>>| ranges.into_iter().map(|range| &text[range]).collect::<Vec<_>>();
        assert_eq!(quote(layout.bold), ["Результат"]);
        assert_eq!(quote(layout.emphasis), ["**", "**", "*", "*"]);
    }

    #[test]
    fn a_block_knows_its_lines() {
        let text = "Да:\n  - пункт\n    дальше \n\n# Итог #";
        let lines: Vec<_> = Layout::read(text).blocks.into_iter().map(|block| &text[block.line]).collect();
        assert_eq!(lines, ["Да:", "  - пункт\n    дальше ", "# Итог #"]);
    }

    #[test]
    fn hostile_layout_keeps_the_text_whole() {
        let pieces =
            ["\n", "\n", " ", "- ", "— ", "1. ", "12) ", "# ", "**", "_", "`", "```", "Я", "и", ".", "___", "---", "•", "😀", "\u{A0}"];
        let mut random = 77_u64;
        for _ in 0..50_000 {
            let mut text = String::new();
            for _ in 0..16 {
                random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                text.push_str(pieces[(random >> 33) as usize % pieces.len()]);
            }
            let layout = Layout::read(&text);
            let mut end = 0;
            let mut letters = 0;
            for block in &layout.blocks {
                assert!(end <= block.line.start, "blocks do not overlap: {text:?}");
                assert!(block.line.start <= block.span.start && block.span.end <= block.line.end, "{text:?}");
                let content = &text[block.span.clone()];
                assert!(!content.is_empty() && content == content.trim(), "{text:?}");
                letters += content.chars().filter(|c| c.is_alphabetic()).count();
                end = block.line.end;
            }
            assert!(layout.emphasis.is_sorted_by(|a, b| a.end <= b.start), "{text:?}");
            for part in layout.emphasis.iter().chain(&layout.bold) {
                assert!(text.get(part.clone()).is_some_and(|part| !part.is_empty()), "{text:?}");
                assert!(layout.blocks.iter().any(|block| block.span.start <= part.start && part.end <= block.span.end), "{text:?}");
            }
            assert_eq!(letters, text.chars().filter(|c| c.is_alphabetic()).count(), "no letter is lost: {text:?}");
        }
    }
}
