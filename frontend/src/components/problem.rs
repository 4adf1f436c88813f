//! What went wrong, whether the data is safe, and what to do: in place of a page.

use yew::prelude::*;

use crate::icon::{Icon, Symbol};

/// Properties of [`Problem`].
#[derive(Clone, PartialEq, Properties)]
pub struct ProblemProps {
    /// What happened.
    pub title: AttrValue,
    /// Whether the data is safe, and what to do.
    pub hint: AttrValue,
    /// One way on.
    #[prop_or_default]
    pub children: Html,
}

/// What went wrong, in place of a page.
#[component]
pub fn Problem(
    ProblemProps {
        title,
        hint,
        children,
    }: &ProblemProps,
) -> Html {
    html! {
        <section class="problem" role="alert">
            <span class="problem-sign"><Symbol icon={Icon::Warning} /></span>
            <h1>{ title }</h1>
            <p>{ hint }</p>
            { children.clone() }
        </section>
    }
}
