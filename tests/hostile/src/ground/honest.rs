//! What honest officers and an honest relay write.

use automerge::transaction::{CommitOptions, Transactable as _};
use automerge::{Author, Automerge, ObjType, ROOT, ReadDoc as _};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, RngCore};
use shared::guard::index::Index;
use shared::id::{ActorId, ChangeHash, PersonId, RowId};
use shared::ledger::act::{Deed, Entry, NewRow};
use shared::ledger::cell::{CellRef, Value};
use shared::ledger::column::Column;
use shared::ledger::document::{Document, Made};
use shared::ledger::merge::{Merger, merge};
use shared::ledger::order;
use shared::ledger::schema::{Schema, Shape, Table};
use shared::time::Timestamp;

use super::Setting;

/// A kind of honest change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Honest {
    /// A few cells typed.
    Cells,
    /// A cell cleared.
    Clearing,
    /// Rows made, with birth cells.
    Rows,
    /// A block pasted over many cells.
    Paste,
    /// Elements put into a set.
    Set,
    /// A row removed.
    Removal,
    /// A conflict settled.
    Settlement,
    /// Cells of a matrix.
    Matrix,
    /// A decision.
    Decision,
    /// The relay's merge of heads.
    Merge,
    /// A change by somebody who has not heard of the last ones.
    Concurrent,
}

impl Honest {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::Cells,
        Self::Clearing,
        Self::Rows,
        Self::Paste,
        Self::Set,
        Self::Removal,
        Self::Settlement,
        Self::Matrix,
        Self::Decision,
        Self::Merge,
        Self::Concurrent,
    ];
}

