//! Units or accounts from a sheet: pasted or from a file, shown with what is wrong, sent as one order.

use std::rc::Rc;

use shared::limit::{ORDER_ROWS, SHEET_FILE_BYTES, SHEET_PASTE_BYTES};
use shared::protocol::http::Problem;
use shared::protocol::http::admin::{Done, NewAccount, NewUnit, Order, Overview};
use yew::prelude::*;

use super::{notice, use_order};
use crate::browser::http::HttpError;
use crate::browser::{clipboard, file};
use crate::components::intake_table::{IntakeLine, IntakeTable};
use crate::grid::block::Block;
use crate::hooks::Asked;
use crate::i18n::{AdminNote, Language, use_language};
use crate::icon::{Icon, Symbol};
use crate::intake::{self, Column, Intake, Known};
use crate::pages::request_words::{problem, row};

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
    /// The rows were added.
    pub(super) on_done: Callback<Done>,
    /// Nothing was.
    pub(super) on_back: Callback<()>,
}

/// Units or accounts from a sheet.
#[component]
pub(super) fn Sheet(props: &SheetProps) -> Html {
    let language = use_language();
    let shown = use_state(Shown::default);
    let (request, order) = use_order();
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
        let on_done = props.on_done.clone();
        Callback::from(move |sent: Order| order.emit((sent, on_done.clone())))
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
            preview(language, &read, said, request.is_waiting(), &send, &anew)
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

fn paste(language: Language, said: Option<AttrValue>, take: &Callback<Result<Block, Shown>>) -> Html {
    let onpaste = {
        let take = take.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            if clipboard::is_larger(&event, SHEET_PASTE_BYTES) {
                return take.emit(Err(Shown::TooLarge));
            }
            if let Some(block) = clipboard::pasted(&event) {
                // One column alone may be text with commas.
                let block = if block.width() == 1 {
                    intake::block(&block.to_tsv())
                } else {
                    block
                };
                take.emit(Ok(block));
            }
        })
    };
    let onchange = {
        let take = take.clone();
        Callback::from(move |event: Event| {
            if let Some(chosen) = file::chosen(event.target()) {
                let take = take.clone();
                yew::platform::spawn_local(async move {
                    let text = file::text(&chosen, SHEET_FILE_BYTES).await;
                    take.emit(text.map(|text| intake::block(&text)).ok_or(Shown::BadFile));
                });
            }
        })
    };
    html! {
        <div class="sheet-paste">
            <label class="field"><span>{ language.note(&AdminNote::SheetPaste) }</span>
                <textarea class="input sheet-area" rows="6" placeholder={language.note(&AdminNote::SheetPasteHint)} {onpaste} /></label>
            <label class="button sheet-file"><span>{ language.note(&AdminNote::SheetFile) }</span>
                <input class="visually-hidden" type="file" accept=".csv,.txt,.tsv,text/csv,text/plain" {onchange} /></label>
            { notice(said) }
        </div>
    }
}

fn preview(
    language: Language,
    read: &Read,
    said: Option<AttrValue>,
    busy: bool,
    send: &Callback<Order>,
    anew: &Callback<MouseEvent>,
) -> Html {
    let lines = read.lines(language);
    let (count, wrong) = (read.count(), read.wrong());
    let is_cut = lines.len() < count;
    let verdict = match (count, wrong) {
        (0, _) => AdminNote::SheetEmpty,
        (_, 0) if count > ORDER_ROWS => AdminNote::TooMany { most: ORDER_ROWS },
        (_, 0) => AdminNote::SheetGood { count },
        _ => AdminNote::SheetWrong { count: wrong },
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
                <button class="button" type="button" data-tone="main" disabled={busy || order.is_none()} {onclick}>
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
            // Whoever keeps the top may add beside it; the relay knows what this administrator does not see.
            let keeps_top = overview.units.iter().any(|unit| unit.parent.is_none());
            Read::Units(intake::units(block, known, keeps_top))
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

    fn order(&self) -> Option<Order> {
        match self {
            Self::Units(intake) => intake.order().map(|units| Order::AddUnits { units }),
            Self::Accounts(intake) => intake.order().map(|accounts| Order::AddAccounts { accounts }),
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
