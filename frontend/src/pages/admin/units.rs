//! 组织: the tree of units.

use shared::access::UnitKind;
use shared::id::UnitId;
use shared::protocol::http::admin::{AdminUnit, NewUnit, Order, Overview};
use yew::prelude::*;

use super::sheet::{Of, Sheet};
use super::{Ordered, PartProps, use_order};
use crate::browser::field;
use crate::components::form_dialog::FormDialog;
use crate::components::form_field::{Choice, SelectField, TextField};
use crate::components::unit_tree::{Branch, UnitTool, UnitTree};
use crate::hooks::Request;
use crate::i18n::{AdminNote, Language, use_language};
use crate::icon::{Icon, Symbol};
use crate::pages::request_words::problem;
use crate::pages::set_up::{code, kind_of};

/// What is being done.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Doing {
    #[default]
    Nothing,
    Add(Option<UnitId>),
    Rename(UnitId),
    Sheet,
}

/// The tree of units.
#[component]
pub(super) fn Units(PartProps { overview }: &PartProps) -> Html {
    let language = use_language();
    let doing = use_state(Doing::default);
    let (request, order) = use_order();
    let to = |next: Doing| {
        let (doing, request) = (doing.setter(), request.clone());
        Callback::from(move |()| {
            request.forget();
            doing.set(next);
        })
    };
    let close = to(Doing::Nothing);
    if *doing == Doing::Sheet {
        return html! { <Sheet of={Of::Units} overview={overview.clone()} on_done={close.reform(|_| ())} on_back={&close} /> };
    }
    let on_tool = {
        let doing = doing.setter();
        Callback::from(move |(tool, id)| {
            doing.set(match tool {
                UnitTool::AddBelow => Doing::Add(Some(id)),
                UnitTool::Rename => Doing::Rename(id),
            });
        })
    };
    let dialog = match *doing {
        Doing::Add(above) => adding(language, overview, above, &request, &order, &close),
        Doing::Rename(id) => {
            let unit = overview.units.iter().find(|unit| unit.id == id);
            unit.map(|unit| renaming(language, unit, &request, &order, &close))
                .unwrap_or_default()
        }
        Doing::Nothing | Doing::Sheet => Html::default(),
    };
    html! {
        <>
            <div class="admin-tools">
                <button class="button" type="button" data-tone="main" onclick={to(Doing::Add(None)).reform(|_: MouseEvent| ())}>
                    <Symbol icon={Icon::Add} />{ language.note(&AdminNote::UnitAdd) }
                </button>
                <button class="button" type="button" onclick={to(Doing::Sheet).reform(|_: MouseEvent| ())}>
                    <Symbol icon={Icon::Rows} />{ language.note(&AdminNote::FromSheet) }
                </button>
            </div>
            <section class="admin-panel"><UnitTree top={tree(overview)} {on_tool} /></section>
            { dialog }
        </>
    }
}

fn adding(
    language: Language,
    overview: &Overview,
    above: Option<UnitId>,
    request: &Request,
    order: &Callback<Ordered>,
    close: &Callback<()>,
) -> Html {
    let first = overview.units.iter().find(|unit| Some(unit.id) == above);
    let may_have_below = overview.units.iter().filter(|unit| unit.kind != UnitKind::Branch);
    let aboves: Vec<Choice> = may_have_below
        .map(|unit| Choice {
            value: unit.name.clone().into(),
            name: unit.name.clone().into(),
        })
        .collect();
    let kinds: Vec<Choice> = UnitKind::ALL
        .into_iter()
        .map(|kind| Choice {
            value: code(kind).into(),
            name: language.note(&AdminNote::Kind(kind)),
        })
        .collect();
    let on_submit = {
        let then = close.reform(|_| ());
        order.reform(move |event: SubmitEvent| {
            let field = |name| field::submitted(event.target(), name);
            let unit = NewUnit {
                name: field("name"),
                kind: kind_of(&field("kind")).unwrap_or_default(),
                above: Some(field("above")),
            };
            (Order::AddUnits { units: vec![unit] }, then.clone())
        })
    };
    html! {
        <FormDialog title={language.note(&AdminNote::UnitAdd)} answer={language.note(&AdminNote::Add)}
            problem={problem(language, request)} busy={request.is_waiting()} {on_submit} on_close={close}>
            <TextField label={language.note(&AdminNote::UnitName)} name="name" />
            <SelectField label={language.note(&AdminNote::UnitKind)} name="kind" choices={kinds} first={AttrValue::from(code(UnitKind::Branch))} />
            <SelectField label={language.note(&AdminNote::UnitAbove)} name="above" choices={aboves}
                first={first.map(|unit| AttrValue::from(unit.name.clone()))} />
        </FormDialog>
    }
}

