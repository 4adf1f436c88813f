//! Headers that every answer carries, errors too.

use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use super::App;
use crate::line::Line;

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Everything a page of ours never asks for.
const PERMISSIONS: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), \
    magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()";

/// Two years.
const STRICT_TRANSPORT: &str = "max-age=63072000";

const ALWAYS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (HeaderName::from_static("permissions-policy"), PERMISSIONS),
];

pub(super) async fn secure(State(app): State<App>, request: Request, next: Next) -> Response {
    let is_strict = app.strict_transport && app.address.public().is_https() && came_encrypted(&app, &request);
    let mut response = next.run(request).await;
    put_all(response.headers_mut());
    if is_strict {
        let value = HeaderValue::from_static(STRICT_TRANSPORT);
        response
            .headers_mut()
            .insert(header::STRICT_TRANSPORT_SECURITY, value);
    }
    response
}

/// Browsers pass over that header in the clear, and whoever stands in between could have put it there.
fn came_encrypted(app: &App, request: &Request) -> bool {
    let line = request.extensions().get::<Line>();
    line.is_some_and(|line| app.address.is_encrypted(line, request.headers()))
}

fn put_all(headers: &mut HeaderMap) {
    for (name, value) in ALWAYS {
        // A page may have a policy of its own.
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
}

/// For answers that hold what only this person may read, or that are true only now.
pub(super) async fn no_store(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
