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
/// The table of crews, those without a member as well.
pub const CREWS: &str = "crews";
/// The column of a member's crew, by name.
pub const CREW: &str = "crew";
/// The column of whether a member is on probation.
pub const PROBATIONARY: &str = "probationary";
/// The column of whether a member is at work, or why not.
pub const STANDING: &str = "standing";
/// The column of what sort of post a member has, which gives the scheme he is appraised by.
pub const POST_CLASS: &str = "post_class";
/// The column of a member's name.
pub const NAME: &str = "name";
/// The column of a member's post.
pub const POST: &str = "post";
/// The column of a member's works number, which tells namesakes apart.
pub const NUMBER: &str = "number";
/// The column of a member's party group.
pub const GROUP: &str = "group";

const SEXES: &[Choice] = &[Choice::new("m", "男", "Male"), Choice::new("f", "女", "Female")];

const STANDINGS: &[Choice] = &[
    Choice::new("active", "在岗", "At work"),
    Choice::new("retired", "离退休", "Retired"),
    Choice::new("ill", "长期病休", "Long-term ill"),
    Choice::new("seconded", "借调外派", "Seconded"),
    Choice::new("floating", "流动", "Floating"),
];

const POST_CLASSES: &[Choice] = &[
    Choice::new("front-line", "一线", "Front line"),
    Choice::new("technical", "技术管理", "Technical and management"),
    Choice::new("leader", "领导干部", "Leading cadre"),
];

/// The tables of a roster.
pub static SCHEMA: Schema = Schema {
    code: "roster",
    skeletons: &[FIRST, SECOND],
};

const FIRST: Skeleton = Skeleton {
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
                Column::new(NAME, "姓名", "Name", 6, CellKind::Text { max: 20 }),
                Column::new(NUMBER, "工号", "Works number", 6, CellKind::Text { max: 16 }),
                Column::new("sex", "性别", "Sex", 4, CellKind::Choice(SEXES)),
                Column::new("born", "出生年月", "Born", 7, CellKind::Month),
                Column::new("joined", "入党时间", "Joined", 7, CellKind::Month),
                Column::new(GROUP, "党小组", "Group", 7, CellKind::RowOf { table: GROUPS }),
                Column::new(POST, "岗位/职务", "Post", 9, CellKind::Text { max: 30 }),
                Column::new(
                    POST_CLASS,
                    "岗位类别",
                    "Post class",
                    7,
                    CellKind::Choice(POST_CLASSES),
                ),
                Column::new(CREW, "班组", "Crew", 7, CellKind::Text { max: 20 }),
                Column::new(PROBATIONARY, "预备党员", "Probationary", 6, CellKind::Flag),
                Column::new(STANDING, "在岗情况", "Standing", 7, CellKind::Choice(STANDINGS)),
                Column::new("note", "备注", "Note", 10, CellKind::Text { max: 100 }),
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
                Column::new(NAME, "名称", "Name", 8, CellKind::Text { max: 20 }),
                Column::new("leader", "组长", "Leader", 6, CellKind::Person),
                Column::new("note", "备注", "Note", 12, CellKind::Text { max: 100 }),
            ],
        },
    ],
};

const SECOND: Skeleton = Skeleton {
    min_writer: 1,
    tables: &[Table {
        id: CREWS,
        name: Term::new("班组", "Crews"),
        shape: Shape::Entry,
        columns: &[
            Column::new(NAME, "名称", "Name", 8, CellKind::Text { max: 20 }),
            Column::new("section", "车间/工段", "Section", 8, CellKind::Text { max: 20 }),
            Column::new(
                "people",
                "在册人数",
                "People",
                6,
                CellKind::Number {
                    min: 0,
                    max: 999,
                    unit: Some(Term::new("人", "people")),
                },
            ),
            Column::new("note", "备注", "Note", 12, CellKind::Text { max: 100 }),
        ],
    }],
};