fn renaming(
    language: Language,
    unit: &AdminUnit,
    request: &Request,
    order: &Callback<Ordered>,
    close: &Callback<()>,
) -> Html {
    let on_submit = {
        let (then, unit) = (close.reform(|_| ()), unit.id);
        order.reform(move |event: SubmitEvent| {
            let name = field::submitted(event.target(), "name");
            (Order::RenameUnit { unit, name }, then.clone())
        })
    };
    html! {
        <FormDialog title={language.note(&AdminNote::UnitRenameOf { name: &unit.name })} answer={language.note(&AdminNote::Save)}
            problem={problem(language, request)} busy={request.is_waiting()} {on_submit} on_close={close}>
            <TextField label={language.note(&AdminNote::UnitName)} name="name" first={unit.name.clone()} />
        </FormDialog>
    }
}

/// The units as a tree; at the top stands what has nothing above it that this administrator keeps.
fn tree(overview: &Overview) -> Vec<Branch> {
    let is_here = |id: UnitId| overview.units.iter().any(|unit| unit.id == id);
    let top = overview
        .units
        .iter()
        .filter(|unit| unit.parent.is_none_or(|parent| !is_here(parent)));
    top.map(|unit| branch(overview, unit, overview.units.len()))
        .collect()
}

/// A unit with those below it; a circle, which no relay of ours makes, ends with the units there are.
fn branch(overview: &Overview, unit: &AdminUnit, deep: usize) -> Branch {
    let has_role =
        |grants: &[shared::access::Grant]| grants.iter().any(|grant| grant.unit == unit.id && !grant.revoked);
    let people = overview.accounts.iter();
    let below = overview
        .units
        .iter()
        .filter(|other| other.parent == Some(unit.id));
    Branch {
        id: unit.id,
        name: unit.name.clone().into(),
        kind: unit.kind,
        people: people.filter(|account| has_role(&account.grants)).count(),
        below: below
            .filter(|_| deep > 0)
            .map(|unit| branch(overview, unit, deep - 1))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_holds_every_unit_once_below_the_one_above_it() {
        let unit = |number: u8, parent: Option<u8>| AdminUnit {
            id: UnitId::from_bytes([number; 16]),
            name: format!("{number}"),
            kind: UnitKind::PartyCommittee,
            parent: parent.map(|number| UnitId::from_bytes([number; 16])),
        };
        let overview = Overview {
            // Number 9 is above, and not this administrator's.
            units: vec![
                unit(1, Some(9)),
                unit(2, Some(1)),
                unit(3, Some(2)),
                unit(4, Some(1)),
            ],
            accounts: Vec::new(),
            sessions: Vec::new(),
            ledgers: Vec::new(),
        };
        let top = tree(&overview);
        assert_eq!(top.len(), 1);
        let names = |units: &[Branch]| units.iter().map(|unit| unit.name.to_string()).collect::<Vec<_>>();
        assert_eq!(names(&top[0].below), ["2", "4"]);
        assert_eq!(names(&top[0].below[0].below), ["3"]);
    }
}
