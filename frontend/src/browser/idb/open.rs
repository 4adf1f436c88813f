//! Opening a database: one that may be new, or one that is there already.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbOpenDbRequest};

use super::{Database, IdbError, finished};

impl Database {
    /// Opens a database of version 1, making these stores if it is new.
    ///
    /// # Errors
    ///
    /// Says why it cannot be opened.
    pub async fn open(name: &str, stores: &'static [&'static str]) -> Result<Self, IdbError> {
        open(name, move |request| {
            let db = request.result().ok();
            let Some(db) = db.and_then(|db| db.dyn_into::<IdbDatabase>().ok()) else {
                return;
            };
            for store in stores {
                // A failure aborts the upgrade, which the open request reports.
                db.create_object_store(store).ok();
            }
        })
        .await
    }

    /// Opens a database that is there already; none where there is none, and none is made.
    ///
    /// # Errors
    ///
    /// Says why it cannot be opened.
    pub async fn open_existing(name: &str) -> Result<Option<Self>, IdbError> {
        let is_new = Rc::new(Cell::new(false));
        let telling = is_new.clone();
        let opened = open(name, move |request| {
            telling.set(true);
            // A database whose first upgrade is aborted has never been.
            if let Some(upgrade) = request.transaction() {
                upgrade.abort().ok();
            }
        })
        .await;
        match opened {
            Err(_) if is_new.get() => Ok(None),
            opened => opened.map(Some),
        }
    }
}

async fn open(name: &str, upgrade: impl FnOnce(&IdbOpenDbRequest) + 'static) -> Result<Database, IdbError> {
    let factory = gloo::utils::window()
        .indexed_db()
        .ok()
        .flatten()
        .ok_or(IdbError::Unavailable)?;
    let request: IdbOpenDbRequest = factory
        .open_with_u32(name, 1)
        .map_err(|_| IdbError::Unavailable)?;
    let upgrading = request.clone();
    let upgrade = Closure::once(move |_: JsValue| upgrade(&upgrading));
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    let db = finished(&request).await?;
    let db: IdbDatabase = db.dyn_into().map_err(|_| IdbError::Unavailable)?;
    // Another tab wants to delete the database: give way instead of blocking it.
    let closing = db.clone();
    let give_way = Closure::<dyn FnMut(JsValue)>::new(move |_| closing.close());
    db.set_onversionchange(Some(give_way.as_ref().unchecked_ref()));
    give_way.forget();
    Ok(Database(db))
}
