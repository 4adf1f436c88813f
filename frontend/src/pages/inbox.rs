//! 待办与冲突: what waits for a person, over all ledgers.

use shared::time::Date;
use yew::prelude::*;

use super::Link;
use super::ledgers::title;
use crate::hooks::{use_inbox, use_ledgers, use_signed_in, use_store, use_sync};
use crate::i18n::{InboxNote, Language, Message, SafetyNote, use_language};
use crate::route::Route;
use crate::store::inbox::view::{InboxLedger, InboxView};
use crate::store::view::{LedgerCard, Link as Line, SignedIn, SyncView};

mod choice;
mod group;
mod mine;
mod review;
mod sheet;
mod words;

use mine::MineList;
use review::ReviewList;

/// What waits for a person.
#[component]
pub fn InboxPage() -> Html {
    let language = use_language();
    let store = use_store();
    let inbox = use_inbox();
    let sync = use_sync();
    let (signed_in, now) = (use_signed_in(), store.now());
    use_effect_with((), move |()| store.refresh_inbox());
    let lead = InboxNote::Lead {
        decide: inbox.to_decide(),
        refused: sync.refused,
        conflicts: sync.conflicts,
    };
    let is_charged = is_charged(&signed_in, &use_ledgers(), now.date());
    html! {
        <>
            <header class="page-head">
                <div>
                    <h1>{ language.inbox(&InboxNote::Title) }</h1>
                    <p class="page-lead">
                        { language.inbox(&lead) }
                        if let Some(at) = inbox.as_of { { " · " }{ language.inbox(&InboxNote::AsOf { at }) } }
                    </p>
                </div>
            </header>
            if needs_relay(&inbox, &sync) { <p class="inbox-note" role="status">{ language.inbox(&InboxNote::NeedsRelay) }</p> }
            { conflicts(language, &inbox.ledgers) }
            { withdrawn(language, &inbox.ledgers) }
            if is_charged { <ReviewList inbox={inbox.clone()} /> }
            <MineList {inbox} />
        </>
    }
}

/// Whether this officer decides about what is held for some ledger.
fn is_charged(signed_in: &SignedIn, cards: &[LedgerCard], today: Date) -> bool {
    let SignedIn::As(me) = signed_in else {
        return false;
    };
    cards
        .iter()
        .any(|card| me.rights.is_in_charge(&me.grants, today, &card.key))
}

/// Whether the list may be another by now, and the relay cannot be asked.
fn needs_relay(inbox: &InboxView, sync: &SyncView) -> bool {
    match sync.link {
        Line::Online => false,
        Line::Connecting => inbox.as_of.is_none(),
        Line::Offline { .. } | Line::SignIn | Line::Version => true,
    }
}

/// The ledgers with conflicts, each a link.
fn conflicts(language: Language, ledgers: &[InboxLedger]) -> Html {
    let clashing = ledgers.iter().filter(|ledger| ledger.conflicts > 0);
    let lines = clashing.map(|ledger| {
        let count = ledger.conflicts;
        line(
            language,
            ledger,
            "clash",
            language.say(&Message::Clashes { count }),
        )
    });
    part(language.inbox(&InboxNote::Conflicts), None, lines.collect())
}

/// The ledgers from which the relay has withdrawn something, each a link.
fn withdrawn(language: Language, ledgers: &[InboxLedger]) -> Html {
    let some = ledgers.iter().filter(|ledger| !ledger.withdrawn.is_empty());
    let lines = some.map(|ledger| {
        let count = ledger.withdrawn.len();
        let says = language.note(&SafetyNote::Withdrawn { count });
        line(language, ledger, "refused", says.to_string())
    });
    let hint = language.note(&SafetyNote::WithdrawnHint);
    part(
        language.note(&SafetyNote::WithdrawnTitle),
        Some(hint),
        lines.collect(),
    )
}

fn line(language: Language, ledger: &InboxLedger, state: &'static str, says: String) -> Html {
    html! {
        <Link key={ledger.id.to_string()} classes="inbox-conflict" to={Route::Ledger { id: ledger.id }}>
            <span>{ format!("{} · {}", title(language, &ledger.key), ledger.unit) }</span>
            <span class="chip" data-state={state}>{ says }</span>
        </Link>
    }
}

/// A part of the page; nothing where it has no lines.
fn part(name: AttrValue, hint: Option<AttrValue>, lines: Vec<Html>) -> Html {
    if lines.is_empty() {
        return Html::default();
    }
    html! {
        <section class="inbox-part" aria-label={name.clone()}>
            <header class="inbox-head"><h2>{ name }</h2>{ for hint.map(|hint| html! { <small>{ hint }</small> }) }</header>
            { for lines }
        </section>
    }
}
