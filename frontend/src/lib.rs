//! The app that officers use: a Yew application in WebAssembly.

pub mod store;
