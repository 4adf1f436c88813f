//! 待我审入: what an officer decides about, by ledger and author.

use std::rc::Rc;

use shared::id::{AccountId, ChangeHash};
use shared::sync::relay::Standing;
use yew::prelude::*;

use super::group::Group;
use super::{choice, sheet, words};
use crate::browser::file;
use crate::components::confirm::Confirm;
use crate::components::held_table::HeldAction;
use crate::grid::lookup::Lookup;
use crate::hooks::use_store;
use crate::i18n::{InboxNote, Language, use_language};
use crate::pages::ledgers::title;
use crate::store::inbox::view::{DecideProblem, InboxLedger, InboxView};

/// Properties of [`ReviewList`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ReviewListProps {
    pub(super) inbox: Rc<InboxView>,
}

/// What is asked before a decision.
#[derive(Clone, PartialEq)]
struct Question {
    decision: Decision,
    hint: AttrValue,
}

/// What is to be decided.
#[derive(Clone, PartialEq)]
struct Decision {
    ledger: shared::id::LedgerId,
    standing: Standing,
    changes: Vec<ChangeHash>,
}

/// What an officer decides about.
#[component]
pub(super) fn ReviewList(ReviewListProps { inbox }: &ReviewListProps) -> Html {
    let language = use_language();
    let store = use_store();
    let now = store.now();
    let question = use_state(|| None::<Question>);
    let said = use_state(AttrValue::default);
    let ledgers: Vec<(InboxLedger, Lookup)> = inbox
        .ledgers
        .iter()
        .filter(|ledger| ledger.review.iter().any(choice::is_open))
        .map(|ledger| (ledger.clone(), words::lookup(ledger, language, now.date())))
        .collect();

    let decide = {
        let (store, said) = (store.clone(), said.setter());
        Callback::from(move |(decision, reason): (Decision, String)| {
            let (store, said) = (store.clone(), said.clone());
            yew::platform::spawn_local(async move {
                let Decision {
                    ledger,
                    standing,
                    changes,
                } = decision;
                let count = changes.len();
                let done = store.decide(ledger, changes, standing, reason).await;
                said.set(language.inbox(&told(done, standing, count)));
            });
        })
    };
    let on_ask = {
        let (question, decide, ledgers) = (question.setter(), decide.clone(), ledgers.clone());
        Callback::from(
            move |(ledger, action, chosen): (shared::id::LedgerId, HeldAction, Vec<ChangeHash>)| {
                let Some((ledger, lookup)) = ledgers.iter().find(|(known, _)| known.id == ledger) else {
                    return;
                };
                let standing = match action {
                    HeldAction::Take => Standing::TakenIn,
                    HeldAction::TurnDown => Standing::TurnedDown,
                    HeldAction::Dismiss => return,
                };
                let changes = choice::whole(ledger, standing, &chosen);
                let hint = hint(language, ledger, lookup, standing, (&chosen, &changes));
                let decision = Decision {
                    ledger: ledger.id,
                    standing,
                    changes,
                };
                match hint {
                    Some(hint) => question.set(Some(Question { decision, hint })),
                    None => decide.emit((decision, String::new())),
                }
            },
        )
    };
    let on_export = {
        let ledgers = ledgers.clone();
        Callback::from(move |_: MouseEvent| {
            let list = language.inbox(&InboxNote::Review);
            let name = language.inbox(&InboxNote::SheetName { list: &list, at: now });
            // Whether the browser saved it, it does not tell.
            let _ = file::save(&name, sheet::of_review(language, &ledgers).as_bytes());
        })
    };
    let parts = ledgers
        .iter()
        .map(|(ledger, lookup)| part(language, ledger, lookup, &on_ask));
    html! {
        <section class="inbox-part" data-list="review" aria-label={language.inbox(&InboxNote::Review)}>
            <header class="inbox-head">
                <h2>{ language.inbox(&InboxNote::Review) }</h2>
                <small>{ language.inbox(&InboxNote::ReviewLead) }</small>
                if !ledgers.is_empty() {
                    <button class="button" type="button" onclick={on_export}>{ language.inbox(&InboxNote::Export) }</button>
                }
            </header>
            <p class="inbox-said" role="status" aria-live="polite">{ &*said }</p>
            if ledgers.is_empty() { <p class="inbox-none">{ language.inbox(&InboxNote::NothingToReview) }</p> }
            { for parts }
            if let Some(asked) = &*question { { dialog(language, asked, &question, &decide) } }
        </section>
    }
}

