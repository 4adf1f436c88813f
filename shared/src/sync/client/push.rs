//! Pushing: what is on this device's disk and has no fate goes to the relay, oldest first.

use serde_bytes::ByteBuf;

use super::machine::Client;
use super::replica::{Following, Replica, Stage};
use super::{Effect, KeptAct, Status};
use crate::id::TabId;
use crate::limit;
use crate::protocol::ClientMessage;
use crate::time::Timestamp;

impl Client {
    /// Sends whatever can be sent.
    pub(super) fn push(&mut self, now: Timestamp) -> Vec<Effect> {
        if !self.link.is_online() {
            return Vec::new();
        }
        let tab = self.config.tab;
        let mut under_way = self.ledgers.values().map(Replica::bytes_under_way).sum();
        let asked = self
            .ledgers
            .values_mut()
            .filter(|replica| matches!(replica.following, Following::Asked | Following::Live));
        asked
            .flat_map(|replica| replica.push(now, tab, &mut under_way))
            .collect()
    }

    /// Changes that were put off are due now: a person asked.
    pub(super) fn try_again_at_once(&mut self) {
        for stage in self
            .ledgers
            .values_mut()
            .flat_map(|replica| replica.changes.values_mut())
        {
            if let Stage::Later(..) = stage {
                *stage = Stage::Saved;
            }
        }
    }
}

impl Replica {
    /// Sends what is due, oldest first, as far as the window goes: on a slow line what is sent at once has no fate in
    /// time. One change always goes. `under_way` is what has been sent on this connection and has no fate.
    fn push(&mut self, now: Timestamp, tab: TabId, under_way: &mut usize) -> Vec<Effect> {
        let has_caught_up = self.has_caught_up();
        let mut pushes: Vec<Vec<ByteBuf>> = Vec::new();
        let mut bytes = usize::MAX;
        let is_due =
            |kept: &&KeptAct| matches!(kept.status, Status::Pending | Status::Held) && kept.tab == tab;
        'acts: for kept in self.acts.values().filter(is_due) {
            for made in &kept.changes {
                let Some(stage) = self.changes.get_mut(&made.hash) else {
                    continue;
                };
                match *stage {
                    Stage::Saved => {}
                    Stage::Later(_, due) if now >= due => {}
                    Stage::StoredBefore if has_caught_up => {}
                    _ => continue,
                }
                if *under_way > 0 && *under_way + made.bytes.len() > limit::PUSH_WINDOW_BYTES {
                    break 'acts;
                }
                *under_way += made.bytes.len();
                *stage = Stage::Sent(now);
                let full = pushes
                    .last()
                    .is_some_and(|push| push.len() >= limit::CHANGES_PER_PUSH);
                if full || bytes.saturating_add(made.bytes.len()) > limit::PUSH_BYTES {
                    pushes.push(Vec::new());
                    bytes = 0;
                }
                bytes += made.bytes.len();
                pushes
                    .last_mut()
                    .expect("the first change always opens a push")
                    .push(ByteBuf::from(made.bytes.clone()));
            }
        }
        let ledger = self.id;
        let mut effects: Vec<Effect> = pushes
            .into_iter()
            .map(|changes| Effect::Send(ClientMessage::Push { ledger, changes }))
            .collect();
        if !effects.is_empty() {
            effects.push(Effect::Changed(ledger));
        }
        effects
    }

    /// The bytes of what was sent and has no fate yet.
    fn bytes_under_way(&self) -> usize {
        let is_sent = |hash| matches!(self.changes.get(hash), Some(Stage::Sent(_)));
        let made = self.acts.values().flat_map(|kept| &kept.changes);
        made.filter(|made| is_sent(&made.hash))
            .map(|made| made.bytes.len())
            .sum()
    }

    /// The disk has these acts.
    pub(super) fn saved(&mut self, acts: &[KeptAct]) {
        for made in acts.iter().flat_map(|kept| &kept.changes) {
            if let Some(stage @ Stage::Saving) = self.changes.get_mut(&made.hash) {
                *stage = Stage::Saved;
            }
        }
    }

    /// The line is gone, or the log is another: what was sent without a fate has to be sent again, and what has a
    /// receipt if the log turns out to lack it.
    pub(super) fn unsend(&mut self) {
        self.offered = None;
        for stage in self.changes.values_mut() {
            match stage {
                Stage::Sent(_) => *stage = Stage::Saved,
                Stage::Stored => *stage = Stage::StoredBefore,
                _ => {}
            }
        }
    }

    /// Held acts are sent once more on every connection: a relay that was set back may know nothing of them, and what was
    /// decided about them meanwhile is the answer.
    pub(super) fn ask_after_held(&mut self, tab: TabId) {
        for kept in self
            .acts
            .values()
            .filter(|kept| kept.status == Status::Held && kept.tab == tab)
        {
            let mut hashes = kept.changes.iter().map(|made| made.hash);
            let first = hashes.find(|hash| !self.in_log.contains(hash));
            self.changes.extend(first.map(|hash| (hash, Stage::StoredBefore)));
        }
    }

    /// Whether something sent has been without a fate for too long.
    pub(super) fn is_unanswered(&self, now: Timestamp) -> bool {
        self.changes
            .values()
            .any(|stage| matches!(stage, Stage::Sent(at) if now.since(*at) >= limit::FATE))
    }
}
