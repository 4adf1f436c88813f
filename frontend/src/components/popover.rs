//! A floating panel beside what it is about. It does not block the page.

use yew::prelude::*;

use crate::browser::{field, geometry};

/// Properties of [`Popover`].
#[derive(Clone, PartialEq, Properties)]
pub struct PopoverProps {
    /// What it is called.
    pub label: AttrValue,
    /// The id of the element it stands beside.
    pub beside: AttrValue,
    /// What kind of panel it is, for the style sheet.
    #[prop_or_default]
    pub tone: Option<AttrValue>,
    /// Closes it: Esc, or a click elsewhere.
    pub on_close: Callback<()>,
    /// What it holds.
    pub children: Html,
}

/// A floating panel beside what it is about.
#[component]
pub fn Popover(
    PopoverProps {
        label,
        beside,
        tone,
        on_close,
        children,
    }: &PopoverProps,
) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(beside.clone(), move |beside| {
            geometry::float_beside(&node, beside);
            field::focus_within(&node);
        });
    }
    let onkeydown = on_close.filter_reform(|event: KeyboardEvent| {
        event.stop_propagation();
        (event.key() == "Escape").then(|| event.prevent_default())
    });
    html! {
        <>
            <div class="popover-ground" onclick={on_close.reform(|_: MouseEvent| ())}></div>
            <div class="popover" role="dialog" aria-label={label} tabindex="-1" ref={node} data-tone={tone}
                onkeydown={Callback::from(move |event| { onkeydown.emit(event); })}>
                { children.clone() }
            </div>
        </>
    }
}
