//! Every route in one table: the router is built from it, and the tests walk it.
//!
//! What a route must not forget is not left to its handler: a request that changes something comes from a script of
//! our own page, with a body bounded in length and time, and who is not signed in gets no further than this.

use std::convert::Infallible;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::Method;
use axum::middleware::{Next, from_fn, from_fn_with_state, map_response};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodFilter, MethodRouter, on};
use http_body_util::LengthLimitError;
use shared::limit::{BODY, BODY_BYTES, SETTING_BODY_BYTES, SHEET_BODY_BYTES};
use shared::protocol::http::Problem;

use super::{
    App, Failure, Peer, admin, audit, enterprise, headers, health, held, ledgers, origin, session, settings,
    setup, sheets, sync, trust, year,
};
use crate::account::SignedIn;
use crate::trouble::Trouble;

/// One route.
pub(super) struct Row {
    pub(super) method: Method,
    pub(super) path: &'static str,
    pub(super) asks: Asks,
    pub(super) body_bytes: usize,
    answer: fn(MethodFilter) -> MethodRouter<App>,
}

/// What a request must show before its route sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asks {
    /// Nothing but the relay's own name as its host.
    Nothing,
    /// Nothing at all: a probe knows the machine, not the name, and the page that says how to trust us is for those who
    /// came by the wrong one.
    NoName,
    /// A session, if only one with the first password: who holds it may learn that, and change it.
    Beginner,
    /// A session.
    Session,
    /// A session, and our own page as its origin: a page of another site could open a socket under our cookie.
    Socket,
}

pub(super) static ROWS: &[Row] = &[
    Row::new(Method::GET, "/api/enterprise", Asks::Nothing, |with| {
        on(with, enterprise::show)
    }),
    Row::new(Method::POST, "/api/session", Asks::Nothing, |with| {
        on(with, session::sign_in)
    }),
    Row::new(Method::DELETE, "/api/session", Asks::Nothing, |with| {
        on(with, session::sign_out)
    }),
    Row::new(Method::GET, "/api/me", Asks::Beginner, |with| {
        on(with, session::me)
    }),
    Row::new(Method::POST, "/api/me/password", Asks::Beginner, |with| {
        on(with, session::change_password)
    }),
    Row::new(Method::POST, "/api/reset", Asks::Nothing, |with| {
        on(with, session::reset)
    }),
    Row::new(Method::POST, "/api/setup", Asks::Nothing, |with| {
        on(with, setup::set_up)
    }),
    Row::new(Method::GET, "/api/admin", Asks::Session, |with| {
        on(with, admin::overview)
    }),
    Row::new(Method::POST, "/api/admin", Asks::Session, |with| {
        on(with, admin::order)
    })
    .with_body(SHEET_BODY_BYTES),
    Row::new(Method::POST, "/api/admin/audit", Asks::Session, |with| {
        on(with, audit::page)
    }),
    Row::new(Method::POST, "/api/admin/audit/export", Asks::Session, |with| {
        on(with, audit::export)
    }),
    Row::new(Method::GET, "/api/held", Asks::Session, |with| {
        on(with, held::list)
    }),
    Row::new(Method::POST, "/api/held", Asks::Session, |with| {
        on(with, held::decide)
    })
    .with_body(SHEET_BODY_BYTES),
    Row::new(Method::GET, "/api/ledgers", Asks::Session, |with| {
        on(with, ledgers::list)
    }),
    Row::new(Method::GET, "/api/ledgers/{id}/log", Asks::Session, |with| {
        on(with, ledgers::log)
    }),
    Row::new(Method::GET, "/api/settings", Asks::Session, |with| {
        on(with, settings::list)
    }),
    Row::new(Method::POST, "/api/settings", Asks::Session, |with| {
        on(with, settings::add)
    })
    .with_body(SETTING_BODY_BYTES),
    Row::new(
        Method::GET,
        "/api/settings/{kind}/{name}",
        Asks::Session,
        |with| on(with, settings::versions),
    ),
    Row::new(Method::GET, "/api/ledgers/{id}/devices", Asks::Session, |with| {
        on(with, ledgers::devices)
    }),
    Row::new(Method::POST, "/api/ledgers/{id}/close", Asks::Session, |with| {
        on(with, year::close)
    }),
    Row::new(Method::POST, "/api/ledgers/{id}/reopen", Asks::Session, |with| {
        on(with, year::reopen)
    }),
    Row::new(
        Method::POST,
        "/api/year/{year}/roll-over",
        Asks::Session,
        |with| on(with, year::roll_over),
    ),
    Row::new(Method::POST, "/api/members/move", Asks::Session, |with| {
        on(with, year::move_member)
    }),
    Row::new(Method::GET, "/api/sheets", Asks::Session, |with| {
        on(with, sheets::show)
    }),
    Row::new(Method::POST, "/api/sheets/request", Asks::Session, |with| {
        on(with, sheets::request)
    }),
    Row::new(Method::GET, "/api/sheets/requests", Asks::Session, |with| {
        on(with, sheets::requests)
    }),
    Row::new(Method::GET, "/sync", Asks::Socket, |with| on(with, sync::open)),
    Row::new(Method::GET, "/healthz", Asks::NoName, |with| {
        on(with, health::check)
    }),
    Row::new(Method::GET, "/trust", Asks::NoName, |with| on(with, trust::page)),
    Row::new(Method::GET, "/trust/page.css", Asks::NoName, |with| {
        on(with, trust::style)
    }),
    Row::new(Method::GET, "/trust/page.js", Asks::NoName, |with| {
        on(with, trust::script)
    }),
    Row::new(Method::GET, "/trust/ca.crt", Asks::NoName, |with| {
        on(with, trust::authority)
    }),
    Row::new(Method::GET, "/trust/check", Asks::NoName, |with| {
        on(with, trust::check)
    }),
];

