//! Keys and composition as the browser reports them.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, KeyboardEvent};
use yew::NodeRef;

use crate::grid::key::{Key, Press};

/// The key code of a key that an input method uses itself.
const TAKEN_BY_INPUT_METHOD: u32 = 229;

/// What was pressed; none while an input method composes, whose keys are its own.
#[must_use]
pub fn press(event: &KeyboardEvent) -> Option<Press> {
    if event.is_composing() || event.key_code() == TAKEN_BY_INPUT_METHOD {
        return None;
    }
    let key = Key::named(&event.key());
    Some(Press {
        key,
        ctrl: event.ctrl_key() || event.meta_key(),
        shift: event.shift_key(),
        alt: event.alt_key(),
    })
}

/// What an input method does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Composition {
    /// It began.
    Started,
    /// It ended.
    Ended,
}

/// Calls back when composition begins and ends in a field, until the guards are dropped. Yew has no such events.
pub fn on_composition(node: &NodeRef, tell: impl Fn(Composition) + Clone + 'static) -> Vec<EventListener> {
    let Some(element) = node.cast::<HtmlElement>() else {
        return Vec::new();
    };
    [
        ("compositionstart", Composition::Started),
        ("compositionend", Composition::Ended),
    ]
    .into_iter()
    .map(|(name, what)| {
        let tell = tell.clone();
        EventListener::new(&element, name, move |_| tell(what))
    })
    .collect()
}

/// Calls back for a key anywhere on the page that the browser has a use of its own for, until the guard is dropped.
#[must_use = "dropping it ends the listening at once"]
pub fn on_page_key(key: &'static str, tell: impl Fn() + 'static) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&gloo::utils::window(), "keydown", options, move |event| {
        if let Some(event) = event.dyn_ref::<KeyboardEvent>()
            && event.key() == key
            && !event.default_prevented()
        {
            event.prevent_default();
            tell();
        }
    })
}
