//! What this device remembers of a person's taste: theme, density, language. Losing it does no harm.

use web_sys::Storage;

fn storage() -> Option<Storage> {
    gloo::utils::window().local_storage().ok().flatten()
}

/// What was remembered under this name.
#[must_use]
pub fn read(name: &str) -> Option<String> {
    storage()?.get_item(&format!("taizhang.{name}")).ok().flatten()
}

/// Remembers something under this name.
pub fn write(name: &str, value: &str) {
    if let Some(storage) = storage() {
        // Where nothing may be stored, the taste lasts as long as the page.
        storage.set_item(&format!("taizhang.{name}"), value).ok();
    }
}

/// Sets an attribute of the page's root, by which style sheets tell themes apart; none removes it.
pub fn set_on_page(attribute: &str, value: Option<&str>) {
    if let Some(root) = gloo::utils::document().document_element() {
        let done = match value {
            Some(value) => root.set_attribute(attribute, value),
            None => root.remove_attribute(attribute),
        };
        // Only a malformed name can fail.
        done.ok();
    }
}
