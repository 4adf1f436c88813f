//! Several tabs of one account: each a replica of its own over one store.

use super::disk::Gone;
use super::machine::{Client, empty_save};
use super::replica::Stage;
use super::{Announcement, Effect, KeptAct, Save, Status};
use crate::id::{ActId, ChangeHash, LedgerId, TabId};

impl Client {
    /// Another tab has saved something.
    pub(super) fn heard(&mut self, announcement: Announcement) -> Vec<Effect> {
        match announcement {
            Announcement::Act(_, kept) if kept.tab == self.config.tab => Vec::new(),
            Announcement::Act(ledger, kept) => self.heard_act(ledger, kept),
            Announcement::Found(ledger, kept) => self.heard_found(ledger, kept),
            Announcement::Logged(ledger, act) => self.heard_logged(ledger, act),
            Announcement::Dropped(ledger, act) => {
                let Some(replica) = self.ledgers.get_mut(&ledger) else {
                    return Vec::new();
                };
                replica.ended.insert(act);
                match replica.drop_act(act) {
                    Some(kept) if kept.status == Status::Pending => self.rebuild(ledger, &[]),
                    _ => vec![Effect::Changed(ledger)],
                }
            }
        }
    }

    /// The entries reach this tab by its own socket; until then the changes stay in its view.
    fn heard_logged(&mut self, ledger: LedgerId, act: ActId) -> Vec<Effect> {
        let Some(replica) = self.ledgers.get_mut(&ledger) else {
            return Vec::new();
        };
        let Some(kept) = replica.act_by_id(act).and_then(|place| replica.acts.get(&place)) else {
            return Vec::new();
        };
        let hashes: Vec<ChangeHash> = kept.changes.iter().map(|made| made.hash).collect();
        if hashes.iter().all(|hash| replica.in_log.contains(hash)) {
            replica.drop_act(act);
        } else {
            replica
                .changes
                .extend(hashes.into_iter().map(|hash| (hash, Stage::StoredBefore)));
        }
        vec![Effect::Changed(ledger)]
    }

    /// What is known here is newer than what somebody found.
    fn heard_found(&mut self, ledger: LedgerId, kept: KeptAct) -> Vec<Effect> {
        let Some(replica) = self.ledgers.get(&ledger) else {
            return Vec::new();
        };
        let (tab, id) = (kept.tab, kept.act.id);
        if tab == self.config.tab || replica.ended.contains(&id) || replica.act_by_id(id).is_some() {
            return Vec::new();
        }
        let mut effects = self.heard_act(ledger, kept);
        if self.taken.contains(&tab) {
            effects.extend(self.adopt(ledger, tab));
        }
        effects
    }

    fn heard_act(&mut self, ledger: LedgerId, kept: KeptAct) -> Vec<Effect> {
        let Some(replica) = self.ledgers.get_mut(&ledger) else {
            return Vec::new();
        };
        let before = replica.drop_act(kept.act.id);
        let is_logged = !kept.changes.is_empty()
            && kept
                .changes
                .iter()
                .all(|made| replica.in_log.contains(&made.hash));
        let was = |status: Status| before.as_ref().is_some_and(|before| before.status == status);
        let differs = before
            .as_ref()
            .is_some_and(|before| before.changes != kept.changes);
        let replaced = was(Status::Pending) && (kept.status != Status::Pending || differs);
        let released = was(Status::Held) && kept.status != Status::Held;
        if !is_logged {
            replica.left_out |= kept.status == Status::Pending && !replica.bring_in(&kept);
            replica.acts.insert((kept.number, kept.act.id), kept);
        }
        let mut effects = vec![Effect::Changed(ledger)];
        if replaced || replica.bring_in_late(self.config.tab) {
            effects.extend(self.rebuild(ledger, &[]));
        }
        if released {
            effects.extend(self.resume_waiting(ledger));
        }
        effects
    }

    /// The other tabs whose acts are pending here: alive, or dead and to be taken over.
    #[must_use]
    pub fn other_tabs(&self) -> std::collections::BTreeSet<TabId> {
        let acts = self.ledgers.values().flat_map(|replica| replica.acts.values());
        acts.map(|kept| kept.tab)
            .filter(|tab| *tab != self.config.tab)
            .collect()
    }

    /// A tab is dead: what it left is pushed from here, unchanged.
    pub(super) fn took_over(&mut self, tab: TabId) -> Vec<Effect> {
        self.taken.insert(tab);
        let mut effects = Vec::new();
        let ids: Vec<LedgerId> = self.ledgers.keys().copied().collect();
        for id in ids {
            effects.extend(self.adopt(id, tab));
        }
        effects
    }

    fn adopt(&mut self, ledger: LedgerId, tab: TabId) -> Vec<Effect> {
        let mine = self.config.tab;
        let Some(replica) = self.ledgers.get_mut(&ledger) else {
            return Vec::new();
        };
        let of_log = replica.acts.values().flat_map(|kept| &kept.changes);
        let voided = of_log
            .map(|made| made.hash)
            .filter(|hash| replica.is_voided(hash));
        let voided = voided.collect();
        replica.set_pending_aside(&voided);
        let theirs = replica
            .acts
            .values_mut()
            .filter(|kept| kept.tab == tab && tab != mine);
        let (mut places, mut done) = (Vec::new(), Vec::new());
        for kept in theirs {
            kept.tab = mine;
            let left = kept
                .changes
                .iter()
                .map(|made| made.hash)
                .filter(|hash| !replica.in_log.contains(hash));
            let left: Vec<ChangeHash> = left.collect();
            if left.is_empty() && !kept.changes.is_empty() {
                done.push(kept.act.id);
                continue;
            }
            if kept.status == Status::Pending {
                for hash in left {
                    replica.changes.entry(hash).or_insert(Stage::Saving);
                }
            }
            places.push((kept.number, kept.act.id));
        }
        if places.is_empty() && done.is_empty() {
            return Vec::new();
        }
        replica.acts.retain(|place, _| !done.contains(&place.1));
        replica.ended.extend(&done);
        replica.ask_after_held(mine);
        let mut effects = Vec::new();
        if !done.is_empty() {
            effects.extend(self.save(
                Save {
                    drop_acts: done,
                    ..empty_save(ledger)
                },
                Gone::Logged,
            ));
        }
        effects.extend(self.rebuild(ledger, &places));
        effects.extend(self.resume_waiting(ledger));
        effects
    }
}
