//! What is held or was refused: one's own, and what one decides about.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use shared::access::Status;
use shared::id::{AccountId, LedgerId, UnitId};
use shared::limit::REASON_CHARS;
use shared::protocol::http::inbox::{Decide, HeldItem};
use shared::protocol::http::{Listed, Problem};
use shared::sync::relay::Standing;

use super::{App, Failure};
use crate::account::{SignedIn, blocking, by};
use crate::clock;
use crate::storage::{Amendment, HeldRow, StorageError, Wanted};

/// `GET /api/held`
pub(super) async fn list(
    State(app): State<App>,
    SignedIn { account, .. }: SignedIn,
) -> Result<Json<Vec<HeldItem>>, Failure> {
    let (rights, today) = (app.rights().await?, clock::now().date());
    let storage = Arc::clone(&app.storage);
    let (author, grants) = (account.id, account.grants.clone());
    let may_settle = move |listed: &Listed| rights.is_in_charge(&grants, today, &listed.key);
    let read = move || {
        let names = Names {
            people: storage
                .accounts()?
                .into_iter()
                .map(|account| (account.id, account.name))
                .collect(),
            units: storage
                .units()?
                .into_iter()
                .map(|unit| (unit.id, unit.name))
                .collect(),
        };
        let ledgers = storage.ledgers()?;
        let in_charge = ledgers.iter().filter(|listed| may_settle(listed));
        let in_charge: Vec<LedgerId> = in_charge.map(|listed| listed.id).collect();
        let rows = storage.held(Wanted::By(author, &in_charge))?;
        Ok((rows, ledgers, in_charge, names))
    };
    let (rows, ledgers, in_charge, names) = blocking(read).await?;
    let ledgers: BTreeMap<LedgerId, Listed> = ledgers.into_iter().map(|listed| (listed.id, listed)).collect();
    let items = rows.into_iter().filter_map(|row| {
        let listed = ledgers.get(&row.entry.ledger)?;
        let yours = in_charge.contains(&row.entry.ledger);
        // Who carries something for a colleague learns what became of it, not what it says.
        Some(item(row, listed, yours, &names))
    });
    Ok(Json(items.collect()))
}

/// How people and units are called.
struct Names {
    people: BTreeMap<AccountId, String>,
    units: BTreeMap<UnitId, String>,
}

fn item(row: HeldRow, listed: &Listed, yours: bool, names: &Names) -> HeldItem {
    let HeldRow { entry, why, decision } = row;
    let name = |account: AccountId| names.people.get(&account).cloned();
    HeldItem {
        ledger: entry.ledger,
        key: listed.key,
        unit: names.units.get(&listed.key.unit).cloned().unwrap_or_default(),
        status: listed.status,
        hash: entry.hash,
        account: entry.account,
        name: name(entry.account),
        device: entry.device,
        carried_by: entry.carried_by,
        carrier: entry.carried_by.and_then(name),
        received_at: entry.received_at,
        why,
        decider: decision.as_ref().and_then(|decision| name(decision.by)),
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
    let says_nothing = decide.standing == Standing::Waiting || decide.changes.is_empty();
    if says_nothing || unsaid || reason.chars().count() > REASON_CHARS {
        return Err(Problem::Malformed.into());
    }
    let rights = app.rights().await?;
    let storage = Arc::clone(&app.storage);
    let ledgers = blocking(move || storage.ledgers()).await?;
    let listed = ledgers.into_iter().find(|listed| listed.id == decide.ledger);
    let today = clock::now().date();
    let listed = listed
        .filter(|listed| rights.is_in_charge(&account.grants, today, &listed.key))
        .ok_or(Problem::NotFound)?;
    // Who takes something into a closed ledger opens it again.
    let reopens = decide.standing == Standing::TakenIn && listed.status == Status::Closed;
    let opening = reopens.then_some(Amendment::SetStatus(decide.ledger, Status::Open));
    let storage = Arc::clone(&app.storage);
    let by = by(&account, Some(session.device));
    let deciding = Amendment::Decide {
        ledger: decide.ledger,
        changes: decide.changes,
        standing: decide.standing,
        reason,
    };
    let amend = move || {
        storage.amend(&by, &deciding)?;
        opening.map_or(Ok(()), |opening| storage.amend(&by, &opening))
    };
    match blocking(amend).await {
        Err(StorageError::Gone) => return Err(Problem::NotFound.into()),
        decided => decided?,
    }
    app.relay.refresh();
    Ok(StatusCode::NO_CONTENT)
}
