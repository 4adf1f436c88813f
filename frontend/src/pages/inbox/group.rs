//! What one author has written into one ledger and an officer decides about.

use std::collections::BTreeSet;

use shared::id::{AccountId, ChangeHash};
use yew::prelude::*;

use super::mine::STEPS;
use super::{choice, words};
use crate::components::held_table::{HeldAction, HeldLine, HeldTable};
use crate::grid::lookup::Lookup;
use crate::i18n::{InboxNote, Language, use_language};
use crate::store::inbox::view::{InboxLedger, Kept};

/// Properties of [`Group`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct GroupProps {
    pub(super) ledger: InboxLedger,
    pub(super) lookup: Lookup,
    pub(super) author: AccountId,
    /// Something is to be decided about these.
    pub(super) on_ask: Callback<(HeldAction, Vec<ChangeHash>)>,
}

/// What one author has written.
#[component]
pub(super) fn Group(
    GroupProps {
        ledger,
        lookup,
        author,
        on_ask,
    }: &GroupProps,
) -> Html {
    let language = use_language();
    let ticked = use_state(BTreeSet::<ChangeHash>::new);
    let theirs = |kept: &&Kept| kept.item.account == *author && choice::is_open(kept);
    let open: Vec<&Kept> = ledger.review.iter().filter(theirs).collect();
    let hashes: Vec<ChangeHash> = open.iter().map(|kept| kept.item.hash).collect();
    let decidable: Vec<ChangeHash> = open
        .iter()
        .filter(|kept| choice::awaits(kept))
        .map(|kept| kept.item.hash)
        .collect();
    let takeable: Vec<ChangeHash> = decidable
        .iter()
        .filter(|hash| !choice::has_lost_its_ground(ledger, hash))
        .copied()
        .collect();
    // What was decided meanwhile is chosen no longer.
    let chosen: Vec<ChangeHash> = decidable
        .iter()
        .filter(|hash| ticked.contains(hash))
        .copied()
        .collect();
    let places = hashes
        .iter()
        .enumerate()
        .filter(|(_, hash)| ticked.contains(hash))
        .map(|(at, _)| at);
    let places: BTreeSet<usize> = places.collect();

    let on_choose = {
        let (ticked, hashes) = (ticked.clone(), hashes.clone());
        Callback::from(move |at: usize| {
            let mut next = (*ticked).clone();
            if let Some(hash) = hashes.get(at).filter(|hash| !next.remove(hash)) {
                next.insert(*hash);
            }
            ticked.set(next);
        })
    };
    let on_all = {
        let (ticked, all) = (ticked.setter(), decidable.clone());
        let is_all = chosen.len() == decidable.len();
        Callback::from(move |_: Event| {
            ticked.set(if is_all {
                BTreeSet::new()
            } else {
                all.iter().copied().collect()
            });
        })
    };
    let on_action = {
        let (on_ask, hashes) = (on_ask.clone(), hashes);
        Callback::from(move |(at, action): (usize, HeldAction)| {
            if let Some(hash) = hashes.get(at) {
                on_ask.emit((action, vec![*hash]));
            }
        })
    };
    let about = |action: HeldAction, these: Vec<ChangeHash>| {
        on_ask.reform(move |_: MouseEvent| (action, these.clone()))
    };
    let name = open
        .first()
        .map(|kept| kept.item.name.clone().unwrap_or_default());
    let name = name.unwrap_or_default();
    let lines: Vec<HeldLine> = open
        .iter()
        .map(|kept| line(language, ledger, lookup, kept))
        .collect();
    let count = chosen.len();
    html! {
        <div data-author={name.clone()}>
            <div class="inbox-author">
                <label>
                    <input type="checkbox" checked={count > 0 && count == decidable.len()} onchange={on_all}
                        aria-label={format!("{} {name}", language.inbox(&InboxNote::ChooseAll))} />
                    { " " }<b>{ &name }</b>{ format!(" · {}", decidable.len()) }
                </label>
                if count > 0 {
                    <button class="button" type="button" onclick={about(HeldAction::Take, chosen.clone())}>
                        { language.inbox(&InboxNote::TakeSome { count }) }
                    </button>
                    <button class="button" type="button" onclick={about(HeldAction::TurnDown, chosen)}>
                        { language.inbox(&InboxNote::TurnDownSome { count }) }
                    </button>
                }
                if count == 0 && !takeable.is_empty() {
                    <button class="button" type="button" onclick={about(HeldAction::Take, takeable)}>
                        { language.inbox(&InboxNote::TakeAll) }
                    </button>
                }
            </div>
            <HeldTable label={name} {lines} source={language.inbox(&InboxNote::Source)} chosen={places} {on_choose} {on_action} />
        </div>
    }
}

fn line(language: Language, ledger: &InboxLedger, lookup: &Lookup, kept: &Kept) -> HeldLine {
    let Kept { item, proposal } = kept;
    let (chip, why) = words::standing(item);
    let mut steps = words::steps(lookup, proposal.as_ref());
    let more = steps.len().saturating_sub(STEPS);
    steps.truncate(STEPS);
    let is_lost = choice::has_lost_its_ground(ledger, &item.hash);
    let waits = (!choice::awaits(kept)).then_some(InboxNote::AwaitsGround);
    let lost = is_lost.then_some(InboxNote::GroundTurnedDown);
    let details = [
        proposal
            .as_ref()
            .map(|proposal| InboxNote::DeviceTime { at: proposal.at }),
        Some(InboxNote::ReceivedAt { at: item.received_at }),
        lost.or(waits),
    ];
    let actions = match (choice::awaits(kept), is_lost) {
        (false, _) => Vec::new(),
        (true, true) => vec![HeldAction::TurnDown],
        (true, false) => vec![HeldAction::Take, HeldAction::TurnDown],
    };
    HeldLine {
        id: item.hash.to_string().into(),
        chip: language.inbox(&chip),
        why: language.inbox(&why),
        steps,
        more: (more > 0).then(|| language.inbox(&InboxNote::More { count: more })),
        source: words::author(language, item).into(),
        details: details
            .iter()
            .flatten()
            .map(|note| language.inbox(note))
            .collect(),
        actions,
    }
}
