//! What anybody may know before signing in.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use shared::protocol::http::Enterprise;

use super::App;

/// `GET /api/enterprise`
pub(super) async fn show(State(app): State<App>, headers: HeaderMap) -> Json<Enterprise> {
    let enterprise = &app.enterprise;
    Json(Enterprise {
        id: enterprise.id,
        name: enterprise.name.clone(),
        demo: enterprise.demo.clone(),
        moved_to: app.address.moved_to(&headers).map(ToString::to_string),
    })
}
