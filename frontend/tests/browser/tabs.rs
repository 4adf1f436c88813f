//! Other tabs: what one tells the others hear, and a lock goes over when its holder is gone.

use std::cell::RefCell;
use std::rc::Rc;

use frontend::browser::tabs::{self, Channel, Held};
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
async fn the_lock_of_a_dead_tab_is_taken_over_once() {
    let other = OtherTab::holding("dead").await;
    assert!(tabs::try_hold("dead").await.is_none(), "the other tab lives");
    drop(other);
    let taken = is_let_go("dead").await;
    assert!(
        tabs::try_hold("dead").await.is_none(),
        "who has taken a lock keeps it"
    );
    drop(taken);
}

/// Takes a lock once whoever holds it has let it go.
async fn is_let_go(name: &str) -> Held {
    loop {
        // The limit of all tests together ends a wait in vain.
        if let Some(held) = tabs::try_hold(name).await {
            return held;
        }
    }
}

#[wasm_bindgen_test]
async fn a_lock_is_held_by_one_until_it_is_let_go() {
    let first = tabs::try_hold("one-alone").await;
    assert!(first.is_some());
    assert!(tabs::try_hold("one-alone").await.is_none(), "it is held");
    assert!(tabs::held().await.contains(&"one-alone".to_owned()));
    drop(first);
    drop(is_let_go("one-alone").await);
    let other = OtherTab::holding("of-another").await;
    assert!(tabs::try_hold("of-another").await.is_none());
    assert!(tabs::held().await.contains(&"of-another".to_owned()));
    drop(other);
}
