//! A ledger that has as much as a ledger may have.

use automerge::transaction::{CommitOptions, Transactable as _};
use automerge::{Author, ObjId, ROOT, ReadDoc as _, Value};
use shared::id::{ActorId, ChangeHash, PersonId};
use shared::ledger::document::Made;
use shared::limit;

use super::Ground;
use crate::trials::Full;

impl Ground {
    /// Adds changes of an officer of its own until there is no room for one more operation, or for one more byte. What
    /// could come next still could, but for that.
    pub fn fill(&mut self, full: Full) {
        let mut doc = self.doc.clone();
        let author = self.setting.accounts[0];
        doc.set_author(Some(Author::from(author.as_bytes().as_slice()).into_owned()));
        doc.set_actor(automerge::ActorId::from(ActorId([0x77; 16]).0.as_slice()));
        let Some(row) = self.some_row() else { return };
        loop {
            let room = match full {
                Full::Operations => {
                    (limit::LEDGER_OPERATIONS - self.index.operations()).min(limit::CHANGE_OPERATIONS)
                }
                Full::Bytes => (limit::LEDGER_BYTES - self.index.bytes()) / (limit::TEXT_BYTES + 100),
            };
            if room == 0 {
                return;
            }
            let mut making = doc.transaction();
            for number in 0..room.min(if full == Full::Bytes { 7 } else { room }) {
                let number = u128::try_from(number + self.index.operations()).unwrap_or_default();
                let put = match full {
                    Full::Operations => {
                        let key = format!("helpers/{}", PersonId(uuid::Uuid::from_u128(number)));
                        making.put(&row, key, true)
                    }
                    Full::Bytes => making.put(
                        &row,
                        "scope",
                        format!("{number:032}").repeat(limit::TEXT_BYTES / 32),
                    ),
                };
                put.expect("a row takes cells");
            }
            let (hash, _) = making.commit_with(CommitOptions::default().with_time(1));
            let change = hash.and_then(|hash| doc.get_change_by_hash(&hash));
            let change = change.expect("it was committed");
            let made = Made {
                hash: ChangeHash(change.hash().0),
                bytes: change.raw_bytes().to_vec(),
            };
            self.add(&made, author);
        }
    }

    /// A row of a table with birth cells, as Automerge names it.
    fn some_row(&self) -> Option<ObjId> {
        let table = super::honest::entries(self.setting.schema).id;
        let (_, table) = self.doc.get(ROOT, table).ok()??;
        let key = self.doc.keys(&table).next()?;
        match self.doc.get(&table, key).ok()?? {
            (Value::Object(_), row) => Some(row),
            _ => None,
        }
    }
}
