//! One appraisal over its parts: scores of each class of raters, what happened, opinions, and what it comes to.

use std::collections::BTreeMap;
use std::rc::Rc;

use shared::appraisal::{self, Appraised, Parts};
use shared::id::{LedgerId, RowId};
use shared::ledger::act::{Deed, Entry};
use shared::ledger::cell::{CellRef, Value};
use shared::ledger::key::{LedgerKey, Part};
use shared::ledger::kind::Kind;
use shared::ledger::kind::appraisal::{BOUND, EVENTS, TEXTS};
use shared::ledger::schema::Table;
use shared::ledger::snapshot::Snapshot;
use shared::scheme::Scheme;
use shared::setting::{SettingKind, Typed};
use yew::prelude::*;

use super::ledger::pane::Pane;
use super::ledgers::title;
use crate::grid::matrix;
use crate::hooks::{use_ledger, use_ledgers, use_settings, use_store};
use crate::i18n::{AppraisalNote, Language, Message, use_language};
use crate::store::Store;
use crate::store::settings::view::Settings;
use crate::store::view::{LedgerCard, LedgerView};

mod grade;
mod summary;

use summary::Summary;

/// Which part of the page is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Summary,
    Scores(Part),
    Events,
    Texts,
}

/// Properties of [`AppraisalPage`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct AppraisalPageProps {
    /// Any part of it.
    pub(super) ledger: Rc<LedgerView>,
}

/// The parts that are on this device.
#[derive(Clone, Debug, PartialEq)]
struct Open(BTreeMap<Part, Rc<LedgerView>>);

impl Open {
    fn parts(&self) -> Parts<'_> {
        let parts = self.0.iter().map(|(part, ledger)| (*part, &*ledger.snapshot));
        Parts(parts.collect())
    }
}

/// The sorts of posts, each with a scheme of its own.
const CLASSES: [&str; 3] = ["front-line", "technical", "leader"];

