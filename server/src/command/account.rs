//! Adds an account, and in an empty store the enterprise with it.

use std::io::{self, IsTerminal as _};

use anyhow::{Context as _, bail};
use rand::Rng as _;
use shared::access::{Grant, Role};
use shared::id::{AccountId, EnterpriseId, UnitId};
use uuid::Uuid;

use super::{NewAccount, say};
use crate::account::{MIN_CHARS, hash_password};
use crate::storage::key::{self, StoreAge};
use crate::storage::sqlite::SqliteStorage;
use crate::storage::{Account, Enterprise, Storage, StorageError, Unit};
use crate::{clock, register};

/// Letters and digits that nobody takes for each other.
const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
/// Their number in a password that is made: 79 bits.
const LENGTH: usize = 16;

/// A password, and who chose it.
enum Password {
    Given(String),
    Made(String),
}

pub(super) fn add(new: NewAccount) -> anyhow::Result<()> {
    let login = new.login.trim().to_lowercase();
    if login.is_empty() || login.len() > 64 || login.contains(char::is_whitespace) {
        bail!("a login has 1 to 64 characters and no space");
    }
    let password = password()?;
    let storage = SqliteStorage::open(&new.data)?;
    let enterprise = enterprise(&storage, &new)?;
    let unit = unit(&storage, enterprise.id, &new.unit, new.role)?;
    let (Password::Given(text) | Password::Made(text)) = &password;
    let account = Account {
        id: AccountId(Uuid::new_v4()),
        login: login.clone(),
        name: new.name.clone(),
        password: hash_password(text, rand::random()),
        grants: vec![Grant { unit, role: new.role }],
    };
    match storage.add_accounts(&[account]) {
        Err(StorageError::LoginTaken) => bail!("there is an account {login} already"),
        added => added?,
    }
    match password {
        Password::Given(_) => say(&format!("{login}: added")),
        Password::Made(text) => say(&format!(
            "{login}: added, with the password {text} (shown this once)"
        )),
    }
    Ok(())
}

fn password() -> anyhow::Result<Password> {
    let mut line = String::new();
    if !io::stdin().is_terminal() {
        io::stdin()
            .read_line(&mut line)
            .context("cannot read the password")?;
    }
    match line.trim_end_matches(['\r', '\n']) {
        "" => Ok(Password::Made(made())),
        given if given.chars().count() < MIN_CHARS => bail!("a password has at least {MIN_CHARS} characters"),
        given => Ok(Password::Given(given.to_owned())),
    }
}

fn made() -> String {
    let mut random = rand::rng();
    (0..LENGTH)
        .map(|_| char::from(LETTERS[random.random_range(..LETTERS.len())]))
        .collect()
}

fn enterprise(storage: &SqliteStorage, new: &NewAccount) -> anyhow::Result<Enterprise> {
    if let Some(enterprise) = storage.enterprise()? {
        return Ok(enterprise);
    }
    key::open(&new.data, StoreAge::New).context("cannot make the sealing key")?;
    let name = new.enterprise.as_deref().unwrap_or(&new.unit).to_owned();
    let enterprise = Enterprise {
        id: EnterpriseId(Uuid::new_v4()),
        name,
        demo: Vec::new(),
    };
    storage.found(&enterprise, &[])?;
    Ok(enterprise)
}

/// The unit of this name; a new one gets its ledgers, if the role is one that reads them.
fn unit(storage: &SqliteStorage, enterprise: EnterpriseId, name: &str, role: Role) -> anyhow::Result<UnitId> {
    let known = storage.units()?.into_iter().find(|unit| unit.name == name);
    let id = known
        .as_ref()
        .map_or_else(|| UnitId(Uuid::new_v4()), |unit| unit.id);
    if known.is_none() {
        storage.add_unit(&Unit {
            id,
            name: name.to_owned(),
            parent: None,
        })?;
    }
    if role.reads() {
        let year = u16::try_from(clock::now().date().year()).unwrap_or_default();
        storage.add_ledgers(&register::of_branch(enterprise, id, year).collect::<Vec<_>>())?;
    }
    Ok(id)
}
