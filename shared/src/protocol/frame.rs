//! From messages to bytes and back, with a clear word for what is wrong.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{ClientMessage, RelayMessage, limit};
use name::Name;

mod bounded;
mod name;

pub(super) use bounded::{of_an_app, of_one_push};

/// Why bytes are not a message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// More bytes than a frame may have.
    #[error("a frame of {bytes} bytes, at most {limit} allowed")]
    TooLong {
        /// How many there are.
        bytes: usize,
        /// How many there may be.
        limit: usize,
    },
    /// Not CBOR, or cut short, or with something after the message.
    #[error("not a whole CBOR message")]
    Malformed,
    /// A message of a name this side does not know.
    #[error("unknown message {0}")]
    Unknown(String),
    /// A known message whose fields are not what they should be.
    #[error("message {0} with the wrong fields")]
    WrongFields(String),
}

/// The frame of a message.
#[must_use]
pub fn write<M: Serialize>(message: &M) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(message, &mut bytes)
        .expect("a Vec takes every byte and our messages have no failing parts");
    bytes
}

/// Reads what a client sent.
///
/// # Errors
///
/// Says what is wrong with the frame.
pub fn read_from_client(frame: &[u8]) -> Result<ClientMessage, FrameError> {
    const NAMES: [&str; 5] = ["hello", "push", "follow", "unfollow", "offer"];
    read(frame, limit::FRAME_FROM_CLIENT_BYTES, &NAMES)
}

/// Reads what the relay sent.
///
/// # Errors
///
/// Says what is wrong with the frame.
pub fn read_from_relay(frame: &[u8]) -> Result<RelayMessage, FrameError> {
    const NAMES: [&str; 7] = [
        "welcome", "fates", "entries", "diverged", "forget", "tick", "closing",
    ];
    read(frame, limit::FRAME_FROM_RELAY_BYTES, &NAMES)
}

/// Reads any value that [`write`] wrote; none when it is not one, or something stands after it.
#[must_use]
pub fn read_value<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    let mut rest = bytes;
    let value = ciborium::from_reader(&mut rest).ok()?;
    rest.is_empty().then_some(value)
}

fn read<M: DeserializeOwned>(frame: &[u8], limit: usize, names: &[&str]) -> Result<M, FrameError> {
    if frame.len() > limit {
        return Err(FrameError::TooLong {
            bytes: frame.len(),
            limit,
        });
    }
    let mut rest = frame;
    match ciborium::from_reader::<M, _>(&mut rest) {
        Ok(message) if rest.is_empty() => Ok(message),
        Ok(_) => Err(FrameError::Malformed),
        Err(_) => Err(why(frame, names)),
    }
}

/// Reads a frame that is no message once more, as any CBOR, to say what it was; keeps nothing but its name.
fn why(frame: &[u8], names: &[&str]) -> FrameError {
    let Ok(Name(name)) = ciborium::from_reader(frame) else {
        return FrameError::Malformed;
    };
    let shown: String = name.chars().take(40).collect();
    if names.contains(&name.as_str()) {
        FrameError::WrongFields(shown)
    } else {
        FrameError::Unknown(shown)
    }
}

#[cfg(test)]
mod tests;
