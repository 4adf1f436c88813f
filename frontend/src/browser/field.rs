//! Fields and focus: read once, when they are needed, never bound to a component's state.

use wasm_bindgen::JsCast as _;
use web_sys::{
    EventTarget, HtmlDialogElement, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlSelectElement,
    HtmlTextAreaElement,
};
use yew::NodeRef;

/// What stands in a text area.
#[must_use]
pub fn text(node: &NodeRef) -> String {
    node.cast::<HtmlTextAreaElement>()
        .map(|field| field.value())
        .unwrap_or_default()
}

/// Puts text into a text area, the caret behind it.
pub fn put(node: &NodeRef, text: &str) {
    if let Some(field) = node.cast::<HtmlTextAreaElement>() {
        field.set_value(text);
        let end = u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
        // A field that is not shown has no selection to set.
        field.set_selection_range(end, end).ok();
    }
}

/// Puts text where the caret of a text area is.
pub fn insert(node: &NodeRef, text: &str) {
    if let Some(field) = node.cast::<HtmlTextAreaElement>() {
        let caret = field.selection_start().ok().flatten().unwrap_or_default();
        let end = field.selection_end().ok().flatten().unwrap_or(caret);
        field.set_range_text_with_start_and_end(text, caret, end).ok();
        let after = caret + u32::try_from(text.encode_utf16().count()).unwrap_or_default();
        field.set_selection_range(after, after).ok();
    }
}

/// How tall the text in a text area is, in pixels.
#[must_use]
pub fn text_height(node: &NodeRef) -> f64 {
    node.cast::<HtmlTextAreaElement>()
        .map(|field| f64::from(field.scroll_height()))
        .unwrap_or_default()
}

/// Gives a field the focus without scrolling to it.
pub fn focus(node: &NodeRef) {
    if let Some(element) = node.cast::<HtmlElement>() {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        element.focus_with_options(&options).ok();
    }
}

/// Takes the focus from whatever has it, as a click elsewhere would: a field says then what was typed into it.
pub fn leave_focus() {
    let active = gloo::utils::document().active_element();
    if let Some(element) = active.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        element.blur().ok();
    }
}

/// Gives the focus to the element of this id.
pub fn focus_by_id(id: &str) {
    let element = gloo::utils::document().get_element_by_id(id);
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        element.focus().ok();
    }
}

/// Gives the focus to the field of an element that asks for it, else to the element: a key pressed too early then does
/// nothing.
pub fn focus_within(node: &NodeRef) {
    let Some(element) = node.cast::<HtmlElement>() else {
        return;
    };
    let asking = element.query_selector("[autofocus]").ok().flatten();
    let asking = asking.and_then(|element| element.dyn_into::<HtmlElement>().ok());
    asking.unwrap_or(element).focus().ok();
}

/// What was typed into the field of this name of a form, when it is submitted.
#[must_use]
pub fn submitted(form: Option<EventTarget>, name: &str) -> String {
    let form = form.and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
    let data = form.and_then(|form| web_sys::FormData::new_with_form(&form).ok());
    data.and_then(|data| data.get(name).as_string())
        .unwrap_or_default()
}

/// What stands in an input that an event came from.
#[must_use]
pub fn value(target: Option<EventTarget>) -> String {
    let input = target.and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    input.map(|input| input.value()).unwrap_or_default()
}

/// What is chosen in a list that an event came from.
#[must_use]
pub fn selected(target: Option<EventTarget>) -> String {
    let list = target.and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
    list.map(|list| list.value()).unwrap_or_default()
}

/// Whether a box that an event came from is ticked.
#[must_use]
pub fn ticked(target: Option<EventTarget>) -> bool {
    let input = target.and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    input.is_some_and(|input| input.checked())
}

/// Closes a dialog; the browser gives the focus back to what had it before.
pub fn close_dialog(node: &NodeRef) {
    if let Some(dialog) = node.cast::<HtmlDialogElement>() {
        dialog.close();
    }
}

/// Opens a dialog above everything else; the browser keeps the focus within it.
pub fn show_dialog(node: &NodeRef) {
    if let Some(dialog) = node.cast::<HtmlDialogElement>()
        && !dialog.open()
    {
        dialog.show_modal().ok();
    }
}
