//! What the simulated relay's disk holds.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use shared::access::{Hold, Status};
use shared::id::{AccountId, Chain, ChangeHash, LedgerId};
use shared::ledger::key::LedgerKey;
use shared::limit;
use shared::protocol::{Entry, void};
use shared::sync::relay::{Batch, HeldChange, HeldEntry, Loaded, NewEntry, Page, Place, Standing};

/// What is on the relay's disk.
#[derive(Clone, Debug, Default)]
pub struct Store {
    /// The log of the ledger.
    pub log: Vec<Entry>,
    /// Changes held for a person.
    pub held: Vec<NewEntry>,
    /// The chain after each entry.
    chains: Vec<Chain>,
    seqs: HashMap<ChangeHash, u64>,
    /// Whose everything is that was held or refused, and why.
    kept: BTreeMap<ChangeHash, (AccountId, Hold)>,
    /// What a person has taken in.
    pub(super) taken_in: BTreeSet<ChangeHash>,
}

impl Store {
    /// Loses what was held, as an older copy of the disk would.
    pub fn forget_held(&mut self) {
        self.held.clear();
        self.kept.clear();
    }

    /// The chain after the last entry.
    #[must_use]
    pub fn chain(&self) -> Chain {
        self.chains.last().copied().unwrap_or(Chain::START)
    }

    /// Whether a change is in the log.
    #[must_use]
    pub fn has(&self, hash: &ChangeHash) -> bool {
        self.seqs.contains_key(hash)
    }

    /// Whether a change is in the log and counts.
    #[must_use]
    pub fn counts(&self, hash: &ChangeHash) -> bool {
        self.changes().any(|entry| entry.hash == *hash)
    }

    /// The changes of the log that count.
    pub fn changes(&self) -> impl Iterator<Item = &Entry> {
        self.log.iter().filter(|entry| entry.is_change())
    }

    fn place(&self, seq: u64) -> Place {
        let index = usize::try_from(seq - 1).expect("a log in memory");
        Place {
            seq,
            chain: self.chains[index],
        }
    }

    fn append(&mut self, new: &NewEntry) -> Place {
        if let Some(seq) = self.seqs.get(&new.hash) {
            return self.place(*seq);
        }
        let NewEntry {
            hash,
            account,
            device,
            carried_by,
            received_at,
            seal,
            ..
        } = *new;
        let (seq, bytes) = (self.log.len() as u64 + 1, new.bytes.clone());
        self.chains.push(self.chain().then(&hash));
        self.seqs.insert(hash, seq);
        self.log.push(Entry {
            seq,
            hash,
            account,
            device,
            carried_by,
            received_at,
            bytes,
            seal,
        });
        if account == AccountId::RELAY {
            let voided = void::voided(&new.bytes).unwrap_or_default();
            let theirs = self.log.iter_mut().filter(|entry| voided.contains(&entry.hash));
            theirs.for_each(|entry| entry.bytes.clear());
        }
        self.held.retain(|held| held.hash != hash);
        self.kept.remove(&hash);
        self.place(seq)
    }

    pub(super) fn commit(&mut self, batch: &Batch) -> Vec<Place> {
        let places = batch.entries.iter().map(|new| self.append(new)).collect();
        for HeldEntry { entry, why } in &batch.held {
            let known = self.has(&entry.hash) || self.kept.contains_key(&entry.hash);
            if !known {
                self.kept.insert(entry.hash, (entry.account, *why));
                // What was refused is kept as well, and nobody in this world wants it.
                if *why != Hold::NotPermitted {
                    self.held.push(entry.clone());
                }
            }
        }
        places
    }

    pub(super) fn load(&self, key: LedgerKey) -> Loaded {
        Loaded {
            key,
            entries: self.log.clone(),
            chain: self.chain(),
            status: Status::Open,
            held: self
                .kept
                .iter()
                .map(|(hash, kept)| self.held_change(*hash, *kept))
                .collect(),
            taken_in: self
                .held
                .iter()
                .filter(|held| self.taken_in.contains(&held.hash))
                .cloned()
                .collect(),
        }
    }

    fn held_change(&self, hash: ChangeHash, (account, why): (AccountId, Hold)) -> HeldChange {
        let standing = if self.taken_in.contains(&hash) {
            Standing::TakenIn
        } else {
            Standing::Waiting
        };
        let held = self.held.iter().find(|held| held.hash == hash);
        let brought_by = held.and_then(|held| held.carried_by).unwrap_or(account);
        let bytes = held.map_or(0, |held| held.bytes.len());
        HeldChange {
            hash,
            account,
            brought_by,
            why,
            standing,
            bytes,
        }
    }

    pub(super) fn page(&self, ledger: LedgerId, after: u64, most: usize) -> Page {
        let before = usize::try_from(after).unwrap_or(usize::MAX);
        let chain_before = match before {
            0 => Some(Chain::START),
            _ => self.chains.get(before - 1).copied(),
        };
        let mut bytes = 0;
        let rest = self.log.iter().skip(before).take(most);
        let entries: Vec<Entry> = rest
            .enumerate()
            .take_while(|(number, entry)| {
                bytes += entry.weight();
                *number == 0 || bytes <= limit::ENTRIES_BYTES
            })
            .map(|(_, entry)| entry.clone())
            .collect();
        let start = chain_before.unwrap_or(Chain::START);
        let chain = entries.iter().fold(start, |chain, entry| chain.then(&entry.hash));
        let last = self.log.len() as u64;
        Page {
            ledger,
            after,
            chain_before,
            entries,
            chain,
            last,
        }
    }
}
