//! Whether the relay can do its work, for probes and service managers.

use axum::extract::State;
use axum::http::StatusCode;

use super::App;

/// 200 while relay and writer answer.
pub(super) async fn check(State(app): State<App>) -> (StatusCode, &'static str) {
    if app.relay.is_alive().await {
        (StatusCode::OK, "ok\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "the writer does not answer\n")
    }
}
