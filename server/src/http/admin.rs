//! What administrators see and order.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use shared::access::{Role, in_force};
use shared::protocol::http::Problem;
use shared::protocol::http::admin::{Done, Order, Overview};

use super::{App, Failure};
use crate::account::{SignedIn, by};
use crate::admin::{self, Administration, OrderError, Orderer};
use crate::clock;

/// Somebody who administers something; to anybody else there is nothing here.
pub(super) fn administrator(signed_in: SignedIn) -> Result<SignedIn, Failure> {
    let today = clock::now().date();
    if in_force(&signed_in.account.grants, today).any(|grant| grant.role == Role::Administrator) {
        Ok(signed_in)
    } else {
        Err(Problem::NotFound.into())
    }
}

/// `GET /api/admin`
pub(super) async fn overview(State(app): State<App>, signed_in: SignedIn) -> Result<Json<Overview>, Failure> {
    let SignedIn { account, .. } = administrator(signed_in)?;
    let rights = app.rights().await?;
    let storage = Arc::clone(&app.storage);
    let read = move || admin::overview(storage.as_ref(), &rights, &account.grants, clock::now());
    Ok(Json(crate::account::blocking(read).await?))
}

/// `POST /api/admin`
pub(super) async fn order(
    State(app): State<App>,
    signed_in: SignedIn,
    body: Result<Json<Order>, JsonRejection>,
) -> Result<Json<Done>, Failure> {
    let SignedIn { account, session } = administrator(signed_in)?;
    let Ok(Json(order)) = body else {
        return Err(Problem::Malformed.into());
    };
    let rights = app.rights().await?;
    let (storage, enterprise) = (Arc::clone(&app.storage), app.enterprise.id);
    let by = by(&account, Some(session.device));
    let accounts = app.accounts.clone();
    let carried_out = tokio::task::spawn_blocking(move || {
        let orderer = Orderer::Administrator(account.grants);
        let hasher = |password: &str| accounts.hash_in_turn(password);
        Administration::new(storage.as_ref(), enterprise, &rights, orderer, by, &hasher)
            .map_err(OrderError::from)?
            .carry_out(order)
    });
    // A task that was cut off is a relay that stops.
    let done = carried_out
        .await
        .map_err(|_| crate::storage::StorageError::Stopping)??;
    app.relay.refresh();
    Ok(Json(done))
}
