//! Everything under the relay's address: the socket, the small API, the app's files.

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn_with_state, map_response, map_response_with_state};
use axum::routing::{any, get, post};
use shared::access::Rights;
use tokio::sync::Semaphore;

use crate::account::{Accounts, blocking};
use crate::address::{Address, Serves};
use crate::relay::RelayHandle;
use crate::storage::{Enterprise, Storage, StorageError};

mod admin;
mod audit;
mod cookie;
mod enterprise;
mod failure;
mod headers;
mod health;
mod held;
mod ledgers;
mod origin;
mod session;
mod setup;
mod site;
mod sync;
mod trust;

#[cfg(test)]
mod tests;

pub use failure::Failure;
pub use origin::Peer;
pub use setup::Setup;

/// The longest body of a request, in bytes: a sign-in, with room.
const BODY_BYTES: usize = 16 * 1024;

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
    /// Whose it is.
    pub enterprise: Enterprise,
    /// The rights in force.
    pub rights: Rights,
    /// The folder with the app's files.
    pub site: PathBuf,
    /// The room for open sockets.
    pub sockets: Arc<Semaphore>,
    /// What lets somebody set up a store that has no account yet.
    pub setup: Setup,
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
    let router = match app.address.serves() {
        Serves::App => app_router(&app),
        Serves::TrustPage => trust::router(),
    };
    router.layer(map_response_with_state(app, headers::secure))
}

fn app_router(app: &App) -> Router {
    let api = Router::new()
        .route("/enterprise", get(enterprise::show))
        .route("/session", post(session::sign_in).delete(session::sign_out))
        .route("/me", get(session::me))
        .route("/me/password", post(session::change_password))
        .route("/reset", post(session::reset))
        .route("/setup", post(setup::set_up))
        .route("/admin", get(admin::overview).post(admin::order))
        .route("/admin/audit", post(audit::page))
        .route("/admin/audit/export", post(audit::export))
        .route("/held", get(held::list).post(held::decide))
        .route("/ledgers", get(ledgers::list))
        .route("/ledgers/{id}/log", get(ledgers::log))
        .method_not_allowed_fallback(failure::not_allowed)
        .fallback(failure::not_found)
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .layer(map_response(headers::no_store));
    let files = site::router(&app.site);
    Router::new()
        .nest("/api", api)
        .route(
            "/api/",
            any(failure::not_found).layer(map_response(headers::no_store)),
        )
        .route("/sync", get(sync::open).layer(map_response(headers::no_store)))
        .merge(files)
        .layer(from_fn_with_state(app.clone(), origin::own_host_alone))
        // A probe knows the machine, not the name.
        .route(
            "/healthz",
            get(health::check).layer(map_response(headers::no_store)),
        )
        .layer(map_response(failure::log))
        .with_state(app.clone())
}
