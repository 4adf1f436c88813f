//! Units or accounts from a sheet: pasted or from a file, shown with what is wrong, and sent.

use std::rc::Rc;

use shared::limit::{ORDER_ROWS, SHEET_PASTE_BYTES};
use shared::protocol::http::Problem;
use shared::protocol::http::admin::{NewAccount, NewUnit, Order, Overview};
use yew::prelude::*;

use super::{notice, use_order};
use crate::browser::http::HttpError;
use crate::components::intake_table::{IntakeLine, IntakeTable};
use crate::grid::block::Block;
use crate::hooks::{Asked, use_store};
use crate::i18n::{AdminNote, Language, use_language};
use crate::icon::{Icon, Symbol};
use crate::intake::{self, Column, Intake, Known};
use crate::pages::request_words::{problem, row};
use crate::store::batches::Added;

mod paste;
mod sending;

use paste::paste;
use sending::brought;
pub(super) use sending::{Brought, Rest};

/// What the sheet is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    /// Units.
    Units,
    /// Accounts.
    Accounts,
}

/// What was read.
#[derive(Clone, Debug, PartialEq)]
enum Read {
    Units(Intake<NewUnit>),
    Accounts(Intake<NewAccount>),
}

/// What is sent.
#[derive(Clone)]
enum Sent {
    Units(Vec<NewUnit>),
    /// With the numbers of their rows.
    Accounts(Vec<NewAccount>, Vec<usize>),
}

/// What stands on the page.
#[derive(Clone, Debug, Default, PartialEq)]
enum Shown {
    /// Nothing was pasted.
    #[default]
    Nothing,
    /// A file had no text.
    BadFile,
    /// More was pasted than is taken.
    TooLarge,
    /// This was read.
    Rows(Rc<Read>),
}

/// Properties of [`Sheet`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct SheetProps {
    pub(super) of: Of,
    pub(super) overview: Rc<Overview>,
    /// Rows were added.
    pub(super) on_done: Callback<Brought>,
    /// Nothing was.
    pub(super) on_back: Callback<()>,
}

/// Units or accounts from a sheet.
#[component]
pub(super) fn Sheet(props: &SheetProps) -> Html {
    let language = use_language();
    let shown = use_state(Shown::default);
    let (request, order) = use_order();
    let (store, added) = (use_store(), use_state(|| 0));
    let take = {
        let (shown, request) = (shown.setter(), request.clone());
        let (of, overview) = (props.of, props.overview.clone());
        Callback::from(move |taken: Result<Block, Shown>| {
            request.forget();
            shown.set(taken.map_or_else(
                |why| why,
                |block| Shown::Rows(Rc::new(read(of, &overview, &block))),
            ));
        })
    };
    let anew = {
        let (shown, request) = (shown.setter(), request.clone());
        Callback::from(move |_: MouseEvent| {
            request.forget();
            shown.set(Shown::Nothing);
        })
    };
    let (title, hint) = match props.of {
        Of::Units => (AdminNote::SheetUnits, AdminNote::SheetUnitsHint),
        Of::Accounts => (AdminNote::SheetAccounts, AdminNote::SheetAccountsHint),
    };
    let send = {
        let (on_done, request, added) = (props.on_done.clone(), request.clone(), added.setter());
        Callback::from(move |sent: Sent| match sent {
            Sent::Units(units) => {
                order.emit((Order::AddUnits { units }, on_done.reform(|_| Brought::Units)));
            }
            Sent::Accounts(accounts, lines) => {
                let (store, on_done, on_added) = (store.clone(), on_done.clone(), added.clone());
                on_added.set(0);
                let sending = async move {
                    let added = store.add_accounts(&accounts, |count| on_added.set(count)).await;
                    match added.stopped {
                        Some(why) if added.slips.is_empty() => Err(why),
                        stopped => Ok(Added { stopped, ..added }),
                    }
                };
                request.make(sending, move |added| on_done.emit(brought(&added, &lines)));
            }
        })
    };
    let body = match &*shown {
        Shown::Rows(read) => {
            let read = match request.asked() {
                Asked::Failed(HttpError::Problem(Problem::Wrong { why })) => read.refused(why),
                _ => None,
            }
            .map_or_else(|| read.clone(), Rc::new);
            let at_its_row = read.wrong() > 0;
            let said = problem(language, &request).filter(|_| !at_its_row);
            preview(
                language,
                &read,
                said,
                request.is_waiting().then_some(*added),
                &send,
                &anew,
            )
        }
        Shown::Nothing => paste(language, None, &take),
        Shown::BadFile => paste(language, Some(language.note(&AdminNote::SheetFileBad)), &take),
        Shown::TooLarge => {
            let most_kib = SHEET_PASTE_BYTES / 1024;
            let said = language.note(&AdminNote::SheetTooLarge { most_kib });
            paste(language, Some(said), &take)
        }
    };
    html! {
        <section class="admin-panel sheet">
            <header class="sheet-head">
                <div><h2>{ language.note(&title) }</h2><p class="settings-hint">{ language.note(&hint) }</p></div>
                <button class="button" type="button" onclick={props.on_back.reform(|_: MouseEvent| ())}>{ language.note(&AdminNote::Back) }</button>
            </header>
            { body }
        </section>
    }
}

