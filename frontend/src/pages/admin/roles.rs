//! The roles of one account: given, ended on a day, revoked at once.

use std::rc::Rc;

use shared::access::{Grant, RoleChange};
use shared::id::AccountId;
use shared::protocol::http::admin::{AdminAccount, Done, Order, Overview};
use shared::time::Date;
use yew::prelude::*;

use super::accounts::{role_of, roles};
use super::book::Book;
use super::{notice, small_button, use_order};
use crate::browser::field;
use crate::components::confirm::Confirm;
use crate::components::dialog::Dialog;
use crate::components::form_field::{Choice, SelectField, TextField};
use crate::hooks::use_store;
use crate::i18n::{AdminNote, Language, use_language};
use crate::pages::request_words::problem;

mod change;

pub(super) use change::{day, span_is_right};
use change::{state, state_code};

/// Properties of [`Roles`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct RolesProps {
    pub(super) account: AccountId,
    pub(super) overview: Rc<Overview>,
    pub(super) on_close: Callback<()>,
}

/// The roles of one account.
#[component]
pub(super) fn Roles(props: &RolesProps) -> Html {
    let language = use_language();
    let today = use_store().now().date();
    let (request, order) = use_order();
    let bad_day = use_state(|| None::<AdminNote<'static>>);
    let revoking = use_state(|| None::<Grant>);
    let RolesProps {
        account,
        overview,
        on_close,
    } = props;
    let Some(account) = overview.accounts.iter().find(|known| known.id == *account) else {
        return Html::default();
    };
    let change = {
        let (account, bad_day) = (account.id, bad_day.setter());
        let order = order.clone();
        Callback::from(
            move |change: Result<RoleChange, AdminNote<'static>>| match change {
                Ok(change) => {
                    bad_day.set(None);
                    let changes = vec![change];
                    let order_it = Order::ChangeRoles { account, changes };
                    order.emit((order_it, Callback::from(|_: Done| ())));
                }
                Err(note) => bad_day.set(Some(note)),
            },
        )
    };
    let said = bad_day
        .as_ref()
        .map(|note| language.note(note))
        .or_else(|| problem(language, &request));
    let ask = {
        let setter = revoking.setter();
        Callback::from(move |grant: Option<Grant>| setter.set(grant))
    };
    let book = Book::of(language, overview);
    let lines = account
        .grants
        .iter()
        .enumerate()
        .map(|(at, grant)| line(language, &book, (at, grant), today, &change, &ask));
    let confirm = revoking.map(|grant| {
        let role = book.role(&grant);
        let on_answer = {
            let (change, ask) = (change.clone(), ask.clone());
            Callback::from(move |_: String| {
                ask.emit(None);
                change.emit(Ok(RoleChange::Revoke { grant }));
            })
        };
        html! {
            <Confirm title={language.note(&AdminNote::RoleRevokeAsk { role: &role })} hint={language.note(&AdminNote::RoleRevokeHint)}
                answer={language.note(&AdminNote::RoleRevoke)} {on_answer} on_close={ask.reform(|()| None)} />
        }
    });
    html! {
        <>
            <Dialog title={language.note(&AdminNote::RolesOf { name: &account.name })} {on_close}>
                <div class="roles">
                    <p class="settings-hint">{ language.note(&AdminNote::RolesHint) }</p>
                    { notice(said) }
                    <ul class="roles-list">{ for lines }</ul>
                    { giving(language, overview, account, today, request.is_waiting(), &change) }
                </div>
            </Dialog>
            { confirm.unwrap_or_default() }
        </>
    }
}

fn line(
    language: Language,
    book: &Book<'_>,
    (at, grant): (usize, &Grant),
    today: Date,
    change: &Callback<Result<RoleChange, AdminNote<'static>>>,
    ask: &Callback<Option<Grant>>,
) -> Html {
    let state = state(grant, today);
    let may_end = matches!(state, AdminNote::RoleInForce | AdminNote::RoleToCome);
    let onsubmit = {
        let grant = *grant;
        change.reform(move |event: SubmitEvent| {
            event.prevent_default();
            let until = day(&field::submitted(event.target(), "until"), today)?;
            let until = until.ok_or(AdminNote::DayBad)?;
            span_is_right(grant.from, Some(until))?;
            Ok(RoleChange::End { grant, until })
        })
    };
    html! {
        <li key={at} class="role-line" data-state={state_code(&state)}>
            <span class="role-held">{ book.role(grant) }</span>
            <span class="role-state">{ language.note(&state) }</span>
            <small>{ book.span(grant) }</small>
            if may_end {
                <form class="role-end" {onsubmit}>
                    <input class="input" name="until" autocomplete="off" required=true aria-label={language.note(&AdminNote::RoleEnd)}
                        placeholder={language.note(&AdminNote::RoleEnd)} />
                    <button class="button" data-size="small" type="submit">{ language.note(&AdminNote::RoleEndSave) }</button>
                    { small_button(language, &AdminNote::RoleRevoke, &book.role(grant), { let grant = *grant; ask.reform(move |_: MouseEvent| Some(grant)) }) }
                </form>
            }
        </li>
    }
}

fn giving(
    language: Language,
    overview: &Overview,
    account: &AdminAccount,
    today: Date,
    busy: bool,
    change: &Callback<Result<RoleChange, AdminNote<'static>>>,
) -> Html {
    let units = overview.units.iter().map(|unit| Choice {
        value: unit.id.to_string().into(),
        name: unit.name.clone().into(),
    });
    let onsubmit = change.reform(move |event: SubmitEvent| {
        event.prevent_default();
        let field = |name| field::submitted(event.target(), name);
        let unit = field("unit").parse().map_err(|_| AdminNote::NoUnit)?;
        let (from, until) = (day(&field("from"), today)?, day(&field("until"), today)?);
        span_is_right(from, until)?;
        let grant = Grant {
            from,
            until,
            ..Grant::new(unit, role_of(&field("role")))
        };
        Ok(RoleChange::Give { grant })
    });
    let day_field = |name: &'static str, note: AdminNote<'_>| {
        html! { <TextField label={language.note(&note)} {name} hint={language.note(&AdminNote::DayHint)} required=false /> }
    };
    html! {
        // Once it is given, what was typed goes.
        <form key={account.grants.len()} class="role-give" {onsubmit}>
            <h3>{ language.note(&AdminNote::RoleAdd) }</h3>
            <SelectField label={language.note(&AdminNote::Role)} name="role" choices={roles(language)} />
            <SelectField label={language.note(&AdminNote::Unit)} name="unit" choices={units.collect::<Vec<_>>()} />
            { day_field("from", AdminNote::From) }
            { day_field("until", AdminNote::Until) }
            <button class="button" type="submit" data-tone="main" disabled={busy}>{ language.note(&AdminNote::RoleGive) }</button>
        </form>
    }
}
