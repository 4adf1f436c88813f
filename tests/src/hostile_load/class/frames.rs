//! Frames that are too small, and frames that mean nothing.

use std::sync::Arc;
use std::time::Instant;

use anyhow::Result;
use rand::RngCore as _;
use shared::id::{Chain, LedgerId};
use shared::limit::FRAME_FROM_CLIENT_BYTES;
use shared::protocol::{self, ClientMessage, Cursor};
use tokio::io::AsyncWriteExt as _;
use tokio::task::JoinSet;

use super::Start;
use super::stolen::{hello, opens};
use crate::hostile_load::Statuses;
use crate::hostile_load::scene::{Known, Scene, TRAITOR};
use crate::hostile_load::wire::{BINARY, CONTINUES, PING, TEXT, before, discard, frame, within};

/// The sockets of each kind.
const SOCKETS: usize = 4;
/// How much is written at one time, in bytes.
const BURST_BYTES: usize = 64 * 1024;

/// One-byte messages, fragments of one byte, one-byte pings, and the smallest messages there are.
pub(super) async fn small(scene: &Arc<Scene>, start: Start, statuses: &Statuses) -> Result<()> {
    let traitor = scene.knows(TRAITOR).await?;
    let fragment = frame(CONTINUES, false, &[0]);
    let streams = [
        ("1-byte messages", Vec::new(), frame(BINARY, true, &[0])),
        ("text frames", Vec::new(), frame(TEXT, true, b"x")),
        ("1-byte fragments", frame(BINARY, false, &[0xa1]), fragment),
        (
            "empty fragments",
            frame(BINARY, false, &[]),
            frame(CONTINUES, false, &[]),
        ),
        ("1-byte pings", Vec::new(), frame(PING, true, &[0])),
        ("smallest messages", Vec::new(), smallest(&traitor)),
    ];
    let until = start.lasts();
    let mut all = JoinSet::new();
    for (what, first, repeated) in streams {
        let burst = repeated.repeat(BURST_BYTES.div_ceil(repeated.len()));
        for _ in 0..SOCKETS {
            let (first, burst) = (first.clone(), burst.clone());
            all.spawn(pour(
                Arc::clone(scene),
                traitor.clone(),
                what,
                first,
                burst,
                until,
                statuses.clone(),
            ));
        }
    }
    all.join_all().await;
    Ok(())
}

/// Largest frames: noise, and CBOR that is worth much more in memory than on the wire.
pub(super) async fn garbage(scene: &Arc<Scene>, start: Start, statuses: &Statuses) -> Result<()> {
    let traitor = scene.knows(TRAITOR).await?;
    let mut noise = vec![0; FRAME_FROM_CLIENT_BYTES];
    rand::rng().fill_bytes(&mut noise);
    let streams = [
        ("noise", noise),
        (
            "arrays of nothing",
            cbor(b"\xa1\x64push\x9a\x00\x07\xff\x00", 0xf6),
        ),
        ("pushes of nothing", push_of_nothing(&traitor)),
    ];
    let until = start.lasts();
    let mut all = JoinSet::new();
    for (what, payload) in streams {
        let burst = frame(BINARY, true, &payload);
        for _ in 0..SOCKETS {
            let burst = burst.clone();
            all.spawn(pour(
                Arc::clone(scene),
                traitor.clone(),
                what,
                Vec::new(),
                burst,
                until,
                statuses.clone(),
            ));
        }
    }
    all.join_all().await;
    Ok(())
}

/// Writes the same bytes again and again, on a new socket whenever the relay has closed the last.
async fn pour(
    scene: Arc<Scene>,
    who: Known,
    what: &'static str,
    first: Vec<u8>,
    burst: Vec<u8>,
    until: Instant,
    statuses: Statuses,
) {
    while Instant::now() < until {
        let Some(stream) = opens(&scene, &who, what, &statuses).await else {
            continue;
        };
        let (read, mut write) = stream.into_split();
        let discarding = tokio::spawn(discard(read));
        let start = [hello(&who), first.clone()].concat();
        let mut sent = within(write.write_all(&start)).await;
        while sent.is_ok() && Instant::now() < until {
            sent = before(until, write.write_all(&burst)).await;
            if sent.is_ok() {
                statuses.add(format!("KiB of {what}"), (burst.len() / 1_024) as u64);
            }
        }
        if sent.is_err() && Instant::now() < until {
            statuses.count(format!("{what}: closed"));
        }
        discarding.abort();
    }
}

/// A message of a few bytes that makes the relay look something up: a ledger that is not there.
fn smallest(who: &Known) -> Vec<u8> {
    let mut all = Vec::new();
    for number in 0..512_u16 {
        let mut id = who.ledger.0;
        id[..2].copy_from_slice(&number.to_be_bytes());
        rand::rng().fill_bytes(&mut id[2..8]);
        let message = ClientMessage::Follow(Cursor {
            ledger: LedgerId(id),
            seq: 0,
            chain: Chain::START,
            pending: 0,
        });
        all.extend(frame(BINARY, true, &protocol::write(&message)));
    }
    all
}

/// These bytes, filled up to the longest frame.
fn cbor(starts: &[u8], filled_with: u8) -> Vec<u8> {
    let mut bytes = starts.to_vec();
    bytes.resize(FRAME_FROM_CLIENT_BYTES, filled_with);
    bytes
}

/// A push of half a million changes of no bytes.
fn push_of_nothing(who: &Known) -> Vec<u8> {
    let mut bytes = b"\xa1\x64push\xa2\x66ledger\x50".to_vec();
    bytes.extend_from_slice(&who.ledger.0);
    bytes.extend_from_slice(b"\x67changes\x9a");
    let count = FRAME_FROM_CLIENT_BYTES - bytes.len() - 4;
    bytes.extend_from_slice(&u32::try_from(count).unwrap_or_default().to_be_bytes());
    bytes.resize(FRAME_FROM_CLIENT_BYTES, 0x40);
    bytes
}

#[cfg(test)]
mod tests {
    use shared::id::{AccountId, DeviceId};
    use shared::protocol::{FrameError, read_from_client};

    use super::*;

    #[test]
    fn a_push_of_nothing_is_a_frame_as_long_as_one_may_be() {
        let who = Known {
            cookie: String::new(),
            account: AccountId::RELAY,
            device: DeviceId::from_bytes([0; 16]),
            ledger: LedgerId([7; 16]),
        };
        let bytes = push_of_nothing(&who);
        assert_eq!(bytes.len(), FRAME_FROM_CLIENT_BYTES);
        assert_eq!(
            read_from_client(&bytes),
            Err(FrameError::WrongFields("push".to_owned())),
            "it is read as far as it may be long"
        );
    }
}
