//! The first look at a change: raw header and run lengths, without decoding and without allocating by what they claim.

use sha2::{Digest, Sha256};

use super::columns;
use super::reader::Reader;
use super::rule::Rule;
use super::rules::Rules;
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
pub fn scan(bytes: &[u8]) -> Result<ChangeHash, Rule> {
    Rules::ALL.scan(bytes)
}

impl Rules {
    /// As [`scan`], by these rules.
    ///
    /// # Errors
    ///
    /// Names the rule it breaks. Never panics.
    pub fn scan(self, bytes: &[u8]) -> Result<ChangeHash, Rule> {
        self.within(Rule::ChangeBytes, bytes.len() as u64, limit::CHANGE_BYTES)?;
        let mut chunk = Reader::new(bytes, self);
        self.ask(Rule::Magic, chunk.take(4)? == MAGIC)?;
        let checksum = chunk.take(4)?;
        self.ask(Rule::PlainChange, chunk.take(1)?[0] == CHANGE)?;
        let length = chunk.unsigned()?;
        let content = chunk.take(length)?;
        self.ask(Rule::OneChunk, chunk.is_empty())?;
        // Without its rule the content may be of any other form.
        if bytes[8] == CHANGE {
            self.scan_content(content)?;
        }
        // A chunk's hash is taken over its type, its length and its content.
        let hash: [u8; 32] = Sha256::digest(&bytes[8..]).into();
        self.ask(Rule::Checksum, hash[..4] == *checksum)?;
        Ok(ChangeHash(hash))
    }

    fn scan_content(self, content: &[u8]) -> Result<(), Rule> {
        let mut content = Reader::new(content, self);
        let dependencies = content.unsigned()?;
        self.within(Rule::Dependencies, dependencies, limit::CHANGE_DEPENDENCIES)?;
        content.take(dependencies.saturating_mul(32))?;
        self.scan_actor(&mut content)?;
        content.unsigned()?; // sequence number
        let start = content.unsigned()?;
        self.ask(Rule::StartAtZero, start > 0)?;
        let time = content.signed()?.unsigned_abs();
        self.ask(Rule::Time, time <= limit::CHANGE_TIME)?;
        let message = content.unsigned()?;
        self.within(Rule::MessageBytes, message, limit::CHANGE_MESSAGE_BYTES)?;
        content.take(message)?;
        let others = content.unsigned()?;
        self.within(Rule::OtherActors, others, limit::CHANGE_OTHER_ACTORS)?;
        for _ in 0..others {
            self.scan_actor(&mut content)?;
        }
        columns::scan(&mut content, self)
    }

    fn scan_actor(self, content: &mut Reader<'_>) -> Result<(), Rule> {
        let length = content.unsigned()?;
        self.ask(Rule::ActorLength, length == 16)?;
        content.take(length).map(|_| ())
    }
}
