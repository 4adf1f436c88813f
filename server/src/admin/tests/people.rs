//! Roles, sessions and devices.

use shared::access::{RoleChange, Status};
use shared::id::DeviceId;
use shared::protocol::http::DeviceKind;

use super::*;
use crate::storage::{Session, SessionHash};

#[test]
fn an_administrator_of_one_branch_orders_nothing_elsewhere() {
    let office = Office::new();
    let (ours, theirs) = (
        office.adds("lin", "一支部", Role::Viewer),
        office.adds("gu", "二支部", Role::Viewer),
    );
    let order = |order| office.orders_in("一支部", order);
    let gives = |account, unit| order(gives(account, Grant::new(office.unit(unit), Role::Secretary)));
    gives(ours, "一支部").unwrap();
    assert_eq!(wrong(gives(ours, "二支部")), Wrong::NoUnit { row: 0 });
    assert_eq!(wrong(gives(theirs, "一支部")), Wrong::Gone);
    assert_eq!(wrong(order(Order::AllowReset { account: theirs })), Wrong::Gone);
    assert_eq!(wrong(order(Order::EndSessions { account: theirs })), Wrong::Gone);
    assert_eq!(
        wrong(order(Order::RenameUnit {
            unit: office.unit("二支部"),
            name: "四支部".to_owned()
        })),
        Wrong::Gone
    );
    let units = vec![new_unit("五支部", UnitKind::Branch, Some("党委"))];
    assert_eq!(wrong(order(Order::AddUnits { units })), Wrong::NoUnit { row: 0 });
    let accounts = vec![new_account("ye", "二支部", Role::Viewer)];
    assert_eq!(
        wrong(order(Order::AddAccounts { accounts })),
        Wrong::NoUnit { row: 0 }
    );
    let ledgers = office.storage.ledgers().unwrap();
    let unit = office.unit("二支部");
    let ledger = ledgers.iter().find(|listed| listed.key.unit == unit).unwrap().id;
    assert_eq!(
        wrong(order(Order::SetStatus {
            ledger,
            status: Status::Closed
        })),
        Wrong::Gone
    );
}

#[test]
fn sessions_end_with_a_role_and_the_last_administrator_stays() {
    let office = Office::new();
    let lin = office.adds("lin", "党委", Role::Administrator);
    let session = Session {
        hash: SessionHash([7; 32]),
        account: lin,
        device: DeviceId::from_bytes([8; 16]),
        kind: DeviceKind::Shared,
        began_at: NOW,
        used_at: NOW,
    };
    office.storage.begin_session(&session, None, u64::MAX).unwrap();
    let grant = Grant::new(office.unit("党委"), Role::Administrator);
    assert_eq!(
        wrong(office.orders(revokes(lin, grant))),
        Wrong::LastAdministrator
    );
    assert_eq!(office.storage.sessions().unwrap().len(), 1);
    office.adds("gu", "党委", Role::Administrator);
    office.orders(revokes(lin, grant)).unwrap();
    assert!(office.storage.sessions().unwrap().is_empty());
}

#[test]
fn a_page_that_is_out_of_date_does_not_undo_a_revocation() {
    let office = Office::new();
    let lin = office.adds("lin", "一支部", Role::Secretary);
    let seen = Grant::new(office.unit("一支部"), Role::Secretary);
    office.orders(revokes(lin, seen)).unwrap();
    let end = RoleChange::End {
        grant: seen,
        until: Date::new(2199, 1, 1).unwrap(),
    };
    assert_eq!(wrong(office.orders(change(lin, end))), Wrong::Gone);
    let viewer = Grant::new(office.unit("二支部"), Role::Viewer);
    office.orders(gives(lin, viewer)).unwrap();
    let kept = office.storage.account(lin).unwrap().unwrap().grants;
    assert_eq!(kept, [RoleChange::Revoke { grant: seen }.makes(), viewer]);
}

#[test]
fn a_last_day_before_the_first_is_refused() {
    let office = Office::new();
    let lin = office.adds("lin", "一支部", Role::Viewer);
    let (first, last) = (Date::new(2199, 1, 2).unwrap(), Date::new(2199, 1, 1).unwrap());
    let later = Grant {
        from: Some(first),
        ..Grant::new(office.unit("一支部"), Role::Secretary)
    };
    let turned = Grant {
        until: Some(last),
        ..later
    };
    assert_eq!(wrong(office.orders(gives(lin, turned))), Wrong::Days);
    office.orders(gives(lin, later)).unwrap();
    let end = RoleChange::End {
        grant: later,
        until: last,
    };
    assert_eq!(wrong(office.orders(change(lin, end))), Wrong::Days);
}

fn gives(account: AccountId, grant: Grant) -> Order {
    change(account, RoleChange::Give { grant })
}

fn revokes(account: AccountId, grant: Grant) -> Order {
    change(account, RoleChange::Revoke { grant })
}

fn change(account: AccountId, change: RoleChange) -> Order {
    Order::ChangeRoles {
        account,
        changes: vec![change],
    }
}

#[test]
fn a_shared_device_is_forgotten_as_far_as_it_is_listed() {
    let office = Office::new();
    let (ours, theirs) = (
        office.adds("lin", "一支部", Role::Viewer),
        office.adds("gu", "二支部", Role::Viewer),
    );
    let device = DeviceId::from_bytes([8; 16]);
    let session = |byte, account, used_at| Session {
        hash: SessionHash([byte; 32]),
        account,
        device,
        kind: DeviceKind::Shared,
        began_at: used_at,
        used_at,
    };
    let begins = |session: &Session| office.storage.begin_session(session, None, u64::MAX).unwrap();
    let foreign = session(1, theirs, NOW);
    begins(&foreign);
    begins(&session(2, ours, Timestamp(0)));
    let forget = || office.orders_in("一支部", Order::ForgetDevice { device });
    assert_eq!(wrong(forget()), Wrong::Gone, "nobody of ours is signed in there");
    begins(&session(3, ours, NOW));
    forget().unwrap();
    assert_eq!(office.storage.sessions().unwrap(), [foreign]);
}

#[test]
fn a_device_is_forgotten_and_a_session_ended_by_name() {
    let office = Office::new();
    let lin = office.adds("lin", "一支部", Role::Viewer);
    let session = |byte: u8| Session {
        hash: SessionHash([byte; 32]),
        account: lin,
        device: DeviceId::from_bytes([byte % 2; 16]),
        kind: DeviceKind::Personal,
        began_at: NOW,
        used_at: NOW,
    };
    for byte in [1, 2, 3] {
        office
            .storage
            .begin_session(&session(byte), None, u64::MAX)
            .unwrap();
    }
    office
        .orders(Order::EndSession {
            session: session(2).hash.name(),
        })
        .unwrap();
    assert_eq!(office.storage.sessions().unwrap().len(), 2);
    office
        .orders(Order::ForgetDevice {
            device: DeviceId::from_bytes([1; 16]),
        })
        .unwrap();
    assert!(office.storage.sessions().unwrap().is_empty());
    assert_eq!(
        wrong(office.orders(Order::EndSession {
            session: "00".to_owned()
        })),
        Wrong::Gone
    );
    assert_eq!(
        wrong(office.orders(Order::ForgetDevice {
            device: DeviceId::from_bytes([1; 16])
        })),
        Wrong::Gone
    );
}
