//! A full-width notice below the top bar.

use yew::prelude::*;

use crate::icon::{Icon, Symbol};

/// How urgent a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// Good to know.
    Quiet,
    /// Something should be done soon.
    Soon,
    /// What is typed may be lost.
    Now,
}

/// Properties of [`Banner`].
#[derive(Clone, PartialEq, Properties)]
pub struct BannerProps {
    /// How urgent it is.
    pub urgency: Urgency,
    /// What it says.
    pub text: AttrValue,
    /// What can be done about it.
    #[prop_or_default]
    pub children: Html,
}

/// A full-width notice below the top bar.
#[component]
pub fn Banner(
    BannerProps {
        urgency,
        text,
        children,
    }: &BannerProps,
) -> Html {
    let (code, role) = match urgency {
        Urgency::Quiet => ("quiet", "status"),
        Urgency::Soon => ("soon", "status"),
        Urgency::Now => ("now", "alert"),
    };
    html! {
        <div class="banner" {role} data-urgency={code}>
            if *urgency != Urgency::Quiet { <Symbol icon={Icon::Warning} /> }
            <span class="banner-text">{ text }</span>
            { children.clone() }
        </div>
    }
}