impl Row {
    const fn new(
        method: Method,
        path: &'static str,
        asks: Asks,
        answer: fn(MethodFilter) -> MethodRouter<App>,
    ) -> Self {
        Self {
            method,
            path,
            asks,
            body_bytes: BODY_BYTES,
            answer,
        }
    }

    /// The same route with longer bodies.
    const fn with_body(mut self, bytes: usize) -> Self {
        self.body_bytes = bytes;
        self
    }

    /// Whether it changes what the relay keeps.
    pub(super) fn changes(&self) -> bool {
        !matches!(self.method, Method::GET | Method::HEAD)
    }

    /// Whether it is part of the page that says how to trust the relay.
    pub(super) fn is_trust(&self) -> bool {
        self.path.starts_with("/trust")
    }

    fn route(&self, app: &App) -> MethodRouter<App> {
        let method =
            MethodFilter::try_from(self.method.clone()).expect("the table names methods of HTTP alone");
        let mut answer = (self.answer)(method);
        // The last layer is the first to see a request.
        if self.changes() {
            let bytes = self.body_bytes;
            answer = answer
                .layer::<_, Infallible>(DefaultBodyLimit::disable())
                .layer(from_fn_with_state(
                    app.clone(),
                    move |State(app): State<App>, peer: Peer, request, next| {
                        with_whole_body(app, peer, bytes, request, next)
                    },
                ));
        }
        answer = match self.asks {
            Asks::Nothing | Asks::NoName => answer,
            Asks::Beginner => answer.layer(from_fn_with_state(app.clone(), signed_in)),
            // The last layer is the first to see a request.
            Asks::Session | Asks::Socket => answer
                .layer(from_fn(with_own_password))
                .layer(from_fn_with_state(app.clone(), signed_in)),
        };
        if self.asks == Asks::Socket {
            answer = answer.layer(from_fn_with_state(app.clone(), origin::own_page_alone));
        }
        if self.changes() {
            answer = answer.layer(from_fn_with_state(app.clone(), origin::own_script_alone));
        }
        if self.asks != Asks::NoName {
            answer = answer.layer(from_fn_with_state(app.clone(), origin::own_host_alone));
        }
        answer.layer(map_response(headers::no_store))
    }
}

/// The routes of the table that `which` takes.
pub(super) fn router(app: &App, which: impl Fn(&Row) -> bool) -> Router<App> {
    ROWS.iter()
        .filter(|row| which(row))
        .fold(Router::new(), |router, row| {
            router.route(row.path, row.route(app))
        })
}

/// Lets nobody pass who is not signed in; the route finds who it is without asking again.
async fn signed_in(State(app): State<App>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    match SignedIn::of(&mut parts, &app).await {
        Ok(signed_in) => {
            parts.extensions.insert(signed_in);
            next.run(Request::from_parts(parts, body)).await
        }
        Err(failure) => failure.into_response(),
    }
}

/// Lets nobody pass who has yet to change his first password.
async fn with_own_password(request: Request, next: Next) -> Response {
    match request.extensions().get::<SignedIn>() {
        Some(signed_in) if signed_in.account.first_password => {
            Failure::from(Problem::ChangePassword).into_response()
        }
        _ => next.run(request).await,
    }
}

/// Waits for the body before the route runs: one that trickles, or never ends, holds nobody up.
async fn with_whole_body(
    app: App,
    Peer(sender): Peer,
    bytes: usize,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    let too_large = parts
        .headers
        .get(axum::http::header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse().ok())
        .is_some_and(|length: usize| length > bytes);
    if too_large {
        app.troubles.saw(Trouble::LongBody, sender);
        return Failure::from(Problem::TooLarge).into_response();
    }
    match tokio::time::timeout(BODY, axum::body::to_bytes(body, bytes)).await {
        Ok(Ok(whole)) => next.run(Request::from_parts(parts, Body::from(whole))).await,
        Ok(Err(problem)) => {
            if is_too_long(&problem) {
                app.troubles.saw(Trouble::LongBody, sender);
            }
            Failure::from(Problem::TooLarge).into_response()
        }
        Err(_) => {
            app.troubles.saw(Trouble::SlowBody, sender);
            Failure::from(Problem::TooSlow).into_response()
        }
    }
}

/// Whether a body ended because it was too long, and not because its connection did.
fn is_too_long(problem: &axum::Error) -> bool {
    let source = std::error::Error::source(problem);
    let limit: Option<&LengthLimitError> = source.and_then(|source| source.downcast_ref());
    limit.is_some()
}
