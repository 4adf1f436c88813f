//! The device's clock and its moments.

use std::time::Duration;

use gloo::events::EventListener;
use gloo::timers::callback::Interval;
use shared::time::Timestamp;

/// Now, by the device's clock.
#[must_use]
pub fn now() -> Timestamp {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "milliseconds since 1970 fit an i64 for ages"
    )]
    Timestamp(js_sys::Date::now() as i64)
}

/// Calls again and again, until dropped.
#[must_use = "dropping it ends it at once"]
pub struct Every(#[expect(dead_code, reason = "held for its drop")] Interval);

/// Calls `tick` this often.
pub fn every(period: Duration, tick: impl FnMut() + 'static) -> Every {
    Every(Interval::new(
        u32::try_from(period.as_millis()).unwrap_or(u32::MAX),
        tick,
    ))
}

/// Listens for moments in which the network may be back: the browser's hint, a page looked at again.
#[must_use = "dropping it ends it at once"]
pub struct Hints(#[expect(dead_code, reason = "held for its drop")] [EventListener; 3]);

/// Calls `hint` at such moments.
pub fn on_hint(hint: impl Fn() + Clone + 'static) -> Hints {
    let window = gloo::utils::window();
    let document = gloo::utils::document();
    let (online, focus, seen) = (hint.clone(), hint.clone(), hint);
    Hints([
        EventListener::new(&window, "online", move |_| online()),
        EventListener::new(&window, "focus", move |_| focus()),
        EventListener::new(&document, "visibilitychange", move |_| seen()),
    ])
}

/// Asks the browser to keep what the app stores. Not granting is the normal case.
pub fn ask_to_persist() {
    let storage = gloo::utils::window().navigator().storage();
    // The answer changes nothing here; a page that shows it asks by itself.
    storage.persist().map(|_| ()).ok();
}
