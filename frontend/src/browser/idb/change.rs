//! Reading a value and writing what follows from it, with nobody in between.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::{Database, IdbError, Writing, complete, failed, strict};

impl Database {
    /// Puts in the place of the value under a key what is made of it, in one transaction: no tab writes in between. Gives
    /// what was said besides, once it is flushed to the disk.
    ///
    /// # Errors
    ///
    /// Says why nothing was changed.
    pub async fn change<T: 'static>(
        &self,
        store: &str,
        key: &str,
        change: impl FnOnce(Option<Vec<u8>>) -> (Vec<u8>, T) + 'static,
    ) -> Result<T, IdbError> {
        let transaction = strict(&self.0, &Array::of1(&store.into())).map_err(|why| failed(&why))?;
        let writing = Writing::listen(transaction.clone());
        let place = transaction.object_store(store).map_err(|why| failed(&why))?;
        let asked = place.get(&key.into()).map_err(|why| failed(&why))?;
        let said = Rc::new(RefCell::new(None));
        let (asking, saying, key) = (asked.clone(), said.clone(), JsValue::from_str(key));
        // At once: a transaction that nobody asks anything more ends.
        let read = Closure::once(move |_: JsValue| {
            let value = asking.result().ok();
            let value = value.and_then(|value| value.dyn_into::<Uint8Array>().ok());
            let (bytes, answer) = change(value.map(|bytes| bytes.to_vec()));
            match place.put_with_key(&Uint8Array::from(bytes.as_slice()), &key) {
                Ok(_) => *saying.borrow_mut() = Some(answer),
                // What was not begun cannot be awaited; the end of the transaction says that nothing was written.
                Err(_) => drop(transaction.abort()),
            }
        });
        asked.set_onsuccess(Some(read.as_ref().unchecked_ref()));
        complete(writing).await?;
        said.take()
            .ok_or_else(|| IdbError::Failed("nothing was read".to_owned()))
    }
}
