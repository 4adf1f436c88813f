//! Keys and composition as the browser reports them.

use std::cell::RefCell;
use std::rc::Rc;

use frontend::browser::keyboard::{Composition, on_composition, on_page_key, press};
use frontend::grid::key::{Key, Press};
use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, KeyboardEvent};

use crate::stage::{Prop, Stage};

/// An event of this class; the object in JavaScript says the rest.
fn event(class: &str, kind: &str, rest: &str) -> Event {
    let make = Function::new_with_args(
        "kind",
        &format!("return new {class}(kind, {{ cancelable: true, bubbles: true, {rest} }});"),
    );
    make.call1(&JsValue::NULL, &kind.into()).unwrap().unchecked_into()
}

fn pressed(rest: &str) -> Option<Press> {
    press(event("KeyboardEvent", "keydown", rest).unchecked_ref::<KeyboardEvent>())
}

#[wasm_bindgen_test]
fn a_key_is_read_with_its_modifiers() {
    assert_eq!(
        pressed("key: 'Enter', ctrlKey: true"),
        Some(Key::Enter.with_ctrl())
    );
    assert_eq!(
        pressed("key: 'Z', metaKey: true"),
        Some(Key::Character('z').with_ctrl())
    );
    assert_eq!(pressed("key: 'F2'"), Some(Key::Function(2).alone()));
}

#[wasm_bindgen_test]
fn a_key_that_an_input_method_uses_is_nobody_elses() {
    assert_eq!(pressed("key: 'Enter', isComposing: true"), None);
    assert_eq!(pressed("key: 'Process', keyCode: 229"), None);
}

#[wasm_bindgen_test]
async fn composition_is_told_while_somebody_listens() {
    let stage = Stage::with(Prop::Field).await;
    let told = Rc::new(RefCell::new(Vec::new()));
    let telling = told.clone();
    let listening = on_composition(&stage.node, move |what| telling.borrow_mut().push(what));
    let compose = || {
        for kind in ["compositionstart", "compositionupdate", "compositionend"] {
            stage
                .element()
                .dispatch_event(&event("CompositionEvent", kind, "data: 'ni'"))
                .unwrap();
        }
    };
    compose();
    drop(listening);
    compose();
    assert_eq!(*told.borrow(), [Composition::Started, Composition::Ended]);
}

#[wasm_bindgen_test]
fn a_key_of_the_page_is_taken_from_the_browser_unless_somebody_had_it_before() {
    let told = Rc::new(RefCell::new(0));
    let telling = told.clone();
    let _listening = on_page_key("F1", move || *telling.borrow_mut() += 1);
    let window = gloo::utils::window();
    let key = event("KeyboardEvent", "keydown", "key: 'F1'");
    window.dispatch_event(&key).unwrap();
    assert!(key.default_prevented());
    let used = event("KeyboardEvent", "keydown", "key: 'F1'");
    used.prevent_default();
    window.dispatch_event(&used).unwrap();
    window
        .dispatch_event(&event("KeyboardEvent", "keydown", "key: 'F3'"))
        .unwrap();
    assert_eq!(*told.borrow(), 1);
}
