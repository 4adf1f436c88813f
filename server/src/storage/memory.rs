//! A store that forgets everything when the process ends: for tests, and as the measure of the one on disk.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use shared::id::{AccountId, DeviceId, LedgerId};
use shared::ledger::key::LedgerKey;
use shared::protocol::http::Listed;
use shared::setting::{Head, Setting};
use shared::sync::relay::{Batch, Contact, Loaded, Page, Place};
use shared::time::Timestamp;

use super::{
    Account, Amendment, By, Enterprise, HeldRow, ResetCode, Room, Session, SessionHash, Storage,
    StorageError, Unit, Wanted,
};
use crate::audit::{Line, Link, ends, next};
use ledger::Ledger;

mod amend;
mod ledger;
mod setting;

/// A store in memory.
#[derive(Debug, Default)]
pub struct MemoryStorage(Mutex<Tables>);

#[derive(Debug, Default)]
struct Tables {
    enterprise: Option<Enterprise>,
    units: Vec<Unit>,
    accounts: BTreeMap<AccountId, Account>,
    sessions: BTreeMap<SessionHash, Session>,
    ledgers: BTreeMap<LedgerId, Ledger>,
    codes: BTreeMap<AccountId, ResetCode>,
    settings: Vec<Setting>,
    contacts: BTreeMap<(LedgerId, DeviceId), Contact>,
    audit: Vec<Line>,
}

impl MemoryStorage {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn tables(&self) -> MutexGuard<'_, Tables> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Storage for MemoryStorage {
    fn enterprise(&self) -> Result<Option<Enterprise>, StorageError> {
        Ok(self.tables().enterprise.clone())
    }

    fn found(&self, enterprise: &Enterprise, units: &[Unit]) -> Result<(), StorageError> {
        let mut tables = self.tables();
        if tables.enterprise.is_some() {
            return Err(StorageError::NotEmpty);
        }
        tables.enterprise = Some(enterprise.clone());
        tables.units = units.to_vec();
        Ok(())
    }

    fn units(&self) -> Result<Vec<Unit>, StorageError> {
        Ok(self.tables().units.clone())
    }

    fn amend(&self, by: &By, amendment: &Amendment) -> Result<(), StorageError> {
        let mut tables = self.tables();
        let found = tables.carry_out(by, amendment)?;
        for deed in amendment.deeds(found) {
            let number = tables.audit.len() as u64 + 1;
            let before = tables.audit.last().map_or(Link::default(), |line| line.link);
            tables.audit.push(next(number, before, by, deed));
        }
        Ok(())
    }

    fn audit(&self, from: u64, most: usize) -> Result<Vec<Line>, StorageError> {
        let skip = usize::try_from(from.saturating_sub(1)).unwrap_or(usize::MAX);
        let tables = self.tables();
        Ok(tables.audit.iter().skip(skip).take(most).cloned().collect())
    }

    fn audited(&self) -> Result<u64, StorageError> {
        Ok(self.tables().audit.len() as u64)
    }

    fn accounts(&self) -> Result<Vec<Account>, StorageError> {
        Ok(self.tables().accounts.values().cloned().collect())
    }

    fn account(&self, id: AccountId) -> Result<Option<Account>, StorageError> {
        Ok(self.tables().accounts.get(&id).cloned())
    }

    fn account_of(&self, login: &str) -> Result<Option<Account>, StorageError> {
        Ok(self
            .tables()
            .accounts
            .values()
            .find(|account| account.login == login)
            .cloned())
    }

    fn reset_code(&self, id: AccountId) -> Result<Option<ResetCode>, StorageError> {
        Ok(self.tables().codes.get(&id).cloned())
    }

    fn setting_heads(&self) -> Result<Vec<Head>, StorageError> {
        Ok(self.tables().setting_heads())
    }

    fn settings(&self, heads: Vec<Head>) -> Result<Vec<Setting>, StorageError> {
        self.tables().whole_settings(heads)
    }

    fn sessions(&self) -> Result<Vec<Session>, StorageError> {
        let mut sessions: Vec<Session> = self.tables().sessions.values().cloned().collect();
        sessions.sort_by_key(|session| std::cmp::Reverse(session.used_at));
        Ok(sessions)
    }

