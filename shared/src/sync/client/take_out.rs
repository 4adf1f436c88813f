//! Taking acts out of the document: after a refusal, or when the relay holds one back for a person.
//!
//! Every change depends on the one before, so what came after a refused change cannot go to the relay as it is. The
//! document is built anew from the log; whatever does not depend on what was taken out stays as it is, and every other
//! pending act is performed again, in order, with its own id and time, under a fresh actor.

use super::disk::Gone;
use super::fates::is_silent;
use super::machine::{Client, empty_save};
use super::replica::{Place, Stage};
use super::voided::VOIDED;
use super::{Effect, KeptAct, Save, Status};
use crate::id::{ChangeHash, LedgerId};
use crate::protocol::Refusal;

impl Client {
    /// Takes the acts of these changes out, with what the relay said of them.
    pub(super) fn take_out(&mut self, ledger: LedgerId, out: &[(ChangeHash, Status)]) -> Vec<Effect> {
        let Self {
            ledgers,
            config,
            dice,
            ..
        } = self;
        let Some(replica) = ledgers.get_mut(&ledger) else {
            return Vec::new();
        };
        let (mut acts, mut drop_acts, mut releases) = (Vec::new(), Vec::new(), false);
        let ruinous = out.iter().filter(|(_, status)| *status == VOIDED);
        let ruinous = replica.with_orphans_on(ruinous.map(|(hash, _)| *hash).collect());
        let aside = replica.set_voided_aside(&ruinous, &[], (config.account, config.tab));
        acts.extend(aside.acts);
        releases |= aside.releases;
        let lost = |hash: &ChangeHash| ruinous.contains(hash) || out.iter().any(|(other, _)| other == hash);
        let drop_orphans: Vec<ChangeHash> = replica
            .orphans
            .iter()
            .map(|entry| entry.hash)
            .filter(|hash| lost(hash))
            .collect();
        replica.orphans.retain(|entry| !lost(&entry.hash));
        for (hash, status) in out {
            let Some(place) = replica.act_of(hash) else {
                continue;
            };
            let Some(kept) = replica.acts.get_mut(&place) else {
                continue;
            };
            for made in &kept.changes {
                replica.changes.remove(&made.hash);
            }
            if kept.status == *status {
                // Asked after, and still so.
                continue;
            }
            releases |= kept.status == Status::Held;
            kept.status = status.clone();
            if !is_kept_at_relay(status) {
                kept.changes.clear();
            }
            if is_silent(status) {
                drop_acts.push(kept.act.id);
                replica.ended.insert(kept.act.id);
                replica.acts.remove(&place);
            } else {
                acts.push(kept.clone());
            }
        }
        if acts.is_empty() && drop_acts.is_empty() && drop_orphans.is_empty() {
            return Vec::new();
        }
        let again = replica.rebuild(config, dice);
        acts.extend(again.changed);
        drop_acts.extend(again.done);
        let save = Save {
            drop_orphans,
            acts,
            drop_acts,
            ..empty_save(ledger)
        };
        let mut effects = vec![Effect::Changed(ledger)];
        effects.extend(self.save(save, Gone::Dropped));
        if releases {
            effects.extend(self.resume_waiting(ledger));
        }
        effects
    }

    /// Performs what waited for a held act once that is in the log, or gone.
    pub(super) fn resume_waiting(&mut self, ledger: LedgerId) -> Vec<Effect> {
        let tab = self.config.tab;
        let Some(replica) = self.ledgers.get_mut(&ledger) else {
            return Vec::new();
        };
        let mut waiting: Vec<&mut KeptAct> = replica
            .acts
            .values_mut()
            .filter(|kept| kept.status == Status::WaitsForHeld && kept.tab == tab)
            .collect();
        if waiting.is_empty() {
            return Vec::new();
        }
        for kept in &mut waiting {
            kept.status = Status::Pending;
            let saved = kept.changes.iter().map(|made| (made.hash, Stage::Saving));
            replica.changes.extend(saved);
        }
        let resumed: Vec<Place> = waiting.iter().map(|kept| (kept.number, kept.act.id)).collect();
        self.rebuild(ledger, &resumed)
    }

    /// Builds the document of a ledger anew, and writes the acts that changed thereby, and these.
    pub(super) fn rebuild(&mut self, ledger: LedgerId, written: &[Place]) -> Vec<Effect> {
        let Self {
            ledgers,
            config,
            dice,
            ..
        } = self;
        let Some(replica) = ledgers.get_mut(&ledger) else {
            return Vec::new();
        };
        let mut again = replica.rebuild(config, dice);
        for place in written {
            let is_known = again.changed.iter().any(|kept| kept.act.id == place.1);
            again
                .changed
                .extend(replica.acts.get(place).filter(|_| !is_known).cloned());
        }
        let save = self.save_acts(ledger, again.changed, &again.done);
        save.into_iter().chain([Effect::Changed(ledger)]).collect()
    }
}

/// Whether the relay keeps what it answers so: a person may take it in later, and its changes name it then.
fn is_kept_at_relay(status: &Status) -> bool {
    matches!(
        status,
        Status::Held | Status::Refused(Refusal::NotPermitted | Refusal::TurnedDown)
    )
}
