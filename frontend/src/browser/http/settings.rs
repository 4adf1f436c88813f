//! Enterprise settings at the relay.

use gloo::net::http::Request;
use shared::setting::{Draft, Head, Setting, SettingKind};

use super::{HttpError, good, json, post};

/// What the relay answers to whoever asks for settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The newest of each, and those that were named.
    pub settings: Vec<Setting>,
    /// By what the relay knows this answer again.
    pub tag: Option<String>,
}

/// The newest version of each setting, and those of these digests; none where that is what `tag` stands for.
///
/// # Errors
///
/// As every request here: says why it gave nothing.
pub async fn settings(digests: &[String], tag: Option<&str>) -> Result<Option<Told>, HttpError> {
    const NOT_MODIFIED: u16 = 304;
    let named: Vec<String> = digests.iter().map(|digest| format!("digest={digest}")).collect();
    let mut request = Request::get(&format!("/api/settings?{}", named.join("&")));
    if let Some(tag) = tag {
        request = request.header("if-none-match", tag);
    }
    let response = request.send().await.map_err(|_| HttpError::Unreachable)?;
    if response.status() == NOT_MODIFIED {
        return Ok(None);
    }
    let response = good(response).await?;
    let tag = response.headers().get("etag");
    let settings = response.json().await.map_err(|_| HttpError::Unreadable)?;
    Ok(Some(Told { settings, tag }))
}

/// Every version of a setting, for the office.
///
/// # Errors
///
/// As every request here.
pub async fn versions(kind: SettingKind, name: &str) -> Result<Vec<Head>, HttpError> {
    json(Request::get(&format!("/api/settings/{}/{name}", kind.code()))).await
}

/// Adds a version.
///
/// # Errors
///
/// As every request here.
pub async fn add(draft: &Draft) -> Result<Head, HttpError> {
    let response = post("/api/settings", draft).await?;
    response.json().await.map_err(|_| HttpError::Unreadable)
}
