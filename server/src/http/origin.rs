//! Whose request it is: from the relay's own pages, to the relay's own name.

use std::net::{IpAddr, Ipv4Addr};

use axum::extract::{FromRequestParts, Request, State};
use axum::http::header;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use shared::protocol::http::{HEADER, Problem};

use super::{App, Failure};

/// Who sent a request: the other end of its line, or whom a proxy of ours names.
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

/// Lets requests of the relay's own pages pass.
pub(super) async fn own_page_alone(State(app): State<App>, request: Request, next: Next) -> Response {
    if is_own_page(&app, &request) {
        next.run(request).await
    } else {
        Failure::from(Problem::ForeignOrigin).into_response()
    }
}

/// Lets requests of scripts of the relay's own pages pass: a form of another site cannot send the header.
pub(super) async fn own_script_alone(State(app): State<App>, request: Request, next: Next) -> Response {
    if is_own_page(&app, &request) && request.headers().contains_key(HEADER) {
        next.run(request).await
    } else {
        Failure::from(Problem::ForeignOrigin).into_response()
    }
}

/// Lets requests to the relay's own names pass.
pub(super) async fn own_host_alone(State(app): State<App>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST);
    match host.and_then(|host| host.to_str().ok()) {
        Some(host) if app.address.accepts_host(host) => next.run(request).await,
        _ => Failure::from(Problem::ForeignOrigin).into_response(),
    }
}

fn is_own_page(app: &App, request: &Request) -> bool {
    let origin = request.headers().get(header::ORIGIN);
    origin
        .and_then(|origin| origin.to_str().ok())
        .is_some_and(|origin| app.address.accepts_origin(origin))
}
