//! What is known of the commands of LaTeX.

use std::ops::Range;

/// What a command does to the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Its first argument is a heading.
    Heading,
    /// It begins a paragraph, and its argument is one.
    Block,
    /// It changes how its argument looks, in the middle of a word too. So many arguments before that are no text.
    Inline(usize),
    /// Any other: so many arguments are no text, what follows is.
    Other(usize),
}

impl Role {
    /// How many arguments are no text.
    pub fn skipped(self) -> usize {
        match self {
            Self::Heading | Self::Block => 0,
            Self::Inline(arguments) | Self::Other(arguments) => arguments,
        }
    }
}

const HEADINGS: [&str; 13] = [
    "part",
    "chapter",
    "section",
    "subsection",
    "subsubsection",
    "paragraph",
    "subparagraph",
    "title",
    "subtitle",
    "cvsection",
    "cvsubsection",
    "sectiontitle",
    "frametitle",
];

/// Of letters and of documents at large.
const BLOCKS: [&str; 22] = [
    "opening",
    "closing",
    "ps",
    "encl",
    "cc",
    "signature",
    "par",
    "newline",
    "linebreak",
    "newpage",
    "clearpage",
    "pagebreak",
    "maketitle",
    "makelettertitle",
    "makeletterclosing",
    "makecvtitle",
    "medskip",
    "bigskip",
    "smallskip",
    "hline",
    "caption",
    "author",
];

/// How something looks.
const INLINE: [&str; 30] = [
    "textbf",
    "textit",
    "emph",
    "underline",
    "uline",
    "textsc",
    "texttt",
    "textsf",
    "textrm",
    "textup",
    "textmd",
    "textsl",
    "textnormal",
    "text",
    "mbox",
    "hbox",
    "fbox",
    "textsuperscript",
    "textsubscript",
    "bfseries",
    "itshape",
    "scshape",
    "upshape",
    "normalfont",
    "bf",
    "it",
    "em",
    "enquote",
    "so",
    "hl",
];

/// The arguments of these are no text: all of them, however many there are.
const NEVER: [&str; 62] = [
    "documentclass",
    "usepackage",
    "RequirePackage",
    "input",
    "include",
    "includeonly",
    "includegraphics",
    "label",
    "ref",
    "pageref",
    "eqref",
    "autoref",
    "cite",
    "citep",
    "citet",
    "bibliography",
    "bibliographystyle",
    "vspace",
    "hspace",
    "vskip",
    "hskip",
    "setlength",
    "addtolength",
    "setcounter",
    "addtocounter",
    "pagestyle",
    "thispagestyle",
    "geometry",
    "hypersetup",
    "color",
    "definecolor",
    "newcommand",
    "renewcommand",
    "providecommand",
    "newenvironment",
    "renewenvironment",
    "fontsize",
    "selectlanguage",
    "setmainfont",
    "setsansfont",
    "setmonofont",
    "setmainlanguage",
    "setotherlanguage",
    "fontspec",
    "linespread",
    "url",
    "nolinkurl",
    "rule",
    "moderncvstyle",
    "moderncvcolor",
    "moderncvtheme",
    "photo",
    "homepage",
    "social",
    "extrainfo",
    "address",
    "hyphenation",
    "graphicspath",
    "pagenumbering",
    "setlist",
    "titleformat",
    "titlespacing",
];

/// The first arguments of these are no text.
const PARTLY: [(&str, usize); 10] = [
    ("href", 1),
    ("textcolor", 1),
    ("colorbox", 1),
    ("parbox", 1),
    ("raisebox", 1),
    ("scalebox", 1),
    ("resizebox", 2),
    ("multicolumn", 2),
    ("multirow", 2),
    ("foreignlanguage", 1),
];

pub fn role(name: &str) -> Role {
    if HEADINGS.contains(&name) {
        Role::Heading
    } else if BLOCKS.contains(&name) {
        Role::Block
    } else if INLINE.contains(&name) {
        Role::Inline(0)
    } else if NEVER.contains(&name) {
        Role::Other(9)
    } else {
        PARTLY.iter().find(|(known, _)| *known == name).map_or(Role::Other(0), |(_, skipped)| Role::Inline(*skipped))
    }
}

/// What is printed under a letter though it stands in the preamble.
pub fn is_signature(name: &str) -> bool {
    matches!(name, "signature" | "telephone" | "phone" | "mobile" | "email")
}

/// Signs with names.
pub fn symbol(name: &str) -> Option<char> {
    Some(match name {
        "dots" | "ldots" | "textellipsis" => '…',
        "textendash" => '–',
        "textemdash" | "cyrdash" => '—',
        "No" | "textnumero" | "cyrnumero" => '№',
        "guillemotleft" | "guillemetleft" | "flqq" | "og" => '«',
        "guillemotright" | "guillemetright" | "frqq" | "fg" => '»',
        "glqq" | "quotedblbase" => '„',
        "grqq" | "textquotedblleft" => '“',
        "textquotedblright" => '”',
        "quad" | "qquad" | "enspace" | "thinspace" | "hfill" | "space" | "nobreakspace" => ' ',
        "textbullet" => '•',
        "texteuro" | "euro" => '€',
        "rub" | "textruble" => '₽',
        "slash" => '/',
        _ => return None,
    })
}

/// Commands that print their own name.
pub fn is_word(name: &str) -> bool {
    matches!(name, "TeX" | "LaTeX" | "XeLaTeX" | "LuaLaTeX" | "BibTeX")
}

/// What stands in an environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Environment {
    /// No prose.
    Hidden,
    /// Prose after arguments that are none.
    Arguments,
    Prose,
}

pub fn environment(name: &str) -> Environment {
    match name.trim_end_matches('*') {
        "verbatim" | "Verbatim" | "lstlisting" | "minted" | "comment" | "equation" | "align" | "gather" | "multline" | "eqnarray"
        | "math" | "displaymath" | "tikzpicture" | "picture" | "filecontents" | "thebibliography" => Environment::Hidden,
        "tabular" | "tabularx" | "tabulary" | "longtable" | "array" | "minipage" | "multicols" | "letter" | "wrapfigure" => {
            Environment::Arguments
        }
        _ => Environment::Prose,
    }
}

/// The comment of a line of LaTeX: its bytes from the sign on.
pub fn comment(line: &str) -> Option<Range<usize>> {
    let mut escaped = false;
    let start = line.char_indices().find(|(_, c)| {
        let begins = *c == '%' && !escaped;
        escaped = *c == '\\' && !escaped;
        begins
    })?;
    Some(start.0..line.len())
}
