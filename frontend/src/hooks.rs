//! Hooks: the store's values as components see them, renewed whenever they change.

mod preference;
mod store;

pub use preference::use_preference;
pub use store::{
    use_inbox, use_ledger, use_ledgers, use_lock, use_now, use_signed_in, use_store, use_sync, use_todo,
};
