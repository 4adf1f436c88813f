//! What must hold once everything is healed.

use std::collections::{HashMap, HashSet};

use shared::guard::index::Index;
use shared::guard::{self, Checked};
use shared::id::{AccountId, ActorId, ChangeHash};
use shared::ledger::act::{Deed, OpRef};
use shared::ledger::document::Document;
use shared::ledger::merge::is_merge;
use shared::ledger::skeleton;
use shared::ledger::snapshot::Snapshot;
use shared::protocol::{Entry, void};

mod acts;

use super::witness::Story;
use super::{Network, Wrong};

/// Whether a tab may have died in the moment in which its last act reached the disk: nobody knows of that before the
/// device is opened afresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Disks {
    MayHoldMore,
    AreKnown,
}

impl Network {
    /// Asks whether all is as it must be.
    ///
    /// # Errors
    ///
    /// Says what is not.
    pub(super) fn judges(&self, disks: Disks) -> Result<(), Wrong> {
        if let Some(wrong) = self.witness.wrong.first() {
            return Err(Wrong(wrong.clone()));
        }
        let log: Vec<(Checked, &Entry)> = self.log()?;
        let hashes: HashSet<ChangeHash> = log.iter().map(|(change, _)| change.hash).collect();
        self.receipts_are_kept()?;
        self.voided_is_withheld()?;
        self.nothing_came_from_nowhere(&log)?;
        self.nothing_unpermitted_is_in(&log)?;
        self.all_show_the_same()?;
        self.no_act_is_lost(&hashes, disks)?;
        self.nothing_unseen_was_overwritten(&log)?;
        self.divergences_have_a_reason()
    }

    /// The changes of the log that count.
    fn log(&self) -> Result<Vec<(Checked, &Entry)>, Wrong> {
        fn read(entry: &Entry) -> Result<(Checked, &Entry), Wrong> {
            guard::decode(&entry.bytes)
                .map(|change| (change, entry))
                .map_err(|breach| Wrong(format!("entry {} is in the log: {breach}", entry.seq)))
        }
        self.station.store.changes().map(read).collect()
    }

    /// What has a receipt is in the log; what was voided of it is withheld, and in its place.
    fn receipts_are_kept(&self) -> Result<(), Wrong> {
        let log = &self.station.store;
        // What only another officer carried, that officer's own device does not keep: a relay set back may forget it. Nor
        // does it take back what builds on something voided since.
        let may_be_forgotten = |hash| {
            self.witness.restores > 0 && (self.witness.carried.contains(hash) || self.witness.is_ruined(hash))
        };
        let mut receipted = self.witness.receipted.iter();
        match receipted.find(|hash| !log.has(hash) && !may_be_forgotten(*hash)) {
            Some(hash) => Err(Wrong(format!("A: {hash} has a receipt and is not in the log"))),
            None => Ok(()),
        }
    }

    /// What a record of the log names is withheld, and nothing else is.
    fn voided_is_withheld(&self) -> Result<(), Wrong> {
        let log = &self.station.store.log;
        let records = log.iter().filter(|entry| entry.account == AccountId::RELAY);
        let voided: HashSet<ChangeHash> = records
            .filter_map(|entry| void::voided(&entry.bytes))
            .flatten()
            .collect();
        let is_wrong = |entry: &&Entry| entry.bytes.is_empty() != voided.contains(&entry.hash);
        match log.iter().find(is_wrong) {
            Some(entry) => Err(Wrong(format!(
                "A: entry {} is voided or withheld, not both",
                entry.seq
            ))),
            None => Ok(()),
        }
    }

    fn nothing_came_from_nowhere(&self, log: &[(Checked, &Entry)]) -> Result<(), Wrong> {
        let skeletons = skeleton::changes(self.ledger, self.key.kind.schema());
        let known = |(change, _): &&(Checked, &Entry)| {
            let hash = change.hash;
            let own = change.author == Some(AccountId::RELAY) && is_merge(change);
            own || self.witness.pushed.contains(&hash) || skeletons.iter().any(|made| made.hash == hash)
        };
        match log.iter().find(|change| !known(change)) {
            Some((change, _)) => Err(Wrong(format!("B: nobody pushed {}", change.hash))),
            None => Ok(()),
        }
    }

