//! A change chunk taken apart, to be put together again otherwise.
//!
//! A reader and writer of its own, so that the guard is not tested by itself; it reads what Automerge wrote.

use sha2::{Digest, Sha256};

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];

/// The type of a chunk that holds a plain change.
pub const CHANGE: u8 = 1;
/// The type of a chunk that holds a deflated change.
pub const DEFLATED: u8 = 2;

/// A plain change, field by field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// The changes it depends on.
    pub dependencies: Vec<[u8; 32]>,
    /// Its actor.
    pub actor: Vec<u8>,
    /// Its number among its actor's.
    pub seq: u64,
    /// Its first operation.
    pub start: u64,
    /// When it was made.
    pub time: i64,
    /// Its message.
    pub message: Vec<u8>,
    /// The other actors it names.
    pub others: Vec<Vec<u8>>,
    /// Its columns: specification and data.
    pub columns: Vec<(u64, Vec<u8>)>,
    /// What follows them.
    pub extra: Vec<u8>,
}

impl Chunk {
    /// Takes an honest change apart; none when it is none.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.get(8..)?;
        (take(&mut rest, 1)? == [CHANGE]).then_some(())?;
        unsigned(&mut rest)?;
        let rest = &mut rest;
        let mut dependencies = Vec::new();
        for _ in 0..unsigned(rest)? {
            dependencies.push(take(rest, 32)?.try_into().ok()?);
        }
        let actor = prefixed(rest)?;
        let (seq, start, time) = (unsigned(rest)?, unsigned(rest)?, signed(rest)?);
        let message = prefixed(rest)?;
        let mut others = Vec::new();
        for _ in 0..unsigned(rest)? {
            others.push(prefixed(rest)?);
        }
        let mut table = Vec::new();
        for _ in 0..unsigned(rest)? {
            table.push((unsigned(rest)?, unsigned(rest)?));
        }
        let mut columns = Vec::new();
        for (specification, length) in table {
            columns.push((specification, take(rest, length)?.to_vec()));
        }
        Some(Self {
            dependencies,
            actor,
            seq,
            start,
            time,
            message,
            others,
            columns,
            extra: rest.to_vec(),
        })
    }

    /// The content of the chunk, without its header.
    #[must_use]
    pub fn content(&self) -> Vec<u8> {
        let mut content = Vec::new();
        put_unsigned(&mut content, self.dependencies.len() as u64);
        content.extend(self.dependencies.concat());
        put_prefixed(&mut content, &self.actor);
        put_unsigned(&mut content, self.seq);
        put_unsigned(&mut content, self.start);
        put_signed(&mut content, self.time);
        put_prefixed(&mut content, &self.message);
        put_unsigned(&mut content, self.others.len() as u64);
        for other in &self.others {
            put_prefixed(&mut content, other);
        }
        put_unsigned(&mut content, self.columns.len() as u64);
        for (specification, data) in &self.columns {
            put_unsigned(&mut content, *specification);
            put_unsigned(&mut content, data.len() as u64);
        }
        for (_, data) in &self.columns {
            content.extend(data);
        }
        content.extend(&self.extra);
        content
    }

    /// The whole chunk, with a good header.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        whole(CHANGE, &self.content())
    }
}

/// A chunk of this type around this content, with the length and the checksum it must have.
#[must_use]
pub fn whole(kind: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = [MAGIC, [0; 4]].concat();
    bytes.push(kind);
    put_unsigned(&mut bytes, content.len() as u64);
    bytes.extend(content);
    mended(bytes)
}

/// The content of a chunk as it stands.
#[must_use]
pub fn content_of(bytes: &[u8]) -> &[u8] {
    let mut rest = bytes.get(9..).unwrap_or_default();
    unsigned(&mut rest).map_or(&[], |_| rest)
}

/// Gives a damaged chunk the checksum its content has.
#[must_use]
pub fn mended(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.len() > 8 {
        let hash = Sha256::digest(&bytes[8..]);
        bytes[4..8].copy_from_slice(&hash[..4]);
    }
    bytes
}

/// Writes an unsigned LEB128 number.
pub fn put_unsigned(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    bytes.push(value.to_le_bytes()[0]);
}

/// Writes a signed LEB128 number.
pub fn put_signed(bytes: &mut Vec<u8>, mut value: i64) {
    loop {
        let byte = value.to_le_bytes()[0] & 0x7f;
        value >>= 7;
        if (value == 0 && byte & 0x40 == 0) || (value == -1 && byte & 0x40 != 0) {
            bytes.push(byte);
            return;
        }
        bytes.push(byte | 0x80);
    }
}

fn put_prefixed(bytes: &mut Vec<u8>, data: &[u8]) {
    put_unsigned(bytes, data.len() as u64);
    bytes.extend(data);
}

fn take<'a>(rest: &mut &'a [u8], count: u64) -> Option<&'a [u8]> {
    let (taken, after) = rest.split_at_checked(usize::try_from(count).ok()?)?;
    *rest = after;
    Some(taken)
}

fn prefixed(rest: &mut &[u8]) -> Option<Vec<u8>> {
    let length = unsigned(rest)?;
    take(rest, length).map(<[u8]>::to_vec)
}

fn unsigned(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let byte = take(rest, 1)?[0];
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

fn signed(rest: &mut &[u8]) -> Option<i64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let byte = take(rest, 1)?[0];
        value |= i64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            if byte & 0x40 != 0 && shift < 57 {
                value |= -1 << (shift + 7);
            }
            return Some(value);
        }
    }
    None
}
