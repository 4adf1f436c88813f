//! What a locked screen shows: whose it is, a field for the code, and the way round it.

use yew::prelude::*;

use crate::browser::field;
use crate::i18n::{DeviceNote, Message, use_language};
use crate::icon::{Icon, Symbol};

/// Properties of [`LockForm`].
#[derive(Clone, PartialEq, Properties)]
pub struct LockFormProps {
    /// Whose ledgers are behind it.
    pub name: AttrValue,
    /// What is said about sync.
    pub status: Html,
    /// Why it did not open.
    pub problem: Option<AttrValue>,
    /// Whether the code is being checked.
    pub busy: bool,
    /// A code was submitted.
    pub on_code: Callback<String>,
    /// The person would rather sign in.
    pub on_password: Callback<()>,
}

/// What a locked screen shows.
#[component]
pub fn LockForm(props: &LockFormProps) -> Html {
    let language = use_language();
    let onsubmit = props.on_code.reform(|event: SubmitEvent| {
        event.prevent_default();
        field::submitted(event.target(), "code")
    });
    let name = &props.name;
    html! {
        <div class="lock" data-screen="locked">
            <form class="lock-form" {onsubmit}>
                <span class="mark"><span class="mark-sign" aria-hidden="true">{ "台" }</span>{ language.say(&Message::AppName) }</span>
                <h1><Symbol icon={Icon::Lock} />{ language.note(&DeviceNote::LockedFor { name }) }</h1>
                { props.status.clone() }
                <label class="field"><span>{ language.note(&DeviceNote::Code) }</span>
                    <input class="input" name="code" type="password" autocomplete="off" required=true autofocus=true maxlength="64" /></label>
                if let Some(problem) = &props.problem { <p class="lock-problem" role="alert">{ problem }</p> }
                <button class="button" type="submit" data-tone="main" disabled={props.busy}>
                    { language.note(if props.busy { &DeviceNote::CodeChecking } else { &DeviceNote::CodeOpen }) }
                </button>
                <button class="button" type="button" onclick={props.on_password.reform(|_: MouseEvent| ())}>
                    { language.note(&DeviceNote::ByPassword) }
                </button>
                <p class="lock-truth">{ language.note(&DeviceNote::LockTruth) }</p>
            </form>
        </div>
    }
}
