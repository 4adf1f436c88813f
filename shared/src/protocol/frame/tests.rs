//! Frames: their bytes, and what is none.

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

fn entry(bytes: usize) -> Entry {
    Entry {
        seq: u64::MAX,
        hash: ChangeHash([1; 32]),
        account: AccountId::RELAY,
        device: DeviceId::from_bytes([3; 16]),
        carried_by: Some(AccountId::RELAY),
        received_at: Timestamp(i64::MAX),
        bytes: vec![0; bytes],
        seal: Seal([2; 32]),
    }
}

#[test]
fn a_fate_takes_no_more_than_it_counts_for() {
    let fates = |count| RelayMessage::Fates {
        ledger: LedgerId([7; 16]),
        fates: vec![
            (
                ChangeHash([1; 32]),
                Fate::Later(Later::Waits(ChangeHash([2; 32])))
            );
            count
        ],
    };
    let more = write(&fates(limit::CHANGES_PER_PUSH)).len() - write(&fates(0)).len();
    assert!(
        more <= limit::CHANGES_PER_PUSH * limit::FATE_BYTES,
        "{more} bytes"
    );
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
        let entry = entry(size);
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
    let offer = |count| ClientMessage::Offer {
        ledger: LedgerId([7; 16]),
        entries: vec![entry(0); count],
    };
    let most = offer(limit::CHANGES_PER_PUSH);
    assert_eq!(read_from_client(&write(&most)), Ok(most));
    assert_eq!(
        read_from_client(&write(&offer(limit::CHANGES_PER_PUSH + 1))),
        Err(FrameError::WrongFields("offer".to_owned()))
    );
}

#[test]
fn an_app_has_a_short_version() {
    let of_version = |bytes| {
        let ClientMessage::Hello(mut hello) = hello() else {
            unreachable!("a hello")
        };
        hello.app = "v".repeat(bytes);
        ClientMessage::Hello(hello)
    };
    let longest = of_version(limit::APP_BYTES);
    assert_eq!(read_from_client(&write(&longest)), Ok(longest));
    assert_eq!(
        read_from_client(&write(&of_version(limit::APP_BYTES + 1))),
        Err(FrameError::WrongFields("hello".to_owned()))
    );
}

#[test]
fn a_frame_longer_than_one_may_be_is_not_even_read() {
    let longest = vec![0; limit::FRAME_FROM_CLIENT_BYTES];
    assert_eq!(read_from_client(&longest), Err(FrameError::Malformed));
    let longer = vec![0; limit::FRAME_FROM_CLIENT_BYTES + 1];
    let (bytes, limit) = (longer.len(), longest.len());
    assert_eq!(
        read_from_client(&longer),
        Err(FrameError::TooLong { bytes, limit })
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
