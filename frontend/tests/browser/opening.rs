//! Opening a database only where there is one.

use frontend::browser::idb::Database;
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::idb::{ENTRIES, STORES, empty, put};

/// Whether the browser has a database of this name.
async fn is_there(name: &str) -> bool {
    let ask = Function::new_no_args("return indexedDB.databases();");
    let asked: Promise = ask.call0(&JsValue::NULL).unwrap().unchecked_into();
    let databases: Array = JsFuture::from(asked).await.unwrap().unchecked_into();
    let name_of = |database: JsValue| Reflect::get(&database, &"name".into()).unwrap().as_string();
    databases.iter().any(|one| name_of(one).as_deref() == Some(name))
}

#[wasm_bindgen_test]
async fn a_database_that_was_deleted_is_not_made_again_by_looking_for_it() {
    drop(empty("wiped").await);
    Database::delete("wiped").await.unwrap();
    assert!(Database::open_existing("wiped").await.unwrap().is_none());
    assert!(!is_there("wiped").await);
    // And nothing of it stands in the way of a new one.
    let db = Database::open("wiped", STORES).await.unwrap();
    db.write(vec![put(ENTRIES, "a", b"1")]).await.unwrap();
}

#[wasm_bindgen_test]
async fn a_database_that_is_there_is_opened_with_what_is_in_it() {
    let db = empty("kept").await;
    db.write(vec![put(ENTRIES, "a", b"1")]).await.unwrap();
    let again = Database::open_existing("kept").await.unwrap().unwrap();
    assert_eq!(
        again.get(ENTRIES, "a").await.unwrap().as_deref(),
        Some(b"1".as_slice())
    );
}
