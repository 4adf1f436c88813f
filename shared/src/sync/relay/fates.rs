//! The fate of what clients push and offer.

use std::collections::HashMap;

use super::connection::Connection;
use super::judge::{Court, Judged, Provenance};
use super::keep::{Holding, Weight};
use super::ledger::{LedgerState, OpenLedger};
use super::limits::Limit;
use super::machine::Relay;
use super::receipts::answer;
use super::seal::seal;
use super::voiding::Voiding;
use super::{ConnectionId, Effect, HeldChange, HeldEntry, NewEntry, Standing};
use crate::access::Hold;
use crate::guard::Checked;
use crate::id::{AccountId, ChangeHash, DeviceId, LedgerId};
use crate::protocol::{Entry, Fate, Later, Refusal, void};
use crate::time::Timestamp;

impl Relay {
    pub(super) fn push(
        &mut self,
        now: Timestamp,
        id: ConnectionId,
        ledger: LedgerId,
        changes: Vec<(Vec<u8>, Option<Entry>)>,
    ) -> Vec<Effect> {
        let at = self.at;
        let Self {
            connections,
            config,
            queue,
            buckets,
            roll,
            tally,
            hits,
            unsound,
            ledgers,
            ..
        } = self;
        let Some(Connection {
            officer,
            device: Some(device),
            ..
        }) = connections.get(&id)
        else {
            return Vec::new();
        };
        let court = Court {
            rights: &config.rights,
            seal_key: &config.seal_key,
            roll,
            officer,
            device: *device,
            now,
        };
        let elsewhere = kept_elsewhere(ledgers, ledger, officer.account);
        let open = match takes_changes(ledgers.get_mut(&ledger)) {
            Ok(open) => open,
            Err(fate) => return all_alike(id, ledger, &changes, fate),
        };
        let mut fates = Vec::new();
        for (bytes, entry) in changes {
            let hash = claimed_hash(&bytes);
            // A record that was taken in may void what the next ones build on.
            if open.voiding != Voiding::No {
                fates.push((hash, Fate::Later(Later::Busy)));
                continue;
            }
            if let Some(record) = entry
                .as_ref()
                .filter(|entry| void::voided(&entry.bytes).is_some())
            {
                fates.extend(open.takes_record(record, &config.seal_key, ledger, id, (now, queue)));
                if open.voiding != Voiding::No {
                    unsound.begins(ledger);
                }
                continue;
            }
            let judged = if open.stored.contains_key(&hash) || buckets.take(officer.account, at) {
                if queue.is_full() {
                    Judged::Now(Fate::Later(Later::Busy))
                } else {
                    court.judge(open, ledger, &bytes, entry.as_ref())
                }
            } else {
                Judged::Now(Fate::Later(Later::Rate))
            };
            match judged {
                Judged::Now(fate) => {
                    tally.add(officer.account, *device, ledger, fate);
                    hits.add_fate(fate, officer.account, ledger, open);
                    fates.push((hash, fate));
                }
                Judged::Wait(hash) => {
                    if let Some(waiting) = open.storing.get_mut(&hash) {
                        waiting.push(id);
                    } else if let Some(waiting) = open.keep.waiting(&hash) {
                        waiting.push(id);
                    }
                }
                Judged::Store(judged) => {
                    let (change, provenance) = *judged;
                    if open.admit(&change, provenance.account) {
                        hits.add(Limit::LedgerIsLarge, officer.account, ledger);
                    }
                    open.storing.insert(hash, vec![id]);
                    queue.store(new_entry(&config.seal_key, ledger, change, provenance));
                }
                Judged::Hold(judged, why) => {
                    let (change, provenance) = *judged;
                    let theirs = open.keep.weight(officer.account).and(elsewhere);
                    if !theirs.and(Weight::of(change.bytes.len())).is_bearable() {
                        hits.add(Limit::Held, officer.account, ledger);
                        fates.push((hash, not_held(why)));
                        continue;
                    }
                    let held = waiting(&change, provenance, officer.account, why);
                    tally.add(officer.account, *device, ledger, held.fate());
                    let waiting = vec![id];
                    open.keep.begins(Holding { held, waiting });
                    let entry = new_entry(&config.seal_key, ledger, change, provenance);
                    queue.hold(HeldEntry { entry, why });
                }
            }
        }
        answer(id, ledger, fates)
    }
}

