//! Signing in and out, and who is signed in.

use std::net::IpAddr;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use shared::limit::FULL_AGAIN_SECONDS;
use shared::protocol::http::{ChangePassword, Me, Problem, Reset, SignIn};

use super::me::about;
use super::origin::Peer;
use super::{App, Failure, cookie};
use crate::account::{SignInProblem, SignedIn};
use crate::crowd::TooMany;
use crate::line::Line;
use crate::trouble::Trouble;

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
            let account = signed_in.account.id;
            seat.is_of(account).map_err(|TooMany| {
                app.troubles.saw(Trouble::AccountFull, account);
                Problem::SlowDown {
                    seconds: FULL_AGAIN_SECONDS,
                }
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
    let kind = who.kind;
    let (token, signed_in) = noted(&app, address, app.accounts.sign_in(who, address, before).await)?;
    let me = about(&app, signed_in.account, &headers).await?;
    Ok(([(header::SET_COOKIE, cookie::set(&token, kind))], Json(me)).into_response())
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

/// `POST /api/me/password`
pub(super) async fn change_password(
    State(app): State<App>,
    Peer(address): Peer,
    signed_in: SignedIn,
    body: Result<Json<ChangePassword>, JsonRejection>,
) -> Result<Response, Failure> {
    let Ok(Json(change)) = body else {
        return Err(Problem::Malformed.into());
    };
    let kind = signed_in.session.kind;
    let changed = app.accounts.change_password(&signed_in, change, address).await;
    let (token, _) = noted(&app, address, changed)?;
    let cookie = [(header::SET_COOKIE, cookie::set(&token, kind))];
    Ok((StatusCode::NO_CONTENT, cookie).into_response())
}

/// `POST /api/reset`
pub(super) async fn reset(
    State(app): State<App>,
    Peer(address): Peer,
    body: Result<Json<Reset>, JsonRejection>,
) -> Result<StatusCode, Failure> {
    let Ok(Json(reset)) = body else {
        return Err(Problem::Malformed.into());
    };
    noted(&app, address, app.accounts.reset(reset, address).await)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Passes an outcome on; a guess is noted.
fn noted<T>(app: &App, address: IpAddr, outcome: Result<T, SignInProblem>) -> Result<T, SignInProblem> {
    let trouble = match &outcome {
        Err(SignInProblem::Wrong) => Some(Trouble::WrongPassword),
        Err(SignInProblem::SlowDown { .. }) => Some(Trouble::GuessDelayed),
        Err(SignInProblem::Busy) => Some(Trouble::SignInsFull),
        Err(SignInProblem::Weak | SignInProblem::Overtaken | SignInProblem::Storage(_)) | Ok(_) => None,
    };
    if let Some(trouble) = trouble {
        app.troubles.saw(trouble, address);
    }
    outcome
}
