//! What a ledger does when several people write to it: every rule of the format that automerge alone would break.

use super::*;
use crate::ledger::act::{Act, ActProblem, Deed, Entry, NewRow};
use crate::ledger::cell::Value;
use crate::ledger::order;
use crate::ledger::trial;
use crate::time::Timestamp;

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
        Self { document, made: Vec::new(), clock: 1_000 * i64::from(account.as_bytes()[0]) }
    }

    fn try_to(&mut self, deed: Deed) -> Result<Vec<CellRef>, ActProblem> {
        self.clock += 1;
        let id = crate::id::ActId(uuid::Uuid::from_u128(self.clock.unsigned_abs().into()));
        let performed = self.document.perform(&Act { id, at: Timestamp(self.clock), deed })?;
        self.made.extend(performed.changes);
        Ok(performed.skipped)
    }

    fn does(&mut self, deed: Deed) {
        self.try_to(deed).unwrap();
    }

    fn adds(&mut self, row: RowId, name: &str) {
        let cells = vec![("name".to_owned(), text(name)), ("owner".to_owned(), text(&row.to_string()))];
        let order = order::between(None, None);
        let row = NewRow { table: "zones".to_owned(), id: row, order, cells };
        self.does(Deed::Enter { by: Entry::Typed, rows: vec![row], cells: Vec::new() });
    }

    fn types(&mut self, cell: &CellRef, value: Value) {
        self.does(enter(cell, value));
    }

    fn hears(&mut self, other: &Replica) {
        self.document.receive(other.made.iter().map(|made| (&made.hash, made.bytes.as_slice()))).unwrap();
    }

    fn sees(&self, cell: &CellRef) -> Value {
        self.document.snapshot().cell(cell).map(|cell| cell.value.clone()).unwrap_or_default()
    }

    fn settles(&mut self, cell: &CellRef, value: Value) {
        let seen = self.document.conflict(cell).unwrap().seen();
        self.does(Deed::Settle { cell: cell.clone(), value, seen });
    }
}

