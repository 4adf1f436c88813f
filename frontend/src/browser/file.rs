//! Files that the app gives to the person.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast as _;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// How long the browser may take to begin with a file before its bytes are let go.
const LET_GO_AFTER_MILLISECONDS: u32 = 60_000;

/// Gives the browser a file to save, where the person or the browser's settings say. Whether it did, the browser does
/// not tell; none when it does not even take it.
#[must_use]
pub fn save(name: &str, bytes: &[u8]) -> Option<()> {
    let document = gloo::utils::document();
    let parts = Array::of1(&Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type("application/octet-stream");
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    let link = document
        .create_element("a")
        .ok()?
        .dyn_into::<HtmlAnchorElement>()
        .ok()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    gloo::timers::callback::Timeout::new(LET_GO_AFTER_MILLISECONDS, move || {
        // An address that is gone already is as good as revoked.
        Url::revoke_object_url(&address).ok();
    })
    .forget();
    Some(())
}
