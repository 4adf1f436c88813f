//! The hand-over file (交接包): what one device holds and the relay does not, as one file for a memory stick.
//!
//! | bytes | what |
//! | --- | --- |
//! | 8 | `taizhang` in ASCII |
//! | 1 | the version of the format, [`VERSION`] |
//! | 16 | the enterprise: a file of another one is refused before anything of it is read |
//! | … | [`Handover`] in CBOR, named fields as in [`crate::protocol`] |
//! | 32 | SHA-256 over all bytes before |
//!
//! The changes stand in it as plain Automerge chunks in the order in which they were made, so that whoever imports the
//! file can push them as they are. Applying a file twice, or late, does no harm: a change is named by its hash. Whoever
//! writes a file ends the actors in it, so that nothing is ever added to them elsewhere.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use sha2::{Digest, Sha256};

use crate::id::{AccountId, DeviceId, EnterpriseId, LedgerId};
use crate::ledger::act::Act;
use crate::ledger::key::LedgerKey;
use crate::limit;
use crate::protocol;
use crate::time::Timestamp;

/// How every file begins.
const MAGIC: &[u8; 8] = b"taizhang";
/// The version of the format that is written.
pub const VERSION: u8 = 1;
/// Magic, version, enterprise.
const HEAD: usize = 8 + 1 + 16;
/// The checksum at the end.
const SUM: usize = 32;

/// What is handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// Whose work it is.
    pub account: AccountId,
    /// The person's name.
    pub name: String,
    /// The device it was done on.
    pub device: DeviceId,
    /// When the file was written, by the clock of that device.
    pub written_at: Timestamp,
    /// The ledgers it is about.
    pub ledgers: Vec<Handed>,
}

/// What is handed over of one ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handed {
    /// The ledger.
    pub ledger: LedgerId,
    /// Its key.
    pub key: LedgerKey,
    /// Plain change chunks without a receipt, each after what it depends on.
    pub changes: Vec<ByteBuf>,
    /// Acts that are in no change: not accepted, or waiting for another that is held at the relay.
    pub aside: Vec<Act>,
}

/// Why a file is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HandoverError {
    /// It does not begin as a hand-over file does.
    #[error("not a hand-over file")]
    NotOne,
    /// A newer version of the app has written it.
    #[error("a hand-over file of a newer version")]
    Newer,
    /// It is longer than [`limit::HANDOVER_BYTES`].
    #[error("a hand-over file that is too long")]
    TooLong,
    /// Its checksum is not that of its bytes, or its bytes are no hand-over.
    #[error("a damaged hand-over file")]
    Damaged,
    /// It is another enterprise's.
    #[error("a hand-over file of another enterprise")]
    OtherEnterprise,
}

/// The bytes of a file.
#[must_use]
pub fn write(enterprise: EnterpriseId, handover: &Handover) -> Vec<u8> {
    let mut file = Vec::new();
    file.extend(MAGIC);
    file.push(VERSION);
    file.extend(enterprise.as_bytes());
    file.extend(protocol::write(handover));
    let sum = Sha256::digest(&file);
    file.extend(sum);
    file
}

/// Reads a file of this enterprise.
///
/// # Errors
///
/// Says why it is refused.
pub fn read(enterprise: EnterpriseId, file: &[u8]) -> Result<Handover, HandoverError> {
    let is_one = file.starts_with(MAGIC);
    match file.get(MAGIC.len()) {
        Some(version) if is_one && *version > VERSION => return Err(HandoverError::Newer),
        Some(_) if is_one && file.len() >= HEAD + SUM => {}
        Some(_) if is_one => return Err(HandoverError::Damaged),
        _ => return Err(HandoverError::NotOne),
    }
    if file.len() > limit::HANDOVER_BYTES {
        return Err(HandoverError::TooLong);
    }
    let (said, sum) = file.split_at(file.len() - SUM);
    if Sha256::digest(said).as_slice() != sum {
        return Err(HandoverError::Damaged);
    }
    let (head, body) = said.split_at(HEAD);
    if head[MAGIC.len() + 1..] != *enterprise.as_bytes() {
        return Err(HandoverError::OtherEnterprise);
    }
    protocol::read_value(body).ok_or(HandoverError::Damaged)
}

