//! Where things stand on the page: the one place that sets sizes and positions.
//!
//! The content policy forbids `style` attributes, so that custom properties are set from here and used in style sheets.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};
use yew::NodeRef;

use crate::grid::window::{Frame, View};

/// Sets a custom property of an element.
pub fn set(node: &NodeRef, property: &str, value: &str) {
    if let Some(element) = node.cast::<HtmlElement>() {
        // Only a malformed name can fail, and then nothing is set.
        element.style().set_property(property, value).ok();
    }
}

/// Sets a custom property to a number of pixels.
pub fn set_pixels(node: &NodeRef, property: &str, pixels: f64) {
    set(node, property, &format!("{pixels}px"));
}

/// What of a scrolling element is in view.
#[must_use]
pub fn view(node: &NodeRef) -> Option<View> {
    let element = node.cast::<Element>()?;
    Some(View {
        top: f64::from(element.scroll_top()),
        left: f64::from(element.scroll_left()),
        width: f64::from(element.client_width()),
        height: f64::from(element.client_height()),
    })
}

/// Scrolls an element.
pub fn scroll(node: &NodeRef, left: f64, top: f64) {
    if let Some(element) = node.cast::<Element>() {
        element.scroll_to_with_x_and_y(left, top);
    }
}

/// Scrolls the element of this id into view within what scrolls it.
pub fn reveal(id: &str) {
    if let Some(element) = by_id(id) {
        element.scroll_into_view_with_bool(false);
    }
}

/// Puts a floating element below the element of this id, or above it where there is no room, and keeps it on the page.
pub fn float_beside(node: &NodeRef, id: &str) {
    let Some(element) = node.cast::<HtmlElement>() else {
        return;
    };
    let window = gloo::utils::window();
    let size = |value: Result<wasm_bindgen::JsValue, _>| {
        value.ok().and_then(|value| value.as_f64()).unwrap_or_default()
    };
    let (width, height) = (size(window.inner_width()), size(window.inner_height()));
    let own = element.get_bounding_client_rect();
    let anchor = by_id(id).map_or(
        Frame {
            left: width / 2.0 - own.width() / 2.0,
            top: 120.0,
            width: 0.0,
            height: 0.0,
        },
        |at| {
            let at = at.get_bounding_client_rect();
            Frame {
                left: at.left(),
                top: at.top(),
                width: at.width(),
                height: at.height(),
            }
        },
    );
    let below = anchor.top + anchor.height + GAP;
    let above = anchor.top - own.height() - GAP;
    let top = if below + own.height() > height - GAP && above > GAP {
        above
    } else {
        below
    };
    let left = anchor.left.min(width - own.width() - GAP).max(GAP);
    set_pixels(node, "--left", left);
    set_pixels(node, "--float-top", top.min(height - own.height() - GAP).max(GAP));
}

/// What is left between a floating element and what it stands beside, in pixels.
const GAP: f64 = 4.0;

fn by_id(id: &str) -> Option<Element> {
    gloo::utils::document().get_element_by_id(id)
}

/// The row under the pointer, and the column unless it is over the row's number.
#[must_use]
pub fn cell_under(target: Option<web_sys::EventTarget>) -> Option<(String, Option<String>)> {
    let element = target?.dyn_into::<Element>().ok()?;
    let row = element.closest("[data-row]").ok()??;
    let cell = element.closest("[data-column]").ok()?;
    Some((
        row.get_attribute("data-row")?,
        cell.and_then(|cell| cell.get_attribute("data-column")),
    ))
}

/// Whether this is one of a grid's headings, or in one.
#[must_use]
pub fn is_over_header(target: Option<web_sys::EventTarget>) -> bool {
    let element = target.and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| matches!(element.closest(".grid-head"), Ok(Some(_))))
}

/// Calls back whenever the size of an element changes, until the guard is dropped.
#[must_use = "dropping it ends the watching at once"]
pub struct SizeWatch {
    observer: web_sys::ResizeObserver,
    _changed: wasm_bindgen::closure::Closure<dyn FnMut()>,
}

impl SizeWatch {
    /// Watches an element, if it is on the page.
    pub fn new(node: &NodeRef, changed: impl FnMut() + 'static) -> Option<Self> {
        let element = node.cast::<Element>()?;
        let changed = wasm_bindgen::closure::Closure::<dyn FnMut()>::new(changed);
        let observer = web_sys::ResizeObserver::new(changed.as_ref().unchecked_ref()).ok()?;
        observer.observe(&element);
        Some(Self {
            observer,
            _changed: changed,
        })
    }
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
