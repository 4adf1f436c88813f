//! Roles, sessions and devices.

use shared::access::Status;
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
    let grants = |unit| vec![Grant::new(office.unit(unit), Role::Secretary)];
    let order = |order| office.orders_in("一支部", order);
    order(Order::Grant {
        account: ours,
        grants: grants("一支部"),
    })
    .unwrap();
    assert_eq!(
        wrong(order(Order::Grant {
            account: ours,
            grants: grants("二支部")
        })),
        Wrong::NoUnit { row: 0 }
    );
    assert_eq!(
        wrong(order(Order::Grant {
            account: theirs,
            grants: grants("一支部")
        })),
        Wrong::Gone
    );
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
    office.storage.begin_session(&session, None).unwrap();
    assert_eq!(
        wrong(office.orders(Order::Grant {
            account: lin,
            grants: Vec::new()
        })),
        Wrong::LastAdministrator
    );
    let ended = vec![Grant {
        revoked: true,
        ..Grant::new(office.unit("党委"), Role::Administrator)
    }];
    assert_eq!(
        wrong(office.orders(Order::Grant {
            account: lin,
            grants: ended
        })),
        Wrong::LastAdministrator
    );
    assert_eq!(office.storage.sessions().unwrap().len(), 1);
    office.adds("gu", "党委", Role::Administrator);
    office
        .orders(Order::Grant {
            account: lin,
            grants: Vec::new(),
        })
        .unwrap();
    assert!(office.storage.sessions().unwrap().is_empty());
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
        office.storage.begin_session(&session(byte), None).unwrap();
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