    fn begin_session(
        &self,
        session: &Session,
        instead_of: Option<SessionHash>,
        since: u64,
    ) -> Result<(), StorageError> {
        let mut tables = self.tables();
        let since = usize::try_from(since).unwrap_or(usize::MAX);
        let later = tables.audit.get(since..).unwrap_or_default();
        if ends(later, session)? {
            return Err(StorageError::Gone);
        }
        if let Some(hash) = instead_of {
            tables.sessions.remove(&hash);
        }
        tables.sessions.insert(session.hash, session.clone());
        Ok(())
    }

    fn session(&self, hash: SessionHash) -> Result<Option<Session>, StorageError> {
        Ok(self.tables().sessions.get(&hash).cloned())
    }

    fn touch_session(&self, hash: SessionHash, at: Timestamp) -> Result<(), StorageError> {
        if let Some(session) = self.tables().sessions.get_mut(&hash) {
            session.used_at = at;
        }
        Ok(())
    }

    fn end_session(&self, hash: SessionHash) -> Result<(), StorageError> {
        self.tables().sessions.remove(&hash);
        Ok(())
    }

    fn add_ledgers(&self, ledgers: &[(LedgerId, LedgerKey)]) -> Result<(), StorageError> {
        self.tables().add_ledgers(ledgers);
        Ok(())
    }

    fn ledgers(&self) -> Result<Vec<Listed>, StorageError> {
        let tables = self.tables();
        let list = tables.ledgers.iter().map(|(id, ledger)| Listed {
            id: *id,
            key: ledger.key,
            status: ledger.status,
            last: ledger.last(),
            last_at: ledger.log.last().map(|(entry, _)| entry.received_at),
        });
        Ok(list.collect())
    }

    fn load(&self, ledger: LedgerId) -> Result<Option<Loaded>, StorageError> {
        let tables = self.tables();
        Ok(tables.ledgers.get(&ledger).map(Ledger::loaded))
    }

    fn held(&self, wanted: Wanted<'_>) -> Result<Vec<HeldRow>, StorageError> {
        let tables = self.tables();
        let held = tables.ledgers.values().flat_map(|ledger| &ledger.held);
        let mut rows: Vec<&HeldRow> = held.filter(|row| wanted.fits(row)).collect();
        rows.sort_by_key(|row| (row.decision.is_some(), row.entry.received_at));
        let mut room = Room::for_reading(wanted);
        Ok(rows
            .into_iter()
            .take_while(|row| room.takes(row))
            .cloned()
            .collect())
    }

    fn page(&self, ledger: LedgerId, after: u64) -> Result<Option<Page>, StorageError> {
        Ok(self
            .tables()
            .ledgers
            .get(&ledger)
            .map(|found| found.page(ledger, after)))
    }

    fn commit(&self, batch: &Batch) -> Result<Vec<Place>, StorageError> {
        let mut tables = self.tables();
        let held = batch.held.iter().map(|held| &held.entry);
        for new in batch.entries.iter().chain(held) {
            if !tables.ledgers.contains_key(&new.ledger) {
                return Err(StorageError::NoLedger(new.ledger));
            }
        }
        let mut places = Vec::with_capacity(batch.entries.len());
        for new in &batch.entries {
            places.extend(
                tables
                    .ledgers
                    .get_mut(&new.ledger)
                    .map(|ledger| ledger.append(new)),
            );
        }
        for new in &batch.held {
            if let Some(ledger) = tables.ledgers.get_mut(&new.entry.ledger) {
                ledger.hold(new);
            }
        }
        Ok(places)
    }

    fn closing(&self, ledger: LedgerId) -> Result<Option<Place>, StorageError> {
        let tables = self.tables();
        Ok(tables.ledgers.get(&ledger).and_then(|ledger| ledger.closing))
    }

    fn note_contacts(&self, contacts: &[Contact]) -> Result<(), StorageError> {
        let mut tables = self.tables();
        for contact in contacts {
            if tables.ledgers.contains_key(&contact.ledger) {
                tables.contacts.insert((contact.ledger, contact.device), *contact);
            }
        }
        Ok(())
    }

    fn contacts(&self, ledger: LedgerId) -> Result<Vec<Contact>, StorageError> {
        let tables = self.tables();
        let of_it = tables
            .contacts
            .values()
            .filter(|contact| contact.ledger == ledger);
        let mut contacts: Vec<Contact> = of_it.copied().collect();
        contacts.sort_by_key(|contact| std::cmp::Reverse(contact.at));
        Ok(contacts)
    }
}
