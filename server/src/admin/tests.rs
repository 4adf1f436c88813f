use shared::access::{Role, UnitKind};
use shared::protocol::http::admin::{NewAccount, NewRole};
use shared::protocol::http::audit::Deed;
use shared::time::Timestamp;

use super::*;
use crate::account::hash_password;
use crate::storage::Enterprise;
use crate::storage::memory::MemoryStorage;

mod people;

const ENTERPRISE: EnterpriseId = EnterpriseId::from_bytes([1; 16]);
const NOW: Timestamp = Timestamp(1_795_414_080_000);

/// An enterprise with a committee and two branches, made by its own orders.
struct Office {
    storage: MemoryStorage,
}

impl Office {
    fn new() -> Self {
        let storage = MemoryStorage::new();
        let enterprise = Enterprise {
            id: ENTERPRISE,
            name: "青梧".to_owned(),
            demo: Vec::new(),
        };
        storage.found(&enterprise, &[]).unwrap();
        let office = Self { storage };
        let units = [
            ("党委", UnitKind::PartyCommittee, None),
            ("一支部", UnitKind::Branch, Some("党委")),
            ("二支部", UnitKind::Branch, Some("党委")),
        ];
        let units = units
            .into_iter()
            .map(|(name, kind, above)| new_unit(name, kind, above))
            .collect();
        office.orders(Order::AddUnits { units }).unwrap();
        office
    }

    fn carry_out(&self, orderer: Orderer, order: Order) -> Result<Done, OrderError> {
        let units = self.storage.units().unwrap();
        let rights = Rights {
            units: units
                .iter()
                .filter_map(|unit| Some((unit.id, unit.parent?)))
                .collect(),
            ..Rights::default()
        };
        let by = By::relay(NOW);
        let hasher = |password: &str| Ok(hash_password(password, rand::random()));
        let office = Administration::new(&self.storage, ENTERPRISE, &rights, orderer, by, &hasher)?;
        office.carry_out(order)
    }

    /// What the command line orders.
    fn orders(&self, order: Order) -> Result<Done, OrderError> {
        self.carry_out(Orderer::CommandLine, order)
    }

    /// What an administrator of this unit alone orders.
    fn orders_in(&self, unit: &str, order: Order) -> Result<Done, OrderError> {
        let grants = vec![Grant::new(self.unit(unit), Role::Administrator)];
        self.carry_out(Orderer::Administrator(grants), order)
    }

    fn unit(&self, name: &str) -> UnitId {
        self.storage
            .units()
            .unwrap()
            .into_iter()
            .find(|unit| unit.name == name)
            .unwrap()
            .id
    }

    fn adds(&self, login: &str, unit: &str, role: Role) -> AccountId {
        let accounts = vec![new_account(login, unit, role)];
        self.orders(Order::AddAccounts { accounts }).unwrap();
        self.storage.account_of(login).unwrap().unwrap().id
    }
}

fn new_unit(name: &str, kind: UnitKind, above: Option<&str>) -> NewUnit {
    NewUnit {
        name: name.to_owned(),
        kind,
        above: above.map(str::to_owned),
    }
}

fn new_account(login: &str, unit: &str, role: Role) -> NewAccount {
    NewAccount {
        login: login.to_owned(),
        name: format!("{login}某"),
        role,
        unit: unit.to_owned(),
        more: Vec::new(),
    }
}

fn wrong(done: Result<Done, OrderError>) -> Wrong {
    match done {
        Err(OrderError::Wrong(wrong)) => wrong,
        Err(OrderError::Storage(source)) => panic!("{source}"),
        Ok(_) => panic!("it was carried out"),
    }
}

#[test]
fn a_branch_gets_its_ledgers_and_what_stands_above_gets_none() {
    let office = Office::new();
    assert_eq!(office.storage.units().unwrap().len(), 3);
    assert_eq!(
        office.storage.ledgers().unwrap().len(),
        16,
        "a roster and this year's pledges, zones, posts and four parts of an appraisal, twice"
    );
}

#[test]
fn a_sheet_of_units_is_added_whole_or_the_first_wrong_row_is_named() {
    let office = Office::new();
    let add = |rows: &[(&str, UnitKind, Option<&str>)]| {
        let units = rows
            .iter()
            .map(|(name, kind, above)| new_unit(name, *kind, *above))
            .collect();
        office.orders(Order::AddUnits { units })
    };
    let (general, branch) = (UnitKind::GeneralBranch, UnitKind::Branch);
    let good = ("机加总支", general, Some("党委"));
    assert_eq!(
        wrong(add(&[good, ("", branch, Some("机加总支"))])),
        Wrong::Name { row: 1 }
    );
    assert_eq!(
        wrong(add(&[good, ("一支部", branch, Some("党委"))])),
        Wrong::UnitTaken { row: 1 }
    );
    assert_eq!(wrong(add(&[good, good])), Wrong::UnitTaken { row: 1 });
    assert_eq!(
        wrong(add(&[("三支部", branch, Some("机加总支")), good])),
        Wrong::NoUnit { row: 0 }
    );
    assert_eq!(
        wrong(add(&[good, ("又一总支", general, Some("机加总支"))])),
        Wrong::Place { row: 1 }
    );
    assert_eq!(
        wrong(add(&[("组", branch, Some("一支部"))])),
        Wrong::Place { row: 0 }
    );
    let many = vec![good; limit::ORDER_ROWS + 1];
    let most = limit::ORDER_ROWS;
    assert_eq!(wrong(add(&many)), Wrong::TooMany { most });
    assert_eq!(
        office.storage.units().unwrap().len(),
        3,
        "nothing of a wrong sheet is kept"
    );
    add(&[good, ("三支部", branch, Some("机加总支"))]).unwrap();
    assert_eq!(office.storage.units().unwrap().len(), 5);
}

