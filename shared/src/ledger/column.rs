//! One column: what its cells hold, how typed text becomes a value and how a value is shown.

use super::cell::Value;
use crate::time::Date;
use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

mod score;

use score::read_score;
pub use score::{read_hundredths, show_hundredths};

/// A word of the trade, in both languages of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// In simplified Chinese.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
}

/// One column of an entry table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its key in a row.
    pub id: &'static str,
    /// Its heading.
    pub name: Term,
    /// What its cells hold.
    pub kind: CellKind,
    /// Whether its cells are written in the change that makes the row and never again.
    pub birth: bool,
    /// How wide it is first shown, in characters of Chinese.
    pub width: u8,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// A line of text.
    Text {
        /// The most graphemes it may have.
        max: usize,
    },
    /// Text of several lines.
    LongText {
        /// The most graphemes it may have.
        max: usize,
    },
    /// One of a few fixed words, kept by its code.
    Choice(&'static [Choice]),
    /// A civil date, kept as `yyyy-mm-dd`.
    Date,
    /// A year and month, kept as `yyyy-mm`.
    Month,
    /// A member, kept by id.
    Person,
    /// Several members: a set, whose elements are keys `column/element` with `true` or `false`.
    People {
        /// How many are usual at the most.
        max: usize,
    },
    /// A whole number.
    Number {
        /// The least it may be.
        min: i64,
        /// The most it may be.
        max: i64,
        /// What is counted, shown in the heading.
        unit: Option<Term>,
    },
    /// A score, kept in hundredths of a mark.
    Score {
        /// The most it may be, in hundredths; the least is nought.
        max: i64,
    },
    /// Yes or no.
    Flag,
    /// A row of another table of the same ledger, kept by id.
    RowOf {
        /// That table.
        table: &'static str,
    },
}

/// One of the words a choice allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// How it is kept; it never changes.
    pub code: &'static str,
    /// How it is shown.
    pub name: Term,
}

/// Why typed text cannot stand in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CellProblem {
    /// More graphemes than the column allows.
    #[error("at most {max} characters, not {count}")]
    TooLong {
        /// How many were typed.
        count: usize,
        /// How many are allowed.
        max: usize,
    },
    /// Not one of the column's words.
    #[error("not one of the words of this column")]
    NoSuchChoice,
    /// Not a date of the calendar.
    #[error("not a date")]
    NotADate,
    /// Not a whole number.
    #[error("not a whole number")]
    NotANumber,
    /// A number outside the column's bounds.
    #[error("between {min} and {max}")]
    OutOfRange {
        /// The least allowed.
        min: i64,
        /// The most allowed.
        max: i64,
    },
    /// Not a score of at most two decimals.
    #[error("not a score")]
    NotAScore,
    /// A score below nought or above full marks, in hundredths.
    #[error("a score between 0 and {max} hundredths")]
    ScoreOutOfRange {
        /// Full marks, in hundredths.
        max: i64,
    },
    /// Neither yes nor no.
    #[error("neither yes nor no")]
    NotAFlag,
    /// A name that only a chooser can turn into a member or a row.
    #[error("has to be chosen")]
    NeedsChoosing,
}

impl Term {
    /// A word in Chinese and in English.
    #[must_use]
    pub const fn new(zh: &'static str, en: &'static str) -> Self {
        Self { zh, en }
    }
}

impl Choice {
    /// A word of a choice, and the code it is kept by.
    #[must_use]
    pub const fn new(code: &'static str, zh: &'static str, en: &'static str) -> Self {
        let name = Term { zh, en };
        Self { code, name }
    }
}

impl Column {
    /// A column whose cells can be written again; `width` in characters of Chinese.
    #[must_use]
    pub const fn new(
        id: &'static str,
        zh: &'static str,
        en: &'static str,
        width: u8,
        kind: CellKind,
    ) -> Self {
        Self {
            id,
            name: Term { zh, en },
            kind,
            birth: false,
            width,
        }
    }

    /// A column whose cells are written in the change that makes the row, and never again.
    #[must_use]
    pub const fn birth(
        id: &'static str,
        zh: &'static str,
        en: &'static str,
        width: u8,
        kind: CellKind,
    ) -> Self {
        Self {
            birth: true,
            ..Self::new(id, zh, en, width, kind)
        }
    }

    /// Whether the column is a set, whose elements are cells of their own.
    #[must_use]
    pub const fn is_set(&self) -> bool {
        matches!(self.kind, CellKind::People { .. })
    }

