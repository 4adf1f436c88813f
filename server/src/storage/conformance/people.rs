//! Enterprise, accounts and sessions.

use shared::access::{Grant, Role, RoleChange, UnitKind};
use shared::id::{AccountId, UnitId};
use shared::protocol::http::DemoAccount;
use shared::time::{Date, Timestamp};

use super::{ENTERPRISE, GU, LIN, UNIT, World};
use crate::storage::{Account, Amendment, By, Enterprise, Storage, StorageError, Unit};

pub(super) fn enterprise() -> (Enterprise, Vec<Unit>) {
    let demo = DemoAccount {
        login: "gu".to_owned(),
        password: "p".to_owned(),
        name: "顾若川".to_owned(),
        role: Role::Secretary,
        unit: "一支部".to_owned(),
    };
    let unit = |byte, parent| Unit {
        kind: UnitKind::Branch,
        id: UnitId::from_bytes([byte; 16]),
        name: format!("支部{byte}"),
        parent,
    };
    let enterprise = Enterprise {
        id: ENTERPRISE,
        name: "青梧".to_owned(),
        demo: vec![demo],
    };
    (
        enterprise,
        vec![unit(9, None), unit(2, Some(UnitId::from_bytes([9; 16])))],
    )
}

/// Amends at a moment of no consequence.
pub(super) fn amend<S: Storage>(storage: &S, amendment: Amendment) -> Result<(), StorageError> {
    storage.amend(&By::relay(Timestamp(7)), &amendment)
}

pub(super) fn account(id: AccountId, login: &str) -> Account {
    let grant = |byte, role| Grant::new(UnitId::from_bytes([byte; 16]), role);
    Account {
        id,
        login: login.to_owned(),
        name: "林知远".to_owned(),
        password: "$argon2id$".to_owned(),
        first_password: true,
        grants: vec![grant(9, Role::Viewer), grant(2, Role::Secretary)],
    }
}

pub(super) fn a_store_is_one_enterprises<S: Storage>(world: World<S>) {
    let (enterprise, units) = enterprise();
    assert_eq!(world.storage.enterprise().unwrap(), None);
    world.storage.found(&enterprise, &units).unwrap();
    assert!(matches!(
        world.storage.found(&enterprise, &units),
        Err(StorageError::NotEmpty)
    ));
    assert_eq!(world.storage.enterprise().unwrap(), Some(enterprise));
    assert_eq!(world.storage.units().unwrap(), units);
    let third = Unit {
        kind: UnitKind::GeneralBranch,
        id: UnitId::from_bytes([1; 16]),
        name: "三支部".to_owned(),
        parent: Some(UnitId::from_bytes([9; 16])),
    };
    let adds = |unit: &Unit| {
        let units = vec![unit.clone()];
        amend(&world.storage, Amendment::AddUnits(units, Vec::new()))
    };
    adds(&third).unwrap();
    assert_eq!(world.storage.units().unwrap()[2], third);
    let second_top = Unit {
        parent: None,
        ..third
    };
    assert!(matches!(adds(&second_top), Err(StorageError::SecondTop)));
    assert_eq!(world.storage.units().unwrap().len(), 3);
}

pub(super) fn a_login_belongs_to_one_account<S: Storage>(world: World<S>) {
    let storage = &world.storage;
    amend(storage, Amendment::AddAccounts(vec![account(LIN, "lin")])).unwrap();
    let both = [account(GU, "gu"), account(AccountId::from_bytes([7; 16]), "lin")];
    assert!(matches!(
        amend(storage, Amendment::AddAccounts(both.to_vec())),
        Err(StorageError::LoginTaken)
    ));
    assert!(storage.account(GU).unwrap().is_none(), "all or none");
    assert!(storage.account_of("lin").unwrap() == Some(account(LIN, "lin")));
    assert!(storage.account(LIN).unwrap() == Some(account(LIN, "lin")));
    assert!(storage.account_of("gu").unwrap().is_none());

    assert_eq!(storage.accounts().unwrap().len(), 1);
}

