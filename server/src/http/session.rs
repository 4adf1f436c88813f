//! Signing in and out, and who is signed in.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use shared::access::{Relation, in_force};
use shared::id::UnitId;
use shared::protocol::http::{ChangePassword, Colleague, Me, Problem, Reset, SignIn, Unit};

use super::origin::{OwnScript, Peer};
use super::{App, Failure, cookie};
use crate::account::{SignedIn, blocking};
use crate::clock;
use crate::storage::{Account, StorageError};

impl FromRequestParts<App> for SignedIn {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let Beginner(signed_in) = Beginner::from_request_parts(parts, app).await?;
        if signed_in.account.first_password {
            return Err(Problem::ChangePassword.into());
        }
        Ok(signed_in)
    }
}

/// Somebody signed in, if only with the first password: he may learn that, and change it.
#[derive(Debug)]
pub(super) struct Beginner(SignedIn);

impl FromRequestParts<App> for Beginner {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let token = cookie::token(&parts.headers, &app.address).ok_or(Problem::SignIn)?;
        Ok(Self(
            app.accounts.signed_in(&token).await?.ok_or(Problem::SignIn)?,
        ))
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
    let kind = who.kind;
    let (token, signed_in) = app.accounts.sign_in(who, address, before).await?;
    let me = about(&app, signed_in.account).await?;
    Ok((
        [(header::SET_COOKIE, cookie::set(&token, kind, &app.address))],
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
pub(super) async fn me(State(app): State<App>, Beginner(signed_in): Beginner) -> Result<Json<Me>, Failure> {
    Ok(Json(about(&app, signed_in.account).await?))
}

/// `POST /api/me/password`
pub(super) async fn change_password(
    _own: OwnScript,
    State(app): State<App>,
    Peer(address): Peer,
    Beginner(signed_in): Beginner,
    body: Result<Json<ChangePassword>, JsonRejection>,
) -> Result<Response, Failure> {
    let Ok(Json(change)) = body else {
        return Err(Problem::Malformed.into());
    };
    let kind = signed_in.session.kind;
    let (token, _) = app.accounts.change_password(&signed_in, change, address).await?;
    let cookie = [(header::SET_COOKIE, cookie::set(&token, kind, &app.address))];
    Ok((StatusCode::NO_CONTENT, cookie).into_response())
}

/// `POST /api/reset`
pub(super) async fn reset(
    _own: OwnScript,
    State(app): State<App>,
    Peer(address): Peer,
    body: Result<Json<Reset>, JsonRejection>,
) -> Result<StatusCode, Failure> {
    let Ok(Json(reset)) = body else {
        return Err(Problem::Malformed.into());
    };
    app.accounts.reset(reset, address).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn about(app: &App, account: Account) -> Result<Me, StorageError> {
    let rights = app.rights().await?;
    let storage = Arc::clone(&app.storage);
    let read = move || Ok((storage.enterprise()?, storage.units()?, storage.accounts()?));
    let (enterprise, units, accounts) = blocking(read).await?;
    let enterprise = enterprise.unwrap_or_else(|| app.enterprise.clone());
    let today = clock::now().date();
    let held: Vec<UnitId> = in_force(&account.grants, today).map(|grant| grant.unit).collect();
    let is_ours = |unit: UnitId| {
        held.iter()
            .any(|held| rights.units.relation(*held, unit) != Relation::Elsewhere)
    };
    let met =
        |other: &Account| other.id == account.id || other.grants.iter().any(|grant| is_ours(grant.unit));
    let colleagues = accounts.into_iter().filter(met).map(|other| Colleague {
        account: other.id,
        role: in_force(&other.grants, today)
            .find(|grant| is_ours(grant.unit))
            .map(|grant| grant.role),
        name: other.name,
    });
    let colleagues = colleagues.collect();
    let units = units.into_iter().filter(|unit| is_ours(unit.id));
    Ok(Me {
        account: account.id,
        enterprise: enterprise.id,
        enterprise_name: enterprise.name,
        units: units
            .map(|unit| Unit {
                id: unit.id,
                name: unit.name,
                kind: unit.kind,
            })
            .collect(),
        colleagues,
        rights: rights.clone(),
        login: account.login,
        name: account.name,
        grants: account.grants,
        first_password: account.first_password,
    })
}
