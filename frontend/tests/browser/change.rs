//! A value that is changed: nobody, in any tab, writes between the reading and the writing.

use frontend::browser::idb::{Database, IdbError};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::idb::{ENTRIES, STORES, Witness, empty, put};

/// Adds one to the number under a key, as a tab does that has the database open.
async fn counts_one(db: &Database) -> u8 {
    let one_more = |kept: Option<Vec<u8>>| {
        let count = kept.and_then(|kept| kept.first().copied()).unwrap_or_default() + 1;
        (vec![count], count)
    };
    db.change(ENTRIES, "count", one_more).await.unwrap()
}

#[wasm_bindgen_test]
async fn what_two_tabs_make_of_one_value_at_the_same_time_counts_twice() {
    let ada = empty("changed").await;
    let ben = Database::open("changed", STORES).await.unwrap();
    for round in 0..5 {
        let (first, second) = futures::join!(counts_one(&ada), counts_one(&ben));
        let mut counts = [first, second];
        counts.sort_unstable();
        assert_eq!(counts, [2 * round + 1, 2 * round + 2]);
    }
    assert_eq!(ada.get(ENTRIES, "count").await.unwrap(), Some(vec![10]));
}

#[wasm_bindgen_test]
async fn a_change_that_the_browser_aborts_changes_nothing() {
    let db = empty("unchanged").await;
    db.write(vec![put(ENTRIES, "a", b"1")]).await.unwrap();
    let witness = Witness::new();
    let change = db.change(ENTRIES, "a", |_| (b"2".to_vec(), ()));
    let abort = async { witness.last().abort().unwrap() };
    let (changed, ()) = futures::join!(change, abort);
    assert!(matches!(changed, Err(IdbError::Failed(_))));
    assert_eq!(
        db.get(ENTRIES, "a").await.unwrap().as_deref(),
        Some(b"1".as_slice())
    );
}
