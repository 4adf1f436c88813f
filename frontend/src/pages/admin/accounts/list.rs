//! The list of accounts, and what narrows it down.

use shared::access::Grant;
use shared::enrol;
use shared::id::UnitId;
use shared::protocol::http::admin::{AdminAccount, Overview};
use shared::time::Date;
use yew::prelude::*;

use super::Doing;
use crate::browser::field;
use crate::i18n::{AdminNote, Language, Message};
use crate::icon::{Icon, Symbol};
use crate::pages::admin::book::Book;
use crate::pages::admin::small_button;

/// Which accounts are shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sought {
    text: String,
    unit: Option<UnitId>,
}

pub(super) fn seeking(language: Language, overview: &Overview, sought: &UseStateHandle<Sought>) -> Html {
    let oninput = {
        let sought = sought.clone();
        Callback::from(move |event: InputEvent| {
            sought.set(Sought {
                text: field::value(event.target()),
                ..(*sought).clone()
            });
        })
    };
    let onchange = {
        let sought = sought.clone();
        Callback::from(move |event: Event| {
            sought.set(Sought {
                unit: field::selected(event.target()).parse().ok(),
                ..(*sought).clone()
            });
        })
    };
    let units = overview.units.iter().map(|unit| {
        html! { <option key={unit.id.to_string()} value={unit.id.to_string()}>{ &unit.name }</option> }
    });
    html! {
        <>
            <label class="find"><Symbol icon={Icon::Search} />
                <input class="find-input" type="search" placeholder={language.note(&AdminNote::Find)} {oninput} /></label>
            <select class="input admin-select" aria-label={language.note(&AdminNote::Unit)} {onchange}>
                <option value="" selected=true>{ language.note(&AdminNote::UnitsAll) }</option>
                { for units }
            </select>
        </>
    }
}

pub(super) fn table(
    language: Language,
    overview: &Overview,
    sought: &Sought,
    today: Date,
    choose: &Callback<Doing>,
) -> Html {
    let book = Book::of(language, overview);
    let found: Vec<&AdminAccount> = overview
        .accounts
        .iter()
        .filter(|account| fits(account, sought))
        .collect();
    if found.is_empty() {
        return html! { <p class="table-none">{ language.note(&AdminNote::NobodyFound) }</p> };
    }
    let count = found.len();
    let heads = [AdminNote::PersonName, AdminNote::Login, AdminNote::Roles];
    html! {
        <>
            <div class="table-scroll">
                <table class="table">
                    <thead><tr>
                        { for heads.iter().map(|head| html! { <th scope="col">{ language.note(head) }</th> }) }
                        <th></th>
                    </tr></thead>
                    <tbody>{ for found.into_iter().map(|account| row(language, &book, account, today, choose)) }</tbody>
                </table>
            </div>
            <p class="table-foot">{ language.say(&Message::Count { count }) }</p>
        </>
    }
}

fn row(
    language: Language,
    book: &Book<'_>,
    account: &AdminAccount,
    today: Date,
    choose: &Callback<Doing>,
) -> Html {
    let id = account.id;
    let is_shown = |grant: &&Grant| grant.is_in_force(today) || (!grant.revoked && !grant.has_begun(today));
    let mut roles = account.grants.iter().filter(is_shown).peekable();
    let has_none = roles.peek().is_none();
    let roles = roles.map(|grant| {
        let span = (grant.from.is_some() || grant.until.is_some()).then(|| book.span(grant));
        html! { <span class="held-role">{ book.role(grant) }if let Some(span) = span { <small>{ span }</small> }</span> }
    });
    let button = |note: AdminNote<'_>, next: Doing| {
        let onclick = choose.reform(move |_: MouseEvent| next.clone());
        small_button(language, &note, &account.name, onclick)
    };
    html! {
        <tr key={id.to_string()}>
            <td><b>{ &account.name }</b>
                if account.first_password { <span class="mark-first">{ language.note(&AdminNote::FirstPassword) }</span> }</td>
            <td><code>{ &account.login }</code></td>
            <td><div class="held-roles">{ for roles }if has_none { <small>{ language.note(&AdminNote::NoRole) }</small> }</div></td>
            <td class="table-tools">
                { button(AdminNote::Roles, Doing::Roles(id)) }
                { button(AdminNote::Reset, Doing::AskReset(id)) }
            </td>
        </tr>
    }
}

fn fits(account: &AdminAccount, sought: &Sought) -> bool {
    let text = sought.text.trim().to_lowercase();
    // A login is kept in one width.
    let login = enrol::login(&text).unwrap_or_else(|| text.clone());
    let in_unit = |unit: UnitId| {
        account
            .grants
            .iter()
            .any(|grant| grant.unit == unit && !grant.revoked)
    };
    (account.name.to_lowercase().contains(&text) || account.login.contains(&login))
        && sought.unit.is_none_or(in_unit)
}
