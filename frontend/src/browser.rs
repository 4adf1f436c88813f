//! The browser: the only modules that name its interfaces.

pub mod clipboard;
pub mod field;
pub mod geometry;
pub mod keyboard;
pub mod page;
pub mod preference;
