//! Loading ledgers from the device, each behind a note that says so: one that ends every session that loads it is left
//! in quarantine after the second time, so that the rest can be worked with.

use shared::handover::{self, Handover};
use shared::id::{LedgerId, TabId};
use shared::ledger::key::LedgerKey;
use shared::protocol::http::Listed;
use shared::sync::client::{Event, Kept};
use shared::sync::loading::{self, Entrance, Loading};

use super::Store;
use super::device::{count_acts, read_kept};
use super::listen::Topic;
use super::record::{self, META};
use super::stay::lock_of;
use super::view::{HandoverFile, StorageTrouble};
use crate::browser::idb::{Database, IdbError, Step};
use crate::browser::{clock, file, tabs};

/// How a ledger's notes begin; then comes its id, then the session that wrote it.
const LOADING: &str = "loading/";

/// What there is to be noted of a ledger before it is loaded.
struct Door {
    found: Vec<Loading>,
    alive: Vec<String>,
    tab: TabId,
}

impl Store {
    /// Opens the ledgers of a list that are not open yet.
    pub(super) async fn open_ledgers(&self, listed: Vec<Listed>) {
        // What was loaded is struck off in the transaction that notes the next.
        let mut done = Vec::new();
        for Listed { id, key, .. } in listed {
            let Some(db) = self.account_db() else { return };
            if !self.0.state.borrow().keys.contains_key(&id)
                && let Err(why) = self.meet_ledger(&db, id, key, &mut done).await
            {
                self.cannot_open(&why);
            }
        }
        let Some(db) = self.account_db().filter(|_| !done.is_empty()) else {
            return;
        };
        if let Err(why) = db.write(done).await {
            self.cannot_open(&why);
        }
    }

    async fn meet_ledger(
        &self,
        db: &Database,
        id: LedgerId,
        key: LedgerKey,
        done: &mut Vec<Step>,
    ) -> Result<(), IdbError> {
        let door = self.door(db, id).await?;
        match loading::meet(&door.found, door.tab, |tab| door.lives(tab)) {
            Entrance::Load(noted) => self.load_ledger(db, (id, key), &door, noted, done).await,
            Entrance::Quarantine => {
                let acts = count_acts(db, id).await?;
                tracing::error!(ledger = %id, "a ledger is in quarantine: two sessions ended while they loaded it");
                let mut state = self.0.state.borrow_mut();
                state.keys.insert(id, key);
                state.quarantined.insert(id, acts);
                Ok(())
            }
        }
    }

    /// Loads a ledger. `done` is what the disk has still to be told of those before; what it has to be told of this one
    /// comes after that.
    async fn load_ledger(
        &self,
        db: &Database,
        (id, key): (LedgerId, LedgerKey),
        door: &Door,
        noted: Loading,
        done: &mut Vec<Step>,
    ) -> Result<(), IdbError> {
        let (kept, unreadable) = read_kept(db, id).await?;
        let dead = door.found.iter().filter(|note| !door.lives(note.tab));
        done.extend(dead.map(|note| erase(id, note.tab)));
        // What is not here yet ends nothing.
        if kept != Kept::default() {
            done.push(Step::Put {
                store: META,
                key: key_of(id, noted.tab),
                value: record::write(&noted),
            });
            // Only once the disk has the note does anything begin that may end the session.
            db.write(std::mem::take(done)).await?;
            done.push(erase(id, noted.tab));
        }
        {
            let mut state = self.0.state.borrow_mut();
            state.keys.insert(id, key);
            state.quarantined.remove(&id);
            state.unreadable += unreadable;
        }
        self.handle(Event::Opened(id, key, Box::new(kept)));
        Ok(())
    }

    /// Loads a ledger that is in quarantine, because somebody wants it so.
    pub async fn leave_quarantine(&self, id: LedgerId) {
        let Some(db) = self.account_db() else { return };
        let key = self.0.state.borrow().keys.get(&id).copied();
        let Some(key) = key.filter(|_| self.0.state.borrow().quarantined.contains_key(&id)) else {
            return;
        };
        let tried = async {
            let door = self.door(&db, id).await?;
            let noted = loading::try_again(&door.found, door.tab, |tab| door.lives(tab));
            let mut done = Vec::new();
            self.load_ledger(&db, (id, key), &door, noted, &mut done).await?;
            db.write(done).await
        };
        if let Err(why) = tried.await {
            return self.cannot_open(&why);
        }
        self.0.state.borrow_mut().shown.all_stale();
        self.0
            .listeners
            .wake(&[Topic::Ledgers, Topic::Sync, Topic::Ledger(id)]);
        self.look_for_dead_tabs();
    }

    /// Gives the browser a file to save of all that the device keeps of a ledger in quarantine; none when it does not take
    /// it, or the device cannot be read.
    pub async fn save_quarantined(&self, id: LedgerId) -> Option<HandoverFile> {
        let db = self.account_db()?;
        let key = self.0.state.borrow().keys.get(&id).copied()?;
        let (kept, _) = read_kept(&db, id).await.ok()?;
        let (enterprise, handover) = {
            let state = self.0.state.borrow();
            let me = state.me()?;
            let handover = Handover {
                account: me.account,
                name: me.name.clone(),
                device: state.device.as_ref()?.id,
                written_at: clock::now(),
                ledgers: vec![loading::handed(id, key, &kept)],
            };
            (me.enterprise, handover)
        };
        let bytes = handover::write(enterprise, &handover);
        let at = handover.written_at;
        let name = format!(
            "隔离台账-{}-{}-{}.taizhang",
            handover.name,
            at.date(),
            at.clock().replace(':', "")
        );
        file::save(&name, &bytes)?;
        let count = handover.ledgers.iter();
        Some(HandoverFile {
            name,
            sum: handover::short_sum(&bytes),
            count: count
                .map(|handed| handed.changes.len() + handed.aside.len())
                .sum(),
        })
    }

    async fn door(&self, db: &Database, id: LedgerId) -> Result<Door, IdbError> {
        let found = db.read(META, &format!("{LOADING}{id}/")).await?;
        let found: Vec<Loading> = found.iter().filter_map(|bytes| record::read(bytes)).collect();
        // Who lives is asked for where somebody may not.
        let alive = if found.is_empty() {
            Vec::new()
        } else {
            tabs::held().await
        };
        let tab = self.0.state.borrow().tab;
        Ok(Door { found, alive, tab })
    }

    pub(super) fn account_db(&self) -> Option<Database> {
        let state = self.0.state.borrow();
        state.account.as_ref().map(|account| account.db.clone())
    }

    fn cannot_open(&self, why: &IdbError) {
        tracing::error!(%why, "a ledger cannot be read from the device");
        self.0.state.borrow_mut().storage = Some(StorageTrouble::CannotOpen);
        self.0.listeners.wake(&[Topic::Sync]);
    }
}

impl Door {
    fn lives(&self, tab: TabId) -> bool {
        self.alive.contains(&lock_of(tab))
    }
}

fn key_of(ledger: LedgerId, tab: TabId) -> String {
    format!("{LOADING}{ledger}/{tab}")
}

fn erase(ledger: LedgerId, tab: TabId) -> Step {
    Step::Delete {
        store: META,
        key: key_of(ledger, tab),
    }
}