pub(super) fn roles_are_changed_one_by_one_and_none_is_dropped<S: Storage>(world: World<S>) {
    let storage = &world.storage;
    amend(storage, Amendment::AddAccounts(vec![account(LIN, "lin")])).unwrap();
    let [viewer, secretary] = account(LIN, "lin").grants[..] else {
        panic!("two roles");
    };
    let leader = Grant::new(UNIT, Role::GroupLeader);
    let change = |changes: &[RoleChange]| amend(storage, Amendment::ChangeRoles(LIN, changes.to_vec()));
    let revoke = RoleChange::Revoke { grant: viewer };
    change(&[RoleChange::Give { grant: leader }, revoke]).unwrap();
    let wanted = [revoke.makes(), secretary, leader];
    assert_eq!(storage.account(LIN).unwrap().unwrap().grants, wanted);
    let said = storage.audit(2, 1).unwrap().remove(0).text;
    assert_eq!(
        said.matches("\"role\"").count(),
        3,
        "all roles are written down: {said}"
    );

    let end = RoleChange::End {
        grant: viewer,
        until: Date::new(2030, 1, 1).unwrap(),
    };
    let late = change(&[RoleChange::Revoke { grant: leader }, end]);
    assert!(matches!(late, Err(StorageError::Gone)));
    assert_eq!(
        storage.account(LIN).unwrap().unwrap().grants,
        wanted,
        "all or none"
    );
    assert_eq!(storage.audited().unwrap(), 2);
    let nobodys = amend(
        storage,
        Amendment::ChangeRoles(GU, vec![RoleChange::Give { grant: leader }]),
    );
    assert!(matches!(nobodys, Err(StorageError::Gone)));
}

pub(super) fn a_store_is_set_up_once_and_only_while_it_has_no_account<S: Storage>(world: World<S>) {
    let storage = &world.storage;
    let (enterprise, units) = enterprise();
    let unnamed = Enterprise {
        name: String::new(),
        ..enterprise
    };
    storage.found(&unnamed, &[]).unwrap();
    let set_up = |name: &str, top: Option<Unit>, id, login| {
        let set_up = Amendment::SetUp {
            enterprise: name.to_owned(),
            top,
            ledgers: Vec::new(),
            account: account(id, login),
        };
        amend(storage, set_up)
    };
    let top = Some(units[0].clone());
    set_up("青梧", top.clone(), LIN, "lin").unwrap();
    assert_eq!(storage.audited().unwrap(), 3);
    assert!(matches!(
        set_up("别家", None, GU, "gu"),
        Err(StorageError::NotEmpty)
    ));
    assert!(matches!(
        set_up("别家", top, GU, "gu"),
        Err(StorageError::NotEmpty)
    ));
    assert_eq!(storage.enterprise().unwrap().unwrap().name, "青梧");
    assert_eq!(storage.units().unwrap(), units[..1]);
    assert_eq!(
        (storage.accounts().unwrap().len(), storage.audited().unwrap()),
        (1, 3)
    );
}

pub(super) fn one_administrator_without_a_last_day_is_left_at_the_top<S: Storage>(world: World<S>) {
    let storage = &world.storage;
    let (enterprise, units) = enterprise();
    storage.found(&enterprise, &units).unwrap();
    let grant = Grant::new(units[0].id, Role::Administrator);
    let below = Grant::new(units[1].id, Role::Administrator);
    let administrator = |id, login, grants: &[Grant]| Account {
        grants: grants.to_vec(),
        ..account(id, login)
    };
    let accounts = vec![
        administrator(LIN, "lin", &[grant]),
        administrator(GU, "gu", &[grant, below]),
    ];
    amend(storage, Amendment::AddAccounts(accounts)).unwrap();
    let change = |id, change| amend(storage, Amendment::ChangeRoles(id, vec![change]));
    let is_last = |done| matches!(done, Err(StorageError::LastAdministrator));
    let until = Date::new(2030, 1, 1).unwrap();
    // Two who revoke each other at once: the second finds himself the last.
    change(LIN, RoleChange::Revoke { grant }).unwrap();
    assert!(is_last(change(GU, RoleChange::Revoke { grant })));
    assert!(
        is_last(change(GU, RoleChange::End { grant, until })),
        "he would be the last who has an end"
    );
    change(GU, RoleChange::Revoke { grant: below }).unwrap();
    let for_a_while = Grant {
        until: Some(until),
        ..grant
    };
    change(LIN, RoleChange::Give { grant: for_a_while }).unwrap();
    assert!(is_last(change(GU, RoleChange::Revoke { grant })));
    change(LIN, RoleChange::Give { grant }).unwrap();
    change(GU, RoleChange::Revoke { grant }).unwrap();
}
