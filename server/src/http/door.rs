//! Which requests get the app, and which the page that says how to trust the relay.

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use tower::ServiceExt as _;

use super::{App, Peer};
use crate::address::Serves;
use crate::line::Line;

/// What stands at the door: the app's own state, and the page for those who may not come in.
#[derive(Clone)]
pub(super) struct Door {
    pub(super) app: App,
    pub(super) trust_page: Router,
}

pub(super) async fn keep(State(door): State<Door>, mut request: Request, next: Next) -> Response {
    let line = request.extensions().get().cloned().unwrap_or_else(Line::default);
    let address = &door.app.address;
    let sender = address.sender(&line, request.headers());
    let serves = address.serves(&line, request.headers());
    request.extensions_mut().insert(Peer(sender));
    match serves {
        Serves::App => next.run(request).await,
        Serves::TrustPage => door.trust_page.oneshot(request).await.into_response(),
    }
}
