//! A ledger as its log says.

use shared::id::{AccountId, ActorId, LedgerId};
use shared::ledger::document::Document;
use shared::ledger::kind::Kind;
use shared::protocol::Entry;

use crate::storage::{Storage, StorageError};

/// The log of a ledger; empty when there is none.
pub(crate) fn log(storage: &dyn Storage, ledger: LedgerId) -> Result<Vec<Entry>, StorageError> {
    Ok(storage.load(ledger)?.map_or(Vec::new(), |loaded| loaded.entries))
}

/// A ledger as a document. What is written to it is the relay's, under an actor of its own.
pub(crate) fn document(
    storage: &dyn Storage,
    ledger: LedgerId,
    kind: Kind,
) -> Result<Document, StorageError> {
    let entries = log(storage, ledger)?;
    let changes = entries.iter().filter(|entry| Entry::is_change(entry));
    let actor = ActorId(rand::random());
    let mut document = Document::new(ledger, kind.schema(), AccountId::RELAY, actor);
    document
        .receive(changes.map(|entry| (&entry.hash, entry.bytes.as_slice())))
        .map_err(|_| StorageError::Damaged("a change cannot be applied"))?;
    Ok(document)
}
