//! Signing in and out, and who is signed in.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use shared::id::UnitId;
use shared::protocol::http::{Colleague, Me, Problem, SignIn, Unit};

use super::origin::{OwnScript, Peer};
use super::{App, Failure, cookie};
use crate::account::{SignedIn, blocking};
use crate::storage::{Account, StorageError};

impl FromRequestParts<App> for SignedIn {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let token = cookie::token(&parts.headers, &app.address).ok_or(Problem::SignIn)?;
        Ok(app.accounts.signed_in(&token).await?.ok_or(Problem::SignIn)?)
    }
}

/// `POST /api/session`
pub(super) async fn sign_in(
    _own: OwnScript,
    State(app): State<App>,
    Peer(address): Peer,
    headers: HeaderMap,
    body: Result<Json<SignIn>, JsonRejection>,
) -> Result<Response, Failure> {
    let Ok(Json(who)) = body else {
        return Err(Problem::Malformed.into());
    };
    let before = cookie::token(&headers, &app.address).map(|token| token.hash());
    let (token, signed_in) = app.accounts.sign_in(who, address, before).await?;
    let me = about(&app, signed_in.account).await?;
    Ok((
        [(header::SET_COOKIE, cookie::set(&token, &app.address))],
        Json(me),
    )
        .into_response())
}

/// `DELETE /api/session`
pub(super) async fn sign_out(
    _own: OwnScript,
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Failure> {
    if let Some(token) = cookie::token(&headers, &app.address) {
        app.accounts.sign_out(token.hash()).await?;
    }
    Ok((
        StatusCode::NO_CONTENT,
        [(header::SET_COOKIE, cookie::clear(&app.address))],
    ))
}

/// `GET /api/me`
pub(super) async fn me(State(app): State<App>, signed_in: SignedIn) -> Result<Json<Me>, Failure> {
    Ok(Json(about(&app, signed_in.account).await?))
}

async fn about(app: &App, account: Account) -> Result<Me, StorageError> {
    let storage = Arc::clone(&app.storage);
    let (units, accounts) = blocking(move || Ok((storage.units()?, storage.accounts()?))).await?;
    let ours: BTreeSet<UnitId> = account.grants.iter().map(|grant| grant.unit).collect();
    let units = units.into_iter().filter(|unit| ours.contains(&unit.id));
    let met = |other: &Account| {
        other.id == account.id || other.grants.iter().any(|grant| ours.contains(&grant.unit))
    };
    let colleagues = accounts.into_iter().filter(met).map(|other| {
        let role = other
            .grants
            .iter()
            .find(|grant| ours.contains(&grant.unit))
            .map(|grant| grant.role);
        Colleague {
            account: other.id,
            name: other.name,
            role,
        }
    });
    Ok(Me {
        account: account.id,
        enterprise: app.enterprise.id,
        enterprise_name: app.enterprise.name.clone(),
        units: units
            .map(|unit| Unit {
                id: unit.id,
                name: unit.name,
            })
            .collect(),
        colleagues: colleagues.collect(),
        rights: app.rights.clone(),
        login: account.login,
        name: account.name,
        grants: account.grants,
    })
}
