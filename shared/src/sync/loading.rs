//! Whether a device loads a ledger, or leaves it in quarantine: a ledger that ended two sessions in a row while they loaded
//! it would end every session that does, and take all others with it.
//!
//! A session notes on the disk that it begins to load a ledger, and takes the note away when that is done. A note whose
//! session is dead tells that it never was.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use super::client::{Kept, Status};
use crate::handover::Handed;
use crate::id::{LedgerId, TabId};
use crate::ledger::key::LedgerKey;

/// How many sessions in a row may end while they load a ledger before it is left alone.
const DEATHS: u8 = 2;

/// What a session notes before it loads a ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loading {
    /// The session.
    pub tab: TabId,
    /// How many before it ended so, one after the other.
    pub deaths: u8,
}

/// How a ledger is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entrance {
    /// It is loaded, once this note is on the disk in place of those of dead sessions.
    Load(Loading),
    /// It is not.
    Quarantine,
}

/// How this session meets a ledger of which these notes were found. What a session that lives has noted says nothing yet.
#[must_use]
pub fn meet(found: &[Loading], tab: TabId, lives: impl Fn(TabId) -> bool) -> Entrance {
    let deaths = deaths(found, tab, lives);
    if deaths >= DEATHS {
        Entrance::Quarantine
    } else {
        Entrance::Load(Loading { tab, deaths })
    }
}

/// What is noted when a person wants a ledger loaded all the same: if that ends the session, the next leaves it alone.
#[must_use]
pub fn try_again(found: &[Loading], tab: TabId, lives: impl Fn(TabId) -> bool) -> Loading {
    let deaths = deaths(found, tab, lives).min(DEATHS - 1);
    Loading { tab, deaths }
}

fn deaths(found: &[Loading], tab: TabId, lives: impl Fn(TabId) -> bool) -> u8 {
    let dead = found.iter().filter(|note| note.tab != tab && !lives(note.tab));
    dead.map(|note| note.deaths.saturating_add(1)).max().unwrap_or(0)
}

/// What a file offers of a ledger that is not loaded: all the device keeps of it, read and never applied. Its log comes
/// first, so that whatever builds on it has its ground.
#[must_use]
pub fn handed(ledger: LedgerId, key: LedgerKey, kept: &Kept) -> Handed {
    let log = kept.entries.iter().chain(&kept.orphans);
    let log = log.filter(|entry| entry.is_change()).map(|entry| &entry.bytes);
    let mut acts: Vec<_> = kept.acts.iter().collect();
    acts.sort_by_key(|kept| kept.number);
    let pending = acts.iter().filter(|kept| kept.status == Status::Pending);
    let pending = pending.flat_map(|kept| &kept.changes).map(|made| &made.bytes);
    let aside = acts.iter().filter(|kept| kept.status != Status::Pending);
    Handed {
        ledger,
        key,
        changes: log.chain(pending).cloned().map(ByteBuf::from).collect(),
        aside: aside.map(|kept| kept.act.clone()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ME: TabId = tab(9);

    const fn tab(number: u8) -> TabId {
        TabId::from_bytes([number; 16])
    }

    const fn note(number: u8, deaths: u8) -> Loading {
        Loading {
            tab: tab(number),
            deaths,
        }
    }

    const NOBODY: fn(TabId) -> bool = |_| false;

    #[test]
    fn a_ledger_that_ended_two_sessions_in_a_row_is_left_alone() {
        let mut found = Vec::new();
        for session in 1..=2 {
            let Entrance::Load(noted) = meet(&found, tab(session), NOBODY) else {
                panic!("session {session} loads it");
            };
            // It ends before it takes its note away.
            found = vec![noted];
        }
        assert_eq!(meet(&found, tab(3), NOBODY), Entrance::Quarantine);
        assert_eq!(meet(&found, tab(4), NOBODY), Entrance::Quarantine, "and stays so");
    }

    #[test]
    fn a_session_that_loads_it_ends_the_row() {
        let Entrance::Load(noted) = meet(&[note(1, 0)], tab(2), NOBODY) else {
            panic!("one death is none");
        };
        assert_eq!(noted, note(2, 1));
        // Loaded: the note is gone.
        assert_eq!(meet(&[], tab(3), NOBODY), Entrance::Load(note(3, 0)));
    }

    #[test]
    fn what_a_session_that_lives_has_noted_says_nothing() {
        let lives = |session| session == tab(1);
        assert_eq!(meet(&[note(1, 1)], ME, lives), Entrance::Load(note(9, 0)));
        assert_eq!(
            meet(&[note(9, 1)], ME, NOBODY),
            Entrance::Load(note(9, 0)),
            "nor one's own"
        );
    }

    #[test]
    fn two_that_died_at_once_count_as_one() {
        let found = [note(1, 0), note(2, 0)];
        assert_eq!(meet(&found, ME, NOBODY), Entrance::Load(note(9, 1)));
    }

    #[test]
    fn a_ledger_that_is_tried_again_and_ends_the_session_is_left_alone_at_once() {
        let noted = try_again(&[note(2, 1)], tab(3), NOBODY);
        assert_eq!(meet(&[noted], tab(4), NOBODY), Entrance::Quarantine);
    }
}
