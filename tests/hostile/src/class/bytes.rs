//! Chunks that are cut, altered, or of another kind.

use std::io::Write as _;

use automerge::{Change, ChangeHash};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use rand::Rng as _;

use super::{Class, Craft};
use crate::chunk::{CHANGE, Chunk, DEFLATED, content_of, mended, put_unsigned, whole};
use crate::quiet::caught;

pub(super) fn craft(class: Class, craft: &mut Craft<'_>) -> Option<Vec<u8>> {
    let mut bytes = craft.honest.to_vec();
    let content = content_of(craft.honest).to_vec();
    let place = craft.dice.random_range(9..bytes.len());
    let made = match class {
        Class::Truncated => bytes[..craft.dice.random_range(0..craft.honest.len())].to_vec(),
        Class::TruncatedAndMended => whole(CHANGE, &content[..craft.dice.random_range(0..content.len())]),
        Class::BitsFlipped => {
            bytes[place] = altered(bytes[place], craft);
            if craft.dice.random_bool(0.5) {
                let other = craft.dice.random_range(9..bytes.len());
                bytes[other] = altered(bytes[other], craft);
            }
            mended(bytes)
        }
        Class::BytesInserted => {
            let mut content = content;
            let at = craft.dice.random_range(0..content.len());
            for _ in 0..craft.dice.random_range(1..4) {
                content.insert(at, craft.dice.random());
            }
            whole(CHANGE, &content)
        }
        Class::BytesTaken => {
            let mut content = content;
            for _ in 0..craft.dice.random_range(1..4) {
                content.remove(craft.dice.random_range(0..content.len()));
            }
            whole(CHANGE, &content)
        }
        Class::SliceRepeated => {
            let from = craft.dice.random_range(0..content.len());
            let to = craft.dice.random_range(from..content.len().min(from + 40));
            let repeated = [&content[..to], &content[from..]].concat();
            whole(CHANGE, &repeated)
        }
        Class::Noise => (0..craft.dice.random_range(0..400))
            .map(|_| craft.dice.random())
            .collect(),
        Class::WrongChecksum => {
            bytes[4] ^= 1;
            bytes
        }
        Class::WrongMagic => {
            bytes[craft.dice.random_range(0..4)] ^= 1;
            bytes
        }
        Class::TwoChunks if craft.dice.random_bool(0.5) => craft.honest.repeat(2),
        Class::TwoChunks => {
            bytes.push(0);
            bytes
        }
        Class::LongNumber => {
            let mut long = bytes[..9].to_vec();
            put_unsigned(&mut long, content.len() as u64);
            *long.last_mut()? |= 0x80;
            long.push(0);
            long.extend(content);
            mended(long)
        }
        Class::DocumentChunk => craft.ground.doc.save(),
        Class::BundleChunk => {
            let hashes: Vec<ChangeHash> = craft.ground.decoded.iter().map(|(hash, _)| *hash).collect();
            caught(|| craft.ground.doc.bundle(hashes))
                .ok()?
                .ok()?
                .bytes()
                .to_vec()
        }
        Class::DeflatedChange => deflated(&content, craft.honest)?,
        Class::DeflateBomb => {
            let mut chunk = Chunk::read(craft.honest)?;
            chunk.message = vec![b'x'; usize::try_from(craft.most.min(2_000_000)).ok()?];
            deflated(&chunk.content(), &chunk.write())?
        }
        Class::SyncNoBits => sync_message(&[1, 0, 7]),
        Class::SyncManyProbes => sync_message(&[1, 10, 0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0]),
        Class::TooLong => too_long(craft)?,
        _ => return None,
    };
    Some(made)
}

fn altered(byte: u8, craft: &mut Craft<'_>) -> u8 {
    const TELLING: [u8; 8] = [0, 1, 2, 0x7e, 0x7f, 0x80, 0xfe, 0xff];
    match craft.dice.random_range(0..3) {
        0 => byte ^ 1 << craft.dice.random_range(0..8),
        1 => craft.dice.random(),
        _ => TELLING[craft.dice.random_range(0..TELLING.len())],
    }
}

/// A deflated chunk, with the checksum of the plain one, as Automerge writes them.
fn deflated(content: &[u8], plain: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content).ok()?;
    let mut bytes = plain[..8].to_vec();
    bytes.push(DEFLATED);
    let inside = encoder.finish().ok()?;
    put_unsigned(&mut bytes, inside.len() as u64);
    bytes.extend(inside);
    Some(bytes)
}

/// A sync message of version 1 without heads and needs, and with one Bloom filter of these bytes.
fn sync_message(filter: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0x42, 0, 0, 1, 0];
    put_unsigned(&mut bytes, filter.len() as u64);
    bytes.extend(filter);
    bytes.push(0);
    bytes
}

/// Every text as long as a text may be, until the change is longer than a frame.
fn too_long(craft: &Craft<'_>) -> Option<Vec<u8>> {
    use automerge::ScalarValue;
    use automerge::legacy::OpType;
    let mut change = Change::from_bytes(craft.honest.to_vec()).ok()?.decode();
    let put = change.operations.iter_mut().rfind(|op| {
        matches!(op.action, OpType::Put(ScalarValue::Str(_)))
            && !matches!(&op.key, automerge::legacy::Key::Map(key) if key == "order")
    })?;
    put.action = OpType::Put(ScalarValue::Str("长".repeat(10_000).into()));
    let put = put.clone();
    let id = |number| automerge::legacy::OpId(number, change.actor_id.clone());
    for _ in 0..12 {
        let last = change.start_op.get() - 1 + change.operations.len() as u64;
        let mut again = put.clone();
        again.pred = vec![id(last)].into();
        change.operations.push(again);
    }
    // The first repetition replaces the last of the originals, which may be elsewhere.
    let first = change.operations.len() - 12;
    change.operations[first].pred = put.pred;
    Some(Change::from(change).raw_bytes().to_vec())
}
