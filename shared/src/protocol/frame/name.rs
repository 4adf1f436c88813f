//! The name of a message that cannot be read.

use std::fmt;

use serde::de::{self, IgnoredAny};
use serde::{Deserialize, Deserializer};

/// The name of a message, whatever its fields are.
pub(super) struct Name(pub(super) String);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(bytes: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Name;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name, or a map from one to fields")
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<Name, E> {
                Ok(Name(name.to_owned()))
            }

            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Name, A::Error> {
                let first = map.next_entry::<String, IgnoredAny>()?;
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                first
                    .map(|(name, _)| Name(name))
                    .ok_or_else(|| de::Error::custom("no name"))
            }
        }

        bytes.deserialize_any(Visitor)
    }
}
