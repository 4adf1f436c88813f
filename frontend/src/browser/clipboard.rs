//! Blocks of cells on the clipboard, through its events, which need no permission.

use wasm_bindgen::JsCast;
use web_sys::{
    ClipboardEvent, DomParser, Element, Event, HtmlCollection, HtmlTableCellElement, HtmlTableElement,
    HtmlTableRowElement, Node, SupportedType,
};

use crate::grid::block::{Block, Spanning};

/// How many times the bytes of its text a table's markup may have: Excel writes some 200 about each cell.
const MARKUP: usize = 16;

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

/// Whether what is being pasted has more than so many bytes of text; its markup may have several times as many.
#[must_use]
pub fn is_larger(event: &Event, most_bytes: usize) -> bool {
    let event = event.dyn_ref::<ClipboardEvent>();
    event
        .and_then(ClipboardEvent::clipboard_data)
        .is_some_and(|data| {
            let length = |kind| data.get_data(kind).map_or(0, |text| text.len());
            exceeds(length("text/plain"), length("text/html"), most_bytes)
        })
}

const fn exceeds(text_bytes: usize, markup_bytes: usize, most_bytes: usize) -> bool {
    text_bytes > most_bytes || markup_bytes > most_bytes * MARKUP
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
    let table: HtmlTableElement = page.query_selector("table").ok()??.dyn_into().ok()?;
    let rows: Vec<HtmlTableRowElement> = members(&table.rows());
    let shown: Vec<bool> = rows.iter().map(|row| !is_hidden(row)).collect();
    let cells = |(at, row): (usize, &HtmlTableRowElement)| {
        let cells = members::<HtmlTableCellElement>(&row.cells()).into_iter();
        let cells = cells.filter(|cell| !is_hidden(cell));
        cells.map(|one| cell(&one, &shown[at..])).collect()
    };
    let rows = rows.iter().enumerate().filter(|(at, _)| shown[*at]);
    let rows: Vec<Vec<Spanning>> = rows.map(cells).collect();
    (!rows.is_empty()).then_some(rows)
}

/// A cell, with which rows are shown from its own on.
fn cell(element: &HtmlTableCellElement, shown: &[bool]) -> Spanning {
    let count = |span: u32| usize::try_from(span).unwrap_or(1);
    let covered = shown.iter().take(count(element.row_span()));
    let mut text = String::new();
    collect(element, &mut text);
    Spanning {
        text: text.trim_matches(|c: char| c == ' ' || c == '\n').to_owned(),
        columns: count(element.col_span()),
        rows: covered.filter(|is_shown| **is_shown).count(),
    }
}

/// Whether a row or a cell is not shown, as Excel writes one that only sets widths. Its style is read as text: the
/// app's own policy lets no style of a pasted page come into force.
fn is_hidden(element: &Element) -> bool {
    let style = element.get_attribute("style").unwrap_or_default();
    element.has_attribute("hidden") || hides(&style)
}

fn hides(style: &str) -> bool {
    style.split(';').any(|rule| {
        let (property, value) = rule.split_once(':').unwrap_or_default();
        let value = value.trim().to_ascii_lowercase();
        property.trim().eq_ignore_ascii_case("display") && value.starts_with("none")
    })
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

fn members<T: JsCast>(of: &HtmlCollection) -> Vec<T> {
    (0..of.length())
        .filter_map(|at| of.item(at)?.dyn_into().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{exceeds, hides};

    #[test]
    fn a_paste_is_too_large_by_its_text_or_by_far_by_its_markup() {
        assert!(!exceeds(100, 1_600, 100));
        assert!(exceeds(101, 0, 100));
        assert!(exceeds(0, 1_601, 100));
    }

    #[test]
    fn what_is_not_displayed_is_known_by_its_style() {
        for style in [
            "display:none",
            "height:0; DISPLAY : None",
            "display:none !important;width:1pt",
        ] {
            assert!(hides(style), "{style}");
        }
        for style in [
            "",
            "mso-displayed-decimal:yes;height:14.25pt",
            "display:table-row",
        ] {
            assert!(!hides(style), "{style}");
        }
    }
}
