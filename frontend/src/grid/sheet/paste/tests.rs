use std::cell::Cell as Counter;
use std::rc::Rc;

use shared::id::PersonId;
use shared::ledger::column::CellProblem;
use shared::ledger::kind::{Kind, roster};

use super::*;
use crate::grid::sheet::tests::{cells, member, row, sheet, text, three};

fn paste(sheet: &Sheet, tsv: &str, at: (usize, usize)) -> Pasted {
    let next = Counter::new(200);
    let corner = Place::new(at.0, at.1);
    sheet.pasted(&Block::from_tsv(tsv), Area::between(corner, corner), || {
        next.set(next.get() + 1);
        RowId::from_bytes([next.get(); 16])
    })
}

#[test]
fn a_block_is_one_deed_of_everything_that_can_be_read() {
    let pasted = paste(&three(), "年度\t甲\t2026.12.31\n即时\t乙\t11-25", (0, 1));
    assert_eq!(pasted.left_out, []);
    let wanted = [
        ("10.text", text("甲")),
        ("10.due", text("2026-12-31")),
        ("11.kind", text("ad_hoc")),
        ("11.text", text("乙")),
        ("11.due", text("2026-11-25")),
    ];
    assert_eq!(
        cells(pasted.deed),
        wanted.map(|(key, value)| (key.to_owned(), value))
    );
}

#[test]
fn what_cannot_be_read_is_reported_and_not_written() {
    let pasted = paste(&three(), "每年\t甲\t2026-02-30", (0, 1));
    let why: Vec<_> = pasted
        .left_out
        .iter()
        .map(|cell| (cell.column.id, cell.why.clone()))
        .collect();
    let bad = |problem| Unreadable::Cell(problem);
    assert_eq!(
        why,
        [
            ("kind", bad(CellProblem::NoSuchChoice)),
            ("due", bad(CellProblem::NotADate))
        ]
    );
    assert_eq!(cells(pasted.deed), [("10.text".to_owned(), text("甲"))]);
}

#[test]
fn rows_beyond_the_end_are_added_with_the_member_they_are_about() {
    let pasted = paste(&three(), "罗庭\t长期\t丙\n陈建（钳工）\t年度\t丁\n", (3, 0));
    let Some(Deed::Enter {
        by: Entry::Pasted,
        rows,
        cells,
    }) = pasted.deed
    else {
        panic!("no deed")
    };
    assert_eq!((rows.len(), cells.len()), (2, 0));
    assert_eq!(rows[1].cells[0], ("member".to_owned(), member(2)));
    assert!(rows[0].order < rows[1].order && three().whole.rows[2].order < rows[0].order);
}

#[test]
fn a_table_that_shows_no_row_takes_rows_after_those_it_has() {
    let filtered = Sheet {
        rows: Rc::default(),
        ..three()
    };
    for (sheet, last) in [(sheet(Vec::new()), None), (filtered, three().whole.rows.last())] {
        let Some(Deed::Enter { rows, cells, .. }) = paste(&sheet, "罗庭\t长期\n苏礼\t年度\n", (0, 0)).deed
        else {
            panic!("no deed")
        };
        assert_eq!((rows.len(), cells.len()), (2, 0));
        assert!(last.is_none_or(|last| last.order < rows[0].order));
    }
}

#[test]
fn a_row_of_which_nothing_can_be_written_is_not_added() {
    let mut sheet = sheet(Vec::new());
    sheet.table = Kind::Roster.schema().table(roster::GROUPS).unwrap();
    sheet.columns = Rc::new(sheet.table.columns.iter().collect());
    sheet.writable = Rc::new(sheet.table.columns.iter().map(|column| column.id).collect());
    assert!(sheet.table.columns.iter().all(|column| !column.birth));
    assert!(paste(&sheet, "立车组", (0, 0)).deed.is_some());
    sheet.writable = Rc::default();
    let pasted = paste(&sheet, "立车组", (0, 0));
    assert_eq!(
        (pasted.deed, pasted.left_out[0].why.clone()),
        (None, Unreadable::Locked)
    );
}

#[test]
fn a_row_whose_member_is_ambiguous_is_not_added() {
    let pasted = paste(&three(), "陈建\t年度\t丙", (3, 0));
    assert_eq!(pasted.deed, None);
    assert_eq!(pasted.left_out[0].why, Unreadable::Namesakes("陈建".to_owned()));
}

#[test]
fn a_birth_cell_is_never_pasted_over() {
    let pasted = paste(&three(), "苏礼\t年度", (0, 0));
    assert_eq!(pasted.left_out[0].why, Unreadable::Locked);
    assert_eq!(paste(&three(), "罗庭", (0, 0)).left_out, []);
}

#[test]
fn one_copied_cell_fills_the_selection() {
    let area = Area {
        top: 0,
        left: 3,
        bottom: 2,
        right: 3,
    };
    let pasted = three().pasted(&Block::from_tsv("2026-01-31"), area, || {
        panic!("no rows are added")
    });
    assert_eq!(cells(pasted.deed).len(), 3);
}

#[test]
fn a_set_is_written_by_its_differences() {
    let helpers = |id: u8| format!("helpers/{}", PersonId::from_bytes([id; 16]));
    let sheet = sheet(vec![row(
        10,
        &[(&helpers(3), Value::Flag(true)), (&helpers(4), Value::Flag(true))],
    )]);
    assert_eq!(sheet.text(Place::new(0, 4)), "罗庭、苏礼");
    let pasted = paste(&sheet, "苏礼、陈建(钳工)", (0, 4));
    let key = |id| format!("10.{}", helpers(id));
    assert_eq!(
        cells(pasted.deed),
        [(key(3), Value::Flag(false)), (key(2), Value::Flag(true))]
    );
}