/// What waits in one ledger, by author.
fn part(
    language: Language,
    ledger: &InboxLedger,
    lookup: &Lookup,
    on_ask: &Callback<(shared::id::LedgerId, HeldAction, Vec<ChangeHash>)>,
) -> Html {
    let mut authors: Vec<AccountId> = Vec::new();
    for kept in ledger.review.iter().filter(|kept| choice::is_open(kept)) {
        if !authors.contains(&kept.item.account) {
            authors.push(kept.item.account);
        }
    }
    let id = ledger.id;
    let on_ask = on_ask.reform(move |(action, chosen)| (id, action, chosen));
    let groups = authors.into_iter().map(|author| {
        html! {
            <Group key={author.to_string()} ledger={ledger.clone()} lookup={lookup.clone()} {author} on_ask={&on_ask} />
        }
    });
    html! {
        <div key={id.to_string()}>
            <div class="inbox-ledger"><b>{ format!("{} · {}", title(language, &ledger.key), ledger.unit) }</b></div>
            { for groups }
        </div>
    }
}

fn dialog(
    language: Language,
    asked: &Question,
    question: &UseStateHandle<Option<Question>>,
    decide: &Callback<(Decision, String)>,
) -> Html {
    let count = asked.decision.changes.len();
    let (title, reason) = match asked.decision.standing {
        Standing::TurnedDown => (InboxNote::TurnDownSome { count }, Some(InboxNote::Reason)),
        Standing::TakenIn | Standing::Waiting => (InboxNote::TakeSome { count }, None),
    };
    let answer = match asked.decision.standing {
        Standing::TurnedDown => InboxNote::TurnDown,
        Standing::TakenIn | Standing::Waiting => InboxNote::Take,
    };
    let on_close = {
        let question = question.setter();
        Callback::from(move |()| question.set(None))
    };
    let on_answer = {
        let (decide, decision, closing) = (decide.clone(), asked.decision.clone(), on_close.clone());
        Callback::from(move |reason: String| {
            decide.emit((decision.clone(), reason));
            closing.emit(());
        })
    };
    html! {
        <Confirm title={language.inbox(&title)} hint={&asked.hint} answer={language.inbox(&answer)}
            asked={reason.map(|reason| language.inbox(&reason))} {on_answer} {on_close} />
    }
}

/// What has to be said before a decision; none when it does what was asked and nothing else.
fn hint(
    language: Language,
    ledger: &InboxLedger,
    lookup: &Lookup,
    standing: Standing,
    (chosen, whole): (&[ChangeHash], &[ChangeHash]),
) -> Option<AttrValue> {
    let more: Vec<ChangeHash> = whole
        .iter()
        .filter(|hash| !chosen.contains(hash))
        .copied()
        .collect();
    let names = choice::names(ledger, lookup, &more);
    let mut said = Vec::new();
    match standing {
        Standing::TurnedDown => {
            said.push(language.inbox(&InboxNote::TurnDownHint));
            if !more.is_empty() {
                said.push(language.inbox(&InboxNote::WithDependents { names: &names }));
            }
        }
        Standing::TakenIn | Standing::Waiting => {
            if choice::is_closed(ledger) {
                said.push(language.inbox(&InboxNote::Reopens));
            }
            if !more.is_empty() {
                said.push(language.inbox(&InboxNote::WithGround { names: &names }));
            }
        }
    }
    (!said.is_empty()).then(|| said.join(" ").into())
}

/// What came of a decision.
fn told(done: Result<(), DecideProblem>, standing: Standing, count: usize) -> InboxNote<'static> {
    match (done, standing) {
        (Ok(()), Standing::TurnedDown) => InboxNote::DidTurnDown { count },
        (Ok(()), Standing::TakenIn | Standing::Waiting) => InboxNote::TookIn { count },
        (Err(DecideProblem::Unreachable), _) => InboxNote::DecideOffline,
        (Err(DecideProblem::NotYours), _) => InboxNote::DecideNotYours,
        (Err(DecideProblem::Failed), _) => InboxNote::DecideFailed,
    }
}
