//! What anybody may know before signing in.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use shared::protocol::http::Enterprise;

use super::{App, Failure};
use crate::account::blocking;

/// `GET /api/enterprise`
pub(super) async fn show(State(app): State<App>, headers: HeaderMap) -> Result<Json<Enterprise>, Failure> {
    let storage = Arc::clone(&app.storage);
    // Setting the store up names it while the relay runs.
    let named = blocking(move || storage.enterprise()).await?;
    let enterprise = named.unwrap_or_else(|| app.enterprise.clone());
    Ok(Json(Enterprise {
        id: enterprise.id,
        name: enterprise.name,
        demo: enterprise.demo,
        moved_to: app.address.moved_to(&headers).map(ToString::to_string),
    }))
}
