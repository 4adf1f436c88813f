//! The fate of what clients push and offer.

use std::collections::HashMap;

use super::connection::Connection;
use super::ledger::OpenLedger;
use super::machine::Relay;
use super::seal::{is_good, seal};
use super::{ConnectionId, Effect, NewEntry, Officer};
use crate::access::{Rights, Site};
use crate::guard::index::Verdict;
use crate::guard::{self, Breach, Checked};
use crate::id::{AccountId, ChangeHash, DeviceId, LedgerId};
use crate::limit;
use crate::protocol::{Entry, Fate, Later, Refusal, RelayMessage};
use crate::time::Timestamp;

/// What is to happen to one change.
enum Judged {
    /// Its fate is known at once.
    Now(Fate),
    /// It goes to the disk first: into the log, or among the held.
    Store(Box<(Checked, Provenance)>),
    Hold(Box<(Checked, Provenance)>),
    /// It is on its way to the disk already.
    Wait(ChangeHash),
}

/// Whose a change is and who brought it.
#[derive(Clone, Copy)]
struct Provenance {
    account: AccountId,
    device: DeviceId,
    carried_by: Option<AccountId>,
    received_at: Timestamp,
}

/// Where a change comes from.
pub(super) struct Origin<'a> {
    pub(super) officer: &'a Officer,
    pub(super) device: DeviceId,
    pub(super) now: Timestamp,
}

/// A token bucket: changes an account may still push.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bucket {
    thousandths: u64,
    at: Timestamp,
}

impl Bucket {
    pub(super) fn full(now: Timestamp) -> Self {
        Self {
            thousandths: u64::from(limit::CHANGES_BURST) * 1_000,
            at: now,
        }
    }

    fn take(&mut self, now: Timestamp) -> bool {
        let gained =
            now.since(self.at).as_millis().min(1_000_000) as u64 * u64::from(limit::CHANGES_PER_SECOND);
        self.thousandths = (self.thousandths + gained).min(u64::from(limit::CHANGES_BURST) * 1_000);
        self.at = self.at.max(now);
        let enough = self.thousandths >= 1_000;
        if enough {
            self.thousandths -= 1_000;
        }
        enough
    }
}

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
        let origin = Origin {
            officer,
            device: *device,
            now,
        };
        let bucket = buckets.entry(officer.account).or_insert_with(|| Bucket::full(at));
        let open = match self.ledgers.get_mut(&ledger) {
            Some(super::ledger::LedgerState::Open(open))
                if config.rights.may_read(&officer.grants, &open.key) =>
            {
                open
            }
            Some(super::ledger::LedgerState::Damaged) => {
                return all_alike(id, ledger, &changes, Fate::Later(Later::Busy));
            }
            // The store is older than the ledger: whoever holds a part of it must keep it.
            Some(super::ledger::LedgerState::Unknown) => {
                return all_alike(id, ledger, &changes, Fate::Later(Later::RelayOlder));
            }
            _ => return all_alike(id, ledger, &changes, Fate::Refused(Refusal::UnknownLedger)),
        };
        let mut fates = Vec::new();
        for (bytes, entry) in changes {
            let hash = claimed_hash(&bytes);
            let judged = if open.stored.contains_key(&hash) || bucket.take(at) {
                if queue.len() >= limit::STORE_QUEUE {
                    Judged::Now(Fate::Later(Later::Busy))
                } else {
                    judge(
                        open,
                        &config.rights,
                        &config.seal_key,
                        ledger,
                        &origin,
                        &bytes,
                        entry.as_ref(),
                    )
                }
            } else {
                Judged::Now(Fate::Later(Later::Rate))
            };
            match judged {
                Judged::Now(fate) => fates.push((hash, fate)),
                Judged::Wait(hash) => {
                    let waiting = open.storing.get_mut(&hash).or(open.holding.get_mut(&hash));
                    waiting.map(|waiting| waiting.push(id)).unwrap_or_default();
                }
                Judged::Store(judged) => {
                    let (change, provenance) = *judged;
                    open.index.admit(&change, provenance.account);
                    open.storing.insert(hash, vec![id]);
                    queue.store(new_entry(&config.seal_key, ledger, change, provenance));
                }
                Judged::Hold(judged) => {
                    let (change, provenance) = *judged;
                    open.holding.insert(hash, vec![id]);
                    queue.hold(new_entry(&config.seal_key, ledger, change, provenance));
                }
            }
        }
        answer(id, ledger, fates)
    }
}

impl Relay {
    /// Stores what was held, whoever may write it: a person with the right has said so.
    pub(super) fn take_in(&mut self, held: NewEntry) {
        let Some(super::ledger::LedgerState::Open(open)) = self.ledgers.get_mut(&held.ledger) else {
            return;
        };
        let is_new = !open.stored.contains_key(&held.hash) && !open.storing.contains_key(&held.hash);
        let Some(change) = guard::decode(&held.bytes).ok().filter(|_| is_new) else {
            return;
        };
        if open.index.judge(&change).is_ok() {
            open.index.admit(&change, held.account);
            open.storing.insert(held.hash, Vec::new());
            self.queue.store(held);
        }
    }
}

