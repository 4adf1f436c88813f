//! The form to sign in with.

use shared::protocol::http::DeviceKind;
use yew::prelude::*;

use crate::browser::field;
use crate::i18n::{DeviceNote, Message, use_language};

/// An account to try, in the demonstration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// What is typed as the account.
    pub login: AttrValue,
    /// The password.
    pub password: AttrValue,
    /// Whose it is.
    pub name: AttrValue,
    /// The role and the unit.
    pub role: AttrValue,
}

/// Properties of [`SignInForm`].
#[derive(Clone, PartialEq, Properties)]
pub struct SignInFormProps {
    /// The enterprise; empty until it is known.
    pub enterprise: AttrValue,
    /// Accounts to try.
    pub trials: Vec<Trial>,
    /// Why it did not succeed.
    pub problem: Option<AttrValue>,
    /// Whether an answer is awaited.
    pub busy: bool,
    /// What kind of device it is taken for until somebody says otherwise.
    #[prop_or_default]
    pub kind: DeviceKind,
    /// What is said instead of the introduction.
    #[prop_or_default]
    pub lead: Option<AttrValue>,
    /// What stands below the form.
    #[prop_or_default]
    pub below: Html,
    /// Account and password were submitted.
    pub on_submit: Callback<Submitted>,
}

/// What was submitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submitted {
    /// The account.
    pub login: String,
    /// The password.
    pub password: String,
    /// What kind of device this is said to be.
    pub kind: DeviceKind,
}

/// The form to sign in with.
#[component]
pub fn SignInForm(props: &SignInFormProps) -> Html {
    let language = use_language();
    let kind = use_state(|| props.kind);
    let onsubmit = {
        let kind = *kind;
        props.on_submit.reform(move |event: SubmitEvent| {
            event.prevent_default();
            Submitted {
                login: field::submitted(event.target(), "login").trim().to_owned(),
                password: field::submitted(event.target(), "password"),
                kind,
            }
        })
    };
    let on_tick = {
        let setter = kind.setter();
        Callback::from(move |event: Event| setter.set(kind_of(field::ticked(event.target()))))
    };
    let on_try = {
        let kind = *kind;
        props.on_submit.reform(move |(login, password)| Submitted {
            login,
            password,
            kind,
        })
    };
    let lead = props
        .lead
        .clone()
        .unwrap_or_else(|| language.attribute(&Message::SignInIntroduction));
    html! {
        <div class="sign-in">
            <form class="sign-in-form" {onsubmit}>
                <span class="mark"><span class="mark-sign" aria-hidden="true">{ "台" }</span>{ language.say(&Message::AppName) }</span>
                <h1>{ &props.enterprise }</h1>
                <p class="sign-in-lead">{ lead }</p>
                <label class="field"><span>{ language.say(&Message::Account) }</span>
                    <input class="input" name="login" autocomplete="username" autocapitalize="none" required=true autofocus=true /></label>
                <label class="field"><span>{ language.say(&Message::Password) }</span>
                    <input class="input" name="password" type="password" autocomplete="current-password" required=true /></label>
                <label class="sign-in-kind">
                    <input type="checkbox" name="shared" checked={*kind == DeviceKind::Shared} onchange={on_tick} />
                    <span>{ language.note(&DeviceNote::SharedTick) }<small>{ language.note(&DeviceNote::SharedTickHint) }</small></span>
                </label>
                if let Some(problem) = &props.problem { <p class="sign-in-problem" role="alert">{ problem }</p> }
                <button class="button" type="submit" data-tone="main" disabled={props.busy}>
                    { language.say(if props.busy { &Message::SigningIn } else { &Message::SignIn }) }
                </button>
                { props.below.clone() }
            </form>
            if !props.trials.is_empty() {
                <section class="sign-in-trials">
                    <h2>{ language.say(&Message::DemoAccounts) }</h2>
                    <p class="sign-in-lead">{ language.say(&Message::DemoHint) }</p>
                    <ul class="trials">
                        for trial in &props.trials {
                            <TrialLine key={trial.login.to_string()} trial={trial.clone()} busy={props.busy} on_submit={&on_try} />
                        }
                    </ul>
                </section>
            }
        </div>
    }
}

const fn kind_of(is_shared: bool) -> DeviceKind {
    if is_shared {
        DeviceKind::Shared
    } else {
        DeviceKind::Personal
    }
}

/// Properties of [`TrialLine`].
#[derive(Clone, PartialEq, Properties)]
pub struct TrialLineProps {
    /// The account.
    pub trial: Trial,
    /// Whether an answer is awaited.
    pub busy: bool,
    /// Signs in with it.
    pub on_submit: Callback<(String, String)>,
}

/// An account to try: a click signs in with it.
#[component]
pub fn TrialLine(
    TrialLineProps {
        trial,
        busy,
        on_submit,
    }: &TrialLineProps,
) -> Html {
    let onclick = on_submit.reform({
        let (login, password) = (trial.login.to_string(), trial.password.to_string());
        move |_: MouseEvent| (login.clone(), password.clone())
    });
    html! {
        <li>
            <button class="trial" type="button" disabled={*busy} {onclick}>
                <b>{ &trial.name }</b><small>{ &trial.role }</small>
                <code>{ &trial.login }</code><code>{ &trial.password }</code>
            </button>
        </li>
    }
}
