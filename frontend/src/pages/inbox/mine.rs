//! 我的: what of one's own is held or was refused, and why.

use std::rc::Rc;

use shared::id::{ActId, LedgerId};
use yew::prelude::*;

use super::{sheet, words};
use crate::browser::file;
use crate::components::held_table::{HeldAction, HeldLine, HeldTable};
use crate::grid::lookup::Lookup;
use crate::hooks::use_store;
use crate::i18n::{InboxNote, Language, use_language};
use crate::pages::ledgers::title;
use crate::store::inbox::view::{InboxLedger, InboxView, Mine, MyState};

/// How many steps of a change are shown; the export has all.
pub(super) const STEPS: usize = 20;

/// Properties of [`MineList`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct MineListProps {
    pub(super) inbox: Rc<InboxView>,
}

/// What of one's own is held or was refused.
#[component]
pub(super) fn MineList(MineListProps { inbox }: &MineListProps) -> Html {
    let language = use_language();
    let store = use_store();
    let now = store.now();
    let ledgers: Vec<(InboxLedger, Lookup)> = inbox
        .ledgers
        .iter()
        .filter(|ledger| !ledger.mine.is_empty())
        .map(|ledger| (ledger.clone(), words::lookup(ledger, language, now.date())))
        .collect();
    let on_export = {
        let ledgers = ledgers.clone();
        Callback::from(move |_: MouseEvent| {
            let list = language.inbox(&InboxNote::Mine);
            let name = language.inbox(&InboxNote::SheetName { list: &list, at: now });
            // Whether the browser saved it, it does not tell.
            let _ = file::save(&name, sheet::of_mine(language, &ledgers).as_bytes());
        })
    };
    let tables = ledgers.iter().map(|(ledger, lookup)| {
        let lines: Vec<HeldLine> = ledger
            .mine
            .iter()
            .map(|mine| line(language, ledger, lookup, mine))
            .collect();
        let acts: Vec<Option<ActId>> = ledger.mine.iter().map(dismissable).collect();
        let (store, id): (_, LedgerId) = (store.clone(), ledger.id);
        let on_action = Callback::from(move |(at, _): (usize, HeldAction)| {
            if let Some(Some(act)) = acts.get(at) {
                store.dismiss_aside(id, *act);
            }
        });
        let name = format!("{} · {}", title(language, &ledger.key), ledger.unit);
        html! {
            <div key={ledger.id.to_string()}>
                <div class="inbox-ledger"><b>{ &name }</b></div>
                <HeldTable label={name} {lines} source={language.inbox(&InboxNote::Outcome)} {on_action} />
            </div>
        }
    });
    html! {
        <section class="inbox-part" data-list="mine" aria-label={language.inbox(&InboxNote::Mine)}>
            <header class="inbox-head">
                <h2>{ language.inbox(&InboxNote::Mine) }</h2>
                <small>{ language.inbox(&InboxNote::MineLead) }</small>
                if !ledgers.is_empty() {
                    <button class="button" type="button" onclick={on_export}>{ language.inbox(&InboxNote::Export) }</button>
                }
            </header>
            if ledgers.is_empty() { <p class="inbox-none">{ language.inbox(&InboxNote::NothingMine) }</p> }
            { for tables }
        </section>
    }
}

/// The act of it that this device has set aside.
fn dismissable(mine: &Mine) -> Option<ActId> {
    let act = mine.act.as_ref()?;
    matches!(act.state, MyState::SetAside(_)).then_some(act.act.id)
}

fn line(language: Language, ledger: &InboxLedger, lookup: &Lookup, mine: &Mine) -> HeldLine {
    let (chip, why, outcome) = words::mine(language, mine);
    let mut steps = words::mine_steps(lookup, ledger, mine);
    let more = steps.len().saturating_sub(STEPS);
    steps.truncate(STEPS);
    let item = mine.kept.as_ref().map(|kept| &kept.item);
    let at = mine.act.as_ref().map(|act| act.act.at);
    let at = at.or_else(|| Some(mine.kept.as_ref()?.proposal.as_ref()?.at));
    let carrier = item.filter(|item| item.carried_by.is_some());
    let details = [
        carrier.map(|item| words::author(language, item).into()),
        at.map(|at| language.inbox(&InboxNote::DeviceTime { at })),
        item.map(|item| language.inbox(&InboxNote::ReceivedAt { at: item.received_at })),
    ];
    let hash = item.map(|item| item.hash.to_string());
    let act = mine.act.as_ref().map(|act| act.act.id.to_string());
    HeldLine {
        id: hash.or(act).unwrap_or_default().into(),
        chip: chip.into(),
        why: why.into(),
        steps,
        more: (more > 0).then(|| language.inbox(&InboxNote::More { count: more })),
        source: outcome.into(),
        details: details.into_iter().flatten().collect(),
        actions: dismissable(mine)
            .map(|_| HeldAction::Dismiss)
            .into_iter()
            .collect(),
    }
}
