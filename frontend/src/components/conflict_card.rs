//! One conflict, to be settled at its cell: the value before, every value with its author, and a way to type another.

use yew::prelude::*;

use crate::browser::field;
use crate::components::popover::Popover;
use crate::i18n::{Message, use_language};

/// One value of a conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The value, as it is shown.
    pub value: AttrValue,
    /// Who said it.
    pub author: AttrValue,
    /// The author's role and the time.
    pub detail: AttrValue,
}

/// Properties of [`ConflictCard`].
#[derive(Clone, PartialEq, Properties)]
pub struct ConflictCardProps {
    /// Which cell.
    pub title: AttrValue,
    /// The id of the cell's element.
    pub beside: AttrValue,
    /// What stood there before.
    pub before: Vec<Claim>,
    /// What was said.
    pub values: Vec<Claim>,
    /// What somebody was typing there.
    pub typed: AttrValue,
    /// Why another value that was typed cannot stand there.
    pub problem: Option<AttrValue>,
    /// Whether another value may be typed.
    pub open_to_others: bool,
    /// Keeps this one of the values.
    pub on_take: Callback<usize>,
    /// Keeps what was typed.
    pub on_other: Callback<String>,
    /// Leaves the conflict open.
    pub on_close: Callback<()>,
}

/// One conflict, to be settled at its cell.
#[component]
pub fn ConflictCard(props: &ConflictCardProps) -> Html {
    let language = use_language();
    let typing = use_state(|| !props.typed.is_empty());
    let type_other = {
        let setter = typing.setter();
        Callback::from(move |_: MouseEvent| setter.set(true))
    };
    let onsubmit = props.on_other.reform(|event: SubmitEvent| {
        event.prevent_default();
        field::submitted(event.target(), "value")
    });
    let long = props
        .before
        .iter()
        .chain(&props.values)
        .any(is_long)
        .then_some("true");
    let values = props.values.iter().enumerate().map(|(at, claim)| {
        html! {
            <div class="claim" data-long={long}>
                <b class="claim-value">{ &claim.value }</b>
                <span class="claim-author">{ &claim.author }<small>{ &claim.detail }</small></span>
                <button class="button" type="button" onclick={props.on_take.reform(move |_: MouseEvent| at)}>
                    { language.say(&Message::ClashTake) }
                </button>
            </div>
        }
    });
    html! {
        <Popover label={&props.title} beside={&props.beside} tone="clash" on_close={&props.on_close}>
            <header class="conflict-head">
                { language.say(&Message::ClashTitle { count: props.values.len() }) }
                <small>{ &props.title }</small>
            </header>
            <div class="conflict-card">
                for claim in &props.before {
                    <div class="claim" data-before="true" data-long={long}>
                        <b class="claim-value">{ &claim.value }</b>
                        <span class="claim-author">{ language.say(&Message::ClashBefore) }<small>{ format!("{} {}", claim.author, claim.detail) }</small></span>
                    </div>
                }
                { for values }
                if *typing {
                    <form class="conflict-other" {onsubmit}>
                        <textarea class="input" name="value" rows="2" autofocus=true aria-label={language.say(&Message::ClashOtherValue)} defaultvalue={&props.typed} />
                        <button class="button" type="submit" data-tone="main">{ language.say(&Message::ClashTake) }</button>
                    </form>
                    if let Some(problem) = &props.problem { <p class="conflict-problem" role="alert">{ problem }</p> }
                }
                <div class="conflict-actions">
                    if !*typing && props.open_to_others {
                        <button class="button" type="button" onclick={type_other}>{ language.say(&Message::ClashOther) }</button>
                    }
                    <button class="button" type="button" onclick={props.on_close.reform(|_: MouseEvent| ())}>
                        { language.say(&Message::ClashLater) }
                    </button>
                </div>
            </div>
        </Popover>
    }
}

/// Whether a value is so long that its author stands below it.
fn is_long(claim: &Claim) -> bool {
    claim.value.chars().count() > 10
}
