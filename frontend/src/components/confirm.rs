//! A question with one answer besides no, and perhaps a line of text to go with it.

use yew::prelude::*;

use crate::browser::field;
use crate::components::dialog::Dialog;
use crate::i18n::{Message, use_language};

/// Properties of [`Confirm`].
#[derive(Clone, PartialEq, Properties)]
pub struct ConfirmProps {
    /// The question.
    pub title: AttrValue,
    /// What the answer leads to.
    pub hint: AttrValue,
    /// The answer.
    pub answer: AttrValue,
    /// What is to be typed, if anything.
    #[prop_or_default]
    pub asked: Option<AttrValue>,
    /// It was answered, with what was typed.
    pub on_answer: Callback<String>,
    /// It was not.
    pub on_close: Callback<()>,
}

/// A question with one answer besides no: Enter gives it, Escape does not.
#[component]
pub fn Confirm(
    ConfirmProps {
        title,
        hint,
        answer,
        asked,
        on_answer,
        on_close,
    }: &ConfirmProps,
) -> Html {
    let language = use_language();
    let onsubmit = on_answer.reform(|event: SubmitEvent| {
        event.prevent_default();
        field::submitted(event.target(), "text").trim().to_owned()
    });
    let actions = html! {
        <>
            <button class="button" type="button" onclick={on_close.reform(|_: MouseEvent| ())}>{ language.say(&Message::Cancel) }</button>
            <button class="button" type="submit" form="confirm" data-tone="main" autofocus={asked.is_none()}>{ answer }</button>
        </>
    };
    html! {
        <Dialog {title} {on_close} {actions}>
            <form id="confirm" class="confirm" {onsubmit}>
                <p>{ hint }</p>
                if let Some(asked) = asked {
                    <label class="field"><span>{ asked }</span>
                        <input class="input" name="text" maxlength="200" required=true autofocus=true autocomplete="off" /></label>
                }
            </form>
        </Dialog>
    }
}
