//! The demonstration enterprise: invented, and the same every time it is made from the same seed.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::thread::{self, ScopedJoinHandle};

use shared::access::{Grant, Role, UnitKind};
use shared::protocol::http::DemoAccount;
use shared::sync::relay::{Batch, BatchId, NewEntry};

use crate::account::hash_password;
use crate::storage::{Account, Amendment, By, Enterprise, Storage, StorageError, Unit};
use crate::{clock, register};
use branch::{ABOVE, BRANCHES, COMMITTEE, ENTERPRISE, FIRST_SHOP, OFFICE};
use people::{OFFICE_PEOPLE, Staffed, everybody};

pub use seed::Seed;

mod appraisal;
mod book;
mod branch;
mod name;
mod people;
mod pledge;
mod pledge_text;
mod post;
mod roster;
mod seed;
mod share;
mod zone;

#[cfg(test)]
mod tests;

/// The year of the pledge ledgers.
const YEAR: u16 = 2026;
/// The password of everybody in the demonstration.
pub const PASSWORD: &str = "taizhang-demo-2026";
/// Who keeps the accounts, beside his work in the office.
const ADMINISTRATOR: &str = "qinwangshu";
/// A branch from which a second secretary is shown.
const SECOND_BRANCH: &str = "总装一车间党支部";

/// Fills an empty store. Broken off, it can be done again: the enterprise comes last, and makes the store a used one.
///
/// # Errors
///
/// Fails when the store does.
pub fn fill(storage: &dyn Storage, seal_key: &[u8; 32], seed: Seed) -> Result<(), StorageError> {
    let staffed = everybody(seed);
    let logs = logs(&staffed, seal_key);
    let enterprise = seed.enterprise();
    for (number, (branch, entries)) in (1..).zip(staffed.iter().zip(logs)) {
        let unit = seed.unit(branch.branch.name);
        storage.add_ledgers(&register::of_branch(enterprise, unit, YEAR).collect::<Vec<_>>())?;
        storage.commit(&Batch {
            id: BatchId(number),
            entries,
            held: Vec::new(),
        })?;
    }
    let known = storage.accounts()?;
    let mut accounts = accounts(seed, &staffed);
    accounts.retain(|account| known.iter().all(|known| known.id != account.id));
    storage.amend(&By::relay(clock::now()), &Amendment::AddAccounts(accounts))?;
    let enterprise = Enterprise {
        id: enterprise,
        name: ENTERPRISE.to_owned(),
        demo: shown(&staffed),
    };
    storage.found(&enterprise, &units(seed))
}

/// The logs of each branch. No branch needs another's, so that every core makes some.
fn logs(staffed: &[Staffed], seal_key: &[u8; 32]) -> Vec<Vec<NewEntry>> {
    let plans = &Plans::of(staffed);
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let of_core = |core: usize| {
        let branches = staffed.iter().enumerate().skip(core).step_by(cores);
        let made = branches.map(|(place, branch)| (place, plans.logs(place, branch, seal_key)));
        made.collect::<Vec<_>>()
    };
    let of_core = &of_core;
    let mut logs: Vec<(usize, Vec<NewEntry>)> = thread::scope(|scope| {
        let working: Vec<_> = (0..cores)
            .map(|core| scope.spawn(move || of_core(core)))
            .collect();
        let made = working.into_iter().map(ScopedJoinHandle::join);
        made.flat_map(|made| made.unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    });
    logs.sort_by_key(|(place, _)| *place);
    logs.into_iter().map(|(_, entries)| entries).collect()
}

/// What the enterprise has a fixed number of, shared out among its branches.
struct Plans {
    pledges: Vec<pledge::plan::Plan>,
    zones: Vec<zone::plan::Plan>,
    posts: Vec<post::plan::Plan>,
    appraisals: Vec<appraisal::plan::Plan>,
    schemes: appraisal::Schemes,
}

impl Plans {
    fn of(staffed: &[Staffed]) -> Self {
        Self {
            pledges: pledge::plan::plans(staffed),
            zones: zone::plan::plans(staffed),
            posts: post::plan::plans(staffed),
            appraisals: appraisal::plan::plans(staffed),
            schemes: appraisal::Schemes::ready(),
        }
    }

    /// The logs of the branch at this place.
    fn logs(&self, place: usize, branch: &Staffed, seal_key: &[u8; 32]) -> Vec<NewEntry> {
        let logs = [
            roster::log(branch, seal_key),
            pledge::log(branch, self.pledges[place], seal_key),
            zone::log(branch, &self.zones[place], seal_key),
            post::log(branch, &self.posts[place], seal_key),
            appraisal::log(branch, self.appraisals[place], &self.schemes, seal_key),
        ];
        logs.into_iter().flatten().collect()
    }
}

fn units(seed: Seed) -> Vec<Unit> {
    let unit = |name: &str, kind, parent: Option<&str>| Unit {
        id: seed.unit(name),
        name: name.to_owned(),
        kind,
        parent: parent.map(|name| seed.unit(name)),
    };
    let mut units = vec![unit(COMMITTEE, UnitKind::PartyCommittee, None)];
    let general = ABOVE.iter();
    units.extend(general.map(|name| unit(name, UnitKind::GeneralBranch, Some(COMMITTEE))));
    units.extend(BRANCHES.iter().map(|branch| {
        let above = branch.above.unwrap_or(COMMITTEE);
        unit(branch.name, UnitKind::Branch, Some(above))
    }));
    units
}

fn accounts(seed: Seed, staffed: &[Staffed]) -> Vec<Account> {
    // One hash for all: the password is on the sign-in page anyway.
    let password = hash_password(PASSWORD, *seed.enterprise().as_bytes());
    let account = |login: &str, name: &str, grants| Account {
        id: seed.account(login),
        login: login.to_owned(),
        name: name.to_owned(),
        password: password.clone(),
        first_password: false,
        grants,
    };
    let branches = staffed.iter().flat_map(|branch| {
        let unit = seed.unit(branch.branch.name);
        branch
            .officers
            .iter()
            .map(move |officer| (officer, Grant::new(unit, officer.role)))
    });
    let mut accounts: Vec<Account> = branches
        .map(|(officer, grant)| account(&officer.login, &officer.name, vec![grant]))
        .collect();
    accounts.extend(OFFICE_PEOPLE.iter().map(|(name, login, _)| {
        let roles = if *login == ADMINISTRATOR {
            vec![Role::OfficeOfficer, Role::Administrator]
        } else {
            vec![Role::OfficeOfficer]
        };
        // From the committee the office reads every branch.
        let grants = roles
            .into_iter()
            .map(|role| Grant::new(seed.unit(COMMITTEE), role));
        account(login, name, grants.collect())
    }));
    accounts
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
    shown.push(account(ADMINISTRATOR, "秦望舒", Role::OfficeOfficer, OFFICE));
    shown
}
