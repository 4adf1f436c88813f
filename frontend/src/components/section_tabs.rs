//! The parts of a page, one of which is shown.

use yew::prelude::*;

/// A part of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// What it is called.
    pub name: AttrValue,
    /// Whether it is shown.
    pub is_shown: bool,
}

/// Properties of [`SectionTabs`].
#[derive(Clone, PartialEq, Properties)]
pub struct SectionTabsProps {
    /// What they are parts of.
    pub label: AttrValue,
    /// The parts.
    pub tabs: Vec<Tab>,
    /// Shows another.
    pub on_show: Callback<usize>,
}

/// The parts of a page.
#[component]
pub fn SectionTabs(SectionTabsProps { label, tabs, on_show }: &SectionTabsProps) -> Html {
    let tabs = tabs.iter().enumerate().map(|(at, tab)| {
        html! {
            <button key={at} class="tab" type="button" role="tab" aria-selected={if tab.is_shown { "true" } else { "false" }}
                onclick={on_show.reform(move |_: MouseEvent| at)}>{ &tab.name }</button>
        }
    });
    html! { <div class="tabs section-tabs" role="tablist" aria-label={label}>{ for tabs }</div> }
}
