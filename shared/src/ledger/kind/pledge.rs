//! 承诺践诺: pledge items and the progress made on them.
//!
//! Columns after the forms 承诺书 and 承诺践诺台账. Review, posting and the branch's verdict are decisions, not columns.

use crate::ledger::column::{CellKind, Choice, Column, Term};
use crate::ledger::schema::{Schema, Shape, Skeleton, Table};

/// The table of pledge items.
pub const ITEMS: &str = "items";
/// The table of progress notes.
pub const PROGRESS: &str = "progress";
/// The birth column of whose pledge an item is.
pub const MEMBER: &str = "member";
/// The column of the pledge's text.
pub const TEXT: &str = "text";
/// The birth column of the item a progress note is about.
pub const ITEM: &str = "item";

const KINDS: &[Choice] = &[
    Choice::new("yearly", "年度", "Yearly"),
    Choice::new("ad_hoc", "即时", "Ad hoc"),
    Choice::new("standing", "长期", "Standing"),
];

const SUBJECTS: &[Choice] = &[
    Choice::new("study", "学习", "Study"),
    Choice::new("work", "工作", "Work"),
    Choice::new("discipline", "自律", "Self-discipline"),
    Choice::new("service", "服务", "Service"),
];

const RESULTS: &[Choice] = &[
    Choice::new("done", "完成", "Done"),
    Choice::new("mostly", "基本完成", "Mostly done"),
    Choice::new("not_done", "未完成", "Not done"),
];

const REASONS: &[Choice] = &[
    Choice::new("objective", "客观原因", "Objective cause"),
    Choice::new("none", "无故", "Without cause"),
];

const PERCENT: CellKind = CellKind::Number {
    min: 0,
    max: 100,
    unit: Some(Term { zh: "%", en: "%" }),
};
const VOTES: CellKind = CellKind::Number {
    min: 0,
    max: 9_999,
    unit: Some(Term {
        zh: "票",
        en: "votes",
    }),
};

/// The tables of a pledge ledger.
pub static SCHEMA: Schema = Schema {
    code: "pledge",
    skeletons: &[Skeleton {
        min_writer: 1,
        tables: &[
            Table {
                id: ITEMS,
                name: Term {
                    zh: "承诺事项",
                    en: "Pledges",
                },
                shape: Shape::Entry,
                columns: &[
                    Column::birth(MEMBER, "承诺人", "Member", 6, CellKind::Person),
                    Column::new("kind", "承诺类别", "Kind", 5, CellKind::Choice(KINDS)),
                    Column::new("subject", "内容", "Subject", 4, CellKind::Choice(SUBJECTS)),
                    Column::new(TEXT, "承诺事项", "Pledge", 24, CellKind::LongText { max: 5_000 }),
                    Column::new(
                        "measure",
                        "践诺措施",
                        "Measure",
                        18,
                        CellKind::LongText { max: 5_000 },
                    ),
                    Column::new("target", "量化目标", "Target", 10, CellKind::Text { max: 60 }),
                    Column::new("due", "完成时限", "Due", 7, CellKind::Date),
                    Column::new("helpers", "协助人", "Helpers", 8, CellKind::People { max: 3 }),
                    Column::new("self_result", "自评", "Own result", 6, CellKind::Choice(RESULTS)),
                    Column::new(
                        "self_text",
                        "自评说明",
                        "Own account",
                        14,
                        CellKind::LongText { max: 300 },
                    ),
                    Column::new("peer_good", "党员评·满意", "Peers: satisfied", 7, VOTES),
                    Column::new(
                        "peer_fair",
                        "党员评·基本满意",
                        "Peers: fairly satisfied",
                        9,
                        VOTES,
                    ),
                    Column::new("peer_poor", "党员评·不满意", "Peers: not satisfied", 8, VOTES),
                    Column::new("mass_good", "群众评·满意", "Staff: satisfied", 7, VOTES),
                    Column::new(
                        "mass_fair",
                        "群众评·基本满意",
                        "Staff: fairly satisfied",
                        9,
                        VOTES,
                    ),
                    Column::new("mass_poor", "群众评·不满意", "Staff: not satisfied", 8, VOTES),
                    Column::new(
                        "unmet_kind",
                        "未兑现原因",
                        "Why unmet",
                        7,
                        CellKind::Choice(REASONS),
                    ),
                    Column::new(
                        "unmet_reason",
                        "未兑现说明",
                        "Unmet: account",
                        12,
                        CellKind::LongText { max: 200 },
                    ),
                    Column::new("note", "备注", "Note", 10, CellKind::Text { max: 100 }),
                ],
            },
            Table {
                id: PROGRESS,
                name: Term {
                    zh: "践诺记录",
                    en: "Progress",
                },
                shape: Shape::Entry,
                columns: &[
                    Column::birth(ITEM, "承诺事项", "Pledge", 20, CellKind::RowOf { table: ITEMS }),
                    Column::new("on", "日期", "Date", 7, CellKind::Date),
                    Column::new(
                        TEXT,
                        "进展情况",
                        "Progress",
                        28,
                        CellKind::LongText { max: 1_000 },
                    ),
                    Column::new("percent", "完成度", "Done", 5, PERCENT),
                ],
            },
        ],
    }],
};
