//! The device's store: what is put is kept, whole or not at all, in the order of the calls, and on the disk.

use std::cell::RefCell;
use std::rc::Rc;

use frontend::browser::idb::{Database, IdbError, Step};
use futures::channel::oneshot;
use futures::future::join3;
use js_sys::{Array, Function, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{IdbDatabase, IdbFactory, IdbObjectStoreParameters, IdbOpenDbRequest, IdbTransaction};

pub(crate) const ENTRIES: &str = "entries";
const PENDING: &str = "pending";
pub(crate) const STORES: &[&str] = &[ENTRIES, PENDING];

pub(crate) fn put(store: &'static str, key: &str, value: &[u8]) -> Step {
    Step::Put {
        store,
        key: key.to_owned(),
        value: value.to_vec(),
    }
}

/// An empty database of a test's own.
pub(crate) async fn empty(name: &str) -> Database {
    finished(&factory().delete_database(name).unwrap()).await.unwrap();
    Database::open(name, STORES).await.unwrap()
}

fn factory() -> IdbFactory {
    gloo::utils::window().indexed_db().unwrap().unwrap()
}

/// Waits for a request of the browser's own, beside what is tested.
async fn finished(request: &IdbOpenDbRequest) -> Result<JsValue, JsValue> {
    let (tell, told) = oneshot::channel();
    let tell = Rc::new(RefCell::new(Some(tell)));
    let ended = Closure::<dyn FnMut()>::new(move || {
        if let Some(tell) = tell.borrow_mut().take() {
            tell.send(()).unwrap();
        }
    });
    request.set_onsuccess(Some(ended.as_ref().unchecked_ref()));
    request.set_onerror(Some(ended.as_ref().unchecked_ref()));
    told.await.unwrap();
    request.result()
}

/// Makes a database that another program, or another version, might have made.
async fn foreign(name: &str, version: u32, make: impl FnOnce(&IdbDatabase) + 'static) {
    finished(&factory().delete_database(name).unwrap()).await.unwrap();
    let request = factory().open_with_u32(name, version).unwrap();
    let upgrading = request.clone();
    let upgrade = Closure::once(move |_: JsValue| make(upgrading.result().unwrap().unchecked_ref()));
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    let db: IdbDatabase = finished(&request).await.unwrap().unchecked_into();
    db.close();
}

/// Every transaction that the browser begins while this lives.
pub(crate) struct Witness {
    begun: Array,
    original: JsValue,
    prototype: JsValue,
    _seeing: Closure<dyn FnMut(JsValue, Array) -> JsValue>,
}

impl Witness {
    pub(crate) fn new() -> Self {
        let class = Reflect::get(&gloo::utils::window(), &"IDBDatabase".into()).unwrap();
        let prototype = Reflect::get(&class, &"prototype".into()).unwrap();
        let original = Reflect::get(&prototype, &"transaction".into()).unwrap();
        let begun = Array::new();
        let (open, list) = (original.clone().unchecked_into::<Function>(), begun.clone());
        let seeing =
            Closure::<dyn FnMut(JsValue, Array) -> JsValue>::new(move |this: JsValue, arguments: Array| {
                let transaction = open.apply(&this, &arguments).unwrap();
                list.push(&transaction);
                transaction
            });
        let wrap = Function::new_with_args("see", "return function (...all) { return see(this, all); };");
        let wrapped = wrap.call1(&JsValue::NULL, seeing.as_ref()).unwrap();
        Reflect::set(&prototype, &"transaction".into(), &wrapped).unwrap();
        Self {
            begun,
            original,
            prototype,
            _seeing: seeing,
        }
    }

    pub(crate) fn last(&self) -> IdbTransaction {
        self.begun.get(self.begun.length() - 1).unchecked_into()
    }
}

impl Drop for Witness {
    fn drop(&mut self) {
        Reflect::set(&self.prototype, &"transaction".into(), &self.original).unwrap();
    }
}

#[wasm_bindgen_test]
async fn what_was_put_is_read_in_the_order_of_keys() {
    let db = empty("order").await;
    let steps = ["a/3", "b/1", "a/10", "a/1"].map(|key| put(ENTRIES, key, key.as_bytes()));
    db.write(steps.to_vec()).await.unwrap();
    assert_eq!(
        db.read(ENTRIES, "a/").await.unwrap(),
        [b"a/1".to_vec(), b"a/10".to_vec(), b"a/3".to_vec()]
    );
    assert_eq!(db.read(ENTRIES, "").await.unwrap().len(), 4);
    assert_eq!(db.read(PENDING, "a/").await.unwrap(), Vec::<Vec<u8>>::new());
    assert_eq!(
        db.get(ENTRIES, "b/1").await.unwrap().as_deref(),
        Some(b"b/1".as_slice())
    );
    assert_eq!(db.get(ENTRIES, "b").await.unwrap(), None);
}

#[wasm_bindgen_test]
async fn what_begins_alike_is_deleted_together_and_nothing_else() {
    let db = empty("prefix").await;
    let steps = ["a/1", "a/2", "a/\u{fffd}", "b/1", "a"].map(|key| put(ENTRIES, key, b"x"));
    db.write(steps.to_vec()).await.unwrap();
    db.write(vec![Step::DeleteAll {
        store: ENTRIES,
        prefix: "a/".to_owned(),
    }])
    .await
    .unwrap();
    assert_eq!(db.read(ENTRIES, "").await.unwrap().len(), 2);
    db.write(vec![Step::Delete {
        store: ENTRIES,
        key: "b/1".to_owned(),
    }])
    .await
    .unwrap();
    assert!(db.get(ENTRIES, "a").await.unwrap().is_some());
    assert_eq!(db.get(ENTRIES, "b/1").await.unwrap(), None);
}

#[wasm_bindgen_test]
async fn what_was_put_is_there_when_the_database_is_opened_again() {
    let db = empty("again").await;
    db.write(vec![put(PENDING, "a", b"1"), put(ENTRIES, "a", b"2")])
        .await
        .unwrap();
    let again = Database::open("again", STORES).await.unwrap();
    assert_eq!(
        again.get(PENDING, "a").await.unwrap().as_deref(),
        Some(b"1".as_slice())
    );
}

#[wasm_bindgen_test]
async fn a_transaction_with_a_failing_step_writes_nothing() {
    foreign("failing", 1, |db| {
        db.create_object_store(ENTRIES).unwrap();
        // A store that takes no key from outside refuses ours.
        let own_keys = IdbObjectStoreParameters::new();
        own_keys.set_auto_increment(true);
        own_keys.set_key_path(&"key".into());
        db.create_object_store_with_optional_parameters(PENDING, &own_keys)
            .unwrap();
    })
    .await;
    let db = Database::open("failing", STORES).await.unwrap();
    let wrote = db
        .write(vec![put(ENTRIES, "a", b"1"), put(PENDING, "a", b"1")])
        .await;
    assert_eq!(wrote, Err(IdbError::Failed("DataError".to_owned())));
    assert_eq!(db.get(ENTRIES, "a").await.unwrap(), None);
}

#[wasm_bindgen_test]
async fn a_transaction_that_the_browser_aborts_says_so_and_writes_nothing() {
    let db = empty("aborted").await;
    let witness = Witness::new();
    let writing = db.write(vec![put(ENTRIES, "a", b"1"), put(PENDING, "a", b"1")]);
    witness.last().abort().unwrap();
    assert!(matches!(writing.await, Err(IdbError::Failed(_))));
    assert_eq!(db.get(ENTRIES, "a").await.unwrap(), None);
    assert_eq!(db.get(PENDING, "a").await.unwrap(), None);
}

/// Notes in which order writings end.
async fn note(
    order: &RefCell<Vec<&'static str>>,
    name: &'static str,
    writing: impl Future<Output = Result<(), IdbError>>,
) {
    writing.await.unwrap();
    order.borrow_mut().push(name);
}

#[wasm_bindgen_test]
async fn transactions_complete_in_the_order_of_the_calls() {
    let db = empty("sequence").await;
    let order = RefCell::new(Vec::new());
    let large = vec![7; 4 * 1024 * 1024];
    let first = db.write(vec![put(PENDING, "a", &large)]);
    let second = db.write(vec![put(PENDING, "a", b"second"), put(ENTRIES, "a", b"second")]);
    let third = db.write(vec![put(PENDING, "a", b"third")]);
    // Waited for in another order than begun.
    join3(
        note(&order, "third", third),
        note(&order, "first", first),
        note(&order, "second", second),
    )
    .await;
    assert_eq!(*order.borrow(), ["first", "second", "third"]);
    assert_eq!(
        db.get(PENDING, "a").await.unwrap().as_deref(),
        Some(b"third".as_slice())
    );
}

#[wasm_bindgen_test]
async fn a_read_sees_every_write_begun_before_it() {
    let db = empty("read-after").await;
    let writing = db.write(vec![put(ENTRIES, "a", &vec![1; 1024 * 1024])]);
    assert_eq!(
        db.get(ENTRIES, "a").await.unwrap().map(|value| value.len()),
        Some(1024 * 1024)
    );
    writing.await.unwrap();
}

#[wasm_bindgen_test]
async fn writes_ask_for_strict_durability() {
    let db = empty("strict").await;
    let witness = Witness::new();
    db.write(vec![put(PENDING, "a", b"1")]).await.unwrap();
    let durability = Reflect::get(&witness.last(), &"durability".into()).unwrap();
    assert_eq!(durability.as_string().as_deref(), Some("strict"));
    assert_eq!(witness.begun.length(), 1);
}

#[wasm_bindgen_test]
async fn a_database_of_a_newer_version_is_told_from_a_broken_one() {
    foreign("newer", 2, |db| {
        db.create_object_store(ENTRIES).unwrap();
    })
    .await;
    assert_eq!(Database::open("newer", STORES).await.err(), Some(IdbError::Newer));
}

#[wasm_bindgen_test]
async fn an_open_database_gives_way_when_it_is_to_be_deleted() {
    let db = empty("gives-way").await;
    finished(&factory().delete_database("gives-way").unwrap())
        .await
        .unwrap();
    assert!(db.write(vec![put(ENTRIES, "a", b"1")]).await.is_err());
}

#[wasm_bindgen_test]
async fn storage_that_is_switched_off_is_unavailable() {
    let class = Reflect::get(&gloo::utils::window(), &"IDBFactory".into()).unwrap();
    let prototype = Reflect::get(&class, &"prototype".into()).unwrap();
    let original = Reflect::get(&prototype, &"open".into()).unwrap();
    let refuse = Function::new_no_args("throw new DOMException('no storage here', 'SecurityError');");
    Reflect::set(&prototype, &"open".into(), &refuse).unwrap();
    let opened = Database::open("switched-off", STORES).await;
    Reflect::set(&prototype, &"open".into(), &original).unwrap();
    assert_eq!(opened.err(), Some(IdbError::Unavailable));
}
