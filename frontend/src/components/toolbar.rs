//! The tools above a grid.

use yew::prelude::*;

use crate::browser::field;
use crate::grid::lens::Removed;
use crate::i18n::{Message, use_language};
use crate::icon::{Icon, Symbol};

/// The id of the search field.
pub const SEARCH: &str = "ledger-search";
/// The id of the button for columns.
pub const COLUMNS: &str = "ledger-columns";
/// The id of the button for filters.
pub const FILTER: &str = "ledger-filter";

/// What a tool does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// Adds a row.
    Add,
    /// Removes the selected rows.
    Remove,
    /// Brings the selected rows back.
    Restore,
    /// Takes back one's own last act.
    Undo,
    /// Does it again.
    Redo,
    /// Shows removed rows, or hides them.
    Removed,
    /// Asks what is to be shown of the cursor's column.
    Filter,
    /// Asks which columns are to be shown.
    Columns,
    /// Lists the keys.
    Keys,
}

/// Properties of [`Toolbar`].
#[derive(Clone, PartialEq, Properties)]
pub struct ToolbarProps {
    /// The tables of the ledger, to choose from.
    pub tabs: Html,
    /// Whether rows may be added.
    pub may_add: bool,
    /// How many selected rows may be removed.
    pub removable: usize,
    /// How many selected rows may be brought back.
    pub restorable: usize,
    /// Whether removed rows are shown.
    pub removed: Removed,
    /// What is searched for.
    pub search: AttrValue,
    /// Whether any column is filtered.
    pub filtered: bool,
    /// Uses a tool.
    pub on_tool: Callback<Tool>,
    /// Searches.
    pub on_search: Callback<String>,
}

/// The tools above a grid.
#[component]
pub fn Toolbar(props: &ToolbarProps) -> Html {
    let language = use_language();
    let icon = |tool: Tool, icon: Icon, message: Message<'_>, disabled: bool| {
        html! {
            <button class="icon-button" type="button" title={language.say(&message)} aria-label={language.say(&message)} {disabled}
                onclick={props.on_tool.reform(move |_: MouseEvent| tool)}><Symbol {icon} /></button>
        }
    };
    let oninput = props
        .on_search
        .reform(|event: InputEvent| field::value(event.target()));
    let showing = props.removed == Removed::Shown;
    html! {
        <div class="toolbar">
            { props.tabs.clone() }
            <span class="toolbar-space"></span>
            <label class="find">
                <Symbol icon={Icon::Search} />
                <input id={SEARCH} class="find-input" type="search" value={&props.search} {oninput} autocomplete="off"
                    aria-label={language.say(&Message::Search)} placeholder={language.say(&Message::SearchHint)} />
            </label>
            <button id={FILTER} class="button" type="button" data-active={props.filtered.then_some("true")}
                onclick={props.on_tool.reform(|_: MouseEvent| Tool::Filter)}>
                <Symbol icon={Icon::Filter} />{ language.say(&Message::Filter) }
            </button>
            <button id={COLUMNS} class="button" type="button" onclick={props.on_tool.reform(|_: MouseEvent| Tool::Columns)}>
                <Symbol icon={Icon::Columns} />{ language.say(&Message::Columns) }
            </button>
            <button class="button" type="button" aria-pressed={if showing { "true" } else { "false" }}
                onclick={props.on_tool.reform(|_: MouseEvent| Tool::Removed)}>{ language.say(&Message::ShowRemoved) }</button>
            <span class="toolbar-group">
                { icon(Tool::Undo, Icon::Undo, Message::Undo, false) }
                { icon(Tool::Redo, Icon::Redo, Message::Redo, false) }
                { icon(Tool::Remove, Icon::Remove, Message::Remove, props.removable == 0) }
                { icon(Tool::Restore, Icon::Restore, Message::Restore, props.restorable == 0) }
                { icon(Tool::Keys, Icon::Keyboard, Message::Keys, false) }
            </span>
            <button class="button" type="button" data-tone="main" disabled={!props.may_add}
                onclick={props.on_tool.reform(|_: MouseEvent| Tool::Add)}>
                <Symbol icon={Icon::Add} />{ language.say(&Message::AddRow) }
            </button>
        </div>
    }
}
