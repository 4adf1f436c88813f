//! What the relay says became of a change, and the entries of its log.

use super::machine::{Client, empty_save};
use super::replica::{Following, Replica, Stage};
use super::{Effect, Save, Status};
use crate::guard;
use crate::id::{ActId, Chain, ChangeHash, LedgerId};
use crate::protocol::{Entry, Fate, Later, Refusal};
use crate::time::Timestamp;
use std::time::Duration;

/// How long to wait after `later`, unless something else says that it is time.
fn wait(later: Later) -> Duration {
    match later {
        Later::Busy | Later::Rate | Later::Waits(_) => Duration::from_secs(3),
        Later::Full | Later::SignIn => Duration::from_secs(60),
        Later::RelayOlder => Duration::from_secs(300),
    }
}

impl Client {
    /// Fates of pushed or offered changes.
    pub(super) fn fates(
        &mut self,
        now: Timestamp,
        ledger: LedgerId,
        fates: Vec<(ChangeHash, Fate)>,
    ) -> Vec<Effect> {
        let mut effects = Vec::new();
        let mut out = Vec::new();
        let Some(replica) = self.ledgers.get_mut(&ledger) else {
            return Vec::new();
        };
        for (hash, fate) in fates {
            match fate {
                Fate::Stored(_) => replica.set_stage(hash, Stage::Stored),
                Fate::Later(later) => replica.set_stage(hash, Stage::Later(later, now.after(wait(later)))),
                Fate::Held => out.push((hash, Status::Held)),
                Fate::Refused(refusal) => out.push((hash, Status::Refused(refusal))),
            }
        }
        if !out.is_empty() {
            effects.extend(self.take_out(ledger, &out));
        }
        effects.push(Effect::Changed(ledger));
        effects
    }

    /// The next entries of the log. `chain` is the relay's after the last of them.
    pub(super) fn take_entries(
        &mut self,
        ledger: LedgerId,
        entries: Vec<Entry>,
        chain: Option<Chain>,
        last: u64,
    ) -> Vec<Effect> {
        let Some(replica) = self.ledgers.get_mut(&ledger) else {
            return Vec::new();
        };
        let Ok(taken) = replica.take_entries(entries, chain) else {
            if replica.entries.is_empty() {
                // The very log the relay sends anew cannot be read: no use in asking again on this connection.
                replica.following = Following::Not;
                return vec![Effect::Changed(ledger)];
            }
            return self.diverged(ledger);
        };
        replica.relay_last = last;
        let mut effects = vec![Effect::Changed(ledger)];
        if !taken.entries.is_empty() {
            let Taken {
                entries,
                drop_acts,
                drop_orphans,
            } = taken;
            effects.push(self.save(Save {
                entries,
                drop_acts,
                drop_orphans,
                ..empty_save(ledger)
            }));
        }
        effects.extend(self.resume_waiting(ledger));
        effects
    }
}

/// What taking entries in did.
pub(super) struct Taken {
    entries: Vec<Entry>,
    drop_acts: Vec<ActId>,
    drop_orphans: Vec<ChangeHash>,
}

/// The relay sent something that cannot be the log: a gap, a chain that does not follow, a change that is none.
pub(super) struct NotTheLog;

impl Replica {
    fn set_stage(&mut self, hash: ChangeHash, to: Stage) {
        if let Some(stage) = self.changes.get_mut(&hash) {
            *stage = to;
        }
    }

    fn take_entries(&mut self, entries: Vec<Entry>, chain: Option<Chain>) -> Result<Taken, NotTheLog> {
        let (mut seq, mut reached) = self.cursor();
        // A tab of this account may have been quicker: what is here already is passed over.
        let news: Vec<Entry> = entries.into_iter().filter(|entry| entry.seq > seq).collect();
        for entry in &news {
            seq += 1;
            if entry.seq != seq || guard::scan(&entry.bytes) != Ok(entry.hash) {
                return Err(NotTheLog);
            }
            reached = reached.then(&entry.hash);
        }
        if chain.is_some_and(|chain| chain != reached && !news.is_empty()) {
            return Err(NotTheLog);
        }
        let unknown = news.iter().filter(|entry| !self.document.has(&entry.hash));
        let unknown: Vec<(&ChangeHash, &[u8])> = unknown
            .map(|entry| (&entry.hash, entry.bytes.as_slice()))
            .collect();
        self.document.receive(unknown).map_err(|_| NotTheLog)?;
        self.chain = reached;
        self.in_log.extend(news.iter().map(|entry| entry.hash));
        self.entries.extend(news.iter().cloned());
        let drop_acts = self.drop_logged(&news);
        let (gone, left) = std::mem::take(&mut self.orphans)
            .into_iter()
            .partition(|entry| self.in_log.contains(&entry.hash));
        self.orphans = left;
        let gone: Vec<Entry> = gone;
        Ok(Taken {
            entries: news,
            drop_acts,
            drop_orphans: gone.into_iter().map(|entry| entry.hash).collect(),
        })
    }

    /// Drops the acts whose every change is in the log now.
    fn drop_logged(&mut self, news: &[Entry]) -> Vec<ActId> {
        let mut touched: Vec<u64> = Vec::new();
        for entry in news {
            self.changes.remove(&entry.hash);
            touched.extend(self.act_of(&entry.hash));
        }
        touched.sort_unstable();
        touched.dedup();
        let logged = |number: &u64| {
            self.acts
                .get(number)
                .is_some_and(|kept| kept.changes.iter().all(|made| self.in_log.contains(&made.hash)))
        };
        let done: Vec<u64> = touched.into_iter().filter(logged).collect();
        done.iter()
            .filter_map(|number| self.acts.remove(number))
            .map(|kept| kept.act.id)
            .collect()
    }

    /// Whether the log is here as far as the relay has told.
    pub(super) fn has_caught_up(&self) -> bool {
        self.following == Following::Asked && self.cursor().0 >= self.relay_last
    }
}

/// Whether an act that is refused so is dropped without a word: what it wanted is there already.
pub(super) fn is_silent(status: &Status) -> bool {
    *status == Status::Refused(Refusal::AlreadyThere)
}
