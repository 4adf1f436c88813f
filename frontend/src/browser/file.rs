//! Files that the app gives to the person, and those the person gives to the app.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, EventTarget, File, HtmlAnchorElement, HtmlInputElement, TextDecoder,
    TextDecoderOptions, Url,
};

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

/// The file that was chosen in the field an event came from; the field is empty afterwards, so that the same file can be
/// chosen again.
#[must_use]
pub fn chosen(target: Option<EventTarget>) -> Option<File> {
    let input = target?.dyn_into::<HtmlInputElement>().ok()?;
    let file = input.files()?.get(0);
    input.set_value("");
    file
}

/// The text in a file of at most so many bytes, in the encoding that its first bytes name, as Excel writes "Unicode
/// text"; else in UTF-8 or else in GB18030, as WPS and Excel write it in China. None when it is longer, cannot be read,
/// or is no text.
pub async fn text(file: &File, most_bytes: u32) -> Option<String> {
    if file.size() > f64::from(most_bytes) {
        return None;
    }
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    let bytes = Uint8Array::new(&buffer);
    let first = bytes.subarray(0, bytes.length().min(3)).to_vec();
    let decode = |label: &str| {
        let options = TextDecoderOptions::new();
        options.set_fatal(true);
        let decoder = TextDecoder::new_with_label_and_options(label, &options).ok()?;
        decoder.decode_with_buffer_source(&bytes).ok()
    };
    let text = encodings(&first).iter().find_map(|label| decode(label))?;
    (!text.contains('\0')).then_some(text)
}

/// In which encodings a text that begins so may be.
const fn encodings(first: &[u8]) -> &'static [&'static str] {
    match first {
        [0xEF, 0xBB, 0xBF, ..] => &["utf-8"],
        [0xFF, 0xFE, ..] => &["utf-16le"],
        [0xFE, 0xFF, ..] => &["utf-16be"],
        _ => &["utf-8", "gb18030"],
    }
}

#[cfg(test)]
mod tests {
    use super::encodings;

    #[test]
    fn the_first_bytes_name_the_encoding() {
        assert_eq!(encodings(&[0xFF, 0xFE, 0x2D]), ["utf-16le"]);
        assert_eq!(encodings(&[0xFE, 0xFF]), ["utf-16be"]);
        assert_eq!(encodings(&[0xEF, 0xBB, 0xBF]), ["utf-8"]);
        for none in [&[][..], &[0xD0, 0xD5], &[0xEF, 0xBB]] {
            assert_eq!(encodings(none), ["utf-8", "gb18030"]);
        }
    }
}
