//! The page the app runs in: its title, its events, its clock, and the new version that may be waiting.

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use gloo::timers::callback::{Interval, Timeout};
use web_sys::Event;

/// Told by the loader when a new version is ready.
pub const UPDATE_READY: &str = "taizhang:update-ready";
/// Tells the loader to switch to it.
pub const UPDATE_APPLY: &str = "taizhang:update-apply";

/// Told by the loader when the browser keeps nothing of this address, since it does not trust the certificate.
pub const UNTRUSTED: &str = "taizhang:untrusted";
/// Where the relay says how to trust it.
pub const HOW_TO_TRUST: &str = "/trust";

/// Whether there is a network, as far as the browser can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Network {
    /// There is none.
    None,
    /// There is one, which may or may not lead to the relay.
    Perhaps,
}

/// Whether there is a network.
#[must_use]
pub fn network() -> Network {
    if gloo::utils::window().navigator().on_line() {
        Network::Perhaps
    } else {
        Network::None
    }
}

/// Whether this turned out before anybody listened for [`UNTRUSTED`].
#[must_use]
pub fn is_untrusted() -> bool {
    let root = gloo::utils::document().document_element();
    root.and_then(|root| root.get_attribute("data-shell")).as_deref() == Some("untrusted")
}

/// Leaves for the same page at another address; this one is not to be come back to.
pub fn go_to(origin: &str) {
    let location = gloo::utils::window().location();
    let path = location.pathname().unwrap_or_default();
    // An address that the browser does not take leaves the person here, where a link says the same.
    location.replace(&format!("{origin}{path}")).ok();
}

/// Calls back for an event of the window, until the guard is dropped.
#[must_use = "dropping it ends the listening at once"]
pub fn on_window(name: &'static str, tell: impl Fn() + 'static) -> EventListener {
    EventListener::new(&gloo::utils::window(), name, move |_| tell())
}

/// Calls back whenever a person does something on the page, until the guard is dropped.
pub fn on_stir(tell: impl Fn() + Clone + 'static) -> Stirs {
    // Where a dialog keeps a key to itself it has passed the window before.
    let options = EventListenerOptions {
        phase: EventListenerPhase::Capture,
        passive: true,
    };
    Stirs(["keydown", "pointerdown", "pointermove", "wheel"].map(|name| {
        let tell = tell.clone();
        EventListener::new_with_options(&gloo::utils::window(), name, options, move |_| tell())
    }))
}

/// Listens for a person who does something.
#[must_use = "dropping it ends the listening at once"]
pub struct Stirs(#[expect(dead_code, reason = "held for its drop")] [EventListener; 4]);

/// Calls back again and again, until the guard is dropped.
#[must_use = "dropping it ends the calling at once"]
pub fn every(milliseconds: u32, tell: impl Fn() + 'static) -> Interval {
    Interval::new(milliseconds, tell)
}

/// Calls back once, unless the guard is dropped before.
#[must_use = "dropping it ends the waiting at once"]
pub fn once(milliseconds: u32, tell: impl FnOnce() + 'static) -> Timeout {
    Timeout::new(milliseconds, tell)
}

/// Dispatches an event on the window.
pub fn tell_window(name: &str) {
    if let Ok(event) = Event::new(name) {
        // Nobody listening is as good as somebody who did.
        gloo::utils::window().dispatch_event(&event).ok();
    }
}

/// Whether a new version was ready before anybody listened.
#[must_use]
pub fn is_update_ready() -> bool {
    let root = gloo::utils::document().document_element();
    root.and_then(|root| root.get_attribute("data-update")).as_deref() == Some("ready")
}

/// What the page says of itself under this name.
#[must_use]
pub fn meta(name: &str) -> Option<String> {
    let selector = format!("meta[name=\"{name}\"]");
    gloo::utils::document()
        .query_selector(&selector)
        .ok()??
        .get_attribute("content")
}

/// Sets the title of the page.
pub fn set_title(title: &str) {
    gloo::utils::document().set_title(title);
}

/// The element the app is shown in, emptied of what was shown until the app came.
#[must_use]
pub fn root() -> Option<web_sys::Element> {
    let root = gloo::utils::document().get_element_by_id("app")?;
    while let Some(child) = root.last_element_child() {
        child.remove();
    }
    Some(root)
}

/// The address of the relay as this page knows it, without a path.
#[must_use]
pub fn origin() -> String {
    gloo::utils::window().location().origin().unwrap_or_default()
}

/// What stands behind the `#` of the address, which is taken out of the address bar and the history at once.
#[must_use]
pub fn take_fragment() -> Option<String> {
    let window = gloo::utils::window();
    let (location, history) = (window.location(), window.history().ok()?);
    let fragment = location.hash().ok()?.strip_prefix('#')?.to_owned();
    let path = location.pathname().ok()?;
    // Where the browser does not let it go, it stays in the bar: the person has typed it there.
    history
        .replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&path))
        .ok();
    (!fragment.is_empty()).then_some(fragment)
}

/// Tells of what is put behind the `#` of the address while the page is open, as when a link is pasted into its bar.
#[must_use = "dropping it ends the listening at once"]
pub fn on_fragment(tell: impl Fn(String) + 'static) -> Fragments {
    let window = gloo::utils::window();
    Fragments(EventListener::new(&window, "hashchange", move |_| {
        if let Some(fragment) = take_fragment() {
            tell(fragment);
        }
    }))
}

/// Listens for what is put behind the `#` of the address.
pub struct Fragments(#[expect(dead_code, reason = "held for its drop")] EventListener);

/// Opens the browser's dialog to print the page.
pub fn print() {
    // Where printing is forbidden, the browser says so.
    gloo::utils::window().print().ok();
}
