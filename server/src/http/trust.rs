//! Plain http off loopback: one page, and nothing else.

use axum::Router;
use axum::http::{Uri, header};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::get;

use super::failure;

const PAGE: &str = include_str!("trust.html");

pub(super) fn router() -> Router {
    Router::new().fallback(get(page).fallback(nothing))
}

async fn page(uri: Uri) -> Response {
    match uri.path() {
        "/" | "/index.html" => ([(header::CACHE_CONTROL, "no-store")], Html(PAGE)).into_response(),
        _ => nothing().await,
    }
}

async fn nothing() -> Response {
    failure::not_found().await.into_response()
}
