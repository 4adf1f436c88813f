//! Delivering what colleagues left on this device (代传): their changes go to the relay as carried, unread.
//!
//! A courier knows bytes and hashes, no documents, and follows no ledger: it may deliver what its officer may not read.
//! The shell hands it the acts that wait in other accounts' stores, sends what it says over the officer's own
//! connection, shows it the fates, and notes in the colleague's store what it says of them.

use std::collections::VecDeque;

use serde_bytes::ByteBuf;

use super::client::{KeptAct, Status};
use crate::id::{AccountId, ChangeHash, LedgerId};
use crate::limit;
use crate::protocol::{ClientMessage, Fate, Refusal};
use crate::time::Timestamp;

/// One act that waits in a colleague's store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// Whose it is.
    pub account: AccountId,
    /// In which ledger.
    pub ledger: LedgerId,
    /// The act, with its changes.
    pub kept: KeptAct,
}

/// What is to be noted in the colleague's store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// It is in the relay's log: it need not be delivered again, and its author's own client will find it there.
    Delivered,
    /// The act as it stands now: held at the relay, or refused.
    Changed(KeptAct),
    /// It makes what is there already: nothing is left of it.
    Gone,
}

/// One round of deliveries over one connection.
#[derive(Clone, Debug, Default)]
pub struct Courier {
    waiting: VecDeque<Parcel>,
    under_way: Vec<UnderWay>,
}

#[derive(Clone, Debug)]
struct UnderWay {
    parcel: Parcel,
    since: Timestamp,
    /// Changes without a fate yet.
    left: Vec<ChangeHash>,
    /// The gravest fate so far.
    came_to: CameTo,
}

/// What became of an act: the gravest of what became of its changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum CameTo {
    Stored,
    Held,
    /// Not now, or not by this carrier: nothing is noted.
    Later,
    AlreadyThere,
    TurnedDown,
    Ruinous,
    Malformed,
    TooLarge,
}

impl Courier {
    /// A round with these acts, each ledger's oldest first. Only what is pending is delivered.
    #[must_use]
    pub fn with(parcels: Vec<Parcel>) -> Self {
        let waits =
            |parcel: &Parcel| parcel.kept.status == Status::Pending && !parcel.kept.changes.is_empty();
        Self {
            waiting: parcels.into_iter().filter(waits).collect(),
            under_way: Vec::new(),
        }
    }

    /// What is to be sent now: as many acts as fit under way, one always.
    #[must_use]
    pub fn push(&mut self, now: Timestamp) -> Vec<ClientMessage> {
        let mut room = limit::PUSH_WINDOW_BYTES.saturating_sub(self.bytes_under_way());
        let mut messages = Vec::new();
        while let Some(parcel) = self.waiting.pop_front() {
            let weight = weight(&parcel);
            if weight > room && !self.under_way.is_empty() {
                self.waiting.push_front(parcel);
                break;
            }
            room = room.saturating_sub(weight);
            messages.extend(pushes(&parcel));
            self.under_way.push(UnderWay {
                since: now,
                left: parcel.kept.changes.iter().map(|made| made.hash).collect(),
                came_to: CameTo::Stored,
                parcel,
            });
        }
        messages
    }

    /// The relay named fates, of these acts or others: what is to be noted of acts that have come to their end.
    #[must_use]
    pub fn fates(&mut self, ledger: LedgerId, fates: &[(ChangeHash, Fate)]) -> Vec<(Parcel, Note)> {
        for (hash, fate) in fates {
            let of_ledger = self
                .under_way
                .iter_mut()
                .filter(|under_way| under_way.parcel.ledger == ledger);
            for under_way in of_ledger.filter(|under_way| under_way.left.contains(hash)) {
                under_way.left.retain(|left| left != hash);
                under_way.came_to = under_way.came_to.max(came_to(fate));
            }
        }
        let (done, under_way) = std::mem::take(&mut self.under_way)
            .into_iter()
            .partition(|under_way| under_way.left.is_empty());
        self.under_way = under_way;
        let done: Vec<UnderWay> = done;
        done.into_iter().filter_map(noted).collect()
    }

    /// Whether every act of the round has its fate.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.waiting.is_empty() && self.under_way.is_empty()
    }

    /// Whether something has been under way for longer than the relay takes.
    #[must_use]
    pub fn is_late(&self, now: Timestamp) -> bool {
        self.under_way
            .iter()
            .any(|under_way| now.since(under_way.since) >= limit::FATE)
    }

    fn bytes_under_way(&self) -> usize {
        self.under_way
            .iter()
            .map(|under_way| weight(&under_way.parcel))
            .sum()
    }
}

fn weight(parcel: &Parcel) -> usize {
    parcel.kept.changes.iter().map(|made| made.bytes.len()).sum()
}

/// The messages of one act, none much longer than the relay likes.
fn pushes(parcel: &Parcel) -> Vec<ClientMessage> {
    let mut pushes: Vec<Vec<ByteBuf>> = Vec::new();
    let mut bytes = usize::MAX;
    for made in &parcel.kept.changes {
        if bytes.saturating_add(made.bytes.len()) > limit::PUSH_BYTES {
            pushes.push(Vec::new());
            bytes = 0;
        }
        bytes += made.bytes.len();
        pushes
            .last_mut()
            .expect("the first change always opens a push")
            .push(ByteBuf::from(made.bytes.clone()));
    }
    let ledger = parcel.ledger;
    let message = |changes| ClientMessage::Push { ledger, changes };
    pushes.into_iter().map(message).collect()
}

fn came_to(fate: &Fate) -> CameTo {
    match fate {
        Fate::Stored(_) => CameTo::Stored,
        Fate::Held => CameTo::Held,
        // The last three are about who brings it and to whom: its author will hear for himself.
        Fate::Later(_)
        | Fate::Refused(Refusal::NotPermitted | Refusal::UnknownLedger | Refusal::ActorNotYours) => {
            CameTo::Later
        }
        Fate::Refused(Refusal::AlreadyThere) => CameTo::AlreadyThere,
        Fate::Refused(Refusal::TurnedDown) => CameTo::TurnedDown,
        Fate::Refused(Refusal::Ruinous) => CameTo::Ruinous,
        Fate::Refused(Refusal::Malformed) => CameTo::Malformed,
        Fate::Refused(Refusal::TooLarge) => CameTo::TooLarge,
    }
}

fn noted(UnderWay { parcel, came_to, .. }: UnderWay) -> Option<(Parcel, Note)> {
    let refused = |refusal| {
        Note::Changed(KeptAct {
            changes: Vec::new(),
            status: Status::Refused(refusal),
            ..parcel.kept.clone()
        })
    };
    let note = match came_to {
        CameTo::Stored => Note::Delivered,
        CameTo::Held => Note::Changed(KeptAct {
            status: Status::Held,
            ..parcel.kept.clone()
        }),
        CameTo::Later => return None,
        CameTo::AlreadyThere => Note::Gone,
        CameTo::TurnedDown => refused(Refusal::TurnedDown),
        CameTo::Ruinous => refused(Refusal::Ruinous),
        CameTo::Malformed => refused(Refusal::Malformed),
        CameTo::TooLarge => refused(Refusal::TooLarge),
    };
    Some((parcel, note))
}

#[cfg(test)]
mod tests;
