//! A password set anew by a one-time code.

use shared::protocol::http::{Problem, Reset};
use yew::prelude::*;

use super::Link;
use super::request_words::failed;
use crate::browser::field;
use crate::browser::http::HttpError;
use crate::components::password_form::{PasswordForm, Submission};
use crate::hooks::{Asked, use_request, use_store};
use crate::i18n::{AccessNote, Message, use_language};
use crate::route::Route;

/// A password set anew by a one-time code.
#[component]
pub fn ResetPage() -> Html {
    let language = use_language();
    let (store, request) = (use_store(), use_request());
    let done = use_state(|| false);
    let on_submit = {
        let (request, done) = (request.clone(), done.setter());
        Callback::from(move |Submission { event, password }| {
            let field = |name| field::submitted(event.target(), name).trim().to_owned();
            let reset = Reset {
                login: field("login"),
                code: field("code"),
                password,
            };
            let (store, done) = (store.clone(), done.clone());
            request.make(async move { store.reset_password(reset).await }, move |()| {
                done.set(true);
            });
        })
    };
    let problem = match request.asked() {
        Asked::Failed(HttpError::Problem(Problem::WrongPassword)) => {
            Some(language.note(&AccessNote::CodeWrong))
        }
        Asked::Failed(why) => Some(failed(language, why)),
        Asked::Nothing | Asked::Waiting => None,
    };
    html! {
        <div class="doorway" data-screen="reset">
            <section class="doorway-panel">
                <h1>{ language.note(&AccessNote::ResetTitle) }</h1>
                if *done {
                    <p role="status">{ language.note(&AccessNote::ResetDone) }</p>
                } else {
                    <p class="doorway-hint">{ language.note(&AccessNote::ResetLead) }</p>
                    <PasswordForm answer={language.note(&AccessNote::ResetSend)} {problem} busy={request.is_waiting()} {on_submit}>
                        <label class="field"><span>{ language.say(&Message::Account) }</span>
                            <input class="input" name="login" autocomplete="username" autocapitalize="none" required=true autofocus=true /></label>
                        <label class="field"><span>{ language.note(&AccessNote::ResetCode) }</span>
                            <input class="input" name="code" autocomplete="one-time-code" autocapitalize="none" required=true /></label>
                    </PasswordForm>
                }
                <Link classes="button" to={Route::SignIn}>{ language.note(&AccessNote::ToSignIn) }</Link>
            </section>
        </div>
    }
}
