use shared::id::{AccountId, PersonId};
use shared::ledger::cell::Cell;
use shared::ledger::kind::{Kind, pledge, roster};
use shared::ledger::person::Directory;
use shared::ledger::snapshot::{Removal, Snapshot};
use shared::time::{Date, Timestamp};

use super::*;
use crate::grid::lens::{Direction, Filter, Lens, Removed, Sort};
use crate::i18n::Language;

pub(crate) fn row(id: u8, cells: &[(&str, Value)]) -> Rc<RowView> {
    let order = order::several(None, None, usize::from(id) + 1).pop().unwrap();
    let cell = |value: &Value| Cell {
        value: value.clone(),
        in_conflict: false,
    };
    Rc::new(RowView {
        id: RowId::from_bytes([id; 16]),
        order,
        cells: cells
            .iter()
            .map(|(key, value)| ((*key).to_owned(), cell(value)))
            .collect(),
        removal: None,
    })
}

pub(crate) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// Four members: 陈建 twice, 罗庭, 苏礼.
pub(crate) fn directory() -> Rc<Directory> {
    let people = [
        ("陈建", "立车操作工"),
        ("陈建", "钳工"),
        ("罗庭", "技术员"),
        ("苏礼", "质量主管"),
    ];
    let member = |((name, post), id)| row(id, &[("name", text(name)), ("post", text(post))]);
    let rows = people.into_iter().zip(1..).map(member).collect();
    let tables = [(
        roster::MEMBERS,
        Rc::new(TableView {
            rows,
            ..TableView::default()
        }),
    )]
    .into();
    Rc::new(Directory::from_roster(&Snapshot {
        tables,
        ..Snapshot::default()
    }))
}

pub(crate) fn member(id: u8) -> Value {
    text(&PersonId::from_bytes([id; 16]).to_string())
}

pub(crate) fn items() -> &'static Table {
    Kind::Pledge.schema().table(pledge::ITEMS).unwrap()
}

/// Pledges with the columns member, kind, text, due, helpers, `peer_good`; rows as given.
pub(crate) fn sheet(rows: Vec<Rc<RowView>>) -> Sheet {
    let shown = ["member", "kind", "text", "due", "helpers", "peer_good"];
    let table = items();
    let lookup = Lookup {
        directory: directory(),
        tables: [].into(),
        states: Rc::default(),
        language: Language::Chinese,
        today: Date::new(2026, 11, 23).unwrap(),
    };
    Sheet {
        table,
        whole: Rc::new(TableView {
            rows: rows.clone(),
            ..TableView::default()
        }),
        rows: Rc::new(rows),
        columns: Rc::new(
            table
                .columns
                .iter()
                .filter(|column| shown.contains(&column.id))
                .collect(),
        ),
        lookup: Rc::new(lookup),
        writable: Rc::new(table.columns.iter().map(|column| column.id).collect()),
    }
}

pub(crate) fn three() -> Sheet {
    sheet(vec![
        row(
            10,
            &[
                ("member", member(3)),
                ("kind", text("yearly")),
                ("text", text("工序卡")),
                ("peer_good", Value::Number(12)),
            ],
        ),
        row(11, &[("member", member(4)), ("text", text("复测"))]),
        row(12, &[("member", member(1)), ("due", text("2026-06-30"))]),
    ])
}

pub(crate) fn cells(deed: Option<Deed>) -> Vec<(String, Value)> {
    match deed {
        Some(Deed::Enter { cells, .. }) => cells
            .into_iter()
            .map(|(cell, value)| (format!("{}.{}", cell.row.unwrap().as_bytes()[0], cell.key), value))
            .collect(),
        _ => Vec::new(),
    }
}

#[test]
fn filling_and_clearing_leave_alone_what_may_not_be_written() {
    let sheet = three();
    let all = sheet.extent().area().unwrap();
    let filled = cells(sheet.filled_down(Area {
        left: 0,
        right: 1,
        ..all
    }));
    assert_eq!(
        filled,
        [
            ("11.kind".to_owned(), text("yearly")),
            ("12.kind".to_owned(), text("yearly"))
        ]
    );
    let cleared = cells(sheet.cleared(Area {
        left: 0,
        right: 2,
        ..all
    }));
    assert_eq!(cleared.len(), 3);
    assert_eq!(sheet.typed(Place::new(0, 0), &Meaning::One(Value::Empty)), None);
    assert_eq!(sheet.typed(Place::new(0, 2), &Meaning::One(text("工序卡"))), None);
}

#[test]
fn a_cell_in_conflict_is_settled_and_not_written() {
    let mut clashing = (*row(10, &[("text", text("甲"))])).clone();
    clashing.cells.get_mut("text").unwrap().in_conflict = true;
    let sheet = sheet(vec![Rc::new(clashing)]);
    assert_eq!(sheet.access(Place::new(0, 2)), Access::Clash);
    assert_eq!(sheet.typed(Place::new(0, 2), &Meaning::One(text("乙"))), None);
    assert_eq!(sheet.cell(Place::new(0, 2)).unwrap().key, "text");
}

#[test]
fn rows_are_sorted_filtered_and_found_by_pinyin() {
    let mut sheet = three();
    let mut gone = (*sheet.rows[1]).clone();
    gone.removal = Some(Removal {
        by: AccountId::RELAY,
        at: Timestamp(0),
        why: "重复".into(),
        met_edits: false,
    });
    let rows = [sheet.rows[0].clone(), Rc::new(gone), sheet.rows[2].clone()];
    let shown = |lens: &Lens| -> Vec<u8> {
        lens.rows(items(), &rows, &sheet.lookup)
            .iter()
            .map(|row| row.id.as_bytes()[0])
            .collect()
    };
    assert_eq!(shown(&Lens::default()), [10, 12]);
    assert_eq!(
        shown(&Lens {
            removed: Removed::Shown,
            ..Lens::default()
        }),
        [10, 11, 12]
    );
    let by_member = |direction| Lens {
        sort: Some(Sort {
            column: "member",
            direction,
        }),
        ..Lens::default()
    };
    assert_eq!(shown(&by_member(Direction::Ascending)), [12, 10]);
    let by_votes = |direction| Lens {
        sort: Some(Sort {
            column: "peer_good",
            direction,
        }),
        ..Lens::default()
    };
    assert_eq!(shown(&by_votes(Direction::Descending)), [10, 12]);
    assert_eq!(shown(&by_votes(Direction::Ascending)), [10, 12]);
    assert_eq!(
        shown(&Lens {
            search: "luot".into(),
            ..Lens::default()
        }),
        [10]
    );
    let filter = [("kind", Filter::Among(["年度".to_owned()].into()))].into();
    assert_eq!(
        shown(&Lens {
            filters: filter,
            ..Lens::default()
        }),
        [10]
    );
    let filter = [("due", Filter::Contains("06".into()))].into();
    assert_eq!(
        shown(&Lens {
            filters: filter,
            ..Lens::default()
        }),
        [12]
    );
    sheet.rows = Rc::new(Vec::new());
    assert!(sheet.extent().is_empty());
}

#[test]
fn a_new_row_stands_below_the_one_it_was_asked_for() {
    let sheet = three();
    let Deed::Enter { rows, .. } =
        sheet.added(RowId::from_bytes([99; 16]), Some(sheet.rows[0].id), Vec::new())
    else {
        panic!("not an entry")
    };
    assert!(sheet.rows[0].order < rows[0].order && rows[0].order < sheet.rows[1].order);
}
