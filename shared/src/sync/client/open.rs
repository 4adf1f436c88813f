//! Opening a ledger from what the device holds.

use std::collections::{HashMap, HashSet};

use super::replica::{Following, Replica};
use super::{ClientConfig, Kept};
use crate::id::{ActorId, Chain, ChangeHash, LedgerId};
use crate::ledger::document::Document;
use crate::ledger::key::LedgerKey;
use crate::ledger::undo::Undo;
use crate::protocol::Entry;
use crate::protocol::void::Content;
use crate::sync::dice::Dice;

impl Replica {
    /// Opens a ledger from what the device holds. All acts are those of other tabs, alive or dead.
    pub(super) fn open(
        id: LedgerId,
        key: LedgerKey,
        kept: Kept,
        config: &ClientConfig,
        dice: &mut Dice,
    ) -> Self {
        let (entries, beyond) = readable(kept.entries);
        let in_log: HashSet<ChangeHash> = entries.iter().map(|entry| entry.hash).collect();
        let mut orphans = kept.orphans;
        orphans.extend(beyond);
        let voided: HashSet<ChangeHash> = entries.iter().flat_map(voided_by).collect();
        orphans.retain(|entry| {
            let is_whole = matches!(entry.content(), Some(Content::Change | Content::Void(_)));
            is_whole && !in_log.contains(&entry.hash) && !voided.contains(&entry.hash)
        });
        let mut replica = Self {
            id,
            key,
            document: Document::new(id, key.kind.schema(), config.account, ActorId(dice.bytes())),
            chain: entries
                .iter()
                .fold(Chain::START, |chain, entry| chain.then(&entry.hash)),
            in_log,
            entries,
            orphans,
            offered: None,
            acts: kept
                .acts
                .into_iter()
                .map(|kept| ((kept.number, kept.act.id), kept))
                .collect(),
            changes: HashMap::new(),
            following: Following::Not,
            relay_last: 0,
            undo: Undo::default(),
            forgotten: false,
            ended: HashSet::new(),
            left_out: false,
        };
        replica.set_pending_aside(&voided);
        replica.withhold(&voided);
        replica.rebuild(config, dice);
        replica
    }
}

fn voided_by(entry: &Entry) -> Vec<ChangeHash> {
    match entry.content() {
        Some(Content::Void(changes)) => changes,
        _ => Vec::new(),
    }
}

/// Divides what was kept of a log into what can be read, from entry 1 without gaps, and what stands beyond.
fn readable(mut entries: Vec<Entry>) -> (Vec<Entry>, Vec<Entry>) {
    entries.sort_by_key(|entry| entry.seq);
    let is_good = |(entry, seq): (&Entry, u64)| entry.seq == seq && entry.content().is_some();
    let good = entries
        .iter()
        .zip(1..)
        .take_while(|(entry, seq)| is_good((entry, *seq)))
        .count();
    let beyond = entries.split_off(good);
    (entries, beyond)
}
