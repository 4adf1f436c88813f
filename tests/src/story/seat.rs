//! An officer with a cable of their own.

use std::net::SocketAddr;
use std::ops::{Deref, DerefMut};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use shared::id::LedgerId;

use super::{Login, PASSWORD, PLEDGES};
use crate::{Officer, Proxy};

/// An officer at a browser, with a cable of their own to the relay.
#[derive(Debug)]
pub struct Seat {
    /// The person at the browser.
    pub officer: Officer,
    /// The cable.
    pub network: Proxy,
    /// Who it is.
    pub login: Login,
}

impl Deref for Seat {
    type Target = Officer;

    fn deref(&self) -> &Officer {
        &self.officer
    }
}

impl DerefMut for Seat {
    fn deref_mut(&mut self) -> &mut Officer {
        &mut self.officer
    }
}

impl Seat {
    /// Seats an officer at an empty browser, with a cable to the relay.
    ///
    /// # Errors
    ///
    /// When there is no browser or no port.
    pub async fn connected(login: Login, relay: SocketAddr) -> Result<Self> {
        Ok(Self {
            officer: Officer::named(login.login).await?,
            network: Proxy::to(relay).await?,
            login,
        })
    }

    /// Signs in, waits until the app is installed, and opens the pledge ledger.
    ///
    /// # Errors
    ///
    /// When any of it does not happen in time.
    pub async fn signs_in_and_opens_pledges(&self) -> Result<()> {
        self.open(&self.network.url()).await?;
        self.signs_in(self.login.login, PASSWORD).await?;
        self.click("link", PLEDGES).await?;
        self.waits_until("the grid is there", "document.querySelector('[role=gridcell]')")
            .await?;
        self.waits_for_sync("synced").await?;
        self.installed().await
    }

    /// Opens the page of the ledger that is open in a tab, in the tab that is looked at now.
    ///
    /// # Errors
    ///
    /// When no grid is shown in time.
    pub async fn opens_ledger(&self, ledger: LedgerId) -> Result<()> {
        self.open(&format!("{}/ledger/{ledger}", self.network.url()))
            .await?;
        self.waits_until("the grid is there", "document.querySelector('[role=gridcell]')")
            .await
    }

    /// Opens the page of a ledger behind the lock of a shared computer: nothing is to be waited for but the lock.
    ///
    /// # Errors
    ///
    /// When the page does not come.
    pub async fn opens_locked_ledger(&self, ledger: LedgerId) -> Result<()> {
        self.open(&format!("{}/ledger/{ledger}", self.network.url()))
            .await
    }

    /// Opens an address within the app, which shows nothing there to this account.
    ///
    /// # Errors
    ///
    /// When it shows something.
    pub async fn opens_missing(&self, path: &str) -> Result<()> {
        let script = format!(
            "history.pushState(null, '', {}); dispatchEvent(new PopStateEvent('popstate'));",
            serde_json::to_string(path)?
        );
        self.run_js(&script, Vec::new()).await?;
        self.sees("打不开这本台账").await
    }

    /// The ledger that is open.
    ///
    /// # Errors
    ///
    /// When none is.
    pub async fn ledger(&self) -> Result<LedgerId> {
        let path = self.run_js("return location.pathname;", Vec::new()).await?;
        let id = path.as_str().and_then(|path| path.strip_prefix("/ledger/"));
        Ok(id.with_context(|| format!("{path} is no ledger"))?.parse()?)
    }

    /// Pulls the cable.
    pub fn goes_offline(&self) {
        self.network.cut();
    }

    /// Plugs the cable in; the browser gives its hint, as it does where it can see the cable.
    ///
    /// # Errors
    ///
    /// When the page does not answer.
    pub async fn comes_back(&self) -> Result<()> {
        self.network.pass();
        self.run_js("dispatchEvent(new Event('online'));", Vec::new())
            .await?;
        Ok(())
    }

    /// Waits until everything is uploaded. A killed browser may have lost its session: then signs in again.
    ///
    /// # Errors
    ///
    /// When it is not in time.
    pub async fn is_uploaded(&self) -> Result<()> {
        let state = self
            .waits_until_with(
                "everything is uploaded, or a sign-in is asked for",
                async |officer| {
                    let chips = officer.sync_chips().await?;
                    let found = chips
                        .iter()
                        .find(|chip| ["synced", "sign-in"].contains(&chip.state.as_str()));
                    match found {
                        Some(chip) => Ok(Some(chip.state.clone())),
                        None => bail!("the header says {chips:?}"),
                    }
                },
            )
            .await?;
        if state == "sign-in" {
            let address = self.run_js("return location.href;", Vec::new()).await?;
            self.click_selector("[data-sync=sign-in]").await?;
            self.signs_in(self.login.login, PASSWORD).await?;
            self.waits_for_sync("synced").await?;
            if let Value::String(address) = address {
                self.open(&address).await?;
                self.waits_for_sync("synced").await?;
            }
        }
        Ok(())
    }
}
