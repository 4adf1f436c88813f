//! Moving from cell to cell, as officers know it from spreadsheets.

use super::place::{Extent, Place};

/// A direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To the row above.
    Up,
    /// To the row below.
    Down,
    /// To the column before.
    Left,
    /// To the next column.
    Right,
}

/// A move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// One cell.
    Step(Way),
    /// To the edge of what is filled, or to the next filled cell.
    Jump(Way),
    /// A screenful up or down.
    Page(Way),
    /// To the first column.
    RowStart,
    /// To the last column.
    RowEnd,
    /// To the first cell.
    First,
    /// To the last cell.
    Last,
    /// To the next cell in reading order.
    Next,
    /// To the previous cell in reading order.
    Previous,
}

/// Where a move leads. `page` is how many rows a screenful has; `filled` says whether something stands in a cell.
#[must_use]
pub fn go(from: Place, motion: Motion, extent: Extent, page: usize, filled: &dyn Fn(Place) -> bool) -> Place {
    if extent.is_empty() {
        return Place::default();
    }
    let from = from.within(extent);
    let last = Place::new(extent.rows - 1, extent.columns - 1);
    match motion {
        Motion::Step(way) => step(from, way, last).unwrap_or(from),
        Motion::Jump(way) => jump(from, way, last, filled),
        Motion::Page(Way::Up) => Place::new(from.row.saturating_sub(page.max(1)), from.column),
        Motion::Page(_) => Place::new((from.row + page.max(1)).min(last.row), from.column),
        Motion::RowStart => Place::new(from.row, 0),
        Motion::RowEnd => Place::new(from.row, last.column),
        Motion::First => Place::default(),
        Motion::Last => last,
        Motion::Next => step(from, Way::Right, last)
            .or_else(|| Some(Place::new(step(from, Way::Down, last)?.row, 0)))
            .unwrap_or(from),
        Motion::Previous => step(from, Way::Left, last)
            .or_else(|| Some(Place::new(step(from, Way::Up, last)?.row, last.column)))
            .unwrap_or(from),
    }
}

fn step(from: Place, way: Way, last: Place) -> Option<Place> {
    match way {
        Way::Up => Some(Place::new(from.row.checked_sub(1)?, from.column)),
        Way::Left => Some(Place::new(from.row, from.column.checked_sub(1)?)),
        Way::Down => (from.row < last.row).then(|| Place::new(from.row + 1, from.column)),
        Way::Right => (from.column < last.column).then(|| Place::new(from.row, from.column + 1)),
    }
}

fn jump(from: Place, way: Way, last: Place, filled: &dyn Fn(Place) -> bool) -> Place {
    let Some(mut at) = step(from, way, last) else {
        return from;
    };
    let within_block = filled(from) && filled(at);
    while let Some(next) = step(at, way, last) {
        if within_block && !filled(next) || !within_block && filled(at) {
            break;
        }
        at = next;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXTENT: Extent = Extent { rows: 10, columns: 5 };

    fn check(from: (usize, usize), motion: Motion, wanted: (usize, usize)) {
        // Column 0 is filled in rows 0 to 3 and 6 to 7.
        let filled = |place: Place| place.column == 0 && (place.row < 4 || (6..8).contains(&place.row));
        let found = go(Place::new(from.0, from.1), motion, EXTENT, 4, &filled);
        assert_eq!((found.row, found.column), wanted, "{motion:?} from {from:?}");
    }

    #[test]
    fn the_edges_stop_every_step() {
        check((0, 0), Motion::Step(Way::Up), (0, 0));
        check((0, 0), Motion::Step(Way::Left), (0, 0));
        check((9, 4), Motion::Step(Way::Down), (9, 4));
        check((9, 4), Motion::Step(Way::Right), (9, 4));
        check((2, 2), Motion::Step(Way::Down), (3, 2));
    }

    #[test]
    fn control_and_an_arrow_jump_between_filled_blocks() {
        check((0, 0), Motion::Jump(Way::Down), (3, 0));
        check((3, 0), Motion::Jump(Way::Down), (6, 0));
        check((7, 0), Motion::Jump(Way::Down), (9, 0));
        check((9, 0), Motion::Jump(Way::Up), (7, 0));
        check((2, 4), Motion::Jump(Way::Left), (2, 0));
        check((2, 0), Motion::Jump(Way::Right), (2, 4));
    }

    #[test]
    fn tab_goes_on_in_the_next_row() {
        check((2, 4), Motion::Next, (3, 0));
        check((2, 0), Motion::Previous, (1, 4));
        check((9, 4), Motion::Next, (9, 4));
        check((0, 0), Motion::Previous, (0, 0));
    }

    #[test]
    fn pages_and_ends_are_as_in_a_spreadsheet() {
        check((1, 1), Motion::Page(Way::Down), (5, 1));
        check((8, 1), Motion::Page(Way::Down), (9, 1));
        check((3, 1), Motion::Page(Way::Up), (0, 1));
        check((3, 1), Motion::RowEnd, (3, 4));
        check((3, 1), Motion::Last, (9, 4));
    }

    #[test]
    fn an_empty_grid_has_nowhere_to_go() {
        let nowhere = Extent { rows: 0, columns: 5 };
        assert_eq!(
            go(Place::new(3, 3), Motion::Last, nowhere, 4, &|_| false),
            Place::default()
        );
    }
}
