//! What reading a frame from a hostile client may cost in memory, whatever it claims to hold.

use peak_alloc::PeakAlloc;
use shared::id::{AccountId, Chain, ChangeHash, DeviceId, LedgerId, Seal};
use shared::limit::{CHANGES_PER_PUSH, FRAME_FROM_CLIENT_BYTES};
use shared::protocol::{ClientMessage, Cursor, Entry, Hello, VERSION, read_from_client, write};
use shared::time::Timestamp;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// What reading the longest frame may take at once beside the frame: the message itself, twice while a list grows.
const MOST_BYTES: usize = 3 * FRAME_FROM_CLIENT_BYTES;

/// The one test of this file: what others allocate meanwhile would count.
#[test]
fn no_frame_takes_more_memory_than_three_of_its_kind() {
    let ledger = LedgerId([7; 16]);
    let longest = |start: &[u8], filled_with: &[u8]| {
        let mut frame = start.to_vec();
        frame.extend(
            filled_with
                .iter()
                .cycle()
                .take(FRAME_FROM_CLIENT_BYTES - start.len()),
        );
        frame
    };
    let push = [
        b"\xa1\x64push\xa2\x66ledger\x50".as_slice(),
        &ledger.0,
        b"\x67changes",
    ]
    .concat();
    let offer = [
        b"\xa1\x65offer\xa2\x66ledger\x50".as_slice(),
        &ledger.0,
        b"\x67entries",
    ]
    .concat();
    let hello = b"\xa1\x65hello\xa4\x68protocol\x01\x63app";
    let cases = [
        ("noise", longest(&[0x9f], &[0xde, 0xad, 0x1b, 0x07])),
        ("nulls without end", longest(b"\x9f", b"\xf6")),
        ("lists in lists", longest(&[], b"\x81")),
        ("maps in maps", longest(&[], b"\xa1\x60")),
        (
            "a push of nothing",
            longest(&[&push[..], b"\x9f"].concat(), b"\x40"),
        ),
        (
            "a push that claims everything",
            longest(
                &[&push[..], b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff"].concat(),
                b"\x40",
            ),
        ),
        (
            "one change in pieces",
            longest(&[&push[..], b"\x9f\x5f"].concat(), b"\x41\x00"),
        ),
        (
            "one change that claims everything",
            longest(
                &[&push[..], b"\x81\x5b\x7f\xff\xff\xff\xff\xff\xff\xff"].concat(),
                b"\x00",
            ),
        ),
        (
            "changes as lists of numbers",
            longest(&[&push[..], b"\x81\x9f"].concat(), b"\x00"),
        ),
        (
            "an offer of nothing",
            longest(&[&offer[..], b"\x9f"].concat(), b"\xa0"),
        ),
        (
            "an offer of entries of nothing",
            longest(&[&offer[..], b"\x9f\xbf"].concat(), b"\x60\xf6"),
        ),
        (
            "a version without end",
            longest(&[&hello[..], b"\x7f"].concat(), b"\x61v"),
        ),
        (
            "a version that claims everything",
            longest(
                &[&hello[..], b"\x7b\x7f\xff\xff\xff\xff\xff\xff\xff"].concat(),
                b"v",
            ),
        ),
        ("a name without end", longest(b"\xa1\x7f", b"\x61v")),
        ("fields nobody knows", longest(b"\xa1\x65hello\xbf", b"\x61v\xf6")),
        ("as many cursors as fit", cursors(ledger)),
        ("as many changes as one push may have", changes(ledger)),
        ("as many entries as one offer may have", entries(ledger)),
    ];
    for (what, frame) in &cases {
        let before = MEMORY.current_usage();
        MEMORY.reset_peak_usage();
        let read = read_from_client(frame);
        let took = MEMORY.peak_usage().saturating_sub(before);
        assert!(took <= MOST_BYTES, "{what}: {took} bytes");
        assert!(
            frame.len() <= FRAME_FROM_CLIENT_BYTES,
            "{what}: {} bytes are too long a frame",
            frame.len()
        );
        assert_eq!(read.is_ok(), what.starts_with("as many"), "{what}");
    }
}

fn cursors(ledger: LedgerId) -> Vec<u8> {
    let cursor = Cursor {
        ledger,
        seq: 0,
        chain: Chain::START,
        pending: 0,
    };
    let frame = |count| {
        write(&ClientMessage::Hello(Hello {
            protocol: VERSION,
            app: String::new(),
            device: DeviceId::from_bytes([3; 16]),
            ledgers: vec![cursor; count],
        }))
    };
    let each = frame(2_000).len() - frame(1_999).len();
    frame((FRAME_FROM_CLIENT_BYTES - 1_000) / each)
}

fn changes(ledger: LedgerId) -> Vec<u8> {
    let change = vec![0; FRAME_FROM_CLIENT_BYTES / CHANGES_PER_PUSH - 4];
    write(&ClientMessage::Push {
        ledger,
        changes: vec![change.into(); CHANGES_PER_PUSH],
    })
}

fn entries(ledger: LedgerId) -> Vec<u8> {
    let entry = Entry {
        seq: 1,
        hash: ChangeHash([1; 32]),
        account: AccountId::RELAY,
        device: DeviceId::from_bytes([3; 16]),
        carried_by: None,
        received_at: Timestamp(0),
        bytes: vec![0; 200],
        seal: Seal([2; 32]),
    };
    write(&ClientMessage::Offer {
        ledger,
        entries: vec![entry; CHANGES_PER_PUSH],
    })
}
