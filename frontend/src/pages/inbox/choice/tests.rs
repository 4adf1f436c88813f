//! What goes together when somebody decides.

use std::rc::Rc;

use shared::access::{Hold, Status as Opened};
use shared::id::{AccountId, DeviceId, LedgerId, RowId, UnitId};
use shared::ledger::cell::{CellRef, Value};
use shared::ledger::key::{LedgerKey, Part};
use shared::ledger::kind::Kind;
use shared::ledger::person::Directory;
use shared::ledger::proposal::Step;
use shared::protocol::http::inbox::{Decision, HeldItem};
use shared::time::Timestamp;

use super::*;
use crate::i18n::Language;

const YE: AccountId = AccountId::from_bytes([3; 16]);
const KEY: LedgerKey = LedgerKey {
    unit: UnitId::from_bytes([5; 16]),
    year: Some(2026),
    kind: Kind::Pledge,
    part: Part::Main,
};

fn hash(number: u8) -> ChangeHash {
    ChangeHash([number; 32])
}

fn kept(number: u8, builds_on: &[u8], decided: Option<Standing>) -> Kept {
    let decision = decided.map(|standing| Decision {
        standing,
        by: YE,
        at: Timestamp(3),
        reason: String::new(),
    });
    let item = HeldItem {
        ledger: LedgerId([7; 16]),
        key: KEY,
        unit: "一支部".to_owned(),
        status: Opened::Open,
        hash: hash(number),
        account: YE,
        name: Some("叶书宁".to_owned()),
        device: DeviceId::from_bytes([9; 16]),
        carried_by: Some(AccountId::from_bytes([4; 16])),
        carrier: Some("林知远".to_owned()),
        received_at: Timestamp(2),
        why: Hold::Carried,
        decision,
        decider: None,
        bytes: Vec::new(),
        yours: true,
    };
    let step = Step::Write {
        cell: CellRef::new("items", RowId::from_bytes([9; 16]), "note"),
        now: Value::Empty,
        proposed: Value::Text(format!("第{number}")),
        clashes: false,
    };
    let proposal = Proposal {
        hash: hash(number),
        at: Timestamp(1),
        dependencies: builds_on.iter().map(|number| hash(*number)).collect(),
        steps: vec![step],
    };
    Kept {
        item: Rc::new(item),
        proposal: Some(proposal),
    }
}

fn ledger(review: Vec<Kept>) -> InboxLedger {
    InboxLedger {
        id: LedgerId([7; 16]),
        key: KEY,
        unit: "一支部".into(),
        view: None,
        directory: Rc::new(Directory::default()),
        born: Vec::new(),
        conflicts: 0,
        withdrawn: Vec::new(),
        mine: Vec::new(),
        review,
    }
}

#[test]
fn a_decision_takes_along_what_it_must_and_nothing_that_was_decided() {
    let down = Some(Standing::TurnedDown);
    let ledger = ledger(vec![
        kept(1, &[], None),
        kept(2, &[1], None),
        kept(3, &[], down),
        kept(4, &[3], None),
    ]);
    assert_eq!(whole(&ledger, Standing::TakenIn, &[hash(2)]), [hash(1), hash(2)]);
    assert_eq!(
        whole(&ledger, Standing::TurnedDown, &[hash(1)]),
        [hash(1), hash(2)]
    );
    assert_eq!(whole(&ledger, Standing::TurnedDown, &[hash(2)]), [hash(2)]);
    assert_eq!(whole(&ledger, Standing::TakenIn, &[hash(4)]), [hash(4)]);
    let lost: Vec<bool> = (1..=4)
        .map(|number| has_lost_its_ground(&ledger, &hash(number)))
        .collect();
    assert_eq!(lost, [false, false, false, true]);
    let open: Vec<bool> = ledger.review.iter().map(is_open).collect();
    assert_eq!(open, [true, true, false, true]);
}

#[test]
fn what_builds_on_a_voided_change_can_only_be_turned_down() {
    let mut ledger = ledger(vec![kept(1, &[9], None), kept(2, &[1], None), kept(3, &[], None)]);
    ledger.withdrawn = vec![hash(9)];
    let lost = [1, 2, 3].map(|number| has_lost_its_ground(&ledger, &hash(number)));
    assert_eq!(lost, [true, true, false]);
}

#[test]
fn what_cannot_be_read_can_be_decided_alone() {
    let mut unread = kept(1, &[], None);
    unread.proposal = None;
    let ledger = ledger(vec![unread, kept(2, &[], None)]);
    assert_eq!(whole(&ledger, Standing::TurnedDown, &[hash(1)]), [hash(1)]);
}

#[test]
fn a_carried_change_names_its_author_and_who_brought_it() {
    let ledger = ledger(vec![kept(1, &[], None)]);
    let lookup = words::lookup(&ledger, Language::Chinese, Timestamp(0).date());
    assert_eq!(
        names(&ledger, &lookup, &[hash(1)]),
        "承诺事项 › #09090909 › 备注 第1"
    );
    let author = words::author(Language::Chinese, &ledger.review[0].item);
    assert_eq!(author, "叶书宁（由 林知远 代传）");
    let sheet = crate::pages::inbox::sheet::of_review(Language::Chinese, &[(ledger, lookup)]);
    let line = sheet.lines().nth(1).unwrap();
    assert!(sheet.starts_with('\u{feff}'));
    assert!(line.contains("\"待审入 · 代传，待核\""), "{line}");
    assert!(line.contains("\"叶书宁（由 林知远 代传）\""), "{line}");
}

#[test]
fn a_reason_stands_with_who_gave_it() {
    let mut turned_down = kept(1, &[], Some(Standing::TurnedDown));
    let mut item = (*turned_down.item).clone();
    item.decider = Some("林知远".to_owned());
    item.decision = item.decision.map(|decision| Decision {
        reason: "票数与记录不符".to_owned(),
        ..decision
    });
    turned_down.item = Rc::new(item);
    assert_eq!(
        words::outcome(Language::Chinese, &turned_down.item),
        "林知远 于 1970-01-01 08:00 不予审入：票数与记录不符"
    );
}
