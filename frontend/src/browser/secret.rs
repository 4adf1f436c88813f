//! What is kept of a short code: not the code, but what PBKDF2 makes of it, slowly.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::CryptoKey;

/// 16 random bytes.
#[must_use]
pub fn salt() -> [u8; 16] {
    *uuid::Uuid::new_v4().as_bytes()
}

/// PBKDF2 with SHA-256: 32 bytes. None where the browser has no such thing, as on a page it does not trust.
pub async fn stretch(code: &str, salt: &[u8; 16], rounds: u32) -> Option<[u8; 32]> {
    derive(code, salt, rounds).await.ok()
}

async fn derive(code: &str, salt: &[u8; 16], rounds: u32) -> Result<[u8; 32], JsValue> {
    let subtle = gloo::utils::window().crypto()?.subtle();
    let uses = Array::of1(&"deriveBits".into());
    let code = Uint8Array::from(code.as_bytes());
    let key = subtle.import_key_with_str("raw", &code, "PBKDF2", false, &uses)?;
    let key: CryptoKey = JsFuture::from(key).await?.dyn_into()?;
    let how = Object::new();
    for (name, value) in [
        ("name", "PBKDF2".into()),
        ("hash", "SHA-256".into()),
        ("salt", Uint8Array::from(salt.as_slice()).into()),
        ("iterations", JsValue::from(rounds)),
    ] {
        Reflect::set(&how, &name.into(), &value)?;
    }
    let bits = subtle.derive_bits_with_object(&how, &key, 256)?;
    let bits = Uint8Array::new(&JsFuture::from(bits).await?).to_vec();
    bits.try_into().map_err(|_| JsValue::NULL)
}
