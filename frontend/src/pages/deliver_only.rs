//! The one page of an account without a role: what this device holds is delivered, and nothing is shown.

use std::rc::Rc;

use shared::protocol::http::{DeviceKind, Me};
use yew::prelude::*;
use yew_router::hooks::use_navigator;

use super::leaving::use_leaving;
use super::sync_words;
use crate::components::sync_chips::{SyncChips, SyncState};
use crate::hooks::{use_lock, use_now, use_sync};
use crate::i18n::{DeviceNote, Message, use_language};
use crate::route::Route;
use crate::store::view::Leaving;

/// Properties of [`DeliverOnlyPage`].
#[derive(Clone, PartialEq, Properties)]
pub struct DeliverOnlyPageProps {
    /// Who is signed in.
    pub me: Rc<Me>,
}

/// The one page of an account without a role.
#[component]
pub fn DeliverOnlyPage(DeliverOnlyPageProps { me }: &DeliverOnlyPageProps) -> Html {
    let language = use_language();
    let (sync, now, lock) = (use_sync(), use_now(), use_lock());
    let (leave, dialog) = use_leaving();
    let navigator = use_navigator();
    let on_open = Callback::from(move |state| {
        if let Some(navigator) = navigator.as_ref().filter(|_| state == SyncState::SignIn) {
            navigator.push(&Route::SignIn);
        }
    });
    let left = match sync.pending {
        0 => DeviceNote::DeliverOnlyDone,
        count => DeviceNote::DeliverOnlyLeft { count },
    };
    let leaving = usual(lock.kind);
    html! {
        <div class="doorway" data-screen="deliver-only">
            <section class="doorway-panel">
                <h1>{ language.note(&DeviceNote::DeliverOnly) }</h1>
                <p>{ &me.name }</p>
                <p class="doorway-hint">{ language.note(&DeviceNote::DeliverOnlyHint) }</p>
                <SyncChips chips={sync_words::chips(language, &sync, now)} {on_open} />
                <p>{ language.note(&left) }</p>
                <button class="button" type="button" onclick={leave.reform(move |_: MouseEvent| leaving)}>
                    { language.say(&Message::SignOut) }
                </button>
            </section>
            { dialog }
        </div>
    }
}

/// How one leaves a device of this kind, unless one says otherwise.
pub(crate) const fn usual(kind: DeviceKind) -> Leaving {
    match kind {
        DeviceKind::Shared => Leaving::Wipe,
        DeviceKind::Personal => Leaving::Keep,
    }
}
