//! A kind of ledger that exists in tests alone: an entry table with every sort of column, a matrix, and a second
//! skeleton, as a later version of the app would add.

use super::column::{CellKind, Choice, Column, Term};
use super::schema::{Schema, Shape, Skeleton, Table};

const fn term(zh: &'static str) -> Term {
    Term { zh, en: zh }
}

const fn column(id: &'static str, kind: CellKind) -> Column {
    Column {
        id,
        name: term(id),
        kind,
        birth: false,
        width: 6,
    }
}

const FIRST: Skeleton = Skeleton {
    min_writer: 1,
    tables: &[
        Table {
            id: "zones",
            name: term("zones"),
            shape: Shape::Entry,
            columns: &[
                Column {
                    birth: true,
                    ..column("owner", CellKind::Person)
                },
                column("name", CellKind::Text { max: 20 }),
                column("scope", CellKind::LongText { max: 5_000 }),
                column(
                    "count",
                    CellKind::Number {
                        min: 0,
                        max: 99,
                        unit: None,
                    },
                ),
                column(
                    "basis",
                    CellKind::Choice(&[Choice {
                        code: "crew",
                        name: term("班组"),
                    }]),
                ),
                column("helpers", CellKind::People { max: 3 }),
            ],
        },
        Table {
            id: "scores",
            name: term("scores"),
            shape: Shape::Matrix,
            columns: &[],
        },
    ],
};

const SECOND: Skeleton = Skeleton {
    min_writer: 1,
    tables: &[Table {
        id: "logs",
        name: term("logs"),
        shape: Shape::Entry,
        columns: &[column("text", CellKind::Text { max: 150 })],
    }],
};

/// Both skeletons.
pub static SCHEMA: Schema = Schema {
    code: "trial",
    skeletons: &[FIRST, SECOND],
};
/// The same kind as an older version of the app knows it.
pub static OLDER: Schema = Schema {
    code: "trial",
    skeletons: &[FIRST],
};
/// The same kind once only a newer app may write.
pub static NEWER: Schema = Schema {
    code: "trial",
    skeletons: &[
        FIRST,
        SECOND,
        Skeleton {
            min_writer: super::document::WRITER + 1,
            tables: &[],
        },
    ],
};
