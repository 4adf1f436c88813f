//! The browser: the only modules that name its interfaces.

pub mod clipboard;
pub mod clock;
pub mod field;
pub mod file;
pub mod geometry;
pub mod http;
pub mod idb;
pub mod keyboard;
pub mod page;
pub mod preference;
pub mod secret;
pub mod socket;
pub mod tabs;
