//! Ledgers as they were last read, for as long as their logs do not grow and there is room.

use std::collections::HashMap;
use std::rc::Rc;

use shared::id::LedgerId;
use shared::ledger::snapshot::Snapshot;
use shared::limit::SHEET_CELLS;

use crate::storage::{StorageError, caught};

/// What is kept of ledgers.
#[derive(Debug, Default)]
pub(super) struct Kept {
    ledgers: HashMap<LedgerId, Read>,
    /// The cells of all of them.
    cells: usize,
    /// Counts the reads: what was used longest ago goes first.
    now: u64,
}

#[derive(Debug)]
struct Read {
    /// The last entry of the log.
    last: u64,
    /// None when it could not be read.
    snapshot: Option<Rc<Snapshot>>,
    cells: usize,
    used: u64,
}

impl Kept {
    /// The ledger whose log ends there, read again where what is kept is older; none when it cannot be read, which the log
    /// is told once.
    pub(super) fn snapshot(
        &mut self,
        ledger: LedgerId,
        last: u64,
        read: impl FnOnce() -> Result<Rc<Snapshot>, StorageError>,
    ) -> Option<Rc<Snapshot>> {
        self.now += 1;
        if last == 0 {
            return Some(Rc::default());
        }
        if let Some(known) = self.ledgers.get_mut(&ledger)
            && known.last == last
        {
            known.used = self.now;
            return known.snapshot.clone();
        }
        let snapshot = caught(read)
            .inspect_err(|why| tracing::error!(%ledger, %why, "a ledger cannot be read for a sheet"))
            .ok();
        let cells = snapshot.as_deref().map_or(0, cells);
        let used = self.now;
        let fresh = Read {
            last,
            snapshot: snapshot.clone(),
            cells,
            used,
        };
        self.cells += cells;
        if let Some(old) = self.ledgers.insert(ledger, fresh) {
            self.cells -= old.cells;
        }
        self.make_room();
        snapshot
    }

    fn make_room(&mut self) {
        while self.cells > SHEET_CELLS
            && let Some(oldest) = self.ledgers.iter().min_by_key(|(_, read)| read.used)
        {
            let oldest = *oldest.0;
            if let Some(gone) = self.ledgers.remove(&oldest) {
                self.cells -= gone.cells;
            }
        }
    }
}

fn cells(snapshot: &Snapshot) -> usize {
    let tables = snapshot.tables.values();
    let in_tables: usize = tables
        .map(|table| table.cells.len() + table.rows.iter().map(|row| row.cells.len()).sum::<usize>())
        .sum();
    in_tables + snapshot.decisions.values().map(Vec::len).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::collections::BTreeMap;

    use shared::ledger::snapshot::TableView;

    use super::*;

    fn of_cells(count: usize) -> Rc<Snapshot> {
        let cells = (0..count).map(|number| (number.to_string(), shared::ledger::cell::Cell::default()));
        let table = TableView {
            cells: cells.collect(),
            ..TableView::default()
        };
        Rc::new(Snapshot {
            tables: BTreeMap::from([("scores", Rc::new(table))]),
            ..Snapshot::default()
        })
    }

    #[test]
    fn a_ledger_is_read_again_once_its_log_has_grown_and_not_before() {
        let reads = Cell::new(0);
        let mut kept = Kept::default();
        let mut ask = |last| {
            kept.snapshot(LedgerId([1; 16]), last, || {
                reads.set(reads.get() + 1);
                Ok(of_cells(1))
            })
        };
        assert!(ask(0).is_some_and(|snapshot| snapshot.tables.is_empty()));
        ask(3);
        ask(3);
        assert_eq!(reads.get(), 1);
        ask(4);
        assert_eq!(reads.get(), 2);
    }

    #[test]
    fn what_cannot_be_read_is_tried_again_only_once_it_has_grown() {
        let mut kept = Kept::default();
        let damaged = || Err(StorageError::Damaged("a gap in a log"));
        assert!(kept.snapshot(LedgerId([1; 16]), 3, damaged).is_none());
        let whole = || Ok(of_cells(1));
        assert!(kept.snapshot(LedgerId([1; 16]), 3, whole).is_none());
        assert!(kept.snapshot(LedgerId([1; 16]), 4, whole).is_some());
    }

    #[test]
    fn what_was_used_longest_ago_goes_first() {
        let mut kept = Kept::default();
        let half = SHEET_CELLS / 2;
        for ledger in [1, 2, 1, 3] {
            kept.snapshot(LedgerId([ledger; 16]), 1, || Ok(of_cells(half)));
        }
        assert!(kept.cells <= SHEET_CELLS);
        assert!(!kept.ledgers.contains_key(&LedgerId([2; 16])));
        assert!(kept.ledgers.contains_key(&LedgerId([1; 16])));
    }
}