    /// Whether numbers stand in it, which are shown to the right.
    #[must_use]
    pub const fn is_numeric(&self) -> bool {
        matches!(self.kind, CellKind::Number { .. } | CellKind::Score { .. })
    }

    /// Reads what a person typed or pasted. Text around is trimmed; nothing typed is the empty value; in number,
    /// date and choice columns full-width forms are read as their plain ones (NFKC).
    ///
    /// # Errors
    ///
    /// Says why the text cannot stand in this column. Members and rows are chosen by the page, which knows their
    /// names: for them any text is [`CellProblem::NeedsChoosing`].
    pub fn read(&self, typed: &str, today: Date) -> Result<Value, CellProblem> {
        let text = typed.trim();
        if text.is_empty() {
            return Ok(Value::Empty);
        }
        let plain = || text.nfkc().collect::<String>();
        match self.kind {
            CellKind::Text { max } => read_text(&text.split_whitespace().collect::<Vec<_>>().join(" "), max),
            CellKind::LongText { max } => read_text(&text.replace("\r\n", "\n"), max),
            CellKind::Choice(choices) => {
                let plain = plain();
                choices
                    .iter()
                    .find(|choice| {
                        choice.name.zh == plain
                            || choice.code == plain
                            || choice.name.en.eq_ignore_ascii_case(&plain)
                    })
                    .map(|choice| Value::Text(choice.code.to_owned()))
                    .ok_or(CellProblem::NoSuchChoice)
            }
            CellKind::Date => Date::parse(text, today)
                .map(|date| Value::Text(date.to_string()))
                .map_err(|_| CellProblem::NotADate),
            CellKind::Month => read_month(&plain(), today),
            CellKind::Number { min, max, .. } => read_number(&plain(), min, max),
            CellKind::Score { max } => read_score(&plain(), max),
            CellKind::Flag => match plain().to_lowercase().as_str() {
                "是" | "√" | "✓" | "1" | "true" | "yes" | "y" => Ok(Value::Flag(true)),
                "否" | "×" | "✗" | "0" | "false" | "no" | "n" => Ok(Value::Flag(false)),
                _ => Err(CellProblem::NotAFlag),
            },
            CellKind::Person | CellKind::People { .. } | CellKind::RowOf { .. } => {
                Err(CellProblem::NeedsChoosing)
            }
        }
    }

    /// What a cell with this value shows, in Chinese. Members and rows are shown by their id: their names are known
    /// to the page alone.
    #[must_use]
    pub fn show(&self, value: &Value) -> String {
        match (value, self.kind) {
            (Value::Empty, _) => String::new(),
            (Value::Text(code), CellKind::Choice(choices)) => choices
                .iter()
                .find(|choice| choice.code == code)
                .map_or_else(|| code.clone(), |choice| choice.name.zh.to_owned()),
            (Value::Text(text), _) => text.clone(),
            (Value::Number(hundredths), CellKind::Score { .. }) => show_hundredths(*hundredths),
            (Value::Number(number), _) => number.to_string(),
            (Value::Flag(flag), _) => if *flag { "是" } else { "否" }.to_owned(),
        }
    }
}

fn read_text(text: &str, max: usize) -> Result<Value, CellProblem> {
    let count = text.graphemes(true).count();
    if count > max || text.len() > crate::limit::TEXT_BYTES {
        return Err(CellProblem::TooLong { count, max });
    }
    Ok(Value::Text(text.to_owned()))
}

fn read_month(text: &str, today: Date) -> Result<Value, CellProblem> {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let typed = match digits {
        6 if text.len() == 6 => format!("{text}01"),
        _ => format!("{}-1", text.trim_end_matches(['月', '-', '.', '/'])),
    };
    Date::parse(&typed, today)
        .or_else(|_| Date::parse(text, today))
        .map(|date| Value::Text(date.to_string()[..7].to_owned()))
        .map_err(|_| CellProblem::NotADate)
}

fn read_number(text: &str, min: i64, max: i64) -> Result<Value, CellProblem> {
    let digits: String = text.trim_end_matches('%').chars().filter(|c| *c != ',').collect();
    let number: i64 = digits.parse().map_err(|_| CellProblem::NotANumber)?;
    if (min..=max).contains(&number) {
        Ok(Value::Number(number))
    } else {
        Err(CellProblem::OutOfRange { min, max })
    }
}

#[cfg(test)]
mod tests;
