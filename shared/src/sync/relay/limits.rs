//! How often somebody came up against a limit since it was last said.

use std::collections::BTreeMap;

use super::Effect;
use super::ledger::OpenLedger;
use crate::guard::index::Index;
use crate::id::{AccountId, LedgerId};
use crate::limit;
use crate::protocol::{Fate, Later, Refusal};

/// The most different ones counted between two notes; what goes beyond is not.
const COUNTED: usize = 1_000;

/// A limit that was hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Limit {
    /// A bound of one change, such as [`limit::CHANGE_BYTES`].
    Change,
    /// [`limit::CHANGES_PER_SECOND`], of the account or of the device.
    Rate,
    /// [`limit::STORE_QUEUE`].
    Queue,
    /// [`limit::HELD_CHANGES`] or [`limit::HELD_BYTES`].
    Held,
    /// [`limit::LEDGER_OPERATIONS`].
    LedgerOperations,
    /// [`limit::LEDGER_BYTES`].
    LedgerBytes,
    /// [`limit::LEDGER_OPERATIONS_WARNING`]: the ledger goes on.
    LedgerIsLarge,
}

/// A limit, and how often it was hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LimitHit {
    /// Which.
    pub limit: Limit,
    /// By whom.
    pub account: AccountId,
    /// In which ledger.
    pub ledger: LedgerId,
    /// How often.
    pub count: u32,
}

/// The counts since the last note.
#[derive(Debug, Default)]
pub(super) struct Hits(BTreeMap<(Limit, AccountId, LedgerId), u32>);

impl Hits {
    pub(super) fn add(&mut self, limit: Limit, account: AccountId, ledger: LedgerId) {
        let key = (limit, account, ledger);
        if self.0.len() < COUNTED || self.0.contains_key(&key) {
            let count = self.0.entry(key).or_default();
            *count = count.saturating_add(1);
        }
    }

    /// Counts a fate that says that a limit was hit.
    pub(super) fn add_fate(&mut self, fate: Fate, account: AccountId, ledger: LedgerId, open: &OpenLedger) {
        let limit = match fate {
            Fate::Refused(Refusal::TooLarge) => Limit::Change,
            Fate::Later(Later::Rate) => Limit::Rate,
            Fate::Later(Later::Busy) => Limit::Queue,
            Fate::Later(Later::Full) => full(&open.index),
            _ => return,
        };
        self.add(limit, account, ledger);
    }

    /// What there is to say.
    pub(super) fn note(&mut self) -> Option<Effect> {
        let counted = std::mem::take(&mut self.0);
        let hits: Vec<LimitHit> = counted
            .into_iter()
            .map(|((limit, account, ledger), count)| LimitHit {
                limit,
                account,
                ledger,
                count,
            })
            .collect();
        (!hits.is_empty()).then_some(Effect::LimitsHit(hits))
    }
}

/// What a ledger lacks room for that takes no more.
fn full(index: &Index) -> Limit {
    if index.operations() + limit::CHANGE_OPERATIONS > limit::LEDGER_OPERATIONS {
        Limit::LedgerOperations
    } else {
        Limit::LedgerBytes
    }
}
