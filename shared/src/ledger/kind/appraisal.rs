//! 考核评议 (德能勤绩廉): scores in matrices, one part for each class of raters; deductions, bonuses and opinions in the main
//! part, which holds the branch's own scores as well.
//!
//! All parts have the same tables. A cell of [`SCORES`] stands at `member/indicator`, or at `member/indicator/sheet` where a
//! class hands in several sheets; which scheme a part is filled in by stands in [`BOUND`]. The grade is a decision.

use crate::ledger::column::{CellKind, Choice, Column, Term};
use crate::ledger::schema::{Schema, Shape, Skeleton, Table};

/// The matrix of scores, in hundredths of a mark.
pub const SCORES: &str = "scores";
/// The matrix of texts about a member, at `member/` and [`OPINION`], [`REPLY`] or [`SCHEME`].
pub const TEXTS: &str = "texts";
/// The matrix of what the ledger is bound to: the digest of a scheme at `scheme/` and its name.
pub const BOUND: &str = "bound";
/// The table of deductions, bonuses and vetoes.
pub const EVENTS: &str = "events";
/// The branch's opinion of a member (评定意见).
pub const OPINION: &str = "opinion";
/// What the member says to it (本人意见).
pub const REPLY: &str = "reply";
/// The name of the scheme a member is appraised by, where it is not the one his post gives.
pub const SCHEME: &str = "scheme";
/// The birth column of the member an event is about.
pub const MEMBER: &str = "member";
/// The birth column of what sort of event it is.
pub const SORT: &str = "sort";
/// The column of the scheme's adjustment or veto that an event is.
pub const RULE: &str = "rule";
/// The column of how often it happened.
pub const COUNT: &str = "count";

const SORTS: &[Choice] = &[
    Choice::new("deduction", "扣分", "Deduction"),
    Choice::new("bonus", "加分", "Bonus"),
    Choice::new("veto", "一票否决", "Veto"),
];

const fn matrix(id: &'static str, zh: &'static str, en: &'static str) -> Table {
    Table {
        id,
        name: Term::new(zh, en),
        shape: Shape::Matrix,
        columns: &[],
    }
}

/// The tables of an appraisal ledger, in every part.
pub static SCHEMA: Schema = Schema {
    code: "appraisal",
    skeletons: &[Skeleton {
        min_writer: 1,
        tables: &[
            matrix(SCORES, "评分", "Scores"),
            matrix(TEXTS, "评定意见", "Opinions"),
            matrix(BOUND, "考核方案", "Scheme"),
            Table {
                id: EVENTS,
                name: Term::new("加减分事项", "Adjustments"),
                shape: Shape::Entry,
                columns: &[
                    Column::birth(MEMBER, "党员", "Member", 6, CellKind::Person),
                    Column::birth(SORT, "类别", "Sort", 6, CellKind::Choice(SORTS)),
                    Column::new(RULE, "依据条款", "Rule", 10, CellKind::Text { max: 64 }),
                    Column::new(
                        COUNT,
                        "次数",
                        "Times",
                        4,
                        CellKind::Number {
                            min: 0,
                            max: 999,
                            unit: None,
                        },
                    ),
                    Column::new("on", "日期", "Date", 7, CellKind::Date),
                    Column::new(
                        "why",
                        "事由",
                        "What happened",
                        22,
                        CellKind::LongText { max: 500 },
                    ),
                ],
            },
        ],
    }],
};
