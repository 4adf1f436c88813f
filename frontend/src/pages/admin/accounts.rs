//! 账号: who signs in, as what.

use shared::access::Role;
use shared::id::AccountId;
use shared::protocol::http::admin::{NewAccount, Order, Overview};
use yew::prelude::*;

use super::book::Book;
use super::handing_out::{code, slips};
use super::roles::Roles;
use super::sheet::{Brought, Of, Rest, Sheet};
use super::{Ordered, PartProps, notice, use_order};
use crate::browser::field;
use crate::components::confirm::Confirm;
use crate::components::form_dialog::FormDialog;
use crate::components::form_field::{Choice, SelectField, TextField};
use crate::components::slip_sheet::Slips;
use crate::hooks::{Request, use_handing_out, use_store};
use crate::i18n::{AdminNote, Language, Message, use_language};
use crate::icon::{Icon, Symbol};
use crate::pages::request_words::problem;

mod list;

use list::{Sought, seeking, table};

/// What is being done.
#[derive(Clone, Default, PartialEq)]
enum Doing {
    #[default]
    Nothing,
    Add,
    Sheet,
    /// Some rows of a sheet were not added: said above the slips of those that were.
    Rest(Rest),
    Roles(AccountId),
    AskReset(AccountId),
}

/// Who signs in, as what.
#[component]
pub(super) fn Accounts(PartProps { overview }: &PartProps) -> Html {
    let language = use_language();
    let (store, handing_out) = (use_store(), use_handing_out());
    let today = store.now().date();
    let (doing, sought) = (use_state(Doing::default), use_state(Sought::default));
    let (request, order) = use_order();
    let to = |next: Doing| {
        let (doing, request) = (doing.setter(), request.clone());
        Callback::from(move |()| {
            request.forget();
            doing.set(next.clone());
        })
    };
    let close = to(Doing::Nothing);
    if *doing == Doing::Sheet {
        let doing = doing.setter();
        let on_done = Callback::from(move |brought| {
            doing.set(match brought {
                Brought::Accounts(Some(rest)) => Doing::Rest(rest),
                Brought::Accounts(None) | Brought::Units => Doing::Nothing,
            });
        });
        return html! { <Sheet of={Of::Accounts} overview={overview.clone()} {on_done} on_back={close} /> };
    }
    // First passwords are shown until they are printed, however often the page is left and come back to.
    if !handing_out.slips.is_empty() {
        let rest = match &*doing {
            Doing::Rest(rest) => Some(rest.clone()),
            _ => None,
        };
        let on_done = close.reform(move |()| store.slips_are_printed());
        return slips(Slips(handing_out.slips), rest, on_done);
    }
    let choose = {
        let (doing, request) = (doing.setter(), request.clone());
        Callback::from(move |next: Doing| {
            request.forget();
            doing.set(next);
        })
    };
    let dialog = match &*doing {
        Doing::Add => adding(language, overview, &request, &order, &close),
        Doing::Roles(id) => {
            html! { <Roles account={*id} overview={overview.clone()} on_close={&close} /> }
        }
        Doing::AskReset(id) => asking_reset(language, overview, *id, &order, &choose),
        Doing::Nothing | Doing::Sheet | Doing::Rest(_) => match handing_out.codes.into_iter().next() {
            Some(made) => {
                let name = Book::of(language, overview).person(made.account);
                let (text, until) = (made.code.clone(), made.until);
                let on_close = Callback::from(move |()| store.code_is_told(&made));
                code(language, &name, &text, until, &on_close)
            }
            None => Html::default(),
        },
    };
    let in_dialog = matches!(*doing, Doing::Add | Doing::Roles(_));
    html! {
        <>
            <div class="admin-tools">
                <button class="button" type="button" data-tone="main" onclick={to(Doing::Add).reform(|_: MouseEvent| ())}>
                    <Symbol icon={Icon::Add} />{ language.note(&AdminNote::AccountAdd) }
                </button>
                <button class="button" type="button" onclick={to(Doing::Sheet).reform(|_: MouseEvent| ())}>
                    <Symbol icon={Icon::Rows} />{ language.note(&AdminNote::FromSheet) }
                </button>
                <span class="toolbar-space"></span>
                { seeking(language, overview, &sought) }
            </div>
            { notice(problem(language, &request).filter(|_| !in_dialog)) }
            <section class="admin-panel">{ table(language, overview, &sought, today, &choose) }</section>
            { dialog }
        </>
    }
}

