//! What was decided about a row: by whom, when and why, what it was decided on, and what has changed since.

use std::rc::Rc;

use shared::id::RowId;
use shared::ledger::act::{Deed, Entry};
use shared::ledger::cell::{CellRef, Value};
use shared::ledger::decision::{Decision, NewDecision, Subject, Word};
use shared::ledger::life::{self, Binds, Standing};
use shared::ledger::schema::Table;
use shared::ledger::snapshot::RowView;
use yew::prelude::*;

use crate::components::confirm::Confirm;
use crate::grid::lookup::Lookup;
use crate::hooks::use_store;
use crate::i18n::{Language, LifeNote, Message, use_language};
use crate::store::view::LedgerView;

/// Properties of [`Decided`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct DecidedProps {
    pub(super) ledger: Rc<LedgerView>,
    pub(super) table: &'static Table,
    pub(super) row: Rc<RowView>,
    pub(super) lookup: Rc<Lookup>,
    pub(super) on_deed: Callback<Deed, bool>,
}

/// What was decided about a row.
#[component]
pub(super) fn Decided(props: &DecidedProps) -> Html {
    let language = use_language();
    let store = use_store();
    let withdrawing = use_state(|| None::<Rc<Decision>>);
    let subject = Subject::new(props.table.id, props.row.id);
    let decisions = props.ledger.snapshot.decisions_on(&subject).to_vec();
    let standing = props.ledger.snapshot.standing(props.ledger.key.kind, &subject);
    let say = |note: LifeNote<'_>| language.say(&Message::Life(note));
    let mut made: Vec<Rc<Decision>> = decisions
        .iter()
        .filter(|decision| matches!(decision.made.word, Word::Decide(_)))
        .cloned()
        .collect();
    made.sort_by_key(|decision| (decision.at, decision.made.id));
    let entries = made.iter().map(|decision| {
        let withdraw = withdrawing.setter();
        let chosen = Rc::clone(decision);
        let on_withdraw = Callback::from(move |_: MouseEvent| withdraw.set(Some(Rc::clone(&chosen))));
        entry(props, language, &store, &standing, decision, on_withdraw)
    });
    let on_close = {
        let withdrawing = withdrawing.setter();
        Callback::from(move |()| withdrawing.set(None))
    };
    let on_answer = {
        let (withdrawing, on_deed, store) = (withdrawing.clone(), props.on_deed.clone(), store.clone());
        let seen: Vec<RowId> = decisions.iter().map(|known| known.made.id).collect();
        Callback::from(move |note: String| {
            let Some(decision) = &*withdrawing else { return };
            let Word::Decide(kind) = decision.made.word else {
                return;
            };
            let mut after = seen.clone();
            after.sort_unstable();
            let withdrawal = NewDecision {
                id: store.new_row_id(),
                word: Word::Withdraw(kind),
                of: Some(decision.made.id),
                value: String::new(),
                note,
                from: None,
                until: None,
                after,
                ..decision.made.clone()
            };
            let decisions = vec![withdrawal];
            if on_deed.emit(Deed::Decide { decisions }) {
                withdrawing.set(None);
            }
        })
    };
    html! {
        <section class="decided" aria-label={say(LifeNote::History)}>
            <h3>{ say(LifeNote::History) }<span class="chip">{ language.term(standing.state.name()) }</span></h3>
            if !standing.contradicting.is_empty() { <p class="decided-note" data-state="clash">{ say(LifeNote::TwoDecisionsHint) }</p> }
            if made.is_empty() { <p class="decided-note">{ say(LifeNote::NoHistory) }</p> }
            <ol class="decided-list">{ for entries }</ol>
            if let Some(decision) = &*withdrawing {
                <Confirm title={say(LifeNote::Withdraw { decision: name(decision) })} hint={say(LifeNote::WithdrawHint)}
                    answer={say(LifeNote::Withdraw { decision: name(decision) })} asked={AttrValue::from(say(LifeNote::WithdrawReason))}
                    {on_answer} {on_close} />
            }
        </section>
    }
}

fn name(decision: &Decision) -> shared::ledger::column::Term {
    let (Word::Decide(kind) | Word::Withdraw(kind)) = decision.made.word;
    kind.name()
}

