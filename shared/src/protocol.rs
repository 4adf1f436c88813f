//! The messages between browser and relay: CBOR frames (RFC 8949) over one WebSocket at `/sync`.
//!
//! Every frame is one message: a CBOR map with a single pair, the message's name and its fields, as `serde` writes an
//! externally tagged enum; a message without fields is its name as text. Ids of 16 bytes and hashes of 32 are byte
//! strings; moments are integers, milliseconds since 1970; a missing optional field is `null`. Unknown fields are
//! ignored, so that a newer side may add some; an unknown message or version is answered with
//! [`RelayMessage::Closing`]. Frames from the client hold at most [`limit::FRAME_FROM_CLIENT_BYTES`], frames from the
//! relay at most [`limit::FRAME_FROM_RELAY_BYTES`].
//!
//! A conversation: the socket opens with a session cookie; the client says [`ClientMessage::Hello`] within
//! [`limit::HELLO`]; the relay answers [`RelayMessage::Welcome`], then sends for every ledger named what the client
//! lacks and goes on sending what is stored. The client pushes changes and is told the fate of each.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use crate::id::{AccountId, Chain, ChangeHash, DeviceId, EnterpriseId, LedgerId, Seal};
use crate::limit;
use crate::time::Timestamp;

mod frame;
pub mod http;
pub mod void;

pub use frame::{FrameError, read_from_client, read_from_relay, read_value, write};

/// The version of this protocol.
pub const VERSION: u16 = 1;

/// What a client says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientMessage {
    /// The first message on a connection, and no other time.
    Hello(Hello),
    /// Plain change chunks of one ledger, without a receipt yet, oldest first: at most
    /// [`limit::CHANGES_PER_PUSH`], each of at most [`limit::CHANGE_BYTES`].
    Push {
        /// The ledger.
        ledger: LedgerId,
        /// The changes.
        #[serde(deserialize_with = "frame::of_one_push")]
        changes: Vec<ByteBuf>,
    },
    /// Asks for a ledger from a place in its log on; again after a divergence, or for one not named in the hello.
    Follow(Cursor),
    /// Ends following.
    Unfollow {
        /// The ledger.
        ledger: LedgerId,
    },
    /// Entries that the relay's log lacks, after [`RelayMessage::Diverged`]; answered with fates as a push is.
    Offer {
        /// The ledger.
        ledger: LedgerId,
        /// Entries as this or an earlier relay once sent them, oldest first. One whose seal is good is stored again
        /// under its own account whoever brings it; one without a good seal is treated as carried. At most
        /// [`limit::CHANGES_PER_PUSH`].
        #[serde(deserialize_with = "frame::of_one_push")]
        entries: Vec<Entry>,
    },
}

/// Who is there, and how far it has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// [`VERSION`] of the client.
    pub protocol: u16,
    /// The version of the app, for the log; at most [`limit::APP_BYTES`].
    #[serde(deserialize_with = "frame::of_an_app")]
    pub app: String,
    /// The device.
    pub device: DeviceId,
    /// Every ledger it wants to follow; those beyond [`limit::LEDGERS_PER_CONNECTION`] are left out.
    pub ledgers: Vec<Cursor>,
}

/// A place in the log of one ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The ledger.
    pub ledger: LedgerId,
    /// The last entry the client has stored; 0 before the first.
    pub seq: u64,
    /// The chain after that entry.
    pub chain: Chain,
    /// How many changes it holds without a receipt.
    #[serde(default)]
    pub pending: u32,
}

/// What the relay says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RelayMessage {
    /// The answer to a hello.
    Welcome(Welcome),
    /// What became of pushed or offered changes; every one gets exactly one fate for each time it was sent, and its
    /// author one more when a person has turned down what was held.
    Fates {
        /// The ledger.
        ledger: LedgerId,
        /// Hash and fate.
        fates: Vec<(ChangeHash, Fate)>,
    },
    /// The next entries of a followed ledger, without gaps from the cursor on; at most
    /// [`limit::ENTRIES_PER_FRAME`].
    Entries {
        /// The ledger.
        ledger: LedgerId,
        /// The entries, none when the client already has all.
        entries: Vec<Entry>,
        /// The chain after the last of them.
        chain: Chain,
        /// The last entry of the log when this was sent: the client has caught up once its cursor reaches it.
        last: u64,
    },
    /// The chain at the client's cursor is not the relay's. The client keeps all it has, follows again from 0, and
    /// offers what the log lacks.
    Diverged {
        /// The ledger.
        ledger: LedgerId,
    },
    /// The relay does not know the ledger, or the account may no longer read it: the client delivers what is
    /// pending, then deletes it and says so.
    Forget {
        /// The ledger.
        ledger: LedgerId,
    },
    /// Sign of life, every [`limit::TICK`].
    Tick {
        /// The relay's clock.
        now: Timestamp,
    },
    /// The last message before the relay closes the connection.
    Closing(Closing),
}