/// The hash a change's bytes would have as a chunk: the name under which its sender waits for the fate, also when the
/// bytes are no chunk at all.
fn claimed_hash(bytes: &[u8]) -> ChangeHash {
    use sha2::{Digest, Sha256};
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

fn answer(id: ConnectionId, ledger: LedgerId, fates: Vec<(ChangeHash, Fate)>) -> Vec<Effect> {
    if fates.is_empty() {
        return Vec::new();
    }
    vec![Effect::Send(id, RelayMessage::Fates { ledger, fates })]
}

fn judge(
    open: &OpenLedger,
    rights: &Rights,
    seal_key: &[u8; 32],
    ledger: LedgerId,
    origin: &Origin<'_>,
    bytes: &[u8],
    entry: Option<&Entry>,
) -> Judged {
    let hash = match guard::scan(bytes) {
        Ok(hash) => hash,
        Err(Breach::TooLong | Breach::OverLimit) => return Judged::Now(Fate::Refused(Refusal::TooLarge)),
        Err(_) => return Judged::Now(Fate::Refused(Refusal::Malformed)),
    };
    if let Some(seq) = open.stored.get(&hash) {
        return Judged::Now(Fate::Stored(*seq));
    }
    // What was in a log once goes back there, whatever became of it in an older copy of the store.
    let sealed = entry.filter(|entry| entry.hash == hash && is_good(seal_key, ledger, entry));
    if open.held.contains(&hash) && sealed.is_none() {
        return Judged::Now(Fate::Held);
    }
    if open.storing.contains_key(&hash) || open.holding.contains_key(&hash) {
        return Judged::Wait(hash);
    }
    let change = match guard::decode(bytes) {
        Ok(change) => change,
        Err(Breach::OverLimit) => return Judged::Now(Fate::Refused(Refusal::TooLarge)),
        Err(_) => return Judged::Now(Fate::Refused(Refusal::Malformed)),
    };
    let writes = match open.index.judge(&change) {
        Ok(writes) => writes,
        Err(verdict) => return Judged::Now(fate_of(verdict)),
    };
    if let Some(entry) = sealed {
        let Entry {
            account,
            device,
            carried_by,
            received_at,
            ..
        } = *entry;
        return Judged::Store(Box::new((
            change,
            Provenance {
                account,
                device,
                carried_by,
                received_at,
            },
        )));
    }
    let account = match open.index.owner(&change.actor).or(change.author) {
        Some(AccountId::RELAY) => return Judged::Now(Fate::Refused(Refusal::ActorNotYours)),
        Some(account) => account,
        None => return Judged::Now(Fate::Refused(Refusal::Malformed)),
    };
    let carried_by = (account != origin.officer.account).then_some(origin.officer.account);
    let provenance = Provenance {
        account,
        device: origin.device,
        carried_by,
        received_at: origin.now,
    };
    let grants = &origin.officer.grants;
    let permitted = rights.may_write_somewhere(grants, &open.key)
        && writes.iter().all(|write| {
            rights.may_write(
                grants,
                &open.key,
                Site {
                    table: write.table,
                    column: write.column,
                },
            )
        });
    match (permitted, carried_by) {
        (true, _) => Judged::Store(Box::new((change, provenance))),
        (false, Some(_)) => Judged::Hold(Box::new((change, provenance))),
        (false, None) => Judged::Now(Fate::Refused(Refusal::NotPermitted)),
    }
}

fn fate_of(verdict: Verdict) -> Fate {
    match verdict {
        Verdict::Breach(_) => Fate::Refused(Refusal::Malformed),
        Verdict::AlreadyThere => Fate::Refused(Refusal::AlreadyThere),
        Verdict::Waits(hash) => Fate::Later(Later::Waits(hash)),
        Verdict::Newer => Fate::Later(Later::RelayOlder),
        Verdict::OtherAuthor => Fate::Refused(Refusal::ActorNotYours),
        Verdict::Full => Fate::Later(Later::Full),
    }
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

/// Fates of one commit, gathered per connection and ledger so that each gets one message.
#[derive(Default)]
pub(super) struct Receipts(
    HashMap<(ConnectionId, LedgerId), Vec<(ChangeHash, Fate)>>,
    Vec<(ConnectionId, LedgerId)>,
);

impl Receipts {
    pub(super) fn add(&mut self, connection: ConnectionId, ledger: LedgerId, hash: ChangeHash, fate: Fate) {
        let fates = self.0.entry((connection, ledger)).or_default();
        if fates.is_empty() {
            self.1.push((connection, ledger));
        }
        fates.push((hash, fate));
    }

    /// The messages, in the order in which their first fates came.
    pub(super) fn send(mut self) -> Vec<Effect> {
        let places = std::mem::take(&mut self.1);
        places
            .into_iter()
            .flat_map(|(id, ledger)| answer(id, ledger, self.0.remove(&(id, ledger)).unwrap_or_default()))
            .collect()
    }
}
