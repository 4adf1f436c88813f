//! Signing in.

use yew::prelude::*;
use yew_router::hooks::{use_navigator, use_route};

use super::Link;
use crate::components::sign_in_form::{SignInForm, Submitted, Trial};
use crate::hooks::{use_signed_in, use_store};
use crate::i18n::{AccessNote, DeviceNote, Message, use_language};
use crate::pages::address::{Moved, NotTrusted};
use crate::route::Route;
use crate::store::view::{SignInProblem, SignedIn};

/// How far an attempt has come.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Attempt {
    #[default]
    Nothing,
    Waiting,
    Failed(SignInProblem),
}

/// Properties of [`SignInPage`].
#[derive(Clone, PartialEq, Properties)]
pub struct SignInPageProps {
    /// What is said instead of the introduction.
    #[prop_or_default]
    pub lead: Option<AttrValue>,
    /// What stands below the form.
    #[prop_or_default]
    pub below: Html,
}

/// Signing in.
#[component]
pub fn SignInPage(SignInPageProps { lead, below }: &SignInPageProps) -> Html {
    let store = use_store();
    let language = use_language();
    // Whether somebody is signed in comes with the same topic as the enterprise: the page is woken for both.
    let signed_in = use_signed_in();
    let attempt = use_state(Attempt::default);
    let navigator = use_navigator();
    let route = use_route::<Route>();
    let enterprise = store.enterprise();
    let name = enterprise
        .as_ref()
        .map(|enterprise| AttrValue::from(enterprise.name.clone()))
        .unwrap_or_default();
    let trials = enterprise
        .iter()
        .flat_map(|enterprise| &enterprise.demo)
        .map(|account| Trial {
            login: account.login.clone().into(),
            password: account.password.clone().into(),
            name: account.name.clone().into(),
            role: format!(
                "{} · {}",
                language.say(&Message::Role(account.role)),
                account.unit
            )
            .into(),
        });
    let on_submit = {
        let (store, attempt) = (store.clone(), attempt.setter());
        Callback::from(
            move |Submitted {
                      login,
                      password,
                      kind,
                  }| {
                let (store, attempt, navigator) = (store.clone(), attempt.clone(), navigator.clone());
                attempt.set(Attempt::Waiting);
                yew::platform::spawn_local(async move {
                    match store.sign_in(login, password, kind).await {
                        Ok(()) => {
                            attempt.set(Attempt::Nothing);
                            if let Some(navigator) = navigator.filter(|_| route == Some(Route::SignIn)) {
                                navigator.push(&Route::Home);
                            }
                        }
                        Err(problem) => attempt.set(Attempt::Failed(problem)),
                    }
                });
            },
        )
    };
    let problem = match *attempt {
        Attempt::Failed(problem) => Some(language.attribute(&words(problem))),
        Attempt::Nothing if matches!(signed_in, SignedIn::As(_)) => {
            Some(language.attribute(&Message::SignInAgain))
        }
        Attempt::Nothing if store.is_wiping() => Some(language.note(&DeviceNote::Wiping)),
        Attempt::Nothing | Attempt::Waiting => None,
    };
    let moved_to = enterprise
        .as_ref()
        .and_then(|enterprise| enterprise.moved_to.clone());
    let is_empty = enterprise
        .as_ref()
        .is_some_and(|enterprise| enterprise.name.is_empty());
    let lead = lead
        .clone()
        .or_else(|| is_empty.then(|| language.note(&AccessNote::NotSetUp)));
    let below = html! {
        <>
            <Link classes="sign-in-link" to={Route::Reset}>{ language.note(&AccessNote::UseReset) }</Link>
            { below.clone() }
        </>
    };
    html! {
        <>
        if let Some(to) = moved_to { <Moved {to} /> }
        <NotTrusted />
        <SignInForm
            enterprise={name}
            trials={trials.collect::<Vec<_>>()}
            {problem}
            busy={*attempt == Attempt::Waiting}
            kind={store.lock_view().kind}
            {lead}
            {below}
            {on_submit}
        />
        </>
    }
}

const fn words(problem: SignInProblem) -> Message<'static> {
    match problem {
        SignInProblem::Wrong => Message::SignInWrong,
        SignInProblem::SlowDown { seconds } => Message::SignInSlowDown { seconds },
        SignInProblem::Unreachable => Message::SignInUnreachable,
        SignInProblem::Storage => Message::StorageCannotOpen,
        SignInProblem::Failed => Message::SignInFailed,
    }
}
