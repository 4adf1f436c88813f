//! Bringing the view up to date with what has changed in the document.

use automerge::{PatchAction, PatchLog, Value as Found};

use super::{Document, Place, decide, read, view};
use crate::ledger::cell::CellRef;
use crate::ledger::schema::Shape;

impl Document {
    /// Brings the view up to date with what a patch log has seen, and with these cells: a value that does not change
    /// what is shown gives no patch, though it makes a conflict or ends one.
    pub(super) fn take_in(&mut self, mut log: PatchLog, written: &[CellRef]) {
        let mut touched = view::Touched::default();
        for cell in written {
            let Some((table, _)) = self.tables.get_key_value(cell.table.as_str()) else {
                continue;
            };
            match (cell.row, self.object_of(cell)) {
                (Some(row), Some(object)) => touched.row(table, row, object),
                (None, _) => touched.matrix(table, cell.key.clone()),
                (Some(_), None) => {}
            }
        }
        for patch in self.doc.make_patches(&mut log) {
            let key = match &patch.action {
                PatchAction::PutMap { key, .. }
                | PatchAction::DeleteMap { key }
                | PatchAction::Conflict {
                    prop: automerge::Prop::Map(key),
                } => key.clone(),
                _ => continue,
            };
            match self.places.get(&patch.obj) {
                Some(&Place::Table(table, Shape::Matrix)) => touched.matrix(table, key),
                Some(&Place::Table(table, Shape::Entry)) => {
                    if let (
                        Ok(row),
                        PatchAction::PutMap {
                            value: (Found::Object(_), object),
                            ..
                        },
                    ) = (key.parse(), &patch.action)
                    {
                        self.places.insert(object.clone(), Place::Row(table, row));
                        touched.row(table, row, object.clone());
                    }
                }
                Some(&Place::Row(table, row)) => touched.row(table, row, patch.obj.clone()),
                Some(&Place::Decisions) => {
                    if let (
                        Ok(id),
                        PatchAction::PutMap {
                            value: (Found::Object(_), object),
                            ..
                        },
                    ) = (key.parse(), &patch.action)
                    {
                        touched.decision(id, object.clone());
                    }
                }
                None => {}
            }
        }
        for (table, object) in &self.tables {
            for key in touched.take_matrix(table) {
                let cell = read::cell(&self.doc, object, &key);
                self.view.set_cell(table, key, cell);
            }
        }
        for (id, object) in touched.take_decisions() {
            // One of a newer version of the app is not shown, and not lost.
            if let Some(decision) = decide::read(&self.doc, id, &object) {
                self.view.add_decision(decision);
            }
        }
        for ((table, row), object) in touched.rows() {
            let shown = read::row(&self.doc, &object, row);
            self.view.set_row(table, row, shown);
        }
    }
}
