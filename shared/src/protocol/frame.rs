//! From messages to bytes and back, with a clear word for what is wrong.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{ClientMessage, RelayMessage, limit};
use name::Name;

mod bounded;
mod name;

pub(super) use bounded::of_one_push;

/// Why bytes are not a message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// More bytes than a frame may have.
    #[error("a frame of {bytes} bytes, at most {limit} allowed")]
    TooLong {
        /// How many there are.
        bytes: usize,
        /// How many there may be.
        limit: usize,
    },
    /// Not CBOR, or cut short, or with something after the message.
    #[error("not a whole CBOR message")]
    Malformed,
    /// A message of a name this side does not know.
    #[error("unknown message {0}")]
    Unknown(String),
    /// A known message whose fields are not what they should be.
    #[error("message {0} with the wrong fields")]
    WrongFields(String),
}

/// The frame of a message.
#[must_use]
pub fn write<M: Serialize>(message: &M) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(message, &mut bytes)
        .expect("a Vec takes every byte and our messages have no failing parts");
    bytes
}

/// Reads what a client sent.
///
/// # Errors
///
/// Says what is wrong with the frame.
pub fn read_from_client(frame: &[u8]) -> Result<ClientMessage, FrameError> {
    const NAMES: [&str; 5] = ["hello", "push", "follow", "unfollow", "offer"];
    read(frame, limit::FRAME_FROM_CLIENT_BYTES, &NAMES)
}

/// Reads what the relay sent.
///
/// # Errors
///
/// Says what is wrong with the frame.
pub fn read_from_relay(frame: &[u8]) -> Result<RelayMessage, FrameError> {
    const NAMES: [&str; 7] = [
        "welcome", "fates", "entries", "diverged", "forget", "tick", "closing",
    ];
    read(frame, limit::FRAME_FROM_RELAY_BYTES, &NAMES)
}

/// Reads any value that [`write`] wrote; none when it is not one, or something stands after it.
#[must_use]
pub fn read_value<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    let mut rest = bytes;
    let value = ciborium::from_reader(&mut rest).ok()?;
    rest.is_empty().then_some(value)
}

fn read<M: DeserializeOwned>(frame: &[u8], limit: usize, names: &[&str]) -> Result<M, FrameError> {
    if frame.len() > limit {
        return Err(FrameError::TooLong {
            bytes: frame.len(),
            limit,
        });
    }
    let mut rest = frame;
    match ciborium::from_reader::<M, _>(&mut rest) {
        Ok(message) if rest.is_empty() => Ok(message),
        Ok(_) => Err(FrameError::Malformed),
        Err(_) => Err(why(frame, names)),
    }
}

