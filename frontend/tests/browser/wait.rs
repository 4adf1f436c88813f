//! Waiting for a condition, with a deadline that names what did not happen.

use futures::channel::oneshot;
use gloo::timers::callback::Timeout;

/// How long a test waits for anything, in milliseconds.
const PATIENCE_MS: f64 = 10_000.0;

/// How long a probe rests before it looks again, in milliseconds.
const REST_MS: u32 = 5;

/// Looks again and again until `look` finds something.
pub(crate) async fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = js_sys::Date::now() + PATIENCE_MS;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(js_sys::Date::now() < deadline, "waited in vain until {what}");
        rest().await;
    }
}

/// Waits until it is true.
pub(crate) async fn until_true(what: &str, mut look: impl FnMut() -> bool) {
    until(what, || look().then_some(())).await;
}

/// Lets the browser do what it has queued.
pub(crate) async fn rest() {
    let (tell, told) = oneshot::channel();
    let timer = Timeout::new(REST_MS, move || {
        tell.send(()).ok();
    });
    told.await.expect("the timer is not dropped before it rings");
    drop(timer);
}
