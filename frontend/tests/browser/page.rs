//! The page round the app: what the loader tells it, what it tells the loader, and what it remembers.

use std::cell::Cell;
use std::rc::Rc;

use frontend::browser::{page, preference};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn the_loader_is_heard_while_somebody_listens_and_remembered_for_later() {
    let heard = Rc::new(Cell::new(0));
    let hearing = heard.clone();
    let listening = page::on_window(page::UPDATE_READY, move || hearing.set(hearing.get() + 1));
    page::tell_window(page::UPDATE_READY);
    drop(listening);
    page::tell_window(page::UPDATE_READY);
    assert_eq!(heard.get(), 1);

    assert!(!page::is_update_ready());
    preference::set_on_page("data-update", Some("ready"));
    assert!(page::is_update_ready());
    preference::set_on_page("data-update", None);
    assert!(!page::is_update_ready());
}

#[wasm_bindgen_test]
fn a_taste_is_remembered_under_a_name_of_our_own() {
    preference::write("theme", "dark");
    assert_eq!(preference::read("theme").as_deref(), Some("dark"));
    let storage = gloo::utils::window().local_storage().unwrap().unwrap();
    assert_eq!(
        storage.get_item("taizhang.theme").unwrap().as_deref(),
        Some("dark")
    );
    assert_eq!(preference::read("density"), None);
}
