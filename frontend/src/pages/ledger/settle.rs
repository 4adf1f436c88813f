//! The conflict of one cell, and its settling.

use std::rc::Rc;

use shared::access::role_on;
use shared::ledger::act::Deed;
use shared::ledger::cell::{CellRef, Value};
use shared::ledger::conflict::Said;
use yew::prelude::*;

use super::words;
use crate::components::conflict_card::{Claim, ConflictCard};
use crate::grid::lookup::{Lookup, Meaning};
use crate::hooks::{use_signed_in, use_store};
use crate::i18n::{Message, use_language};
use crate::store::view::{LedgerView, SignedIn};

/// Properties of [`Settle`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct SettleProps {
    /// The ledger.
    pub(super) ledger: Rc<LedgerView>,
    /// Names.
    pub(super) lookup: Rc<Lookup>,
    /// The cell.
    pub(super) cell: CellRef,
    /// The id of its element.
    pub(super) beside: AttrValue,
    /// What somebody was typing there.
    pub(super) typed: String,
    /// Performs the settling.
    pub(super) on_deed: Callback<Deed, bool>,
    /// Closes it.
    pub(super) on_close: Callback<()>,
}

/// The conflict of one cell, and its settling.
#[component]
pub(super) fn Settle(props: &SettleProps) -> Html {
    let SettleProps {
        ledger,
        lookup,
        cell,
        on_close,
        ..
    } = props;
    let language = use_language();
    let store = use_store();
    let (signed_in, today) = (use_signed_in(), store.now().date());
    let problem = use_state(|| None::<AttrValue>);
    let conflict = store.conflict(ledger.id, cell);
    {
        // Somebody else may settle it while this is open.
        let (gone, on_close) = (conflict.is_none(), on_close.clone());
        use_effect_with(gone, move |gone| {
            if *gone {
                on_close.emit(());
            }
        });
    }
    let schema = ledger.key.kind.schema();
    let (Some(conflict), Some(table)) = (conflict, schema.table(&cell.table)) else {
        return Html::default();
    };
    let Some(column) = table.column(&cell.key) else {
        return Html::default();
    };

    let claim = |said: &Said| {
        let author = store.author(said).map_or_else(
            || language.attribute(&Message::AuthorUnknown),
            |author| words::author(language, &author),
        );
        let role = said.by.and_then(|by| match &signed_in {
            SignedIn::As(me) if me.account == by => role_on(&me.grants, today),
            SignedIn::As(me) => {
                me.colleagues
                    .iter()
                    .find(|colleague| colleague.account == by)?
                    .role
            }
            SignedIn::Opening
            | SignedIn::Nobody
            | SignedIn::ChoosingCode(_)
            | SignedIn::Locked(_)
            | SignedIn::NoStorage(_) => None,
        });
        let detail = words::role(language, role)
            .into_iter()
            .chain(said.at.map(|at| at.to_string()));
        Claim {
            value: words::value(lookup, table, cell, &said.value).into(),
            author,
            detail: detail.collect::<Vec<_>>().join(" · ").into(),
        }
    };
    let seen = conflict.seen();
    let settle = {
        let (cell, on_deed, on_close) = (cell.clone(), props.on_deed.clone(), on_close.clone());
        move |value: Value| {
            if on_deed.emit(Deed::Settle {
                cell: cell.clone(),
                value,
                seen: seen.clone(),
            }) {
                on_close.emit(());
            }
        }
    };
    let values: Vec<Value> = conflict.values.iter().map(|said| said.value.clone()).collect();
    let on_take = {
        let settle = settle.clone();
        Callback::from(move |at: usize| settle(values[at].clone()))
    };
    let on_other = {
        let (lookup, problem) = (lookup.clone(), problem.setter());
        Callback::from(move |typed: String| match lookup.read(column, &typed) {
            Ok(Meaning::One(value)) => settle(value),
            Ok(Meaning::Set(_)) => {}
            Err(why) => problem.set(Some(crate::components::grid::say(language, &why).into())),
        })
    };
    let number = ledger
        .snapshot
        .table(table.id)
        .rows
        .iter()
        .position(|row| Some(row.id) == cell.row);
    let title = Message::ClashOf {
        row: number.map_or(0, |at| at + 1),
        column: &words::column(lookup, column, &cell.key),
    };
    html! {
        <ConflictCard
            title={language.attribute(&title)}
            beside={&props.beside}
            before={conflict.before.iter().map(claim).collect::<Vec<_>>()}
            values={conflict.values.iter().map(claim).collect::<Vec<_>>()}
            typed={props.typed.clone()}
            problem={(*problem).clone()}
            open_to_others={!column.is_set()}
            {on_take}
            {on_other}
            {on_close}
        />
    }
}
