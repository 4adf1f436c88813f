//! The keys that write, and those that open something.

use anyhow::Result;
use tests::story::{LIN, Story};

use crate::seen::{editor, is_at, is_writing, moves};

#[tokio::test]
async fn the_editing_keys_do_what_the_list_of_keys_says() -> Result<()> {
    let story = Story::begin().await?;
    let lin = story.seat(LIN).await?;
    let table = lin.table().await?;
    let rows = &table.rows;

    // Typing replaces, Enter commits and goes down, an arrow commits too.
    lin.go_to(&rows[0], "target").await?;
    lin.type_text("abc").await?;
    moves(&lin, "Enter", 1, "target").await?;
    lin.waits_for_cell(&rows[0], "target", "abc").await?;
    lin.type_text("def").await?;
    moves(&lin, "ArrowRight", 1, "due").await?;
    lin.waits_for_cell(&rows[1], "target", "def").await?;

    // F2 opens with what stands there; there the arrows move the caret.
    moves(&lin, "ArrowLeft ArrowUp", 0, "target").await?;
    lin.press("F2").await?;
    is_writing(&lin, true).await?;
    assert_eq!(editor(&lin).await?, "abc");
    lin.press("ArrowLeft").await?;
    lin.type_text("X").await?;
    assert_eq!(editor(&lin).await?, "abXc");
    lin.press("Escape").await?;
    is_writing(&lin, false).await?;
    is_at(&lin, "Esc cancels", 0, "target").await?;
    assert_eq!(lin.cell(&rows[0], "target").await?.text, "abc");
    lin.press("F2").await?;
    lin.type_text("d").await?;
    moves(&lin, "Shift+Tab", 0, "measure").await?;
    lin.waits_for_cell(&rows[0], "target", "abcd").await?;

    // A line break within the cell.
    lin.type_text("one").await?;
    lin.press("Alt+Enter").await?;
    lin.type_text("two").await?;
    moves(&lin, "Tab", 0, "target").await?;
    lin.waits_for_cell(&rows[0], "measure", "one\ntwo").await?;

    // Clear, undo, redo; fill down; today.
    lin.press("Delete").await?;
    lin.waits_for_cell(&rows[0], "target", "").await?;
    lin.press("Ctrl+Z").await?;
    lin.waits_for_cell(&rows[0], "target", "abcd").await?;
    lin.press("Ctrl+Y").await?;
    lin.waits_for_cell(&rows[0], "target", "").await?;
    lin.press("Ctrl+Z").await?;
    lin.waits_for_cell(&rows[0], "target", "abcd").await?;
    lin.press("Shift+ArrowDown Shift+ArrowDown Ctrl+D").await?;
    for row in &rows[..3] {
        lin.waits_for_cell(row, "target", "abcd").await?;
    }
    lin.press("Ctrl+Z").await?;
    lin.waits_for_cell(&rows[1], "target", "def").await?;
    lin.go_to(&rows[0], "due").await?;
    lin.press("Ctrl+;").await?;
    let today = lin
        .run_js(
            "return new Date().toLocaleDateString('sv', { timeZone: 'Asia/Shanghai' });",
            Vec::new(),
        )
        .await?;
    lin.waits_for_cell(&rows[0], "due", today.as_str().unwrap_or_default())
        .await?;

    // Cut and paste of one cell.
    lin.go_to(&rows[1], "target").await?;
    lin.press("Ctrl+X").await?;
    lin.waits_for_cell(&rows[1], "target", "").await?;
    lin.press("ArrowDown Ctrl+V").await?;
    lin.waits_for_cell(&rows[2], "target", "def").await
}

#[tokio::test]
async fn the_keys_that_open_something_open_it_and_the_focus_comes_back() -> Result<()> {
    let story = Story::begin().await?;
    let lin = story.seat(LIN).await?;
    let rows = lin.table().await?.rows;
    lin.go_to(&rows[2], "text").await?;
    for (key, title) in [
        ("F1", "键盘操作"),
        ("Space", "整行内容"),
        ("Ctrl+Enter", "新建承诺事项"),
    ] {
        lin.press(key).await?;
        lin.find("dialog", title).await?;
        lin.press("Escape").await?;
        let closed =
            "!document.querySelector('dialog[open]') && document.activeElement.matches('.cell-editor')";
        lin.waits_until(&format!("{title} is closed and the grid has the focus"), closed)
            .await?;
        is_at(&lin, "the cursor has stayed", 2, "text").await?;
    }
    assert_eq!(lin.table().await?.rows, rows, "nothing was added");
    // Tab stays within the grid; F6 leaves it.
    lin.press("F6").await?;
    lin.waits_until(
        "the grid is left",
        "!document.activeElement.matches('.cell-editor')",
    )
    .await
}
