//! Fields that are no longer than they may be.

use std::fmt;
use std::marker::PhantomData;

use serde::de;
use serde::{Deserialize, Deserializer};

use crate::limit;

/// Reads the version of an app.
pub(in crate::protocol) fn of_an_app<'de, D: Deserializer<'de>>(bytes: D) -> Result<String, D::Error> {
    let app = String::deserialize(bytes)?;
    if app.len() > limit::APP_BYTES {
        return Err(de::Error::invalid_length(app.len(), &"a short version"));
    }
    Ok(app)
}

/// Reads the changes or entries of one push, and no more than one may have.
pub(in crate::protocol) fn of_one_push<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    bytes: D,
) -> Result<Vec<T>, D::Error> {
    struct Visitor<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> de::Visitor<'de> for Visitor<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "at most {} elements", limit::CHANGES_PER_PUSH)
        }

        fn visit_seq<A: de::SeqAccess<'de>>(self, mut elements: A) -> Result<Vec<T>, A::Error> {
            let mut read = Vec::new();
            while let Some(element) = elements.next_element()? {
                if read.len() == limit::CHANGES_PER_PUSH {
                    return Err(de::Error::invalid_length(read.len() + 1, &self));
                }
                read.push(element);
            }
            Ok(read)
        }
    }

    bytes.deserialize_seq(Visitor(PhantomData))
}
