//! 管理: what administrators keep, always asked of the relay.

use std::rc::Rc;

use shared::protocol::http::Problem as Trouble;
use shared::protocol::http::admin::{Done, Order, Overview};
use yew::prelude::*;
use yew_router::hooks::use_navigator;

use super::request_words::{failed, problem};
use super::skeleton;
use crate::browser::http::HttpError;
use crate::components::problem::Problem;
use crate::components::section_tabs::{SectionTabs, Tab};
use crate::hooks::{Asked, Request, use_overview, use_request, use_store};
use crate::i18n::{AdminNote, Language, use_language};
use crate::route::{Route, Section};

mod accounts;
mod audit;
mod book;
mod deed_words;
mod devices;
mod handing_out;
mod ledgers;
mod roles;
mod sheet;
mod units;

/// Properties of [`AdminPage`].
#[derive(Clone, PartialEq, Properties)]
pub struct AdminPageProps {
    /// Which part of it.
    pub section: Section,
}

/// What every part is given.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct PartProps {
    /// What the administrator keeps.
    pub(super) overview: Rc<Overview>,
}

/// What administrators keep.
#[component]
pub fn AdminPage(AdminPageProps { section }: &AdminPageProps) -> Html {
    let language = use_language();
    let (store, overview, request) = (use_store(), use_overview(), use_request());
    {
        let request = request.clone();
        use_effect_with(*section, move |_| {
            request.make(async move { store.ask_overview().await }, |()| ());
        });
    }
    let navigator = use_navigator();
    let on_show = Callback::from(move |at: usize| {
        if let (Some(navigator), Some(section)) = (&navigator, Section::ALL.get(at)) {
            navigator.push(&Route::Admin { section: *section });
        }
    });
    let tabs: Vec<Tab> = Section::ALL
        .into_iter()
        .map(|each| Tab {
            name: language.note(&name(each)),
            is_shown: each == *section,
        })
        .collect();
    let shown = match (overview, request.asked()) {
        (Some(overview), _) => html! {
            <>
                { notice(problem(language, &request)) }
                { part(*section, overview) }
            </>
        },
        (None, Asked::Failed(why)) => nothing(language, why),
        (None, Asked::Nothing | Asked::Waiting) => skeleton(),
    };
    html! {
        <div class="admin">
            <header class="page-head">
                <div>
                    <h1>{ language.note(&AdminNote::Administration) }</h1>
                    <p class="page-lead">{ language.note(&AdminNote::Lead) }</p>
                </div>
            </header>
            <SectionTabs label={language.note(&AdminNote::Administration)} {tabs} {on_show} />
            { shown }
        </div>
    }
}

fn part(section: Section, overview: Rc<Overview>) -> Html {
    match section {
        Section::Units => html! { <units::Units key="units" {overview} /> },
        Section::Accounts => html! { <accounts::Accounts key="accounts" {overview} /> },
        Section::Devices => html! { <devices::Devices key="devices" {overview} /> },
        Section::Ledgers => html! { <ledgers::Ledgers key="ledgers" {overview} /> },
        Section::Audit => html! { <audit::Audit key="audit" {overview} /> },
    }
}

const fn name(section: Section) -> AdminNote<'static> {
    match section {
        Section::Units => AdminNote::Units,
        Section::Accounts => AdminNote::Accounts,
        Section::Devices => AdminNote::Devices,
        Section::Ledgers => AdminNote::Ledgers,
        Section::Audit => AdminNote::Audit,
    }
}

/// In place of what was not told.
fn nothing(language: Language, why: &HttpError) -> Html {
    let hint = match why {
        HttpError::Problem(Trouble::NotFound) => language.note(&AdminNote::NotYoursHint),
        why => failed(language, why),
    };
    html! { <Problem title={language.note(&AdminNote::NotYours)} {hint} /> }
}

/// What went wrong, above what it is about.
pub(super) fn notice(problem: Option<AttrValue>) -> Html {
    html! {
        if let Some(problem) = problem { <p class="form-problem" role="alert">{ problem }</p> }
    }
}

/// An order, and what to do once it is carried out.
pub(super) type Ordered = (Order, Callback<Done>);

/// Has the relay do things, one at a time.
#[hook]
pub(super) fn use_order() -> (Request, Callback<Ordered>) {
    let (store, request) = (use_store(), use_request());
    let order = {
        let request = request.clone();
        Callback::from(move |(order, then): Ordered| {
            let store = store.clone();
            request.make(async move { store.order(order).await }, move |done| {
                then.emit(done);
            });
        })
    };
    (request, order)
}
