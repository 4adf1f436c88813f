//! Signing out: at once where nothing is lost by it, else with the ways out.

use yew::prelude::*;

use super::device_words;
use crate::components::dialog::Dialog;
use crate::hooks::use_store;
use crate::i18n::{DeviceNote, Language, Message, use_language};
use crate::store::view::{HandoverFile, Leaving, SignOutProblem};

/// How far leaving has come.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Step {
    /// Nobody wants to leave.
    #[default]
    None,
    /// It was stopped.
    Stopped(SignOutProblem),
    /// A file was given to the browser.
    Saved(HandoverFile),
}

/// The way out, and what it shows: a callback that begins to leave, and the dialog while there is one.
#[hook]
pub(crate) fn use_leaving() -> (Callback<Leaving>, Html) {
    let language = use_language();
    let store = use_store();
    let step = use_state(Step::default);
    let leave = {
        let (store, step) = (store.clone(), step.setter());
        Callback::from(move |leaving: Leaving| {
            let (store, step) = (store.clone(), step.clone());
            yew::platform::spawn_local(async move {
                if let Err(problem) = store.sign_out(leaving).await {
                    step.set(Step::Stopped(problem));
                }
            });
        })
    };
    let to = |next: fn(&crate::store::Store) -> Step| {
        let (store, step) = (store.clone(), step.setter());
        Callback::from(move |_: MouseEvent| step.set(next(&store)))
    };
    let close = to(|_| Step::None);
    let sync = to(|store| {
        store.sync_now();
        Step::None
    });
    let lock = to(|store| {
        store.lock();
        Step::None
    });
    let save = to(|store| match store.save_hand_over() {
        Ok(file) => Step::Saved(file),
        Err(problem) => Step::Stopped(problem),
    });
    let wipe = leave.reform(|_: MouseEvent| Leaving::HandedOver);
    let button = |note: AttrValue, onclick: &Callback<MouseEvent>, tone: Option<&'static str>| {
        html! { <button class="button" type="button" data-tone={tone} {onclick}>{ note }</button> }
    };
    let (says, actions) = match &*step {
        Step::None => return (leave, Html::default()),
        Step::Stopped(problem @ (SignOutProblem::StillWriting | SignOutProblem::TabSilent)) => (
            html! { <p role="alert">{ language.note(&device_words::sign_out(*problem)) }</p> },
            button(language.attribute(&Message::Close), &close, Some("main")),
        ),
        Step::Stopped(problem) => (
            stopped(language, *problem),
            html! {
                <>
                    { button(language.attribute(&Message::SyncNow), &sync, None) }
                    { button(language.note(&DeviceNote::SaveFile), &save, None) }
                    { button(language.note(&DeviceNote::LockKeep), &lock, Some("main")) }
                </>
            },
        ),
        Step::Saved(file) => (
            saved(language, file),
            html! {
                <>
                    { button(language.attribute(&Message::Cancel), &close, None) }
                    { button(language.note(&DeviceNote::FileAgain), &save, None) }
                    { button(language.note(&DeviceNote::FileWipe), &wipe, Some("main")) }
                </>
            },
        ),
    };
    let on_close = {
        let step = step.setter();
        Callback::from(move |()| step.set(Step::None))
    };
    let dialog = html! {
        <Dialog title={language.note(&DeviceNote::SignOutTitle)} {on_close} {actions}>{ says }</Dialog>
    };
    (leave, dialog)
}

fn stopped(language: Language, problem: SignOutProblem) -> Html {
    html! {
        <div class="leaving">
            <p role="alert">{ language.note(&device_words::sign_out(problem)) }</p>
            <p>{ language.note(&DeviceNote::OnlyHereLock) }</p>
            <p>{ language.note(&DeviceNote::OnlyHereFile) }</p>
        </div>
    }
}

fn saved(language: Language, HandoverFile { name, sum, count }: &HandoverFile) -> Html {
    let told = DeviceNote::FileSaved {
        name,
        sum,
        count: *count,
    };
    html! {
        <div class="leaving">
            <p class="leaving-file" role="alert">{ language.note(&told) }</p>
            <p>{ language.note(&DeviceNote::FileConfirm) }</p>
        </div>
    }
}
