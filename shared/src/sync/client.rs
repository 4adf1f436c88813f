//! A device's end of sync: the ledgers of one account in one tab.
//!
//! Knows nothing of sockets, IndexedDB, other tabs or clocks. The shell feeds it [`Event`]s and carries out its
//! [`Effect`]s in order. A change shows at once; it is announced to other tabs and pushed to the relay once the device's
//! disk has it; it counts as uploaded once the relay names a fate.

use serde::{Deserialize, Serialize};

use crate::id::{AccountId, ChangeHash, DeviceId, LedgerId, TabId};
use crate::ledger::act::Act;
use crate::ledger::document::Made;
use crate::ledger::key::LedgerKey;
use crate::protocol::{ClientMessage, Entry, Refusal, RelayMessage};

mod disk;
mod divergence;
mod fates;
mod hand_over;
mod inbox;
mod link;
mod machine;
mod open;
mod past;
mod push;
mod rebuild;
mod replica;
mod tabs;
mod take_out;
mod voided;
mod write;

pub use link::LinkState;
pub use machine::Client;
pub use replica::{Counts, Replica};
pub use write::{Over, Performed, UndoProblem};

/// What a client is given once.
#[derive(Clone, Debug)]
pub struct ClientConfig {
    /// Whose ledgers these are.
    pub account: AccountId,
    /// The device.
    pub device: DeviceId,
    /// This tab, from its start to its end.
    pub tab: TabId,
    /// The version of the app, told to the relay.
    pub app: String,
    /// Fresh randomness for every tab.
    pub seed: [u8; 32],
}

/// Numbers the transactions of one tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SaveId(pub u64);

/// What the device's store holds of one ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The log as far as it is here, from entry 1 without gaps.
    pub entries: Vec<Entry>,
    /// Entries of an earlier log that the relay's present one lacks.
    pub orphans: Vec<Entry>,
    /// Acts without a receipt, and acts set aside, in any order.
    pub acts: Vec<KeptAct>,
}

/// An act on the device's disk, with the changes it became.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptAct {
    /// The act.
    pub act: Act,
    /// Its place among the acts of the device: later ones build on earlier ones.
    pub number: u64,
    /// The tab that made it, or took it over.
    pub tab: TabId,
    /// The changes it became; of an act that is set aside those alone that the relay keeps for a person.
    #[serde(with = "changes")]
    pub changes: Vec<Made>,
    /// What became of it.
    pub status: Status,
}

/// What became of an act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// In the document, without a receipt.
    Pending,
    /// Kept at the relay for a person; not in the document.
    Held,
    /// Touches what a held act made; not in the document.
    WaitsForHeld,
    /// Not accepted; not in the document, kept to be shown and exported.
    Refused(Refusal),
    /// No longer applied once what it built on had been refused.
    NoLongerApplies,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// The store has been read for a ledger that this account may see.
    Opened(LedgerId, LedgerKey, Box<Kept>),
    /// A transaction is complete, with strict durability.
    Saved(SaveId),
    /// A transaction failed; nothing of it was written.
    SaveFailed(SaveId),
    /// The socket is open.
    Connected,
    /// The socket is gone, or could not be opened.
    Disconnected,
    /// A message arrived.
    Received(RelayMessage),
    /// The answer to [`Effect::Fetch`]: the log of a ledger from its first entry on; none when it failed.
    Fetched(LedgerId, Option<Vec<Entry>>),
    /// Another tab of this account has saved something.
    Heard(Announcement),
    /// This tab holds the lock of a tab that is dead: its acts are this one's now.
    TookOver(TabId),
    /// Somebody signed in again.
    SignedIn,
    /// The person, or the browser, has a reason to believe that the relay can be reached.
    TryNow,
    /// Time went by; at least once a second.
    Tick,
}

/// What the shell must do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Write to the device's store in one transaction with strict durability; answer [`Event::Saved`] or
    /// [`Event::SaveFailed`]. Transactions are carried out in order.
    Save(Save),
    /// Open the socket.
    Connect,
    /// Close the socket; answer [`Event::Disconnected`].
    Disconnect,
    /// Send a message.
    Send(ClientMessage),
    /// Get the log of a ledger over HTTP; answer [`Event::Fetched`].
    Fetch(LedgerId),
    /// Tell the other tabs.
    Announce(Announcement),
    /// What is shown of a ledger has changed.
    Changed(LedgerId),
    /// The relay no longer lets this account read the ledger and nothing of it is pending: delete it here.
    Forget(LedgerId),
}

/// One transaction on the device's store.
#[derive(Clone, Debug, PartialEq)]
pub struct Save {
    /// Its number.
    pub id: SaveId,
    /// The ledger.
    pub ledger: LedgerId,
    /// Whether the entries of the ledger are first moved away: all that are there are deleted.
    pub clear_entries: bool,
    /// Entries to put, by their number.
    pub entries: Vec<Entry>,
    /// Orphans to put, by their hash.
    pub orphans: Vec<Entry>,
    /// Orphans to delete.
    pub drop_orphans: Vec<ChangeHash>,
    /// Acts to put, by their id.
    pub acts: Vec<KeptAct>,
    /// Acts to delete.
    pub drop_acts: Vec<crate::id::ActId>,
}

/// What one tab tells the others, once it is on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Announcement {
    /// An act was made, or performed again, or has another status now.
    Act(LedgerId, KeptAct),
    /// A tab that was opened has found this act on the disk: news for whoever took over the tab that made it and died
    /// before it could tell.
    Found(LedgerId, KeptAct),
    /// Every change of an act is in the log.
    Logged(LedgerId, crate::id::ActId),
    /// An act was dropped: it is in no log, and no view should show it.
    Dropped(LedgerId, crate::id::ActId),
}

/// The changes of an act as (hash, bytes) pairs of byte strings.
mod changes {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use serde_bytes::{ByteBuf, Bytes};

    use crate::id::ChangeHash;
    use crate::ledger::document::Made;

    pub(super) fn serialize<S: Serializer>(changes: &[Made], serializer: S) -> Result<S::Ok, S::Error> {
        let pairs: Vec<(ChangeHash, &Bytes)> = changes
            .iter()
            .map(|made| (made.hash, Bytes::new(&made.bytes)))
            .collect();
        pairs.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Made>, D::Error> {
        let pairs: Vec<(ChangeHash, ByteBuf)> = Vec::deserialize(deserializer)?;
        Ok(pairs
            .into_iter()
            .map(|(hash, bytes)| Made {
                hash,
                bytes: bytes.into_vec(),
            })
            .collect())
    }
}

#[cfg(test)]
mod tests;
