//! Keeps accounts, in a store beside or without a running relay.

use std::io::{self, IsTerminal as _};
use std::path::Path;

use anyhow::{Context as _, anyhow, bail};
use shared::access::{Grant, Rights, RoleChange, UnitKind, in_force};
use shared::enrol::{self, is_strong};
use shared::id::EnterpriseId;
use shared::limit::PASSWORD_CHARS;
use shared::protocol::http::admin::{Done, NewAccount as Wanted, NewUnit, Order, Slip};
use uuid::Uuid;

use super::{AccountCommand, NewAccount, RoleOf, say};
use crate::account::hash_password;
use crate::admin::{Administration, OrderError, Orderer};
use crate::clock;
use crate::storage::key::{self, StoreAge};
use crate::storage::sqlite::SqliteStorage;
use crate::storage::{Account, Amendment, By, Enterprise, Password, Storage};

pub(super) fn carry_out(command: AccountCommand) -> anyhow::Result<()> {
    match command {
        AccountCommand::Add(new) => add(&new),
        AccountCommand::List { data } => list(&data),
        AccountCommand::Grant(what) => change_roles(&what, |_, grant| vec![RoleChange::Give { grant }]),
        AccountCommand::Revoke(what) => change_roles(&what, revoking),
        AccountCommand::Reset { data, login } => reset(&data, &login),
    }
}

fn add(new: &NewAccount) -> anyhow::Result<()> {
    let password = given_password()?;
    let storage = SqliteStorage::open(&new.data)?;
    let enterprise = enterprise(&storage, new)?;
    if !storage.units()?.iter().any(|unit| unit.name == new.unit) {
        let unit = NewUnit {
            name: new.unit.clone(),
            kind: new.unit_kind.unwrap_or(UnitKind::Branch),
            above: new.above.clone(),
        };
        order(&storage, enterprise.id, Order::AddUnits { units: vec![unit] })?;
    }
    let wanted = Wanted {
        login: new.login.clone(),
        name: new.name.clone(),
        role: new.role,
        unit: new.unit.clone(),
        more: Vec::new(),
    };
    let accounts = vec![wanted];
    let done = order(&storage, enterprise.id, Order::AddAccounts { accounts }).map_err(|problem| {
        let login = new.login.trim();
        problem.context(format!("the account {login} was not added"))
    })?;
    let Done::Slips { slips } = done else {
        bail!("the account was not added");
    };
    for Slip {
        account,
        login,
        password: made,
        ..
    } in slips
    {
        match &password {
            Some(given) => {
                let password = Password(hash_password(given, rand::random()));
                storage.amend(
                    &By::relay(clock::now()),
                    &Amendment::SetPassword(account, password),
                )?;
                say(&format!("{login}: added"));
            }
            None => say(&format!(
                "{login}: added, with the first password {made} (shown this once)"
            )),
        }
    }
    Ok(())
}

fn list(data: &Path) -> anyhow::Result<()> {
    let (storage, _) = open(data)?;
    let (units, today) = (storage.units()?, clock::now().date());
    for account in storage.accounts()? {
        let roles: Vec<String> = in_force(&account.grants, today)
            .map(|grant| {
                let unit = units.iter().find(|unit| unit.id == grant.unit);
                let unit = unit.map_or("?", |unit| unit.name.as_str());
                format!("{} in {unit}", grant.role.word())
            })
            .collect();
        let roles = if roles.is_empty() {
            "no role".to_owned()
        } else {
            roles.join(", ")
        };
        say(&format!("{}\t{}\t{roles}", account.login, account.name));
    }
    Ok(())
}

/// Takes away every role like this one that is held or to be held.
fn revoking(held: &[Grant], like: Grant) -> Vec<RoleChange> {
    let today = clock::now().date();
    let alike = held
        .iter()
        .filter(|grant| (grant.unit, grant.role) == (like.unit, like.role) && !grant.is_over(today));
    alike.map(|grant| RoleChange::Revoke { grant: *grant }).collect()
}

