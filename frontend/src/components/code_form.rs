//! Choosing a code to lock with: typed twice.

use yew::prelude::*;

use crate::browser::field;
use crate::i18n::{DeviceNote, use_language};

/// Properties of [`CodeForm`].
#[derive(Clone, PartialEq, Properties)]
pub struct CodeFormProps {
    /// Why it was not taken, or that it was.
    pub said: Option<AttrValue>,
    /// Whether an answer is awaited.
    pub busy: bool,
    /// Other buttons beside the one that takes the code.
    #[prop_or_default]
    pub others: Html,
    /// A code was typed twice, the same or not.
    pub on_codes: Callback<(String, String)>,
}

/// Choosing a code to lock with.
#[component]
pub fn CodeForm(props: &CodeFormProps) -> Html {
    let language = use_language();
    let onsubmit = props.on_codes.reform(|event: SubmitEvent| {
        event.prevent_default();
        let field = |name| field::submitted(event.target(), name);
        (field("code"), field("again"))
    });
    let field = |name: &'static str, note: &DeviceNote<'_>| {
        html! {
            <label class="field"><span>{ language.note(note) }</span>
                <input class="input" {name} type="password" autocomplete="off" required=true maxlength="64" /></label>
        }
    };
    html! {
        <form class="code-form" {onsubmit}>
            { field("code", &DeviceNote::Code) }
            { field("again", &DeviceNote::CodeAgain) }
            if let Some(said) = &props.said { <p class="code-said" role="alert">{ said }</p> }
            <div class="code-actions">
                <button class="button" type="submit" data-tone="main" disabled={props.busy}>{ language.note(&DeviceNote::CodeSave) }</button>
                { props.others.clone() }
            </div>
        </form>
    }
}
