//! What a ledger does when several people write to it: every rule of the format that automerge alone would break.

use super::*;
use crate::ledger::act::{Act, ActProblem, Deed, Entry, NewRow};
use crate::ledger::cell::Value;
use crate::ledger::order;
use crate::ledger::trial;
use crate::time::Timestamp;

mod conflicts;
mod decisions;
mod proposals;
mod rows;

const LEDGER: LedgerId = LedgerId([7; 16]);
const LIN: AccountId = AccountId::from_bytes([1; 16]);
const GU: AccountId = AccountId::from_bytes([2; 16]);
const YE: AccountId = AccountId::from_bytes([3; 16]);

/// One officer's replica and everything it has made.
struct Replica {
    document: Document,
    made: Vec<Made>,
    clock: i64,
}

impl Replica {
    fn of(account: AccountId) -> Self {
        Self::with(account, &trial::SCHEMA)
    }

    fn with(account: AccountId, schema: &'static Schema) -> Self {
        let actor = ActorId(*account.as_bytes());
        let document = Document::new(LEDGER, schema, account, actor);
        Self {
            document,
            made: Vec::new(),
            clock: 1_000 * i64::from(account.as_bytes()[0]),
        }
    }

    fn try_to(&mut self, deed: Deed) -> Result<Vec<CellRef>, ActProblem> {
        self.clock += 1;
        let id = crate::id::ActId(uuid::Uuid::from_u128(self.clock.unsigned_abs().into()));
        let performed = self.document.perform(&Act {
            id,
            at: Timestamp(self.clock),
            deed,
        })?;
        self.made.extend(performed.changes);
        Ok(performed.skipped)
    }

    fn does(&mut self, deed: Deed) {
        self.try_to(deed).unwrap();
    }

    fn adds(&mut self, row: RowId, name: &str) {
        let cells = vec![
            ("name".to_owned(), text(name)),
            ("owner".to_owned(), text(&row.to_string())),
        ];
        let order = order::between(None, None);
        let row = NewRow {
            table: "zones".to_owned(),
            id: row,
            order,
            cells,
        };
        self.does(Deed::Enter {
            by: Entry::Typed,
            rows: vec![row],
            cells: Vec::new(),
        });
    }

    fn types(&mut self, cell: &CellRef, value: Value) {
        self.does(enter(cell, value));
    }

    fn hears(&mut self, other: &Replica) {
        self.document
            .receive(other.made.iter().map(|made| (&made.hash, made.bytes.as_slice())))
            .unwrap();
    }

    fn sees(&self, cell: &CellRef) -> Value {
        self.document
            .snapshot()
            .cell(cell)
            .map(|cell| cell.value.clone())
            .unwrap_or_default()
    }

    fn settles(&mut self, cell: &CellRef, value: Value) {
        let seen = self.document.conflict(cell).unwrap().seen();
        self.does(Deed::Settle {
            cell: cell.clone(),
            value,
            seen,
        });
    }
}