/// The first eight digits of a file's checksum: what people compare.
#[must_use]
pub fn short_sum(file: &[u8]) -> String {
    let sum = file.len().checked_sub(SUM).map(|at| &file[at..]);
    hex::encode(sum.and_then(|sum| sum.get(..4)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{ActId, UnitId};
    use crate::ledger::act::Deed;
    use crate::ledger::key::Part;
    use crate::ledger::kind::Kind;

    const OURS: EnterpriseId = EnterpriseId::from_bytes([1; 16]);

    fn handover() -> Handover {
        let restored = Deed::Restore {
            table: "items".to_owned(),
            rows: Vec::new(),
        };
        let act = Act {
            id: ActId::from_bytes([8; 16]),
            at: Timestamp(7),
            deed: restored,
        };
        let handed = Handed {
            ledger: LedgerId([6; 16]),
            key: LedgerKey {
                unit: UnitId::from_bytes([5; 16]),
                year: Some(2026),
                kind: Kind::Pledge,
                part: Part::Main,
            },
            changes: vec![ByteBuf::from([1, 2, 3])],
            aside: vec![act],
        };
        Handover {
            account: AccountId::from_bytes([2; 16]),
            name: "林".to_owned(),
            device: DeviceId::from_bytes([3; 16]),
            written_at: Timestamp(9),
            ledgers: vec![handed],
        }
    }

    #[test]
    fn a_file_is_read_back_as_it_was_written() {
        let file = write(OURS, &handover());
        assert_eq!(read(OURS, &file), Ok(handover()));
    }

    #[test]
    fn a_file_has_these_bytes() {
        let empty = Handover {
            ledgers: Vec::new(),
            ..handover()
        };
        let file = write(OURS, &empty);
        let head = [&b"taizhang"[..], &[1], &[1; 16]].concat();
        assert_eq!(file[..HEAD], head);
        let body = format!(
            "a5676163636f756e7450{}646e616d6563e69e97666465766963655 0{}6a7772697474656e5f617409676c65646765727380",
            "02".repeat(16),
            "03".repeat(16)
        );
        assert_eq!(hex::encode(&file[HEAD..file.len() - SUM]), body.replace(' ', ""));
        assert_eq!(short_sum(&file), hex::encode(&file[file.len() - SUM..][..4]));
    }

    #[test]
    fn a_file_with_any_bit_turned_or_cut_anywhere_is_refused() {
        let file = write(OURS, &handover());
        for at in 0..file.len() * 8 {
            let mut turned = file.clone();
            turned[at / 8] ^= 1 << (at % 8);
            assert!(read(OURS, &turned).is_err(), "bit {at}");
        }
        for end in 0..file.len() {
            assert!(read(OURS, &file[..end]).is_err(), "cut at {end}");
        }
        let longer = [file.as_slice(), &[0]].concat();
        assert_eq!(read(OURS, &longer), Err(HandoverError::Damaged));
    }

    #[test]
    fn a_file_of_another_enterprise_or_version_is_refused_by_name() {
        let file = write(EnterpriseId::from_bytes([9; 16]), &handover());
        assert_eq!(read(OURS, &file), Err(HandoverError::OtherEnterprise));
        let mut newer = write(OURS, &handover());
        newer[8] = VERSION + 1;
        assert_eq!(read(OURS, &newer), Err(HandoverError::Newer));
        assert_eq!(read(OURS, b"PK\x03\x04 a sheet"), Err(HandoverError::NotOne));
        let long = [&b"taizhang\x01"[..], &vec![0; limit::HANDOVER_BYTES]].concat();
        assert_eq!(read(OURS, &long), Err(HandoverError::TooLong));
    }
}
