//! Deciding about the selected rows: what can be decided now, and the question that goes before it.

use std::collections::BTreeMap;
use std::rc::Rc;

use shared::id::RowId;
use shared::ledger::act::Deed;
use shared::ledger::decision::{NewDecision, Subject, Word, bound};
use shared::ledger::life::{self, Guard, Standing, State, Transition};
use shared::ledger::schema::Table;
use shared::time::Date;
use yew::prelude::*;

use crate::browser::field;
use crate::components::form_dialog::FormDialog;
use crate::components::form_field::{Choice, SelectField};
use crate::grid::states;
use crate::hooks::use_store;
use crate::i18n::{Language, LifeNote, Message, use_language};
use crate::store::view::LedgerView;

/// Properties of [`DecisionBar`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct DecisionBarProps {
    pub(super) ledger: Rc<LedgerView>,
    pub(super) table: &'static Table,
    /// The rows that are selected and not removed.
    pub(super) rows: Vec<RowId>,
    pub(super) on_deed: Callback<Deed, bool>,
}

/// What can be decided about the selected rows.
#[component]
pub(super) fn DecisionBar(props: &DecisionBarProps) -> Html {
    let language = use_language();
    let store = use_store();
    let asked = use_state(|| None::<&'static Transition>);
    let DecisionBarProps {
        ledger,
        table,
        rows,
        on_deed,
    } = props;
    if !states::has_any(table) {
        return Html::default();
    }
    let standings = standings(ledger, table, rows);
    let ways = life::of(ledger.key.kind, table.id)
        .filter(|way| store.may_decide(ledger.id, Word::Decide(way.decision)));
    let buttons = ways.filter_map(|way| {
        let fitting = standings
            .iter()
            .filter(|(_, standing)| way.follows(standing).is_ok());
        let count = fitting.count();
        (count > 0).then(|| {
            let onclick = {
                let asked = asked.setter();
                Callback::from(move |_: MouseEvent| asked.set(Some(way)))
            };
            html! {
                <button key={way.decision.code()} class="button" type="button" data-decision={way.decision.code()} {onclick}>
                    { language.say(&Message::Life(LifeNote::On { decision: way.decision.name(), count })) }
                </button>
            }
        })
    });
    let words = if rows.is_empty() {
        LifeNote::SelectFirst
    } else {
        LifeNote::Selected { count: rows.len() }
    };
    let on_close = {
        let asked = asked.setter();
        Callback::from(move |()| asked.set(None))
    };
    html! {
        <div class="decision-bar" role="group">
            <span class="decision-count">{ language.say(&Message::Life(words)) }</span>
            { for states_of(language, &standings) }
            { for buttons }
            if let Some(way) = *asked {
                <DecideDialog key={way.decision.code()} {ledger} {way} rows={rows.clone()} {on_deed} {on_close} />
            }
        </div>
    }
}

/// What the selected rows have come to, and how many of them.
fn states_of(language: Language, standings: &[(RowId, Standing)]) -> Vec<Html> {
    let mut counts: BTreeMap<State, usize> = BTreeMap::new();
    for (_, standing) in standings {
        *counts.entry(standing.state).or_default() += 1;
    }
    let chip = |(state, count): (State, usize)| {
        let words = format!("{} {count}", language.term(state.name()));
        html! { <span key={state.code()} class="chip" data-standing={state.code()}>{ words }</span> }
    };
    counts.into_iter().map(chip).collect()
}

fn standings(ledger: &LedgerView, table: &Table, rows: &[RowId]) -> Vec<(RowId, Standing)> {
    let standing = |row: &RowId| {
        let subject = Subject::new(table.id, *row);
        (*row, ledger.snapshot.standing(ledger.key.kind, &subject))
    };
    rows.iter().map(standing).collect()
}

/// Properties of [`DecideDialog`].
#[derive(Clone, PartialEq, Properties)]
struct DecideDialogProps {
    ledger: Rc<LedgerView>,
    way: &'static Transition,
    rows: Vec<RowId>,
    on_deed: Callback<Deed, bool>,
    on_close: Callback<()>,
}

/// The question before a decision.
#[component]
fn DecideDialog(props: &DecideDialogProps) -> Html {
    let language = use_language();
    let store = use_store();
    let DecideDialogProps {
        ledger,
        way,
        rows,
        on_deed,
        on_close,
    } = props;
    let way = *way;
    // What the person sees is what he decides on, also when something arrives while he writes the reason.
    let seen = use_memo((), |()| Rc::clone(&ledger.snapshot));
    let standings = standings(ledger, table_of(ledger, way), rows);
    let fitting: Vec<RowId> = standings
        .iter()
        .filter(|(_, standing)| way.follows(standing).is_ok())
        .map(|(row, _)| *row)
        .collect();
    let left_out = rows.len() - fitting.len();
    let needs = |wanted: fn(&Guard) -> bool| way.guards.iter().any(wanted);
    let needs_note = needs(|guard| matches!(guard, Guard::Note));
    let needs_period = needs(|guard| matches!(guard, Guard::Period));
    let choices = way.guards.iter().find_map(|guard| match guard {
        Guard::Value(choices) => Some(*choices),
        _ => None,
    });
    let on_submit = {
        let (store, seen, fitting) = (store.clone(), seen.clone(), fitting.clone());
        let (on_deed, on_close) = (on_deed.clone(), on_close.clone());
        Callback::from(move |event: SubmitEvent| {
            let text = |name: &str| field::submitted(event.target(), name).trim().to_owned();
            let today = store.now().date();
            let date = |name: &str| Date::parse(&text(name), today).ok();
            let decisions = fitting.iter().filter_map(|row| {
                let subject = Subject::new(way.table, *row);
                let after = seen.decisions_on(&subject).iter().map(|known| known.made.id);
                let mut after: Vec<RowId> = after.collect();
                after.sort_unstable();
                Some(NewDecision {
                    id: store.new_row_id(),
                    word: Word::Decide(way.decision),
                    of: None,
                    digest: bound::digest_now(&seen, &subject, way)?,
                    subject,
                    value: text("value"),
                    note: text("note"),
                    from: needs_period.then(|| date("from")).flatten(),
                    until: needs_period.then(|| date("until")).flatten(),
                    after,
                })
            });
            let decisions: Vec<NewDecision> = decisions.collect();
            if on_deed.emit(Deed::Decide { decisions }) {
                on_close.emit(());
            }
        })
    };
    let life = |note: LifeNote<'_>| AttrValue::from(language.say(&Message::Life(note)));
    let today = AttrValue::from(store.now().date().to_string());
    html! {
        <FormDialog title={life(LifeNote::On { decision: way.decision.name(), count: fitting.len() })} busy={false}
            answer={language.term(way.decision.name())} {on_submit} {on_close}>
            <p>{ life(LifeNote::Hint { decision: way.decision.name(), to: way.to.name() }) }</p>
            if left_out > 0 { <p>{ life(LifeNote::LeftOut { count: left_out }) }</p> }
            if let Some(choices) = choices {
                <SelectField label={life(LifeNote::Choice)} name="value" choices={options(language, choices)} />
            }
            if needs_period {
                <div class="field-pair">
                    { day(life(LifeNote::From), "from", today) }
                    { day(life(LifeNote::Until), "until", AttrValue::default()) }
                </div>
            }
            <label class="field"><span>{ life(if needs_note { LifeNote::Reason } else { LifeNote::ReasonOptional }) }</span>
                <textarea class="input" name="note" rows="3" maxlength="2000" required={needs_note} autofocus=true /></label>
        </FormDialog>
    }
}

fn table_of(ledger: &LedgerView, way: &Transition) -> &'static Table {
    let schema = ledger.key.kind.schema();
    schema
        .table(way.table)
        .expect("a test walks over the tables of all transitions")
}

fn options(language: Language, choices: &[shared::ledger::column::Choice]) -> Vec<Choice> {
    let option = |choice: &shared::ledger::column::Choice| Choice {
        value: choice.code.into(),
        name: language.term(choice.name).into(),
    };
    choices.iter().map(option).collect()
}

fn day(label: AttrValue, name: &'static str, first: AttrValue) -> Html {
    html! {
        <label class="field"><span>{ label }</span>
            <input class="input" type="date" {name} ~value={first} required=true /></label>
    }
}
