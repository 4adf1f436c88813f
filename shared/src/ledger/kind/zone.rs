//! 党员责任区: zones, who owns them from when to when, their goals, monthly logs and quarterly scores.
//!
//! That a zone takes effect, is closed, and the grade of a quarter are decisions, not columns.

use crate::ledger::column::{CellKind, Choice, Column, Term};
use crate::ledger::schema::{Schema, Shape, Skeleton, Table};

/// The table of zones.
pub const ZONES: &str = "zones";
/// The table of owner terms.
pub const OWNERS: &str = "owners";
/// The table of goals.
pub const GOALS: &str = "goals";
/// The table of monthly logs.
pub const LOGS: &str = "logs";
/// The table of quarterly scores, whose grade is a decision.
pub const GRADES: &str = "grades";
/// The column of a zone's name.
pub const NAME: &str = "name";
/// The column of what a zone takes in.
pub const SCOPE: &str = "scope";
/// The column of the crews in a zone, their names with 、 between.
pub const CREWS: &str = "crews";
/// The birth column of the zone that an owner, goal, log or score is about.
pub const ZONE: &str = "zone";
/// The birth column of the member who owns a zone for a term.
pub const MEMBER: &str = "member";
/// The column of a term's first day.
pub const FROM: &str = "from";
/// The column of a term's last day; empty while it goes on.
pub const UNTIL: &str = "until";
/// The birth column of a log's month.
pub const MONTH: &str = "month";
/// The birth column of a score's quarter.
pub const QUARTER: &str = "quarter";

/// The quarters of a year.
pub const QUARTERS: &[Choice] = &[
    Choice::new("q1", "一季度", "Quarter 1"),
    Choice::new("q2", "二季度", "Quarter 2"),
    Choice::new("q3", "三季度", "Quarter 3"),
    Choice::new("q4", "四季度", "Quarter 4"),
];

const BASES: &[Choice] = &[
    Choice::new("crew", "班组", "Crew"),
    Choice::new("post", "岗位", "Post"),
    Choice::new("equipment", "设备", "Equipment"),
    Choice::new("area", "区域", "Area"),
    Choice::new("project", "项目", "Project"),
];

const OWNERSHIPS: &[Choice] = &[
    Choice::new("main", "主责", "Main"),
    Choice::new("assistant", "协助", "Assisting"),
];

const THEMES: &[Choice] = &[
    Choice::new("production", "生产", "Production"),
    Choice::new("site", "现场", "Site"),
    Choice::new("safety", "安全", "Safety"),
    Choice::new("quality", "质量", "Quality"),
    Choice::new("equipment", "设备", "Equipment"),
    Choice::new("organisation", "组织发展", "Organisation"),
    Choice::new("mind", "思想", "Consciousness"),
];

const SCORE: CellKind = CellKind::Score { max: 10_000 };
const PEOPLE: CellKind = CellKind::Number {
    min: 0,
    max: 999,
    unit: Some(Term::new("人", "people")),
};
const TIMES: CellKind = CellKind::Number {
    min: 0,
    max: 999,
    unit: Some(Term::new("人次", "talks")),
};
const OF_ZONE: Column = Column::birth(ZONE, "责任区", "Zone", 10, CellKind::RowOf { table: ZONES });

const fn long(max: usize) -> CellKind {
    CellKind::LongText { max }
}

/// The tables of a zone ledger.
pub static SCHEMA: Schema = Schema {
    code: "zone",
    skeletons: &[Skeleton {
        min_writer: 1,
        tables: &[
            Table {
                id: ZONES,
                name: Term::new("责任区", "Zones"),
                shape: Shape::Entry,
                columns: &[
                    Column::new("code", "编号", "Code", 5, CellKind::Text { max: 20 }),
                    Column::new(NAME, "名称", "Name", 11, CellKind::Text { max: 40 }),
                    Column::new("basis", "类型", "Basis", 5, CellKind::Choice(BASES)),
                    Column::new(SCOPE, "范围", "Scope", 20, long(1_000)),
                    Column::new(CREWS, "覆盖班组", "Crews", 8, CellKind::Text { max: 100 }),
                    Column::new("contacts", "联系群众", "Linked people", 6, PEOPLE),
                    Column::new("activists", "培养积极分子", "Activists", 7, PEOPLE),
                    Column::new("duties", "职责", "Duties", 20, long(1_000)),
                    Column::new("note", "备注", "Note", 10, CellKind::Text { max: 100 }),
                ],
            },
            Table {
                id: OWNERS,
                name: Term::new("责任党员", "Owners"),
                shape: Shape::Entry,
                columns: &[
                    OF_ZONE,
                    Column::birth(MEMBER, "责任党员", "Member", 6, CellKind::Person),
                    Column::new("role", "主/协", "Role", 4, CellKind::Choice(OWNERSHIPS)),
                    Column::new(FROM, "起", "From", 7, CellKind::Date),
                    Column::new(UNTIL, "止", "Until", 7, CellKind::Date),
                    Column::new("note", "备注", "Note", 12, CellKind::Text { max: 100 }),
                ],
            },
            Table {
                id: GOALS,
                name: Term::new("责任目标", "Goals"),
                shape: Shape::Entry,
                columns: &[
                    OF_ZONE,
                    Column::new("theme", "主题", "Theme", 5, CellKind::Choice(THEMES)),
                    Column::new("text", "目标", "Goal", 22, long(500)),
                    Column::new("measure", "衡量办法", "Measure", 14, long(500)),
                ],
            },
            Table {
                id: LOGS,
                name: Term::new("月度记录", "Monthly logs"),
                shape: Shape::Entry,
                columns: &[
                    OF_ZONE,
                    Column::birth(MONTH, "月份", "Month", 6, CellKind::Month),
                    Column::new("done", "做了什么", "Done", 20, long(1_000)),
                    Column::new("problems", "问题", "Problems", 14, long(1_000)),
                    Column::new("advice", "建议", "Advice", 14, long(1_000)),
                    Column::new("talks", "谈心", "Talks", 5, TIMES),
                ],
            },
            Table {
                id: GRADES,
                name: Term::new("季度评分", "Quarterly scores"),
                shape: Shape::Entry,
                columns: &[
                    OF_ZONE,
                    Column::birth(QUARTER, "季度", "Quarter", 5, CellKind::Choice(QUARTERS)),
                    Column::new("self_score", "自评分", "Own score", 5, SCORE),
                    Column::new("group_score", "小组评分", "Group's score", 6, SCORE),
                    Column::new("branch_score", "支部评分", "Branch's score", 6, SCORE),
                    Column::new("deductions", "扣分事项", "Deductions", 16, long(500)),
                    Column::new("note", "备注", "Note", 10, CellKind::Text { max: 100 }),
                ],
            },
        ],
    }],
};
