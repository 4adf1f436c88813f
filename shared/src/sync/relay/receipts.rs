//! Answers to pushes, gathered so that each connection gets one message.

use std::collections::HashMap;

use super::machine::Relay;
use super::{ConnectionId, Effect};
use crate::id::{ChangeHash, LedgerId};
use crate::limit;
use crate::protocol::{Fate, RelayMessage};

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

/// One message with these fates, if there are any.
pub(super) fn answer(id: ConnectionId, ledger: LedgerId, fates: Vec<(ChangeHash, Fate)>) -> Vec<Effect> {
    if fates.is_empty() {
        return Vec::new();
    }
    vec![Effect::Send(id, RelayMessage::Fates { ledger, fates })]
}

impl Relay {
    /// Counts fates as entries are counted towards what a reader leaves unread: one small push may ask for a thousand.
    pub(super) fn weigh_fates(&mut self, effects: &[Effect]) {
        for effect in effects {
            if let Effect::Send(id, RelayMessage::Fates { fates, .. }) = effect
                && let Some(connection) = self.connections.get_mut(id)
            {
                connection.sent(fates.len() * limit::FATE_BYTES, self.at);
            }
        }
    }
}
