//! Which rows are drawn, and where things stand in pixels. Rows have one height, so nothing is measured.

use std::ops::Range;

use super::place::Place;

/// How tall rows are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// As many rows as possible.
    Compact,
    /// A row as officers know it.
    #[default]
    Normal,
    /// Two lines a row.
    Roomy,
}

/// A rectangle in pixels, from the upper left corner of all rows and columns, the header among them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// From the left.
    pub left: f64,
    /// From the top.
    pub top: f64,
    /// How wide.
    pub width: f64,
    /// How tall.
    pub height: f64,
}

/// What of a grid is in view.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct View {
    /// How far it is scrolled down, in pixels.
    pub top: f64,
    /// How far it is scrolled to the right, in pixels.
    pub left: f64,
    /// How wide the part in view is, in pixels.
    pub width: f64,
    /// How tall the part in view is, in pixels.
    pub height: f64,
}

/// The sizes of a grid, in pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Of each column.
    pub columns: Vec<f64>,
    /// Of a row.
    pub row: f64,
    /// Of the header.
    pub header: f64,
    /// Of the column of row numbers.
    pub gutter: f64,
}

/// Rows drawn above and below what is in view, so that scrolling shows no gaps.
const MARGIN_ROWS: usize = 8;
/// How wide a Chinese character is in a cell, and what is added around, in pixels.
const CHARACTER: f64 = 14.0;
const PADDING: f64 = 20.0;

impl Density {
    /// Every density, the densest first.
    pub const ALL: [Self; 3] = [Self::Compact, Self::Normal, Self::Roomy];

    /// The word that stands for it where preferences are kept.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Compact => "compact",
            Self::Normal => "normal",
            Self::Roomy => "roomy",
        }
    }

    /// The height of a row, in pixels.
    #[must_use]
    pub const fn row(self) -> f64 {
        match self {
            Self::Compact => 28.0,
            Self::Normal => 34.0,
            Self::Roomy => 56.0,
        }
    }
}

impl Layout {
    /// The sizes for columns of these widths in characters.
    #[must_use]
    pub fn new(characters: &[u8], density: Density) -> Self {
        Self {
            columns: characters
                .iter()
                .map(|characters| f64::from(*characters) * CHARACTER + PADDING)
                .collect(),
            row: density.row(),
            header: 36.0,
            gutter: 48.0,
        }
    }

    /// The tracks of a row, for the style sheet: row number, columns, and what is left over.
    #[must_use]
    pub fn tracks(&self) -> String {
        let columns: Vec<String> = self.columns.iter().map(|width| format!("{width}px")).collect();
        format!("{}px {} minmax(0, 1fr)", self.gutter, columns.join(" "))
    }

    /// The rows to draw.
    #[must_use]
    pub fn window(&self, rows: usize, view: View) -> Range<usize> {
        let first = whole((view.top / self.row).floor()).saturating_sub(MARGIN_ROWS);
        let count = whole((view.height / self.row).ceil()) + 2 * MARGIN_ROWS + 1;
        first.min(rows)..(first + count).min(rows)
    }

    /// How many rows a screenful has.
    #[must_use]
    pub fn page(&self, view: View) -> usize {
        whole(((view.height - self.header) / self.row).floor())
            .saturating_sub(1)
            .max(1)
    }

    /// Where a cell stands. The first column is frozen: it stays in view however far the grid is scrolled.
    #[must_use]
    pub fn frame(&self, place: Place, view: View) -> Frame {
        let before: f64 = self.columns.iter().take(place.column).sum();
        let frozen = if place.column == 0 { view.left } else { 0.0 };
        Frame {
            left: self.gutter + before + frozen,
            top: self.header + self.row * real(place.row),
            width: self.columns.get(place.column).copied().unwrap_or(PADDING),
            height: self.row,
        }
    }

    /// Where to scroll so that a cell is in view; nowhere if it is.
    #[must_use]
    pub fn reveal(&self, place: Place, view: View) -> Option<(f64, f64)> {
        let frame = self.frame(place, View { left: 0.0, ..view });
        let frozen = self.gutter + self.columns.first().copied().unwrap_or_default();
        let top = between(
            view.top,
            frame.top - self.header,
            frame.top + frame.height - view.height,
        );
        let left = match place.column {
            0 => view.left,
            _ => between(
                view.left,
                frame.left - frozen,
                frame.left + frame.width - view.width,
            ),
        };
        let moved = (top - view.top).abs() > 0.5 || (left - view.left).abs() > 0.5;
        moved.then_some((left, top))
    }

    /// The height of all rows together, without the header.
    #[must_use]
    pub fn height(&self, rows: usize) -> f64 {
        self.row * real(rows)
    }
}

fn between(now: f64, most: f64, least: f64) -> f64 {
    if now > most {
        most.max(0.0)
    } else {
        now.max(least.min(most))
    }
}

#[expect(clippy::cast_precision_loss, reason = "rows of a grid are far below 2^52")]
fn real(count: usize) -> f64 {
    count as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pixels: cut to the range first"
)]
fn whole(pixels: f64) -> usize {
    pixels.clamp(0.0, 10_000_000.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIEW: View = View {
        top: 0.0,
        left: 0.0,
        width: 800.0,
        height: 376.0,
    };

    fn layout() -> Layout {
        Layout::new(&[6, 10, 24, 24, 10], Density::Normal)
    }

    #[test]
    fn only_rows_in_view_and_a_margin_are_drawn() {
        let layout = layout();
        assert_eq!(layout.window(1_000, VIEW), 0..29);
        let middle = layout.window(1_000, View { top: 3_400.0, ..VIEW });
        assert_eq!(middle, 92..121);
        assert_eq!(
            layout.window(
                1_000,
                View {
                    top: 999_999.0,
                    ..VIEW
                }
            ),
            1_000..1_000
        );
        assert_eq!(layout.window(3, VIEW), 0..3);
        assert_eq!(layout.window(0, VIEW), 0..0);
    }

    #[test]
    fn a_cell_out_of_view_is_scrolled_to_and_one_in_view_is_not() {
        let layout = layout();
        assert_eq!(layout.reveal(Place::new(0, 0), VIEW), None);
        assert_eq!(layout.reveal(Place::new(9, 1), VIEW), None);
        assert_eq!(
            layout.reveal(Place::new(10, 1), VIEW),
            Some((0.0, 36.0 + 11.0 * 34.0 - 376.0))
        );
        let down = View { top: 340.0, ..VIEW };
        assert_eq!(layout.reveal(Place::new(3, 1), down), Some((0.0, 102.0)));
    }

    #[test]
    fn a_cell_never_hides_behind_the_frozen_column() {
        let layout = layout();
        let right = View { left: 400.0, ..VIEW };
        assert_eq!(layout.reveal(Place::new(0, 1), right), Some((0.0, 0.0)));
        assert_eq!(layout.reveal(Place::new(0, 0), right), None);
        assert!((layout.frame(Place::new(0, 0), right).left - 448.0).abs() < 0.1);
    }
}
