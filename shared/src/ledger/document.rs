//! One ledger in memory: the Automerge document, and the view that pages read.
//!
//! Only maps of scalars: root → tables and `decisions` → one map per row or decision → scalars. Text is one value: two
//! versions are a conflict. Transactions are always at the present heads; isolated ones would start their operations
//! where the guard refuses them.

use std::collections::HashMap;
use std::rc::Rc;

use automerge::legacy::{Key, ObjectId};
use automerge::{Author, Automerge, Change, ObjId, PatchLog, ROOT, ReadDoc, Value as Found};

use super::cell::CellRef;
use super::conflict::{Conflict, Said};
use super::kind::Kind;
use super::schema::{DECISIONS, MIN_WRITER, Schema, Shape};
use super::skeleton;
use super::snapshot::Snapshot;
use crate::id::{AccountId, ActorId, ChangeHash, LedgerId, RowId};

mod decide;
mod perform;
mod propose;
mod read;
mod regain;
mod take_in;
mod trace;
mod view;

pub use perform::Performed;

/// The version of writing that this program masters; see [`super::schema::Skeleton::min_writer`].
pub const WRITER: u32 = 1;

/// A change as it travels and is stored: a plain change chunk and its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Its hash.
    pub hash: ChangeHash,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A change that Automerge does not take. The document is as it was, but must not be used on: it is rebuilt.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("change {0} cannot be applied")]
pub struct Damaged(pub ChangeHash);

/// One ledger in memory.
#[derive(Clone, Debug)]
pub struct Document {
    schema: &'static Schema,
    /// None for a kind that exists in tests alone: nothing is decided there.
    kind: Option<Kind>,
    doc: Automerge,
    tables: HashMap<&'static str, ObjId>,
    decisions: Option<ObjId>,
    places: HashMap<ObjId, Place>,
    view: view::View,
}

/// What an object of the document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Table(&'static str, Shape),
    Row(&'static str, RowId),
    Decisions,
}

impl Document {
    /// The ledger before anybody has written to it. `actor` must be fresh: 16 random bytes for every tab session, and
    /// after every refusal, restore or hand-over.
    #[must_use]
    pub fn new(ledger: LedgerId, schema: &'static Schema, author: AccountId, actor: ActorId) -> Self {
        let mut doc = Automerge::new();
        let made = skeleton::changes(ledger, schema);
        let changes: Vec<Change> = made
            .into_iter()
            .map(|made| Change::from_bytes(made.bytes).expect("skeletons are made by Automerge itself"))
            .collect();
        doc.apply_changes(changes)
            .expect("skeletons apply to an empty document");
        let mut tables = HashMap::new();
        let mut places = HashMap::new();
        for table in schema.tables() {
            if let Ok(Some((Found::Object(_), id))) = doc.get(ROOT, table.id) {
                places.insert(id.clone(), Place::Table(table.id, table.shape));
                tables.insert(table.id, id);
            }
        }
        let decisions = match doc.get(ROOT, DECISIONS) {
            Ok(Some((Found::Object(_), id))) => Some(id),
            _ => None,
        };
        places.extend(decisions.clone().map(|id| (id, Place::Decisions)));
        let view = view::View::new(schema);
        let mut document = Self {
            schema,
            kind: Kind::ALL.into_iter().find(|kind| kind.code() == schema.code),
            doc,
            tables,
            decisions,
            places,
            view,
        };
        document.write_as(author, actor);
        document
    }

    /// From now on writes as this author under this fresh actor.
    pub fn write_as(&mut self, author: AccountId, actor: ActorId) {
        // The author first: setting it throws a random actor in.
        self.doc
            .set_author(Some(Author::from(author.as_bytes().as_slice()).into_owned()));
        self.doc.set_actor(automerge::ActorId::from(actor.0.as_slice()));
    }

