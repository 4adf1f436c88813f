//! Decisions (同意, 退回, 公示, 评定, 批准, 挂牌 …): made once, by a named person, on exactly what that person saw.
//!
//! A decision is an entry of its own and is never altered. It names the digest of what it decides on, and the decisions
//! on the same row that its maker had seen. What a row has come to is a fold over its decisions ([`super::life`]).

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::cell::Value;
use super::column::Term;
use crate::id::{AccountId, ChangeHash, RowId};
use crate::time::{Date, Timestamp};

pub mod bound;
mod word;

pub use word::{UnknownWord, Word};

/// What is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionKind {
    /// 提交: handed in for review.
    Submitted,
    /// 退回: sent back with a reason.
    Returned,
    /// 审定通过: reviewed and approved by the branch.
    Approved,
    /// 公示: posted for all to see, from a day to a day.
    Posted,
    /// 提出异议: somebody objects to what is posted.
    Objected,
    /// 异议答复: the objection is answered.
    Answered,
    /// 开始践诺: the pledge is in force.
    Begun,
    /// 组织评定: what the branch finds of a pledge.
    Judged,
    /// 归档: filed.
    Filed,
    /// 生效: a zone takes effect as it is described.
    PutInForce,
    /// 撤销责任区: a zone is no more.
    Closed,
    /// 评定等次: a grade is given.
    Graded,
    /// 申报: a post is nominated.
    Nominated,
    /// 支委会同意: the branch's committee agrees.
    Agreed,
    /// 批准命名: the committee above names the post.
    Named,
    /// 挂牌: the plaque is hung.
    Hung,
    /// 保留: the post keeps its plaque.
    Kept,
    /// 警示: the post is warned.
    Warned,
    /// 摘牌: the plaque is taken down.
    Revoked,
    /// 到期: the term is over; there is no life tenure.
    Expired,
}

impl DecisionKind {
    /// Every kind.
    pub const ALL: [Self; 20] = [
        Self::Submitted,
        Self::Returned,
        Self::Approved,
        Self::Posted,
        Self::Objected,
        Self::Answered,
        Self::Begun,
        Self::Judged,
        Self::Filed,
        Self::PutInForce,
        Self::Closed,
        Self::Graded,
        Self::Nominated,
        Self::Agreed,
        Self::Named,
        Self::Hung,
        Self::Kept,
        Self::Warned,
        Self::Revoked,
        Self::Expired,
    ];

    /// How it is kept and named in the table of rights; it never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Returned => "returned",
            Self::Approved => "approved",
            Self::Posted => "posted",
            Self::Objected => "objected",
            Self::Answered => "answered",
            Self::Begun => "begun",
            Self::Judged => "judged",
            Self::Filed => "filed",
            Self::PutInForce => "put_in_force",
            Self::Closed => "closed",
            Self::Graded => "graded",
            Self::Nominated => "nominated",
            Self::Agreed => "agreed",
            Self::Named => "named",
            Self::Hung => "hung",
            Self::Kept => "kept",
            Self::Warned => "warned",
            Self::Revoked => "revoked",
            Self::Expired => "expired",
        }
    }

    /// What it is called, as a thing that somebody does.
    #[must_use]
    pub const fn name(self) -> Term {
        match self {
            Self::Submitted => Term::new("提交", "Submit"),
            Self::Returned => Term::new("退回修改", "Return"),
            Self::Approved => Term::new("审定通过", "Approve"),
            Self::Posted => Term::new("公示", "Post"),
            Self::Objected => Term::new("登记异议", "Record an objection"),
            Self::Answered => Term::new("答复异议", "Answer the objection"),
            Self::Begun => Term::new("开始践诺", "Begin"),
            Self::Judged => Term::new("组织评定", "Evaluate"),
            Self::Filed => Term::new("归档", "File"),
            Self::PutInForce => Term::new("生效", "Put in force"),
            Self::Closed => Term::new("撤销责任区", "Close the zone"),
            Self::Graded => Term::new("评定等次", "Grade"),
            Self::Nominated => Term::new("申报", "Nominate"),
            Self::Agreed => Term::new("支委会同意", "Branch agrees"),
            Self::Named => Term::new("批准命名", "Name"),
            Self::Hung => Term::new("挂牌", "Hang the plaque"),
            Self::Kept => Term::new("保留", "Keep"),
            Self::Warned => Term::new("警示", "Warn"),
            Self::Revoked => Term::new("摘牌", "Revoke"),
            Self::Expired => Term::new("到期", "Let expire"),
        }
    }
}

