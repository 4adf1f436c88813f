//! What is shown this once, to be handed to somebody: slips with first passwords, and one-time codes.

use shared::time::Timestamp;
use yew::prelude::*;

use super::notice;
use super::sheet::Rest;
use crate::browser::page;
use crate::components::confirm::Confirm;
use crate::components::dialog::Dialog;
use crate::components::slip_sheet::{SlipSheet, Slips};
use crate::hooks::use_signed_in;
use crate::i18n::{AdminNote, Language, Message, use_language};
use crate::icon::{Icon, Symbol};
use crate::store::view::SignedIn;

/// Properties of [`HandingOut`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct HandingOutProps {
    pub(super) made: Slips,
    /// Which rows of a sheet have none.
    pub(super) rest: Option<Rest>,
    /// All were printed.
    pub(super) on_done: Callback<()>,
}

/// The page of slips.
#[component]
pub(super) fn HandingOut(HandingOutProps { made, rest, on_done }: &HandingOutProps) -> Html {
    let language = use_language();
    let signed_in = use_signed_in();
    let asking = use_state(|| false);
    let ask = |to: bool| {
        let setter = asking.setter();
        Callback::from(move |()| setter.set(to))
    };
    let enterprise = match signed_in {
        SignedIn::As(me) => me.enterprise_name.clone(),
        _ => String::new(),
    };
    html! {
        <>
            { notice(rest.as_ref().map(|rest| rest.words(language))) }
            <div class="admin-tools handing-out">
                <div class="handing-out-words" role="alert">
                    <h2>{ language.note(&AdminNote::Slips { count: made.0.len() }) }</h2>
                    <p>{ language.note(&AdminNote::SlipsOnce) }</p>
                </div>
                <button class="button" type="button" data-tone="main" onclick={Callback::from(|_: MouseEvent| page::print())}>
                    <Symbol icon={Icon::Print} />{ language.note(&AdminNote::SlipsPrint) }
                </button>
                <button class="button" type="button" onclick={ask(true).reform(|_: MouseEvent| ())}>{ language.note(&AdminNote::SlipsDone) }</button>
            </div>
            <SlipSheet {enterprise} address={page::origin()} slips={made.clone()} />
            if *asking {
                <Confirm title={language.note(&AdminNote::SlipsDoneAsk)} hint={language.note(&AdminNote::SlipsDoneHint)}
                    answer={language.note(&AdminNote::SlipsDone)} on_answer={on_done.reform(|_: String| ())} on_close={ask(false)} />
            }
        </>
    }
}

/// The page of slips.
pub(super) fn slips(made: Slips, rest: Option<Rest>, on_done: Callback<()>) -> Html {
    html! { <HandingOut {made} {rest} {on_done} /> }
}

/// A one-time code.
pub(super) fn code(
    language: Language,
    name: &str,
    code: &str,
    until: Timestamp,
    on_close: &Callback<()>,
) -> Html {
    let actions = html! {
        <button class="button" type="button" data-tone="main" onclick={on_close.reform(|_: MouseEvent| ())}>{ language.say(&Message::Close) }</button>
    };
    html! {
        <Dialog title={language.note(&AdminNote::ResetMade { name })} {on_close} {actions}>
            <div class="reset-code">
                <code data-code="reset">{ code }</code>
                <p>{ language.note(&AdminNote::ResetUntil { until }) }</p>
                <p role="alert">{ language.note(&AdminNote::ResetOnce) }</p>
            </div>
        </Dialog>
    }
}
