//! Who has which roles, and what follows from a change of them.

use super::connection::Connection;
use super::ledger::LedgerState;
use super::machine::Relay;
use super::{ConnectionId, Effect};
use crate::access::{Grant, Status};
use crate::id::{AccountId, LedgerId};
use crate::protocol::RelayMessage;
use crate::time::Timestamp;

impl Relay {
    pub(super) fn granted(&mut self, now: Timestamp, account: AccountId, grants: Vec<Grant>) -> Vec<Effect> {
        for connection in self.connections.values_mut() {
            if connection.officer.account == account {
                connection.officer.grants.clone_from(&grants);
            }
        }
        self.roll.insert(account, grants);
        self.forget_unreadable(now)
    }

    /// A ledger was closed or opened again, or its term is over.
    pub(super) fn status_changed(&mut self, ledger: LedgerId, status: Status) -> Vec<Effect> {
        let Some(state) = self.ledgers.get_mut(&ledger) else {
            return Vec::new();
        };
        if status == Status::Forgotten {
            // While it is being read the store says so.
            if !matches!(state, LedgerState::Loading(_)) {
                *state = LedgerState::Forgotten;
            }
            let forget = |(id, connection): (&ConnectionId, &mut Connection)| {
                connection.follows.remove(&ledger)?;
                Some(Effect::Send(*id, RelayMessage::Forget { ledger }))
            };
            return self.connections.iter_mut().filter_map(forget).collect();
        }
        if let LedgerState::Open(open) = state {
            open.status = status;
        }
        Vec::new()
    }

    /// What somebody may no longer read is no longer sent to him.
    pub(super) fn forget_unreadable(&mut self, now: Timestamp) -> Vec<Effect> {
        let Self {
            connections,
            ledgers,
            config,
            ..
        } = self;
        let mut effects = Vec::new();
        for (id, Connection { officer, follows, .. }) in connections {
            follows.retain(|ledger, _| {
                let readable = match ledgers.get(ledger) {
                    Some(LedgerState::Open(open)) => {
                        config.rights.may_read(&officer.grants, now.date(), &open.key)
                    }
                    _ => true,
                };
                if !readable {
                    effects.push(Effect::Send(*id, RelayMessage::Forget { ledger: *ledger }));
                }
                readable
            });
        }
        effects
    }
}
