//! Acts that were not accepted: their values are kept until somebody has seen to them.

use shared::id::ActId;
use yew::prelude::*;

use crate::i18n::{Message, use_language};
use crate::icon::{Icon, Symbol};

/// One act that was not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsideLine {
    /// The act.
    pub act: ActId,
    /// Where: rows and columns.
    pub place: AttrValue,
    /// The values.
    pub values: AttrValue,
    /// When it was done, and why it was not accepted.
    pub why: AttrValue,
}

/// Properties of [`AsidePanel`].
#[derive(Clone, PartialEq, Properties)]
pub struct AsidePanelProps {
    /// The acts.
    pub lines: Vec<AsideLine>,
    /// Copies all of them.
    pub on_copy: Callback<()>,
    /// Drops one.
    pub on_dismiss: Callback<ActId>,
}

/// Acts that were not accepted.
#[component]
pub fn AsidePanel(
    AsidePanelProps {
        lines,
        on_copy,
        on_dismiss,
    }: &AsidePanelProps,
) -> Html {
    let language = use_language();
    let rows = lines.iter().map(|line| {
        let act = line.act;
        html! {
            <li key={act.to_string()} class="aside-line">
                <span class="aside-place">{ &line.place }</span>
                <span class="aside-values">{ &line.values }</span>
                <small>{ &line.why }</small>
                <button class="button" type="button" onclick={on_dismiss.reform(move |_: MouseEvent| act)}>
                    { language.say(&Message::AsideDismiss) }
                </button>
            </li>
        }
    });
    html! {
        <section class="aside-panel" aria-label={language.say(&Message::AsideTitle { count: lines.len() })}>
            <header class="aside-head">
                <Symbol icon={Icon::Warning} />
                <b>{ language.say(&Message::AsideTitle { count: lines.len() }) }</b>
                <span class="aside-hint">{ language.say(&Message::AsideHint) }</span>
                <button class="button" type="button" onclick={on_copy.reform(|_: MouseEvent| ())}>{ language.say(&Message::AsideCopy) }</button>
            </header>
            <ul class="aside-lines">{ for rows }</ul>
        </section>
    }
}
