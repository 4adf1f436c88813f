//! 操作日志: who did what, filtered, page by page, and as a file.

use std::rc::Rc;

use shared::limit::AUDIT_PAGE;
use shared::protocol::http::admin::Overview;
use shared::protocol::http::audit::{Filter, Record, Topic};
use yew::prelude::*;

use super::book::{self, Book};
use super::roles::{day, span_is_right};
use super::{PartProps, deed_words, notice};
use crate::browser::{field, file};
use crate::components::form_field::{Choice, SelectField, TextField};
use crate::hooks::{use_request, use_store};
use crate::i18n::{AdminNote, AuditNote, Language, use_language};
use crate::icon::{Icon, Symbol};
use crate::pages::request_words::problem;

/// What was found so far.
#[derive(Clone, Debug, Default, PartialEq)]
struct Found {
    filter: Filter,
    records: Rc<Vec<Record>>,
    /// Whether there may be older ones.
    more: bool,
}

/// Who did what.
#[component]
pub(super) fn Audit(PartProps { overview }: &PartProps) -> Html {
    let language = use_language();
    let store = use_store();
    let today = store.now().date();
    let (asking, exporting) = (use_request(), use_request());
    let found = use_state(|| None::<Found>);
    let bad_day = use_state(|| None::<AdminNote<'static>>);
    let saved = use_state(|| None::<AuditNote<'static>>);
    let ask = {
        let (store, asking, found) = (store.clone(), asking.clone(), found.setter());
        Callback::from(move |(filter, before): (Filter, Rc<Vec<Record>>)| {
            let (store, found, asked) = (store.clone(), found.clone(), filter.clone());
            asking.make(
                async move { store.audit(&asked).await },
                move |page: Vec<Record>| {
                    let more = page.len() == AUDIT_PAGE;
                    let records: Vec<Record> = before.iter().cloned().chain(page).collect();
                    found.set(Some(Found {
                        filter: Filter {
                            before: None,
                            ..filter
                        },
                        records: Rc::new(records),
                        more,
                    }));
                },
            );
        })
    };
    {
        let ask = ask.clone();
        use_effect_with((), move |()| ask.emit((Filter::default(), Rc::default())));
    }
    let onsubmit = {
        let (ask, bad_day, saved) = (ask.clone(), bad_day.setter(), saved.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            saved.set(None);
            let field = |name| field::submitted(event.target(), name);
            let span = day(&field("from"), today).and_then(|from| Ok((from, day(&field("until"), today)?)));
            let span = span.and_then(|(from, until)| span_is_right(from, until).map(|()| (from, until)));
            match span {
                Ok((from, until)) => {
                    bad_day.set(None);
                    let filter = Filter {
                        before: None,
                        account: field("account").parse().ok(),
                        topic: topic_of(&field("topic")),
                        from,
                        until,
                    };
                    ask.emit((filter, Rc::default()));
                }
                Err(note) => bad_day.set(Some(note)),
            }
        })
    };
    let on_export = {
        let (store, exporting, saved) = (store.clone(), exporting.clone(), saved.setter());
        let filter = found
            .as_ref()
            .map(|found| found.filter.clone())
            .unwrap_or_default();
        Callback::from(move |_: MouseEvent| {
            let (store, saved, filter) = (store.clone(), saved.clone(), filter.clone());
            exporting.make(
                async move { store.export_audit(&filter).await },
                move |bytes: Vec<u8>| {
                    let given = file::save(FILE, &bytes);
                    saved.set(Some(
                        given.map_or(AuditNote::NotSaved, |()| AuditNote::ExportedAs { name: FILE }),
                    ));
                },
            );
        })
    };
    let said = bad_day
        .as_ref()
        .map(|note| language.note(note))
        .or_else(|| problem(language, &asking))
        .or_else(|| problem(language, &exporting));
    let export = if exporting.is_waiting() {
        AuditNote::Exporting
    } else {
        AuditNote::Export
    };
    html! {
        <>
            <form class="admin-tools audit-filter" {onsubmit}>
                { fields(language, overview) }
                <button class="button" type="submit" data-tone="main" disabled={asking.is_waiting()}>{ language.note(&AuditNote::Show) }</button>
                <button class="button" type="button" disabled={exporting.is_waiting()} onclick={on_export}>
                    <Symbol icon={Icon::Download} />{ language.note(&export) }
                </button>
            </form>
            { notice(said) }
            if let Some(note) = *saved { <p class="audit-saved" role="status">{ language.note(&note) }</p> }
            if let Some(found) = &*found {
                { table(language, overview, found, asking.is_waiting(), &ask) }
            } else {
                { crate::pages::skeleton() }
            }
        </>
    }
}

/// What the exported file is called.
const FILE: &str = "taizhang-audit.csv";

fn fields(language: Language, overview: &Overview) -> Html {
    let choice = |value: String, name: AttrValue| Choice {
        value: value.into(),
        name,
    };
    let mut accounts: Vec<Choice> = overview
        .accounts
        .iter()
        .map(|account| {
            let name = format!("{} {}", account.name, account.login);
            choice(account.id.to_string(), name.into())
        })
        .collect();
    accounts.insert(0, choice(String::new(), language.note(&AuditNote::AccountAll)));
    let topics = Topic::ALL.into_iter();
    let topics = topics.map(|topic| {
        choice(
            topic_code(topic).to_owned(),
            language.note(&AuditNote::OfTopic(topic)),
        )
    });
    let mut topics: Vec<Choice> = topics.collect();
    topics.insert(0, choice(String::new(), language.note(&AuditNote::TopicAll)));
    let day = |name: &'static str, note: AuditNote<'_>| {
        html! { <TextField label={language.note(&note)} {name} hint="2026-11-23" required=false /> }
    };
    html! {
        <>
            <SelectField label={language.note(&AuditNote::Account)} name="account" choices={accounts} />
            <SelectField label={language.note(&AuditNote::Topic)} name="topic" choices={topics} />
            { day("from", AuditNote::From) }
            { day("until", AuditNote::Until) }
        </>
    }
}

fn table(
    language: Language,
    overview: &Overview,
    found: &Found,
    busy: bool,
    ask: &Callback<(Filter, Rc<Vec<Record>>)>,
) -> Html {
    if found.records.is_empty() {
        return html! { <p class="table-none">{ language.note(&AuditNote::Nothing) }</p> };
    }
    let book = Book::of(language, overview);
    let heads = [
        AuditNote::Number,
        AuditNote::At,
        AuditNote::Who,
        AuditNote::Device,
        AuditNote::Deed,
    ];
    let rows = found.records.iter().map(|record| {
        let roles: Vec<String> = record.grants.iter().map(|grant| book.role(grant)).collect();
        html! {
            <tr key={record.number}>
                <td class="table-number">{ record.number }</td>
                <td class="table-when">{ record.at.minute() }</td>
                <td title={roles.join("\n")}>{ deed_words::who(language, &book, record) }</td>
                <td>{ record.device.map(book::device).unwrap_or_default() }</td>
                <td>{ deed_words::deed(language, &book, &record.deed) }</td>
            </tr>
        }
    });
    let older = {
        let (filter, records) = (found.filter.clone(), found.records.clone());
        ask.reform(move |_: MouseEvent| {
            let before = records.last().map(|record| record.number);
            (
                Filter {
                    before,
                    ..filter.clone()
                },
                records.clone(),
            )
        })
    };
    html! {
        <section class="admin-panel">
            <div class="table-scroll">
                <table class="table">
                    <thead><tr>{ for heads.iter().map(|head| html! { <th scope="col">{ language.note(head) }</th> }) }</tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
            if found.more {
                <button class="button audit-older" type="button" disabled={busy} onclick={older}>{ language.note(&AuditNote::Older) }</button>
            }
        </section>
    }
}

const fn topic_code(topic: Topic) -> &'static str {
    match topic {
        Topic::People => "people",
        Topic::Sessions => "sessions",
        Topic::Ledgers => "ledgers",
        Topic::Settings => "settings",
        Topic::Exports => "exports",
    }
}

fn topic_of(code: &str) -> Option<Topic> {
    Topic::ALL.into_iter().find(|topic| topic_code(*topic) == code)
}
