//! The other tabs of this device: telling them something, and knowing which of them are dead.

use futures::channel::oneshot;
use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{BroadcastChannel, MessageEvent};

/// A channel to the other tabs; dropping it ends hearing.
pub struct Channel {
    channel: BroadcastChannel,
    _heard: Closure<dyn FnMut(MessageEvent)>,
}

impl Channel {
    /// Joins the channel of this name.
    pub fn join(name: &str, tell: impl Fn(Vec<u8>) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(name).ok()?;
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Ok(bytes) = event.data().dyn_into::<Uint8Array>() {
                tell(bytes.to_vec());
            }
        });
        channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        Some(Self {
            channel,
            _heard: heard,
        })
    }

    /// Tells the other tabs.
    pub fn tell(&self, bytes: &[u8]) {
        // Fails only on a closed channel, and this one lives as long as it is used.
        self.channel.post_message(&Uint8Array::from(bytes)).ok();
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.close();
    }
}

/// A lock of this tab's, until the tab ends, however it ends; dropping it lets it go before.
#[must_use = "dropping it lets the lock go at once"]
pub struct Held(Function);

impl Drop for Held {
    fn drop(&mut self) {
        // Resolving a promise never throws.
        self.0.call0(&JsValue::NULL).ok();
    }
}

/// Takes the lock of this name if nobody holds it.
pub async fn try_hold(name: &str) -> Option<Held> {
    let (tell, told) = oneshot::channel();
    let mut tell = Some(tell);
    let asked = Closure::<dyn FnMut(JsValue) -> Promise>::new(move |lock: JsValue| {
        let Some(tell) = tell.take().filter(|_| !lock.is_null()) else {
            return Promise::resolve(&JsValue::NULL);
        };
        let mut tell = Some(tell);
        Promise::new(&mut move |release, _| {
            if let Some(tell) = tell.take() {
                // Whoever asked may have gone: then the lock is let go at once.
                drop(tell.send(Held(release)));
            }
        })
    });
    request(name, &if_available(), asked.as_ref().unchecked_ref());
    asked.forget();
    told.await.ok()
}

/// The names of all locks that are held, by any tab.
pub async fn held() -> Vec<String> {
    let asked = || -> Result<Promise, JsValue> {
        let locks = Reflect::get(&gloo::utils::window().navigator(), &"locks".into())?;
        let query: Function = Reflect::get(&locks, &"query".into())?.dyn_into()?;
        query.call0(&locks)?.dyn_into()
    };
    let Ok(asked) = asked() else { return Vec::new() };
    let Ok(found) = JsFuture::from(asked).await else {
        return Vec::new();
    };
    let held = Reflect::get(&found, &"held".into()).ok();
    let held = held.and_then(|held| held.dyn_into::<Array>().ok());
    let name = |lock: JsValue| Reflect::get(&lock, &"name".into()).ok()?.as_string();
    held.iter().flat_map(Array::iter).filter_map(name).collect()
}

fn if_available() -> Object {
    let options = Object::new();
    // A plain object takes every property.
    Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE).ok();
    options
}

/// `navigator.locks.request`: the bindings know it only behind a flag. A browser without it is below the floor.
fn request(name: &str, options: &Object, callback: &Function) {
    let navigator = gloo::utils::window().navigator();
    let asked = || -> Result<(), JsValue> {
        let locks = Reflect::get(&navigator, &"locks".into())?;
        let request: Function = Reflect::get(&locks, &"request".into())?.dyn_into()?;
        request.call3(&locks, &name.into(), options, callback).map(|_| ())
    };
    asked().ok();
}
