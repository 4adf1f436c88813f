//! The list of keys.

use yew::prelude::*;

use crate::components::dialog::Dialog;
use crate::i18n::{Message, use_language};

const KEYS: [(&[&str], Message<'static>); 20] = [
    (&["↑", "↓", "←", "→"], Message::KeyMove),
    (&["Ctrl+↑ ↓ ← →"], Message::KeyEdge),
    (&["Tab", "Shift+Tab"], Message::KeyNext),
    (&["Enter", "Shift+Enter"], Message::KeyDown),
    (&["F2"], Message::KeyEdit),
    (&["a", "中"], Message::KeyType),
    (&["Esc"], Message::KeyEscape),
    (
        &["Home", "End", "Ctrl+Home", "Ctrl+End", "PgUp", "PgDn"],
        Message::KeyEnds,
    ),
    (&["Shift+↑ ↓ ← →", "Ctrl+A"], Message::KeyExtend),
    (&["Ctrl+C", "Ctrl+X", "Ctrl+V"], Message::KeyCopy),
    (&["Ctrl+D"], Message::KeyFill),
    (&["Ctrl+Z", "Ctrl+Y"], Message::KeyUndo),
    (&["Delete"], Message::KeyClear),
    (&["Ctrl+;"], Message::KeyToday),
    (&["Ctrl+F"], Message::KeyFind),
    (&["Ctrl+Enter"], Message::KeyAdd),
    (&["Space"], Message::KeyCard),
    (&["Alt+Enter"], Message::KeyBreak),
    (&["F6"], Message::KeyLeave),
    (&["F1"], Message::KeyHelp),
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
