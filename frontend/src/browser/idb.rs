//! IndexedDB, as far as the store needs it: byte values under text keys, and transactions that are strictly durable.

use std::cell::RefCell;
use std::rc::Rc;

use futures::channel::oneshot;
use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransaction};

mod change;
mod keys;
mod open;

/// Why the device's store did not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdbError {
    /// The browser gives no store, as in a private window.
    #[error("the browser gives no store")]
    Unavailable,
    /// A newer version of the app has written it.
    #[error("written by a newer version")]
    Newer,
    /// There is no space left.
    #[error("no space left")]
    Quota,
    /// Anything else, in the browser's words.
    #[error("{0}")]
    Failed(String),
}

/// One open database.
#[derive(Clone, Debug)]
pub struct Database(IdbDatabase);

/// One step of a transaction.
#[derive(Clone, Debug)]
pub enum Step {
    /// Puts a value.
    Put {
        /// Into which store.
        store: &'static str,
        /// Under which key.
        key: String,
        /// The bytes.
        value: Vec<u8>,
    },
    /// Deletes a key.
    Delete {
        /// From which store.
        store: &'static str,
        /// The key.
        key: String,
    },
    /// Deletes every key that begins so.
    DeleteAll {
        /// From which store.
        store: &'static str,
        /// How the keys begin.
        prefix: String,
    },
}

impl Database {
    /// Every value of a store whose key begins so, in the order of keys.
    ///
    /// # Errors
    ///
    /// Fails when the browser cannot read.
    pub async fn read(&self, store: &str, prefix: &str) -> Result<Vec<Vec<u8>>, IdbError> {
        let reading = self.0.transaction_with_str(store).map_err(|why| failed(&why))?;
        let store = reading.object_store(store).map_err(|why| failed(&why))?;
        let request = store
            .get_all_with_key(&range(prefix)?.into())
            .map_err(|why| failed(&why))?;
        let values: Array = finished(&request).await?.unchecked_into();
        Ok(values
            .iter()
            .map(|value| value.unchecked_into::<Uint8Array>().to_vec())
            .collect())
    }

    /// The value under one key.
    ///
    /// # Errors
    ///
    /// Fails when the browser cannot read.
    pub async fn get(&self, store: &str, key: &str) -> Result<Option<Vec<u8>>, IdbError> {
        let reading = self.0.transaction_with_str(store).map_err(|why| failed(&why))?;
        let store = reading.object_store(store).map_err(|why| failed(&why))?;
        let request = store.get(&key.into()).map_err(|why| failed(&why))?;
        let value = finished(&request).await?;
        Ok(value.dyn_into::<Uint8Array>().ok().map(|bytes| bytes.to_vec()))
    }

    /// Begins a transaction at once, so that transactions are carried out in the order of these calls, and gives what
    /// to wait for: `Ok` once it is complete with strict durability, flushed to the disk.
    ///
    /// # Errors
    ///
    /// Says why nothing of it was written.
    pub fn write(&self, steps: Vec<Step>) -> impl Future<Output = Result<(), IdbError>> + use<> {
        let begun = self.begin(steps);
        async move {
            match begun {
                Ok(writing) => complete(writing).await,
                Err(why) => Err(why),
            }
        }
    }

    fn begin(&self, steps: Vec<Step>) -> Result<Writing, IdbError> {
        let mut stores: Vec<&str> = steps.iter().map(Step::store).collect();
        stores.sort_unstable();
        stores.dedup();
        let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
        let transaction = strict(&self.0, &names).map_err(|why| failed(&why))?;
        let writing = Writing::listen(transaction);
        for step in steps {
            let store = writing.transaction.object_store(step.store());
            if let Err(why) = store.and_then(|store| step.carry_out(&store)) {
                // Left alone it would commit the steps before this one. It has not begun to: it can be aborted.
                writing.transaction.abort().ok();
                return Err(failed(&why));
            }
        }
        Ok(writing)
    }
}

