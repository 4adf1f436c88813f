//! A store that forgets everything when the process ends: for tests, and as the measure of the one on disk.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use shared::access::Grant;
use shared::id::{AccountId, Chain, ChangeHash, LedgerId};
use shared::ledger::key::LedgerKey;
use shared::limit;
use shared::protocol::Entry;
use shared::protocol::http::Listed;
use shared::sync::relay::{Batch, Loaded, NewEntry, Page, Place};
use shared::time::Timestamp;

use super::{Account, Enterprise, Session, SessionHash, Storage, StorageError, Unit};

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
}

#[derive(Debug)]
struct Ledger {
    key: LedgerKey,
    log: Vec<(Entry, Chain)>,
    held: Vec<NewEntry>,
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

impl Ledger {
    fn chain(&self) -> Chain {
        self.log.last().map_or(Chain::START, |(_, chain)| *chain)
    }

    fn last(&self) -> u64 {
        self.log.len() as u64
    }

    fn place_of(&self, hash: &ChangeHash) -> Option<Place> {
        let (entry, chain) = self.log.iter().find(|(entry, _)| entry.hash == *hash)?;
        Some(Place {
            seq: entry.seq,
            chain: *chain,
        })
    }

    fn append(&mut self, new: &NewEntry) -> Place {
        if let Some(place) = self.place_of(&new.hash) {
            return place;
        }
        let place = Place {
            seq: self.last() + 1,
            chain: self.chain().then(&new.hash),
        };
        let entry = Entry {
            seq: place.seq,
            hash: new.hash,
            account: new.account,
            device: new.device,
            carried_by: new.carried_by,
            received_at: new.received_at,
            bytes: new.bytes.clone(),
            seal: new.seal,
        };
        self.log.push((entry, place.chain));
        self.held.retain(|held| held.hash != new.hash);
        place
    }

    fn hold(&mut self, new: &NewEntry) {
        let known = self.place_of(&new.hash).is_some() || self.held.iter().any(|held| held.hash == new.hash);
        if !known {
            self.held.push(new.clone());
        }
    }

    fn page(&self, ledger: LedgerId, after: u64) -> Page {
        let before = usize::try_from(after).unwrap_or(usize::MAX);
        let chain_before = match before {
            0 => Some(Chain::START),
            _ => self.log.get(before - 1).map(|(_, chain)| *chain),
        };
        let mut entries: Vec<Entry> = Vec::new();
        let mut bytes = 0;
        let mut chain = chain_before.unwrap_or_else(|| self.chain());
        for (entry, after_it) in self.log.iter().skip(before).take(limit::ENTRIES_PER_FRAME) {
            bytes += entry.weight();
            if !entries.is_empty() && bytes > limit::ENTRIES_BYTES {
                break;
            }
            entries.push(entry.clone());
            chain = *after_it;
        }
        Page {
            ledger,
            after,
            chain_before,
            entries,
            chain,
            last: self.last(),
        }
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

    fn add_unit(&self, unit: &Unit) -> Result<(), StorageError> {
        self.tables().units.push(unit.clone());
        Ok(())
    }

    fn add_accounts(&self, accounts: &[Account]) -> Result<(), StorageError> {
        let mut tables = self.tables();
        let mut logins: Vec<&str> = accounts.iter().map(|account| account.login.as_str()).collect();
        logins.extend(tables.accounts.values().map(|account| account.login.as_str()));
        let total = logins.len();
        logins.sort_unstable();
        logins.dedup();
        if logins.len() < total {
            return Err(StorageError::LoginTaken);
        }
        tables
            .accounts
            .extend(accounts.iter().map(|account| (account.id, account.clone())));
        Ok(())
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

    fn grant(&self, account: AccountId, grants: &[Grant]) -> Result<(), StorageError> {
        if let Some(account) = self.tables().accounts.get_mut(&account) {
            account.grants = grants.to_vec();
        }
        Ok(())
    }

    fn begin_session(&self, session: &Session, instead_of: Option<SessionHash>) -> Result<(), StorageError> {
        let mut tables = self.tables();
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
        let mut tables = self.tables();
        for (id, key) in ledgers {
            tables.ledgers.entry(*id).or_insert(Ledger {
                key: *key,
                log: Vec::new(),
                held: Vec::new(),
            });
        }
        Ok(())
    }

    fn ledgers(&self) -> Result<Vec<Listed>, StorageError> {
        let tables = self.tables();
        let list = tables.ledgers.iter().map(|(id, ledger)| Listed {
            id: *id,
            key: ledger.key,
            last: ledger.last(),
            last_at: ledger.log.last().map(|(entry, _)| entry.received_at),
        });
        Ok(list.collect())
    }

    fn load(&self, ledger: LedgerId) -> Result<Option<Loaded>, StorageError> {
        let tables = self.tables();
        Ok(tables.ledgers.get(&ledger).map(|ledger| Loaded {
            key: ledger.key,
            entries: ledger.log.iter().map(|(entry, _)| entry.clone()).collect(),
            chain: ledger.chain(),
            held: ledger.held.iter().map(|held| held.hash).collect(),
        }))
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
        for new in batch.entries.iter().chain(&batch.held) {
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
            if let Some(ledger) = tables.ledgers.get_mut(&new.ledger) {
                ledger.hold(new);
            }
        }
        Ok(places)
    }
}
