//! A dialog in which one of many is found by typing: a member by name, pinyin or initials, or a row of another table.

use std::rc::Rc;

use shared::ledger::column::Column;
use yew::prelude::*;

use crate::browser::field;
use crate::components::dialog::Dialog;
use crate::grid::draft::{Offered, choices};
use crate::grid::lookup::Lookup;
use crate::i18n::{Message, use_language};

/// Properties of [`Chooser`].
#[derive(Clone, PartialEq, Properties)]
pub struct ChooserProps {
    /// Its heading.
    pub title: AttrValue,
    /// The column that is being chosen for.
    pub column: &'static Column,
    /// Names.
    pub lookup: Rc<Lookup>,
    /// Takes one.
    pub on_choose: Callback<Offered>,
    /// Closes it.
    pub on_close: Callback<()>,
}

/// A dialog in which one of many is found by typing.
#[component]
pub fn Chooser(
    ChooserProps {
        title,
        column,
        lookup,
        on_choose,
        on_close,
    }: &ChooserProps,
) -> Html {
    let language = use_language();
    let typed = use_state(String::new);
    let at = use_state(|| 0_usize);
    let found = Rc::new(choices(lookup, column, typed.trim()));
    let highlighted = (*at).min(found.len().saturating_sub(1));
    let oninput = {
        let (typed, at) = (typed.setter(), at.setter());
        Callback::from(move |event: InputEvent| {
            typed.set(field::value(event.target()));
            at.set(0);
        })
    };
    let onkeydown = {
        let (found, at, on_choose) = (found.clone(), at.setter(), on_choose.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.is_composing() || event.key_code() == 229 || found.is_empty() {
                return;
            }
            match event.key().as_str() {
                "ArrowDown" => at.set((highlighted + 1) % found.len()),
                "ArrowUp" => at.set((highlighted + found.len() - 1) % found.len()),
                "Enter" => on_choose.emit(found[highlighted].clone()),
                _ => return,
            }
            event.prevent_default();
        })
    };
    let options = found.iter().enumerate().map(|(index, offered)| {
        let chosen = offered.clone();
        html! {
            <li key={index} class="cell-option" role="option" aria-selected={if index == highlighted { "true" } else { "false" }}
                onclick={on_choose.reform(move |_: MouseEvent| chosen.clone())}>
                <span class="cell-option-name">{ &offered.name }</span>
                if !offered.detail.is_empty() { <small>{ &offered.detail }</small> }
            </li>
        }
    });
    html! {
        <Dialog {title} {on_close}>
            <p class="chooser-hint">{ language.say(&Message::ChooseFirst) }</p>
            <input class="input" autofocus=true autocomplete="off" aria-label={language.term(column.name)} {oninput} {onkeydown}
                placeholder={language.say(&Message::SearchHint)} />
            <ul class="chooser" role="listbox" aria-label={language.term(column.name)}>
                { for options }
                if found.is_empty() { <li class="cell-none">{ language.say(&Message::NoChoice) }</li> }
            </ul>
        </Dialog>
    }
}
