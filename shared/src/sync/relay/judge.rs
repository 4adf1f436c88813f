//! Judging one change: what is to happen to it.

use std::collections::HashMap;

use super::ledger::OpenLedger;
use super::seal::is_good;
use super::{Officer, Standing};
use crate::access::{Asked, Carrier, Grant, Hold, Rights, Ruling, Site};
use crate::guard::index::{Verdict, Write};
use crate::guard::{self, Checked, Rule};
use crate::id::{AccountId, ChangeHash, DeviceId, LedgerId};
use crate::protocol::{Entry, Fate, Later, Refusal};
use crate::time::Timestamp;

/// What is to happen to one change.
pub(super) enum Judged {
    /// Its fate is known at once.
    Now(Fate),
    /// It goes to the disk first: into the log, or among the held.
    Store(Box<(Checked, Provenance)>),
    Hold(Box<(Checked, Provenance)>, Hold),
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

/// By what a change is judged, and where it comes from.
pub(super) struct Court<'a> {
    pub(super) rights: &'a Rights,
    pub(super) seal_key: &'a [u8; 32],
    /// The roles of every account the relay knows.
    pub(super) roll: &'a HashMap<AccountId, Vec<Grant>>,
    pub(super) officer: &'a Officer,
    pub(super) device: DeviceId,
    pub(super) now: Timestamp,
}

impl Court<'_> {
    /// Judges a change by the guard, its seal and the rights of its author and of whoever brought it.
    pub(super) fn judge(
        &self,
        open: &OpenLedger,
        ledger: LedgerId,
        bytes: &[u8],
        entry: Option<&Entry>,
    ) -> Judged {
        let hash = match guard::scan(bytes) {
            Ok(hash) => hash,
            Err(rule) => return Judged::Now(of_breach(rule)),
        };
        // What was voided is in the log and does not count: whoever still has it keeps it.
        if open.voided.contains(&hash) {
            return Judged::Now(Fate::Refused(Refusal::Ruinous));
        }
        if let Some(seq) = open.stored.get(&hash) {
            return Judged::Now(Fate::Stored(*seq));
        }
        // What was in a log once goes back there, whatever became of it in an older copy of the store.
        let sealed = entry.filter(|entry| entry.hash == hash && is_good(self.seal_key, ledger, entry));
        if let Some(held) = open.keep.held(&hash).filter(|_| sealed.is_none()) {
            return Judged::Now(held.fate());
        }
        if open.storing.contains_key(&hash) || open.keep.is_holding(&hash) {
            return Judged::Wait(hash);
        }
        let change = match guard::decode(bytes) {
            Ok(change) => change,
            Err(rule) => return Judged::Now(of_breach(rule)),
        };
        let writes = match open.index.judge(&change) {
            Ok(writes) => writes,
            // It was in a log once, and what it builds on never comes back.
            Err(Verdict::Waits(other)) if sealed.is_some() && open.voided.contains(&other) => {
                return Judged::Now(Fate::Refused(Refusal::Ruinous));
            }
            Err(Verdict::Waits(other)) => return self.after_held(open, change, other),
            Err(verdict) => return Judged::Now(of_verdict(verdict)),
        };
        if let Some(entry) = sealed {
            let from = Provenance {
                account: entry.account,
                device: entry.device,
                carried_by: entry.carried_by,
                received_at: entry.received_at,
            };
            return Judged::Store(Box::new((change, from)));
        }
        let account = match open.index.owner(&change.actor).or(change.author) {
            Some(AccountId::RELAY) => return Judged::Now(Fate::Refused(Refusal::ActorNotYours)),
            Some(account) => account,
            None => return Judged::Now(Fate::Refused(Refusal::Malformed)),
        };
        let from = self.provenance(account);
        let sites: Vec<Site<'_>> = writes.iter().map(Write::site).collect();
        let ruling = self.rights.rule(&Asked {
            ledger: &open.key,
            status: open.status,
            on: self.now.date(),
            author: self.roll.get(&account).map(Vec::as_slice),
            carrier: match from.carried_by {
                None => Carrier::Author,
                Some(_) => Carrier::Other(&self.officer.grants),
            },
            sites: &sites,
        });
        match ruling {
            Ruling::Store => Judged::Store(Box::new((change, from))),
            Ruling::Hold(why) => Judged::Hold(Box::new((change, from)), why),
            Ruling::Refuse => Judged::Hold(Box::new((change, from)), Hold::NotPermitted),
            Ruling::NoSuchLedger => Judged::Now(Fate::Refused(Refusal::UnknownLedger)),
        }
    }

    /// Judges a change that depends on one the log lacks. If that one is held, what a colleague carries after it is held
    /// beside it: nobody performs it again. What its author brings himself he performs again without the held one.
    fn after_held(&self, open: &OpenLedger, change: Checked, other: ChangeHash) -> Judged {
        let waits = Judged::Now(Fate::Later(Later::Waits(other)));
        let Some(held) = open.keep.get(&other) else {
            return waits;
        };
        // An actor's later changes do not say whose it is: the log knows, or the held one that they build on.
        let known = open.index.owner(&change.actor).or(change.author);
        let account = known.unwrap_or(held.account);
        if account == self.officer.account {
            return waits;
        }
        let why = match held.why {
            // That the one before was not permitted says nothing about this one, which nobody can judge yet.
            Hold::NotPermitted => Hold::Carried,
            why => why,
        };
        match held.standing {
            Standing::TurnedDown => Judged::Now(Fate::Refused(Refusal::TurnedDown)),
            Standing::Waiting | Standing::TakenIn => {
                Judged::Hold(Box::new((change, self.provenance(account))), why)
            }
        }
    }

    fn provenance(&self, account: AccountId) -> Provenance {
        Provenance {
            account,
            device: self.device,
            carried_by: (account != self.officer.account).then_some(self.officer.account),
            received_at: self.now,
        }
    }
}

fn of_breach(rule: Rule) -> Fate {
    Fate::Refused(if rule.is_limit() {
        Refusal::TooLarge
    } else {
        Refusal::Malformed
    })
}

fn of_verdict(verdict: Verdict) -> Fate {
    match verdict {
        Verdict::Breach(rule) => of_breach(rule),
        Verdict::AlreadyThere => Fate::Refused(Refusal::AlreadyThere),
        Verdict::Waits(hash) => Fate::Later(Later::Waits(hash)),
        Verdict::Newer => Fate::Later(Later::RelayOlder),
        Verdict::OtherAuthor => Fate::Refused(Refusal::ActorNotYours),
        Verdict::Full(_) => Fate::Later(Later::Full),
    }
}
