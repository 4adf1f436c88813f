//! Tests of taking back.

use super::*;
use crate::id::{AccountId, ActId, ActorId, LedgerId, PersonId};
use crate::ledger::act::{Act, NewRow};
use crate::ledger::document::Document;
use crate::ledger::trial;
use crate::time::Timestamp;

const ROW: RowId = RowId::from_bytes([9; 16]);
const LIN: AccountId = AccountId::from_bytes([1; 16]);

/// An officer with a document and what can be taken back.
struct Officer {
    document: Document,
    undo: Undo,
    acts: u128,
}

impl Officer {
    fn with_row() -> Self {
        let document = Document::new(LedgerId([7; 16]), &trial::SCHEMA, LIN, ActorId([1; 16]));
        let mut officer = Self {
            document,
            undo: Undo::default(),
            acts: 0,
        };
        officer.does(adds());
        officer
    }

    fn does(&mut self, deed: Deed) {
        let before = self.document.snapshot();
        let skipped = self.performs(deed.clone());
        self.undo
            .remember(ActId(uuid::Uuid::from_u128(self.acts)), &before, &deed, &skipped);
    }

    /// Performs a deed that cannot be taken back here: another officer's.
    fn performs(&mut self, deed: Deed) -> Vec<CellRef> {
        self.acts += 1;
        let act = Act {
            id: ActId(uuid::Uuid::from_u128(self.acts)),
            at: Timestamp(1),
            deed,
        };
        self.document.perform(&act).unwrap().skipped
    }

    fn undoes(&mut self) -> Vec<CellRef> {
        let Reversal { deeds, changed_since } = self.undo.undo(&self.document.snapshot()).unwrap();
        for deed in deeds {
            self.performs(deed);
        }
        self.undo.undid();
        changed_since
    }

    fn redoes(&mut self) -> Vec<CellRef> {
        let Reversal { deeds, changed_since } = self.undo.redo(&self.document.snapshot()).unwrap();
        for deed in deeds {
            self.performs(deed);
        }
        self.undo.redid();
        changed_since
    }

    fn sees(&self, key: &str) -> Value {
        self.document
            .snapshot()
            .cell(&cell(key))
            .map(|cell| cell.value.clone())
            .unwrap_or_default()
    }

    fn is_removed(&self) -> bool {
        self.document
            .snapshot()
            .table("zones")
            .row(ROW)
            .is_none_or(|row| row.removal.is_some())
    }
}

fn adds() -> Deed {
    let row = NewRow {
        table: "zones".to_owned(),
        id: ROW,
        order: "80".to_owned(),
        cells: Vec::new(),
    };
    Deed::Enter {
        by: Entry::Typed,
        rows: vec![row],
        cells: Vec::new(),
    }
}

fn cell(key: &str) -> CellRef {
    CellRef::new("zones", ROW, key)
}

fn types(key: &str, value: Value) -> Deed {
    Deed::Enter {
        by: Entry::Typed,
        rows: Vec::new(),
        cells: vec![(cell(key), value)],
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[test]
fn acts_are_taken_back_last_first_and_done_again_in_order() {
    let mut lin = Officer::with_row();
    lin.does(types("name", text("一")));
    lin.does(types("name", text("二")));
    assert_eq!(lin.undoes(), []);
    assert_eq!(lin.sees("name"), text("一"));
    assert_eq!(lin.undoes(), []);
    assert_eq!(lin.sees("name"), Value::Empty);
    assert_eq!(lin.redoes(), []);
    assert_eq!(lin.redoes(), []);
    assert_eq!(lin.sees("name"), text("二"));
    assert_eq!(lin.undo.redo(&lin.document.snapshot()), None);
}

#[test]
fn a_row_that_was_added_is_removed_and_brought_back() {
    let mut lin = Officer::with_row();
    assert_eq!(lin.undoes(), []);
    assert!(lin.is_removed());
    assert_eq!(lin.redoes(), []);
    assert!(!lin.is_removed());
}

#[test]
fn a_removal_is_taken_back() {
    let mut lin = Officer::with_row();
    lin.does(Deed::Remove {
        table: "zones".to_owned(),
        rows: vec![ROW],
        why: "重复".to_owned(),
    });
    assert!(lin.is_removed());
    lin.undoes();
    assert!(!lin.is_removed());
}

#[test]
fn what_another_officer_changed_since_is_named() {
    let mut lin = Officer::with_row();
    lin.does(types("name", text("林")));
    lin.performs(types("name", text("顾")));
    let reversal = lin.undo.undo(&lin.document.snapshot()).unwrap();
    assert_eq!(reversal.changed_since, [cell("name")]);
}

#[test]
fn whoever_was_put_into_a_set_is_out_of_it_again() {
    // An empty cell is nothing that a set's element may hold: the guard would refuse it.
    let mut lin = Officer::with_row();
    let element = format!("helpers/{}", PersonId::from_bytes([3; 16]));
    lin.does(types(&element, Value::Flag(true)));
    lin.undoes();
    assert_eq!(lin.sees(&element), Value::Flag(false));
    assert_eq!(lin.redoes(), []);
    assert_eq!(lin.sees(&element), Value::Flag(true));
}

#[test]
fn a_new_act_forgets_what_could_be_done_again() {
    let mut lin = Officer::with_row();
    lin.does(types("name", text("一")));
    lin.undoes();
    lin.does(types("name", text("二")));
    assert_eq!(lin.undo.redo(&lin.document.snapshot()), None);
}

#[test]
fn an_act_that_changed_nothing_is_not_remembered() {
    let mut lin = Officer::with_row();
    lin.does(types("name", text("一")));
    let before = lin.document.snapshot();
    lin.undo
        .remember(ActId(uuid::Uuid::nil()), &before, &types("name", text("一")), &[]);
    lin.undoes();
    assert_eq!(lin.sees("name"), Value::Empty);
}

#[test]
fn a_row_that_another_officer_has_filled_since_is_named_before_it_is_taken_away() {
    let mut lin = Officer::with_row();
    lin.performs(types("name", text("顾")));
    assert_eq!(lin.undoes(), [cell("name")]);
}

#[test]
fn taking_a_restoring_back_brings_the_reason_of_the_removal_back() {
    let mut lin = Officer::with_row();
    lin.does(Deed::Remove {
        table: "zones".to_owned(),
        rows: vec![ROW],
        why: "--重复".to_owned(),
    });
    lin.does(Deed::Restore {
        table: "zones".to_owned(),
        rows: vec![ROW],
    });
    lin.undoes();
    let snapshot = lin.document.snapshot();
    let removal = snapshot.table("zones").row(ROW).unwrap().removal.clone().unwrap();
    assert_eq!(removal.why, "--重复");
}
