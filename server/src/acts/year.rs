//! A year's end: ledgers closed, and what goes on taken over into the next year.

use std::sync::Arc;

use shared::access::Status;
use shared::guard;
use shared::id::{EnterpriseId, LedgerId, UnitId};
use shared::ledger::document::Made;
use shared::ledger::key::{LedgerKey, Part};
use shared::ledger::kind::Kind;
use shared::protocol::http::Listed;
use shared::protocol::http::audit::Deed;
use shared::roll_over;
use shared::sync::relay::{Event, Place};

use super::{ActError, Acts};
use crate::account::blocking;
use crate::ledger::{document, log};
use crate::register;
use crate::storage::{Amendment, By, Storage, StorageError};

/// The kinds of which something goes on.
const GO_ON: [Kind; 2] = [Kind::Zone, Kind::Post];

impl Acts {
    /// Closes a ledger, and says where its log ends: from then on what arrives is held.
    ///
    /// # Errors
    ///
    /// Fails when the ledger is gone, or the store does.
    pub async fn close(&self, by: By, listed: &Listed) -> Result<Place, ActError> {
        let _turn = self.turn.lock().await;
        let ledger = listed.id;
        // First nothing more is taken in, then the end is read: else the log might grow beyond it.
        self.relay
            .tell(Event::StatusChanged(ledger, Status::Closed))
            .await;
        self.settle().await;
        let storage = Arc::clone(&self.storage);
        let closed = blocking(move || {
            storage.amend(&by, &Amendment::CloseYear(ledger))?;
            storage.closing(ledger)
        });
        let closed = closed.await;
        if closed.is_err() {
            self.relay.tell(Event::StatusChanged(ledger, listed.status)).await;
        }
        self.relay.refresh();
        match closed {
            Ok(Some(end)) => Ok(end),
            Ok(None) | Err(StorageError::Gone) => Err(ActError::Gone),
            Err(source) => Err(source.into()),
        }
    }

    /// Takes what goes on in a unit's ledgers of a year over into the next year's, which are made where they are missing;
    /// gives those that something was put into. What was done before is not done again.
    ///
    /// # Errors
    ///
    /// Fails when a ledger does not take it, or the store does.
    pub async fn roll_over(
        &self,
        by: By,
        enterprise: EnterpriseId,
        unit: UnitId,
        year: u16,
    ) -> Result<Vec<LedgerId>, ActError> {
        let _turn = self.turn.lock().await;
        let storage = Arc::clone(&self.storage);
        let work = move || taken_over(storage.as_ref(), enterprise, unit, year);
        let mut filled = Vec::new();
        for (ledger, made) in blocking(work).await? {
            self.write(ledger, made).await?;
            filled.push(ledger);
        }
        if !filled.is_empty() {
            let storage = Arc::clone(&self.storage);
            let deed = Deed::RolledOver { unit, year };
            blocking(move || storage.amend(&by, &Amendment::Note(deed))).await?;
        }
        Ok(filled)
    }
}

/// Makes the next year's ledgers, and says what is to be put into which of them.
fn taken_over(
    storage: &dyn Storage,
    enterprise: EnterpriseId,
    unit: UnitId,
    year: u16,
) -> Result<Vec<(LedgerId, Vec<Made>)>, StorageError> {
    let next = year.saturating_add(1);
    storage.add_ledgers(&register::of_branch(enterprise, unit, next).collect::<Vec<_>>())?;
    let mut all = Vec::new();
    for kind in GO_ON {
        let key = |year| LedgerKey {
            unit,
            year: Some(year),
            kind,
            part: Part::Main,
        };
        let (old, new) = (key(year).id(enterprise), key(next).id(enterprise));
        if is_taken_over(storage, new)? {
            continue;
        }
        let before = document(storage, old, kind)?.snapshot();
        let made = roll_over::changes(enterprise, &key(next), &before);
        if !made.is_empty() {
            all.push((new, made));
        }
    }
    Ok(all)
}

/// Whether a year was taken over into this ledger.
fn is_taken_over(storage: &dyn Storage, ledger: LedgerId) -> Result<bool, StorageError> {
    let actor = roll_over::actor(ledger);
    let is_of_it = |bytes: &[u8]| guard::decode(bytes).is_ok_and(|change| change.actor == actor);
    Ok(log(storage, ledger)?.iter().any(|entry| is_of_it(&entry.bytes)))
}
