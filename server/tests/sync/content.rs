//! An enterprise of one branch and two officers, and what they write.

use std::sync::Arc;

use server::account::hash_password;
use server::register::of_branch;
use server::storage::memory::MemoryStorage;
use server::storage::{Account, Enterprise, Storage, Unit};
use shared::access::{Grant, Role};
use shared::id::{AccountId, ActId, ActorId, EnterpriseId, LedgerId, RowId, UnitId};
use shared::ledger::act::{Act, Deed, Entry as By, NewRow};
use shared::ledger::cell::Value;
use shared::ledger::document::{Document, Made};
use shared::ledger::key::LedgerKey;
use shared::ledger::kind::Kind;
use shared::ledger::order;
use shared::time::Timestamp;

pub(crate) const ENTERPRISE: EnterpriseId = EnterpriseId::from_bytes([1; 16]);
pub(crate) const UNIT: UnitId = UnitId::from_bytes([2; 16]);
pub(crate) const LIN: AccountId = AccountId::from_bytes([3; 16]);
pub(crate) const GU: AccountId = AccountId::from_bytes([4; 16]);
pub(crate) const YE: AccountId = AccountId::from_bytes([5; 16]);
pub(crate) const WEI: AccountId = AccountId::from_bytes([6; 16]);
pub(crate) const SU: AccountId = AccountId::from_bytes([7; 16]);
/// Another branch, without ledgers.
pub(crate) const ELSEWHERE: UnitId = UnitId::from_bytes([8; 16]);

pub(crate) fn key() -> LedgerKey {
    of_branch(ENTERPRISE, UNIT, 2026)
        .find(|(_, key)| key.kind == Kind::Pledge)
        .unwrap()
        .1
}

pub(crate) fn ledger() -> LedgerId {
    key().id(ENTERPRISE)
}

pub(crate) fn roster() -> LedgerId {
    let mut of_branch = of_branch(ENTERPRISE, UNIT, 2026);
    of_branch.find(|(_, key)| key.kind == Kind::Roster).unwrap().0
}

/// Changes that each add a pledge, as this account's app makes them.
pub(crate) fn pledges(account: AccountId, actor: u8, count: u8) -> Vec<Made> {
    pledges_with("text", account, actor, count)
}

/// The same with a cell of this column.
pub(crate) fn pledges_with(column: &str, account: AccountId, actor: u8, count: u8) -> Vec<Made> {
    let mut document = Document::new(ledger(), key().kind.schema(), account, ActorId([actor; 16]));
    let mut add = |number: u8| {
        let row = NewRow {
            table: "items".to_owned(),
            id: RowId::from_bytes([actor, number, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, 1]),
            order: order::between(None, None),
            cells: vec![(column.to_owned(), Value::Text(format!("每周点检一次 {number}")))],
        };
        let deed = Deed::Enter {
            by: By::Typed,
            rows: vec![row],
            cells: Vec::new(),
        };
        let act = Act {
            id: ActId::from_bytes([number; 16]),
            at: Timestamp(1_770_000_000_000),
            deed,
        };
        document.perform(&act).unwrap().changes
    };
    (1..=count).flat_map(&mut add).collect()
}

pub(crate) fn fill(storage: &dyn Storage) {
    let enterprise = Enterprise {
        id: ENTERPRISE,
        name: "青梧".to_owned(),
        demo: Vec::new(),
    };
    let unit = |id, name: &str| Unit {
        kind: shared::access::UnitKind::Branch,
        id,
        name: name.to_owned(),
        parent: None,
    };
    storage
        .found(&enterprise, &[unit(UNIT, "一支部"), unit(ELSEWHERE, "二支部")])
        .unwrap();
    let password = hash_password("correct horse", [5; 16]);
    let account = |(id, login, unit, role): (AccountId, &str, UnitId, Role)| Account {
        id,
        login: login.to_owned(),
        name: login.to_owned(),
        password: password.clone(),
        first_password: false,
        grants: vec![Grant::new(unit, role)],
    };
    let accounts = [
        (LIN, "lin", UNIT, Role::Secretary),
        (GU, "gu", UNIT, Role::Secretary),
        (YE, "ye", UNIT, Role::GroupLeader),
        (WEI, "wei", UNIT, Role::Viewer),
        (SU, "su", ELSEWHERE, Role::Secretary),
    ];
    storage
        .amend(
            &server::storage::By::relay(server::clock::now()),
            &server::storage::Amendment::AddAccounts(accounts.map(account).into()),
        )
        .unwrap();
    storage
        .add_ledgers(&of_branch(ENTERPRISE, UNIT, 2026).collect::<Vec<_>>())
        .unwrap();
}

pub(crate) fn in_memory() -> Arc<MemoryStorage> {
    let storage = MemoryStorage::new();
    fill(&storage);
    Arc::new(storage)
}
