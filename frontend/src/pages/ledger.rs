//! One ledger: its head, its tables as tabs, what was not accepted, and the table shown as a grid.

use std::rc::Rc;

use shared::id::LedgerId;
use shared::ledger::kind::Kind;
use shared::ledger::schema::{Shape, Table};
use yew::prelude::*;

use super::appraisal::AppraisalPage;
use super::ledgers::title;
use super::{home, skeleton};
use crate::components::problem::Problem;
use crate::hooks::{use_ledger, use_ledgers, use_now, use_store, use_sync};
use crate::i18n::{Message, SafetyNote, use_language};
use crate::store::view::{LedgerView, Link};

mod aside;
mod decide;
mod decided;
mod overlay;
pub(super) mod pane;
mod quarantine;
mod settle;
pub(crate) mod words;

use aside::Aside;
use pane::Pane;
use quarantine::Quarantine;

/// Properties of [`LedgerPage`].
#[derive(Clone, PartialEq, Properties)]
pub struct LedgerPageProps {
    /// Which ledger.
    pub id: LedgerId,
}

/// One ledger.
#[component]
pub fn LedgerPage(LedgerPageProps { id }: &LedgerPageProps) -> Html {
    let language = use_language();
    let ledger = use_ledger(*id);
    let card = use_ledgers().iter().find(|card| card.id == *id).cloned();
    match ledger {
        Some(ledger) if ledger.key.kind == Kind::Appraisal => html! { <AppraisalPage {ledger} /> },
        Some(ledger) => html! { <OpenLedger {ledger} /> },
        None if card.as_ref().is_some_and(|card| card.quarantined) => {
            html! { <Quarantine key={id.to_string()} id={*id} /> }
        }
        None if card.is_some() => html! { <div role="status" aria-busy="true">{ skeleton() }</div> },
        None => html! {
            <Problem title={language.attribute(&Message::LedgerMissing)} hint={language.attribute(&Message::LedgerMissingHint)}>
                { home(language) }
            </Problem>
        },
    }
}

/// Properties of [`OpenLedger`].
#[derive(Clone, PartialEq, Properties)]
struct OpenLedgerProps {
    /// The ledger as it is now.
    ledger: Rc<LedgerView>,
}

/// A ledger that is on this device.
#[component]
fn OpenLedger(OpenLedgerProps { ledger }: &OpenLedgerProps) -> Html {
    let language = use_language();
    let store = use_store();
    let now = use_now();
    let tables = ledger
        .key
        .kind
        .schema()
        .tables()
        .filter(|table| table.shape == Shape::Entry);
    let tables: Vec<&'static Table> = tables.collect();
    let shown = use_state(|| 0_usize);
    let reveal = use_state(|| 0_u32);
    let clashes = ledger.snapshot.conflicts();
    let directory = store.roster_of(ledger.id);

    // Each time the chip is clicked, the next conflict is gone to.
    let target = clashes
        .get(*reveal as usize % clashes.len().max(1))
        .filter(|_| *reveal > 0)
        .cloned();
    let on_clash = {
        let (shown, reveal, clashes, tables) =
            (shown.setter(), reveal.clone(), clashes.clone(), tables.clone());
        Callback::from(move |_: MouseEvent| {
            let next = &clashes[(*reveal + 1) as usize % clashes.len()];
            if let Some(at) = tables.iter().position(|table| table.id == next.table) {
                shown.set(at);
            }
            reveal.set(*reveal + 1);
        })
    };
    let tabs = tables.iter().enumerate().map(|(at, table)| {
        let setter = shown.setter();
        let clashing = clashes.iter().filter(|cell| cell.table == table.id).count();
        html! {
            <button key={table.id} class="tab" type="button" role="tab" aria-selected={if at == *shown { "true" } else { "false" }}
                onclick={Callback::from(move |_: MouseEvent| setter.set(at))}>
                { language.term(table.name) }
                if clashing > 0 { <span class="side-count">{ clashing }</span> }
            </button>
        }
    });
    let tabs = html! { <div class="tabs" role="tablist" aria-label={language.say(&Message::Tables)}>{ for tabs }</div> };
    let table = tables[(*shown).min(tables.len() - 1)];
    let sync = use_sync();
    let card = use_ledgers().iter().find(|card| card.id == ledger.id).cloned();
    let as_of = language.say(&Message::AsOf {
        // Without the relay the table is as of the last contact, not as of now.
        at: match sync.link {
            Link::Online => now,
            _ => sync
                .synced_at
                .or(card.and_then(|card| card.last_at))
                .unwrap_or(now),
        },
        pending: ledger.pending.len(),
        clashes: clashes.len(),
    });
    html! {
        <>
            <header class="page-head">
                <div>
                    <h1>{ title(language, &ledger.key) }</h1>
                    <p class="page-lead">{ format!("{} · {as_of}", ledger.unit) }</p>
                </div>
                if !ledger.complete { <span class="chip" data-state="away">{ language.say(&Message::Incomplete) }</span> }
                if ledger.withdrawn > 0 {
                    <span class="chip" data-state="refused" title={language.note(&SafetyNote::WithdrawnHint)}>
                        { language.note(&SafetyNote::Withdrawn { count: ledger.withdrawn }) }
                    </span>
                }
                if !clashes.is_empty() {
                    <button class="chip" type="button" data-state="clash" onclick={on_clash}>
                        { language.say(&Message::Clashes { count: clashes.len() }) }
                    </button>
                }
            </header>
            if !ledger.aside.is_empty() { <Aside ledger={ledger} directory={&directory} /> }
            <Pane key={table.id} {ledger} {table} {directory} {tabs} reveal={target.map(|cell| (*reveal, cell))} />
        </>
    }
}
