//! Keeps the state machine told of what is kept beside the logs: roles, units, closed ledgers, decisions about what is held.
//!
//! Whoever changes these writes an entry into the audit log, the command line beside a running relay as well; its length
//! is looked at once in a while, and at once after a request of ours.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use shared::access::{Grant, Status, Units};
use shared::id::{AccountId, LedgerId};
use shared::protocol::http::audit::{Deed, Record};
use shared::sync::relay::{Event, Standing};
use tokio::sync::{Notify, mpsc};

use super::Input;
use crate::account::blocking;
use crate::storage::{HeldRow, Storage, StorageError, Unit, Wanted};

/// How soon what the command line has changed is noticed: a role taken away counts within five seconds.
const LOOK: Duration = Duration::from_secs(2);

/// The entries of the audit log read at one time.
const READ_AT_ONCE: usize = 1_000;

/// What the state machine has been told last.
#[derive(Debug, Default)]
struct Told {
    audited: Option<u64>,
    grants: HashMap<AccountId, Vec<Grant>>,
    units: Units,
    closed: HashMap<LedgerId, Status>,
}

/// Looks for changes until the relay ends.
pub(super) async fn keep_told(storage: Arc<dyn Storage>, inputs: mpsc::Sender<Input>, changed: Arc<Notify>) {
    let mut told = Told::default();
    loop {
        match told.look(&storage).await {
            Ok(events) => {
                for event in events {
                    if inputs.send(Input::Event(event)).await.is_err() {
                        return;
                    }
                }
            }
            Err(problem) => {
                tracing::error!(%problem, "cannot tell who may do what: what was known still counts");
            }
        }
        tokio::select! {
            () = changed.notified() => {}
            () = tokio::time::sleep(LOOK) => {}
            () = inputs.closed() => return,
        }
    }
}

impl Told {
    /// What there is to tell since the last look.
    async fn look(&mut self, storage: &Arc<dyn Storage>) -> Result<Vec<Event>, StorageError> {
        let store = Arc::clone(storage);
        let audited = blocking(move || store.audited()).await?;
        if self.audited == Some(audited) {
            return Ok(Vec::new());
        }
        let (store, since) = (Arc::clone(storage), self.audited);
        let (units, accounts, ledgers, held) = blocking(move || {
            Ok((
                store.units()?,
                store.accounts()?,
                store.ledgers()?,
                decided(store.as_ref(), since, audited)?,
            ))
        })
        .await?;
        let mut events = Vec::new();
        let units = tree(&units);
        if self.units != units {
            self.units = units.clone();
            events.push(Event::UnitsChanged(units));
        }
        for account in accounts {
            if self.grants.get(&account.id) != Some(&account.grants) {
                self.grants.insert(account.id, account.grants.clone());
                events.push(Event::Granted(account.id, account.grants));
            }
        }
        for listed in ledgers {
            let before = self.closed.insert(listed.id, listed.status);
            if before.unwrap_or_default() != listed.status {
                events.push(Event::StatusChanged(listed.id, listed.status));
            }
        }
        events.extend(held.into_iter().filter_map(event));
        self.audited = Some(audited);
        Ok(events)
    }
}

fn tree(units: &[Unit]) -> Units {
    units
        .iter()
        .filter_map(|unit| Some((unit.id, unit.parent?)))
        .collect()
}

/// What was decided about since the audit log had this length; at the start what was taken in and has to go into a log.
fn decided(storage: &dyn Storage, since: Option<u64>, audited: u64) -> Result<Vec<HeldRow>, StorageError> {
    let Some(since) = since else {
        return storage.held(Wanted::TakenIn);
    };
    let mut rows = Vec::new();
    for number in (since + 1..=audited).step_by(READ_AT_ONCE) {
        for line in storage.audit(number, READ_AT_ONCE)? {
            let record: Record =
                serde_json::from_str(&line.text).map_err(|_| StorageError::Damaged("the audit log"))?;
            if let Deed::Decided { ledger, changes, .. } = record.deed {
                rows.extend(storage.held(Wanted::These(ledger, &changes))?);
            }
        }
    }
    Ok(rows)
}

fn event(row: HeldRow) -> Option<Event> {
    match row.standing() {
        Standing::Waiting => None,
        Standing::TakenIn => Some(Event::TakenIn(Box::new(row.entry))),
        Standing::TurnedDown => Some(Event::TurnedDown(row.entry.ledger, row.entry.hash)),
    }
}
