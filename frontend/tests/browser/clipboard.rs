//! Blocks of cells on the clipboard, through the browser's own events and parser.

use frontend::browser::clipboard::{copy, pasted};
use frontend::grid::block::Block;
use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{ClipboardEvent, Event};

/// An event of the clipboard that holds these.
fn event(kind: &str, text: &str, html: &str) -> Event {
    let make = Function::new_with_args(
        "kind, text, html",
        "const clipboardData = new DataTransfer(); \
         if (text) clipboardData.setData('text/plain', text); \
         if (html) clipboardData.setData('text/html', html); \
         return new ClipboardEvent(kind, { clipboardData, cancelable: true });",
    );
    make.call3(&JsValue::NULL, &kind.into(), &text.into(), &html.into())
        .unwrap()
        .unchecked_into()
}

fn block(rows: &[&[&str]]) -> Block {
    Block::of(
        rows.iter()
            .map(|row| row.iter().map(|cell| (*cell).to_owned()).collect())
            .collect(),
    )
}

fn held(event: &Event, kind: &str) -> String {
    event
        .unchecked_ref::<ClipboardEvent>()
        .clipboard_data()
        .unwrap()
        .get_data(kind)
        .unwrap()
}

#[wasm_bindgen_test]
fn a_table_from_excel_is_read_before_the_text_beside_it() {
    let html = "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><style>td {mso-number-format:General}\
                </style></head><body><table><!--StartFragment--><col width=64><tr height=19><td class=xl65>甲</td>\
                <td>第一行<br style='mso-data-placement:same-cell;'>第二行</td></tr><tr><td>&nbsp;</td>\
                <td><p>乙</p><p>丙</p></td></tr><!--EndFragment--></table></body></html>";
    let read = pasted(&event("paste", "not\tthis", html)).unwrap();
    assert_eq!(read, block(&[&["甲", "第一行\n第二行"], &["", "乙\n丙"]]));
}

#[wasm_bindgen_test]
fn rows_and_cells_that_are_not_shown_are_left_out_and_a_table_in_a_cell_is_text() {
    let html = "<table><tr><td rowspan=3>甲</td><td>乙</td></tr><tr height=0 style='display:none'><td>藏</td></tr>\
                <tr><td>丙</td><td style='display:none'>藏</td></tr>\
                <tr><td>丁</td><td><table><tr><td>戊</td></tr></table></td></tr>\
                <tr height=0 style='display:none'><td width=64 style='width:48pt'></td><td></td></tr></table>";
    let read = pasted(&event("paste", "", html)).unwrap();
    let mut wanted = block(&[&["甲", "乙"], &["", "丙"], &["丁", "戊"]]);
    wanted.rows[1][0] = None;
    assert_eq!(read, wanted);
}

#[wasm_bindgen_test]
fn text_is_read_where_no_table_is() {
    let read = pasted(&event("paste", "甲\t\"乙\n丙\"\n丁\t", "<p>no table</p>")).unwrap();
    assert_eq!(read, block(&[&["甲", "乙\n丙"], &["丁", ""]]));
    assert_eq!(pasted(&event("paste", "", "")), None);
}

#[wasm_bindgen_test]
fn nothing_in_a_pasted_page_runs() {
    let html = "<table><tr><td>甲<img src=x onerror=\"window.ran = true\"><script>window.ran = true</script></td></tr></table>";
    assert_eq!(
        pasted(&event("paste", "甲", html)).map(|read| read.height()),
        Some(1)
    );
    assert!(
        js_sys::Reflect::get(&gloo::utils::window(), &"ran".into())
            .unwrap()
            .is_undefined()
    );
}

#[wasm_bindgen_test]
fn a_copied_block_is_read_back_as_it_was_from_both_forms() {
    let original = block(&[&["甲\n乙", "a\tb"], &["\"丙\"", "<b>&amp;</b>"]]);
    let copied = event("copy", "", "");
    copy(&copied, &original);
    assert!(
        copied.default_prevented(),
        "else the browser would put its own selection there"
    );
    let (text, html) = (held(&copied, "text/plain"), held(&copied, "text/html"));
    assert_eq!(pasted(&event("paste", &text, "")), Some(original));
    let from_html = pasted(&event("paste", "", &html)).unwrap();
    assert_eq!(
        from_html,
        block(&[&["甲\n乙", "a b"], &["\"丙\"", "<b>&amp;</b>"]])
    );
}
