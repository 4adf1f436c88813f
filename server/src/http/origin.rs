//! Whose request it is: from the relay's own pages, to the relay's own name.

use std::net::{IpAddr, Ipv4Addr};

use axum::extract::{FromRequestParts, Request, State};
use axum::http::header;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use shared::protocol::http::{HEADER, Problem};

use super::{App, Failure};

/// The address a request came from, as the listener saw it.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

impl<S: Sync> FromRequestParts<S> for Peer {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Failure> {
        // Requests that never crossed a socket are a test's.
        Ok(parts
            .extensions
            .get()
            .copied()
            .unwrap_or(Self(IpAddr::V4(Ipv4Addr::LOCALHOST))))
    }
}

/// Proof that a page of the relay's own asked: what opens the socket must carry it.
#[derive(Clone, Copy, Debug)]
pub(super) struct OwnPage;

impl FromRequestParts<App> for OwnPage {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let origin = parts
            .headers
            .get(header::ORIGIN)
            .and_then(|origin| origin.to_str().ok());
        match origin {
            Some(origin) if app.address.accepts_origin(origin) => Ok(Self),
            _ => Err(Problem::ForeignOrigin.into()),
        }
    }
}

/// Proof that a script of the relay's own page asked: what changes state must carry it.
#[derive(Clone, Copy, Debug)]
pub(super) struct OwnScript;

impl FromRequestParts<App> for OwnScript {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        OwnPage::from_request_parts(parts, app).await?;
        if parts.headers.contains_key(HEADER) {
            Ok(Self)
        } else {
            Err(Problem::ForeignOrigin.into())
        }
    }
}

pub(super) async fn own_host_alone(State(app): State<App>, request: Request, next: Next) -> Response {
    let host = request
        .headers()
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    match host {
        Some(host) if app.address.accepts_host(host) => next.run(request).await,
        _ => Failure::from(Problem::ForeignOrigin).into_response(),
    }
}
