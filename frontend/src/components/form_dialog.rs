//! A dialog with a form in it.

use yew::prelude::*;

use crate::components::dialog::Dialog;
use crate::i18n::{Message, use_language};

/// Properties of [`FormDialog`].
#[derive(Clone, PartialEq, Properties)]
pub struct FormDialogProps {
    /// Its heading.
    pub title: AttrValue,
    /// What the button says.
    pub answer: AttrValue,
    /// Why it did not succeed.
    #[prop_or_default]
    pub problem: Option<AttrValue>,
    /// Whether an answer is awaited.
    pub busy: bool,
    /// It was submitted.
    pub on_submit: Callback<SubmitEvent>,
    /// It was closed.
    pub on_close: Callback<()>,
    /// The fields.
    pub children: Html,
}

/// A dialog with a form in it.
#[component]
pub fn FormDialog(props: &FormDialogProps) -> Html {
    let language = use_language();
    let onsubmit = props.on_submit.reform(|event: SubmitEvent| {
        event.prevent_default();
        event
    });
    let actions = html! {
        <>
            <button class="button" type="button" onclick={props.on_close.reform(|_: MouseEvent| ())}>{ language.say(&Message::Cancel) }</button>
            <button class="button" type="submit" form="form-dialog" data-tone="main" disabled={props.busy}>{ &props.answer }</button>
        </>
    };
    html! {
        <Dialog title={&props.title} on_close={&props.on_close} {actions}>
            <form id="form-dialog" class="form-dialog" {onsubmit}>
                { props.children.clone() }
                if let Some(problem) = &props.problem { <p class="form-problem" role="alert">{ problem }</p> }
            </form>
        </Dialog>
    }
}
