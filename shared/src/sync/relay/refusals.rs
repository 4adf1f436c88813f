//! How often the relay has refused or held something since it last said so.
//!
//! A hostile client can be refused hundreds of times a second: it is counted here and written down once in a while.

use std::collections::{BTreeMap, HashMap};

use super::Effect;
use crate::access::Grant;
use crate::id::{AccountId, DeviceId, LedgerId};
use crate::protocol::{Fate, Refusal};

/// The most different refusals counted between two notes; what goes beyond is not.
const COUNTED: usize = 1_000;

/// What was refused or held, and how often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusals {
    /// Who pushed.
    pub account: AccountId,
    /// The roles he has.
    pub grants: Vec<Grant>,
    /// From which device.
    pub device: DeviceId,
    /// To which ledger.
    pub ledger: LedgerId,
    /// Why it was refused; none when it was held.
    pub refusal: Option<Refusal>,
    /// How many changes.
    pub count: u32,
}

/// The counts since the last note.
#[derive(Debug, Default)]
pub(super) struct Tally(BTreeMap<(AccountId, DeviceId, LedgerId, Option<Refusal>), u32>);

impl Tally {
    pub(super) fn add(&mut self, account: AccountId, device: DeviceId, ledger: LedgerId, fate: Fate) {
        let refusal = match fate {
            Fate::Refused(refusal) => Some(refusal),
            Fate::Held => None,
            Fate::Stored(_) | Fate::Later(_) => return,
        };
        let key = (account, device, ledger, refusal);
        if self.0.len() < COUNTED || self.0.contains_key(&key) {
            let count = self.0.entry(key).or_default();
            *count = count.saturating_add(1);
        }
    }

    /// What there is to note.
    pub(super) fn note(&mut self, roll: &HashMap<AccountId, Vec<Grant>>) -> Option<Effect> {
        let counted = std::mem::take(&mut self.0);
        let refusals: Vec<Refusals> = counted
            .into_iter()
            .map(|((account, device, ledger, refusal), count)| Refusals {
                account,
                grants: roll.get(&account).cloned().unwrap_or_default(),
                device,
                ledger,
                refusal,
                count,
            })
            .collect();
        (!refusals.is_empty()).then_some(Effect::Note(refusals))
    }
}