    /// Its tables and columns.
    #[must_use]
    pub fn schema(&self) -> &'static Schema {
        self.schema
    }

    /// Takes in changes, oldest first; what they depend on must be there or among them. Known ones do nothing.
    ///
    /// # Errors
    ///
    /// Names the first change that is no change or that Automerge refuses.
    pub fn receive<'a>(
        &mut self,
        made: impl IntoIterator<Item = (&'a ChangeHash, &'a [u8])>,
    ) -> Result<(), Damaged> {
        let mut changes = Vec::new();
        for (hash, bytes) in made {
            changes.push(Change::from_bytes(bytes.to_vec()).map_err(|_| Damaged(*hash))?);
        }
        let Some(first) = changes.first().map(|change| ChangeHash(change.hash().0)) else {
            return Ok(());
        };
        let written = self.written_by(&changes);
        let mut log = PatchLog::active();
        self.doc
            .apply_changes_log_patches(changes, &mut log)
            .map_err(|_| Damaged(first))?;
        self.take_in(log, &written);
        Ok(())
    }

    /// Whether this change is in the document.
    #[must_use]
    pub fn has(&self, hash: &ChangeHash) -> bool {
        self.doc
            .get_change_by_hash(&automerge::ChangeHash(hash.0))
            .is_some()
    }

    /// What the change depends on; none if it is not in the document.
    #[must_use]
    pub fn dependencies(&self, hash: &ChangeHash) -> Option<Vec<ChangeHash>> {
        let change = self.doc.get_change_by_hash(&automerge::ChangeHash(hash.0))?;
        Some(change.deps().iter().map(|dep| ChangeHash(dep.0)).collect())
    }

    /// The changes nothing depends on yet, sorted.
    #[must_use]
    pub fn heads(&self) -> Vec<ChangeHash> {
        let mut heads: Vec<ChangeHash> = self
            .doc
            .get_heads()
            .into_iter()
            .map(|head| ChangeHash(head.0))
            .collect();
        heads.sort_unstable();
        heads
    }

    /// The ledger as it is now. Whatever did not change since the last call is shared with that snapshot.
    #[must_use]
    pub fn snapshot(&self) -> Rc<Snapshot> {
        self.view.snapshot()
    }

    /// The oldest version of the app that may write to the ledger.
    #[must_use]
    pub fn min_writer(&self) -> u32 {
        match self.doc.get(ROOT, MIN_WRITER) {
            Ok(Some((value, _))) => value
                .as_i64()
                .and_then(|version| u32::try_from(version).ok())
                .unwrap_or(u32::MAX),
            _ => 0,
        }
    }

    /// The document in Automerge's own file format, which any Automerge tool opens.
    #[must_use]
    pub fn save(&self) -> Vec<u8> {
        self.doc.save()
    }

    /// What people said in this cell, if they said different things and nobody has settled it.
    #[must_use]
    pub fn conflict(&self, cell: &CellRef) -> Option<Conflict> {
        let object = self.object_of(cell)?;
        trace::conflict(&self.doc, &object, cell)
    }

    /// What stands in this cell now, the value shown last, each with who wrote it and when.
    #[must_use]
    pub fn said(&self, cell: &CellRef) -> Vec<Said> {
        let Some(object) = self.object_of(cell) else {
            return Vec::new();
        };
        let all = self.doc.get_all(&object, cell.key.as_str()).unwrap_or_default();
        all.iter()
            .map(|(found, op)| trace::said(&self.doc, read::value(found), op))
            .collect()
    }

    fn object_of(&self, cell: &CellRef) -> Option<ObjId> {
        let table = self.tables.get(cell.table.as_str())?;
        match cell.row {
            None => Some(table.clone()),
            Some(row) => self.row_object(table, row),
        }
    }

    fn row_object(&self, table: &ObjId, row: RowId) -> Option<ObjId> {
        match self.doc.get(table, row.to_string()) {
            Ok(Some((Found::Object(_), id))) => Some(id),
            _ => None,
        }
    }

    /// The cells of rows and matrices that are here and that these changes write to.
    fn written_by(&self, changes: &[Change]) -> Vec<CellRef> {
        let mut cells = Vec::new();
        for operation in changes.iter().flat_map(|change| change.decode().operations) {
            let (ObjectId::Id(object), Key::Map(key)) = (operation.obj, operation.key) else {
                continue;
            };
            let object = ObjId::Id(object.counter(), object.actor().clone(), 0);
            match self.places.get(&object) {
                Some(&Place::Row(table, row)) => cells.push(CellRef::new(table, row, &key)),
                Some(&Place::Table(table, Shape::Matrix)) => cells.push(CellRef::of_matrix(table, &key)),
                Some(&Place::Table(_, Shape::Entry) | &Place::Decisions) | None => {}
            }
        }
        cells
    }
}

#[cfg(test)]
mod tests;