/// How much is kept of what an account has brought to the other ledgers in memory: it cannot bring to any that is not.
fn kept_elsewhere(ledgers: &HashMap<LedgerId, LedgerState>, here: LedgerId, account: AccountId) -> Weight {
    let others = ledgers.iter().filter(|(ledger, _)| **ledger != here);
    others.fold(Weight::default(), |sum, (_, state)| match state {
        LedgerState::Open(open) => sum.and(open.keep.weight(account)),
        LedgerState::Loading(_) | LedgerState::Unknown | LedgerState::Damaged | LedgerState::Forgotten => sum,
    })
}

fn waiting(change: &Checked, from: Provenance, brought_by: AccountId, why: Hold) -> HeldChange {
    HeldChange {
        hash: change.hash,
        account: from.account,
        brought_by,
        why,
        standing: Standing::Waiting,
        bytes: change.bytes.len(),
    }
}

/// What becomes of a change that would be held if there were room: what is not permitted stays refused, the rest waits
/// on its device.
const fn not_held(why: Hold) -> Fate {
    match why {
        Hold::NotPermitted => Fate::Refused(Refusal::NotPermitted),
        _ => Fate::Later(Later::Full),
    }
}

/// The ledger, if it takes changes; else what everything that is pushed to it is told.
fn takes_changes(state: Option<&mut LedgerState>) -> Result<&mut OpenLedger, Fate> {
    match state {
        Some(LedgerState::Open(open)) => Ok(open),
        Some(LedgerState::Damaged) => Err(Fate::Later(Later::Busy)),
        // The store is older than the ledger: whoever holds a part of it must keep it.
        Some(LedgerState::Unknown) => Err(Fate::Later(Later::RelayOlder)),
        _ => Err(Fate::Refused(Refusal::UnknownLedger)),
    }
}

/// The hash a change's bytes would have as a chunk, or a record's: the name under which its sender waits for the fate,
/// also when the bytes are neither.
fn claimed_hash(bytes: &[u8]) -> ChangeHash {
    use sha2::{Digest, Sha256};
    if bytes.starts_with(&void::MAGIC) {
        return void::record_hash(bytes);
    }
    ChangeHash(Sha256::digest(bytes.get(8..).unwrap_or_default()).into())
}

fn all_alike(
    id: ConnectionId,
    ledger: LedgerId,
    changes: &[(Vec<u8>, Option<Entry>)],
    fate: Fate,
) -> Vec<Effect> {
    answer(
        id,
        ledger,
        changes
            .iter()
            .map(|(bytes, _)| (claimed_hash(bytes), fate))
            .collect(),
    )
}

fn new_entry(key: &[u8; 32], ledger: LedgerId, change: Checked, from: Provenance) -> NewEntry {
    NewEntry {
        ledger,
        hash: change.hash,
        account: from.account,
        device: from.device,
        carried_by: from.carried_by,
        received_at: from.received_at,
        seal: seal(
            key,
            ledger,
            &change.hash,
            from.account,
            from.device,
            from.carried_by,
        ),
        bytes: change.bytes,
    }
}

/// The relay's own entry: a skeleton or a merge.
pub(super) fn own_entry(
    key: &[u8; 32],
    ledger: LedgerId,
    made: crate::ledger::document::Made,
    now: Timestamp,
) -> NewEntry {
    let (account, device) = (AccountId::RELAY, DeviceId::from_bytes([0; 16]));
    NewEntry {
        ledger,
        hash: made.hash,
        account,
        device,
        carried_by: None,
        received_at: now,
        seal: seal(key, ledger, &made.hash, account, device, None),
        bytes: made.bytes,
    }
}
