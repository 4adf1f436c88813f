//! Keys with their values, and the end of a database.

use futures::join;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;

use super::{Database, IdbError, failed, finished, range};

impl Database {
    /// Every key of a store that begins so, with its value, as they stand together.
    ///
    /// # Errors
    ///
    /// Fails when the browser cannot read.
    pub async fn pairs(&self, store: &str, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, IdbError> {
        let reading = self.0.transaction_with_str(store).map_err(|why| failed(&why))?;
        let store = reading.object_store(store).map_err(|why| failed(&why))?;
        let range = range(prefix)?.into();
        let keys = store.get_all_keys_with_key(&range).map_err(|why| failed(&why))?;
        let values = store.get_all_with_key(&range).map_err(|why| failed(&why))?;
        let (keys, values) = join!(finished(&keys), finished(&values));
        let (keys, values): (Array, Array) = (keys?.unchecked_into(), values?.unchecked_into());
        let values: Vec<Vec<u8>> = values
            .iter()
            .map(|value| value.unchecked_into::<Uint8Array>().to_vec())
            .collect();
        let keys = keys.iter().filter_map(|key| key.as_string());
        Ok(keys.zip(values).collect())
    }

    /// Lets go of the database once what is under way has ended; nothing more can be done with it.
    pub fn close(&self) {
        self.0.close();
    }

    /// Deletes the database of this name, once everybody has let go of it. One that is not there is deleted already.
    ///
    /// # Errors
    ///
    /// Fails when the browser cannot.
    pub async fn delete(name: &str) -> Result<(), IdbError> {
        let factory = gloo::utils::window().indexed_db().ok().flatten();
        let factory = factory.ok_or(IdbError::Unavailable)?;
        let request = factory.delete_database(name).map_err(|why| failed(&why))?;
        finished(&request).await.map(|_| ())
    }
}
