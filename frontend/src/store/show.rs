//! From the client's state to what is shown: immutable values, made anew only where something changed.

use std::rc::Rc;

use shared::id::LedgerId;
use shared::ledger::kind::Kind;
use shared::ledger::person::Directory;
use shared::ledger::snapshot::Snapshot;
use shared::sync::client::{KeptAct, LinkState, Replica, Status};
use shared::time::Timestamp;

use super::state::{ByLedger, State};
use super::view::{AsideReason, LedgerCard, LedgerView, Link, SetAside, StorageTrouble, SyncView};
use crate::browser::clock;

/// What was shown last, so that whoever asks twice gets the same value.
#[derive(Default)]
pub(super) struct Shown {
    views: ByLedger<Rc<LedgerView>>,
    rosters: ByLedger<(Rc<Snapshot>, Rc<Directory>)>,
    cards: Option<Rc<Vec<LedgerCard>>>,
    sync: Option<Rc<SyncView>>,
    upload: Upload,
}

/// How far what is on this device alone has come, since all of it was uploaded last.
#[derive(Default)]
struct Upload {
    done: usize,
    pending: usize,
}

impl Upload {
    /// So many changes are on this device alone now.
    fn follow(&mut self, pending: usize) {
        self.done = match pending {
            0 => 0,
            _ => self.done + self.pending.saturating_sub(pending),
        };
        self.pending = pending;
    }

    /// How many of how many are uploaded.
    fn progress(&self) -> (usize, usize) {
        (self.done, self.done + self.pending)
    }
}

impl Shown {
    /// Something about this ledger has changed.
    pub(super) fn stale(&mut self, ledger: LedgerId) {
        self.views.remove(&ledger);
        self.cards = None;
        self.sync = None;
    }

    /// Everything may have changed.
    pub(super) fn all_stale(&mut self) {
        *self = Self {
            upload: std::mem::take(&mut self.upload),
            ..Self::default()
        };
    }

    pub(super) fn sync_stale(&mut self) {
        self.sync = None;
    }
}

impl State {
    pub(super) fn view(&mut self, id: LedgerId) -> Option<Rc<LedgerView>> {
        if let Some(view) = self.shown.views.get(&id) {
            return Some(view.clone());
        }
        let replica = self.client.as_ref()?.ledger(id)?;
        let view = Rc::new(LedgerView {
            id,
            key: replica.key(),
            unit: self.unit_name(&replica.key()),
            snapshot: replica.snapshot(),
            pending: Rc::new(replica.pending_cells()),
            aside: Rc::new(replica.set_aside().map(aside).collect()),
            withdrawn: replica.voided(),
            complete: replica.is_complete(),
        });
        self.shown.views.insert(id, view.clone());
        Some(view)
    }

    pub(super) fn roster_of(&mut self, ledger: LedgerId) -> Rc<Directory> {
        let unit = self.keys.get(&ledger).map(|key| key.unit);
        let roster = self
            .keys
            .iter()
            .find(|(_, key)| Some(key.unit) == unit && key.kind == Kind::Roster);
        let Some((id, snapshot)) =
            roster.and_then(|(id, _)| Some((*id, self.client.as_ref()?.ledger(*id)?.snapshot())))
        else {
            return Rc::new(Directory::default());
        };
        match self.shown.rosters.get(&id) {
            Some((shown, directory)) if Rc::ptr_eq(shown, &snapshot) => directory.clone(),
            _ => {
                let directory = Rc::new(Directory::from_roster(&snapshot));
                self.shown.rosters.insert(id, (snapshot, directory.clone()));
                directory
            }
        }
    }

    pub(super) fn cards(&mut self) -> Rc<Vec<LedgerCard>> {
        if let Some(cards) = &self.shown.cards {
            return cards.clone();
        }
        let mut cards: Vec<LedgerCard> = self.keys.keys().map(|id| self.card(*id)).collect();
        cards.sort_by_key(|card| {
            (
                card.unit.clone(),
                Kind::ALL.iter().position(|kind| *kind == card.key.kind),
            )
        });
        let cards = Rc::new(cards);
        self.shown.cards = Some(cards.clone());
        cards
    }

