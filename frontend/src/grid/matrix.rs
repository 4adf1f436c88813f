//! A matrix seen as a grid: members down, indicators across. The grid writes to rows and columns; here those become the
//! keys of the matrix and back, so that typing, pasting, settling and undoing are the same as everywhere.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use shared::id::RowId;
use shared::ledger::act::Deed;
use shared::ledger::cell::{Cell, CellRef, Value};
use shared::ledger::column::{CellKind, Column, Term};
use shared::ledger::kind::Kind;
use shared::ledger::kind::appraisal::{OPINION, REPLY, SCORES, TEXTS};
use shared::ledger::schema::{Shape, Table};
use shared::ledger::snapshot::{RowView, TableView};
use shared::scheme::Scheme;

/// The column of whom a row is about.
pub const MEMBER: &str = "member";

thread_local! {
    static TABLES: RefCell<HashMap<String, &'static Table>> = RefCell::default();
}

/// The table of scores under a scheme. Columns live as long as the page: one set for each version of a scheme that is shown.
#[must_use]
pub fn scores(scheme: &Scheme) -> &'static Table {
    let make = || {
        let mut columns = vec![member()];
        columns.extend(scheme.indicators.iter().map(|indicator| {
            let marks = format!("{}（{}）", indicator.text, indicator.full_marks);
            Column {
                id: keep(&indicator.id),
                name: Term {
                    zh: keep(&marks),
                    en: keep(&marks),
                },
                kind: CellKind::Score {
                    max: indicator.full_marks.0,
                },
                birth: false,
                width: 7,
            }
        }));
        table(SCORES, Term::new("评分", "Scores"), columns)
    };
    let digest = scheme.digest();
    TABLES.with_borrow_mut(|tables| *tables.entry(digest).or_insert_with(make))
}

/// The table of what is said of members.
#[must_use]
pub fn texts() -> &'static Table {
    let make = || {
        let columns = vec![
            member(),
            Column::new(
                OPINION,
                "评定意见",
                "Opinion",
                28,
                CellKind::LongText { max: 1_000 },
            ),
            Column::new(REPLY, "本人意见", "Reply", 22, CellKind::LongText { max: 1_000 }),
        ];
        table(TEXTS, Term::new("评定意见", "Opinions"), columns)
    };
    TABLES.with_borrow_mut(|tables| *tables.entry(TEXTS.to_owned()).or_insert_with(make))
}

fn member() -> Column {
    Column::birth(MEMBER, "党员", "Member", 7, CellKind::Person)
}

fn table(id: &'static str, name: Term, columns: Vec<Column>) -> &'static Table {
    Box::leak(Box::new(Table {
        id,
        name,
        shape: Shape::Matrix,
        columns: Vec::leak(columns),
    }))
}

fn keep(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

/// A matrix as rows, one for each of these members in this order.
#[must_use]
pub fn rows(matrix: &TableView, members: &[RowId]) -> TableView {
    let wanted: BTreeSet<String> = members.iter().map(ToString::to_string).collect();
    let mut cells: HashMap<&str, BTreeMap<String, Cell>> = HashMap::new();
    for (key, cell) in &matrix.cells {
        if let Some((member, key)) = key.split_once('/')
            && wanted.contains(member)
        {
            cells
                .entry(member)
                .or_default()
                .insert(key.to_owned(), cell.clone());
        }
    }
    let row = |(place, id): (usize, &RowId)| {
        let name = id.to_string();
        let mut of_member = cells.remove(name.as_str()).unwrap_or_default();
        let whose = Cell {
            value: Value::Text(name.clone()),
            in_conflict: false,
        };
        of_member.insert(MEMBER.to_owned(), whose);
        Rc::new(RowView {
            id: *id,
            order: format!("{place:06}"),
            cells: of_member,
            removal: None,
        })
    };
    let rows: Vec<Rc<RowView>> = members.iter().enumerate().map(row).collect();
    let conflicts = matrix.conflicts.iter().filter_map(|(_, key)| {
        let (member, key) = key.split_once('/')?;
        Some((Some(member.parse().ok()?), key.to_owned()))
    });
    TableView {
        rows,
        cells: BTreeMap::new(),
        conflicts: conflicts.collect(),
    }
}

/// Cells of matrices as cells of the rows they are shown in.
#[must_use]
pub fn shown<S: std::hash::BuildHasher>(cells: &HashSet<CellRef, S>) -> HashSet<CellRef> {
    let shown = |cell: &CellRef| match (cell.row, cell.key.split_once('/')) {
        (None, Some((member, key))) => Some(CellRef::new(&cell.table, member.parse().ok()?, key)),
        _ => Some(cell.clone()),
    };
    cells.iter().filter_map(shown).collect()
}

/// Where a cell stands: a row of a matrix is a part of the key.
#[must_use]
pub fn place(kind: Kind, cell: &CellRef) -> CellRef {
    let is_matrix = |table: &Table| table.shape == Shape::Matrix;
    match cell.row {
        Some(row) if kind.schema().table(&cell.table).is_some_and(is_matrix) => {
            CellRef::of_matrix(&cell.table, &format!("{row}/{}", cell.key))
        }
        _ => cell.clone(),
    }
}

/// A deed in the grid as a deed in the ledger.
#[must_use]
pub fn deed(kind: Kind, deed: Deed) -> Deed {
    match deed {
        Deed::Enter { by, rows, cells } => {
            let cells = cells.into_iter().map(|(cell, value)| (place(kind, &cell), value));
            Deed::Enter {
                by,
                rows,
                cells: cells.collect(),
            }
        }
        Deed::Settle { cell, value, seen } => Deed::Settle {
            cell: place(kind, &cell),
            value,
            seen,
        },
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use shared::ledger::act::Entry;
    use shared::scheme::ready;

    use super::*;

    const LIN: RowId = RowId::from_bytes([1; 16]);

    #[test]
    fn what_is_typed_for_a_member_and_an_indicator_stands_in_the_matrix_and_is_shown_in_his_row() {
        let typed = Deed::Enter {
            by: Entry::Typed,
            rows: Vec::new(),
            cells: vec![(CellRef::new(SCORES, LIN, "virtue-1"), Value::Number(550))],
        };
        let Deed::Enter { cells, .. } = deed(Kind::Appraisal, typed) else {
            panic!("an entry");
        };
        let key = format!("{LIN}/virtue-1");
        assert_eq!(cells[0].0, CellRef::of_matrix(SCORES, &key));
        let mut matrix = TableView::default();
        let cell = Cell {
            value: Value::Number(550),
            in_conflict: true,
        };
        matrix.cells.insert(key.clone(), cell);
        matrix.conflicts.insert((None, key.clone()));
        let view = rows(&matrix, &[LIN]);
        assert_eq!(view.rows[0].value("virtue-1"), &Value::Number(550));
        assert!(view.conflicts.contains(&(Some(LIN), "virtue-1".to_owned())));
        let pending = shown(&HashSet::from([CellRef::of_matrix(SCORES, &key)]));
        assert!(pending.contains(&CellRef::new(SCORES, LIN, "virtue-1")));
    }

    #[test]
    fn a_row_of_any_other_table_stays_one() {
        let cell = CellRef::new("items", LIN, "text");
        assert_eq!(place(Kind::Pledge, &cell), cell);
    }

    #[test]
    fn a_scheme_has_one_set_of_columns() {
        let table = scores(&ready::front_line());
        assert!(std::ptr::eq(table, scores(&ready::front_line())));
        assert_eq!(table.columns.len(), 17);
        assert!(!std::ptr::eq(table, scores(&ready::leaders())));
    }
}
