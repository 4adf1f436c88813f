//! What the relay says became of a change, and the entries of its log.

use std::collections::HashSet;
use std::time::Duration;

use super::disk::Gone;
use super::machine::{Client, empty_save};
use super::replica::{Following, Place, Replica, Stage};
use super::voided::Aside;
use super::{Effect, KeptAct, Save, Status};
use crate::id::{AccountId, ActId, Chain, ChangeHash, LedgerId, TabId};
use crate::protocol::void::Content;
use crate::protocol::{Entry, Fate, Later, Refusal};
use crate::time::Timestamp;

/// How long to wait after `later`, unless something else says that it is time.
fn wait(later: Later) -> Duration {
    match later {
        Later::Busy | Later::Rate | Later::Waits(_) => Duration::from_secs(3),
        Later::Full | Later::SignIn => Duration::from_mins(1),
        Later::RelayOlder => Duration::from_mins(5),
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
            effects.extend(self.leave_forgotten(ledger));
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
        let mine = (self.config.account, self.config.tab);
        let Some(replica) = self.ledgers.get_mut(&ledger) else {
            return Vec::new();
        };
        if replica.is_of_another_time(&entries) {
            return Vec::new();
        }
        let Ok(taken) = replica.take_entries(entries, chain, mine) else {
            if replica.entries.is_empty() {
                // The very log the relay sends anew cannot be read: no use in asking again on this connection.
                replica.following = Following::Not;
                return vec![Effect::Changed(ledger)];
            }
            return self.diverged(ledger);
        };
        replica.relay_last = last;
        if replica.following == Following::Asked {
            replica.following = Following::Live;
        }
        let mut effects = vec![Effect::Changed(ledger)];
        let Taken {
            entries,
            mut logged,
            drop_orphans,
            aside,
            is_otherwise,
        } = taken;
        logged.partly.extend(aside.acts);
        logged.releases |= aside.releases;
        if !entries.is_empty() || !drop_orphans.is_empty() {
            let save = Save {
                entries,
                acts: logged.partly,
                drop_acts: logged.done,
                drop_orphans,
                ..empty_save(ledger)
            };
            effects.extend(self.save(save, Gone::Logged));
        }
        let replica = self.ledgers.get_mut(&ledger);
        if is_otherwise || replica.is_some_and(|replica| replica.bring_in_late(self.config.tab)) {
            effects.extend(self.rebuild(ledger, &[]));
        }
        if logged.releases {
            effects.extend(self.resume_waiting(ledger));
        }
        effects.extend(self.leave_forgotten(ledger));
        effects
    }
}

/// What taking entries in did.
struct Taken {
    entries: Vec<Entry>,
    logged: Logged,
    drop_orphans: Vec<ChangeHash>,
    aside: Aside,
    /// Whether the document shows what was voided.
    is_otherwise: bool,
}

/// What became of acts when entries came.
#[derive(Default)]
struct Logged {
    /// Every change of these is in the log.
    done: Vec<ActId>,
    /// Acts to be written: held ones of which a part is in the log, so that the rest may follow.
    partly: Vec<KeptAct>,
    /// Whether a held act is among them.
    releases: bool,
}

/// The relay sent something that cannot be the log: a gap, a chain that does not follow, a change that is none.
struct NotTheLog;

impl Replica {
    fn set_stage(&mut self, hash: ChangeHash, to: Stage) {
        if let Some(stage) = self.changes.get_mut(&hash) {
            *stage = to;
        }
    }

