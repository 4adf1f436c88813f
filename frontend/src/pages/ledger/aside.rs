//! Acts of this ledger that were not accepted.

use std::rc::Rc;

use shared::id::ActId;
use shared::ledger::person::Directory;
use yew::prelude::*;

use super::words;
use crate::browser::clipboard;
use crate::components::aside_panel::{AsideLine, AsidePanel};
use crate::hooks::use_store;
use crate::i18n::use_language;
use crate::store::view::LedgerView;

/// Properties of [`Aside`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct AsideProps {
    /// The ledger.
    pub(super) ledger: Rc<LedgerView>,
    /// Its members.
    pub(super) directory: Rc<Directory>,
}

/// Acts of this ledger that were not accepted.
#[component]
pub(super) fn Aside(AsideProps { ledger, directory }: &AsideProps) -> Html {
    let language = use_language();
    let store = use_store();
    let lookup = words::lookup(ledger, directory.clone(), language, store.now().date());
    let mut lines = Vec::with_capacity(ledger.aside.len());
    let mut copied = Vec::new();
    for aside in ledger.aside.iter() {
        let (place, values) = words::deed(&lookup, ledger, &aside.act);
        let why = format!("{} · {}", aside.act.at, language.say(&words::reason(&aside.why)));
        copied.extend(
            values
                .iter()
                .map(|value| vec![place.clone(), value.clone(), why.clone()]),
        );
        lines.push(AsideLine {
            act: aside.act.id,
            place: place.into(),
            values: values.join("；").into(),
            why: why.into(),
        });
    }
    let on_copy = Callback::from(move |()| {
        let text = words::as_tsv(copied.clone());
        // Where the clipboard refuses, the values stay on the page to be copied by hand.
        yew::platform::spawn_local(async move {
            clipboard::write_text(&text).await;
        });
    });
    let id = ledger.id;
    let on_dismiss = Callback::from(move |act: ActId| store.dismiss_aside(id, act));
    html! { <AsidePanel {lines} {on_copy} {on_dismiss} /> }
}