fn enter(cell: &CellRef, value: Value) -> Deed {
    Deed::Enter { by: Entry::Typed, rows: Vec::new(), cells: vec![(cell.clone(), value)] }
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
fn tables_made_on_two_replicas_are_one_table() {
    let (mut lin, mut gu) = (Replica::of(LIN), Replica::of(GU));
    lin.adds(row(1), "机加-01");
    gu.adds(row(2), "机加-02");
    lin.hears(&gu);
    gu.hears(&lin);
    assert_eq!(lin.document.snapshot().table("zones").rows.len(), 2);
    assert_eq!(lin.document.snapshot(), gu.document.snapshot());
}

#[test]
fn different_values_are_a_conflict_with_value_before_authors_and_times() {
    let (mut lin, mut gu, mut ye) = three();
    gu.types(&scope(), text("二跨"));
    ye.types(&scope(), text("三跨"));
    lin.hears(&gu);
    lin.hears(&ye);
    let conflict = lin.document.conflict(&scope()).unwrap();
    let said: Vec<_> = conflict.values.iter().map(|said| (said.value.clone(), said.by, said.at)).collect();
    let wanted =
        vec![(text("二跨"), Some(GU), Some(Timestamp(2_001))), (text("三跨"), Some(YE), Some(Timestamp(3_001)))];
    assert_eq!(said, wanted);
    assert_eq!(conflict.before.len(), 1);
    assert_eq!((&conflict.before[0].value, conflict.before[0].by), (&text("一跨"), Some(LIN)));
    assert_eq!(lin.document.snapshot().conflicts(), [scope()]);
}

#[test]
fn equal_values_are_agreement() {
    let (mut lin, mut gu, mut ye) = three();
    gu.types(&scope(), text("二跨"));
    ye.types(&scope(), text("二跨"));
    lin.hears(&gu);
    lin.hears(&ye);
    assert_eq!(lin.document.conflict(&scope()), None);
    assert!(lin.document.snapshot().conflicts().is_empty());
    assert_eq!(lin.sees(&scope()), text("二跨"));
}

#[test]
fn clearing_a_cell_beside_an_edit_is_a_conflict_and_loses_neither() {
    let (mut lin, mut gu, mut ye) = three();
    gu.types(&scope(), Value::Empty);
    ye.types(&scope(), text("三跨"));
    lin.hears(&gu);
    lin.hears(&ye);
    let conflict = lin.document.conflict(&scope()).unwrap();
    let values: Vec<_> = conflict.values.iter().map(|said| said.value.clone()).collect();
    assert_eq!(values, [Value::Empty, text("三跨")]);
}

#[test]
fn a_cell_in_conflict_is_written_by_settling_alone() {
    let (mut lin, mut gu, mut ye) = three();
    gu.types(&scope(), text("二跨"));
    ye.types(&scope(), text("三跨"));
    lin.hears(&gu);
    lin.hears(&ye);
    assert_eq!(lin.try_to(enter(&scope(), text("四跨"))), Err(ActProblem::InConflict(scope())));
    let name = CellRef::new("zones", row(9), "name");
    let both = vec![(scope(), text("四跨")), (name.clone(), text("机加-04"))];
    let skipped = lin.try_to(Deed::Enter { by: Entry::Pasted, rows: Vec::new(), cells: both }).unwrap();
    assert_eq!(skipped, [scope()]);
    assert_eq!(lin.sees(&name), text("机加-04"));

    // Also the value that happens to be shown can be the one settled on.
    let shown = lin.sees(&scope());
    lin.settles(&scope(), shown.clone());
    gu.hears(&ye);
    gu.hears(&lin);
    assert_eq!((gu.sees(&scope()), gu.document.conflict(&scope())), (shown, None));
    assert!(gu.document.snapshot().conflicts().is_empty());
    assert!(lin.document.snapshot().conflicts().is_empty());
}

#[test]
fn settling_never_overwrites_a_value_it_has_not_seen() {
    let (mut lin, mut gu, mut ye) = three();
    gu.types(&scope(), text("二跨"));
    lin.types(&scope(), text("五跨"));
    lin.hears(&gu);
    let seen = lin.document.conflict(&scope()).unwrap().seen();
    ye.types(&scope(), text("三跨"));
    lin.hears(&ye);
    let settle = Deed::Settle { cell: scope(), value: text("二跨"), seen };
    assert_eq!(lin.try_to(settle), Err(ActProblem::SeenOtherwise(scope())));
    assert_eq!(lin.document.conflict(&scope()).unwrap().values.len(), 3);
}

#[test]
fn a_removed_row_keeps_the_edit_made_beside_it_and_comes_back() {
    let (mut lin, mut gu, _) = three();
    lin.does(Deed::Remove { table: "zones".to_owned(), rows: vec![row(9)], why: "并入机加-02".to_owned() });
    let removal = lin.document.snapshot().table("zones").rows[0].removal.clone().unwrap();
    assert_eq!((removal.by, removal.why.as_str(), removal.met_edits), (LIN, "并入机加-02", false));
    gu.types(&scope(), text("二跨"));
    lin.hears(&gu);
    let shown = lin.document.snapshot().table("zones").rows[0].clone();
    assert!(shown.removal.as_ref().unwrap().met_edits);
    assert_eq!(*shown.value("scope"), text("二跨"));
    lin.does(Deed::Restore { table: "zones".to_owned(), rows: vec![row(9)] });
    gu.hears(&lin);
    assert_eq!(gu.document.snapshot().table("zones").rows[0].removal, None);
    assert_eq!(gu.sees(&scope()), text("二跨"));
}

#[test]
fn a_removal_without_a_reason_is_a_removal() {
    let (mut lin, ..) = three();
    lin.does(Deed::Remove { table: "zones".to_owned(), rows: vec![row(9)], why: " ".to_owned() });
    assert_eq!(lin.document.snapshot().table("zones").rows[0].removal.as_ref().unwrap().why, "");
}

#[test]
fn a_removal_beside_a_restoring_stays_in_sight() {
    let (mut lin, mut gu, mut ye) = three();
    lin.does(Deed::Remove { table: "zones".to_owned(), rows: vec![row(9)], why: "甲".to_owned() });
    gu.hears(&lin);
    ye.hears(&lin);
    gu.does(Deed::Restore { table: "zones".to_owned(), rows: vec![row(9)] });
    ye.does(Deed::Remove { table: "zones".to_owned(), rows: vec![row(9)], why: "乙".to_owned() });
    lin.hears(&gu);
    lin.hears(&ye);
    assert!(lin.document.snapshot().table("zones").rows[0].removal.as_ref().unwrap().met_edits);
}

#[test]
fn a_row_is_made_once() {
    let (mut lin, ..) = three();
    let again = NewRow { table: "zones".to_owned(), id: row(9), order: String::new(), cells: Vec::new() };
    let deed = Deed::Enter { by: Entry::Typed, rows: vec![again], cells: Vec::new() };
    assert_eq!(lin.try_to(deed), Err(ActProblem::RowExists(row(9))));
}

#[test]
fn birth_cells_are_never_written_again() {
    let (mut lin, ..) = three();
    let owner = CellRef::new("zones", row(9), "owner");
    assert_eq!(lin.try_to(enter(&owner, text("x"))), Err(ActProblem::BirthCell(owner)));
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
    assert!(lin.try_to(enter(&CellRef::of_matrix("scores", "no key"), Value::Empty)).is_err());
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
fn rows_inserted_at_one_place_are_in_the_same_order_everywhere() {
    let (mut lin, mut gu) = (Replica::of(LIN), Replica::of(GU));
    lin.adds(row(2), "乙");
    gu.adds(row(1), "甲");
    lin.hears(&gu);
    gu.hears(&lin);
    let order = |replica: &Replica| -> Vec<RowId> {
        replica.document.snapshot().table("zones").rows.iter().map(|row| row.id).collect()
    };
    assert_eq!(order(&lin), [row(1), row(2)]);
    assert_eq!(order(&lin), order(&gu));
}

#[test]
fn what_a_newer_version_wrote_survives_being_written_back() {
    let (mut newer, mut older) = (Replica::of(LIN), Replica::with(GU, &trial::OLDER));
    newer.adds(row(9), "机加-01");
    let logs = NewRow { table: "logs".to_owned(), id: row(8), order: String::new(), cells: vec![("text".to_owned(), text("记"))] };
    newer.does(Deed::Enter { by: Entry::Typed, rows: vec![logs], cells: Vec::new() });
    let second = skeleton::changes(LEDGER, &trial::SCHEMA).remove(1);
    older.document.receive([(&second.hash, second.bytes.as_slice())]).unwrap();
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
        older.document.receive([(&made.hash, made.bytes.as_slice())]).unwrap();
    }
    assert_eq!(older.try_to(enter(&scope(), text("一跨"))), Err(ActProblem::NeedsNewerApp { needed: WRITER + 1 }));
    assert_eq!(older.document.snapshot().table("zones").rows.len(), 1);
}

#[test]
fn a_great_paste_is_several_changes_of_one_act_within_every_limit() {
    let (mut lin, ..) = three();
    let already = lin.made.len();
    let rows: Vec<NewRow> = (0..700_u32)
        .map(|number| {
            let id = RowId(uuid::Uuid::from_u128(u128::from(number) + 1_000));
            let cells = vec![("name".to_owned(), text("区")), ("scope".to_owned(), text(&"范围".repeat(200)))];
            NewRow { table: "zones".to_owned(), id, order: order::between(None, None), cells }
        })
        .collect();
    lin.does(Deed::Enter { by: Entry::Pasted, rows, cells: Vec::new() });
    let made = &lin.made[already..];
    assert!(made.len() > 1);
    let messages: std::collections::HashSet<_> =
        made.iter().map(|made| Change::from_bytes(made.bytes.clone()).unwrap().message().map(str::to_owned)).collect();
    assert_eq!(messages.len(), 1);
    assert!(made.iter().all(|made| crate::guard::scan(&made.bytes) == Ok(made.hash)));
    assert_eq!(lin.document.snapshot().table("zones").rows.len(), 701);
}

#[test]
fn the_view_kept_from_patches_is_the_view_read_anew() {
    let (mut lin, mut gu, mut ye) = three();
    gu.types(&scope(), text("二跨"));
    ye.types(&scope(), text("三跨"));
    gu.adds(row(3), "机加-03");
    lin.does(Deed::Remove { table: "zones".to_owned(), rows: vec![row(9)], why: String::new() });
    lin.hears(&gu);
    lin.hears(&ye);
    let seen = lin.document.conflict(&scope()).unwrap();
    lin.settles(&scope(), seen.values[1].value.clone());
    let mut anew = Replica::of(AccountId::from_bytes([9; 16]));
    for other in [&lin, &gu, &ye] {
        anew.made.extend(other.made.iter().cloned());
    }
    let all = std::mem::take(&mut anew.made);
    anew.document.receive(all.iter().map(|made| (&made.hash, made.bytes.as_slice()))).unwrap();
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
    assert_eq!(lin.document.receive([(&hash, b"nonsense".as_slice())]), Err(Damaged(hash)));
}
