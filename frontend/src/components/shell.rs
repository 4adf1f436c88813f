//! The frame round every page: top bar, navigation, notices.

use yew::prelude::*;

use crate::i18n::{Message, use_language};
use crate::icon::{Icon, Symbol};

/// One entry of the navigation.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its name.
    pub name: AttrValue,
    /// Its icon.
    pub icon: Icon,
    /// Its address.
    pub href: AttrValue,
    /// Whether it is the page that is shown.
    pub current: bool,
    /// What waits behind it.
    pub count: usize,
    /// Goes there without loading the page anew.
    pub on_go: Callback<()>,
}

/// Properties of [`Shell`].
#[derive(Clone, PartialEq, Properties)]
pub struct ShellProps {
    /// The enterprise.
    pub enterprise: AttrValue,
    /// The unit, if there is one alone.
    pub unit: AttrValue,
    /// The navigation.
    pub entries: Vec<Entry>,
    /// What is said about sync.
    pub status: Html,
    /// Who is signed in, with a menu.
    pub person: Html,
    /// Notices.
    #[prop_or_default]
    pub banners: Html,
    /// The page.
    pub children: Html,
}

/// The frame round every page.
#[component]
pub fn Shell(props: &ShellProps) -> Html {
    let language = use_language();
    html! {
        <div class="shell">
            <header class="top">
                <span class="mark"><span class="mark-sign" aria-hidden="true">{ "台" }</span>{ language.say(&Message::AppName) }</span>
                <span class="where">
                    { &props.enterprise }
                    if !props.unit.is_empty() { <span class="where-slash">{ "/" }</span><b>{ &props.unit }</b> }
                </span>
                { props.status.clone() }
                { props.person.clone() }
            </header>
            <nav class="side" aria-label={language.say(&Message::Navigation)}>
                for entry in &props.entries { <NavigationLink key={entry.href.to_string()} entry={entry.clone()} /> }
            </nav>
            <main class="main">
                { props.banners.clone() }
                { props.children.clone() }
            </main>
        </div>
    }
}

/// Properties of [`NavigationLink`].
#[derive(Clone, PartialEq, Properties)]
pub struct NavigationLinkProps {
    /// Where it leads.
    pub entry: Entry,
}

/// One entry of the navigation.
#[component]
pub fn NavigationLink(NavigationLinkProps { entry }: &NavigationLinkProps) -> Html {
    let onclick = entry.on_go.filter_reform(|event: MouseEvent| {
        let elsewhere = event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key();
        (!elsewhere).then(|| event.prevent_default())
    });
    html! {
        <a class="side-link" href={&entry.href} aria-current={entry.current.then_some("page")}
            onclick={Callback::from(move |event| { onclick.emit(event); })}>
            <Symbol icon={entry.icon} />
            <span>{ &entry.name }</span>
            if entry.count > 0 { <span class="side-count">{ entry.count }</span> }
        </a>
    }
}
