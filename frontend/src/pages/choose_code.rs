//! Choosing a code to lock with, once, after the first sign-in on a shared device.

use yew::prelude::*;

use super::device_words;
use crate::components::code_form::CodeForm;
use crate::hooks::use_store;
use crate::i18n::{DeviceNote, use_language};
use crate::store::view::{CODE_CHARS, CodeProblem};

/// Choosing a code to lock with.
#[component]
pub fn ChooseCodePage() -> Html {
    let language = use_language();
    let (said, busy, on_codes) = use_code_choice();
    let store = use_store();
    let later = Callback::from(move |_: MouseEvent| {
        let store = store.clone();
        yew::platform::spawn_local(async move {
            if let Err(problem) = store.choose_code(None).await {
                // The page stays: choosing anew tells the problem to the person.
                tracing::error!(?problem, "that no code is wanted was not kept");
            }
        });
    });
    let others = html! { <button class="button" type="button" onclick={later}>{ language.note(&DeviceNote::CodeLater) }</button> };
    html! {
        <div class="doorway" data-screen="code">
            <section class="doorway-panel">
                <h1>{ language.note(&DeviceNote::CodeChoose { least: CODE_CHARS }) }</h1>
                <p class="doorway-hint">{ language.note(&DeviceNote::CodeChooseLead) }</p>
                <CodeForm {said} {busy} {others} {on_codes} />
                <p class="doorway-hint">{ language.note(&DeviceNote::CodeLaterHint) }</p>
                <p class="doorway-hint">{ language.note(&DeviceNote::LockTruth) }</p>
            </section>
        </div>
    }
}

/// What is said of a choice, whether an answer is awaited, and what to do with two codes that were typed.
#[hook]
pub(crate) fn use_code_choice() -> (Option<AttrValue>, bool, Callback<(String, String)>) {
    let language = use_language();
    let store = use_store();
    let said = use_state(|| None::<DeviceNote<'static>>);
    let busy = use_state(|| false);
    let on_codes = {
        let (said, busy) = (said.setter(), busy.setter());
        Callback::from(move |(code, again): (String, String)| {
            if code != again {
                return said.set(Some(DeviceNote::CodeDiffers));
            }
            let (store, said, busy) = (store.clone(), said.clone(), busy.clone());
            busy.set(true);
            yew::platform::spawn_local(async move {
                let chosen: Result<(), CodeProblem> = store.choose_code(Some(code)).await;
                busy.set(false);
                said.set(Some(match chosen {
                    Ok(()) => DeviceNote::Saved,
                    Err(problem) => device_words::code(problem),
                }));
            });
        })
    };
    let words = said.as_ref().map(|note| language.note(note));
    (words, *busy, on_codes)
}
