//! The secret that a signed-in browser holds in its cookie.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};
use shared::id::IdError;

use crate::storage::SessionHash;

/// 256 random bits; they are written into the cookie and nowhere else.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

impl Token {
    /// The token of these random bits.
    #[must_use]
    pub const fn new(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// What the store knows of it.
    #[must_use]
    pub fn hash(&self) -> SessionHash {
        SessionHash(Sha256::digest(self.0).into())
    }

    /// How it is written in the cookie.
    #[must_use]
    pub fn expose(&self) -> String {
        hex::encode(self.0)
    }
}

impl FromStr for Token {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| IdError)?;
        Ok(Self(bytes))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_back_from_its_cookie_and_never_logged() {
        let token = Token::new([0xab; 32]);
        assert_eq!(token.expose().parse::<Token>().unwrap().hash(), token.hash());
        assert!(!format!("{token:?}{:?}", token.hash()).contains("ab"));
        assert!("abc".parse::<Token>().is_err());
    }
}