    fn card(&self, id: LedgerId) -> LedgerCard {
        let key = self.keys[&id];
        let replica = self
            .client
            .as_ref()
            .and_then(|client| client.ledger(id))
            .filter(|replica| is_here(replica));
        let counts = replica.map(Replica::counts).unwrap_or_default();
        let snapshot = replica.map(Replica::snapshot);
        let first = key.kind.schema().tables().next().map(|table| table.id);
        let rows = |snapshot: &Rc<Snapshot>| {
            let table = snapshot.table(first.unwrap_or_default());
            table.rows.iter().filter(|row| row.removal.is_none()).count()
        };
        LedgerCard {
            id,
            key,
            unit: self.unit_name(&key),
            rows: snapshot.as_ref().map(rows),
            pending: counts.pending,
            conflicts: snapshot.map_or(0, |snapshot| snapshot.conflicts().len()),
            refused: counts.refused,
            quarantined: self.quarantined.contains_key(&id),
            complete: replica.is_some_and(Replica::is_complete),
            last_at: replica.and_then(Replica::last_at),
        }
    }

    pub(super) fn sync(&mut self) -> Rc<SyncView> {
        if let Some(sync) = &self.shown.sync {
            return sync.clone();
        }
        let sync = Rc::new(self.read_sync());
        self.shown.sync = Some(sync.clone());
        sync
    }

    fn read_sync(&mut self) -> SyncView {
        let mut view = SyncView {
            link: Link::Connecting,
            saving: 0,
            pending: 0,
            sending: None,
            conflicts: 0,
            held: 0,
            refused: 0,
            blocked: None,
            unreadable: self.unreadable(),
            carried: self.rounds.carried(),
            synced_at: None,
            storage: self.storage,
        };
        let Some(client) = &self.client else {
            self.shown.upload = Upload::default();
            return view;
        };
        let mut sending = 0;
        let mut complete = true;
        for (_, replica) in client.ledgers() {
            let counts = replica.counts();
            view.saving += counts.saving;
            view.pending += counts.pending;
            view.held += counts.held;
            view.refused += counts.refused;
            view.blocked = view.blocked.or(counts.blocked);
            sending += counts.sending;
            view.conflicts += replica.snapshot().conflicts().len();
            complete &= replica.is_live() && replica.is_complete();
        }
        view.link = link(client, self.contact.heard());
        self.shown.upload.follow(view.pending);
        if view.link == Link::Online && sending > 0 {
            view.sending = Some(self.shown.upload.progress());
        }
        if client.storage_failed() && view.storage.is_none() {
            view.storage = Some(StorageTrouble::CannotWrite);
        }
        if view.link == Link::Online && complete && view.pending == 0 {
            self.synced_at = Some(clock::now());
        }
        view.synced_at = self.synced_at;
        view
    }
}

/// `heard` is when the relay was last heard on this device, in this session or an earlier one.
fn link(client: &shared::sync::client::Client, heard: Option<Timestamp>) -> Link {
    match client.link() {
        (LinkState::SignIn, _) => Link::SignIn,
        (LinkState::Version, _) => Link::Version,
        (LinkState::Online { .. }, None) => Link::Online,
        // Nothing is said in the first five seconds without a network.
        (_, Some(since)) if clock::now().since(since).as_secs() >= 5 => Link::Offline {
            since: heard.map_or(since, |heard| heard.min(since)),
        },
        _ => Link::Connecting,
    }
}

/// Whether anything of the ledger is on this device.
fn is_here(replica: &Replica) -> bool {
    replica.cursor().0 > 0 || replica.counts().pending > 0
}

fn aside(kept: &KeptAct) -> SetAside {
    SetAside {
        act: kept.act.clone(),
        why: reason(&kept.status),
    }
}

/// Why an act with this status is set aside.
pub(super) fn reason(status: &Status) -> AsideReason {
    match status {
        Status::Refused(refusal) => AsideReason::Refused(*refusal),
        _ => AsideReason::NoLongerApplies,
    }
}

#[cfg(test)]
mod tests {
    use super::Upload;

    #[test]
    fn an_upload_counts_what_is_done_of_all_there_was_until_nothing_is_left() {
        let mut upload = Upload::default();
        let said = [12, 9, 10, 1, 0, 1].map(|pending| {
            upload.follow(pending);
            upload.progress()
        });
        assert_eq!(said, [(0, 12), (3, 12), (3, 13), (12, 13), (0, 0), (0, 1)]);
    }
}