/// One appraisal.
#[component]
pub(super) fn AppraisalPage(AppraisalPageProps { ledger }: &AppraisalPageProps) -> Html {
    let language = use_language();
    let store = use_store();
    let cards = use_ledgers();
    let of = |part| part_of(&cards, LedgerKey { part, ..ledger.key });
    let parts = [
        use_ledger(of(Part::Main)),
        use_ledger(of(Part::SelfRating)),
        use_ledger(of(Part::Peer)),
        use_ledger(of(Part::Mass)),
    ];
    let roster_key = LedgerKey {
        kind: Kind::Roster,
        year: None,
        part: Part::Main,
        ..ledger.key
    };
    let roster = use_ledger(part_of(&cards, roster_key));
    let open = Open(
        parts
            .into_iter()
            .flatten()
            .map(|part| (part.key.part, part))
            .collect(),
    );
    let members = use_memo(roster.map(|roster| roster.snapshot.clone()), |roster| {
        roster
            .as_ref()
            .map_or_else(Vec::new, |roster| appraisal::members(roster))
    });
    let settings = use_settings();
    let schemes = use_memo(settings, |settings| known_schemes(settings));
    let directory = store.roster_of(ledger.id);
    let chosen = use_state(|| None::<Shown>);
    let class = use_state(|| CLASSES[0]);
    let main = open.0.get(&Part::Main).cloned();
    let shown = chosen.unwrap_or(if main.is_some() {
        Shown::Summary
    } else {
        Shown::Scores(*open.0.keys().next().unwrap_or(&Part::Main))
    });
    let bound = open.parts().bound();
    // Who does not read the main part takes the binding from the part he fills in.
    let bound = if bound.is_empty() { bound_in(&open) } else { bound };

    let mut views = Vec::new();
    if main.is_some() {
        views.push((Shown::Summary, say(language, AppraisalNote::Summary)));
    }
    views.extend(open.0.keys().map(|part| {
        let name = appraisal::class_of(*part).name();
        (Shown::Scores(*part), language.term(name).to_owned())
    }));
    if let Some(main) = &main {
        for (shown, table) in [(Shown::Events, EVENTS), (Shown::Texts, TEXTS)] {
            let table = main.key.kind.schema().table(table);
            views.extend(table.map(|table| (shown, language.term(table.name).to_owned())));
        }
    }
    let tabs = views.into_iter().map(|(view, name)| {
        let chosen = chosen.setter();
        html! {
            <button key={name.clone()} class="tab" type="button" role="tab" aria-selected={if view == shown { "true" } else { "false" }}
                onclick={Callback::from(move |_: MouseEvent| chosen.set(Some(view)))}>{ name }</button>
        }
    });
    let tabs = html! { <div class="tabs" role="tablist" aria-label={language.say(&Message::Tables)}>{ for tabs }</div> };
    let classes = CLASSES.into_iter().map(|each| {
        let class_set = class.setter();
        let is_chosen = each == *class;
        html! {
            <button key={each} class="button" type="button" aria-pressed={if is_chosen { "true" } else { "false" }}
                onclick={Callback::from(move |_: MouseEvent| class_set.set(each))}>{ say(language, AppraisalNote::Class(each)) }</button>
        }
    });
    let of_class: Vec<RowId> = {
        let parts = open.parts();
        let present = members.iter().filter(|member| !member.removed);
        let theirs = present.filter(|member| parts.class_of(member) == *class);
        theirs.map(|member| RowId(member.person.0)).collect()
    };
    let scheme = bound.get(*class).and_then(|digest| schemes.get(digest));
    let body = match shown {
        _ if bound.is_empty() => html! { <Unbound {open} schemes={schemes.clone()} tabs={tabs.clone()} /> },
        Shown::Summary => html! {
            <Summary {open} {members} schemes={schemes.clone()} {directory} tabs={tabs.clone()} />
        },
        Shown::Scores(part) => match (scheme, open.0.get(&part)) {
            (Some(scheme), Some(ledger)) => {
                let table = matrix::scores(scheme);
                html! {
                    <>
                        <div class="appraisal-classes" role="group" aria-label={say(language, AppraisalNote::Scheme)}>
                            { for classes }
                            <span class="appraisal-scheme">{ say(language, AppraisalNote::Bound { name: &scheme.name }) }</span>
                        </div>
                        if of_class.is_empty() { <p class="grid-empty">{ say(language, AppraisalNote::NobodyOfClass) }</p> }
                        <MatrixPane key={format!("{}{}", part.code(), *class)} {ledger} {table} members={of_class} {directory} tabs={tabs.clone()} />
                    </>
                }
            }
            _ => html! {
                <section class="panel"><div class="toolbar">{ tabs.clone() }</div>
                    <div class="appraisal-classes">{ for classes }</div>
                    <p class="grid-empty">{ say(language, AppraisalNote::UnknownScheme) }</p></section>
            },
        },
        Shown::Events => match &main {
            Some(main) => {
                let table = main.key.kind.schema().table(EVENTS).expect("a table of the kind");
                html! { <Pane key={EVENTS} ledger={main.clone()} {table} {directory} tabs={tabs.clone()} reveal={None::<(u32, CellRef)>} /> }
            }
            None => Html::default(),
        },
        Shown::Texts => match &main {
            Some(main) => {
                let present = members.iter().filter(|member| !member.removed);
                let everybody: Vec<RowId> = present.map(|member| RowId(member.person.0)).collect();
                html! { <MatrixPane key={TEXTS} ledger={main.clone()} table={matrix::texts()} members={everybody} {directory} tabs={tabs.clone()} /> }
            }
            None => Html::default(),
        },
    };
    html! {
        <>
            <header class="page-head">
                <div>
                    <h1>{ title(language, &ledger.key) }</h1>
                    <p class="page-lead">{ &*ledger.unit }</p>
                </div>
            </header>
            { body }
        </>
    }
}

fn say(language: Language, note: AppraisalNote<'_>) -> String {
    language.say(&Message::Appraisal(note))
}

/// The ledger of this key, if the account reads it; else the id of none.
fn part_of(cards: &[LedgerCard], key: LedgerKey) -> LedgerId {
    let card = cards.iter().find(|card| card.key == key);
    card.map_or(LedgerId([0; 16]), |card| card.id)
}