    fn take_entries(
        &mut self,
        entries: Vec<Entry>,
        chain: Option<Chain>,
        mine: (AccountId, TabId),
    ) -> Result<Taken, NotTheLog> {
        let (mut seq, mut reached) = self.cursor();
        // A tab of this account may have been quicker: what is here already is passed over.
        let news: Vec<Entry> = entries.into_iter().filter(|entry| entry.seq > seq).collect();
        let mut voided = HashSet::new();
        for entry in &news {
            seq += 1;
            match entry.content().filter(|_| entry.seq == seq) {
                None => return Err(NotTheLog),
                Some(Content::Change) => {}
                Some(Content::Withheld) => drop(voided.insert(entry.hash)),
                Some(Content::Void(changes)) => voided.extend(changes),
            }
            reached = reached.then(&entry.hash);
        }
        if chain.is_some_and(|chain| chain != reached && !news.is_empty()) {
            return Err(NotTheLog);
        }
        let counts = |entry: &&Entry| entry.is_change() && !voided.contains(&entry.hash);
        let unknown = news
            .iter()
            .filter(|entry| counts(entry) && !self.document.has(&entry.hash));
        let unknown: Vec<(&ChangeHash, &[u8])> = unknown
            .map(|entry| (&entry.hash, entry.bytes.as_slice()))
            .collect();
        self.document.receive(unknown).map_err(|_| NotTheLog)?;
        let voided = self.with_orphans_on(voided);
        let aside = self.set_voided_aside(&voided, &news, mine);
        self.chain = reached;
        self.in_log.extend(news.iter().map(|entry| entry.hash));
        self.entries.extend(news.iter().cloned());
        let is_otherwise = voided.iter().any(|hash| self.document.has(hash));
        let withheld = self.withhold(&voided);
        let logged = self.drop_logged(&news);
        let (gone, left) = std::mem::take(&mut self.orphans)
            .into_iter()
            .partition(|entry| self.in_log.contains(&entry.hash) || voided.contains(&entry.hash));
        self.orphans = left;
        let gone: Vec<Entry> = gone;
        let drop_orphans = gone.into_iter().map(|entry| entry.hash).collect();
        let news = news.into_iter().filter(|entry| !voided.contains(&entry.hash));
        Ok(Taken {
            entries: news.chain(withheld).collect(),
            logged,
            drop_orphans,
            aside,
            is_otherwise,
        })
    }

    /// Forgets the bytes of changes that were voided; gives their entries, to be written so.
    pub(super) fn withhold(&mut self, voided: &HashSet<ChangeHash>) -> Vec<Entry> {
        let theirs = self
            .entries
            .iter_mut()
            .filter(|entry| voided.contains(&entry.hash));
        let cleared = theirs.map(|entry| {
            entry.bytes.clear();
            entry.clone()
        });
        cleared.collect()
    }

    /// Whether these entries were on their way when the log was asked for anew from another place.
    fn is_of_another_time(&self, entries: &[Entry]) -> bool {
        let next = self.cursor().0 + 1;
        self.following == Following::Asked && entries.first().is_some_and(|first| first.seq > next)
    }

    /// Drops the acts whose every change is in the log now.
    fn drop_logged(&mut self, news: &[Entry]) -> Logged {
        let mut touched: Vec<Place> = Vec::new();
        for entry in news {
            self.changes.remove(&entry.hash);
            touched.extend(self.act_of(&entry.hash));
        }
        touched.sort_unstable();
        touched.dedup();
        let mut logged = Logged::default();
        for place in touched {
            let Some(kept) = self.acts.get_mut(&place) else {
                continue;
            };
            let left: Vec<ChangeHash> = kept
                .changes
                .iter()
                .map(|made| made.hash)
                .filter(|hash| !self.in_log.contains(hash))
                .collect();
            let was_held = kept.status == Status::Held;
            logged.releases |= was_held;
            if left.is_empty() {
                logged.done.push(kept.act.id);
                self.ended.insert(kept.act.id);
                self.acts.remove(&place);
            } else if was_held {
                kept.status = Status::Pending;
                self.left_out = true;
                self.changes
                    .extend(left.into_iter().map(|hash| (hash, Stage::Saving)));
                logged.partly.push(kept.clone());
            }
        }
        logged
    }

    /// Whether the log is here as far as the relay has told.
    pub(super) fn has_caught_up(&self) -> bool {
        self.following == Following::Live && self.cursor().0 >= self.relay_last
    }
}

/// Whether an act that is refused so is dropped without a word: what it wanted is there already.
pub(super) fn is_silent(status: &Status) -> bool {
    *status == Status::Refused(Refusal::AlreadyThere)
}
