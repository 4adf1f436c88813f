//! 设备与会话: who is signed in where.

use std::collections::BTreeMap;

use shared::id::{AccountId, DeviceId};
use shared::protocol::http::admin::{AdminSession, Done, Order, Overview};
use shared::time::Timestamp;
use yew::prelude::*;

use super::book::{self, Book};
use super::{PartProps, notice, use_order};
use crate::components::confirm::Confirm;
use crate::hooks::{use_now, use_store};
use crate::i18n::{AdminNote, DeviceNote, Language, use_language};
use crate::pages::request_words::problem;

/// How sessions are put together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum By {
    #[default]
    Device,
    Account,
}

/// What is to be asked before it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asking {
    Forget(DeviceId),
    EndAll(AccountId),
}

/// What is needed to show a session.
struct View<'a> {
    language: Language,
    book: Book<'a>,
    here: Option<DeviceId>,
    now: Timestamp,
    order: Callback<Order>,
    ask: Callback<Option<Asking>>,
}

/// Who is signed in where.
#[component]
pub(super) fn Devices(PartProps { overview }: &PartProps) -> Html {
    let language = use_language();
    let (store, now) = (use_store(), use_now());
    let (request, order) = use_order();
    let (by, asking) = (use_state(By::default), use_state(|| None::<Asking>));
    let view = View {
        language,
        book: Book::of(language, overview),
        here: store.device(),
        now,
        order: order.reform(|order| (order, Callback::from(|_: Done| ()))),
        ask: {
            let setter = asking.setter();
            Callback::from(move |to| setter.set(to))
        },
    };
    let choice = |to: By, note: AdminNote<'_>| {
        let setter = by.setter();
        let pressed = if *by == to { "true" } else { "false" };
        html! {
            <button class="choice" type="button" aria-pressed={pressed} onclick={Callback::from(move |_: MouseEvent| setter.set(to))}>
                { language.note(&note) }
            </button>
        }
    };
    let groups = match *by {
        By::Device => by_device(&view, overview),
        By::Account => by_account(&view, overview),
    };
    html! {
        <>
            <div class="admin-tools">
                <div class="choices">
                    { choice(By::Device, AdminNote::ByDevice) }
                    { choice(By::Account, AdminNote::ByAccount) }
                </div>
            </div>
            { notice(problem(language, &request)) }
            if overview.sessions.is_empty() {
                <p class="table-none">{ language.note(&AdminNote::NoSessions) }</p>
            } else {
                <ul class="session-groups">{ groups }</ul>
            }
            { asking.map(|what| confirm(&view, what)).unwrap_or_default() }
        </>
    }
}

fn by_device(view: &View<'_>, overview: &Overview) -> Html {
    let language = view.language;
    let mut groups: BTreeMap<DeviceId, Vec<&AdminSession>> = BTreeMap::new();
    for session in &overview.sessions {
        groups.entry(session.device).or_default().push(session);
    }
    let groups = groups.into_iter().map(|(device, sessions)| {
        let short = book::device(device);
        let lines = sessions.iter().map(|session| {
            let name = view.book.person(session.account);
            line(view, session, name.into())
        });
        let forget = view.ask.reform(move |_: MouseEvent| Some(Asking::Forget(device)));
        html! {
            <li key={device.to_string()} class="session-group" data-device={short.clone()}>
                <header class="session-head">
                    <b>{ language.note(&AdminNote::Device { short: &short }) }</b>
                    if view.here == Some(device) { <span class="session-here">{ language.note(&AdminNote::ThisDevice) }</span> }
                    <button class="button" data-size="small" type="button" onclick={forget}>{ language.note(&AdminNote::DeviceForget) }</button>
                </header>
                <ul>{ for lines }</ul>
            </li>
        }
    });
    groups.collect()
}

fn by_account(view: &View<'_>, overview: &Overview) -> Html {
    let language = view.language;
    let mut groups: BTreeMap<AccountId, Vec<&AdminSession>> = BTreeMap::new();
    for session in &overview.sessions {
        groups.entry(session.account).or_default().push(session);
    }
    let groups = groups.into_iter().map(|(account, sessions)| {
        let lines = sessions.iter().map(|session| {
            let short = book::device(session.device);
            line(view, session, language.note(&AdminNote::Device { short: &short }))
        });
        let end = view.ask.reform(move |_: MouseEvent| Some(Asking::EndAll(account)));
        html! {
            <li key={account.to_string()} class="session-group">
                <header class="session-head">
                    <b>{ view.book.person(account) }</b>
                    <button class="button" data-size="small" type="button" onclick={end}>{ language.note(&AdminNote::SessionsEnd) }</button>
                </header>
                <ul>{ for lines }</ul>
            </li>
        }
    });
    groups.collect()
}

fn line(view: &View<'_>, session: &AdminSession, name: AttrValue) -> Html {
    let language = view.language;
    let when = language.ago(session.used_at, view.now);
    let end = {
        let id = session.id.clone();
        view.order
            .reform(move |_: MouseEvent| Order::EndSession { session: id.clone() })
    };
    html! {
        <li key={session.id.clone()} class="session">
            <span class="session-name">{ name }</span>
            <span class="session-kind">{ language.note(&DeviceNote::Kind(session.kind)) }</span>
            <small>{ language.note(&AdminNote::Began { at: session.began_at }) }{ " · " }{ language.note(&AdminNote::Used { when: &when }) }</small>
            <button class="button" data-size="small" type="button" onclick={end}>{ language.note(&AdminNote::SessionEnd) }</button>
        </li>
    }
}

fn confirm(view: &View<'_>, what: Asking) -> Html {
    let language = view.language;
    let (title, hint, answer) = match what {
        Asking::Forget(device) => {
            let short = book::device(device);
            let title = language.note(&AdminNote::DeviceForgetAsk { short: &short });
            (title, AdminNote::DeviceForgetHint, AdminNote::DeviceForget)
        }
        Asking::EndAll(account) => {
            let name = view.book.person(account);
            let title = language.note(&AdminNote::SessionsEndAsk { name: &name });
            (title, AdminNote::SessionsEndHint, AdminNote::SessionsEnd)
        }
    };
    let on_answer = {
        let ask = view.ask.clone();
        view.order.reform(move |_: String| {
            ask.emit(None);
            match what {
                Asking::Forget(device) => Order::ForgetDevice { device },
                Asking::EndAll(account) => Order::EndSessions { account },
            }
        })
    };
    html! {
        <Confirm {title} hint={language.note(&hint)} answer={language.note(&answer)} {on_answer} on_close={view.ask.reform(|()| None)} />
    }
}
