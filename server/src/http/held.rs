//! What is held or was refused: one's own, and what one decides about.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use shared::id::{AccountId, LedgerId};
use shared::ledger::key::LedgerKey;
use shared::limit::REASON_CHARS;
use shared::protocol::http::Problem;
use shared::protocol::http::inbox::{Decide, HeldItem};
use shared::sync::relay::Standing;

use super::{App, Failure};
use crate::account::{SignedIn, blocking, by};
use crate::clock;
use crate::storage::{Amendment, HeldRow, StorageError};

/// `GET /api/held`
pub(super) async fn list(
    State(app): State<App>,
    SignedIn { account, .. }: SignedIn,
) -> Result<Json<Vec<HeldItem>>, Failure> {
    let (rights, today) = (app.rights().await?, clock::now().date());
    let storage = Arc::clone(&app.storage);
    let read = move || Ok((storage.held(None)?, storage.ledgers()?, storage.accounts()?));
    let (rows, ledgers, accounts) = blocking(read).await?;
    let keys: BTreeMap<LedgerId, LedgerKey> = ledgers.iter().map(|listed| (listed.id, listed.key)).collect();
    let names: BTreeMap<AccountId, String> = accounts
        .into_iter()
        .map(|account| (account.id, account.name))
        .collect();
    let items = rows.into_iter().filter_map(|row| {
        let key = keys.get(&row.entry.ledger)?;
        let yours = rights.is_in_charge(&account.grants, today, key);
        // Who carries something for a colleague learns what became of it, not what it says.
        (yours || row.entry.account == account.id).then(|| item(row, yours, &names))
    });
    Ok(Json(items.collect()))
}

fn item(row: HeldRow, yours: bool, names: &BTreeMap<AccountId, String>) -> HeldItem {
    let HeldRow { entry, why, decision } = row;
    HeldItem {
        ledger: entry.ledger,
        hash: entry.hash,
        account: entry.account,
        name: names.get(&entry.account).cloned(),
        device: entry.device,
        carried_by: entry.carried_by,
        received_at: entry.received_at,
        why,
        decision,
        bytes: entry.bytes,
        yours,
    }
}

/// `POST /api/held`
pub(super) async fn decide(
    State(app): State<App>,
    SignedIn { account, session }: SignedIn,
    body: Result<Json<Decide>, JsonRejection>,
) -> Result<StatusCode, Failure> {
    let Ok(Json(decide)) = body else {
        return Err(Problem::Malformed.into());
    };
    let reason = decide.reason.trim().to_owned();
    let unsaid = decide.standing == Standing::TurnedDown && reason.is_empty();
    if decide.standing == Standing::Waiting || unsaid || reason.chars().count() > REASON_CHARS {
        return Err(Problem::Malformed.into());
    }
    let rights = app.rights().await?;
    let storage = Arc::clone(&app.storage);
    let ledgers = blocking(move || storage.ledgers()).await?;
    let listed = ledgers.into_iter().find(|listed| listed.id == decide.ledger);
    let today = clock::now().date();
    listed
        .filter(|listed| rights.is_in_charge(&account.grants, today, &listed.key))
        .ok_or(Problem::NotFound)?;
    let storage = Arc::clone(&app.storage);
    let by = by(&account, Some(session.device));
    let amendment = Amendment::Decide {
        ledger: decide.ledger,
        changes: decide.changes,
        standing: decide.standing,
        reason,
    };
    match blocking(move || storage.amend(&by, &amendment)).await {
        Err(StorageError::Gone) => return Err(Problem::NotFound.into()),
        decided => decided?,
    }
    app.relay.refresh();
    Ok(StatusCode::NO_CONTENT)
}
