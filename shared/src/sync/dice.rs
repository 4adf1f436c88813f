//! Numbers nobody can guess, from a seed the caller draws once: the only randomness of the pure cores.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::time::Timestamp;

/// A stream of random numbers: SHA-256 over the seed and a counter.
#[derive(Clone, Debug)]
pub struct Dice {
    seed: [u8; 32],
    thrown: u64,
}

impl Dice {
    /// The stream of this seed, which must come from the system's source of randomness.
    #[must_use]
    pub fn new(seed: [u8; 32]) -> Self {
        Self { seed, thrown: 0 }
    }

    /// The next 16 bytes.
    pub fn bytes(&mut self) -> [u8; 16] {
        self.thrown += 1;
        let digest = Sha256::new()
            .chain_update(self.seed)
            .chain_update(self.thrown.to_be_bytes())
            .finalize();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        bytes
    }

    /// The next 64 bits.
    pub fn number(&mut self) -> u64 {
        let bytes = self.bytes();
        u64::from_be_bytes([
            bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
        ])
    }

    /// A `UUIDv7` made now.
    pub fn uuid(&mut self, now: Timestamp) -> Uuid {
        let bytes = self.bytes();
        let mut random = [0; 10];
        random.copy_from_slice(&bytes[..10]);
        uuid::Builder::from_unix_timestamp_millis(u64::try_from(now.0).unwrap_or(0), &random).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_made_later_sort_later_and_differ() {
        let mut dice = Dice::new([1; 32]);
        let first = dice.uuid(Timestamp(1_000));
        assert_ne!(first, dice.uuid(Timestamp(1_000)));
        assert!(first < dice.uuid(Timestamp(2_000)));
        assert_eq!(first.get_version_num(), 7);
    }
}