impl Step {
    fn store(&self) -> &'static str {
        match self {
            Self::Put { store, .. } | Self::Delete { store, .. } | Self::DeleteAll { store, .. } => store,
        }
    }

    fn carry_out(self, store: &IdbObjectStore) -> Result<(), JsValue> {
        match self {
            Self::Put { key, value, .. } => store
                .put_with_key(&Uint8Array::from(value.as_slice()), &key.into())
                .map(|_| ()),
            Self::Delete { key, .. } => store.delete(&key.into()).map(|_| ()),
            Self::DeleteAll { prefix, .. } => {
                let range = range(&prefix).map_err(|_| JsValue::from_str("no range"))?;
                store.delete(&range).map(|_| ())
            }
        }
    }
}

/// `transaction(names, 'readwrite', { durability: 'strict' })`: the bindings know the third argument only behind a flag.
fn strict(db: &IdbDatabase, names: &Array) -> Result<IdbTransaction, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"durability".into(), &"strict".into())?;
    let open: Function = Reflect::get(db, &"transaction".into())?.dyn_into()?;
    open.call3(db, names, &"readwrite".into(), &options)?.dyn_into()
}

/// A transaction with its ears on.
struct Writing {
    transaction: IdbTransaction,
    ended: oneshot::Receiver<Result<(), IdbError>>,
    _listeners: [Closure<dyn FnMut(JsValue)>; 2],
}

impl Writing {
    fn listen(transaction: IdbTransaction) -> Self {
        let (tell, ended) = oneshot::channel();
        let tell = Rc::new(RefCell::new(Some(tell)));
        let telling = tell.clone();
        let complete = Closure::<dyn FnMut(JsValue)>::new(move |_| {
            if let Some(tell) = telling.borrow_mut().take() {
                // Nobody may be waiting any more.
                tell.send(Ok(())).ok();
            }
        });
        let aborting = transaction.clone();
        let abort = Closure::<dyn FnMut(JsValue)>::new(move |_| {
            if let Some(tell) = tell.borrow_mut().take() {
                let why = aborting
                    .error()
                    .map_or(IdbError::Failed("aborted".to_owned()), |why| named(&why.name()));
                tell.send(Err(why)).ok();
            }
        });
        transaction.set_oncomplete(Some(complete.as_ref().unchecked_ref()));
        transaction.set_onabort(Some(abort.as_ref().unchecked_ref()));
        Self {
            transaction,
            ended,
            _listeners: [complete, abort],
        }
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        // The browser must not call what is no longer there.
        self.transaction.set_oncomplete(None);
        self.transaction.set_onabort(None);
    }
}

async fn complete(mut writing: Writing) -> Result<(), IdbError> {
    (&mut writing.ended)
        .await
        .unwrap_or(Err(IdbError::Failed("the page went away".to_owned())))
}

/// The result of a request, once there is one.
async fn finished(request: &IdbRequest) -> Result<JsValue, IdbError> {
    let (tell, told) = oneshot::channel();
    let tell = Rc::new(RefCell::new(Some(tell)));
    let end = |tell: Rc<RefCell<Option<oneshot::Sender<()>>>>| {
        Closure::<dyn FnMut(JsValue)>::new(move |_| {
            if let Some(tell) = tell.borrow_mut().take() {
                tell.send(()).ok();
            }
        })
    };
    let (success, error) = (end(tell.clone()), end(tell));
    request.set_onsuccess(Some(success.as_ref().unchecked_ref()));
    request.set_onerror(Some(error.as_ref().unchecked_ref()));
    told.await
        .map_err(|_| IdbError::Failed("the page went away".to_owned()))?;
    match request.error() {
        Ok(Some(why)) => Err(named(&why.name())),
        _ => request.result().map_err(|why| failed(&why)),
    }
}

fn range(prefix: &str) -> Result<IdbKeyRange, IdbError> {
    IdbKeyRange::bound(&prefix.into(), &format!("{prefix}\u{ffff}").into()).map_err(|why| failed(&why))
}

fn named(name: &str) -> IdbError {
    match name {
        "VersionError" => IdbError::Newer,
        "QuotaExceededError" => IdbError::Quota,
        "SecurityError" | "InvalidStateError" | "UnknownError" => IdbError::Unavailable,
        other => IdbError::Failed(other.to_owned()),
    }
}

fn failed(why: &JsValue) -> IdbError {
    let name = Reflect::get(why, &"name".into())
        .ok()
        .and_then(|name| name.as_string());
    named(name.as_deref().unwrap_or("unknown"))
}