/// The table whose rows have birth cells, and its columns.
pub(super) fn entries(schema: &'static Schema) -> &'static Table {
    let mut tables = schema.tables();
    let born = |table: &&Table| table.columns.iter().any(|column| column.birth);
    tables
        .find(born)
        .expect("the kinds that are tried have birth cells")
}

fn columns(table: &'static Table, wanted: impl Fn(&Column) -> bool) -> Vec<&'static str> {
    let fitting = table.columns.iter().filter(|column| wanted(column));
    fitting.map(|column| column.id).collect()
}

fn plain(column: &Column) -> bool {
    !column.birth && !column.is_set()
}

/// Makes a row that is not there.
pub(super) fn row(schema: &'static Schema, dice: &mut StdRng) -> Deed {
    rows(schema, 1, dice)
}

fn rows(schema: &'static Schema, count: usize, dice: &mut StdRng) -> Deed {
    let table = entries(schema);
    let birth = columns(table, |column| column.birth);
    let person = Value::Text(PersonId::from_bytes([1; 16]).to_string());
    let make = |order| NewRow {
        table: table.id.to_owned(),
        id: RowId::from_bytes(dice.random()),
        order,
        cells: birth
            .iter()
            .map(|key| ((*key).to_owned(), person.clone()))
            .collect(),
    };
    enter(
        Entry::Pasted,
        order::several(None, None, count).into_iter().map(make).collect(),
        Vec::new(),
    )
}

/// Says something of one's own in the first plain cell of the row that this deed makes.
pub(super) fn says(makes: &Deed, schema: &'static Schema, who: usize) -> Deed {
    let table = entries(schema);
    let Deed::Enter { rows, .. } = makes else {
        return makes.clone();
    };
    let cell = CellRef::new(table.id, rows[0].id, columns(table, plain)[0]);
    enter(
        Entry::Typed,
        Vec::new(),
        vec![(cell, Value::Text(format!("version {who}")))],
    )
}

fn enter(by: Entry, rows: Vec<NewRow>, cells: Vec<(CellRef, Value)>) -> Deed {
    Deed::Enter { by, rows, cells }
}

/// Some deed that fits the document.
pub(super) fn deed(document: &Document, schema: &'static Schema, dice: &mut StdRng) -> Deed {
    const SOME: [Honest; 7] = [
        Honest::Cells,
        Honest::Cells,
        Honest::Clearing,
        Honest::Rows,
        Honest::Set,
        Honest::Removal,
        Honest::Matrix,
    ];
    let kind = SOME.choose(dice).copied().unwrap_or(Honest::Rows);
    deed_of(kind, document, schema, dice).unwrap_or_else(|| rows(schema, 2, dice))
}

/// A deed of this kind, where the document has what it needs.
pub(super) fn deed_of(
    kind: Honest,
    document: &Document,
    schema: &'static Schema,
    dice: &mut StdRng,
) -> Option<Deed> {
    let table = entries(schema);
    let snapshot = document.snapshot();
    let there: Vec<RowId> = snapshot.table(table.id).rows.iter().map(|row| row.id).collect();
    let plain = columns(table, plain);
    let text = |dice: &mut StdRng| Value::Text(format!("点检第 {} 次", dice.random_range(0..1_000)));
    let cells = |dice: &mut StdRng, count: usize| {
        let rows: Vec<RowId> = there.choose_multiple(dice, count).copied().collect();
        let put = |row: &RowId| {
            let key = plain.choose(dice).copied().unwrap_or_default();
            (CellRef::new(table.id, *row, key), text(dice))
        };
        enter(Entry::Typed, Vec::new(), rows.iter().map(put).collect())
    };
    match kind {
        Honest::Rows => Some(rows(schema, 2, dice)),
        _ if there.is_empty() => None,
        Honest::Cells => Some(cells(dice, 3)),
        Honest::Clearing => {
            let row = there.choose(dice)?;
            let cell = CellRef::new(table.id, *row, plain[0]);
            Some(enter(Entry::Cleared, Vec::new(), vec![(cell, Value::Empty)]))
        }
        Honest::Paste => {
            let all = there.iter().take(12);
            let block = all.flat_map(|row| plain.iter().map(|key| CellRef::new(table.id, *row, key)));
            let cells = block.map(|cell| (cell, text(dice))).collect();
            Some(enter(Entry::Pasted, Vec::new(), cells))
        }
        Honest::Set => {
            let set = *columns(table, Column::is_set).first()?;
            let row = there.choose(dice)?;
            let put = |number: u8| {
                let key = format!("{set}/{}", PersonId::from_bytes([number; 16]));
                (CellRef::new(table.id, *row, &key), Value::Flag(number == 1))
            };
            Some(enter(Entry::Typed, Vec::new(), (1..3).map(put).collect()))
        }
        Honest::Removal => Some(Deed::Remove {
            table: table.id.to_owned(),
            rows: vec![*there.choose(dice)?],
            why: "x".to_owned(),
        }),
        Honest::Settlement => {
            let cell = snapshot.conflicts().first()?.clone();
            let seen = document.conflict(&cell)?.seen();
            let value = text(dice);
            Some(Deed::Settle { cell, value, seen })
        }
        Honest::Matrix => {
            let matrix = schema.tables().find(|table| table.shape == Shape::Matrix)?;
            let key = format!(
                "{}/ind-{}",
                PersonId::from_bytes([2; 16]),
                dice.random_range(0..4)
            );
            let cell = CellRef::of_matrix(matrix.id, &key);
            let score = Value::Number(i64::from(dice.next_u32() % 100));
            Some(enter(Entry::Typed, Vec::new(), vec![(cell, score)]))
        }
        Honest::Decision | Honest::Merge | Honest::Concurrent => None,
    }
}

/// A decision on some row, as the app writes them.
pub(super) fn decision(doc: &Automerge, setting: Setting, actor: ActorId) -> Made {
    let mut doc = doc.clone();
    let author = Author::from(setting.accounts[0].as_bytes().as_slice()).into_owned();
    doc.set_author(Some(author));
    doc.set_actor(automerge::ActorId::from(actor.0.as_slice()));
    let (_, decisions) = doc
        .get(ROOT, "decisions")
        .expect("a map at the root")
        .expect("skeletons make it");
    let mut making = doc.transaction();
    let id = RowId::from_bytes(actor.0).to_string();
    let decision = making
        .put_object(&decisions, id, ObjType::Map)
        .expect("a new key");
    for (key, value) in [("kind", "approved"), ("table", "items"), ("note", "同意")] {
        making.put(&decision, key, value).expect("a map");
    }
    let (hash, _) = making.commit_with(CommitOptions::default().with_time(5));
    let change = doc
        .get_change_by_hash(&hash.expect("it writes"))
        .expect("it was committed");
    Made {
        hash: ChangeHash(change.hash().0),
        bytes: change.raw_bytes().to_vec(),
    }
}

/// The relay's merge of the heads there are; nothing while there is one.
pub(super) fn merge_of(index: &Index, actor: ActorId) -> Vec<Made> {
    let heads = index.heads();
    let last = heads.iter().map(|(_, last)| *last).max().unwrap_or_default();
    let hashes: Vec<ChangeHash> = heads.into_iter().map(|(hash, _)| hash).collect();
    if hashes.len() < 2 {
        return Vec::new();
    }
    vec![merge(Merger { actor, seq: 1 }, &hashes, last, Timestamp(9))]
}
