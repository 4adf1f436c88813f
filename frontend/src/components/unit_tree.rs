//! The tree of units.

use shared::access::UnitKind;
use shared::id::UnitId;
use yew::prelude::*;

use crate::i18n::{AdminNote, Language, use_language};
use crate::icon::{Icon, Symbol};

/// A unit, with those below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// Its id.
    pub id: UnitId,
    /// Its name.
    pub name: AttrValue,
    /// What it is.
    pub kind: UnitKind,
    /// How many accounts have a role in it.
    pub people: usize,
    /// The units below it.
    pub below: Vec<Branch>,
}

/// What is to be done with a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitTool {
    /// Another one below it.
    AddBelow,
    /// Another name for it.
    Rename,
}

/// Properties of [`UnitTree`].
#[derive(Clone, PartialEq, Properties)]
pub struct UnitTreeProps {
    /// The units at the top.
    pub top: Vec<Branch>,
    /// Something is to be done with one.
    pub on_tool: Callback<(UnitTool, UnitId)>,
}

/// The tree of units.
#[component]
pub fn UnitTree(UnitTreeProps { top, on_tool }: &UnitTreeProps) -> Html {
    branches(use_language(), top, on_tool)
}

fn branches(language: Language, units: &[Branch], on_tool: &Callback<(UnitTool, UnitId)>) -> Html {
    html! { <ul class="unit-tree">{ for units.iter().map(|unit| branch(language, unit, on_tool)) }</ul> }
}

fn branch(language: Language, unit: &Branch, on_tool: &Callback<(UnitTool, UnitId)>) -> Html {
    let id = unit.id;
    let tool = |tool, icon, note: AdminNote<'_>| {
        let label = language.note(&note);
        html! {
            <button class="icon-button" type="button" aria-label={&label} title={&label}
                onclick={on_tool.reform(move |_: MouseEvent| (tool, id))}><Symbol {icon} /></button>
        }
    };
    html! {
        <li key={id.to_string()}>
            <div class="unit">
                <span class="unit-kind" data-kind={kind_code(unit.kind)}>{ language.note(&AdminNote::Kind(unit.kind)) }</span>
                <span class="unit-name">{ &unit.name }</span>
                if unit.people > 0 { <small>{ language.note(&AdminNote::People { count: unit.people }) }</small> }
                <span class="unit-tools">
                    { tool(UnitTool::Rename, Icon::Edit, AdminNote::UnitRenameOf { name: &unit.name }) }
                    if unit.kind != UnitKind::Branch {
                        { tool(UnitTool::AddBelow, Icon::Add, AdminNote::UnitAddBelow { name: &unit.name }) }
                    }
                </span>
            </div>
            if !unit.below.is_empty() { { branches(language, &unit.below, on_tool) } }
        </li>
    }
}

const fn kind_code(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::PartyCommittee => "committee",
        UnitKind::GeneralBranch => "general",
        UnitKind::Branch => "branch",
    }
}
