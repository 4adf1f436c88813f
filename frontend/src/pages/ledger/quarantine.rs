//! A ledger that is not opened, since opening it ended two sessions in a row: its file is offered, and another try.

use shared::id::LedgerId;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::components::problem::Problem;
use crate::hooks::use_store;
use crate::i18n::{SafetyNote, use_language};
use crate::pages::home;
use crate::store::view::HandoverFile;

/// Properties of [`Quarantine`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct QuarantineProps {
    pub(super) id: LedgerId,
}

/// A ledger that is not opened.
#[component]
pub(super) fn Quarantine(QuarantineProps { id }: &QuarantineProps) -> Html {
    let language = use_language();
    let store = use_store();
    let saved = use_state(|| None::<Option<HandoverFile>>);
    let save = {
        let saved = saved.setter();
        use_callback((store.clone(), *id), move |_: MouseEvent, (store, id)| {
            let (store, id, saved) = (store.clone(), *id, saved.clone());
            spawn_local(async move { saved.set(Some(store.save_quarantined(id).await)) });
        })
    };
    let again = use_callback((store, *id), |_: MouseEvent, (store, id)| {
        let (store, id) = (store.clone(), *id);
        spawn_local(async move { store.leave_quarantine(id).await });
    });
    let said = match &*saved {
        None => language.note(&SafetyNote::QuarantineAgainHint),
        Some(None) => language.note(&SafetyNote::QuarantineNotSaved),
        Some(Some(HandoverFile { name, sum, .. })) => {
            language.note(&SafetyNote::QuarantineSaved { name, sum })
        }
    };
    html! {
        <Problem title={language.note(&SafetyNote::QuarantineTitle)} hint={language.note(&SafetyNote::QuarantineHint)}>
            <p role="status">{ said }</p>
            <button class="button" type="button" data-tone="main" onclick={save}>{ language.note(&SafetyNote::QuarantineSave) }</button>
            <button class="button" type="button" onclick={again}>{ language.note(&SafetyNote::QuarantineAgain) }</button>
            { home(language) }
        </Problem>
    }
}
