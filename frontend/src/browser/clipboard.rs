//! Blocks of cells on the clipboard, through its events, which need no permission.

use wasm_bindgen::JsCast as _;
use web_sys::{ClipboardEvent, DomParser, Element, Event, HtmlTableCellElement, Node, SupportedType};

use crate::grid::block::{Block, Spanning};

/// What is being pasted: the table of a spreadsheet if there is one, else tab-separated text.
#[must_use]
pub fn pasted(event: &Event) -> Option<Block> {
    let data = event.dyn_ref::<ClipboardEvent>()?.clipboard_data()?;
    let html = data.get_data("text/html").unwrap_or_default();
    if let Some(table) = table(&html) {
        return Some(Block::from_table(table));
    }
    let text = data.get_data("text/plain").unwrap_or_default();
    (!text.is_empty()).then(|| Block::from_tsv(&text))
}

/// Puts a block on the clipboard, as text and as a table.
pub fn copy(event: &Event, block: &Block) {
    let Some(data) = event
        .dyn_ref::<ClipboardEvent>()
        .and_then(ClipboardEvent::clipboard_data)
    else {
        return;
    };
    event.prevent_default();
    // A browser that takes only the text leaves a block that can still be pasted.
    data.set_data("text/plain", &block.to_tsv()).ok();
    data.set_data("text/html", &block.to_html()).ok();
}

/// Puts text on the clipboard, away from any event of it.
pub async fn write_text(text: &str) -> bool {
    let clipboard = gloo::utils::window().navigator().clipboard();
    wasm_bindgen_futures::JsFuture::from(clipboard.write_text(text))
        .await
        .is_ok()
}

/// The first table of a page, parsed apart from this one: nothing in it runs or loads.
fn table(html: &str) -> Option<Vec<Vec<Spanning>>> {
    if !html.contains("<t") && !html.contains("<T") {
        return None;
    }
    let page = DomParser::new()
        .ok()?
        .parse_from_string(html, SupportedType::TextHtml)
        .ok()?;
    let table = page.query_selector("table").ok()??;
    let rows = elements(&table, "tr")
        .into_iter()
        .map(|row| elements(&row, "td, th").iter().map(cell).collect());
    let rows: Vec<Vec<Spanning>> = rows.collect();
    (!rows.is_empty()).then_some(rows)
}

fn cell(element: &Element) -> Spanning {
    let spans = element.dyn_ref::<HtmlTableCellElement>();
    let count = |span: u32| usize::try_from(span).unwrap_or(1);
    let mut text = String::new();
    collect(element, &mut text);
    Spanning {
        text: text.trim_matches(|c: char| c == ' ' || c == '\n').to_owned(),
        columns: spans.map_or(1, |cell| count(cell.col_span())),
        rows: spans.map_or(1, |cell| count(cell.row_span())),
    }
}

/// The text of a cell: line breaks from `<br>` and paragraphs, spaces in between as a page would show them.
fn collect(node: &Node, text: &mut String) {
    let children = node.child_nodes();
    for at in 0..children.length() {
        let Some(child) = children.get(at) else { continue };
        match child.node_type() {
            Node::TEXT_NODE => {
                let words = child.text_content().unwrap_or_default().replace('\u{a0}', " ");
                let shown = words
                    .split([' ', '\n', '\r', '\t'])
                    .filter(|word| !word.is_empty())
                    .collect::<Vec<_>>()
                    .join(" ");
                let spaced = words.starts_with([' ', '\n', '\r', '\t'])
                    && !text.is_empty()
                    && !text.ends_with(['\n', ' ']);
                if spaced {
                    text.push(' ');
                }
                text.push_str(&shown);
                if !shown.is_empty() && words.ends_with(' ') {
                    text.push(' ');
                }
            }
            _ if child.node_name() == "BR" => text.push('\n'),
            _ => {
                let block = matches!(child.node_name().as_str(), "P" | "DIV");
                if block && !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
                collect(&child, text);
            }
        }
    }
}

fn elements(of: &Element, selector: &str) -> Vec<Element> {
    let Ok(list) = of.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..list.length())
        .filter_map(|at| list.get(at)?.dyn_into().ok())
        .collect()
}
