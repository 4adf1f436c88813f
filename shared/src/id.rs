//! Names of things: every id is a type of its own, so that one cannot stand where another belongs.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use uuid::Uuid;

/// Text that is not an id of the wanted kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct IdError;

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// The id that these sixteen bytes spell.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }

            /// The sixteen bytes of the id.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            /// Reads the hyphenated lower-case form alone, so that one id has one spelling.
            fn from_str(text: &str) -> Result<Self, IdError> {
                let id = Uuid::try_parse(text).map_err(|_| IdError)?;
                if id.to_string() == text { Ok(Self(id)) } else { Err(IdError) }
            }
        }
    };
}

uuid_id!(
    /// Names one enterprise: one relay keeps one.
    EnterpriseId
);
uuid_id!(
    /// Names one party organisation of the enterprise: 党委, 党总支 or 党支部.
    UnitId
);
uuid_id!(
    /// Names one account: what an officer signs in as.
    AccountId
);
uuid_id!(
    /// Names one member, the same in every branch and year.
    PersonId
);
uuid_id!(
    /// Names one row of an entry table, for ever and on every device (`UUIDv7`).
    RowId
);
uuid_id!(
    /// Names one browser profile of one account.
    DeviceId
);
uuid_id!(
    /// Names one act of an officer: what undo and history treat as one thing.
    ActId
);
uuid_id!(
    /// Names one tab from its start to its end.
    TabId
);

impl AccountId {
    /// Stands for the relay itself: it authors skeletons, merges, what a new year takes over, and moves of members.
    pub const RELAY: Self = Self(Uuid::nil());
}

macro_rules! byte_id {
    ($(#[$doc:meta])* $name:ident, $length:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub [u8; $length]);

        impl $name {
            /// The bytes of the id.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; $length] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex::encode(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), hex::encode(self.0))
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                let mut bytes = [0; $length];
                hex::decode_to_slice(text, &mut bytes).map_err(|_| IdError)?;
                Ok(Self(bytes))
            }
        }

        impl TryFrom<&[u8]> for $name {
            type Error = IdError;

            fn try_from(bytes: &[u8]) -> Result<Self, IdError> {
                bytes.try_into().map(Self).map_err(|_| IdError)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    serializer.collect_str(self)
                } else {
                    serializer.serialize_bytes(&self.0)
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if deserializer.is_human_readable() {
                    String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
                } else {
                    let bytes = serde_bytes::ByteBuf::deserialize(deserializer)?;
                    Self::try_from(bytes.as_slice()).map_err(de::Error::custom)
                }
            }
        }
    };
}

byte_id!(
    /// Names one ledger; derived from its key by [`crate::ledger::key::LedgerKey::id`].
    LedgerId, 16
);
byte_id!(
    /// Names the writer of a run of changes: one tab session until its first refusal, restore or hand-over.
    ActorId, 16
);
byte_id!(
    /// Names one change: the SHA-256 of its chunk without the header's checksum.
    ChangeHash, 32
);
byte_id!(
    /// The state of a relay's log at one place: `chain(n) = SHA-256(chain(n−1) ‖ hash(n))`, zeros before the first.
    Chain, 32
);
byte_id!(
    /// An HMAC-SHA-256 under the enterprise's key: proof that a relay of this enterprise stored an entry.
    Seal, 32
);

impl Chain {
    /// The chain of an empty log.
    pub const START: Self = Self([0; 32]);

    /// The chain once `hash` has been appended.
    #[must_use]
    pub fn then(&self, hash: &ChangeHash) -> Self {
        use sha2::{Digest, Sha256};
        Self(
            Sha256::new()
                .chain_update(self.0)
                .chain_update(hash.0)
                .finalize()
                .into(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_one_spelling() {
        let text = "018f2c3e-0000-7000-8000-0000000000aa";
        assert_eq!(text.parse::<RowId>().unwrap().to_string(), text);
        assert_eq!(text.to_uppercase().parse::<RowId>(), Err(IdError));
        assert_eq!(text.replace('-', "").parse::<RowId>(), Err(IdError));
    }

    #[test]
    fn the_chain_depends_on_every_hash_and_their_order() {
        let [a, b] = [ChangeHash([1; 32]), ChangeHash([2; 32])];
        assert_ne!(Chain::START.then(&a).then(&b), Chain::START.then(&b).then(&a));
        assert_ne!(Chain::START.then(&a), Chain::START);
    }

    #[test]
    fn a_hash_is_bytes_in_cbor_and_hex_in_json() {
        let hash = ChangeHash([0xab; 32]);
        let mut cbor = Vec::new();
        ciborium::into_writer(&hash, &mut cbor).unwrap();
        assert_eq!(cbor.len(), 34);
        assert_eq!(
            ciborium::from_reader::<ChangeHash, _>(cbor.as_slice()).unwrap(),
            hash
        );
        assert!(ciborium::from_reader::<ChangeHash, _>(&cbor[..33]).is_err());
    }
}
