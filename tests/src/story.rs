//! What every story begins with: a relay over a store of the test's own, and officers at their browsers.
//!
//! A [`Story`] is the world of one test: it takes its turn (one story at a time in a test binary), and its relay
//! works over a copy of the demonstration enterprise. A [`Seat`] is an officer with a cable of their own to the relay.

mod demo;
mod edits;
mod seat;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use server::storage::sqlite::SqliteStorage;
use server::storage::{Account, Storage};
use shared::access::{Grant, Role};
use shared::id::LedgerId;
use shared::protocol::Entry;
use tempfile::TempDir;
use tokio::sync::{Mutex, MutexGuard};

use crate::{RelayOptions, RelayProcess};

pub use edits::{Edit, Table, chinese};
pub use seat::Seat;

/// The password of every account of the demonstration.
pub const PASSWORD: &str = "taizhang-demo-2026";

/// How the ledger of the stories is named where it is to be opened.
pub const PLEDGES: &str = "2026 年度 承诺践诺";

/// The secretary of the first machining shop's branch.
pub const LIN: Login = Login {
    login: "linzhiyuan",
    name: "林知远",
};

/// The organisation commissioner of the same branch.
pub const GU: Login = Login {
    login: "guruochuan",
    name: "顾若川",
};

/// A group leader of the same branch.
pub const YE: Login = Login {
    login: "yeshuning",
    name: "叶书宁",
};

/// Who signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Login {
    /// What is typed as the account.
    pub login: &'static str,
    /// The person's name, as others read it.
    pub name: &'static str,
}

/// The world of one test.
#[derive(Debug)]
pub struct Story {
    /// The relay, which the test may stop, kill and set back.
    pub relay: RelayProcess,
    folder: TempDir,
    /// Browsers are heavy: the next story of this binary begins when this one is over.
    _turn: MutexGuard<'static, ()>,
}

impl Story {
    /// Takes the turn, and starts a relay over a copy of the demonstration.
    ///
    /// # Errors
    ///
    /// When the relay cannot be built or started.
    pub async fn begin() -> Result<Self> {
        Self::begin_with(RelayOptions::new()).await
    }

    /// As [`Self::begin`], with options of the test's own; where they name a folder, it is filled first.
    ///
    /// # Errors
    ///
    /// As [`Self::begin`].
    pub async fn begin_with(options: RelayOptions) -> Result<Self> {
        static TURN: Mutex<()> = Mutex::const_new(());
        let turn = TURN.lock().await;
        let folder = tempfile::tempdir()?;
        let data = folder.path().join("data");
        demo::copy_to(&data).await?;
        let relay = RelayProcess::start(options.data(data)).await?;
        Ok(Self {
            relay,
            folder,
            _turn: turn,
        })
    }

    /// A path for something the test keeps as long as the story lasts.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Seats an officer with a cable of their own: signed in, the app installed, the pledge ledger open and uploaded.
    ///
    /// # Errors
    ///
    /// When any of it does not happen in time.
    pub async fn seat(&self, login: Login) -> Result<Seat> {
        let seat = Seat::connected(login, self.relay.socket()).await?;
        seat.signs_in_and_opens_pledges().await?;
        Ok(seat)
    }

    /// The log of a ledger as it lies on the relay's disk; the relay must not be running.
    ///
    /// # Errors
    ///
    /// When the store cannot be read, or has no such ledger.
    pub fn log_of(&self, ledger: LedgerId) -> Result<Vec<Entry>> {
        ensure!(!self.relay.is_running(), "the relay is using its store");
        log_in(self.relay.data(), ledger)
    }

    /// How many changes are held for a ledger on the relay's disk; the relay must not be running.
    ///
    /// # Errors
    ///
    /// As [`Self::log_of`].
    pub fn held_of(&self, ledger: LedgerId) -> Result<usize> {
        let storage = self.storage()?;
        Ok(storage.load(ledger)?.context("no such ledger")?.held.len())
    }

    /// The relay's store; the relay must not be running.
    ///
    /// # Errors
    ///
    /// When it cannot be opened.
    pub fn storage(&self) -> Result<SqliteStorage> {
        ensure!(!self.relay.is_running(), "the relay is using its store");
        Ok(SqliteStorage::open(self.relay.data())?)
    }

    /// Login and name of a secretary of another branch than Lin's.
    ///
    /// # Errors
    ///
    /// When the demonstration cannot be read, or has none.
    pub async fn secretary_elsewhere(&self) -> Result<(String, String)> {
        let untouched = self.path("elsewhere");
        demo::copy_to(&untouched).await?;
        let storage = SqliteStorage::open(&untouched)?;
        let lin = storage.account_of(LIN.login)?.context("Lin has no account")?;
        let is_elsewhere = |account: &Account| {
            let is_secretary = account.grants.iter().any(|grant| grant.role == Role::Secretary);
            let shares = |grant: &Grant| lin.grants.iter().any(|his| his.unit == grant.unit);
            is_secretary && !account.grants.iter().any(shares)
        };
        let found = storage.accounts()?.into_iter().find(is_elsewhere);
        let found = found.context("no secretary of another branch")?;
        Ok((found.login, found.name))
    }

    /// The log of a ledger as every story begins with it.
    ///
    /// # Errors
    ///
    /// As [`Self::log_of`].
    pub async fn demo_log_of(&self, ledger: LedgerId) -> Result<Vec<Entry>> {
        let untouched = self.path("untouched");
        demo::copy_to(&untouched).await?;
        log_in(&untouched, ledger)
    }
}

fn log_in(store: &Path, ledger: LedgerId) -> Result<Vec<Entry>> {
    let storage = SqliteStorage::open(store)?;
    Ok(storage.load(ledger)?.context("no such ledger")?.entries)
}
