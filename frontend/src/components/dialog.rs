//! A dialog that wants an answer before anything else: the browser keeps the focus in it.

use yew::prelude::*;

use crate::browser::field;
use crate::i18n::{Message, use_language};
use crate::icon::{Icon, Symbol};

/// Properties of [`Dialog`].
#[derive(Clone, PartialEq, Properties)]
pub struct DialogProps {
    /// Its heading.
    pub title: AttrValue,
    /// Closes it without an answer.
    pub on_close: Callback<()>,
    /// What it holds.
    pub children: Html,
    /// Its buttons.
    #[prop_or_default]
    pub actions: Html,
}

/// A dialog that wants an answer.
#[component]
pub fn Dialog(
    DialogProps {
        title,
        on_close,
        children,
        actions,
    }: &DialogProps,
) -> Html {
    let language = use_language();
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            field::show_dialog(&node);
            // Closed before it goes, so that the browser gives the focus back to where it was.
            move || field::close_dialog(&node)
        });
    }
    let oncancel = on_close.reform(|event: Event| event.prevent_default());
    html! {
        <dialog class="dialog" ref={node} aria-label={title} {oncancel}
            onkeydown={Callback::from(|event: KeyboardEvent| event.stop_propagation())}>
            <header class="dialog-head">
                <h2>{ title }</h2>
                <button class="icon-button" type="button" onclick={on_close.reform(|_: MouseEvent| ())}
                    aria-label={language.say(&Message::Close)}><Symbol icon={Icon::Close} /></button>
            </header>
            <div class="dialog-body">{ children.clone() }</div>
            <footer class="dialog-actions">{ actions.clone() }</footer>
        </dialog>
    }
}