/// The answer to a hello.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    /// [`VERSION`] of the relay.
    pub protocol: u16,
    /// The version of the relay's program.
    pub relay: String,
    /// The enterprise.
    pub enterprise: EnterpriseId,
    /// Whose session this is.
    pub account: AccountId,
    /// The relay's clock.
    pub now: Timestamp,
}

/// One entry of a ledger's log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number in the log, from 1, without gaps.
    pub seq: u64,
    /// The change.
    pub hash: ChangeHash,
    /// Whose change it is: the account its actor belongs to; [`AccountId::RELAY`] for what the relay makes itself.
    pub account: AccountId,
    /// The device it came from.
    pub device: DeviceId,
    /// Who brought it, when that was another account (代传).
    #[serde(default)]
    pub carried_by: Option<AccountId>,
    /// When the relay received it, by its own clock.
    pub received_at: Timestamp,
    /// The plain change chunk; empty once the change was voided; a record of what is voided ([`void`]).
    #[serde(with = "serde_bytes")]
    pub bytes: Vec<u8>,
    /// Proof that a relay of this enterprise stored it.
    pub seal: Seal,
}

impl Entry {
    /// The bytes it takes in a frame, at the most.
    #[must_use]
    pub fn weight(&self) -> usize {
        self.bytes.len() + limit::ENTRY_ENVELOPE_BYTES
    }
}

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// In the log under this number, committed and fsynced (已上传).
    Stored(u64),
    /// Kept at the relay, fsynced, for a person to take in or refuse (待审入).
    Held,
    /// Not now: changes nothing on the device but the words shown and the next try.
    Later(Later),
    /// Never.
    Refused(Refusal),
}

/// Why not now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Later {
    /// The relay has too much to store at the moment.
    Busy,
    /// The relay's disk or the ledger is full.
    Full,
    /// More changes per second than [`limit::CHANGES_PER_SECOND`].
    Rate,
    /// The session is over: sign in again.
    SignIn,
    /// The change uses what this relay is too old to judge.
    RelayOlder,
    /// It depends on a change that is not in the log.
    Waits(ChangeHash),
}

/// Why never.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The account may not write what it writes.
    NotPermitted,
    /// It breaks a rule of [`crate::guard`].
    Malformed,
    /// It is over a limit of size or number.
    TooLarge,
    /// The relay has no such ledger.
    UnknownLedger,
    /// Its actor belongs to another account.
    ActorNotYours,
    /// It makes a row that is there already, by a hand-over and in person: dropped without a notice.
    AlreadyThere,
    /// It was held, and the officer in charge has turned it down.
    TurnedDown,
    /// It would ruin the ledger, or depends on what would: the relay has voided it.
    Ruinous,
}

/// Why the relay closes a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    /// A frame that is not CBOR, is cut short, or too long.
    BadFrame,
    /// A message this relay does not know, or one out of turn.
    UnknownMessage,
    /// A protocol version this relay does not speak: the app or the relay must be updated.
    Version {
        /// The version the relay speaks.
        speaks: u16,
    },
    /// The session has expired, was revoked, or was begun on another device.
    SignIn,
    /// No hello in time.
    NoHello,
    /// The reader did not take what was sent to it for [`limit::READER_BLOCKED`].
    Slow,
    /// The relay stops; it will be back.
    Stopping,
}

/// Reads the body of `GET /api/ledgers/{id}/log`: a CBOR sequence of entries. None when it is not one.
#[must_use]
pub fn read_log(body: &[u8]) -> Option<Vec<Entry>> {
    let mut rest = body;
    let mut entries = Vec::new();
    while !rest.is_empty() {
        entries.push(ciborium::from_reader(&mut rest).ok()?);
    }
    Some(entries)
}
