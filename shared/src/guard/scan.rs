//! The first look at a change: raw header and run lengths, without decoding and without allocating by what they claim.

use sha2::{Digest, Sha256};

use super::reader::Reader;
use super::{Breach, columns};
use crate::id::ChangeHash;
use crate::limit;

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
const CHANGE: u8 = 1;

/// Looks at a chunk and gives its hash. What passes is a plain change chunk within every limit of [`limit`], with the
/// checksum its content has; whether it means anything is for [`super::decode`] to say.
///
/// # Errors
///
/// Names the rule it breaks. Never panics.
pub fn scan(bytes: &[u8]) -> Result<ChangeHash, Breach> {
    if bytes.len() > limit::CHANGE_BYTES {
        return Err(Breach::TooLong);
    }
    let mut chunk = Reader::new(bytes);
    if chunk.take(4)? != MAGIC {
        return Err(Breach::NotAChunk);
    }
    let checksum = chunk.take(4)?;
    if chunk.take(1)?[0] != CHANGE {
        return Err(Breach::NotAPlainChange);
    }
    let length = chunk.unsigned()?;
    let content = chunk.take(length)?;
    if !chunk.is_empty() {
        return Err(Breach::NotAPlainChange);
    }
    scan_content(content)?;
    // A chunk's hash is taken over its type, its length and its content.
    let hash: [u8; 32] = Sha256::digest(&bytes[8..]).into();
    if hash[..4] != *checksum {
        return Err(Breach::Checksum);
    }
    Ok(ChangeHash(hash))
}

fn scan_content(content: &[u8]) -> Result<(), Breach> {
    let mut content = Reader::new(content);
    let dependencies = within(content.unsigned()?, limit::CHANGE_DEPENDENCIES)?;
    content.take(dependencies * 32)?;
    scan_actor(&mut content)?;
    content.unsigned()?; // sequence number
    if content.unsigned()? == 0 {
        return Err(Breach::StartOperation);
    }
    content.signed()?; // time
    let message = within(content.unsigned()?, limit::CHANGE_MESSAGE_BYTES)?;
    content.take(message)?;
    let others = within(content.unsigned()?, limit::CHANGE_OTHER_ACTORS)?;
    for _ in 0..others {
        scan_actor(&mut content)?;
    }
    columns::scan(&mut content)
}

fn scan_actor(content: &mut Reader<'_>) -> Result<(), Breach> {
    if content.unsigned()? != 16 {
        return Err(Breach::ActorLength);
    }
    content.take(16).map(|_| ())
}

pub(super) fn within(count: u64, most: usize) -> Result<u64, Breach> {
    if count > most as u64 {
        Err(Breach::OverLimit)
    } else {
        Ok(count)
    }
}