#[test]
fn nobody_adds_a_second_unit_at_the_top() {
    let office = Office::new();
    for above in [None, Some(" ")] {
        let add = || Order::AddUnits {
            units: vec![
                new_unit("三支部", UnitKind::Branch, Some("党委")),
                new_unit("另一党委", UnitKind::PartyCommittee, above),
            ],
        };
        assert_eq!(wrong(office.orders(add())), Wrong::SecondTop { row: 1 });
        assert_eq!(
            wrong(office.orders_in("党委", add())),
            Wrong::SecondTop { row: 1 }
        );
    }
    assert_eq!(office.storage.units().unwrap().len(), 3);
}

#[test]
fn accounts_get_first_passwords_on_slips_and_a_wrong_row_adds_none() {
    let office = Office::new();
    let secretary = Role::Secretary;
    let add = |rows: &[(&str, &str)]| {
        let accounts = rows
            .iter()
            .map(|(login, unit)| new_account(login, unit, secretary))
            .collect();
        office.orders(Order::AddAccounts { accounts })
    };
    assert_eq!(
        wrong(add(&[("lin", "一支部"), ("gu", "九支部")])),
        Wrong::NoUnit { row: 1 }
    );
    assert_eq!(
        wrong(add(&[("lin", "一支部"), ("LIN", "一支部")])),
        Wrong::LoginTaken { row: 1 }
    );
    let most = limit::ACCOUNTS_PER_ORDER;
    let many = vec![("lin", "一支部"); most + 1];
    assert_eq!(wrong(add(&many)), Wrong::TooMany { most });
    assert_eq!(wrong(add(&[("l n", "一支部")])), Wrong::Login { row: 0 });
    assert!(office.storage.accounts().unwrap().is_empty());
    let Done::Slips { slips } = add(&[("lin", "一支部"), ("gu", "二支部")]).unwrap() else {
        panic!("no slips");
    };
    assert_ne!(slips[0].password, slips[1].password);
    let lin = office.storage.account_of("lin").unwrap().unwrap();
    assert!(lin.first_password && lin.grants == [Grant::new(office.unit("一支部"), secretary)]);
}

#[test]
fn an_account_begins_with_all_the_roles_it_is_given() {
    let office = Office::new();
    let more = |unit: &str| NewRole {
        role: Role::Viewer,
        unit: unit.to_owned(),
    };
    let add = |other: &str| {
        let account = NewAccount {
            more: vec![more(other)],
            ..new_account("lin", "一支部", Role::Secretary)
        };
        let accounts = vec![account];
        office.orders(Order::AddAccounts { accounts })
    };
    assert_eq!(wrong(add("九支部")), Wrong::NoUnit { row: 0 });
    add("二支部").unwrap();
    let lin = office.storage.account_of("lin").unwrap().unwrap();
    let wanted = [("一支部", Role::Secretary), ("二支部", Role::Viewer)];
    assert_eq!(
        lin.grants,
        wanted.map(|(unit, role)| Grant::new(office.unit(unit), role))
    );
}

#[test]
fn every_order_is_in_the_audit_log_without_a_name_or_a_password() {
    let office = Office::new();
    let lin = office.adds("lin", "一支部", Role::Viewer);
    let Done::Code { code, until } = office.orders(Order::AllowReset { account: lin }).unwrap() else {
        panic!("no code");
    };
    assert_eq!(until, NOW.after(limit::RESET_CODE));
    let kept = office.storage.reset_code(lin).unwrap().unwrap();
    assert!(kept.hash != code && kept.hash != hash_password(&code, [0; 16]));
    let lines = office.storage.audit(1, 100).unwrap();
    assert!(crate::audit::verify(lines.clone()).is_ok());
    for line in &lines {
        assert!(
            !line.text.contains("lin") && !line.text.contains('某') && !line.text.contains(&code),
            "{}",
            line.text
        );
    }
    let last = crate::audit::newest(
        &office.storage,
        &shared::protocol::http::audit::Filter::default(),
        1,
    )
    .unwrap();
    assert_eq!(last[0].deed, Deed::ResetAllowed { subject: lin });
}
