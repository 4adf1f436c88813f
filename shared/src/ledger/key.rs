//! Which ledger: enterprise, unit, year, kind and part.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::kind::Kind;
use crate::id::{EnterpriseId, LedgerId, UnitId};

/// What one set of people may read: a ledger of one kind is cut into parts by its readers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The only part of most kinds; of an appraisal the branch's own scores, with opinions and decisions.
    #[default]
    Main,
    /// 自评: what members say of themselves, in an appraisal.
    SelfRating,
    /// 互评: what members say of each other.
    Peer,
    /// 群众测评: what people who are no members say.
    Mass,
}

impl Part {
    /// Every part.
    pub const ALL: [Self; 4] = [Self::Main, Self::SelfRating, Self::Peer, Self::Mass];

    /// The word that stands for the part in ids and addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::SelfRating => "self",
            Self::Peer => "peer",
            Self::Mass => "mass",
        }
    }
}

/// What makes a ledger that ledger and no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LedgerKey {
    /// Whose branch it is.
    pub unit: UnitId,
    /// The year it is kept for; a roster has none.
    pub year: Option<u16>,
    /// What it records.
    pub kind: Kind,
    /// Which of its parts.
    #[serde(default)]
    pub part: Part,
}

impl LedgerKey {
    /// The id of the ledger: the first 16 bytes of SHA-256 over the enterprise and the key, so that it is made once
    /// however many devices make it.
    #[must_use]
    pub fn id(&self, enterprise: EnterpriseId) -> LedgerId {
        let year = self.year.map_or(0, u32::from).to_be_bytes();
        let digest = Sha256::new()
            .chain_update(b"taizhang ledger 1\0")
            .chain_update(enterprise.as_bytes())
            .chain_update(self.unit.as_bytes())
            .chain_update(year)
            .chain_update(self.kind.code())
            .chain_update(b"\0")
            .chain_update(self.part.code())
            .finalize();
        let mut id = [0; 16];
        id.copy_from_slice(&digest[..16]);
        LedgerId(id)
    }
}

impl fmt::Display for LedgerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}/{}/{}/{}",
            self.unit,
            self.year.unwrap_or(0),
            self.kind.code(),
            self.part.code()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_depends_on_every_part_of_the_key() {
        let enterprise = EnterpriseId::from_bytes([1; 16]);
        let key = LedgerKey {
            unit: UnitId::from_bytes([2; 16]),
            year: Some(2026),
            kind: Kind::Pledge,
            part: Part::Main,
        };
        let id = key.id(enterprise);
        assert_eq!(id, key.id(enterprise));
        assert_ne!(id, key.id(EnterpriseId::from_bytes([9; 16])));
        assert_ne!(
            id,
            LedgerKey {
                unit: UnitId::from_bytes([3; 16]),
                ..key
            }
            .id(enterprise)
        );
        assert_ne!(
            id,
            LedgerKey {
                year: Some(2027),
                ..key
            }
            .id(enterprise)
        );
        assert_ne!(id, LedgerKey { year: None, ..key }.id(enterprise));
        assert_ne!(
            id,
            LedgerKey {
                kind: Kind::Roster,
                ..key
            }
            .id(enterprise)
        );
    }
}
