//! The list of keys.

use yew::prelude::*;

use crate::components::dialog::Dialog;
use crate::i18n::{KeyNote, Message, use_language};

const KEYS: [(&[&str], Message<'static>); 20] = [
    (&["↑", "↓", "←", "→"], Message::Key(KeyNote::Move)),
    (&["Ctrl+↑ ↓ ← →"], Message::Key(KeyNote::Edge)),
    (&["Tab", "Shift+Tab"], Message::Key(KeyNote::Next)),
    (&["Enter", "Shift+Enter"], Message::Key(KeyNote::Down)),
    (&["F2"], Message::Key(KeyNote::Edit)),
    (&["a", "中"], Message::Key(KeyNote::Type)),
    (&["Esc"], Message::Key(KeyNote::Escape)),
    (
        &["Home", "End", "Ctrl+Home", "Ctrl+End", "PgUp", "PgDn"],
        Message::Key(KeyNote::Ends),
    ),
    (&["Shift+↑ ↓ ← →", "Ctrl+A"], Message::Key(KeyNote::Extend)),
    (&["Ctrl+C", "Ctrl+X", "Ctrl+V"], Message::Key(KeyNote::Copy)),
    (&["Ctrl+D"], Message::Key(KeyNote::Fill)),
    (&["Ctrl+Z", "Ctrl+Y"], Message::Key(KeyNote::Undo)),
    (&["Delete"], Message::Key(KeyNote::Clear)),
    (&["Ctrl+;"], Message::Key(KeyNote::Today)),
    (&["Ctrl+F"], Message::Key(KeyNote::Find)),
    (&["Ctrl+Enter"], Message::Key(KeyNote::Add)),
    (&["Space"], Message::Key(KeyNote::Card)),
    (&["Alt+Enter"], Message::Key(KeyNote::Break)),
    (&["F6"], Message::Key(KeyNote::Leave)),
    (&["F1"], Message::Key(KeyNote::Help)),
];

/// Properties of [`KeyList`].
#[derive(Clone, PartialEq, Properties)]
pub struct KeyListProps {
    /// Closes it.
    pub on_close: Callback<()>,
}

/// The list of keys.
#[component]
pub fn KeyList(KeyListProps { on_close }: &KeyListProps) -> Html {
    let language = use_language();
    let rows = KEYS.iter().map(|(keys, message)| {
        html! {
            <>
                <dt>{ for keys.iter().map(|key| html! { <kbd>{ *key }</kbd> }) }</dt>
                <dd>{ language.say(message) }</dd>
            </>
        }
    });
    html! {
        <Dialog title={language.attribute(&Message::Keys)} {on_close}>
            <dl class="key-list">{ for rows }</dl>
        </Dialog>
    }
}
