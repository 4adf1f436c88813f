//! The relay's HTTP API.

use gloo::net::http::{Request, RequestBuilder, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::id::LedgerId;
use shared::protocol::Entry;
use shared::protocol::http::inbox::{Decide, HeldItem};
use shared::protocol::http::{ChangePassword, Enterprise, HEADER, Listed, Me, Problem, Reset, Setup, SignIn};

pub mod admin;
pub mod settings;

/// Why a request gave nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HttpError {
    /// The relay cannot be reached.
    #[error("the relay cannot be reached")]
    Unreachable,
    /// The relay said why.
    #[error("the relay said {0:?}")]
    Problem(Problem),
    /// An answer that is none.
    #[error("an answer that cannot be read")]
    Unreadable,
}

/// What anybody may know before signing in.
///
/// # Errors
///
/// As every request here: says why it gave nothing.
pub async fn enterprise() -> Result<Enterprise, HttpError> {
    json(Request::get("/api/enterprise")).await
}

/// Who is signed in.
///
/// # Errors
///
/// As every request here.
pub async fn me() -> Result<Me, HttpError> {
    json(Request::get("/api/me")).await
}

/// The ledgers the account may see.
///
/// # Errors
///
/// As every request here.
pub async fn ledgers() -> Result<Vec<Listed>, HttpError> {
    json(Request::get("/api/ledgers")).await
}

/// Signs in.
///
/// # Errors
///
/// As every request here.
pub async fn sign_in(body: &SignIn) -> Result<Me, HttpError> {
    let response = post("/api/session", body).await?;
    response.json().await.map_err(|_| HttpError::Unreadable)
}

/// Changes one's own password.
///
/// # Errors
///
/// As every request here.
pub async fn change_password(body: &ChangePassword) -> Result<(), HttpError> {
    post("/api/me/password", body).await.map(|_| ())
}

/// Sets a password anew by a one-time code.
///
/// # Errors
///
/// As every request here.
pub async fn reset(body: &Reset) -> Result<(), HttpError> {
    post("/api/reset", body).await.map(|_| ())
}

/// Makes the first administrator of an empty store.
///
/// # Errors
///
/// As every request here.
pub async fn set_up(body: &Setup) -> Result<(), HttpError> {
    post("/api/setup", body).await.map(|_| ())
}

/// Signs out.
///
/// # Errors
///
/// As every request here.
pub async fn sign_out() -> Result<(), HttpError> {
    let response = Request::delete("/api/session").header(HEADER, "1").send().await;
    good(response.map_err(|_| HttpError::Unreachable)?)
        .await
        .map(|_| ())
}

/// What is held or was refused: one's own, and what one decides about.
///
/// # Errors
///
/// As every request here.
pub async fn held() -> Result<Vec<HeldItem>, HttpError> {
    json(Request::get("/api/held")).await
}

/// Decides about held changes.
///
/// # Errors
///
/// As every request here.
pub async fn decide(body: &Decide) -> Result<(), HttpError> {
    post("/api/held", body).await.map(|_| ())
}

/// The log of a ledger from its first entry on.
///
/// # Errors
///
/// As every request here.
pub async fn log(ledger: LedgerId) -> Result<Vec<Entry>, HttpError> {
    let response = Request::get(&format!("/api/ledgers/{ledger}/log?after=0"))
        .send()
        .await;
    let body = good(response.map_err(|_| HttpError::Unreachable)?)
        .await?
        .binary()
        .await;
    let body = body.map_err(|_| HttpError::Unreachable)?;
    shared::protocol::read_log(&body).ok_or(HttpError::Unreadable)
}

async fn json<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, HttpError> {
    let response = request.send().await.map_err(|_| HttpError::Unreachable)?;
    good(response)
        .await?
        .json()
        .await
        .map_err(|_| HttpError::Unreadable)
}

async fn post<T: Serialize>(path: &str, body: &T) -> Result<Response, HttpError> {
    let request = Request::post(path).header(HEADER, "1").json(body);
    let request = request.map_err(|_| HttpError::Unreadable)?;
    let response = request.send().await.map_err(|_| HttpError::Unreachable)?;
    good(response).await
}

async fn good(response: Response) -> Result<Response, HttpError> {
    if response.ok() {
        return Ok(response);
    }
    match response.json::<Problem>().await {
        Ok(problem) => Err(HttpError::Problem(problem)),
        // Something between us and the relay answered.
        Err(_) => Err(HttpError::Unreachable),
    }
}
