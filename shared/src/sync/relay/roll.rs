//! Who has which roles, and what follows from a change of them.

use super::Effect;
use super::connection::Connection;
use super::ledger::LedgerState;
use super::machine::Relay;
use crate::access::Grant;
use crate::id::AccountId;
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
