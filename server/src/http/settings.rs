//! Enterprise settings: what devices get, and how the office changes it.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use sha2::{Digest as _, Sha256};
use shared::access::in_force;
use shared::limit::{SETTING_DIGESTS, SETTINGS};
use shared::protocol::http::Problem;
use shared::setting::{Draft, Head, SettingKind, Wrong, is_digest};

use super::{App, Failure};
use crate::account::{SignedIn, blocking, by};
use crate::clock;
use crate::storage::{Amendment, StorageError};

/// `GET /api/settings`
pub(super) async fn list(
    State(app): State<App>,
    SignedIn { account, .. }: SignedIn,
    headers: HeaderMap,
    query: Result<Query<Vec<(String, String)>>, QueryRejection>,
) -> Result<Response, Failure> {
    if in_force(&account.grants, clock::now().date()).next().is_none() {
        return Err(Problem::NotFound.into());
    }
    let digests = query.ok().and_then(|Query(pairs)| asked_for(pairs));
    let digests = digests.ok_or(Problem::Malformed)?;
    let storage = Arc::clone(&app.storage);
    let heads = blocking(move || storage.setting_heads()).await?;
    let wanted = wanted(heads, &digests);
    let tag = tag(&wanted);
    if has(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let storage = Arc::clone(&app.storage);
    let settings = blocking(move || storage.settings(wanted)).await?;
    Ok(([(header::ETAG, tag)], Json(settings)).into_response())
}

/// The digests of a query; none if it asks for anything else.
fn asked_for(pairs: Vec<(String, String)>) -> Option<Vec<String>> {
    let is_good = |(key, value): &(String, String)| key == "digest" && is_digest(value);
    let all_are_good = pairs.len() <= SETTING_DIGESTS && pairs.iter().all(is_good);
    all_are_good.then(|| pairs.into_iter().map(|(_, digest)| digest).collect())
}

/// The newest version of each setting and the versions of these digests, each once. Where several versions say the same,
/// the last of them stands for all.
fn wanted(heads: Vec<Head>, digests: &[String]) -> Vec<Head> {
    let (mut newest, mut named) = (BTreeMap::new(), BTreeMap::new());
    for head in heads {
        if digests.contains(&head.digest) {
            named.insert(head.digest.clone(), head.clone());
        }
        newest.insert((head.kind, head.name.clone()), head);
    }
    let all = newest.into_values().chain(named.into_values());
    let all = all.map(|head| ((head.kind, head.name.clone(), head.version), head));
    all.collect::<BTreeMap<_, _>>().into_values().collect()
}

/// The same for the same versions: they stay as they are.
fn tag(heads: &[Head]) -> String {
    let mut sum = Sha256::new();
    for head in heads {
        sum.update(format!("{} {}\0", head.digest, head.version));
    }
    format!("\"{}\"", hex::encode(sum.finalize()))
}

/// Whether who asks has what this stands for. A proxy that compresses answers marks their tags as weak.
fn has(headers: &HeaderMap, tag: &str) -> bool {
    let named = headers.get(header::IF_NONE_MATCH);
    let named = named.and_then(|named| named.to_str().ok()).unwrap_or_default();
    named
        .split(',')
        .map(str::trim)
        .any(|one| one.strip_prefix("W/").unwrap_or(one) == tag)
}

/// `GET /api/settings/{kind}/{name}`
pub(super) async fn versions(
    State(app): State<App>,
    signed_in: SignedIn,
    Path((kind, name)): Path<(String, String)>,
) -> Result<Json<Vec<Head>>, Failure> {
    office(&app, signed_in).await?;
    let kind = SettingKind::of_code(&kind).ok_or(Problem::NotFound)?;
    let storage = Arc::clone(&app.storage);
    let mut heads = blocking(move || storage.setting_heads()).await?;
    heads.retain(|head| head.kind == kind && head.name == name);
    Ok(Json(heads))
}

/// `POST /api/settings`
pub(super) async fn add(
    State(app): State<App>,
    signed_in: SignedIn,
    body: Result<Json<Draft>, JsonRejection>,
) -> Result<Json<Head>, Failure> {
    let SignedIn { account, session } = office(&app, signed_in).await?;
    let Ok(Json(draft)) = body else {
        return Err(Problem::Malformed.into());
    };
    let draft = draft.checked()?;
    let storage = Arc::clone(&app.storage);
    let by = by(&account, Some(session.device));
    let added = blocking(move || {
        if draft.after == 0 && is_full(&storage.setting_heads()?, &draft) {
            return Ok(Err(Wrong::TooMany { most: SETTINGS }));
        }
        match storage.amend(&by, &Amendment::AddSetting(draft.clone())) {
            Err(StorageError::Overtaken { newest }) => Ok(Err(Wrong::Overtaken { newest })),
            Err(source) => Err(source),
            Ok(()) => Ok(Ok(draft.made(by.account, by.at).head())),
        }
    });
    Ok(Json(added.await??))
}

/// Whether there is room for no other setting, and this is one.
fn is_full(heads: &[Head], draft: &Draft) -> bool {
    let firsts = || heads.iter().filter(|head| head.version == 1);
    let is_known = firsts().any(|head| head.kind == draft.kind && head.name == draft.name);
    !is_known && firsts().count() >= SETTINGS
}

/// Somebody who keeps the settings; to anybody else there is nothing here.
async fn office(app: &App, signed_in: SignedIn) -> Result<SignedIn, Failure> {
    let storage = Arc::clone(&app.storage);
    let units = blocking(move || storage.units()).await?;
    let rights = app.rights().await?;
    let kind = |id| units.iter().find(|unit| unit.id == id).map(|unit| unit.kind);
    if rights.keeps_settings(&signed_in.account.grants, clock::now().date(), kind) {
        Ok(signed_in)
    } else {
        Err(Problem::NotFound.into())
    }
}
