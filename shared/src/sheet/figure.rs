//! A number, and the rows that it counts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::RowId;
use crate::ledger::key::LedgerKey;

/// A number of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// How many.
    pub value: u32,
    /// Which rows those are; none in sums, and where nobody above may read them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<RowsBehind>,
}

/// The rows that a number counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowsBehind {
    /// In which ledger.
    pub ledger: LedgerKey,
    /// In which of its tables.
    pub table: String,
    /// Which rows.
    pub rows: Vec<RowId>,
}

/// Numbers by what they are of.
pub type Figures<K> = BTreeMap<K, Figure>;

impl Figure {
    /// A number that leads to no rows.
    pub(super) fn plain(count: usize) -> Self {
        Self {
            value: u32::try_from(count).unwrap_or(u32::MAX),
            rows: None,
        }
    }

    /// The number of these rows.
    pub(super) fn rows(ledger: &LedgerKey, table: &str, rows: Vec<RowId>) -> Self {
        let mut figure = Self::plain(rows.len());
        if !rows.is_empty() {
            figure.rows = Some(RowsBehind {
                ledger: *ledger,
                table: table.to_owned(),
                rows,
            });
        }
        figure
    }

    /// The numbers of these rows by what each is of.
    pub(super) fn by<K: Ord>(
        ledger: &LedgerKey,
        table: &str,
        rows: impl IntoIterator<Item = (K, RowId)>,
    ) -> Figures<K> {
        let mut sorted: BTreeMap<K, Vec<RowId>> = BTreeMap::new();
        for (key, row) in rows {
            sorted.entry(key).or_default().push(row);
        }
        let figure = |(key, rows)| (key, Self::rows(ledger, table, rows));
        sorted.into_iter().map(figure).collect()
    }
}
