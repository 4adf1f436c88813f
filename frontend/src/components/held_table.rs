//! Changes that are held or were refused, as a table: what each would write where, in place of what, and from whom.

use std::collections::BTreeSet;

use yew::prelude::*;

use crate::i18n::{InboxNote, Message, use_language};

/// One thing a change would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeldStep {
    /// Table, row and column.
    pub place: AttrValue,
    /// What stands there now.
    pub now: AttrValue,
    /// What would stand there.
    pub proposed: AttrValue,
    /// Whether both would stand side by side.
    pub clashes: bool,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldLine {
    /// By what it is told from the others.
    pub id: AttrValue,
    /// What became of it, in a word.
    pub chip: AttrValue,
    /// Why.
    pub why: AttrValue,
    /// What it would do; at least one step.
    pub steps: Vec<HeldStep>,
    /// How much more it would do than is shown.
    pub more: Option<AttrValue>,
    /// From whom it is, or what was decided.
    pub source: AttrValue,
    /// When, and whatever else there is to say.
    pub details: Vec<AttrValue>,
    /// What can be done about it.
    pub actions: Vec<HeldAction>,
}

/// What can be done about a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeldAction {
    /// Take it in.
    Take,
    /// Turn it down.
    TurnDown,
    /// Drop it from this device.
    Dismiss,
}

/// Properties of [`HeldTable`].
#[derive(Clone, PartialEq, Properties)]
pub struct HeldTableProps {
    /// What it lists.
    pub label: AttrValue,
    /// The changes.
    pub lines: Vec<HeldLine>,
    /// What the column of sources is headed.
    pub source: AttrValue,
    /// Those that are chosen, by their place; none where nothing can be.
    #[prop_or_default]
    pub chosen: Option<BTreeSet<usize>>,
    /// One is chosen, or no longer.
    #[prop_or_default]
    pub on_choose: Callback<usize>,
    /// Something is done about one.
    pub on_action: Callback<(usize, HeldAction)>,
}

/// Changes that are held or were refused.
#[component]
pub fn HeldTable(props: &HeldTableProps) -> Html {
    let language = use_language();
    let heading = |note: InboxNote<'_>| html! { <th scope="col">{ language.inbox(&note) }</th> };
    let lines = props.lines.iter().enumerate().map(|(at, line)| {
        let chosen = props.chosen.as_ref().map(|chosen| chosen.contains(&at));
        html! {
            <HeldRows key={line.id.to_string()} line={line.clone()} {chosen} on_choose={props.on_choose.reform(move |()| at)}
                on_action={props.on_action.reform(move |action| (at, action))} />
        }
    });
    html! {
        <div class="held-scroll">
            <table class="held" aria-label={&props.label}>
                <thead><tr>
                    if props.chosen.is_some() { <th class="held-choice"></th> }
                    { heading(InboxNote::Kind) }
                    { heading(InboxNote::Place) }
                    { heading(InboxNote::Now) }
                    { heading(InboxNote::Proposed) }
                    <th scope="col">{ &props.source }</th>
                    <th></th>
                </tr></thead>
                { for lines }
            </table>
        </div>
    }
}

/// Properties of [`HeldRows`].
#[derive(Clone, PartialEq, Properties)]
pub struct HeldRowsProps {
    /// The change.
    pub line: HeldLine,
    /// Whether it is chosen; none where nothing can be.
    pub chosen: Option<bool>,
    /// It is chosen, or no longer.
    pub on_choose: Callback<()>,
    /// Something is done about it.
    pub on_action: Callback<HeldAction>,
}

/// The rows of one change: one for each of its steps.
#[component]
pub fn HeldRows(
    HeldRowsProps {
        line,
        chosen,
        on_choose,
        on_action,
    }: &HeldRowsProps,
) -> Html {
    let language = use_language();
    let over = line.steps.len().to_string();
    let actions = line.actions.iter().map(|action| {
        let action = *action;
        let name = match action {
            HeldAction::Take => language.inbox(&InboxNote::Take),
            HeldAction::TurnDown => language.inbox(&InboxNote::TurnDown),
            HeldAction::Dismiss => language.attribute(&Message::AsideDismiss),
        };
        html! {
            <button class="button" type="button" onclick={on_action.reform(move |_: MouseEvent| action)}>{ name }</button>
        }
    });
    let first = line
        .steps
        .first()
        .map(|step| step.place.clone())
        .unwrap_or_default();
    let label = language.inbox(&InboxNote::Choose { place: &first });
    let before = html! {
        <>
            if let Some(chosen) = *chosen {
                <td class="held-choice" rowspan={over.clone()}>
                    <input type="checkbox" checked={chosen} aria-label={label} onchange={on_choose.reform(|_: Event| ())} />
                </td>
            }
            <td rowspan={over.clone()}>
                <span class="chip" data-state="refused">{ &line.chip }</span>
                <small class="held-why">{ &line.why }</small>
            </td>
        </>
    };
    let after = html! {
        <>
            <td rowspan={over.clone()}>
                <span>{ &line.source }</span>
                for detail in &line.details { <small class="held-why">{ detail }</small> }
                if let Some(more) = &line.more { <small class="held-why">{ more }</small> }
            </td>
            <td class="held-actions" rowspan={over}>{ for actions }</td>
        </>
    };
    let rows = line.steps.iter().enumerate().map(|(at, step)| {
        html! {
            <tr>
                if at == 0 { { before.clone() } }
                <td class="held-place">{ &step.place }</td>
                <td class="held-value">{ &step.now }</td>
                <td class="held-value" data-clashes={step.clashes.then_some("true")}>
                    <b>{ &step.proposed }</b>
                    if step.clashes { <small class="held-clash">{ language.inbox(&InboxNote::WouldClash) }</small> }
                </td>
                if at == 0 { { after.clone() } }
            </tr>
        }
    });
    html! { <tbody class="held-change" data-change={&line.id}>{ for rows }</tbody> }
}
