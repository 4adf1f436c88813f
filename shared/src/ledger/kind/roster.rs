//! 名册: the members and groups of a branch (`MEMBERS`, `GROUPS`).
//!
//! Columns after the common header of every form; numbers of identity cards, telephones and addresses are left out on
//! purpose. The key of a member's row is the member's id, which is the enterprise's.

use crate::ledger::column::{CellKind, Choice, Column, Term};
use crate::ledger::schema::{Schema, Shape, Skeleton, Table};

/// The table of members.
pub const MEMBERS: &str = "members";
/// The table of party groups.
pub const GROUPS: &str = "groups";
/// The column of a member's name.
pub const NAME: &str = "name";
/// The column of a member's post.
pub const POST: &str = "post";
/// The column of a member's works number, which tells namesakes apart.
pub const NUMBER: &str = "number";
/// The column of a member's party group.
pub const GROUP: &str = "group";

const fn column(id: &'static str, zh: &'static str, en: &'static str, width: u8, kind: CellKind) -> Column {
    Column {
        id,
        name: Term { zh, en },
        kind,
        birth: false,
        width,
    }
}

const fn choice(code: &'static str, zh: &'static str, en: &'static str) -> Choice {
    Choice {
        code,
        name: Term { zh, en },
    }
}

const SEXES: &[Choice] = &[choice("m", "男", "Male"), choice("f", "女", "Female")];

const STANDINGS: &[Choice] = &[
    choice("active", "在岗", "At work"),
    choice("retired", "离退休", "Retired"),
    choice("ill", "长期病休", "Long-term ill"),
    choice("seconded", "借调外派", "Seconded"),
    choice("floating", "流动", "Floating"),
];

/// The tables of a roster.
pub static SCHEMA: Schema = Schema {
    code: "roster",
    skeletons: &[Skeleton {
        min_writer: 1,
        tables: &[
            Table {
                id: MEMBERS,
                name: Term {
                    zh: "党员",
                    en: "Members",
                },
                shape: Shape::Entry,
                columns: &[
                    column(NAME, "姓名", "Name", 6, CellKind::Text { max: 20 }),
                    column(NUMBER, "工号", "Works number", 6, CellKind::Text { max: 16 }),
                    column("sex", "性别", "Sex", 4, CellKind::Choice(SEXES)),
                    column("born", "出生年月", "Born", 7, CellKind::Month),
                    column("joined", "入党时间", "Joined", 7, CellKind::Month),
                    column(GROUP, "党小组", "Group", 7, CellKind::RowOf { table: GROUPS }),
                    column(POST, "岗位/职务", "Post", 9, CellKind::Text { max: 30 }),
                    column("crew", "班组", "Crew", 7, CellKind::Text { max: 20 }),
                    column("probationary", "预备党员", "Probationary", 6, CellKind::Flag),
                    column("standing", "在岗情况", "Standing", 7, CellKind::Choice(STANDINGS)),
                    column("note", "备注", "Note", 10, CellKind::Text { max: 100 }),
                ],
            },
            Table {
                id: GROUPS,
                name: Term {
                    zh: "党小组",
                    en: "Groups",
                },
                shape: Shape::Entry,
                columns: &[
                    column(NAME, "名称", "Name", 8, CellKind::Text { max: 20 }),
                    column("leader", "组长", "Leader", 6, CellKind::Person),
                    column("note", "备注", "Note", 12, CellKind::Text { max: 100 }),
                ],
            },
        ],
    }],
};
