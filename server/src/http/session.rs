//! Signing in and out, and who is signed in.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use shared::access::Role;
use shared::id::UnitId;
use shared::limit::CERTIFICATE_NOTICE;
use shared::protocol::http::{Colleague, Me, Notice, Problem, SignIn, Unit};
use shared::time::Timestamp;

use super::origin::Peer;
use super::{App, FULL_FOR_SECONDS, Failure, cookie};
use crate::account::{SignedIn, blocking};
use crate::clock;
use crate::crowd::TooMany;
use crate::line::Line;
use crate::storage::{Account, StorageError};

impl FromRequestParts<App> for SignedIn {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        match parts.extensions.get::<Self>() {
            Some(known) => Ok(known.clone()),
            None => Self::of(parts, app).await,
        }
    }
}

impl SignedIn {
    /// Who sends this request; from now on its connection counts for the account.
    pub(super) async fn of(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let token = cookie::token(&parts.headers).ok_or(Problem::SignIn)?;
        let signed_in = app.accounts.signed_in(&token).await?.ok_or(Problem::SignIn)?;
        if let Some(seat) = parts.extensions.get::<Line>().and_then(|line| line.seat.as_ref()) {
            seat.is_of(signed_in.account.id)
                .map_err(|TooMany| Problem::SlowDown {
                    seconds: FULL_FOR_SECONDS,
                })?;
        }
        Ok(signed_in)
    }
}

/// `POST /api/session`
pub(super) async fn sign_in(
    State(app): State<App>,
    Peer(address): Peer,
    headers: HeaderMap,
    body: Result<Json<SignIn>, JsonRejection>,
) -> Result<Response, Failure> {
    let Ok(Json(who)) = body else {
        return Err(Problem::Malformed.into());
    };
    let before = cookie::token(&headers).map(|token| token.hash());
    let (token, signed_in) = app.accounts.sign_in(who, address, before).await?;
    let me = about(&app, signed_in.account, &headers).await?;
    Ok(([(header::SET_COOKIE, cookie::set(&token))], Json(me)).into_response())
}

/// `DELETE /api/session`
pub(super) async fn sign_out(
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Failure> {
    if let Some(token) = cookie::token(&headers) {
        app.accounts.sign_out(token.hash()).await?;
    }
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie::clear())]))
}

/// `GET /api/me`
pub(super) async fn me(
    State(app): State<App>,
    signed_in: SignedIn,
    headers: HeaderMap,
) -> Result<Json<Me>, Failure> {
    Ok(Json(about(&app, signed_in.account, &headers).await?))
}

async fn about(app: &App, account: Account, headers: &HeaderMap) -> Result<Me, StorageError> {
    let storage = Arc::clone(&app.storage);
    let (units, accounts) = blocking(move || Ok((storage.units()?, storage.accounts()?))).await?;
    let ours: BTreeSet<UnitId> = account.grants.iter().map(|grant| grant.unit).collect();
    let units = units.into_iter().filter(|unit| ours.contains(&unit.id));
    let met = |other: &Account| {
        other.id == account.id || other.grants.iter().any(|grant| ours.contains(&grant.unit))
    };
    let administrators = accounts.iter().filter(|other| is_administrator(other));
    let administrators = administrators.map(|other| other.name.clone()).collect();
    let certificate_expires = app.certificate.as_ref().map(|certificate| certificate.expires());
    let notices = if is_administrator(&account) {
        notices(certificate_expires, clock::now())
    } else {
        Vec::new()
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
        certificate_expires,
        administrators,
        notices,
        moved_to: app.address.moved_to(headers).map(ToString::to_string),
        login: account.login,
        name: account.name,
        grants: account.grants,
    })
}

fn is_administrator(account: &Account) -> bool {
    account
        .grants
        .iter()
        .any(|grant| grant.role == Role::Administrator)
}

fn notices(certificate_expires: Option<Timestamp>, now: Timestamp) -> Vec<Notice> {
    let soon = certificate_expires.filter(|at| *at <= now.after(CERTIFICATE_NOTICE));
    soon.map(|at| Notice::CertificateExpires { at })
        .into_iter()
        .collect()
}
