//! Pages: they read the store through hooks and give components data and callbacks.

use yew::prelude::*;

use crate::components::problem::Problem;
use crate::i18n::{Language, Message};
use crate::route::Route;
use crate::store::view::StorageTrouble;

pub mod address;
pub mod admin;
mod appraisal;
pub mod choose_code;
pub mod deliver_only;
mod device_words;
pub mod first_password;
pub mod frame;
pub mod inbox;
mod leaving;
pub mod ledger;
pub mod ledgers;
pub mod lock;
pub mod password;
pub(crate) mod request_words;
pub mod reset;
pub mod set_up;
pub mod settings;
pub mod sign_in;
pub mod sync_words;

type Link = yew_router::components::Link<Route>;

/// While the device is being read.
pub(crate) fn opening(language: Language) -> Html {
    html! {
        <div class="opening" role="status" aria-busy="true">
            <p class="opening-word">{ language.say(&Message::Opening) }</p>
            { skeleton() }
        </div>
    }
}

/// Grey lines where rows will be.
pub(crate) fn skeleton() -> Html {
    html! { <div class="skeleton" aria-hidden="true">{ for (0..8).map(|_| html! { <i class="skeleton-line"></i> }) }</div> }
}

/// An address without a page.
pub(crate) fn not_found(language: Language) -> Html {
    html! {
        <Problem title={language.attribute(&Message::PageMissing)} hint={language.attribute(&Message::PageMissingHint)}>
            { home(language) }
        </Problem>
    }
}

/// The device's storage cannot be used.
pub(crate) fn storage(language: Language, trouble: StorageTrouble) -> Html {
    html! {
        <div class="opening">
            <Problem title={language.attribute(&Message::AppName)} hint={language.attribute(&storage_words(trouble))} />
        </div>
    }
}

/// What is wrong with the device's storage, in words.
pub(crate) const fn storage_words(trouble: StorageTrouble) -> Message<'static> {
    match trouble {
        StorageTrouble::CannotOpen => Message::StorageCannotOpen,
        StorageTrouble::Newer => Message::StorageNewer,
        StorageTrouble::CannotWrite => Message::StorageCannotWrite,
        StorageTrouble::Full => Message::StorageFull,
    }
}

/// The way back to the desk.
pub(crate) fn home(language: Language) -> Html {
    html! { <Link classes="button" to={Route::Home}>{ language.say(&Message::ToHome) }</Link> }
}
