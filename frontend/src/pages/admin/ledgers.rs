//! 台账: closed, and opened again.

use shared::access::Status;
use shared::id::LedgerId;
use shared::protocol::http::admin::{AdminLedger, Done, Order};
use yew::prelude::*;

use super::book::Book;
use super::{PartProps, notice, small_button, use_order};
use crate::browser::field;
use crate::components::confirm::Confirm;
use crate::i18n::{AdminNote, Language, Message, use_language};
use crate::icon::{Icon, Symbol};
use crate::pages::request_words::problem;

/// Which ledgers are open.
#[component]
pub(super) fn Ledgers(PartProps { overview }: &PartProps) -> Html {
    let language = use_language();
    let (request, order) = use_order();
    let (sought, closing) = (use_state(String::new), use_state(|| None::<LedgerId>));
    let order = order.reform(|(ledger, status)| {
        let done = Callback::from(|_: Done| ());
        (Order::SetStatus { ledger, status }, done)
    });
    let book = Book::of(language, overview);
    let mut named: Vec<(String, &AdminLedger)> = overview
        .ledgers
        .iter()
        .map(|ledger| (book.key(&ledger.key), ledger))
        .filter(|(name, _)| name.contains(sought.trim()))
        .collect();
    named.sort_by(|(a, _), (b, _)| a.cmp(b));
    let count = named.len();
    let ask = {
        let setter = closing.setter();
        Callback::from(move |id| setter.set(id))
    };
    let lines = named
        .iter()
        .map(|(name, ledger)| row(language, name, ledger, &order, &ask));
    let oninput = {
        let sought = sought.setter();
        Callback::from(move |event: InputEvent| sought.set(field::value(event.target())))
    };
    let confirm = closing.map(|id| {
        let name = book.ledger(id);
        let on_answer = {
            let ask = ask.clone();
            order.reform(move |_: String| {
                ask.emit(None);
                (id, Status::Closed)
            })
        };
        html! {
            <Confirm title={language.note(&AdminNote::LedgerCloseAsk { ledger: &name })} hint={language.note(&AdminNote::LedgerCloseHint)}
                answer={language.note(&AdminNote::LedgerClose)} {on_answer} on_close={ask.reform(|()| None)} />
        }
    });
    html! {
        <>
            <div class="admin-tools">
                <label class="find"><Symbol icon={Icon::Search} />
                    <input class="find-input" type="search" placeholder={language.say(&Message::Search)} {oninput} /></label>
            </div>
            { notice(problem(language, &request)) }
            <section class="admin-panel">
                <div class="table-scroll">
                    <table class="table">
                        <thead><tr>
                            <th scope="col">{ language.note(&AdminNote::Ledger) }</th>
                            <th scope="col">{ language.note(&AdminNote::State) }</th>
                            <th></th>
                        </tr></thead>
                        <tbody>{ for lines }</tbody>
                    </table>
                </div>
                <p class="table-foot">{ language.say(&Message::Count { count }) }</p>
            </section>
            { confirm.unwrap_or_default() }
        </>
    }
}

fn row(
    language: Language,
    name: &str,
    ledger: &AdminLedger,
    order: &Callback<(LedgerId, Status)>,
    ask: &Callback<Option<LedgerId>>,
) -> Html {
    let id = ledger.id;
    let (state, code, tool) = match ledger.status {
        Status::Open => {
            let onclick = ask.reform(move |_: MouseEvent| Some(id));
            (AdminNote::LedgerOpen, "open", (AdminNote::LedgerClose, onclick))
        }
        // What is forgotten is not listed.
        Status::Closed | Status::Forgotten => {
            let onclick = order.reform(move |_: MouseEvent| (id, Status::Open));
            (
                AdminNote::LedgerClosed,
                "closed",
                (AdminNote::LedgerReopen, onclick),
            )
        }
    };
    let (does, onclick) = tool;
    html! {
        <tr key={id.to_string()}>
            <td>{ name }</td>
            <td><span class="ledger-status" data-status={code}>{ language.note(&state) }</span></td>
            <td class="table-tools">{ small_button(language, &does, name, onclick) }</td>
        </tr>
    }
}
