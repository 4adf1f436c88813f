//! The frame round every page of somebody who is signed in.

use std::rc::Rc;

use shared::access::{Role, in_force, role_on};
use shared::ledger::kind::Kind;
use shared::protocol::http::Me;
use shared::time::Date;
use yew::prelude::*;
use yew_router::hooks::use_navigator;
use yew_router::{Routable as _, navigator::Navigator};

use super::address::{self, AddressBanners};
use super::deliver_only::usual;
use super::leaving::use_leaving;
use super::{ledgers, storage_words, sync_words};
use crate::app::Taste;
use crate::browser::page;
use crate::components::banner::{Banner, Urgency};
use crate::components::person_menu::PersonMenu;
use crate::components::shell::{Entry, Shell};
use crate::components::sync_chips::{SyncChips, SyncState};
use crate::hooks::{use_ledgers, use_lock, use_now, use_store, use_sync, use_todo};
use crate::i18n::{AdminNote, DeviceNote, InboxNote, Language, Message, use_language};
use crate::icon::Icon;
use crate::route::{KindPath, Route, Section};
use crate::store::view::{LedgerCard, Link, SyncView};

/// Told by pages whether a cell is being written: then the app is not switched to a new version.
#[derive(Clone, Debug, PartialEq)]
pub struct Writing(pub Callback<bool>);

/// Properties of [`Frame`].
#[derive(Clone, PartialEq, Properties)]
pub struct FrameProps {
    /// Who is signed in.
    pub me: Rc<Me>,
    /// What is shown.
    pub route: Route,
    /// The page.
    pub children: Html,
}

/// The frame round every page.
#[component]
pub fn Frame(FrameProps { me, route, children }: &FrameProps) -> Html {
    let language = use_language();
    let store = use_store();
    let sync = use_sync();
    let now = use_now();
    let cards = use_ledgers();
    let navigator = use_navigator();
    let taste = use_context::<Taste>();
    let (lock, (leave, leaving)) = (use_lock(), use_leaving());
    let writing = use_state(|| false);
    let tell_writing = use_callback((writing.setter(), store.clone()), |is, (writing, store)| {
        writing.set(is);
        store.say_writing(is);
    });
    {
        // A page that is left writes nothing any more.
        let tell_writing = tell_writing.clone();
        use_effect_with(*route, move |_| move || tell_writing.emit(false));
    }
    let ready = use_update_ready();

    let entries = entries(
        language,
        *route,
        &cards,
        Extras {
            todo: use_todo(),
            administers: administers(me, now.date()),
        },
        navigator.as_ref(),
    );
    let on_open = {
        let (navigator, cards) = (navigator.clone(), cards.clone());
        Callback::from(move |state| {
            if let Some(navigator) = &navigator {
                navigator.push(&leads_to(state, &cards));
            }
        })
    };
    let on_sync = {
        let store = store.clone();
        Callback::from(move |()| store.sync_now())
    };
    let on_lock = {
        let store = store.clone();
        Callback::from(move |()| store.lock())
    };
    let on_settings = {
        let navigator = navigator.clone();
        Callback::from(move |()| {
            if let Some(navigator) = &navigator {
                navigator.push(&Route::Settings);
            }
        })
    };
    let on_password = {
        let navigator = navigator.clone();
        Callback::from(move |()| {
            if let Some(navigator) = &navigator {
                navigator.push(&Route::Password);
            }
        })
    };
    let on_sign_out = leave.reform(move |()| usual(lock.kind));
    let role = role_on(&me.grants, now.date())
        .map(|role| language.say(&Message::Role(role)))
        .unwrap_or_default();
    let unit = match me.units.as_slice() {
        [one] => one.name.clone(),
        _ => String::new(),
    };
    let person = taste.map(|taste| {
        html! {
            <PersonMenu name={me.name.clone()} {role} theme={taste.theme} on_theme={taste.on_theme}
                on_language={taste.on_language} {on_sync} {on_lock} {on_settings} {on_password} {on_sign_out} />
        }
    });
    let status =
        html! { <SyncChips chips={address::chips(language, me, &sync, now, page::network())} {on_open} /> };
    html! {
        <ContextProvider<Writing> context={Writing(tell_writing)}>
            <Shell enterprise={me.enterprise_name.clone()} {unit} {entries} {status} person={person.unwrap_or_default()}
                banners={html! { <><AddressBanners me={me.clone()} sync={sync.clone()} {now} others_delivered={store.has_delivered_for_others()} />{ banners(language, &sync, sync_words::offline_days(&sync, now), ready, *writing || sync.saving > 0 || sync.storage.is_some()) }</> }}>
                { children.clone() }
            </Shell>
            { leaving }
        </ContextProvider<Writing>>
    }
}

