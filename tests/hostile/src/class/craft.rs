//! Making a hostile input of a class.

use rand::rngs::StdRng;

use super::{Class, bytes, columns, header, operations};
use crate::ground::Ground;

/// What a hostile change is made from.
#[derive(Debug)]
pub struct Craft<'a> {
    /// The ledger it is meant for.
    pub ground: &'a Ground,
    /// The honest change that is twisted.
    pub honest: &'a [u8],
    /// How much a bomb claims, in elements or bytes.
    pub most: u64,
    /// What decides where.
    pub dice: &'a mut StdRng,
}

impl Class {
    /// Whether it alters bytes without knowing what they mean.
    #[must_use]
    pub const fn is_blind(self) -> bool {
        matches!(
            self,
            Self::BitsFlipped | Self::BytesInserted | Self::BytesTaken | Self::SliceRepeated | Self::Noise
        )
    }

    /// Whether it takes milliseconds to make.
    #[must_use]
    pub const fn is_heavy(self) -> bool {
        matches!(self, Self::DeflateBomb | Self::ManyActors | Self::ManyOperations)
    }

    /// Makes one from an honest change; none where that change has nothing to twist in this way.
    #[must_use]
    pub fn craft(self, craft: &mut Craft<'_>) -> Option<Vec<u8>> {
        bytes::craft(self, craft)
            .or_else(|| columns::craft(self, craft))
            .or_else(|| header::craft(self, craft))
            .or_else(|| operations::craft(self, craft))
            .filter(|made| made != craft.honest)
    }
}
