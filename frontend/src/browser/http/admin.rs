//! What administrators see and order at the relay.

use gloo::net::http::Request;
use shared::protocol::http::admin::{Done, Order, Overview};
use shared::protocol::http::audit::{Filter, Record};

use super::{HttpError, json, post};

/// Everything the administrator keeps.
///
/// # Errors
///
/// As every request here: says why it gave nothing.
pub async fn overview() -> Result<Overview, HttpError> {
    json(Request::get("/api/admin")).await
}

/// Has one thing done.
///
/// # Errors
///
/// As every request here.
pub async fn order(order: &Order) -> Result<Done, HttpError> {
    let response = post("/api/admin", order).await?;
    response.json().await.map_err(|_| HttpError::Unreadable)
}

/// The newest entries of the audit log that fit.
///
/// # Errors
///
/// As every request here.
pub async fn audit(filter: &Filter) -> Result<Vec<Record>, HttpError> {
    let response = post("/api/admin/audit", filter).await?;
    response.json().await.map_err(|_| HttpError::Unreadable)
}

/// All entries of the audit log that fit, as a CSV file.
///
/// # Errors
///
/// As every request here.
pub async fn export_audit(filter: &Filter) -> Result<Vec<u8>, HttpError> {
    let response = post("/api/admin/audit/export", filter).await?;
    response.binary().await.map_err(|_| HttpError::Unreachable)
}
