//! The grid's pure core: where the cursor is, what typed and pasted text means, which rows are shown.
//!
//! Knows neither the browser nor the store.

pub mod block;
pub mod draft;
pub mod key;
pub mod lens;
pub mod lookup;
pub mod machine;
pub mod matrix;
pub mod motion;
pub mod place;
pub mod sheet;
pub mod states;
pub mod window;
