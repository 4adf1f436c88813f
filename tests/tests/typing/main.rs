//! Typing in the grid: with an input method, by pasting blocks, by every key of the table, by choosing.

mod choosing;
mod composition;
mod editing_keys;
mod moving_keys;
mod paste;
mod seen;
mod spreadsheet;