/// Reads a frame that is no message once more, as any CBOR, to say what it was; keeps nothing but its name.
fn why(frame: &[u8], names: &[&str]) -> FrameError {
    let Ok(Name(name)) = ciborium::from_reader(frame) else {
        return FrameError::Malformed;
    };
    let shown: String = name.chars().take(40).collect();
    if names.contains(&name.as_str()) {
        FrameError::WrongFields(shown)
    } else {
        FrameError::Unknown(shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{AccountId, Chain, ChangeHash, DeviceId, LedgerId, Seal};
    use crate::protocol::{Closing, Cursor, Entry, Fate, Hello, Later};
    use crate::time::Timestamp;

    fn hello() -> ClientMessage {
        let cursor = Cursor {
            ledger: LedgerId([7; 16]),
            seq: 300,
            chain: Chain([1; 32]),
            pending: 2,
        };
        ClientMessage::Hello(Hello {
            protocol: 1,
            app: "0.1.0".to_owned(),
            device: DeviceId::from_bytes([3; 16]),
            ledgers: vec![cursor],
        })
    }

    #[test]
    fn a_hello_has_these_bytes() {
        let wanted = concat!(
            "a16568656c6c6fa46870726f746f636f6c016361707065302e312e3066646576696365",
            "5003030303030303030303030303030303676c65646765727381a4666c656467657250",
            "07070707070707070707070707070707637365711901",
            "2c65636861696e58200101010101010101010101010101010101010101010101010101010101010101",
            "6770656e64696e6702"
        );
        assert_eq!(hex::encode(write(&hello())), wanted);
    }

    #[test]
    fn fates_have_these_bytes() {
        let fates = vec![
            (ChangeHash([1; 32]), Fate::Stored(9)),
            (ChangeHash([2; 32]), Fate::Later(Later::Rate)),
        ];
        let message = RelayMessage::Fates {
            ledger: LedgerId([7; 16]),
            fates,
        };
        let wanted = concat!(
            "a1656661746573a2666c65646765725007070707070707070707070707070707",
            "656661746573828258200101010101010101010101010101010101010101010101010101010101010101a16673746f72656409",
            "8258200202020202020202020202020202020202020202020202020202020202020202a1656c617465726472617465"
        );
        assert_eq!(hex::encode(write(&message)), wanted);
        assert_eq!(read_from_relay(&write(&message)), Ok(message));
    }

    #[test]
    fn what_is_read_is_what_was_written() {
        assert_eq!(read_from_client(&write(&hello())), Ok(hello()));
        let closing = RelayMessage::Closing(Closing::Version { speaks: 1 });
        assert_eq!(read_from_relay(&write(&closing)), Ok(closing));
    }

    #[test]
    fn as_many_entries_as_a_frame_may_have_fit_into_it_whatever_their_size() {
        for size in [0, 100, 150, 200, 400, 700, 5_000, limit::CHANGE_BYTES] {
            let entry = Entry {
                seq: u64::MAX,
                hash: ChangeHash([1; 32]),
                account: AccountId::RELAY,
                device: DeviceId::from_bytes([3; 16]),
                carried_by: Some(AccountId::RELAY),
                received_at: Timestamp(i64::MAX),
                bytes: vec![0; size],
                seal: Seal([2; 32]),
            };
            let fitting = (limit::ENTRIES_BYTES / entry.weight()).clamp(1, limit::ENTRIES_PER_FRAME);
            let message = RelayMessage::Entries {
                ledger: LedgerId([7; 16]),
                entries: vec![entry; fitting],
                chain: Chain::START,
                last: u64::MAX,
            };
            assert_eq!(
                read_from_relay(&write(&message)).as_ref(),
                Ok(&message),
                "{fitting} of {size} bytes"
            );
        }
    }

    #[test]
    fn a_frame_cut_anywhere_is_malformed_and_nothing_worse() {
        let whole = write(&hello());
        for end in 0..whole.len() {
            assert!(
                matches!(read_from_client(&whole[..end]), Err(FrameError::Malformed)),
                "cut at {end}"
            );
        }
        let mut longer = whole;
        longer.push(0);
        assert_eq!(read_from_client(&longer), Err(FrameError::Malformed));
    }

    #[test]
    fn an_unknown_message_is_named() {
        let tick = write(&RelayMessage::Tick { now: Timestamp(1) });
        assert_eq!(
            read_from_client(&tick),
            Err(FrameError::Unknown("tick".to_owned()))
        );
        let wrong = write(&std::collections::BTreeMap::from([("push", 5)]));
        assert_eq!(
            read_from_client(&wrong),
            Err(FrameError::WrongFields("push".to_owned()))
        );
    }

    #[test]
    fn a_claimed_length_asks_for_no_memory() {
        // A byte string that claims 2^63 bytes, and an array that claims 2^62 elements.
        for claim in [
            "a164707573685b7fffffffffffffff",
            "a1647075736882009b3fffffffffffffff",
        ] {
            assert_eq!(
                read_from_client(&hex::decode(claim).unwrap()),
                Err(FrameError::Malformed)
            );
        }
    }

    #[test]
    fn more_changes_than_one_push_may_have_are_not_even_read() {
        let push = |count| ClientMessage::Push {
            ledger: LedgerId([7; 16]),
            changes: vec![serde_bytes::ByteBuf::new(); count],
        };
        let most = push(limit::CHANGES_PER_PUSH);
        assert_eq!(read_from_client(&write(&most)), Ok(most));
        assert_eq!(
            read_from_client(&write(&push(limit::CHANGES_PER_PUSH + 1))),
            Err(FrameError::WrongFields("push".to_owned()))
        );
    }

    #[test]
    fn a_field_of_a_newer_version_is_ignored() {
        let mut value: ciborium::Value = ciborium::from_reader(write(&hello()).as_slice()).unwrap();
        let fields = value.as_map_mut().unwrap()[0].1.as_map_mut().unwrap();
        fields.push(("later".into(), 5.into()));
        let mut bytes = Vec::new();
        ciborium::into_writer(&value, &mut bytes).unwrap();
        assert_eq!(read_from_client(&bytes), Ok(hello()));
    }
}
