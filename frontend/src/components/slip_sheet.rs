//! Slips with first passwords, to be printed, cut out and handed over.

use shared::protocol::http::admin::Slip;
use yew::prelude::*;

use crate::i18n::{AdminNote, Language, Message, use_language};

/// Properties of [`SlipSheet`].
#[derive(PartialEq, Properties)]
pub struct SlipSheetProps {
    /// Whose ledgers they are.
    pub enterprise: AttrValue,
    /// Where one signs in.
    pub address: AttrValue,
    /// The slips.
    pub slips: Slips,
}

/// Slips; two are the same when they are for the same accounts.
#[derive(Clone)]
pub struct Slips(pub std::rc::Rc<Vec<Slip>>);

impl PartialEq for Slips {
    fn eq(&self, other: &Self) -> bool {
        std::rc::Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Slips, several on a page and none across two.
#[component]
pub fn SlipSheet(
    SlipSheetProps {
        enterprise,
        address,
        slips,
    }: &SlipSheetProps,
) -> Html {
    let language = use_language();
    let slips = slips
        .0
        .iter()
        .map(|slip| one(language, enterprise, address, slip));
    html! { <ul class="slips">{ for slips }</ul> }
}

fn one(language: Language, enterprise: &AttrValue, address: &AttrValue, slip: &Slip) -> Html {
    let line = |name: AttrValue, value: &str, is_typed: bool| {
        let value = if is_typed {
            html! { <code>{ value }</code> }
        } else {
            html! { value }
        };
        html! { <><dt>{ name }</dt><dd>{ value }</dd></> }
    };
    html! {
        <li key={slip.login.clone()} class="slip">
            <header class="slip-head"><b>{ language.note(&AdminNote::SlipHead) }</b><span>{ enterprise }</span></header>
            <dl class="slip-lines">
                { line(language.note(&AdminNote::PersonName), &slip.name, false) }
                { line(language.note(&AdminNote::Unit), &slip.unit, false) }
                { line(language.note(&AdminNote::Role), &language.say(&Message::Role(slip.role)), false) }
                { line(language.note(&AdminNote::SlipAddress), address, true) }
                { line(language.note(&AdminNote::Login), &slip.login, true) }
                { line(language.note(&AdminNote::SlipPassword), &slip.password, true) }
            </dl>
            <p class="slip-foot">{ language.note(&AdminNote::SlipFoot) }</p>
        </li>
    }
}
