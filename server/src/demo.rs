//! The demonstration enterprise: invented, and the same every time it is made.

use shared::access::{Grant, Role};
use shared::id::UnitId;
use shared::protocol::http::DemoAccount;
use shared::sync::relay::{Batch, BatchId};

use crate::account::hash_password;
use crate::register;
use crate::storage::{Account, Enterprise, Storage, StorageError, Unit};
use branch::{ABOVE, BRANCHES, COMMITTEE, ENTERPRISE, FIRST_SHOP, OFFICE};
use people::{OFFICE_PEOPLE, Staffed, everybody};

mod book;
mod branch;
mod name;
mod people;
mod pledge;
mod pledge_text;
mod roster;
mod seed;

#[cfg(test)]
mod tests;

/// The year of the pledge ledgers.
const YEAR: u16 = 2026;
/// The password of everybody in the demonstration.
pub const PASSWORD: &str = "taizhang-demo-2026";
/// A branch from which a second secretary is shown.
const SECOND_BRANCH: &str = "总装一车间党支部";

/// Fills an empty store. Broken off, it can be done again: the enterprise comes last, and makes the store a used one.
///
/// # Errors
///
/// Fails when the store does.
pub fn fill(storage: &dyn Storage, seal_key: &[u8; 32]) -> Result<(), StorageError> {
    let staffed = everybody();
    let enterprise = seed::enterprise();
    for (number, branch) in (1..).zip(&staffed) {
        let unit = seed::unit(branch.branch.name);
        storage.add_ledgers(&register::of_branch(enterprise, unit, YEAR).collect::<Vec<_>>())?;
        let mut entries = roster::log(branch, seal_key);
        entries.extend(pledge::log(branch, seal_key).0);
        storage.commit(&Batch {
            id: BatchId(number),
            entries,
            held: Vec::new(),
        })?;
    }
    let known = storage.accounts()?;
    let mut accounts = accounts(&staffed);
    accounts.retain(|account| known.iter().all(|known| known.id != account.id));
    storage.add_accounts(&accounts)?;
    let enterprise = Enterprise {
        id: enterprise,
        name: ENTERPRISE.to_owned(),
        demo: shown(&staffed),
    };
    storage.found(&enterprise, &units())
}

fn units() -> Vec<Unit> {
    let unit = |name: &str, parent: Option<&str>| Unit {
        id: seed::unit(name),
        name: name.to_owned(),
        parent: parent.map(seed::unit),
    };
    let mut units = vec![unit(COMMITTEE, None), unit(OFFICE, Some(COMMITTEE))];
    units.extend(ABOVE.iter().map(|name| unit(name, Some(COMMITTEE))));
    units.extend(
        BRANCHES
            .iter()
            .map(|branch| unit(branch.name, Some(branch.above.unwrap_or(COMMITTEE)))),
    );
    units
}

fn accounts(staffed: &[Staffed]) -> Vec<Account> {
    // One hash for all: the password is on the sign-in page anyway.
    let password = hash_password(PASSWORD, *seed::enterprise().as_bytes());
    let account = |login: &str, name: &str, grants| Account {
        id: seed::account(login),
        login: login.to_owned(),
        name: name.to_owned(),
        password: password.clone(),
        grants,
    };
    let branches = staffed.iter().flat_map(|branch| {
        let unit = seed::unit(branch.branch.name);
        branch.officers.iter().map(move |officer| {
            (
                officer,
                Grant {
                    unit,
                    role: officer.role,
                },
            )
        })
    });
    let mut accounts: Vec<Account> = branches
        .map(|(officer, grant)| account(&officer.login, &officer.name, vec![grant]))
        .collect();
    accounts.extend(
        OFFICE_PEOPLE
            .iter()
            .map(|(name, login, _)| account(login, name, office_grants())),
    );
    accounts
}

/// The party office reads every branch.
fn office_grants() -> Vec<Grant> {
    let grant = |unit: UnitId| Grant {
        unit,
        role: Role::OfficeOfficer,
    };
    let branches = BRANCHES.iter().map(|branch| seed::unit(branch.name));
    [seed::unit(OFFICE)]
        .into_iter()
        .chain(branches)
        .map(grant)
        .collect()
}

/// The accounts on the sign-in page.
fn shown(staffed: &[Staffed]) -> Vec<DemoAccount> {
    let account = |login: &str, name: &str, role, unit: &str| DemoAccount {
        login: login.to_owned(),
        password: PASSWORD.to_owned(),
        name: name.to_owned(),
        role,
        unit: unit.to_owned(),
    };
    let mut shown = Vec::new();
    for branch in staffed {
        let wanted = |login: &str, role| match branch.branch.name {
            FIRST_SHOP => ["linzhiyuan", "guruochuan", "yeshuning"].contains(&login),
            SECOND_BRANCH => role == Role::Secretary,
            _ => false,
        };
        let theirs = branch
            .officers
            .iter()
            .filter(|officer| wanted(&officer.login, officer.role));
        shown.extend(
            theirs.map(|officer| account(&officer.login, &officer.name, officer.role, branch.branch.name)),
        );
    }
    shown.push(account("qinwangshu", "秦望舒", Role::OfficeOfficer, OFFICE));
    shown
}
