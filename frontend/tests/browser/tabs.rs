//! Other tabs: what one tells the others hear, and a lock goes over when its holder is gone.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use frontend::browser::tabs::{self, Channel, hold, take_if_free};
use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use crate::wait;

/// Another tab, as far as locks are concerned; dropping it ends it.
struct OtherTab(Element);

impl OtherTab {
    /// Opens a tab that takes the lock of this name and keeps it.
    async fn holding(name: &str) -> Self {
        let document = gloo::utils::document();
        let frame = document.create_element("iframe").unwrap();
        gloo::utils::body().append_child(&frame).unwrap();
        let take = Function::new_with_args(
            "frame, name",
            "const { navigator } = frame.contentWindow; \
             navigator.locks.request(name, () => new Promise(() => { frame.dataset.holds = 'true'; }));",
        );
        take.call2(&JsValue::NULL, &frame, &name.into()).unwrap();
        let tab = Self(frame);
        wait::until_true("the other tab holds the lock", || {
            tab.0.get_attribute("data-holds").is_some()
        })
        .await;
        tab
    }
}

impl Drop for OtherTab {
    fn drop(&mut self) {
        self.0.remove();
    }
}

/// What a tab has heard.
type Heard = Rc<RefCell<Vec<Vec<u8>>>>;

fn heard() -> (Heard, impl Fn(Vec<u8>)) {
    let list = Rc::new(RefCell::new(Vec::new()));
    let hearing = list.clone();
    (list, move |bytes| hearing.borrow_mut().push(bytes))
}

/// Asks for a lock; the cell turns true if it was free.
fn asks(name: &str) -> Rc<Cell<bool>> {
    let taken = Rc::new(Cell::new(false));
    let telling = taken.clone();
    take_if_free(name, move || telling.set(true));
    taken
}

#[wasm_bindgen_test]
async fn what_one_tab_tells_the_others_hear_in_order() {
    let (by_ada, ada_hears) = heard();
    let (by_ben, ben_hears) = heard();
    let ada = Channel::join("order", ada_hears).unwrap();
    let _ben = Channel::join("order", ben_hears).unwrap();
    ada.tell(b"one");
    ada.tell(b"two");
    wait::until_true("two messages are heard", || by_ben.borrow().len() == 2).await;
    assert_eq!(*by_ben.borrow(), [b"one".to_vec(), b"two".to_vec()]);
    assert!(by_ada.borrow().is_empty(), "nobody hears himself");
}

#[wasm_bindgen_test]
async fn only_the_channel_of_that_name_hears_and_only_while_it_lives() {
    let (elsewhere, hears_elsewhere) = heard();
    let (gone, hears_gone) = heard();
    let (here, hears_here) = heard();
    let ada = Channel::join("lives", |_| ()).unwrap();
    let _elsewhere = Channel::join("other", hears_elsewhere).unwrap();
    drop(Channel::join("lives", hears_gone).unwrap());
    let _here = Channel::join("lives", hears_here).unwrap();
    ada.tell(b"one");
    wait::until_true("the message is heard", || here.borrow().len() == 1).await;
    assert!(elsewhere.borrow().is_empty() && gone.borrow().is_empty());
}

#[wasm_bindgen_test]
async fn a_held_lock_is_not_taken() {
    hold("held");
    // A lock that is free is granted in the order of asking: when this one is, the first has been answered.
    let taken = asks("held");
    let free = asks("free");
    wait::until_true("the free lock is taken", || free.get()).await;
    assert!(!taken.get());
}

#[wasm_bindgen_test]
async fn the_lock_of_a_dead_tab_is_taken_over_once() {
    let other = OtherTab::holding("dead").await;
    let refused = asks("dead");
    let fence = asks("fence");
    wait::until_true("the fence is taken", || fence.get()).await;
    assert!(!refused.get(), "the other tab lives");
    drop(other);
    let mut attempts = Vec::new();
    wait::until_true("the lock is taken over", || {
        attempts.push(asks("dead"));
        attempts.iter().any(|attempt| attempt.get())
    })
    .await;
    let again = asks("dead");
    let fence = asks("second fence");
    wait::until_true("the second fence is taken", || fence.get()).await;
    assert!(!again.get(), "who has taken a lock keeps it");
    assert_eq!(attempts.iter().filter(|attempt| attempt.get()).count(), 1);
}

#[wasm_bindgen_test]
async fn a_lock_is_held_by_one_until_it_is_let_go() {
    let first = tabs::try_hold("one-alone").await;
    assert!(first.is_some());
    assert!(tabs::try_hold("one-alone").await.is_none(), "it is held");
    assert!(tabs::held().await.contains(&"one-alone".to_owned()));
    drop(first);
    let mut again = tabs::try_hold("one-alone").await;
    while again.is_none() {
        again = tabs::try_hold("one-alone").await;
    }
    let other = OtherTab::holding("of-another").await;
    assert!(tabs::try_hold("of-another").await.is_none());
    assert!(tabs::held().await.contains(&"of-another".to_owned()));
    drop(other);
}