fn entry(
    props: &DecidedProps,
    language: Language,
    store: &crate::store::Store,
    standing: &Standing,
    decision: &Rc<Decision>,
    on_withdraw: Callback<MouseEvent>,
) -> Html {
    let say = |note: LifeNote<'_>| language.say(&Message::Life(note));
    let id = props.ledger.id;
    let Word::Decide(kind) = decision.made.word else {
        return Html::default();
    };
    let way = life::way(props.ledger.key.kind, props.table.id, kind);
    let withdrawal = standing
        .withdrawn
        .iter()
        .find(|(known, _)| known.made.id == decision.made.id);
    let is_in = |list: &[Rc<Decision>]| list.iter().any(|known| known.made.id == decision.made.id);
    let state = if withdrawal.is_some() {
        "withdrawn"
    } else if is_in(&standing.contradicting) {
        "clash"
    } else if is_in(&standing.idle) {
        "idle"
    } else {
        "standing"
    };
    let value = way.and_then(|way| {
        way.guards.iter().find_map(|guard| match guard {
            life::Guard::Value(choices) => choices.iter().find(|choice| choice.code == decision.made.value),
            _ => None,
        })
    });
    let period = decision.made.from.zip(decision.made.until);
    let may_withdraw = withdrawal.is_none() && store.may_decide(id, Word::Withdraw(kind));
    let moved_on = way.filter(|way| state != "withdrawn" && decision.has_moved_on(&props.row, way));
    html! {
        <li key={decision.made.id.to_string()} class="decided-entry" data-state={state} data-decision={kind.code()}>
            <div class="decided-head">
                <b>{ language.term(kind.name()) }</b>
                if let Some(value) = value { <span class="chip">{ language.term(value.name) }</span> }
                <small>{ say(LifeNote::By { name: &store.name(decision.by), at: decision.at }) }</small>
                if may_withdraw {
                    <button class="link-button" type="button" onclick={on_withdraw}>{ say(LifeNote::Withdraw { decision: kind.name() }) }</button>
                }
            </div>
            if let Some((from, until)) = period {
                <p>{ say(LifeNote::Period { from: &from.to_string(), until: &until.to_string() }) }</p>
            }
            if !decision.made.note.is_empty() { <p class="decided-said">{ &decision.made.note }</p> }
            if let Some((_, by)) = withdrawal {
                <p>{ say(LifeNote::WithdrawnBy { name: &store.name(by.by), at: by.at }) }{ " · " }{ &by.made.note }</p>
            }
            if state == "idle" { <p>{ say(LifeNote::Idle) }</p> }
            if store.digest_fits(id, decision) == Some(false) { <p data-state="clash">{ say(LifeNote::Digest) }</p> }
            if let Some(life::Transition { binds: Binds::Columns(columns), .. }) = moved_on {
                { compared(props, language, store, decision, columns) }
            }
        </li>
    }
}

/// What the row was when it was decided on, beside what it is now, where they differ.
fn compared(
    props: &DecidedProps,
    language: Language,
    store: &crate::store::Store,
    decision: &Decision,
    columns: &'static [&'static str],
) -> Html {
    let say = |note: LifeNote<'_>| language.say(&Message::Life(note));
    let Some(then) = store.decided_on(props.ledger.id, decision) else {
        return Html::default();
    };
    let differing = props.table.columns.iter().filter(|column| {
        columns.contains(&column.id)
            && props.lookup.cell(&then, column) != props.lookup.cell(&props.row, column)
    });
    let lines = differing.map(|column| {
        html! {
            <tr key={column.id}>
                <th scope="row">{ language.term(column.name) }</th>
                <td>{ props.lookup.cell(&then, column) }</td>
                <td>{ props.lookup.cell(&props.row, column) }</td>
            </tr>
        }
    });
    let bring = {
        let (on_deed, cells) = (props.on_deed.clone(), brought(props, &then, columns));
        Callback::from(move |_: MouseEvent| {
            on_deed.emit(Deed::Enter {
                by: Entry::Typed,
                rows: Vec::new(),
                cells: cells.clone(),
            });
        })
    };
    html! {
        <div class="decided-moved">
            <p>{ say(LifeNote::MovedOnHint) }</p>
            <table class="decided-table">
                <thead><tr><th></th><th>{ say(LifeNote::DecidedOn) }</th><th>{ say(LifeNote::Now) }</th></tr></thead>
                <tbody>{ for lines }</tbody>
            </table>
            <button class="button" type="button" onclick={bring}>{ say(LifeNote::Bring) }</button>
        </div>
    }
}

/// What has to be written for a row to say in these columns what it said then.
fn brought(props: &DecidedProps, then: &RowView, columns: &[&str]) -> Vec<(CellRef, Value)> {
    let keys = then.cells.keys().chain(props.row.cells.keys());
    let mut keys: Vec<&String> = keys
        .filter(|key| columns.contains(&key.split('/').next().unwrap_or(key)))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    let cells = keys.into_iter().filter_map(|key| {
        let (before, now) = (then.value(key), props.row.value(key));
        let wanted = match before {
            Value::Empty if key.contains('/') => Value::Flag(false),
            value => value.clone(),
        };
        (wanted != *now).then(|| (CellRef::new(props.table.id, props.row.id, key), wanted))
    });
    cells.collect()
}
