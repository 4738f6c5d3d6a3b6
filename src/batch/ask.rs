//! What the user said about the inputs: names of columns, defaults for what a record does not say, the bank to find questions in.

use otvet::Level;
use otvet::document::Encoding;

use crate::bank::Bank;

/// Settings of every reader.
#[derive(Debug, Default)]
pub struct Ask {
    pub columns: Columns,
    /// For records that name no question.
    pub question_id: Option<String>,
    pub level: Option<Level>,
    /// For records without a kind; `answer` if none.
    pub kind: Option<String>,
    pub encoding: Option<Encoding>,
    pub delimiter: Option<u8>,
    pub sheet: Option<String>,
    pub bank: Bank,
    /// A question that is not in the bank is a mistake.
    pub strict: bool,
}

/// The headings (or JSON keys) the user named; where there are none they are looked for.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Columns {
    #[arg(id = "text-column", long = "text-column", value_name = "СТОЛБЕЦ", help = "Столбец с текстом ответа: заголовок или номер")]
    pub text: Option<String>,
    #[arg(id = "question-column", long = "question-column", value_name = "СТОЛБЕЦ", help = "Столбец с вопросом: его id или формулировкой")]
    pub question: Option<String>,
    #[arg(id = "candidate-column", long = "candidate-column", value_name = "СТОЛБЕЦ", help = "Столбец с именем кандидата")]
    pub candidate: Option<String>,
    #[arg(id = "level-column", long = "level-column", value_name = "СТОЛБЕЦ", help = "Столбец с уровнем должности")]
    pub level: Option<String>,
    #[arg(id = "id-column", long = "id-column", value_name = "СТОЛБЕЦ", help = "Столбец с id записи")]
    pub id: Option<String>,
    #[arg(id = "kind-column", long = "kind-column", value_name = "СТОЛБЕЦ", help = "Столбец с видом текста: answer, cover-letter…")]
    pub kind: Option<String>,
}
