//! What a sheet came to once it was sent: units in one order, accounts in batches.

use shared::limit::ACCOUNTS_PER_ORDER;
use yew::AttrValue;

use crate::browser::http::HttpError;
use crate::i18n::{AdminNote, Language};
use crate::pages::request_words::failed;
use crate::store::batches::Added;

/// What was added.
#[derive(Clone)]
pub(in crate::pages::admin) enum Brought {
    /// All units.
    Units,
    /// Accounts, and which rows were not.
    Accounts(Option<Rest>),
}

/// The rows of a sheet that were not added, since a batch came to nothing.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::pages::admin) struct Rest {
    first: usize,
    last: usize,
    /// The last row that may have been added all the same: no answer came.
    unsure: Option<usize>,
    why: HttpError,
}

/// What accounts came to; `lines` are the numbers of their rows.
pub(super) fn brought(added: &Added, lines: &[usize]) -> Brought {
    Brought::Accounts(rest(added, lines))
}

fn rest(added: &Added, lines: &[usize]) -> Option<Rest> {
    let why = added.stopped.clone()?;
    let left = lines.get(added.slips.len()..)?;
    let is_unsure = matches!(why, HttpError::Unreachable | HttpError::Unreadable);
    let batch = left.get(..ACCOUNTS_PER_ORDER).unwrap_or(left);
    Some(Rest {
        first: *left.first()?,
        last: *left.last()?,
        unsure: batch.last().copied().filter(|_| is_unsure),
        why,
    })
}

impl Rest {
    /// In words: which rows, and why.
    pub(in crate::pages::admin) fn words(&self, language: Language) -> AttrValue {
        let (first, last) = (self.first, self.last);
        let why = failed(language, &self.why);
        let rest = language.note(&AdminNote::SheetRest {
            first,
            last,
            why: &why,
        });
        match self.unsure {
            Some(last) => format!("{rest}{}", language.note(&AdminNote::SheetUnsure { first, last })).into(),
            None => rest,
        }
    }
}

#[cfg(test)]
mod tests {
    use shared::protocol::http::Problem;
    use shared::protocol::http::admin::{Slip, Wrong};

    use super::*;

    fn words(stopped: HttpError) -> String {
        let slip = Slip {
            account: shared::id::AccountId::from_bytes([1; 16]),
            login: "lin".to_owned(),
            name: "林知远".to_owned(),
            unit: "一支部".to_owned(),
            role: shared::access::Role::Viewer,
            password: "secret".to_owned(),
        };
        let added = Added {
            slips: vec![slip; 100],
            stopped: Some(stopped),
        };
        // The head is row 1.
        let lines: Vec<usize> = (2..=251).collect();
        rest(&added, &lines).unwrap().words(Language::Chinese).to_string()
    }

    #[test]
    fn the_rows_that_were_not_added_are_named_with_the_reason() {
        let why = Wrong::LoginTaken { row: 3 };
        let said = words(HttpError::Problem(Problem::Wrong { why }));
        assert!(said.contains("第 102～251 行没有导入：账号已有人使用"), "{said}");
        assert!(!said.contains("可能已经导入"), "{said}");
    }

    #[test]
    fn where_no_answer_came_the_rows_are_named_that_may_be_added() {
        let said = words(HttpError::Unreachable);
        assert!(
            said.contains("第 102～251 行没有导入") && said.contains("第 102～201 行"),
            "{said}"
        );
    }

    #[test]
    fn nothing_is_left_of_a_sheet_that_was_added_whole() {
        let added = Added {
            slips: Vec::new(),
            stopped: None,
        };
        assert_eq!(rest(&added, &[]), None);
    }
}
