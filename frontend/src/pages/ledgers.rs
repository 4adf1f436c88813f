//! The ledgers an officer may see, of one kind or all.

use shared::ledger::key::LedgerKey;
use shared::ledger::kind::Kind;
use yew::prelude::*;

use super::{Link, skeleton};
use crate::hooks::{use_ledgers, use_now, use_sync};
use crate::i18n::{Language, Message, SafetyNote, use_language};
use crate::icon::{Icon, Symbol};
use crate::route::Route;
use crate::store::view::{LedgerCard, Link as Line};

/// Properties of [`LedgersPage`].
#[derive(Clone, PartialEq, Properties)]
pub struct LedgersPageProps {
    /// The kind, or all.
    pub kind: Option<Kind>,
}

/// The ledgers an officer may see.
#[component]
pub fn LedgersPage(LedgersPageProps { kind }: &LedgersPageProps) -> Html {
    let language = use_language();
    let ledgers = use_ledgers();
    let sync = use_sync();
    let now = use_now();
    let shown: Vec<&LedgerCard> = ledgers
        .iter()
        .filter(|ledger| kind.is_none_or(|kind| ledger.key.kind == kind))
        // The parts of one appraisal are one page: it is found by the first of them that this account reads.
        .filter(|ledger| {
            let same = |other: &LedgerCard| {
                LedgerKey {
                    part: ledger.key.part,
                    ..other.key
                } == ledger.key
            };
            ledgers
                .iter()
                .filter(|other| same(other))
                .all(|other| other.key.part >= ledger.key.part)
        })
        .collect();
    let title = kind.map_or(Message::Home, Message::Kind);
    let mut units: Vec<&str> = shown.iter().map(|ledger| &*ledger.unit).collect();
    units.dedup();
    let lead = units.join(" · ");
    let cards = shown.iter().map(|ledger| {
        let ago = ledger.last_at.map(|at| language.ago(at, now));
        card(language, ledger, ago)
    });
    html! {
        <>
            <header class="page-head">
                <div>
                    <h1>{ language.say(&title) }</h1>
                    <p class="page-lead">{ lead }</p>
                </div>
            </header>
            if !shown.is_empty() {
                <ul class="ledgers">{ for cards }</ul>
            } else if ledgers.is_empty() && sync.link == Line::Connecting {
                { skeleton() }
            } else {
                <section class="empty">
                    <h2>{ language.say(&Message::NoLedgers) }</h2>
                    <p>{ language.say(&Message::NoLedgersHint) }</p>
                </section>
            }
        </>
    }
}

fn card(language: Language, ledger: &LedgerCard, ago: Option<String>) -> Html {
    let icon = icon_of(ledger.key.kind);
    html! {
        <li key={ledger.id.to_string()} class="ledger-item" data-ledger={ledger.id.to_string()}>
            <Link classes="ledger-card" to={Route::Ledger { id: ledger.id }}>
                <span class="ledger-sign"><Symbol {icon} /></span>
                <span class="ledger-name"><b>{ title(language, &ledger.key) }</b><small>{ &*ledger.unit }</small></span>
                <span class="ledger-chips">
                    if ledger.conflicts > 0 {
                        <span class="chip" data-state="clash">{ language.say(&Message::Clashes { count: ledger.conflicts }) }</span>
                    }
                    if ledger.refused > 0 {
                        <span class="chip" data-state="refused">{ language.say(&Message::Refused { count: ledger.refused }) }</span>
                    }
                    if ledger.pending > 0 {
                        <span class="chip" data-state="here">{ language.say(&Message::Pending { count: ledger.pending }) }</span>
                    }
                    if ledger.quarantined {
                        <span class="chip" data-state="refused">{ language.note(&SafetyNote::Quarantined) }</span>
                    } else if ledger.rows.is_none() {
                        <span class="chip" data-state="away">{ language.say(&Message::NotHere) }</span>
                    } else if !ledger.complete {
                        <span class="chip" data-state="away">{ language.say(&Message::Incomplete) }</span>
                    }
                </span>
                <span class="ledger-facts">
                    if let Some(count) = ledger.rows { <span>{ language.say(&Message::Count { count }) }</span> }
                    if let Some(when) = &ago { <small>{ language.say(&Message::LastChange { when }) }</small> }
                </span>
            </Link>
        </li>
    }
}

/// What a ledger is called.
pub(crate) fn title(language: Language, key: &LedgerKey) -> String {
    let kind = language.say(&Message::Kind(key.kind));
    key.year.map_or_else(
        || kind.clone(),
        |year| format!("{} {kind}", language.say(&Message::Year(year))),
    )
}

/// The icon of a kind of ledger.
pub(crate) const fn icon_of(kind: Kind) -> Icon {
    match kind {
        Kind::Roster => Icon::People,
        Kind::Pledge => Icon::Pledge,
        Kind::Zone => Icon::Zone,
        Kind::Post => Icon::Plaque,
        Kind::Appraisal => Icon::Scale,
    }
}