/// Changes the roles of an account as `changes` says, from those it has.
fn change_roles(
    what: &RoleOf,
    changes: impl FnOnce(&[Grant], Grant) -> Vec<RoleChange>,
) -> anyhow::Result<()> {
    let (storage, enterprise) = open(&what.data)?;
    let account = known(&storage, &what.login)?;
    let units = storage.units()?;
    let unit = units
        .iter()
        .find(|unit| unit.name == what.unit)
        .ok_or_else(|| anyhow!("there is no unit {}", what.unit))?;
    let grant = Grant {
        from: what.from,
        until: what.until,
        ..Grant::new(unit.id, what.role)
    };
    let changes = changes(&account.grants, grant);
    if changes.is_empty() {
        bail!("{} is not {} in {}", what.login, what.role.word(), what.unit);
    }
    let account = account.id;
    order(&storage, enterprise.id, Order::ChangeRoles { account, changes })?;
    say(&format!(
        "{}: roles changed; a running relay has ended its sessions",
        what.login
    ));
    Ok(())
}

fn reset(data: &Path, login: &str) -> anyhow::Result<()> {
    let (storage, enterprise) = open(data)?;
    let account = known(&storage, login)?.id;
    match order(&storage, enterprise.id, Order::AllowReset { account })? {
        Done::Code { code, until } => {
            say(&format!(
                "{login}: one-time code {code}, until {until} (shown this once)"
            ));
            Ok(())
        }
        Done::Plain | Done::Slips { .. } => bail!("no code was made"),
    }
}

fn known(storage: &SqliteStorage, login: &str) -> anyhow::Result<Account> {
    let known = match enrol::login(login) {
        Some(login) => storage.account_of(&login)?,
        None => None,
    };
    known.ok_or_else(|| anyhow!("there is no account {login}"))
}

pub(super) fn open(data: &Path) -> anyhow::Result<(SqliteStorage, Enterprise)> {
    // Opening makes what is not there: that is for `account add` alone.
    if !data.join(crate::storage::sqlite::FILE).is_file() {
        bail!("there is no store in {}", data.display());
    }
    let storage = SqliteStorage::open(data)?;
    let enterprise = storage.enterprise()?;
    let enterprise = enterprise.ok_or_else(|| anyhow!("the store in {} is empty", data.display()))?;
    Ok((storage, enterprise))
}

pub(super) fn order(storage: &SqliteStorage, enterprise: EnterpriseId, order: Order) -> anyhow::Result<Done> {
    let by = By::relay(clock::now());
    let rights = Rights::default();
    let hasher = |password: &str| Ok(hash_password(password, rand::random()));
    let administration =
        Administration::new(storage, enterprise, &rights, Orderer::CommandLine, by, &hasher)?;
    administration.carry_out(order).map_err(|problem| match problem {
        OrderError::Wrong(wrong) => anyhow!("{}", super::wrong::words(&wrong)),
        OrderError::Storage(source) => source.into(),
    })
}

/// The password that was typed into the input, if any was.
fn given_password() -> anyhow::Result<Option<String>> {
    let mut line = String::new();
    if !io::stdin().is_terminal() {
        io::stdin()
            .read_line(&mut line)
            .context("cannot read the password")?;
    }
    match line.trim_end_matches(['\r', '\n']) {
        "" => Ok(None),
        given if !is_strong(given) => bail!("a password has at least {PASSWORD_CHARS} characters"),
        given => Ok(Some(given.to_owned())),
    }
}

fn enterprise(storage: &SqliteStorage, new: &NewAccount) -> anyhow::Result<Enterprise> {
    let name = new.enterprise.as_deref().unwrap_or(&new.unit);
    if let Some(enterprise) = storage.enterprise()? {
        // A relay that waits for its set-up has left the name to whoever comes first.
        if enterprise.name.is_empty() {
            let named = Amendment::NameEnterprise(name.to_owned());
            storage.amend(&By::relay(clock::now()), &named)?;
        }
        return Ok(enterprise);
    }
    key::open(&new.data, StoreAge::New).context("cannot make the sealing key")?;
    let enterprise = Enterprise {
        id: EnterpriseId(Uuid::new_v4()),
        name: name.to_owned(),
        demo: Vec::new(),
    };
    storage.found(&enterprise, &[])?;
    Ok(enterprise)
}
