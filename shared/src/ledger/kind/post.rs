//! 党员示范岗: posts with what they promise, and their quarterly checks.
//!
//! Nomination, posting, approval, plaque, warning and removal are decisions, not columns.

use super::zone::QUARTERS;
use crate::ledger::column::{CellKind, Choice, Column, Term};
use crate::ledger::schema::{Schema, Shape, Skeleton, Table};

/// The table of posts.
pub const POSTS: &str = "posts";
/// The table of quarterly checks.
pub const CHECKS: &str = "checks";
/// The column of a post's name.
pub const TITLE: &str = "title";
/// The column of who holds a post.
pub const HOLDERS: &str = "holders";
/// The column of the standards a post sets.
pub const STANDARDS: &str = "standards";
/// The column of a plaque's number.
pub const PLAQUE: &str = "plaque_no";
/// The column of the day on which a plaque was hung.
pub const HUNG_ON: &str = "hung_on";
/// The birth column of the post a check is about.
pub const POST: &str = "post";
/// The birth column of a check's quarter.
pub const QUARTER: &str = "quarter";

const FORMS: &[Choice] = &[
    Choice::new("individual", "个人岗", "Individual"),
    Choice::new("collective", "集体岗", "Collective"),
];

const TYPES: &[Choice] = &[
    Choice::new("demonstration", "示范岗", "Demonstration"),
    Choice::new("pioneer", "先锋岗", "Pioneer"),
    Choice::new("counter", "窗口示范岗", "Counter"),
    Choice::new("safety", "安全岗", "Safety"),
];

const PROPOSALS: &[Choice] = &[
    Choice::new("keep", "保留", "Keep"),
    Choice::new("warn", "警示", "Warn"),
    Choice::new("remove", "摘牌", "Remove"),
];

const fn long(max: usize) -> CellKind {
    CellKind::LongText { max }
}

/// The tables of a post ledger.
pub static SCHEMA: Schema = Schema {
    code: "post",
    skeletons: &[Skeleton {
        min_writer: 1,
        tables: &[
            Table {
                id: POSTS,
                name: Term::new("示范岗", "Posts"),
                shape: Shape::Entry,
                columns: &[
                    Column::new(TITLE, "岗位名称", "Title", 10, CellKind::Text { max: 40 }),
                    Column::new("form", "个人/集体", "Form", 6, CellKind::Choice(FORMS)),
                    Column::new("type", "类型", "Type", 7, CellKind::Choice(TYPES)),
                    Column::new("unit", "所在班组", "Crew", 8, CellKind::Text { max: 40 }),
                    Column::new(HOLDERS, "申报人", "Holders", 10, CellKind::People { max: 12 }),
                    Column::new(STANDARDS, "示范标准", "Standards", 22, long(1_000)),
                    Column::new("pledge", "示范承诺", "Pledge", 14, long(300)),
                    Column::new("deeds", "主要事迹", "Deeds", 22, long(3_000)),
                    Column::new(PLAQUE, "牌匾编号", "Plaque no.", 7, CellKind::Text { max: 20 }),
                    Column::new(HUNG_ON, "挂牌日期", "Hung on", 7, CellKind::Date),
                    Column::new("note", "备注", "Note", 10, CellKind::Text { max: 100 }),
                ],
            },
            Table {
                id: CHECKS,
                name: Term::new("季度考核", "Quarterly checks"),
                shape: Shape::Entry,
                columns: &[
                    Column::birth(POST, "示范岗", "Post", 10, CellKind::RowOf { table: POSTS }),
                    Column::birth(QUARTER, "季度", "Quarter", 5, CellKind::Choice(QUARTERS)),
                    Column::new("score", "得分", "Score", 5, CellKind::Score { max: 10_000 }),
                    Column::new("proposal", "考核意见", "Proposal", 6, CellKind::Choice(PROPOSALS)),
                    Column::new("text", "考核情况", "Findings", 20, long(500)),
                ],
            },
        ],
    }],
};
