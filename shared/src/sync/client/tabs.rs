//! Several tabs of one account: each a replica of its own over one store.

use super::machine::Client;
use super::replica::Stage;
use super::{Announcement, Effect, KeptAct, Status};
use crate::id::{LedgerId, TabId};

impl Client {
    /// Another tab has saved something.
    pub(super) fn heard(&mut self, announcement: Announcement) -> Vec<Effect> {
        match announcement {
            Announcement::Act(_, kept) if kept.tab == self.config.tab => Vec::new(),
            Announcement::Act(ledger, kept) => self.heard_act(ledger, kept),
            // The entries reach this tab by its own socket; until then the changes stay in its view.
            Announcement::Logged(ledger, act) => {
                let Some(replica) = self.ledgers.get_mut(&ledger) else {
                    return Vec::new();
                };
                replica.drop_act(act);
                vec![Effect::Changed(ledger)]
            }
            Announcement::Dropped(ledger, act) => {
                let Some(replica) = self.ledgers.get_mut(&ledger) else {
                    return Vec::new();
                };
                match replica.drop_act(act) {
                    Some(kept) if kept.status == Status::Pending => self.rebuild_after_others(ledger),
                    _ => vec![Effect::Changed(ledger)],
                }
            }
        }
    }

    fn heard_act(&mut self, ledger: LedgerId, mut kept: KeptAct) -> Vec<Effect> {
        let Some(replica) = self.ledgers.get_mut(&ledger) else {
            return Vec::new();
        };
        let before = replica.drop_act(kept.act.id);
        while replica.acts.contains_key(&kept.number) {
            kept.number += 1;
        }
        let replaced = before.is_some_and(|before| {
            before.status == Status::Pending
                && (kept.status != Status::Pending || before.changes != kept.changes)
        });
        let number = kept.number;
        replica.acts.insert(number, kept.clone());
        if replaced {
            return self.rebuild_after_others(ledger);
        }
        if kept.status == Status::Pending {
            // What it builds on may be on its way; then it is brought in with that.
            replica.bring_in(&kept);
        }
        vec![Effect::Changed(ledger)]
    }

    fn rebuild_after_others(&mut self, ledger: LedgerId) -> Vec<Effect> {
        let actor = self.fresh_actor();
        let Some(replica) = self.ledgers.get_mut(&ledger) else {
            return Vec::new();
        };
        let again = replica.rebuild(&self.config, actor);
        let mut effects = self.save_acts(ledger, again.changed, &again.done);
        effects.push(Effect::Changed(ledger));
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
        let mut effects = Vec::new();
        let mine = self.config.tab;
        let ids: Vec<LedgerId> = self.ledgers.keys().copied().collect();
        for id in ids {
            let Some(replica) = self.ledgers.get_mut(&id) else {
                continue;
            };
            let mut adopted = Vec::new();
            for kept in replica
                .acts
                .values_mut()
                .filter(|kept| kept.tab == tab && tab != mine)
            {
                kept.tab = mine;
                adopted.push(kept.clone());
            }
            for made in adopted.iter().flat_map(|kept| &kept.changes) {
                if !replica.in_log.contains(&made.hash) {
                    replica.changes.entry(made.hash).or_insert(Stage::Saving);
                }
            }
            let missing = adopted
                .iter()
                .flat_map(|kept| &kept.changes)
                .any(|made| !replica.document.has(&made.hash));
            effects.extend(self.save_acts(id, adopted, &[]));
            if missing {
                effects.extend(self.rebuild_after_others(id));
            }
        }
        effects
    }
}
