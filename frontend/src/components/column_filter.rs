//! What is to be shown of one column, and how it is sorted.

use std::collections::{BTreeMap, BTreeSet};

use yew::prelude::*;

use crate::browser::field;
use crate::components::popover::Popover;
use crate::grid::lens::{Direction, Filter};
use crate::i18n::{Message, use_language};
use crate::icon::{Icon, Symbol};

/// Properties of [`ColumnFilter`].
#[derive(Clone, PartialEq, Properties)]
pub struct ColumnFilterProps {
    /// The column's name.
    pub name: AttrValue,
    /// The id of the element it stands beside.
    pub beside: AttrValue,
    /// How the column is sorted, if it is.
    pub sorted: Option<Direction>,
    /// What is asked of the column now.
    pub filter: Option<Filter>,
    /// The different texts of the column and how often they occur, unless there are too many.
    pub words: Option<BTreeMap<String, usize>>,
    /// Sorts, or no longer.
    pub on_sort: Callback<Option<Direction>>,
    /// Asks something else of the column, or nothing.
    pub on_filter: Callback<Option<Filter>>,
    /// Closes it.
    pub on_close: Callback<()>,
}

/// What is to be shown of one column, and how it is sorted.
#[component]
pub fn ColumnFilter(props: &ColumnFilterProps) -> Html {
    let language = use_language();
    let sorts = [
        (
            Some(Direction::Ascending),
            Icon::SortAscending,
            Message::SortAscending,
        ),
        (
            Some(Direction::Descending),
            Icon::SortDescending,
            Message::SortDescending,
        ),
        (None, Icon::Rows, Message::SortNone),
    ];
    let sorts = sorts.map(|(direction, icon, message)| {
        html! {
            <button class="choice" type="button" aria-pressed={if direction == props.sorted { "true" } else { "false" }}
                onclick={props.on_sort.reform(move |_: MouseEvent| direction)}><Symbol {icon} />{ language.say(&message) }</button>
        }
    });
    let contains = match &props.filter {
        Some(Filter::Contains(text)) => text.clone(),
        _ => String::new(),
    };
    let oninput = props.on_filter.reform(|event: InputEvent| {
        let text = field::value(event.target());
        (!text.trim().is_empty()).then(|| Filter::Contains(text.trim().to_owned()))
    });
    let all: BTreeSet<String> = props
        .words
        .iter()
        .flatten()
        .map(|(word, _)| word.clone())
        .collect();
    let chosen = match &props.filter {
        Some(Filter::Among(words)) => words.clone(),
        _ => all.clone(),
    };
    let words = props.words.iter().flatten().map(|(word, count)| {
        let onchange = props.on_filter.reform({
            let (word, chosen, all) = (word.clone(), chosen.clone(), all.clone());
            move |event: Event| {
                let mut chosen = chosen.clone();
                if field::ticked(event.target()) {
                    chosen.insert(word.clone());
                } else {
                    chosen.remove(&word);
                }
                (chosen != all).then_some(Filter::Among(chosen))
            }
        });
        let shown = if word.is_empty() {
            language.say(&Message::FilterEmpty)
        } else {
            word.clone()
        };
        html! {
            <label class="tick" key={word.clone()}>
                <input type="checkbox" checked={chosen.contains(word)} {onchange} />
                <span class="tick-name">{ shown }</span><small>{ *count }</small>
            </label>
        }
    });
    html! {
        <Popover label={language.attribute(&Message::FilterOf { column: &props.name })} beside={&props.beside} on_close={&props.on_close}>
            <div class="column-filter">
                <h2>{ &props.name }</h2>
                <div class="choices">{ for sorts }</div>
                <label class="field"><span>{ language.say(&Message::FilterContains) }</span>
                    <input class="input" value={contains} {oninput} autocomplete="off" autofocus=true /></label>
                if props.words.is_some() { <div class="ticks">{ for words }</div> }
                <button class="button" type="button" disabled={props.filter.is_none()}
                    onclick={props.on_filter.reform(|_: MouseEvent| None)}>{ language.say(&Message::FilterClear) }</button>
            </div>
        </Popover>
    }
}