fn adding(
    language: Language,
    overview: &Overview,
    request: &Request,
    order: &Callback<Ordered>,
    close: &Callback<()>,
) -> Html {
    let units = overview.units.iter().map(|unit| Choice {
        value: unit.name.clone().into(),
        name: unit.name.clone().into(),
    });
    let on_submit = {
        let added = close.reform(|_| ());
        order.reform(move |event: SubmitEvent| {
            let field = |name| field::submitted(event.target(), name);
            let account = NewAccount {
                login: field("login"),
                name: field("name"),
                role: role_of(&field("role")),
                unit: field("unit"),
                more: Vec::new(),
            };
            let accounts = vec![account];
            (Order::AddAccounts { accounts }, added.clone())
        })
    };
    html! {
        <FormDialog title={language.note(&AdminNote::AccountAdd)} answer={language.note(&AdminNote::Add)}
            problem={problem(language, request)} busy={request.is_waiting()} {on_submit} on_close={close}>
            <TextField label={language.note(&AdminNote::PersonName)} name="name" />
            <TextField label={language.note(&AdminNote::Login)} name="login" hint={language.note(&AdminNote::LoginHint)} />
            <SelectField label={language.note(&AdminNote::Role)} name="role" choices={roles(language)} />
            <SelectField label={language.note(&AdminNote::Unit)} name="unit" choices={units.collect::<Vec<_>>()} />
        </FormDialog>
    }
}

fn asking_reset(
    language: Language,
    overview: &Overview,
    account: AccountId,
    order: &Callback<Ordered>,
    choose: &Callback<Doing>,
) -> Html {
    let name = Book::of(language, overview).person(account);
    let on_answer = {
        let choose = choose.clone();
        order.reform(move |_: String| {
            choose.emit(Doing::Nothing);
            (Order::AllowReset { account }, Callback::noop())
        })
    };
    html! {
        <Confirm title={language.note(&AdminNote::ResetAsk { name: &name })} hint={language.note(&AdminNote::ResetHint)}
            answer={language.note(&AdminNote::ResetMake)} {on_answer} on_close={choose.reform(|()| Doing::Nothing)} />
    }
}

/// Every role as a choice; the secretary first, whom there is most often.
pub(super) fn roles(language: Language) -> Vec<Choice> {
    let mut all = Role::ALL;
    all.sort_by_key(|role| (*role != Role::Secretary, *role));
    let choice = |role: Role| Choice {
        value: role_code(role).into(),
        name: language.attribute(&Message::Role(role)),
    };
    all.into_iter().map(choice).collect()
}

/// The role that a choice stands for.
pub(super) fn role_of(code: &str) -> Role {
    let mut all = Role::ALL.into_iter();
    all.find(|role| role_code(*role) == code).unwrap_or(Role::Viewer)
}

const fn role_code(role: Role) -> &'static str {
    match role {
        Role::Administrator => "administrator",
        Role::OfficeOfficer => "officer",
        Role::Secretary => "secretary",
        Role::OrganisationCommissioner => "organisation",
        Role::PublicityCommissioner => "publicity",
        Role::DisciplineCommissioner => "discipline",
        Role::GroupLeader => "leader",
        Role::Viewer => "viewer",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_can_be_chosen() {
        assert_eq!(roles(Language::Chinese).len(), Role::ALL.len());
        for role in Role::ALL {
            assert_eq!(role_of(role_code(role)), role);
        }
    }
}
