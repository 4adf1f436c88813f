//! Everything under the relay's address: the socket, the small API, the app's files.

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn_with_state, map_response};
use axum::routing::any;
use shared::access::Rights;
use tokio::sync::Semaphore;

use crate::account::{Accounts, blocking};
use crate::acts::Acts;
use crate::address::Address;
use crate::certificate::Kept;
use crate::relay::RelayHandle;
use crate::sheets::{Requests, Sheets};
use crate::storage::{Enterprise, Storage, StorageError};
use crate::trouble::Troubles;

mod admin;
mod audit;
mod cookie;
mod door;
mod enterprise;
mod failure;
mod headers;
mod health;
mod held;
mod ledgers;
mod me;
mod origin;
mod session;
mod settings;
mod setup;
mod sheets;
mod site;
mod sync;
mod table;
mod trust;
mod year;

#[cfg(test)]
mod tests;

pub use failure::Failure;
pub use origin::Peer;
pub use setup::Setup;

/// What the routes work with.
#[derive(Clone, Debug)]
pub struct App(Arc<Parts>);

/// The parts of an [`App`].
pub struct Parts {
    /// What the relay keeps.
    pub storage: Arc<dyn Storage>,
    /// Who signs in.
    pub accounts: Accounts,
    /// The running relay.
    pub relay: RelayHandle,
    /// Where it is.
    pub address: Address,
    /// The certificate it shows, if it speaks TLS itself.
    pub certificate: Option<Arc<Kept>>,
    /// Whose it is.
    pub enterprise: Enterprise,
    /// The rights in force.
    pub rights: Rights,
    /// What the relay does to ledgers itself.
    pub acts: Acts,
    /// Who works out sheets.
    pub sheets: Sheets,
    /// The requests for details of appraisals.
    pub requests: Requests,
    /// The folder with the app's files.
    pub site: PathBuf,
    /// The room for open sockets.
    pub sockets: Arc<Semaphore>,
    /// What lets somebody set up a store that has no account yet.
    pub setup: Setup,
    /// What hostile or broken clients do.
    pub troubles: Troubles,
    /// Whether browsers are told to come back by https alone.
    pub strict_transport: bool,
}

impl std::fmt::Debug for Parts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parts")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

impl App {
    /// Puts the parts together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }
}

impl App {
    /// The rights in force, over the units there are now.
    async fn rights(&self) -> Result<Rights, StorageError> {
        let storage = Arc::clone(&self.storage);
        let units = blocking(move || storage.units()).await?;
        Ok(Rights {
            units: units
                .iter()
                .filter_map(|unit| Some((unit.id, unit.parent?)))
                .collect(),
            ..self.rights.clone()
        })
    }
}

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// All routes of a relay.
pub fn router(app: App) -> Router {
    let door = door::Door {
        app: app.clone(),
        trust_page: trust::router(&app),
    };
    app_router(&app)
        .layer(from_fn_with_state(door, door::keep))
        .layer(map_response(failure::log))
        .layer(from_fn_with_state(app, headers::secure))
}

fn app_router(app: &App) -> Router {
    let nothing = || any(failure::not_found).layer(map_response(headers::no_store));
    table::router(app, |_| true)
        .method_not_allowed_fallback(failure::not_allowed)
        // Never the page: a script that asks for what is not there must not be told that it is.
        .route("/api", nothing())
        .route("/api/", nothing())
        .route("/api/{*rest}", nothing())
        .merge(site::router(app))
        .with_state(app.clone())
}
