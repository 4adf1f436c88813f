//! Judging one change: what is to happen to it.

use super::Officer;
use super::ledger::OpenLedger;
use super::seal::is_good;
use crate::access::{Rights, Site};
use crate::guard::index::Verdict;
use crate::guard::{self, Breach, Checked};
use crate::id::{AccountId, ChangeHash, DeviceId, LedgerId};
use crate::protocol::{Entry, Fate, Later, Refusal};
use crate::time::Timestamp;

/// What is to happen to one change.
pub(super) enum Judged {
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
pub(super) struct Provenance {
    pub(super) account: AccountId,
    pub(super) device: DeviceId,
    pub(super) carried_by: Option<AccountId>,
    pub(super) received_at: Timestamp,
}

/// Where a change comes from.
pub(super) struct Origin<'a> {
    pub(super) officer: &'a Officer,
    pub(super) device: DeviceId,
    pub(super) now: Timestamp,
}

/// Judges a change by the guard, its seal and the rights of whoever brought it.
pub(super) fn judge(
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
