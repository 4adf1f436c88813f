//! One relay with the demonstration, and who is known there.

use std::fs;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, Result};
use server::demo::PASSWORD;
use shared::id::{AccountId, DeviceId, LedgerId};
use shared::ledger::kind::Kind;
use shared::protocol::http::{DeviceKind, HEADER, Listed, Me, SignIn};
use tempfile::TempDir;
use uuid::Uuid;

use super::log::Personal;
use super::memory;
use crate::{RelayOptions, RelayProcess, wait};

/// Who goes on working.
pub(super) const OFFICER: &str = "linzhiyuan";
/// A colleague of the same branch whose session the attackers hold.
pub(super) const TRAITOR: &str = "guruochuan";
/// Whose password is guessed at.
pub(super) const VICTIM: &str = "qinwangshu";

/// How long the attackers' connections may take to be gone.
const SETTLED: Duration = Duration::from_secs(45);

/// A relay on a folder of its own.
pub(super) struct Scene {
    relay: RelayProcess,
    /// The secrets handed out, which nobody else must see.
    secrets: Mutex<Vec<String>>,
    _site: TempDir,
}

/// Somebody with a session.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) cookie: String,
    pub(super) account: AccountId,
    pub(super) device: DeviceId,
    /// The pledge ledger of the branch.
    pub(super) ledger: LedgerId,
}

impl Scene {
    pub(super) async fn set() -> Result<Self> {
        super::ready::open_many_files();
        // No page of the app is asked for: what matters is who answers, not what is on it.
        let site = tempfile::tempdir()?;
        fs::write(site.path().join("index.html"), "<!doctype html>")?;
        let folder = site.path().to_str().context("a path in UTF-8")?.to_owned();
        let options = RelayOptions::new()
            .demo()
            .argument("--site")
            .argument(folder)
            .variable("RUST_LOG", "info");
        let relay = RelayProcess::start(options).await?;
        Ok(Self {
            relay,
            secrets: Mutex::default(),
            _site: site,
        })
    }

    pub(super) fn socket(&self) -> SocketAddr {
        self.relay.socket()
    }

    pub(super) fn pid(&self) -> u32 {
        self.relay.pid().unwrap_or_default()
    }

    pub(super) fn log(&self) -> Result<String> {
        self.relay.log()
    }

    /// Signs somebody of the demonstration in.
    pub(super) async fn knows(&self, login: &str) -> Result<Known> {
        let url = self.relay.url();
        let device = DeviceId(Uuid::new_v4());
        let who = SignIn {
            login: login.to_owned(),
            password: PASSWORD.to_owned(),
            device,
            kind: DeviceKind::Personal,
        };
        let http = reqwest::Client::new();
        let answer = http
            .post(format!("{url}/api/session"))
            .header("origin", &url)
            .header(HEADER, "1")
            .json(&who)
            .send()
            .await?
            .error_for_status()?;
        let cookie = answer.headers().get("set-cookie").context("a cookie")?.to_str()?;
        let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        let secret = cookie.split('=').next_back().unwrap_or_default().to_owned();
        self.secrets
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(secret);
        let me: Me = answer.json().await?;
        let ledgers = http
            .get(format!("{url}/api/ledgers"))
            .header("cookie", &cookie)
            .send()
            .await?;
        let ledgers: Vec<Listed> = ledgers.error_for_status()?.json().await?;
        let pledges = ledgers.iter().find(|listed| listed.key.kind == Kind::Pledge);
        Ok(Known {
            cookie,
            account: me.account,
            device,
            ledger: pledges.context("a pledge ledger")?.id,
        })
    }

    /// Waits until the log says this after so many bytes, and gives what it says there.
    pub(super) async fn says(&self, what: &str, after: usize) -> Result<String> {
        let said = async || {
            let said = self.log()?.split_off(after);
            Ok(said.contains(what).then_some(said))
        };
        Ok(wait::until(&format!("the log says \"{what}\""), said).await?)
    }

    /// Ends the relay; gives its log, and what would be personal in it.
    pub(super) async fn ends(mut self) -> Result<(String, Personal)> {
        let listens = self.socket();
        self.relay.stop().await?;
        let secrets = self.secrets.into_inner().unwrap_or_else(PoisonError::into_inner);
        let personal = Personal::of(self.relay.data(), listens, secrets)?;
        Ok((self.relay.log()?, personal))
    }

    /// Waits until nobody but the officer is connected.
    pub(super) async fn is_left_alone(&self) -> Result<()> {
        let alone = async || Ok((self.sockets()? <= 1).then_some(()));
        wait::until_within(SETTLED, "the attackers' connections are gone", alone).await?;
        Ok(())
    }

    /// The relay's established connections, its own listener aside.
    fn sockets(&self) -> Result<usize> {
        let port = format!(":{:04X}", self.socket().port());
        let table = fs::read_to_string(format!("/proc/{}/net/tcp", self.pid()))?;
        let established = |line: &&str| {
            let mut fields = line.split_whitespace().skip(1);
            let local = fields.next().is_some_and(|local| local.ends_with(&port));
            local && fields.nth(1) == Some("01")
        };
        Ok(table.lines().filter(established).count())
    }
}

impl std::fmt::Debug for Scene {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let held = memory::now(self.pid()).ok();
        f.debug_struct("Scene")
            .field("held", &held)
            .finish_non_exhaustive()
    }
}
