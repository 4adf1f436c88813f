//! The locked screen: nothing of any ledger, and the ways to open it.

use std::rc::Rc;

use shared::protocol::http::Me;
use yew::prelude::*;

use super::sign_in::SignInPage;
use super::{device_words, sync_words};
use crate::components::lock_form::LockForm;
use crate::components::sync_chips::{SyncChips, SyncState};
use crate::hooks::{use_lock, use_now, use_store, use_sync};
use crate::i18n::{DeviceNote, use_language};
use crate::store::view::CodeProblem;

/// How far an attempt has come.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Attempt {
    #[default]
    Nothing,
    Waiting,
    Failed(CodeProblem),
}

/// Properties of [`LockPage`].
#[derive(Clone, PartialEq, Properties)]
pub struct LockPageProps {
    /// Whose screen it is.
    pub me: Rc<Me>,
}

/// The locked screen.
#[component]
pub fn LockPage(LockPageProps { me }: &LockPageProps) -> Html {
    let language = use_language();
    let store = use_store();
    let (sync, now, lock) = (use_sync(), use_now(), use_lock());
    let attempt = use_state(Attempt::default);
    let by_password = use_state(|| false);
    let turn = |to: bool| {
        let setter = by_password.setter();
        Callback::from(move |()| setter.set(to))
    };
    if *by_password || !lock.has_code {
        let back = turn(false).reform(|_: MouseEvent| ());
        let below = lock.has_code.then(|| {
            html! { <button class="button" type="button" onclick={back}>{ language.note(&DeviceNote::BackToCode) }</button> }
        });
        let lead = (!lock.has_code).then(|| language.note(&DeviceNote::ByPasswordOnly));
        return html! { <SignInPage {lead} below={below.unwrap_or_default()} /> };
    }
    let on_code = {
        let attempt = attempt.setter();
        Callback::from(move |typed: String| {
            let (store, attempt) = (store.clone(), attempt.clone());
            attempt.set(Attempt::Waiting);
            yew::platform::spawn_local(async move {
                if let Err(problem) = store.open_with(typed).await {
                    attempt.set(Attempt::Failed(problem));
                }
            });
        })
    };
    let problem = match *attempt {
        Attempt::Failed(problem) => Some(language.note(&device_words::code(problem))),
        Attempt::Nothing | Attempt::Waiting => None,
    };
    // What the words of the header lead to is behind the lock.
    let chips = sync_words::chips(language, &sync, now);
    let status = html! { <SyncChips {chips} on_open={turn(true).reform(|_: SyncState| ())} /> };
    html! {
        <LockForm name={me.name.clone()} {status} {problem} busy={*attempt == Attempt::Waiting} {on_code}
            on_password={turn(true)} />
    }
}
