//! A year's end, and members who go to another branch.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use shared::access::{Rights, Status, UnitKind};
use shared::id::UnitId;
use shared::limit::NAME_CHARS;
use shared::protocol::http::year::{Closed, MoveMember, RollOver, RolledOver};
use shared::protocol::http::{Listed, Problem};
use shared::sync::relay::Event;
use shared::time::Date;

use super::ledgers::holders;
use super::{App, Failure};
use crate::account::{SignedIn, blocking, by};
use crate::acts::ActError;
use crate::clock;
use crate::storage::{Amendment, StorageError};

impl From<ActError> for Failure {
    fn from(error: ActError) -> Self {
        match error {
            ActError::Gone => Self::Problem(Problem::NotFound),
            ActError::NotWritten => Self::Storage(StorageError::Unwritten),
            ActError::Storage(source) => Self::Storage(source),
        }
    }
}

/// `POST /api/ledgers/{id}/close`
pub(super) async fn close(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(id): Path<String>,
) -> Result<Json<Closed>, Failure> {
    let listed = closable(&app, &signed_in, &id).await?;
    let SignedIn { account, session } = signed_in;
    let end = app
        .acts
        .close(by(&account, Some(session.device)), &listed)
        .await?;
    let storage = Arc::clone(&app.storage);
    let mut behind = blocking(move || holders(storage.as_ref(), listed.id)).await?;
    behind.retain(|holder| holder.is_behind(end.seq));
    Ok(Json(Closed {
        seq: end.seq,
        chain: end.chain,
        behind,
    }))
}

/// `POST /api/ledgers/{id}/reopen`
pub(super) async fn reopen(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(id): Path<String>,
) -> Result<StatusCode, Failure> {
    let listed = closable(&app, &signed_in, &id).await?;
    let SignedIn { account, session } = signed_in;
    let (storage, by) = (Arc::clone(&app.storage), by(&account, Some(session.device)));
    let opening = Amendment::SetStatus(listed.id, Status::Open);
    match blocking(move || storage.amend(&by, &opening)).await {
        Err(StorageError::Gone) => return Err(Problem::NotFound.into()),
        opened => opened?,
    }
    // At once: what is pushed after this answer must not be held.
    app.relay
        .tell(Event::StatusChanged(listed.id, Status::Open))
        .await;
    app.relay.refresh();
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /api/year/{year}/roll-over`
pub(super) async fn roll_over(
    State(app): State<App>,
    SignedIn { account, session }: SignedIn,
    Path(year): Path<String>,
    body: Result<Json<RollOver>, JsonRejection>,
) -> Result<Json<RolledOver>, Failure> {
    let (Ok(Json(RollOver { unit })), Ok(year)) = (body, year.parse::<u16>()) else {
        return Err(Problem::Malformed.into());
    };
    let (rights, today) = (app.rights().await?, clock::now().date());
    // A year that has not begun has nothing that goes on, and each makes ledgers.
    if i32::from(year) > today.year() {
        return Err(Problem::Malformed.into());
    }
    if !rights.closes_year(&account.grants, today, unit) || !keeps_year(&app, unit, year).await? {
        return Err(Problem::NotFound.into());
    }
    let by = by(&account, Some(session.device));
    let filled = app.acts.roll_over(by, app.enterprise.id, unit, year).await?;
    Ok(Json(RolledOver {
        year: year + 1,
        filled,
    }))
}

/// `POST /api/members/move`
pub(super) async fn move_member(
    State(app): State<App>,
    SignedIn { account, session }: SignedIn,
    body: Result<Json<MoveMember>, JsonRejection>,
) -> Result<StatusCode, Failure> {
    let Ok(Json(asked)) = body else {
        return Err(Problem::Malformed.into());
    };
    if asked.from == asked.to || asked.note.chars().count() > NAME_CHARS {
        return Err(Problem::Malformed.into());
    }
    let (rights, today) = (app.rights().await?, clock::now().date());
    for unit in [asked.from, asked.to] {
        if !rights.moves_members(&account.grants, today, unit) || !is_branch(&app, unit).await? {
            return Err(Problem::NotFound.into());
        }
    }
    let by = by(&account, Some(session.device));
    app.acts.move_member(by, app.enterprise.id, asked).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The ledger of this id, if whoever asks closes its year: those without a year are never over.
async fn closable(app: &App, signed_in: &SignedIn, id: &str) -> Result<Listed, Failure> {
    let storage = Arc::clone(&app.storage);
    let ledgers = blocking(move || storage.ledgers()).await?;
    let (rights, today) = (app.rights().await?, clock::now().date());
    let found = ledgers
        .into_iter()
        .find(|listed| listed.id.to_string() == id && may_close(&rights, signed_in, today, listed));
    Ok(found.ok_or(Problem::NotFound)?)
}

fn may_close(rights: &Rights, signed_in: &SignedIn, today: Date, listed: &Listed) -> bool {
    listed.key.year.is_some()
        && listed.status != Status::Forgotten
        && rights.closes_year(&signed_in.account.grants, today, listed.key.unit)
}

/// Whether a unit has ledgers of a year.
async fn keeps_year(app: &App, unit: UnitId, year: u16) -> Result<bool, StorageError> {
    let storage = Arc::clone(&app.storage);
    let ledgers = blocking(move || storage.ledgers()).await?;
    let mut keys = ledgers.iter().map(|listed| listed.key);
    Ok(keys.any(|key| key.unit == unit && key.year == Some(year)))
}

async fn is_branch(app: &App, unit: UnitId) -> Result<bool, StorageError> {
    let storage = Arc::clone(&app.storage);
    let units = blocking(move || storage.units()).await?;
    let is_one = |known: &crate::storage::Unit| known.id == unit && known.kind == UnitKind::Branch;
    Ok(units.iter().any(is_one))
}
