//! The text area over the grid: put, read and inserted into without a component's state.

use frontend::browser::field;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlTextAreaElement;

use crate::stage::{Prop, Stage};

fn caret(stage: &Stage) -> Option<u32> {
    stage
        .node
        .cast::<HtmlTextAreaElement>()
        .unwrap()
        .selection_start()
        .unwrap()
}

#[wasm_bindgen_test]
async fn the_caret_stands_behind_what_was_put() {
    let stage = Stage::with(Prop::Field).await;
    field::put(&stage.node, "𠮷野家");
    assert_eq!(field::text(&stage.node), "𠮷野家");
    // A sign beyond the basic plane counts twice for the browser.
    assert_eq!(caret(&stage), Some(4));
}

#[wasm_bindgen_test]
async fn what_is_inserted_replaces_the_selection_and_the_caret_follows() {
    let stage = Stage::with(Prop::Field).await;
    field::put(&stage.node, "甲乙丙");
    let area: HtmlTextAreaElement = stage.node.cast().unwrap();
    area.set_selection_range(1, 2).unwrap();
    field::insert(&stage.node, "\n");
    assert_eq!(field::text(&stage.node), "甲\n丙");
    assert_eq!(caret(&stage), Some(2));
}

#[wasm_bindgen_test]
async fn more_lines_are_taller() {
    let stage = Stage::with(Prop::Field).await;
    field::put(&stage.node, "甲");
    let one = field::text_height(&stage.node);
    field::put(&stage.node, "甲\n乙\n丙");
    assert!(field::text_height(&stage.node) > one && one > 0.0);
}

#[wasm_bindgen_test]
async fn a_dialog_opens_once_and_gives_the_focus_to_the_field_that_asks() {
    let stage = Stage::with(Prop::Dialog).await;
    field::show_dialog(&stage.node);
    field::show_dialog(&stage.node);
    let focused = || {
        gloo::utils::document()
            .active_element()
            .map(|element| element.id())
    };
    assert_eq!(focused().as_deref(), Some("asking"));
    field::close_dialog(&stage.node);
    assert!(!stage.element().has_attribute("open"));
}
