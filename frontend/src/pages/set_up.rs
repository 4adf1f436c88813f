//! The first administrator of an empty store, by the link that the relay has printed.

use shared::access::UnitKind;
use shared::protocol::http::{Problem, Setup};
use yew::prelude::*;

use super::Link;
use super::request_words::failed;
use crate::browser::http::HttpError;
use crate::browser::{field, page};
use crate::components::password_form::{PasswordForm, Submission};
use crate::hooks::{Asked, use_request, use_store};
use crate::i18n::{AccessNote, AdminNote, Language, Message, use_language};
use crate::route::Route;

/// The first administrator of an empty store.
#[component]
pub fn SetUpPage() -> Html {
    let language = use_language();
    let (store, request) = (use_store(), use_request());
    // Taken out of the address bar before anything else: it is a secret.
    let token = use_state(page::take_fragment);
    {
        let token = token.setter();
        use_effect_with((), move |()| {
            let listens = page::on_fragment(move |fragment| token.set(Some(fragment)));
            move || drop(listens)
        });
    }
    let done = use_state(|| false);
    let on_submit = {
        let (request, done, token) = (request.clone(), done.setter(), token.clone());
        Callback::from(move |Submission { event, password }| {
            let field = |name| field::submitted(event.target(), name);
            let kind = field("kind");
            let setup = Setup {
                token: token.as_deref().unwrap_or_default().to_owned(),
                enterprise: field("enterprise"),
                kind: kind_of(&kind).unwrap_or_default(),
                login: field("login"),
                name: field("name"),
                password,
            };
            let (store, done) = (store.clone(), done.clone());
            request.make(async move { store.set_up(setup).await }, move |()| done.set(true));
        })
    };
    let problem = match request.asked() {
        Asked::Failed(HttpError::Problem(Problem::NotFound)) => Some(language.note(&AccessNote::SetupUsed)),
        Asked::Failed(why) => Some(failed(language, why)),
        Asked::Nothing | Asked::Waiting => None,
    };
    html! {
        <div class="doorway" data-screen="set-up">
            <section class="doorway-panel">
                <h1>{ language.note(&AccessNote::SetupTitle) }</h1>
                if *done {
                    <p role="status">{ language.note(&AccessNote::SetupDone) }</p>
                    <Link classes="button" to={Route::SignIn}>{ language.say(&Message::SignIn) }</Link>
                } else if token.is_none() {
                    <p role="alert">{ language.note(&AccessNote::SetupNoLink) }</p>
                } else {
                    <p class="doorway-hint">{ language.note(&AccessNote::SetupLead) }</p>
                    <PasswordForm answer={language.note(&AccessNote::SetupSend)} {problem} busy={request.is_waiting()} {on_submit}>
                        { fields(language) }
                    </PasswordForm>
                }
            </section>
        </div>
    }
}

fn fields(language: Language) -> Html {
    let kinds = UnitKind::ALL.into_iter().map(|kind| {
        html! { <option key={code(kind)} value={code(kind)}>{ language.note(&AdminNote::Kind(kind)) }</option> }
    });
    let typed = |name: &'static str, label: AttrValue, autocomplete: &'static str| {
        html! {
            <label class="field"><span>{ label }</span>
                <input class="input" {name} {autocomplete} autocapitalize="none" required=true /></label>
        }
    };
    html! {
        <>
            { typed("enterprise", language.note(&AccessNote::SetupEnterprise), "organization") }
            <label class="field"><span>{ language.note(&AccessNote::SetupKind) }</span>
                <select class="input" name="kind">{ for kinds }</select></label>
            <h2>{ language.note(&AccessNote::SetupYou) }</h2>
            { typed("name", language.note(&AccessNote::SetupName), "name") }
            { typed("login", language.attribute(&Message::Account), "username") }
        </>
    }
}

/// The word for a kind of unit in a form.
pub(crate) const fn code(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::PartyCommittee => "committee",
        UnitKind::GeneralBranch => "general",
        UnitKind::Branch => "branch",
    }
}

/// The kind of unit that a word in a form stands for.
pub(crate) fn kind_of(word: &str) -> Option<UnitKind> {
    UnitKind::ALL.into_iter().find(|kind| code(*kind) == word)
}
