//! The relay's end of sync: what to store, whom to answer, whom to send what.
//!
//! Knows nothing of sockets, disks or clocks. The shell feeds it [`Event`]s in order and carries out its [`Effect`]s in
//! order. It is the only place that decides the fate of a change.

use crate::access::{Grant, Hold, Rights, Status, Units};
use crate::id::{AccountId, Chain, ChangeHash, DeviceId, EnterpriseId, LedgerId, Seal};
use crate::ledger::document::Made;
use crate::ledger::key::LedgerKey;
use crate::protocol::{ClientMessage, Closing, Entry, RelayMessage};
use crate::time::Timestamp;

mod bucket;
mod commit;
mod connection;
mod contacts;
mod fates;
mod follow;
mod held;
mod judge;
mod keep;
mod ledger;
mod limits;
mod loading;
mod machine;
mod own;
mod receipts;
mod refusals;
mod roll;
mod seal;
mod voiding;

pub use held::{HeldChange, Standing};
pub use limits::{Limit, LimitHit};
pub use machine::Relay;
pub use refusals::Refusals;
pub use seal::seal;

/// What a relay is given once.
#[derive(Clone, Debug)]
pub struct RelayConfig {
    /// The enterprise it serves.
    pub enterprise: EnterpriseId,
    /// The version of the program, told to clients.
    pub version: String,
    /// The rights in force.
    pub rights: Rights,
    /// The enterprise's key for seals, kept apart from the store.
    pub seal_key: [u8; 32],
    /// Fresh randomness for every run: the relay's own actors come from it.
    pub seed: [u8; 32],
}

/// Numbers the connections of one run of the relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ConnectionId(pub u64);

/// Numbers the batches of one run of the relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BatchId(pub u64);

/// Who is at the other end of a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Officer {
    /// The account signed in.
    pub account: AccountId,
    /// The device its session was begun on.
    pub device: DeviceId,
    /// Its roles when it connected; what the relay was told of them meanwhile counts.
    pub grants: Vec<Grant>,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// A socket with a good session opened.
    Connected(ConnectionId, Officer),
    /// An account has these roles: told of every account at the start, and again when they change.
    Granted(AccountId, Vec<Grant>),
    /// The tree of units is this one now.
    UnitsChanged(Units),
    /// A ledger was closed, or opened again.
    StatusChanged(LedgerId, Status),
    /// A message arrived on it.
    Received(ConnectionId, ClientMessage),
    /// The frame that arrived was no message; the shell has logged what it was.
    Garbled(ConnectionId, Closing),
    /// Everything sent to it so far has left.
    Drained(ConnectionId),
    /// The socket is gone.
    Disconnected(ConnectionId),
    /// The answer to [`Effect::Load`]; `None` when the store has no such ledger.
    Loaded(LedgerId, Option<Loaded>),
    /// The store could not read the ledger: nothing is served of it, or added to it, until it is repaired.
    Unreadable(LedgerId),
    /// The answer to [`Effect::Read`].
    Read(ConnectionId, Page),
    /// The batch is committed and fsynced; for every entry in order its place in the log.
    Committed(BatchId, Vec<Place>),
    /// A person has taken in what was held, and the store knows it; the shell has read the change from there. It goes
    /// into the log as soon as all it depends on is there.
    TakenIn(Box<NewEntry>),
    /// A person has turned down what was held, and the store knows it.
    TurnedDown(LedgerId, ChangeHash),
    /// The relay itself writes these to a ledger, oldest first, for somebody who may have it do that.
    Own(LedgerId, Vec<Made>),
    /// The shadow has found that a ledger is ruined by this change of its log.
    Unsound(LedgerId, ChangeHash),
    /// Time went by; at least once a second.
    Tick,
}

/// What the shell must do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Send this message.
    Send(ConnectionId, RelayMessage),
    /// Close the connection once everything sent has left.
    Close(ConnectionId),
    /// Read a ledger's whole log, to judge by; answer [`Event::Loaded`].
    Load(LedgerId),
    /// Read entries after `after` for a follower; answer [`Event::Read`].
    Read {
        /// For whom.
        connection: ConnectionId,
        /// Of which ledger.
        ledger: LedgerId,
        /// After which entry.
        after: u64,
    },
    /// Append entries and keep held ones, in one transaction, fsynced; answer [`Event::Committed`]. A failure ends the
    /// process: no receipt may follow. There is never more than one batch under way.
    Commit(Batch),
    /// Write these down: changes that were refused or held since the last time.
    Note(Vec<Refusals>),
    /// Write these down, without a hurry and out of the way of commits: what devices hold of ledgers.
    InContact(Vec<Contact>),
    /// Say this in the log: limits that were hit since the last time.
    LimitsHit(Vec<LimitHit>),
    /// Write this down: these changes of the ledger are voided, the first of each record being what ruins it.
    Voided(LedgerId, Vec<ChangeHash>),
    /// Say this in the log: the ledger is ruined by this change, which cannot be voided.
    CannotVoid(LedgerId, ChangeHash),
}

/// What a device has said of a ledger that it holds, when it began to follow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contact {
    /// The ledger.
    pub ledger: LedgerId,
    /// The device.
    pub device: DeviceId,
    /// Who is signed in there.
    pub account: AccountId,
    /// When, by the relay's clock.
    pub at: Timestamp,
    /// The last entry it had.
    pub seq: u64,
    /// The changes without a receipt it held.
    pub pending: u32,
}

/// What is stored in one transaction.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// Its number.
    pub id: BatchId,
    /// Entries for logs, in order; `seq` and chain are given by the store within the transaction.
    pub entries: Vec<NewEntry>,
    /// Changes kept for a person.
    pub held: Vec<HeldEntry>,
}

/// A change on its way into a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    /// The ledger.
    pub ledger: LedgerId,
    /// The change.
    pub hash: ChangeHash,
    /// Whose it is.
    pub account: AccountId,
    /// The device it came from.
    pub device: DeviceId,
    /// Who brought it, when that was another account.
    pub carried_by: Option<AccountId>,
    /// When it was received.
    pub received_at: Timestamp,
    /// The plain change chunk.
    pub bytes: Vec<u8>,
    /// Its seal.
    pub seal: Seal,
}

/// A change on its way to those that are kept for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldEntry {
    /// The change; its seal counts once it is in the log.
    pub entry: NewEntry,
    /// Why it is held.
    pub why: Hold,
}

/// The place an entry got in its log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its number.
    pub seq: u64,
    /// The chain after it.
    pub chain: Chain,
}

/// What the store holds of a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// Its key.
    pub key: LedgerKey,
    /// Its whole log.
    pub entries: Vec<Entry>,
    /// The chain after the last entry.
    pub chain: Chain,
    /// Whether it takes new work.
    pub status: Status,
    /// What is kept for a person, or was decided about, and is not in the log.
    pub held: Vec<HeldChange>,
    /// The changes among them that a person has taken in, oldest first.
    pub taken_in: Vec<NewEntry>,
}

/// Some entries of a log, for one follower.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The ledger.
    pub ledger: LedgerId,
    /// The entry the page begins after.
    pub after: u64,
    /// The chain after that entry; none when the log is shorter than that.
    pub chain_before: Option<Chain>,
    /// The entries, at most [`crate::limit::ENTRIES_PER_FRAME`] and [`crate::limit::ENTRIES_BYTES`] but at least one
    /// if there is one.
    pub entries: Vec<Entry>,
    /// The chain after the last of them (`chain_before` when there are none).
    pub chain: Chain,
    /// The last entry of the log.
    pub last: u64,
}

#[cfg(test)]
mod tests;
