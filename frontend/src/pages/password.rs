//! Changing one's own password.

use yew::prelude::*;

use super::request_words::problem;
use crate::browser::field;
use crate::components::password_form::{PasswordForm, Submission};
use crate::hooks::{Request, use_request, use_store};
use crate::i18n::{AccessNote, use_language};

/// Changing one's own password.
#[component]
pub fn PasswordPage() -> Html {
    let language = use_language();
    let done = use_state(|| 0_usize);
    let (request, on_submit) = use_change({
        let (done, so_far) = (done.setter(), *done);
        Callback::from(move |()| done.set(so_far + 1))
    });
    html! {
        <>
            <header class="page-head">
                <div>
                    <h1>{ language.note(&AccessNote::ChangePassword) }</h1>
                    <p class="page-lead">{ language.note(&AccessNote::ChangeLead) }</p>
                </div>
            </header>
            <div class="settings">
                <section class="settings-part">
                    // Once it is changed, what was typed goes.
                    <PasswordForm key={*done} answer={language.note(&AccessNote::ChangeSend)} problem={problem(language, &request)}
                        busy={request.is_waiting()} {on_submit}>
                        { old(language.note(&AccessNote::OldPassword)) }
                    </PasswordForm>
                    if *done > 0 { <p role="status">{ language.note(&AccessNote::PasswordChanged) }</p> }
                </section>
            </div>
        </>
    }
}

/// Changes the password, by what was submitted.
#[hook]
pub(crate) fn use_change(on_done: Callback<()>) -> (Request, Callback<Submission>) {
    let (store, request) = (use_store(), use_request());
    let on_submit = {
        let request = request.clone();
        Callback::from(move |Submission { event, password }| {
            let (store, on_done) = (store.clone(), on_done.clone());
            let old = field::submitted(event.target(), "old");
            let changing = async move { store.change_password(old, password).await };
            request.make(changing, move |()| on_done.emit(()));
        })
    };
    (request, on_submit)
}

/// The field for the password in use.
pub(crate) fn old(label: AttrValue) -> Html {
    html! {
        <label class="field"><span>{ label }</span>
            <input class="input" name="old" type="password" autocomplete="current-password" required=true autofocus=true /></label>
    }
}
