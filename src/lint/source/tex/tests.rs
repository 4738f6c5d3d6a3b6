use proptest::prelude::*;

use super::*;

/// The prose as it is read: invisible signs out, spaces one, paragraphs set apart by bars.
fn shown(text: &str) -> Vec<String> {
    let source = read(text.to_string());
    assert_eq!(source.text.chars().count(), source.prose.chars().count(), "{text:?}");
    let prose = source.prose.replace(NOTHING, "").replace('\u{A0}', " ").replace(LINE, "\n");
    let paragraphs = prose.split(BREAK).flat_map(|part| part.split("\n\n"));
    let words = paragraphs.map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "));
    words.filter(|words| !words.is_empty()).collect()
}

const LETTER: &str = r#"% !TeX program = xelatex
\documentclass[12pt]{letter}
\usepackage[russian]{babel}
\newcommand{\firm}[1]{\textbf{#1}}
\signature{Пётр Ким\\ +7 900 440-12-12}
\begin{document}
\begin{letter}{ООО <<Сфера>> \\ Москва}
\opening{Здравствуйте, Ольга Петровна!}

Откликаюсь на~вакансию руководителя "--- в~\textbf{[Название компании]}. % не забыть
% целая строка
Доля упала с~19 до~$11\,\%$, формула $x_1 + \alpha$ не в счёт; кто"=то "<сказал">: 100\,\%, R\&D.

\section*{Опыт работы}
\begin{itemize}
  \item вёл смену 2019--2022
  \item \href{https://пример.рф}{сайт} и \emph{дру}гое
\end{itemize}
\begin{verbatim}
начальник был самодур
\end{verbatim}
\closing{С уважением,}
\end{letter}
\end{document}
Не печатается.
"#;

#[test]
fn a_letter_is_read_as_it_is_printed() {
    assert_eq!(
        shown(LETTER),
        [
            "Пётр Ким +7 900 440-12-12",
            "Здравствуйте, Ольга Петровна!",
            "Откликаюсь на вакансию руководителя — в [Название компании]. Доля упала с 19 до 11 %, формула не в счёт; кто-то «сказал»: 100 %, R&D.",
            "# Опыт работы",
            "• вёл смену 2019–2022 • сайт и другое",
            "С уважением,",
        ]
    );
}

#[test]
fn places_are_those_of_the_file() {
    let source = read(LETTER.into());
    for phrase in ["[Название компании]", "вёл смену", "Ольга", "гое"] {
        let place = |text: &str| text[..text.find(phrase).unwrap()].chars().count();
        assert_eq!(place(&source.text), place(&source.prose), "{phrase}");
    }
}

#[test]
fn parts_of_documents_tables_and_résumés() {
    assert_eq!(shown("Вёл \\verb|код| и~\\url{https://x.y} \\LaTeX."), ["Вёл и LaTeX."]);
    assert_eq!(shown("\\begin{tabular}{l|r}\nСмена & 12 \\\\[1ex]\nСклад & 5\n\\end{tabular}"), ["Смена", "12 Склад", "5"]);
    assert_eq!(shown("\\cventry{2019--2022}{Мастер}{«Сфера»}{}{}{Вёл смену.}"), ["2019–2022", "Мастер", "«Сфера»", "Вёл смену."]);
    assert_eq!(shown("\\textcolor{red}{Важно}: \\vspace{1cm}да\n\n\\noindent [Имя]"), ["Важно: да", "[Имя]"]);
    assert_eq!(shown("Раз.\n\n% otvet-disable-line\n\nДва % три\nчетыре"), ["Раз.", "Два четыре"]);
    assert_eq!(shown("\\begin{enumerate}\n\\item\nпервое\n\\item[б)] второе\n\\end{enumerate}"), ["• первое", "• б) второе"]);
    assert_eq!(shown("% \\begin{document}\nТекст 5\\% \\$10 \\{да\\} a\\_b"), ["Текст 5% $10 {да} a_b"]);
}

#[test]
fn what_is_not_closed_costs_nothing_else() {
    for text in ["Слово $ и ещё", "Слово { и ещё", "Слово } и ещё", "Слово \\( и ещё", "Слово \\begin и ещё", "Слово \\textbf{ и ещё"]
    {
        assert_eq!(shown(text).join(" ").replace("$ ", ""), "Слово и ещё", "{text}");
    }
    assert_eq!(shown("Слово \\begin{verbatim} и ещё"), ["Слово"]);
}

#[test]
fn hostile_texts_are_read_in_time() {
    for part in [
        "\\[",
        "\\(",
        "{",
        "\\label{",
        "$a",
        "\\verb|",
        "\\item[",
        "\\begin{verbatim",
        "\\section[",
        "\\\\[",
        "%\\begin{document}",
        "\\begin{letter}",
    ] {
        let text = part.repeat(100_000 / part.len());
        assert_eq!(read(text.clone()).prose.chars().count(), text.chars().count());
    }
}

proptest! {
    #[test]
    fn any_text_keeps_its_length(parts in prop::collection::vec(prop::sample::select(vec![
        "\\", "{", "}", "[", "]", "$", "%", "\n", "\n\n", "\r\n", "\"", "<", ">", "-", "--", "`", "'", "~", "&", "*", "|", " ", "я", "Ёж", "👩‍💻", "e\u{301}",
        "\\begin{", "\\end{", "document}", "verbatim}", "letter}", "tabular}", "\\item", "\\section", "\\verb", "\\href", "\\signature", "\\textbf", "\\Имя", "\\(", "\\]", "12", "\\,",
    ]), 0..60)) {
        let text: String = parts.concat();
        let source = read(text.clone());
        prop_assert_eq!(source.prose.chars().count(), text.chars().count());
        for (printed, written) in source.prose.chars().zip(text.chars()) {
            prop_assert!(!printed.is_alphanumeric() || printed == written);
        }
    }
}
