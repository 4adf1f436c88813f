//! Where in a grid: a place, how far the grid extends, and an area of it.

/// One cell, counted among the rows and columns that are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The row, from the top.
    pub row: usize,
    /// The column, from the left.
    pub column: usize,
}

/// How many rows and columns are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// Rows.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
}

/// A rectangle of cells, its edges included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// The first row.
    pub top: usize,
    /// The first column.
    pub left: usize,
    /// The last row.
    pub bottom: usize,
    /// The last column.
    pub right: usize,
}

impl Place {
    /// The place in this row and column.
    #[must_use]
    pub const fn new(row: usize, column: usize) -> Self {
        Self { row, column }
    }

    /// The nearest place within the extent; the origin when that is empty.
    #[must_use]
    pub fn within(self, extent: Extent) -> Self {
        Self::new(
            self.row.min(extent.rows.saturating_sub(1)),
            self.column.min(extent.columns.saturating_sub(1)),
        )
    }
}

impl Extent {
    /// Whether there is no cell at all.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.rows == 0 || self.columns == 0
    }

    /// Every cell; none when there is none.
    #[must_use]
    pub fn area(self) -> Option<Area> {
        let end = Place::new(self.rows.checked_sub(1)?, self.columns.checked_sub(1)?);
        Some(Area::between(Place::default(), end))
    }
}

impl Area {
    /// The smallest area that holds both places.
    #[must_use]
    pub fn between(one: Place, other: Place) -> Self {
        Self {
            top: one.row.min(other.row),
            left: one.column.min(other.column),
            bottom: one.row.max(other.row),
            right: one.column.max(other.column),
        }
    }

    /// How many rows it has.
    #[must_use]
    pub const fn height(self) -> usize {
        self.bottom - self.top + 1
    }

    /// How many columns it has.
    #[must_use]
    pub const fn width(self) -> usize {
        self.right - self.left + 1
    }

    /// Whether it is a single cell.
    #[must_use]
    pub const fn is_one_cell(self) -> bool {
        self.top == self.bottom && self.left == self.right
    }

    /// Its cells, row by row.
    pub fn places(self) -> impl Iterator<Item = Place> {
        (self.top..=self.bottom)
            .flat_map(move |row| (self.left..=self.right).map(move |column| Place::new(row, column)))
    }

    /// The columns of it that stand in this row.
    #[must_use]
    pub fn columns_in(self, row: usize) -> Option<(usize, usize)> {
        (self.top..=self.bottom)
            .contains(&row)
            .then_some((self.left, self.right))
    }
}