/// What a decision is about: a row of an entry table, or a member in a matrix.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Subject {
    /// The table.
    pub table: String,
    /// The row; in a matrix the member's id.
    pub row: RowId,
}

impl Subject {
    /// This row of this table.
    #[must_use]
    pub fn new(table: &str, row: RowId) -> Self {
        Self {
            table: table.to_owned(),
            row,
        }
    }
}

/// What somebody decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewDecision {
    /// Its id.
    pub id: RowId,
    /// What is decided, or withdrawn.
    pub word: Word,
    /// The decision that is withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<RowId>,
    /// What it is about.
    pub subject: Subject,
    /// The digest of what the person saw, from [`digest`].
    pub digest: String,
    /// What was chosen, where there is a choice: a grade, a verdict.
    #[serde(default)]
    pub value: String,
    /// The reason, or whatever else was said.
    #[serde(default)]
    pub note: String,
    /// The first day of a posting or term.
    #[serde(default)]
    pub from: Option<Date>,
    /// The last day of a posting or term.
    #[serde(default)]
    pub until: Option<Date>,
    /// The decisions on that row which the person had seen, sorted.
    #[serde(default)]
    pub after: Vec<RowId>,
}

/// A decision that stands in a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What was decided.
    pub made: NewDecision,
    /// By whom: the author of the change it came in.
    pub by: AccountId,
    /// When, by that person's device.
    pub at: Timestamp,
    /// The change it came in: what was decided on is the row at that change's dependencies.
    pub change: ChangeHash,
}

impl Decision {
    /// Whether it says the same as another: kind, content and choice.
    #[must_use]
    pub fn agrees_with(&self, other: &Self) -> bool {
        let (one, two) = (&self.made, &other.made);
        (one.word, &one.digest, &one.value, one.from, one.until)
            == (two.word, &two.digest, &two.value, two.from, two.until)
    }
}

/// The digest of what is decided on: SHA-256 over the kind of decision, the columns it binds, and the bound cells that hold
/// anything, in the order of the columns. In hexadecimal.
#[must_use]
pub fn digest<'a>(
    kind: DecisionKind,
    binds: &str,
    cells: impl IntoIterator<Item = (&'a str, &'a Value)>,
) -> String {
    let mut hash = Sha256::new();
    hash.update(b"taizhang decision 1\0");
    let mut add = |text: &str| {
        // With its length, so that no two lists of texts read alike.
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text);
    };
    add(kind.code());
    add(binds);
    for (key, value) in cells {
        if value.is_empty() {
            continue;
        }
        add(key);
        match value {
            Value::Empty => {}
            Value::Text(text) => {
                add("text");
                add(text);
            }
            Value::Number(number) => {
                add("number");
                add(&number.to_string());
            }
            Value::Flag(flag) => {
                add("flag");
                add(if *flag { "true" } else { "false" });
            }
        }
    }
    hex::encode(hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_back_and_an_unknown_one_is_none() {
        for kind in DecisionKind::ALL {
            for word in [Word::Decide(kind), Word::Withdraw(kind)] {
                assert_eq!(word.to_string().parse(), Ok(word));
                assert!(word.to_string().len() <= crate::limit::WORD_BYTES);
            }
        }
        assert_eq!("blessed".parse::<Word>(), Err(UnknownWord));
    }

    #[test]
    fn the_digest_tells_every_difference_and_no_empty_cell() {
        let text = |text: &str| Value::Text(text.to_owned());
        let of = |cells: &[(&str, Value)]| {
            let cells = cells.iter().map(|(key, value)| (*key, value));
            digest(DecisionKind::Approved, "text,due", cells)
        };
        let one = of(&[("text", text("甲")), ("due", text("2026-12-31"))]);
        assert_eq!(one.len(), 64);
        let with_empty = [
            ("text", text("甲")),
            ("helpers", Value::Empty),
            ("due", text("2026-12-31")),
        ];
        assert_eq!(one, of(&with_empty));
        assert_ne!(one, of(&[("text", text("乙")), ("due", text("2026-12-31"))]));
        assert_ne!(of(&[("a", text("bc"))]), of(&[("ab", text("c"))]));
        assert_ne!(of(&[("a", text("1"))]), of(&[("a", Value::Number(1))]));
        let cells = [("a", &Value::Number(1))];
        assert_ne!(
            digest(DecisionKind::Approved, "a", cells),
            digest(DecisionKind::Returned, "a", cells)
        );
    }
}
