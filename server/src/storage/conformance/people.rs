//! Enterprise, accounts and sessions.

use shared::access::{Grant, Role};
use shared::id::{AccountId, DeviceId, UnitId};
use shared::protocol::http::DemoAccount;
use shared::time::Timestamp;

use super::{ENTERPRISE, GU, LIN, UNIT, World};
use crate::storage::{Account, Enterprise, Session, SessionHash, Storage, StorageError, Unit};

pub(super) fn enterprise() -> (Enterprise, Vec<Unit>) {
    let demo = DemoAccount {
        login: "gu".to_owned(),
        password: "p".to_owned(),
        name: "顾若川".to_owned(),
        role: Role::Secretary,
        unit: "一支部".to_owned(),
    };
    let unit = |byte, parent| Unit {
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

pub(super) fn account(id: AccountId, login: &str) -> Account {
    let grant = |byte, role| Grant {
        unit: UnitId::from_bytes([byte; 16]),
        role,
    };
    Account {
        id,
        login: login.to_owned(),
        name: "林知远".to_owned(),
        password: "$argon2id$".to_owned(),
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
        id: UnitId::from_bytes([1; 16]),
        name: "三支部".to_owned(),
        parent: None,
    };
    world.storage.add_unit(&third).unwrap();
    assert_eq!(world.storage.units().unwrap()[2], third);
}

pub(super) fn a_login_belongs_to_one_account<S: Storage>(world: World<S>) {
    let storage = &world.storage;
    storage.add_accounts(&[account(LIN, "lin")]).unwrap();
    let both = [account(GU, "gu"), account(AccountId::from_bytes([7; 16]), "lin")];
    assert!(matches!(
        storage.add_accounts(&both),
        Err(StorageError::LoginTaken)
    ));
    assert!(storage.account(GU).unwrap().is_none(), "all or none");
    assert!(storage.account_of("lin").unwrap() == Some(account(LIN, "lin")));
    assert!(storage.account(LIN).unwrap() == Some(account(LIN, "lin")));
    assert!(storage.account_of("gu").unwrap().is_none());

    let other = [Grant {
        unit: UNIT,
        role: Role::GroupLeader,
    }];
    storage.grant(LIN, &other).unwrap();
    assert_eq!(storage.account(LIN).unwrap().unwrap().grants, other);
    assert_eq!(storage.accounts().unwrap().len(), 1);
}

pub(super) fn a_session_begins_is_used_and_ends<S: Storage>(world: World<S>) {
    let storage = &world.storage;
    let session = |byte| Session {
        hash: SessionHash([byte; 32]),
        account: LIN,
        device: DeviceId::from_bytes([8; 16]),
        began_at: Timestamp(5),
        used_at: Timestamp(5),
    };
    let [first, second] = [session(1), session(2)];
    storage.begin_session(&first, None).unwrap();
    storage.touch_session(first.hash, Timestamp(9)).unwrap();
    assert_eq!(
        storage.session(first.hash).unwrap().unwrap().used_at,
        Timestamp(9)
    );
    storage.begin_session(&second, Some(first.hash)).unwrap();
    assert_eq!(storage.session(first.hash).unwrap(), None);
    assert_eq!(storage.session(second.hash).unwrap(), Some(second.clone()));
    storage.end_session(second.hash).unwrap();
    storage.end_session(second.hash).unwrap();
    assert_eq!(storage.session(second.hash).unwrap(), None);
}
