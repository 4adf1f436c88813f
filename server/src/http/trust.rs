//! How to trust the relay: the one page that is served in the clear, and what belongs to it.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::get;
use axum::{Extension, Router};

use super::{App, failure, table};
use crate::address::Serves;
use crate::certificate::{Kept, fingerprint};
use crate::line::Line;

const PAGE: &str = include_str!("trust.html");
const STYLE: &str = include_str!("trust.css");
const SCRIPT: &str = include_str!("trust.js");

/// The page, wherever people come in, its parts, and nothing else.
pub(super) fn router(app: &App) -> Router {
    table::router(app, |row| row.is_trust() && row.path != "/trust/check")
        .route("/", get(page).fallback(failure::not_found))
        .route("/index.html", get(page).fallback(failure::not_found))
        .method_not_allowed_fallback(failure::not_found)
        .fallback(failure::not_found)
        .with_state(app.clone())
}

/// `GET /trust`
pub(super) async fn page(
    State(app): State<App>,
    line: Option<Extension<Line>>,
    headers: HeaderMap,
) -> Response {
    let line = line.map(|Extension(line)| line).unwrap_or_default();
    let door = match app.address.serves(&line, &headers) {
        Serves::App => "open",
        Serves::TrustPage => "shut",
    };
    let public = app.address.public();
    let origin = if public.is_https() {
        public.to_string()
    } else {
        String::new()
    };
    let authority = app.certificate.as_deref().and_then(Kept::authority);
    // None holds a character that means something in HTML.
    let page = PAGE
        .replace("{{origin}}", &origin)
        .replace("{{door}}", door)
        .replace(
            "{{fingerprint}}",
            &authority.as_deref().map(fingerprint).unwrap_or_default(),
        );
    let mut response = Html(page).into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, policy(&origin));
    response
}

/// As strict as the app's; the one thing more is the question to the address where the app is.
fn policy(origin: &str) -> HeaderValue {
    let connect = if origin.is_empty() { "'none'" } else { origin };
    let text = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src {connect}; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'"
    );
    HeaderValue::try_from(text).expect("an origin has letters, digits and a few signs alone")
}

/// `GET /trust/page.css`
pub(super) async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE).into_response()
}

/// `GET /trust/page.js`
pub(super) async fn script() -> Response {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], SCRIPT).into_response()
}

/// `GET /trust/ca.crt`
pub(super) async fn authority(State(app): State<App>) -> Response {
    match app.certificate.as_deref().and_then(Kept::authority) {
        Some(der) => {
            let kind = [
                (header::CONTENT_TYPE, "application/x-x509-ca-cert"),
                (
                    header::CONTENT_DISPOSITION,
                    "attachment; filename=\"taizhang-ca.crt\"",
                ),
            ];
            (kind, der.to_vec()).into_response()
        }
        None => failure::not_found().await.into_response(),
    }
}

/// `GET /trust/check`: whoever can read this trusts the certificate. It says nothing, and so any page may ask.
pub(super) async fn check() -> Response {
    (
        StatusCode::NO_CONTENT,
        [(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")],
    )
        .into_response()
}
