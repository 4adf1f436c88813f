//! The app that officers use: a Yew application in WebAssembly.

pub mod app;
pub mod browser;
pub mod components;
pub mod grid;
pub mod hooks;
pub mod i18n;
pub mod icon;
pub mod intake;
pub mod pages;
pub mod route;
pub mod store;

/// Starts the app in the element the page keeps for it.
#[cfg(target_family = "wasm")]
#[wasm_bindgen::prelude::wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
    if let Some(root) = browser::page::root() {
        yew::Renderer::<app::App>::with_root(root).render();
    }
}
