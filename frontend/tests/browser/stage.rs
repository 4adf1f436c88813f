//! A place on the page for one element under test, taken away at the end.

use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::wait;

/// What stands on the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Prop {
    /// A text area.
    Field,
    /// A box that scrolls something taller and wider.
    Scroller,
    /// A modal dialog with a field that asks for the focus.
    Dialog,
}

/// One element on the page; dropping it takes it away.
pub(crate) struct Stage {
    /// The element.
    pub(crate) node: NodeRef,
    app: Option<AppHandle<Play>>,
    root: Element,
}

#[derive(Clone, PartialEq, Properties)]
struct PlayProps {
    node: NodeRef,
    prop: Prop,
}

#[component]
fn Play(PlayProps { node, prop }: &PlayProps) -> Html {
    match prop {
        Prop::Field => html! { <textarea ref={node} rows="1" /> },
        Prop::Scroller => html! {
            <div ref={node} id="scroller">
                <div data-row="r1"><span id="inside" data-column="text">{ "甲" }</span><i id="number">{ "1" }</i></div>
            </div>
        },
        Prop::Dialog => html! { <dialog ref={node}><input id="asking" autofocus=true /></dialog> },
    }
}

impl Stage {
    /// Puts something on the page and waits until it is there.
    pub(crate) async fn with(prop: Prop) -> Self {
        let root = gloo::utils::document().create_element("div").unwrap();
        gloo::utils::body().append_child(&root).unwrap();
        let node = NodeRef::default();
        let props = PlayProps {
            node: node.clone(),
            prop,
        };
        let app = yew::Renderer::<Play>::with_root_and_props(root.clone(), props).render();
        wait::until_true("the stage is set", || node.get().is_some()).await;
        Self {
            node,
            app: Some(app),
            root,
        }
    }

    /// The element on the stage.
    pub(crate) fn element(&self) -> HtmlElement {
        self.node.cast().expect("the stage is set")
    }

    /// Gives it a style, as a style sheet would.
    pub(crate) fn style(&self, property: &str, value: &str) {
        self.element().style().set_property(property, value).unwrap();
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        self.root.remove();
    }
}
