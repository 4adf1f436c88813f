//! Every selector the harness uses, so that a change in the app's markup is a change in one file.

use serde_json::{Value, json};

/// What elements have a role without saying so; other roles are found by their attribute alone.
const ROLES: [(&str, &str); 13] = [
    (
        "button",
        "button, input[type=submit], input[type=button], summary, [role=button]",
    ),
    ("link", "a[href], [role=link]"),
    (
        "textbox",
        "input:not([type]), input[type=text], input[type=search], input[type=password], input[type=email], \
         input[type=tel], input[type=url], textarea, [role=textbox], [role=searchbox], [contenteditable=true]",
    ),
    ("checkbox", "input[type=checkbox], [role=checkbox], [role=switch]"),
    ("radio", "input[type=radio], [role=radio]"),
    ("combobox", "select, [role=combobox]"),
    ("option", "option, [role=option]"),
    ("heading", "h1, h2, h3, h4, h5, h6, [role=heading]"),
    ("dialog", "dialog[open], [role=dialog], [role=alertdialog]"),
    ("navigation", "nav, [role=navigation]"),
    ("listitem", "li, [role=listitem]"),
    ("row", "tr, [role=row]"),
    ("status", "output, [role=status], [aria-live]"),
];

/// All of them, as the scripts in the page get them.
pub(super) fn selectors() -> Value {
    let roles: serde_json::Map<String, Value> = ROLES
        .iter()
        .map(|(role, selector)| ((*role).to_owned(), json!(selector)))
        .collect();
    json!({
        "roles": roles,
        // The grid.
        "grid": "[role=grid]",
        "row": "[role=row]",
        "rowId": "data-row",
        "rowIndex": "aria-rowindex",
        "rowCount": "aria-rowcount",
        "columnHeader": "[role=columnheader]",
        "cell": "[role=gridcell]",
        "column": "data-column",
        "columnIndex": "aria-colindex",
        "cellState": "data-state",
        "clash": "clash",
        "editor": ".cell-editor",
        // Words for screen readers that are no part of a cell's value.
        "notTheValue": ".visually-hidden",
        // The header.
        "sync": "[data-sync]",
        "syncState": "data-sync",
        // Signing in.
        "account": "input[name=login]",
        "password": "input[name=password]",
        "shared": "input[name=shared]",
        "submit": "form:has(input[name=password]) :is(button:not([type=button]), input[type=submit])",
        // A conflict, open.
        "dialog": "dialog[open], [role=dialog]",
        "adopt": "采信",
    })
}