fn entries(
    language: Language,
    route: Route,
    cards: &[LedgerCard],
    Extras { todo, administers }: Extras,
    navigator: Option<&Navigator>,
) -> Vec<Entry> {
    let entry = |name: Message<'_>, icon, to: Route, current, count| {
        let navigator = navigator.cloned();
        let on_go = Callback::from(move |()| {
            if let Some(navigator) = &navigator {
                navigator.push(&to);
            }
        });
        Entry {
            name: language.attribute(&name),
            icon,
            href: to.to_path().into(),
            current,
            count,
            on_go,
        }
    };
    let within = |kind: Kind| match route {
        Route::Ledgers { kind: shown } => shown.0 == kind,
        Route::Ledger { id } => cards.iter().any(|card| card.id == id && card.key.kind == kind),
        _ => false,
    };
    let kinds = Kind::ALL.into_iter().map(|kind| {
        let of_kind = cards.iter().filter(|card| card.key.kind == kind);
        let clashes = of_kind.map(|card| card.conflicts).sum();
        let to = Route::Ledgers { kind: KindPath(kind) };
        entry(
            Message::Kind(kind),
            ledgers::icon_of(kind),
            to,
            within(kind),
            clashes,
        )
    });
    std::iter::once(entry(
        Message::Home,
        Icon::Home,
        Route::Home,
        route == Route::Home,
        0,
    ))
    .chain(kinds)
    .chain(administers.then(|| {
        entry(
            Message::Admin(AdminNote::Administration),
            Icon::Shield,
            Route::Admin {
                section: Section::Units,
            },
            matches!(route, Route::Admin { .. }),
            0,
        )
    }))
    .chain(std::iter::once(entry(
        Message::Inbox(InboxNote::Title),
        Icon::Inbox,
        Route::Inbox,
        route == Route::Inbox,
        todo,
    )))
    .chain(std::iter::once(entry(
        Message::Device(DeviceNote::Settings),
        Icon::Settings,
        Route::Settings,
        route == Route::Settings,
        0,
    )))
    .collect()
}

/// What stands in the navigation beside the ledgers.
#[derive(Clone, Copy)]
struct Extras {
    /// How many things wait for a person.
    todo: usize,
    /// Whether he administers anything.
    administers: bool,
}

/// Whether somebody is an administrator of anything today.
fn administers(me: &Me, today: Date) -> bool {
    in_force(&me.grants, today).any(|grant| grant.role == Role::Administrator)
}

/// Where a word about sync leads: conflicts to the one ledger they are in, if it is one, else to what waits.
fn leads_to(state: SyncState, cards: &[LedgerCard]) -> Route {
    let mut clashing = cards.iter().filter(|card| card.conflicts > 0);
    match (state, clashing.next(), clashing.next()) {
        (SyncState::SignIn, ..) => Route::SignIn,
        (SyncState::Conflict, Some(one), None) => Route::Ledger { id: one.id },
        (SyncState::Conflict | SyncState::Refused | SyncState::Held, ..) => Route::Inbox,
        _ => Route::Home,
    }
}

fn banners(
    language: Language,
    sync: &SyncView,
    offline_days: Option<u64>,
    ready: bool,
    writing: bool,
) -> Html {
    let apply = Callback::from(|_: MouseEvent| page::tell_window(page::UPDATE_APPLY));
    let title = writing.then(|| language.attribute(&Message::UpdateWaits));
    html! {
        <>
            if let Some(trouble) = sync.storage {
                <Banner urgency={Urgency::Now} text={language.attribute(&storage_words(trouble))} />
            }
            if sync.link == Link::Version {
                <Banner urgency={Urgency::Soon} text={language.attribute(&Message::VersionMismatch)} />
            }
            if let Some(days) = offline_days {
                <Banner urgency={Urgency::Soon} text={language.attribute(&Message::OfflineForDays { days })} />
            }
            if ready {
                <Banner urgency={Urgency::Quiet} text={language.attribute(&Message::UpdateReady)}>
                    <button class="button" type="button" disabled={writing} {title} onclick={apply}>
                        { language.say(&Message::UpdateApply) }
                    </button>
                </Banner>
            }
        </>
    }
}

/// Whether a new version waits to be switched to.
#[hook]
fn use_update_ready() -> bool {
    let ready = use_state(|| false);
    let setter = ready.setter();
    use_effect_with((), move |()| {
        if page::is_update_ready() {
            setter.set(true);
        }
        let listening = page::on_window(page::UPDATE_READY, move || setter.set(true));
        move || drop(listening)
    });
    *ready
}
