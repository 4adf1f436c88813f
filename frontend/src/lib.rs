//! The app that officers use: a Yew application in WebAssembly.

pub mod browser;
pub mod grid;
pub mod i18n;
pub mod icon;
pub mod store;