fn preview(
    language: Language,
    read: &Read,
    said: Option<AttrValue>,
    added: Option<usize>,
    send: &Callback<Sent>,
    anew: &Callback<MouseEvent>,
) -> Html {
    let lines = read.lines(language);
    let (count, wrong) = (read.count(), read.wrong());
    let is_cut = lines.len() < count;
    let verdict = match (added, count, wrong) {
        (Some(added), ..) => AdminNote::SheetSending { added, count },
        (None, 0, _) => AdminNote::SheetEmpty,
        (None, _, 0) if count > ORDER_ROWS => AdminNote::TooMany { most: ORDER_ROWS },
        (None, _, 0) => AdminNote::SheetGood { count },
        (None, ..) => AdminNote::SheetWrong { count: wrong },
    };
    let order = read.order();
    let onclick = {
        let (send, order) = (send.clone(), order.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(order) = &order {
                send.emit(order.clone());
            }
        })
    };
    html! {
        <>
            <div class="sheet-line">
                <p class="sheet-note" role="status" data-wrong={(order.is_none()).then_some("")}>{ language.note(&verdict) }</p>
                <button class="button" type="button" onclick={anew}><Symbol icon={Icon::Undo} />{ language.note(&AdminNote::SheetAnew) }</button>
                <button class="button" type="button" data-tone="main" disabled={added.is_some() || order.is_none()} {onclick}>
                    { language.note(&AdminNote::SheetSend { count }) }
                </button>
            </div>
            { notice(said) }
            if count > 0 { <IntakeTable heads={read.heads(language)} {lines} /> }
            if is_cut { <p class="settings-hint">{ language.note(&AdminNote::SheetMore { count }) }</p> }
        </>
    }
}

fn read(of: Of, overview: &Overview, block: &Block) -> Read {
    match of {
        Of::Units => {
            let known = overview.units.iter().map(|unit| Known {
                name: &unit.name,
                kind: unit.kind,
                is_kept: true,
            });
            // Whoever administers is administrator of a unit, and above that one stands the top, seen or not.
            let has_top = true;
            Read::Units(intake::units(block, known, has_top))
        }
        Of::Accounts => {
            let logins = overview.accounts.iter().map(|account| account.login.as_str());
            let units: Vec<&str> = overview.units.iter().map(|unit| unit.name.as_str()).collect();
            Read::Accounts(intake::accounts(block, logins, &units))
        }
    }
}

impl Read {
    fn count(&self) -> usize {
        match self {
            Self::Units(intake) => intake.rows.len(),
            Self::Accounts(intake) => intake.rows.len(),
        }
    }

    fn wrong(&self) -> usize {
        match self {
            Self::Units(intake) => intake.wrong(),
            Self::Accounts(intake) => intake.wrong(),
        }
    }

    fn order(&self) -> Option<Sent> {
        match self {
            Self::Units(intake) => intake.order().map(Sent::Units),
            Self::Accounts(intake) => {
                let lines = intake.rows.iter().filter(|row| !row.joins).map(|row| row.line);
                Some(Sent::Accounts(intake.order()?, lines.collect()))
            }
        }
    }

    fn refused(&self, why: &shared::protocol::http::admin::Wrong) -> Option<Self> {
        match self {
            Self::Units(intake) => intake.clone().refused(why).map(Self::Units),
            Self::Accounts(intake) => intake.clone().refused(why).map(Self::Accounts),
        }
    }

    fn heads(&self, language: Language) -> Vec<AttrValue> {
        let columns: &[Column] = match self {
            Self::Units(_) => &Column::OF_UNITS,
            Self::Accounts(_) => &Column::OF_ACCOUNTS,
        };
        columns
            .iter()
            .map(|column| language.note(&head(*column)))
            .collect()
    }

    fn lines(&self, language: Language) -> Vec<IntakeLine> {
        match self {
            Self::Units(intake) => lines(language, intake),
            Self::Accounts(intake) => lines(language, intake),
        }
    }
}

fn lines<T: Clone>(language: Language, intake: &Intake<T>) -> Vec<IntakeLine> {
    let line = |one: &intake::Row<T>| IntakeLine {
        line: one.line,
        cells: one.shown.iter().map(|cell| cell.clone().into()).collect(),
        problem: one.wrong.as_ref().map(|wrong| language.note(&row(wrong))),
    };
    intake.shown().into_iter().map(line).collect()
}

const fn head(column: Column) -> AdminNote<'static> {
    match column {
        Column::UnitName => AdminNote::UnitName,
        Column::Kind => AdminNote::UnitKind,
        Column::Above => AdminNote::UnitAbove,
        Column::Name => AdminNote::PersonName,
        Column::Login => AdminNote::Login,
        Column::Role => AdminNote::Role,
        Column::Unit => AdminNote::Unit,
    }
}
