//! The one page of somebody whose first password is still in use: he changes it.

use std::rc::Rc;

use shared::protocol::http::Me;
use yew::prelude::*;

use super::deliver_only::usual;
use super::leaving::use_leaving;
use super::password::{old, use_change};
use super::request_words::problem;
use crate::components::password_form::PasswordForm;
use crate::hooks::use_lock;
use crate::i18n::{AccessNote, Message, use_language};

/// Properties of [`FirstPasswordPage`].
#[derive(Clone, PartialEq, Properties)]
pub struct FirstPasswordPageProps {
    /// Who is signed in.
    pub me: Rc<Me>,
}

/// The one page of somebody whose first password is still in use.
#[component]
pub fn FirstPasswordPage(FirstPasswordPageProps { me }: &FirstPasswordPageProps) -> Html {
    let language = use_language();
    let lock = use_lock();
    let (leave, dialog) = use_leaving();
    // Once it is changed, another page is here.
    let (request, on_submit) = use_change(Callback::noop());
    let leaving = usual(lock.kind);
    html! {
        <div class="doorway" data-screen="first-password">
            <section class="doorway-panel">
                <h1>{ language.note(&AccessNote::FirstTitle) }</h1>
                <p class="doorway-hint">{ language.note(&AccessNote::FirstLead { name: &me.name }) }</p>
                <PasswordForm answer={language.note(&AccessNote::ChangeSend)} problem={problem(language, &request)}
                    busy={request.is_waiting()} {on_submit}>
                    { old(language.note(&AccessNote::FirstOld)) }
                </PasswordForm>
                <button class="button" type="button" onclick={leave.reform(move |_: MouseEvent| leaving)}>
                    { language.say(&Message::SignOut) }
                </button>
            </section>
            { dialog }
        </div>
    }
}