/// The versions of schemes this device knows, by digest.
fn known_schemes(settings: &Settings) -> BTreeMap<String, Scheme> {
    let schemes = settings.versions(SettingKind::Scheme).filter_map(|setting| {
        match Typed::read(setting.kind, &setting.body) {
            Ok(Typed::Scheme(scheme)) => Some((setting.digest.clone(), *scheme)),
            // A newer app wrote it: its members are shown without totals, never with wrong ones.
            _ => None,
        }
    });
    schemes.collect()
}

fn bound_in(open: &Open) -> BTreeMap<String, String> {
    let as_main = |ledger: &Rc<LedgerView>| {
        let snapshot: &Snapshot = &ledger.snapshot;
        Parts([(Part::Main, snapshot)].into()).bound()
    };
    open.0
        .values()
        .map(as_main)
        .find(|bound| !bound.is_empty())
        .unwrap_or_default()
}

/// Properties of [`MatrixPane`].
#[derive(Clone, PartialEq, Properties)]
struct MatrixPaneProps {
    ledger: Rc<LedgerView>,
    table: &'static Table,
    members: Vec<RowId>,
    directory: Rc<shared::ledger::person::Directory>,
    tabs: Html,
}

/// A matrix in the ordinary grid: the ledger as it would be if every member had a row.
#[component]
fn MatrixPane(props: &MatrixPaneProps) -> Html {
    let seen = use_memo(
        (props.ledger.clone(), props.members.clone(), props.table.id),
        |(ledger, members, table)| {
            let mut snapshot = (*ledger.snapshot).clone();
            let matrix = ledger.snapshot.table(table);
            snapshot
                .tables
                .insert(*table, Rc::new(matrix::rows(&matrix, members)));
            LedgerView {
                snapshot: Rc::new(snapshot),
                pending: Rc::new(matrix::shown(&ledger.pending)),
                ..(**ledger).clone()
            }
        },
    );
    html! {
        <Pane ledger={seen} table={props.table} directory={&props.directory} tabs={props.tabs.clone()} reveal={None::<(u32, CellRef)>} />
    }
}

/// Properties of [`Unbound`].
#[derive(Clone, PartialEq, Properties)]
struct UnboundProps {
    open: Open,
    schemes: Rc<BTreeMap<String, Scheme>>,
    tabs: Html,
}

/// An appraisal that has not begun.
#[component]
fn Unbound(UnboundProps { open, tabs, .. }: &UnboundProps) -> Html {
    let language = use_language();
    let store = use_store();
    let may = open
        .0
        .get(&Part::Main)
        .is_some_and(|main| store.may_write(main.id, BOUND, ""));
    let on_bind = {
        let (open, store) = (open.clone(), store.clone());
        Callback::from(move |_: MouseEvent| bind(&store, &open))
    };
    html! {
        <section class="panel">
            <div class="toolbar">{ tabs.clone() }</div>
            <div class="empty">
                <h2>{ say(language, AppraisalNote::NoScheme) }</h2>
                <p>{ say(language, AppraisalNote::NoSchemeHint) }</p>
                if may { <button class="button" type="button" data-tone="main" onclick={on_bind}>{ say(language, AppraisalNote::Bind) }</button> }
            </div>
        </section>
    }
}

/// Binds every part to the schemes in force: one act in each.
fn bind(store: &Store, open: &Open) {
    let settings = store.settings();
    let cells: Vec<(CellRef, Value)> = CLASSES
        .into_iter()
        .filter_map(|class| {
            let cell = CellRef::of_matrix(BOUND, &format!("scheme/{class}"));
            let newest = settings.newest(SettingKind::Scheme, class)?;
            Some((cell, Value::Text(newest.digest.clone())))
        })
        .collect();
    for ledger in open.0.values() {
        let deed = Deed::Enter {
            by: Entry::Typed,
            rows: Vec::new(),
            cells: cells.clone(),
        };
        // A part this account may not write stays unbound: its officers see the binding of the main part.
        store.dispatch(ledger.id, deed).ok();
    }
}

/// The members as they are appraised, and their names.
type Everybody = Rc<Vec<Appraised>>;