fn enter(cell: &CellRef, value: Value) -> Deed {
    Deed::Enter {
        by: Entry::Typed,
        rows: Vec::new(),
        cells: vec![(cell.clone(), value)],
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

const fn row(number: u8) -> RowId {
    RowId::from_bytes([number; 16])
}

fn scope() -> CellRef {
    CellRef::new("zones", row(9), "scope")
}

/// Lin has made a row, Gu and Ye have it.
fn three() -> (Replica, Replica, Replica) {
    let (mut lin, mut gu, mut ye) = (Replica::of(LIN), Replica::of(GU), Replica::of(YE));
    lin.adds(row(9), "机加-01");
    lin.types(&scope(), text("一跨"));
    gu.hears(&lin);
    ye.hears(&lin);
    (lin, gu, ye)
}

#[test]
fn scores_of_one_member_entered_by_two_officers_are_one_cell_each() {
    let (mut lin, mut gu, _) = three();
    let score = |indicator: &str| CellRef::of_matrix("scores", &format!("{}/{indicator}", row(5)));
    lin.types(&score("d1"), Value::Number(600));
    lin.types(&score("d2"), Value::Number(450));
    gu.types(&score("d1"), Value::Number(500));
    gu.types(&score("d3"), Value::Number(300));
    lin.hears(&gu);
    assert_eq!(lin.document.snapshot().table("scores").cells.len(), 3);
    assert_eq!(lin.document.snapshot().conflicts(), [score("d1")]);
    assert!(
        lin.try_to(enter(&CellRef::of_matrix("scores", "no key"), Value::Empty))
            .is_err()
    );
}

#[test]
fn helpers_added_by_two_officers_are_both_helpers() {
    let (mut lin, mut gu, _) = three();
    let helper = |person: RowId| CellRef::new("zones", row(9), &format!("helpers/{person}"));
    lin.types(&helper(row(4)), Value::Flag(true));
    gu.types(&helper(row(5)), Value::Flag(true));
    lin.hears(&gu);
    let shown = lin.document.snapshot().table("zones").rows[0].clone();
    assert_eq!(shown.people("helpers").count(), 2);
    assert!(!shown.in_conflict("helpers"));
}

#[test]
fn what_a_newer_version_wrote_survives_being_written_back() {
    let (mut newer, mut older) = (Replica::of(LIN), Replica::with(GU, &trial::OLDER));
    newer.adds(row(9), "机加-01");
    let logs = NewRow {
        table: "logs".to_owned(),
        id: row(8),
        order: String::new(),
        cells: vec![("text".to_owned(), text("记"))],
    };
    newer.does(Deed::Enter {
        by: Entry::Typed,
        rows: vec![logs],
        cells: Vec::new(),
    });
    let second = skeleton::changes(LEDGER, &trial::SCHEMA).remove(1);
    older
        .document
        .receive([(&second.hash, second.bytes.as_slice())])
        .unwrap();
    older.hears(&newer);
    assert!(!older.document.snapshot().tables.contains_key("logs"));
    older.types(&scope(), text("一跨"));
    newer.hears(&older);
    assert_eq!(newer.sees(&CellRef::new("logs", row(8), "text")), text("记"));
    assert_eq!(newer.sees(&scope()), text("一跨"));
}

#[test]
fn a_ledger_that_needs_a_newer_app_is_read_and_not_written() {
    let mut older = Replica::with(GU, &trial::OLDER);
    older.adds(row(9), "机加-01");
    for made in skeleton::changes(LEDGER, &trial::NEWER) {
        older
            .document
            .receive([(&made.hash, made.bytes.as_slice())])
            .unwrap();
    }
    assert_eq!(
        older.try_to(enter(&scope(), text("一跨"))),
        Err(ActProblem::NeedsNewerApp { needed: WRITER + 1 })
    );
    assert_eq!(older.document.snapshot().table("zones").rows.len(), 1);
}

#[test]
fn a_great_paste_is_several_changes_of_one_act_within_every_limit() {
    let (mut lin, ..) = three();
    let already = lin.made.len();
    let rows: Vec<NewRow> = (0..700_u32)
        .map(|number| {
            let id = RowId(uuid::Uuid::from_u128(u128::from(number) + 1_000));
            let cells = vec![
                ("name".to_owned(), text("区")),
                ("scope".to_owned(), text(&"范围".repeat(200))),
            ];
            NewRow {
                table: "zones".to_owned(),
                id,
                order: order::between(None, None),
                cells,
            }
        })
        .collect();
    lin.does(Deed::Enter {
        by: Entry::Pasted,
        rows,
        cells: Vec::new(),
    });
    let made = &lin.made[already..];
    assert!(made.len() > 1);
    let messages: std::collections::HashSet<_> = made
        .iter()
        .map(|made| {
            Change::from_bytes(made.bytes.clone())
                .unwrap()
                .message()
                .map(str::to_owned)
        })
        .collect();
    assert_eq!(messages.len(), 1);
    assert!(
        made.iter()
            .all(|made| crate::guard::scan(&made.bytes) == Ok(made.hash))
    );
    assert_eq!(lin.document.snapshot().table("zones").rows.len(), 701);
}

#[test]
fn the_view_kept_from_patches_is_the_view_read_anew() {
    let (mut lin, mut gu, mut ye) = three();
    gu.types(&scope(), text("二跨"));
    ye.types(&scope(), text("三跨"));
    gu.adds(row(3), "机加-03");
    lin.does(Deed::Remove {
        table: "zones".to_owned(),
        rows: vec![row(9)],
        why: String::new(),
    });
    lin.hears(&gu);
    lin.hears(&ye);
    let seen = lin.document.conflict(&scope()).unwrap();
    lin.settles(&scope(), seen.values[1].value.clone());
    let mut anew = Replica::of(AccountId::from_bytes([9; 16]));
    for other in [&lin, &gu, &ye] {
        anew.made.extend(other.made.iter().cloned());
    }
    let all = std::mem::take(&mut anew.made);
    anew.document
        .receive(all.iter().map(|made| (&made.hash, made.bytes.as_slice())))
        .unwrap();
    assert_eq!(lin.document.snapshot(), anew.document.snapshot());
}

#[test]
fn a_row_that_did_not_change_is_shared_between_snapshots() {
    let (mut lin, ..) = three();
    lin.adds(row(3), "机加-03");
    let before = lin.document.snapshot();
    lin.types(&scope(), text("二跨"));
    let after = lin.document.snapshot();
    let of = |snapshot: &Snapshot, id| snapshot.table("zones").row(id).cloned().unwrap();
    assert!(Rc::ptr_eq(&of(&before, row(3)), &of(&after, row(3))));
    assert!(!Rc::ptr_eq(&of(&before, row(9)), &of(&after, row(9))));
}

#[test]
fn a_change_that_is_none_is_named() {
    let (mut lin, ..) = three();
    let hash = ChangeHash([5; 32]);
    assert_eq!(
        lin.document.receive([(&hash, b"nonsense".as_slice())]),
        Err(Damaged(hash))
    );
}
