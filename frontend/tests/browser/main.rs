//! What only a real browser can show of the modules that name its interfaces.
#![cfg(target_family = "wasm")]
#![expect(clippy::unwrap_used, reason = "a test that panics has said what is wrong")]

use wasm_bindgen_test::wasm_bindgen_test_configure;

mod change;
mod clipboard;
mod field;
mod file;
mod geometry;
mod idb;
mod keyboard;
mod opening;
mod page;
mod secret;
mod stage;
mod tabs;
mod wait;

wasm_bindgen_test_configure!(run_in_browser);