    fn nothing_unpermitted_is_in(&self, log: &[(Checked, &Entry)]) -> Result<(), Wrong> {
        let mut index = Index::new(self.ledger, self.key.kind.schema());
        for (change, entry) in log {
            if index.has(&change.hash) {
                continue;
            }
            let writes = index
                .judge(change)
                .map_err(|verdict| Wrong(format!("D: entry {} breaks a rule: {verdict:?}", entry.seq)))?;
            index.admit(change, entry.account);
            if entry.account == AccountId::RELAY {
                continue;
            }
            let taken_in = self.witness.taken_in.contains(&change.hash);
            let bearer = entry.carried_by.unwrap_or(entry.account);
            let grants = self
                .devices
                .iter()
                .find(|device| device.account == bearer)
                .map(|device| &device.grants);
            let today = self.now.date();
            let may =
                |site| grants.is_some_and(|grants| self.rights.may_write(grants, today, &self.key, site));
            let all = writes.iter().all(|write| may(write.site()));
            if !all && !taken_in {
                return Err(Wrong(format!(
                    "D: entry {} is not permitted: {writes:?}",
                    entry.seq
                )));
            }
        }
        Ok(())
    }

    fn all_show_the_same(&self) -> Result<(), Wrong> {
        let mut rebuilt = Document::new(
            self.ledger,
            self.key.kind.schema(),
            AccountId::RELAY,
            ActorId([1; 16]),
        );
        let log = &self.station.store.log;
        rebuilt
            .receive(
                self.station
                    .store
                    .changes()
                    .map(|entry| (&entry.hash, entry.bytes.as_slice())),
            )
            .map_err(|damaged| Wrong(format!("F: {damaged}")))?;
        let shown = rebuilt.snapshot();
        for at in self.all_tabs() {
            let Some(replica) = self.tab(at).client.ledger(self.ledger) else {
                return Err(Wrong(format!("C: {at:?} has no ledger")));
            };
            if replica.cursor() != (log.len() as u64, self.station.store.chain()) {
                return Err(Wrong(format!("C: {at:?} has another chain than the relay")));
            }
            if replica.snapshot() != shown {
                let what = difference(&shown, &replica.snapshot());
                return Err(Wrong(format!(
                    "C, F: {at:?} shows something else than the log: {what}"
                )));
            }
            let counts = replica.counts();
            if counts.pending > 0 || counts.saving > 0 {
                return Err(Wrong(format!("E: {at:?} has {counts:?}")));
            }
        }
        Ok(())
    }

    /// No operation has a predecessor that its officer cannot have seen, so that whatever was said at once stands as a
    /// conflict.
    fn nothing_unseen_was_overwritten(&self, log: &[(Checked, &Entry)]) -> Result<(), Wrong> {
        let mut owners: HashMap<OpRef, (ChangeHash, AccountId)> = HashMap::new();
        let acts: HashMap<ChangeHash, &Story> = self
            .witness
            .acts
            .values()
            .flat_map(|story| story.changes.iter().map(move |hash| (*hash, story)))
            .collect();
        for (change, entry) in log {
            for (number, operation) in change.operations.iter().enumerate() {
                let id = OpRef {
                    counter: change.start + number as u64,
                    actor: change.actor,
                };
                owners.insert(id, (change.hash, entry.account));
                let Some(story) = acts.get(&change.hash) else {
                    continue;
                };
                for predecessor in &operation.predecessors {
                    let Some((source, account)) = owners.get(predecessor) else {
                        continue;
                    };
                    let seen = self.witness.seen.get(&(story.device, story.at));
                    let is_seen = seen.is_some_and(|seen| seen.contains(source));
                    if *account != entry.account && !is_seen {
                        let key = &operation.key;
                        return Err(Wrong(format!(
                            "U: entry {} overwrites in {key} what its officer had not seen: {:?}",
                            entry.seq, story.deed
                        )));
                    }
                }
                if let Some(Deed::Settle { seen, .. }) = &story.deed
                    && operation
                        .predecessors
                        .iter()
                        .any(|op| !seen.contains(op) && op.actor != change.actor)
                {
                    return Err(Wrong(format!(
                        "U: entry {} settles what was not shown",
                        entry.seq
                    )));
                }
            }
        }
        Ok(())
    }

    fn divergences_have_a_reason(&self) -> Result<(), Wrong> {
        let counted: u64 = self
            .all_tabs()
            .into_iter()
            .map(|at| self.tab(at).client.divergences())
            .sum();
        if counted > 0 && self.witness.restores == 0 {
            return Err(Wrong(format!("{counted} divergences without a restore")));
        }
        Ok(())
    }
}

/// The first cell or row in which two snapshots differ.
fn difference(one: &Snapshot, other: &Snapshot) -> String {
    for (id, table) in &one.tables {
        let there = other.table(id);
        for row in &table.rows {
            match there.row(row.id) {
                Some(same) if same == row => {}
                found => return format!("row {} is {row:?}, and here {found:?}", row.id),
            }
        }
        if there.rows.len() != table.rows.len() {
            return format!("{} rows of {id}, and here {}", table.rows.len(), there.rows.len());
        }
    }
    "the order of rows".to_owned()
}
