//! Where things stand, as the browser lays them out.

use std::cell::Cell;
use std::rc::Rc;

use frontend::browser::geometry;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::stage::{Prop, Stage};
use crate::wait;

/// A box of 200 by 100 pixels over content of 1,000 by 1,000.
async fn scroller() -> Stage {
    let stage = Stage::with(Prop::Scroller).await;
    for (property, value) in [
        ("overflow", "auto"),
        ("width", "200px"),
        ("height", "100px"),
        ("scrollbar-width", "none"),
    ] {
        stage.style(property, value);
    }
    let inside: HtmlElement = stage.element().first_element_child().unwrap().unchecked_into();
    for property in ["width", "height"] {
        inside.style().set_property(property, "1000px").unwrap();
    }
    stage
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1.0
}

#[wasm_bindgen_test]
async fn the_view_is_what_was_scrolled_to() {
    let stage = scroller().await;
    geometry::scroll(&stage.node, 30.0, 70.0);
    let view = geometry::view(&stage.node).unwrap();
    assert!(near(view.left, 30.0) && near(view.top, 70.0), "{view:?}");
    assert!(near(view.width, 200.0) && near(view.height, 100.0), "{view:?}");
}

#[wasm_bindgen_test]
async fn a_position_set_here_is_read_by_a_style_sheet() {
    let stage = scroller().await;
    stage.style("position", "absolute");
    stage.style("left", "var(--left)");
    geometry::set_pixels(&stage.node, "--left", 42.5);
    let left = stage.element().get_bounding_client_rect().left();
    assert!(near(left, 42.5), "{left}");
}

#[wasm_bindgen_test]
async fn the_cell_under_the_pointer_is_known_by_row_and_column() {
    let _stage = scroller().await;
    let at = |id: &str| geometry::cell_under(gloo::utils::document().get_element_by_id(id).map(Into::into));
    assert_eq!(at("inside"), Some(("r1".to_owned(), Some("text".to_owned()))));
    assert_eq!(at("number"), Some(("r1".to_owned(), None)));
    assert_eq!(at("scroller"), None);
}

#[wasm_bindgen_test]
async fn what_floats_beside_a_cell_stays_on_the_page() {
    let stage = scroller().await;
    for (property, value) in [
        ("position", "fixed"),
        ("left", "var(--left)"),
        ("top", "var(--float-top)"),
    ] {
        stage.style(property, value);
    }
    let document = gloo::utils::document();
    let anchor: HtmlElement = document.create_element("b").unwrap().unchecked_into();
    anchor.set_id("anchor");
    gloo::utils::body().append_child(&anchor).unwrap();
    for corner in [
        "left:0;top:0",
        "right:0;top:0",
        "left:0;bottom:0",
        "right:0;bottom:0",
    ] {
        let style = format!("position:fixed;width:10px;height:10px;{corner}");
        anchor.set_attribute("style", &style).unwrap();
        geometry::float_beside(&stage.node, "anchor");
        let (own, to) = (
            stage.element().get_bounding_client_rect(),
            anchor.get_bounding_client_rect(),
        );
        let root = document.document_element().unwrap();
        let inside = own.left() >= 0.0
            && own.top() >= 0.0
            && own.right() <= f64::from(root.client_width())
            && own.bottom() <= gloo::utils::window().inner_height().unwrap().as_f64().unwrap();
        assert!(
            inside,
            "{corner}: {} {} {} {}",
            own.left(),
            own.top(),
            own.right(),
            own.bottom()
        );
        assert!(
            own.top() >= to.bottom() || own.bottom() <= to.top(),
            "{corner}: it covers the cell"
        );
    }
    anchor.remove();
}

#[wasm_bindgen_test]
async fn a_change_of_size_is_told_until_nobody_watches() {
    let stage = scroller().await;
    let told = Rc::new(Cell::new(0));
    let telling = told.clone();
    let watch = geometry::SizeWatch::new(&stage.node, move || telling.set(telling.get() + 1));
    wait::until_true("the first size is told", || told.get() > 0).await;
    let first = told.get();
    stage.style("width", "300px");
    wait::until_true("the change is told", || told.get() > first).await;
    drop(watch);
    let last = told.get();
    // Another watch is told of a change after the first would have been.
    let other = Rc::new(Cell::new(0));
    let telling = other.clone();
    let _watch = geometry::SizeWatch::new(&stage.node, move || telling.set(telling.get() + 1));
    stage.style("width", "400px");
    wait::until_true("the other watch is told", || other.get() > 0).await;
    assert_eq!(told.get(), last);
}
